//! Nodes that may be one, though no rule says so: for a person to decide.

use super::index::distance;
use super::{KnowledgeGraph, NodeIndex, words};
use crate::ontology::ActorKind;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a word of the name, a leading article apart, has a capital.
fn is_proper(name: &str) -> bool {
    let rest = name.strip_prefix("The ").unwrap_or(name);
    rest.split_whitespace().any(|w| w.starts_with(char::is_uppercase))
}

/// At most so many of one name are compared with each other.
const CROWD: usize = 40;

/// Two nodes that may be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// Id of the one, the smaller.
    pub one: SmolStr,
    /// Id of the other.
    pub other: SmolStr,
    /// What speaks for it.
    pub why: &'static str,
}

impl KnowledgeGraph {
    /// Pairs of named nodes that may be one, ordered by id. Pairs that a person decided on are left out.
    pub fn doubts(&self) -> Vec<Doubt> {
        let mut doubts: BTreeMap<(SmolStr, SmolStr), &'static str> = BTreeMap::new();
        let mut by_last: BTreeMap<String, Vec<NodeIndex>> = BTreeMap::new();
        for (ix, node) in self.nodes() {
            let Some(actor) = node.actor().filter(|a| a.named) else { continue };
            // `the government` is what many are called, and nobody's name.
            let names = std::iter::once(&node.name).chain(&actor.aliases).filter(|n| is_proper(n));
            for name in names {
                for &other in self.called(name).iter().take(CROWD) {
                    self.doubt(ix, other, "go by the same name", &mut doubts);
                }
            }
            if let Some(last) = words(&node.name).pop() {
                by_last.entry(last).or_default().push(ix);
            }
        }
        for crowd in by_last.values().filter(|c| c.len() <= CROWD) {
            for (at, &one) in crowd.iter().enumerate() {
                for &other in &crowd[at + 1..] {
                    if let Some(why) = self.likeness(one, other) {
                        self.doubt(one, other, why, &mut doubts);
                    }
                }
            }
        }
        doubts.into_iter().map(|((one, other), why)| Doubt { one, other, why }).collect()
    }

    fn doubt(
        &self,
        a: NodeIndex,
        b: NodeIndex,
        why: &'static str,
        doubts: &mut BTreeMap<(SmolStr, SmolStr), &'static str>,
    ) {
        let is_named = |ix: NodeIndex| self.node(ix).actor().is_some_and(|actor| actor.named);
        if a == b || !is_named(a) || !is_named(b) {
            return;
        }
        let (one, other) = (self.node(a).id.clone(), self.node(b).id.clone());
        let (one, other) = if one < other { (one, other) } else { (other, one) };
        if !self.decisions().keeps_apart(&one, &other) {
            doubts.entry((one, other)).or_insert(why);
        }
    }

    /// What two parties whose names end alike have in common, where that is enough to ask.
    fn likeness(&self, a: NodeIndex, b: NodeIndex) -> Option<&'static str> {
        let kind = |ix: NodeIndex| self.node(ix).actor().map(|actor| actor.kind);
        let (one, other) = (words(&self.node(a).name), words(&self.node(b).name));
        let both_people = kind(a) == Some(ActorKind::Person) && kind(b) == Some(ActorKind::Person);
        let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
        let within: BTreeSet<&String> = long.iter().collect();
        if both_people && short.len() < long.len() && short.iter().all(|w| within.contains(w)) {
            return Some("one name is a part of the other");
        }
        let initial = |w: &String, v: &String| w.len() == 1 && v.starts_with(w.as_str());
        let pairs = || one.iter().zip(&other);
        if both_people
            && one.len() == other.len()
            && one != other
            && pairs().all(|(w, v)| w == v || initial(w, v) || initial(v, w))
        {
            return Some("one name has an initial where the other has a name");
        }
        let (one, other) = (one.join(" "), other.join(" "));
        let is_long = one.chars().count().min(other.chars().count()) >= 6;
        (is_long && one != other && distance(&one, &other, 1).is_some()).then_some("spelt nearly alike")
    }
}
