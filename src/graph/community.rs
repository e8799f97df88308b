//! Groups of parties that deal with each other more than with the rest (Louvain's method).

use super::{KnowledgeGraph, NodeIndex};
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl KnowledgeGraph {
    /// The number of its community for every node with a typed edge; 0 is the largest.
    pub fn communities(&self) -> BTreeMap<NodeIndex, usize> {
        let mut members: Vec<NodeIndex> = Vec::new();
        for edge in self.edges_unordered() {
            members.extend([edge.source, edge.target]);
        }
        // Ids give an order that the order of reading cannot change.
        members.sort_by(|a, b| self.node(*a).id.cmp(&self.node(*b).id));
        members.dedup();
        let place: BTreeMap<NodeIndex, usize> = members.iter().enumerate().map(|(n, ix)| (*ix, n)).collect();
        let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for edge in self.edges_unordered().filter(|e| e.source != e.target) {
            let (a, b) = (place[&edge.source], place[&edge.target]);
            *weights.entry((a.min(b), a.max(b))).or_default() += edge.edge.sources as f64;
        }
        let links = weights.into_iter().map(|((a, b), w)| (a, b, w)).collect();
        let found = louvain(members.len(), links);
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for &community in &found {
            *sizes.entry(community).or_default() += 1;
        }
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, &community) in found.iter().enumerate() {
            first.entry(community).or_insert(n);
        }
        let mut ranked: Vec<usize> = sizes.keys().copied().collect();
        ranked.sort_by_key(|c| (Reverse(sizes[c]), first[c]));
        let rank: BTreeMap<usize, usize> = ranked.into_iter().enumerate().map(|(n, c)| (c, n)).collect();
        members.into_iter().zip(found).map(|(ix, community)| (ix, rank[&community])).collect()
    }
}

/// The community of each of `count` nodes, by weighted undirected links.
fn louvain(count: usize, mut links: Vec<(usize, usize, f64)>) -> Vec<usize> {
    let mut community: Vec<usize> = (0..count).collect();
    let mut size = count;
    loop {
        let (level, groups) = one_level(size, &links);
        if groups == size {
            return community;
        }
        for c in &mut community {
            *c = level[*c];
        }
        let mut joined: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (a, b, w) in links {
            let (a, b) = (level[a], level[b]);
            *joined.entry((a.min(b), a.max(b))).or_default() += w;
        }
        links = joined.into_iter().map(|((a, b), w)| (a, b, w)).collect();
        size = groups;
    }
}

/// Moves nodes to the neighbouring group that gains most, until none gains. Groups are numbered anew.
fn one_level(count: usize, links: &[(usize, usize, f64)]) -> (Vec<usize>, usize) {
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    let mut degree = vec![0.0; count];
    let mut total = 0.0;
    for &(a, b, w) in links {
        degree[a] += w;
        degree[b] += w;
        total += w;
        if a != b {
            near[a].push((b, w));
            near[b].push((a, w));
        }
    }
    let mut group: Vec<usize> = (0..count).collect();
    let mut group_degree = degree.clone();
    let mut moved = total > 0.0;
    let mut rounds = 0;
    while moved && rounds < 50 {
        moved = false;
        rounds += 1;
        for node in 0..count {
            let mut to_group: BTreeMap<usize, f64> = BTreeMap::new();
            for &(other, w) in &near[node] {
                *to_group.entry(group[other]).or_default() += w;
            }
            let old = group[node];
            group_degree[old] -= degree[node];
            let gain = |g: usize, w: f64| w - group_degree[g] * degree[node] / (2.0 * total);
            let stay = gain(old, to_group.get(&old).copied().unwrap_or(0.0));
            let best = to_group
                .iter()
                .map(|(&g, &w)| (g, gain(g, w)))
                .fold((old, stay), |best, this| if this.1 > best.1 + 1e-9 { this } else { best });
            group_degree[best.0] += degree[node];
            if best.0 != old {
                group[node] = best.0;
                moved = true;
            }
        }
    }
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    for g in &mut group {
        let next = number.len();
        *g = *number.entry(*g).or_insert(next);
    }
    (group, number.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_circles_joined_by_a_thread_are_two_groups() {
        let circle = |from: usize| (0..4).map(move |n| (from + n, from + (n + 1) % 4, 2.0));
        let links = circle(0).chain(circle(4)).chain([(0, 4, 0.5)]).collect();
        let groups = louvain(8, links);
        assert!(groups[..4].iter().all(|g| *g == groups[0]) && groups[4..].iter().all(|g| *g == groups[4]));
        assert_ne!(groups[0], groups[4]);
    }
}
