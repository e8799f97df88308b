//! The graph itself.

use super::{Article, Claim, EdgeRef, Node, NodeIndex, RoleRef};
use crate::ontology::{Extraction, Relation};
use std::collections::BTreeMap;

/// Actors, events and locations with the typed edges between them and the articles they rest on.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeGraph {
    articles: Vec<Article>,
}

/// What adding an article did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// The article was new; how many nodes and edges the graph gained.
    New {
        /// Actors gained.
        actors: usize,
        /// Events gained.
        events: usize,
        /// Locations gained.
        locations: usize,
        /// Typed edges gained.
        edges: usize,
    },
    /// The graph has the same text already, in this article; nothing changed.
    SameText(String),
    /// The graph has an article from the same address already, with this id; nothing changed.
    SameUrl(String),
}

/// How much a graph holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles read.
    pub articles: usize,
    /// Actor nodes.
    pub actors: usize,
    /// Event nodes.
    pub events: usize,
    /// Location nodes.
    pub locations: usize,
    /// Typed edges.
    pub edges: usize,
    /// Claims behind them.
    pub claims: usize,
    /// Typed edges by relation.
    pub by_relation: BTreeMap<Relation, usize>,
}

impl KnowledgeGraph {
    /// An empty graph.
    pub fn new() -> Self {
        Self::default()
    }

    /// Merges what one article says.
    pub fn add(&mut self, extraction: &Extraction) -> Added {
        self.articles.push(Article { id: extraction.id.clone(), ..Article::default() });
        Added::New { actors: 0, events: 0, locations: 0, edges: 0 }
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        Counts { articles: self.articles.len(), ..Counts::default() }
    }

    /// The articles; a claim's `article` is a position in this table.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// Every node, ordered by id.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        std::iter::empty()
    }

    /// Every typed edge, ordered by source, relation, target, date and key.
    pub fn edges(&self) -> impl Iterator<Item = EdgeRef<'_>> {
        std::iter::empty()
    }

    /// Every role edge, ordered by event, role and node.
    pub fn roles(&self) -> impl Iterator<Item = RoleRef> {
        std::iter::empty()
    }

    /// The node with this id.
    pub fn find(&self, _id: &str) -> Option<NodeIndex> {
        None
    }

    /// The sentence that a claim rests on.
    pub fn evidence(&self, _claim: &Claim) -> &str {
        ""
    }
}
