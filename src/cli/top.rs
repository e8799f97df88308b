//! `whom top`: the parties that matter most.

use super::Failure;
use super::console::Console;
use super::graph_file::GraphFile;
use crate::analysis::{Measure, ranking};
use clap::{Args, ValueEnum};

/// Rank parties by how central they are
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  whom top news.ron\n  whom top news.ron --by pagerank -n 10")]
pub struct Top {
    #[command(flatten)]
    file: GraphFile,
    /// What to rank by
    #[arg(long, value_enum, default_value_t = By::Degree)]
    by: By,
    /// How many to list
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N")]
    limit: usize,
}

/// What to rank by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Edges in and out
    Degree,
    /// Edges out: who does most
    Out,
    /// Edges in: to whom most is done
    In,
    /// How often a walk along the edges comes by
    Pagerank,
    /// How many shortest chains between others pass through it
    Betweenness,
}

impl Top {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let graph = self.file.read(console)?;
        let measure = match self.by {
            By::Degree => Measure::Degree,
            By::Out => Measure::Out,
            By::In => Measure::In,
            By::Pagerank => Measure::PageRank,
            By::Betweenness => Measure::Betweenness,
        };
        self.file.print(&ranking(&graph, measure, self.limit))
    }
}
