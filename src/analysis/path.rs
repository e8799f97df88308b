//! The shortest chains of edges between two parties, whichever way the edges run.

use super::timeline::{columns, told};
use crate::graph::{EdgeRef, KnowledgeGraph, NodeIndex};
use crate::query::{Cell, Table};
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// How to look for chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// Follow edges only from their source to their target.
    pub directed: bool,
    /// At most so many edges a chain.
    pub longest: usize,
    /// At most so many chains, all of the shortest length.
    pub chains: usize,
}

/// The shortest chains from one node to another, best supported first; a row an edge.
pub fn paths(graph: &KnowledgeGraph, from: NodeIndex, to: NodeIndex, route: Route) -> Table {
    let mut table = Table { columns: columns(), rows: Vec::new() };
    table.columns.splice(0..0, ["chain", "step"].map(str::to_owned));
    let Some(distance) = distances(graph, from, to, route) else { return table };
    let mut chains: Vec<Vec<EdgeRef<'_>>> = Vec::new();
    // Many short chains may join the same ends; no more are followed than are worth comparing.
    let enough = route.chains.saturating_mul(50).max(1_000);
    trace(graph, from, to, &distance, route, &mut Vec::new(), &mut chains, enough);
    chains.sort_by_cached_key(|chain| {
        let weakest = chain.iter().map(|e| e.edge.sources).min().unwrap_or(0);
        let doubt: u64 = chain.iter().map(|e| ((1.0 - e.edge.confidence) * 1000.0) as u64).sum();
        (Reverse(weakest), doubt, chain.iter().map(|e| e.edge.key).collect::<Vec<_>>())
    });
    for (n, chain) in chains.iter().take(route.chains).enumerate() {
        for (step, edge) in chain.iter().enumerate() {
            let mut row = vec![Cell::Count(n + 1), Cell::Count(step + 1)];
            row.extend(told(graph, edge));
            table.rows.push(row);
        }
    }
    table
}

/// Steps from each node to the goal, as far as the start; `None` where it cannot be reached.
fn distances(
    graph: &KnowledgeGraph,
    from: NodeIndex,
    to: NodeIndex,
    route: Route,
) -> Option<HashMap<NodeIndex, usize>> {
    let mut distance = HashMap::from([(to, 0)]);
    let mut front = vec![to];
    for steps in 1..=route.longest {
        let mut next = Vec::new();
        for node in front {
            for (other, _) in neighbours(graph, node, route.directed, Direction::Incoming) {
                distance.entry(other).or_insert_with(|| {
                    next.push(other);
                    steps
                });
            }
        }
        if distance.contains_key(&from) {
            return Some(distance);
        }
        front = next;
    }
    (from == to).then_some(distance)
}

/// Follows every shortest chain; between two nodes the best edge is the step.
#[expect(clippy::too_many_arguments, reason = "a walk and what it carries")]
fn trace<'g>(
    graph: &'g KnowledgeGraph,
    at: NodeIndex,
    to: NodeIndex,
    distance: &HashMap<NodeIndex, usize>,
    route: Route,
    chain: &mut Vec<EdgeRef<'g>>,
    chains: &mut Vec<Vec<EdgeRef<'g>>>,
    enough: usize,
) {
    if at == to {
        if !chain.is_empty() {
            chains.push(chain.clone());
        }
        return;
    }
    let Some(left) = distance.get(&at) else { return };
    let mut steps: BTreeMap<&str, EdgeRef<'g>> = BTreeMap::new();
    for (other, edge) in neighbours(graph, at, route.directed, Direction::Outgoing) {
        if distance.get(&other).is_some_and(|d| d + 1 == *left) {
            let known = steps.entry(graph.node(other).id.as_str()).or_insert(edge);
            if strength(&edge) < strength(known) {
                *known = edge;
            }
        }
    }
    for edge in steps.into_values() {
        if chains.len() >= enough {
            return;
        }
        let other = if edge.source == at { edge.target } else { edge.source };
        chain.push(edge);
        trace(graph, other, to, distance, route, chain, chains, enough);
        chain.pop();
    }
}

/// Smaller is better.
fn strength(edge: &EdgeRef<'_>) -> impl Ord + use<> {
    let sure = (edge.edge.confidence * 1000.0) as u64;
    (Reverse(edge.edge.sources), Reverse(sure), edge.edge.key)
}

fn neighbours<'g>(
    graph: &'g KnowledgeGraph,
    node: NodeIndex,
    directed: bool,
    along: Direction,
) -> impl Iterator<Item = (NodeIndex, EdgeRef<'g>)> {
    let directions = if directed { vec![along] } else { vec![Direction::Outgoing, Direction::Incoming] };
    directions.into_iter().flat_map(move |direction| {
        graph.petgraph().edges_directed(node, direction).filter_map(move |e| {
            let edge = graph.edge(e.id())?;
            let other = if direction == Direction::Outgoing { e.target() } else { e.source() };
            (other != node).then_some((other, edge))
        })
    })
}
