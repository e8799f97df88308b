//! Parties by how central they are: degree, PageRank, betweenness.
//!
//! Parties are joined where a typed edge joins them. PageRank follows edges from source to target, each
//! as heavy as its independent sources; betweenness (Brandes) counts shortest chains whichever way they run.

use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::query::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Up to so many parties, every one is a start of chains for betweenness; above, so many spread evenly.
const STARTS: usize = 2_000;
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 100;
const STILL: f64 = 1e-10;

/// What parties are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Edges in and out.
    #[default]
    Degree,
    /// Edges out.
    Out,
    /// Edges in.
    In,
    /// How often a walk along the edges comes by.
    PageRank,
    /// How many shortest chains between others pass through it.
    Betweenness,
}

/// The `limit` first parties by a measure, with all their measures.
pub fn ranking(graph: &KnowledgeGraph, measure: Measure, limit: usize) -> Table {
    let net = Net::of(graph);
    let pagerank = net.pagerank();
    // Costly on a large graph: there only where it is what is asked for.
    let wanted = measure == Measure::Betweenness || net.nodes.len() <= STARTS;
    let betweenness = wanted.then(|| net.betweenness());
    let mut order: Vec<usize> = (0..net.nodes.len()).collect();
    let value = |n: usize| match measure {
        Measure::Degree => (net.out_degree[n] + net.in_degree[n]) as f64,
        Measure::Out => net.out_degree[n] as f64,
        Measure::In => net.in_degree[n] as f64,
        Measure::PageRank => pagerank[n],
        Measure::Betweenness => betweenness.as_ref().map_or(0.0, |b| b[n]),
    };
    // Stable: equals stay in the order of their ids.
    order.sort_by(|&a, &b| value(b).total_cmp(&value(a)));
    let columns = ["name", "kind", "edges", "out", "in", "pagerank", "betweenness"];
    let rows = order.into_iter().take(limit).map(|n| {
        let node = graph.node(net.nodes[n]);
        vec![
            Cell::Text(node.name.to_string()),
            Cell::text(Some(node.actor().map_or("location", |a| a.kind.name()))),
            Cell::Count(net.out_degree[n] + net.in_degree[n]),
            Cell::Count(net.out_degree[n]),
            Cell::Count(net.in_degree[n]),
            Cell::Measure(pagerank[n]),
            betweenness.as_ref().map_or(Cell::Empty, |b| Cell::Measure(b[n])),
        ]
    });
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// Actors and places joined by typed edges, numbered in order of their ids.
struct Net {
    nodes: Vec<NodeIndex>,
    out_degree: Vec<usize>,
    in_degree: Vec<usize>,
    /// Target and weight of each edge, merged.
    out: Vec<Vec<(usize, f64)>>,
    /// Who is joined with whom, whichever way.
    near: Vec<Vec<usize>>,
}

impl Net {
    fn of(graph: &KnowledgeGraph) -> Self {
        let is_party = |ix: NodeIndex| graph.node(ix).event().is_none();
        let mut nodes: Vec<NodeIndex> = graph.petgraph().node_indices().filter(|&ix| is_party(ix)).collect();
        nodes.sort_by(|a, b| graph.node(*a).id.cmp(&graph.node(*b).id));
        let number: HashMap<NodeIndex, usize> = nodes.iter().enumerate().map(|(n, &ix)| (ix, n)).collect();
        let (mut out_degree, mut in_degree) = (vec![0; nodes.len()], vec![0; nodes.len()]);
        let mut weights: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); nodes.len()];
        let mut near: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); nodes.len()];
        for edge in graph.edges_unordered() {
            let (source, target) = (number.get(&edge.source), number.get(&edge.target));
            if let Some(&s) = source {
                out_degree[s] += 1;
            }
            if let Some(&t) = target {
                in_degree[t] += 1;
            }
            if let (Some(&s), Some(&t)) = (source, target)
                && s != t
            {
                // Whole numbers: their sum does not depend on the order of the edges.
                *weights[s].entry(t).or_default() += edge.edge.sources as f64;
                near[s].insert(t);
                near[t].insert(s);
            }
        }
        Self {
            nodes,
            out_degree,
            in_degree,
            out: weights.into_iter().map(|w| w.into_iter().collect()).collect(),
            near: near.into_iter().map(|n| n.into_iter().collect()).collect(),
        }
    }

    fn pagerank(&self) -> Vec<f64> {
        let count = self.nodes.len();
        let mut rank = vec![1.0 / count.max(1) as f64; count];
        for _ in 0..ROUNDS {
            let lost: f64 = (0..count).filter(|&n| self.out[n].is_empty()).map(|n| rank[n]).sum();
            let mut next = vec![(1.0 - DAMPING + DAMPING * lost) / count as f64; count];
            for (n, targets) in self.out.iter().enumerate() {
                let whole: f64 = targets.iter().map(|(_, w)| w).sum();
                for &(target, weight) in targets {
                    next[target] += DAMPING * rank[n] * weight / whole;
                }
            }
            let moved: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
            rank = next;
            if moved < STILL {
                break;
            }
        }
        rank
    }

    /// Brandes' method, each pair counted once; scaled up where only some starts are taken.
    fn betweenness(&self) -> Vec<f64> {
        let count = self.nodes.len();
        let starts = count.min(STARTS);
        let mut between = vec![0.0; count];
        for start in (0..starts).map(|n| n * count / starts.max(1)) {
            self.add_chains_from(start, &mut between);
        }
        let scale = count as f64 / starts.max(1) as f64 / 2.0;
        between.iter().map(|b| b * scale).collect()
    }

    fn add_chains_from(&self, start: usize, between: &mut [f64]) {
        let count = self.nodes.len();
        let (mut distance, mut chains) = (vec![usize::MAX; count], vec![0.0_f64; count]);
        (distance[start], chains[start]) = (0, 1.0);
        let (mut queue, mut order) = (VecDeque::from([start]), Vec::new());
        while let Some(node) = queue.pop_front() {
            order.push(node);
            for &other in &self.near[node] {
                if distance[other] == usize::MAX {
                    distance[other] = distance[node] + 1;
                    queue.push_back(other);
                }
                if distance[other] == distance[node] + 1 {
                    chains[other] += chains[node];
                }
            }
        }
        let mut depends = vec![0.0; count];
        for &node in order.iter().rev() {
            for &before in self.near[node].iter().filter(|&&b| distance[b] + 1 == distance[node]) {
                depends[before] += chains[before] / chains[node] * (1.0 + depends[node]);
            }
            if node != start {
                between[node] += depends[node];
            }
        }
    }
}
