//! How much of what a graph holds.

use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::query::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Counts by measure and value; within a measure the largest first.
pub fn stats(graph: &KnowledgeGraph) -> Table {
    let mut stats = Stats::default();
    let counts = graph.counts();
    for (what, count) in [
        ("articles", counts.articles),
        ("actors", counts.actors),
        ("events", counts.events),
        ("locations", counts.locations),
        ("edges", counts.edges),
        ("claims", counts.claims),
    ] {
        stats.rows.push(vec![Cell::text(Some(what)), Cell::Empty, Cell::Count(count)]);
    }
    let mut disputed = 0;
    let mut undated = 0;
    let mut independent: BTreeMap<String, usize> = BTreeMap::new();
    for edge in graph.edges_unordered() {
        disputed += usize::from(edge.edge.disputed);
        undated += usize::from(edge.edge.date.is_none() && !edge.edge.relation.is_static());
        *independent.entry(format!("{:>4}", edge.edge.sources)).or_default() += 1;
        stats.count("edges by relation", edge.edge.relation.name());
        stats.count("edges by status", edge.edge.status.name());
        if let Some(date) = edge.edge.date {
            stats.count("edges by year", &date.year.to_string());
        }
        stats.count(
            "edges by confidence",
            &format!("{:.1} and above", (edge.edge.confidence * 10.0).floor() / 10.0),
        );
    }
    for article in graph.articles_by_id() {
        stats.count("articles by publisher", article.source.as_deref().unwrap_or("(not told)"));
    }
    for (_, node) in graph.nodes() {
        if let Some(actor) = node.actor() {
            stats.count("actors by kind", actor.kind.name());
        }
    }
    stats.close();
    for (sources, count) in independent {
        stats.push("edges by independent sources", sources.trim(), count);
    }
    stats.push("edges with different standings", "", disputed);
    stats.push("edges without a date of their own", "", undated);
    let components = components(graph);
    stats.push("connected parts", "", components.len());
    stats.push("nodes in the largest part", "", components.first().copied().unwrap_or(0));
    Table { columns: ["measure", "of", "count"].map(str::to_owned).to_vec(), rows: stats.rows }
}

#[derive(Default)]
struct Stats {
    rows: Vec<Vec<Cell>>,
    tallies: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

impl Stats {
    fn count(&mut self, measure: &'static str, value: &str) {
        *self.tallies.entry(measure).or_default().entry(value.to_owned()).or_default() += 1;
    }

    fn push(&mut self, measure: &str, value: &str, count: usize) {
        let value = Cell::text(Some(value).filter(|v| !v.is_empty()));
        self.rows.push(vec![Cell::text(Some(measure)), value, Cell::Count(count)]);
    }

    fn close(&mut self) {
        for (measure, tally) in std::mem::take(&mut self.tallies) {
            let mut tally: Vec<(String, usize)> = tally.into_iter().collect();
            tally.sort_by_key(|(_, count)| usize::MAX - count);
            for (value, count) in tally {
                self.push(measure, &value, count);
            }
        }
    }
}

/// Sizes of the parts that no edge joins, the largest first.
fn components(graph: &KnowledgeGraph) -> Vec<usize> {
    let petgraph = graph.petgraph();
    let mut seen: BTreeSet<NodeIndex> = BTreeSet::new();
    let mut sizes = Vec::new();
    for start in petgraph.node_indices() {
        if !seen.insert(start) {
            continue;
        }
        let (mut queue, mut size) = (vec![start], 0);
        while let Some(node) = queue.pop() {
            size += 1;
            queue.extend(petgraph.neighbors_undirected(node).filter(|n| seen.insert(*n)));
        }
        sizes.push(size);
    }
    sizes.sort_by_key(|size| usize::MAX - size);
    sizes
}
