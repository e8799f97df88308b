//! `whom communities`: groups of parties that deal with each other more than with the rest.

use super::Failure;
use super::console::Console;
use super::graph_file::GraphFile;
use crate::analysis::communities;
use clap::Args;

/// List groups of parties that deal with each other more than with the rest
#[derive(Debug, Args)]
pub struct Communities {
    #[command(flatten)]
    file: GraphFile,
    /// Leave out groups with fewer members
    #[arg(long, default_value_t = 2, value_name = "N")]
    least: usize,
}

impl Communities {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        self.file.print(&communities(&self.file.read(console)?, self.least))
    }
}
