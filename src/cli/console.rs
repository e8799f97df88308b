//! Messages to people, all on standard error.

use crate::reading::ReadError;
use std::cell::Cell;
use std::fmt::Display;

/// What is said, and how many inputs failed so far.
pub struct Console {
    quiet: bool,
    verbose: bool,
    failures: Cell<usize>,
    skips: Cell<usize>,
}

impl Console {
    /// A console that says as much as asked for.
    pub fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose, failures: Cell::new(0), skips: Cell::new(0) }
    }

    /// How many inputs failed.
    pub fn failures(&self) -> usize {
        self.failures.get()
    }

    /// An input failed; the rest goes on.
    pub fn failed(&self, what: &dyn Display) {
        self.failures.set(self.failures.get() + 1);
        self.error(what);
    }

    /// An article could not be read, or was passed over on purpose.
    pub fn unread(&self, why: &ReadError) {
        if why.is_skip() {
            self.skips.set(self.skips.get() + 1);
            self.detail(|| format!("passed over {why}"));
        } else {
            self.failed(why);
        }
    }

    /// How many articles were passed over because they are not in English.
    pub fn skips(&self) -> usize {
        self.skips.get()
    }

    /// The command failed.
    pub fn error(&self, what: &dyn Display) {
        eprintln!("whom: {what}");
    }

    /// Something the user should know though nothing failed.
    pub fn warn(&self, what: &dyn Display) {
        if !self.quiet {
            eprintln!("whom: warning: {what}");
        }
    }

    /// What was done.
    pub fn say(&self, what: &dyn Display) {
        if !self.quiet {
            eprintln!("{what}");
        }
    }

    /// What is being done, for those who asked to see it.
    pub fn detail(&self, what: impl FnOnce() -> String) {
        if self.verbose {
            eprintln!("{}", what());
        }
    }
}

/// `1 article`, `2 articles`.
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}
