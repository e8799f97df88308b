//! `whom disputes`: events on which reports differ.

use super::Failure;
use super::console::Console;
use super::graph_file::GraphFile;
use crate::analysis::disputes;
use clap::Args;

/// List events on which reports or parties differ: whether, who, when, where, how many
#[derive(Debug, Args)]
pub struct Disputes {
    #[command(flatten)]
    file: GraphFile,
}

impl Disputes {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let table = disputes(&self.file.read(console)?);
        if table.rows.is_empty() {
            console.say(&"no reports differ on an event");
        }
        self.file.print(&table)
    }
}
