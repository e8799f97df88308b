//! `whom timeline`: edges by date.

use super::Failure;
use super::console::Console;
use super::graph_file::{GraphFile, party};
use crate::analysis::timeline;
use clap::Args;

/// List what happened by date, all of it or what one party had part in
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  whom timeline news.ron\n  whom timeline news.ron Latvia --format csv")]
pub struct Timeline {
    #[command(flatten)]
    file: GraphFile,
    /// Only edges with this party
    name: Vec<String>,
}

impl Timeline {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let graph = self.file.read(console)?;
        let party = match self.name.join(" ") {
            name if name.is_empty() => None,
            name => Some(party(&graph, &name, console)?),
        };
        self.file.print_edges(&timeline(&graph, party))
    }
}
