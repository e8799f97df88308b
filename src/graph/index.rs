//! Ways into a large graph: by relation and day, and by name. Built when first asked for.

use super::identity::words;
use super::{ActorBody, EdgeIndex, KnowledgeGraph, Link, NodeIndex};
use crate::ontology::{ActorKind, Relation};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};
use smol_str::SmolStr;
use std::collections::{BTreeSet, HashMap};

/// The ways in.
#[derive(Debug, Clone, Default)]
pub(super) struct GraphIndex {
    /// By position of the relation in the table: edges by day; those without a day last.
    by_relation: Vec<Vec<(i64, EdgeIndex)>>,
    /// Normalised name or alias → who goes by it.
    names: HashMap<String, Vec<NodeIndex>>,
    /// Word of a name → who has it in the name.
    words: HashMap<String, Vec<NodeIndex>>,
    /// Country → its government, police, courts and forces.
    organs: HashMap<String, Vec<NodeIndex>>,
}

impl GraphIndex {
    fn build(graph: &KnowledgeGraph) -> Self {
        let mut index = Self { by_relation: vec![Vec::new(); Relation::ALL.len()], ..Self::default() };
        for edge in graph.web.graph.edge_references() {
            if let Link::Typed(typed) = edge.weight() {
                index.by_relation[typed.relation as usize].push((typed.day.unwrap_or(i64::MAX), edge.id()));
            }
        }
        for edges in &mut index.by_relation {
            edges.sort_unstable();
        }
        for ix in graph.web.graph.node_indices() {
            let node = &graph.web.graph[ix];
            if node.event().is_some() {
                continue;
            }
            if let Some(actor) = node.actor()
                && let Some(country) = acts_for(graph, actor)
            {
                push(&mut index.organs, country.to_string(), ix);
            }
            for name in std::iter::once(&node.name).chain(node.aliases()) {
                let mut name_words = words(name);
                if name_words.len() > 1 && name_words[0] == "the" {
                    name_words.remove(0);
                }
                push(&mut index.names, name_words.join(" "), ix);
            }
            for word in words(&node.name) {
                push(&mut index.words, word, ix);
            }
        }
        // Nodes are numbered in the order of reading, which must not show.
        for nodes in index.names.values_mut().chain(index.words.values_mut()) {
            nodes.sort_by(|a, b| graph.web.graph[*a].id.cmp(&graph.web.graph[*b].id));
        }
        index
    }
}

/// The country for which an actor acts: its own, else that of the country it belongs to.
fn acts_for<'g>(graph: &'g KnowledgeGraph, actor: &'g ActorBody) -> Option<&'g SmolStr> {
    if !matches!(
        actor.kind,
        ActorKind::Government | ActorKind::Police | ActorKind::Court | ActorKind::Military
    ) {
        return None;
    }
    let above = || graph.node(graph.find(actor.affiliation.as_deref()?)?).actor();
    actor.country.as_ref().or_else(|| above()?.country.as_ref())
}

fn push(map: &mut HashMap<String, Vec<NodeIndex>>, key: String, ix: NodeIndex) {
    let nodes = map.entry(key).or_default();
    if nodes.last() != Some(&ix) && !nodes.contains(&ix) {
        nodes.push(ix);
    }
}

impl KnowledgeGraph {
    fn index(&self) -> &GraphIndex {
        self.index.get_or_init(|| GraphIndex::build(self))
    }

    /// The edges of a relation with their days since the epoch, by day; those without a day last.
    pub fn edges_by_day(&self, relation: Relation) -> &[(i64, EdgeIndex)] {
        &self.index().by_relation[relation as usize]
    }

    /// Governments, ministries, police, courts and forces of these countries.
    pub fn organs(&self, countries: &BTreeSet<&str>) -> Vec<NodeIndex> {
        countries.iter().filter_map(|c| self.index().organs.get(*c)).flatten().copied().collect()
    }

    /// Actors and locations that go by this name or alias, whatever its case and accents.
    pub fn called(&self, name: &str) -> &[NodeIndex] {
        let mut name = words(name);
        if name.len() > 1 && name[0] == "the" {
            name.remove(0);
        }
        self.index().names.get(&name.join(" ")).map_or(&[], Vec::as_slice)
    }

    /// Actors and locations whose name contains all these words.
    pub fn called_in_part(&self, name: &str) -> Vec<NodeIndex> {
        let wanted = words(name);
        let Some(first) = wanted.first() else { return Vec::new() };
        let candidates = self.index().words.get(first).map_or(&[][..], Vec::as_slice);
        let holds_all = |ix: &&NodeIndex| {
            let has = words(&self.node(**ix).name);
            wanted.iter().all(|w| has.contains(w))
        };
        candidates.iter().filter(holds_all).copied().collect()
    }

    /// The names nearest to one that nobody has, nearest first, at most `count`.
    pub fn nearest_names(&self, name: &str, count: usize) -> Vec<String> {
        let wanted = words(name).join(" ");
        let length = wanted.chars().count();
        let limit = 1 + length / 4;
        let mut near: Vec<(usize, &str, NodeIndex)> = Vec::new();
        for (known, nodes) in &self.index().names {
            let distance = if known.split(' ').any(|w| w == wanted)
                || wanted.split(' ').any(|w| w == known && w.len() > 3)
            {
                // A name in which the word stands, or one word of what was asked.
                Some(limit)
            } else {
                distance(&wanted, known, limit)
            };
            if let (Some(distance), Some(&node)) = (distance, nodes.first()) {
                near.push((distance, known, node));
            }
        }
        near.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut names: Vec<String> = Vec::new();
        for (_, _, node) in near {
            let name = self.node(node).name.to_string();
            if !names.contains(&name) {
                names.push(name);
            }
            if names.len() == count {
                break;
            }
        }
        names
    }
}

/// Edits between two words (insert, delete, replace, swap neighbours), where at most `limit`.
pub fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let mut least =
                (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least;
        }
        if row.iter().min().is_some_and(|m| *m > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn names_are_found_by_alias_part_and_likeness() {
        let graph = sample::graph(&sample::articles());
        let name = |ix: NodeIndex| graph.node(ix).name.to_string();
        assert_eq!(graph.called("the borish").iter().map(|&ix| name(ix)).collect::<Vec<_>>(), ["Borland"]);
        assert_eq!(graph.called_in_part("Ruth").into_iter().map(name).collect::<Vec<_>>(), ["Ruth Okabe"]);
        assert_eq!(graph.nearest_names("Avraia", 3), ["Avaria"]);
    }

    #[test]
    fn distances_count_swaps_once() {
        assert_eq!(distance("iran", "irna", 2), Some(1));
        assert_eq!(distance("iran", "iraq", 2), Some(1));
        assert_eq!(distance("iran", "germany", 2), None);
    }
}
