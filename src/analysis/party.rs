//! A name in, the node that is meant out. Refuses a name that nobody has, with the nearest ones.

use crate::graph::{KnowledgeGraph, NodeIndex};
use petgraph::Direction;
use std::cmp::Reverse;

/// Why a name means nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartyError {
    /// Nobody goes by it.
    #[error("`{name}` is no name or id in the graph; {}", hint(.nearest))]
    Unknown {
        /// The name.
        name: String,
        /// The nearest known ones.
        nearest: Vec<String>,
    },
}

/// The node that a name means, and others that go by the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The one with the most edges.
    pub node: NodeIndex,
    /// The others.
    pub others: Vec<NodeIndex>,
}

/// Who is meant by an id, a name, an alias or a part of a name; of several, the one with the most edges.
///
/// # Errors
/// Where nobody goes by it.
pub fn find_party(graph: &KnowledgeGraph, name: &str) -> Result<Found, PartyError> {
    if let Some(node) = graph.find(name) {
        return Ok(Found { node, others: Vec::new() });
    }
    let mut called = graph.called(name).to_vec();
    if called.is_empty() {
        called = graph.called_in_part(name);
    }
    let edges = |ix: NodeIndex| {
        let both = [Direction::Outgoing, Direction::Incoming];
        both.map(|d| graph.petgraph().edges_directed(ix, d).count()).iter().sum::<usize>()
    };
    called.sort_by_cached_key(|&ix| (Reverse(edges(ix)), graph.node(ix).id.clone()));
    match called.split_first() {
        Some((&node, others)) => Ok(Found { node, others: others.to_vec() }),
        None => Err(PartyError::Unknown { name: name.to_owned(), nearest: graph.nearest_names(name, 5) }),
    }
}

fn hint(nearest: &[String]) -> String {
    if nearest.is_empty() {
        "nothing known is near it".to_owned()
    } else {
        format!("nearest known: {}", nearest.join(", "))
    }
}
