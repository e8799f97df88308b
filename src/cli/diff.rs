//! `whom diff`: what changed from one graph to another.

use super::Failure;
use super::ask::{FormArgs, print};
use super::console::Console;
use crate::analysis::diff;
use crate::store;
use clap::Args;
use std::path::PathBuf;

/// List what changed from one graph to another: + gained, - lost, ~ changed
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom diff yesterday.ron today.ron")]
pub struct Diff {
    /// The earlier graph
    old: PathBuf,
    /// The later graph
    new: PathBuf,
    #[command(flatten)]
    form: FormArgs,
}

impl Diff {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let (old, new) = (
            store::read(&self.old).map_err(Failure::input)?,
            store::read(&self.new).map_err(Failure::input)?,
        );
        let table = diff(&old, &new);
        if table.rows.is_empty() {
            console.say(&"the two graphs hold the same");
        }
        print(&table, self.form.form())
    }
}
