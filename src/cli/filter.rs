//! The options by which every command on a graph takes a part of it.

use super::Failure;
use super::console::Console;
use crate::graph::{Filter, KnowledgeGraph};
use crate::ontology::{PartialDate, Relation, Status};
use clap::Args;

/// Which part of the graph.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Part of the graph")]
pub struct FilterArgs {
    /// Only what happened on this date (2018, 2018-07, 2018-07-10) or later
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Only what happened on this date or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<PartialDate>,
    /// Only these relations (accuses,detained)
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    relation: Vec<Relation>,
    /// Only these statuses (actual,alleged)
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Status>,
    /// Only what happened at this place or in this country
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Only edges that are at least so sure, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_confidence: Option<f64>,
    /// Only edges that at least so many independent sources report
    #[arg(long, value_name = "N")]
    min_sources: Option<usize>,
    /// Only the surroundings of this party
    #[arg(long, value_name = "NAME")]
    around: Option<String>,
    /// How many steps the surroundings go [default: 1]
    #[arg(long, value_name = "N", requires = "around")]
    depth: Option<usize>,
    /// Only so many parties, the most connected ones
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
}

impl FilterArgs {
    /// The part asked for; warns where nothing is left.
    pub fn apply(&self, graph: KnowledgeGraph, console: &Console) -> Result<KnowledgeGraph, Failure> {
        let had_edges = graph.edges_unordered().next().is_some();
        let part = graph.filtered(&self.filter()).map_err(Failure::usage)?;
        if had_edges && part.edges_unordered().next().is_none() {
            console.warn(&"no edge of the graph meets the conditions");
        }
        Ok(part)
    }

    /// The same without its limit on parties, unless the limit is one around somebody.
    pub fn without_top(&self) -> Self {
        Self { top: self.top.filter(|_| self.around.is_some()), ..self.clone() }
    }

    fn filter(&self) -> Filter {
        Filter {
            since: self.since,
            until: self.until,
            relations: self.relation.clone(),
            statuses: self.status.clone(),
            place: self.place.clone(),
            min_confidence: self.min_confidence,
            min_sources: self.min_sources,
            around: self.around.clone(),
            depth: self.depth,
            top: self.top,
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| format!("`{text}` is no share: write a number from 0 to 1"))
}
