//! What a person decided about a graph, replayed whenever it is built.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Decisions that override the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decisions {
    /// Pairs of ids that are one.
    pub same: BTreeSet<(String, String)>,
    /// Pairs of ids that are not one, whatever the rules say.
    pub apart: BTreeSet<(String, String)>,
    /// Id → the name to show.
    pub names: BTreeMap<String, String>,
    /// Edges that are wrong.
    pub dropped: BTreeSet<DroppedEdge>,
}

/// An edge that is not to be shown again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DroppedEdge {
    /// Id of the doer.
    pub source: String,
    /// What was done.
    pub relation: String,
    /// Id of the one it was done to.
    #[serde(default)]
    pub target: Option<String>,
    /// Only what this article reports; every article where absent.
    #[serde(default)]
    pub article: Option<String>,
}

impl Decisions {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Every id that a decision names.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let pairs = self.same.iter().chain(&self.apart).flat_map(|(a, b)| [a, b]);
        let dropped = self.dropped.iter().flat_map(|d| [Some(&d.source), d.target.as_ref()]).flatten();
        let all: BTreeSet<&str> = pairs.chain(self.names.keys()).chain(dropped).map(String::as_str).collect();
        all.into_iter()
    }

    /// Who was decided to be the same as `id`.
    pub(super) fn partners<'d>(&'d self, id: &'d str) -> impl Iterator<Item = &'d str> {
        self.same.iter().filter_map(move |(a, b)| match (a == id, b == id) {
            (true, false) => Some(b.as_str()),
            (false, true) => Some(a.as_str()),
            _ => None,
        })
    }

    pub(super) fn keeps_apart(&self, a: &str, b: &str) -> bool {
        self.apart.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a))
    }
}
