//! `whom path`: the shortest chains of edges between two parties.

use super::Failure;
use super::console::Console;
use super::graph_file::{GraphFile, party};
use crate::analysis::{Route, paths};
use clap::Args;

/// Find the shortest chains of edges between two parties
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom path news.ron Latvia Turkey")]
pub struct Path {
    #[command(flatten)]
    file: GraphFile,
    /// Where the chains start
    from: String,
    /// Where they end
    to: String,
    /// Follow edges only from source to target
    #[arg(long)]
    directed: bool,
    /// At most so many edges a chain
    #[arg(long, default_value_t = 6, value_name = "N")]
    longest: usize,
    /// At most so many chains
    #[arg(long, default_value_t = 3, value_name = "N")]
    chains: usize,
}

impl Path {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let graph = self.file.read(console)?;
        let (from, to) = (party(&graph, &self.from, console)?, party(&graph, &self.to, console)?);
        let route = Route { directed: self.directed, longest: self.longest, chains: self.chains };
        let table = paths(&graph, from, to, route);
        if table.rows.is_empty() {
            console.say(&format!(
                "no chain of at most {} edges joins {} and {}",
                self.longest,
                graph.node(from).name,
                graph.node(to).name
            ));
        }
        self.file.print_edges(&table)
    }
}
