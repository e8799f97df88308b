//! Hand-made records of what an article says, as their JSON files hold them.

use super::names::{self, Name};
use crate::ontology::{Relation, Status};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The gold of one article.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldArticle {
    /// The article's id.
    pub id: String,
    /// Its day of publication.
    #[serde(default)]
    pub date: Option<String>,
    /// The parties.
    pub actors: Vec<GoldNode>,
    /// The places.
    #[serde(default)]
    pub locations: Vec<GoldNode>,
    /// The edges.
    pub edges: Vec<GoldEdge>,
}

/// A party or place of the gold.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldNode {
    /// Its id in the record.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Every other name it may go by.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// An edge of the gold. Any of the sources and any of the targets is right.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldEdge {
    /// Accepted doers.
    pub source: Vec<String>,
    /// What was done.
    pub relation: Relation,
    /// Accepted others; none where there is no particular one.
    pub target: Vec<String>,
    /// How real it is.
    pub status: Status,
    /// Who says so.
    #[serde(default)]
    pub according_to: Option<String>,
    /// When, to the day or the month.
    #[serde(default)]
    pub date: Option<String>,
    /// The words it rests on.
    #[serde(default)]
    pub evidence: String,
    /// Whether the graph would be wrong or empty without it.
    #[serde(default)]
    pub essential: bool,
}

impl GoldArticle {
    /// The party or place with that id.
    pub fn node(&self, id: &str) -> Option<&GoldNode> {
        self.actors.iter().chain(&self.locations).find(|n| n.id == id)
    }

    pub(super) fn names(&self) -> BTreeMap<&str, Vec<Name>> {
        let nodes = self.actors.iter().chain(&self.locations);
        nodes.map(|n| (n.id.as_str(), names::all(&n.name, &n.aliases))).collect()
    }
}
