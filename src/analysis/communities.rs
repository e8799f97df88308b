//! Groups of parties that deal with each other more than with the rest.

use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::query::{Cell, Table};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Names listed a community.
const LISTED: usize = 8;

/// The communities with at least `least` members, the largest first; their members, those with most edges first.
pub fn communities(graph: &KnowledgeGraph, least: usize) -> Table {
    let of: BTreeMap<NodeIndex, usize> = graph.communities();
    let mut degree: HashMap<NodeIndex, usize> = HashMap::new();
    let (mut inside, mut outside): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
    let mut kinds: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for edge in graph.edges_unordered() {
        *degree.entry(edge.source).or_default() += 1;
        *degree.entry(edge.target).or_default() += 1;
        let (Some(&a), Some(&b)) = (of.get(&edge.source), of.get(&edge.target)) else { continue };
        if a == b {
            *inside.entry(a).or_default() += 1;
            *kinds.entry(a).or_default().entry(edge.edge.relation.name()).or_default() += 1;
        } else {
            *outside.entry(a).or_default() += 1;
            *outside.entry(b).or_default() += 1;
        }
    }
    let mut members: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
    for (node, community) in of {
        members.entry(community).or_default().push(node);
    }
    let mut rows = Vec::new();
    for (community, mut nodes) in members {
        if nodes.len() < least {
            continue;
        }
        nodes.sort_by_cached_key(|n| (Reverse(degree.get(n).copied()), graph.node(*n).id.clone()));
        let names = nodes.iter().take(LISTED).map(|&n| Cell::text(Some(&graph.node(n).name)));
        let mut relations: Vec<(&str, usize)> =
            kinds.remove(&community).unwrap_or_default().into_iter().collect();
        relations.sort_by_key(|(_, count)| Reverse(*count));
        let relations = relations.iter().take(3).map(|(name, _)| Cell::text(Some(name)));
        rows.push(vec![
            Cell::Count(community + 1),
            Cell::Count(nodes.len()),
            Cell::Count(inside.get(&community).copied().unwrap_or(0)),
            Cell::Count(outside.get(&community).copied().unwrap_or(0)),
            Cell::List(relations.collect()),
            Cell::List(names.collect()),
        ]);
    }
    let columns = ["community", "members", "edges inside", "edges outside", "mostly", "foremost members"];
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}
