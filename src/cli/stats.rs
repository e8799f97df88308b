//! `whom stats`: how much of what a graph holds.

use super::Failure;
use super::console::Console;
use super::graph_file::GraphFile;
use crate::analysis::stats;
use clap::Args;

/// Count what a graph holds: articles, actors, edges by relation, status, year, sources
#[derive(Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    file: GraphFile,
}

impl Stats {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        self.file.print(&stats(&self.file.read(console)?))
    }
}
