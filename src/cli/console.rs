//! Messages to people, all on standard error.

use super::output::is_colored;
use crate::reading::ReadError;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// What is said, and how many inputs failed so far.
pub struct Console {
    quiet: bool,
    verbose: bool,
    failures: Cell<usize>,
    skips: Cell<usize>,
    bar: RefCell<Option<ProgressBar>>,
}

impl Console {
    /// A console that says as much as asked for.
    pub fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose, failures: Cell::new(0), skips: Cell::new(0), bar: RefCell::new(None) }
    }

    /// Shows a bar on a terminal while articles are read: over `bytes`, or without an end where they are unknown.
    pub fn start_progress(&self, bytes: Option<u64>) {
        if self.quiet || self.verbose || !std::io::stderr().is_terminal() {
            return;
        }
        let template = match bytes {
            Some(_) => "{bar:30} {bytes} of {total_bytes}  {msg}  {eta} left",
            None => "{spinner} {bytes}  {msg}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar =
            ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr_with_hz(5)).with_style(style);
        bar.enable_steady_tick(Duration::from_millis(500));
        *self.bar.borrow_mut() = Some(bar);
    }

    /// So many bytes are read and articles done.
    pub fn progress(&self, bytes: u64, articles: usize) {
        if let Some(bar) = &*self.bar.borrow() {
            let rate = articles as f64 / bar.elapsed().as_secs_f64().max(0.1);
            bar.set_position(bytes);
            bar.set_message(format!("{} ({rate:.0} a second)", count(articles, "article", "articles")));
        }
    }

    /// The bar goes away.
    pub fn end_progress(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }

    /// From now on, the first Ctrl-C asks for an end after the articles in work; the second ends at once.
    pub fn catch_interruption(&self) {
        // Where the system has no such signal, Ctrl-C ends the program as ever.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
    }

    /// Whether Ctrl-C was pressed.
    pub fn interrupted(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }

    /// Prints a line above the bar.
    fn line(&self, text: &str) {
        match &*self.bar.borrow() {
            Some(bar) => bar.suspend(|| eprintln!("{text}")),
            None => eprintln!("{text}"),
        }
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
        self.line(&format!("{} {what}", painted("whom:", "1;31")));
    }

    /// Something the user should know though nothing failed.
    pub fn warn(&self, what: &dyn Display) {
        if !self.quiet {
            self.line(&format!("whom: {} {what}", painted("warning:", "1;33")));
        }
    }

    /// What was done.
    pub fn say(&self, what: &dyn Display) {
        if !self.quiet {
            self.line(&what.to_string());
        }
    }

    /// What is being done, for those who asked to see it.
    pub fn detail(&self, what: impl FnOnce() -> String) {
        if self.verbose {
            self.line(&what());
        }
    }
}

/// The words in a colour, where standard error has colours.
fn painted(words: &str, color: &str) -> String {
    if is_colored(&std::io::stderr()) { format!("\u{1b}[{color}m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// `1 article`, `2 articles`.
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}
