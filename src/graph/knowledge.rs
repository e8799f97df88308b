//! The graph itself: what was read (the ledger) and what it adds up to (the web).

use super::claim::{Claim, ClaimIx, IdentityIx, Occurrence};
use super::identity::Identity;
use super::index::GraphIndex;
use super::ledger::{Ledger, Recorded, index};
use super::sameness::Reason;
use super::web::Web;
use super::{Article, ArticleIx, Decisions, EdgeRef, Link, Node, NodeIndex, RoleRef};
use crate::ontology::{CharSpan, Extraction, Relation};
use petgraph::stable_graph::{EdgeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Actors, events and locations with the typed edges between them and the articles they rest on.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeGraph {
    pub(super) ledger: Arc<Ledger>,
    pub(super) web: Web,
    /// Of a filtered graph: the articles that are left.
    pub(super) articles_left: Option<BTreeSet<ArticleIx>>,
    pub(super) index: OnceLock<GraphIndex>,
    /// Identities of which something was heard since a store last asked.
    pub(super) heard: BTreeSet<IdentityIx>,
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
        let before = self.web.census;
        let ledger = Arc::make_mut(&mut self.ledger);
        match ledger.record(extraction) {
            Recorded::SameText(known) => Added::SameText(ledger.articles[known as usize].id.clone()),
            Recorded::SameUrl(known) => Added::SameUrl(ledger.articles[known as usize].id.clone()),
            Recorded::New { article, identities } => {
                self.index.take();
                self.heard.extend(&identities);
                self.web.weave(&self.ledger, article..article + 1, &identities);
                let after = self.web.census;
                let gained = |i: usize| after[i].saturating_sub(before[i]);
                Added::New { actors: gained(0), events: gained(1), locations: gained(2), edges: gained(3) }
            }
        }
    }

    /// The id of the article with this text, by the fingerprint of [`text_digest`](crate::ontology::text_digest).
    pub fn article_with_text(&self, digest: &str) -> Option<&str> {
        self.ledger.by_digest(digest).map(|ix| self.ledger.articles[ix as usize].id.as_str())
    }

    /// Builds the web over a whole ledger.
    pub(super) fn from_ledger(ledger: Ledger) -> Self {
        let mut web = Web::default();
        let everybody: Vec<IdentityIx> = (0..index(ledger.identities.len())).collect();
        web.weave(&ledger, 0..index(ledger.articles.len()), &everybody);
        Self { ledger: Arc::new(ledger), web, ..Self::default() }
    }

    /// Whether an actor or place with this id of its own was ever heard of, whatever it is part of now.
    pub fn has_identity(&self, id: &str) -> bool {
        self.ledger.identity(id).is_some()
    }

    /// Replays what a person decided, in place of what was decided before.
    pub fn decide(&mut self, decisions: Decisions) {
        if self.ledger.decisions != decisions {
            let mut ledger = Ledger::clone(&self.ledger);
            ledger.decisions = decisions;
            *self = Self::from_ledger(ledger);
        }
    }

    /// What a person decided about it.
    pub fn decisions(&self) -> &Decisions {
        &self.ledger.decisions
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        let [actors, events, locations, edges] = self.web.census;
        let mut counts = Counts {
            articles: self.articles_left().count(),
            actors,
            events,
            locations,
            edges,
            ..Counts::default()
        };
        for edge in self.edges_unordered() {
            *counts.by_relation.entry(edge.edge.relation).or_default() += 1;
            counts.claims += edge.edge.claims.len();
        }
        counts
    }

    /// The articles; a claim's `article` is a position in this table.
    pub fn articles(&self) -> &[Article] {
        &self.ledger.articles
    }

    /// The articles that the graph, or the part of it left by a filter, rests on, ordered by id.
    pub fn articles_by_id(&self) -> Vec<&Article> {
        let mut articles: Vec<&Article> =
            self.articles_left().map(|ix| &self.ledger.articles[ix as usize]).collect();
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        articles
    }

    fn articles_left(&self) -> impl Iterator<Item = ArticleIx> {
        let left = self.articles_left.as_ref();
        (0..index(self.ledger.articles.len())).filter(move |ix| left.is_none_or(|left| left.contains(ix)))
    }

    /// The article a claim comes from.
    pub fn article(&self, claim: &Claim) -> &Article {
        &self.ledger.articles[claim.article as usize]
    }

    /// How many of these articles are independent: copies of one text count once.
    pub fn independent(&self, articles: impl Iterator<Item = ArticleIx>) -> usize {
        articles.map(|a| self.web.copies.source(a)).collect::<BTreeSet<_>>().len()
    }

    /// The petgraph, for algorithms.
    pub fn petgraph(&self) -> &StableDiGraph<Node, Link> {
        &self.web.graph
    }

    /// Every node, ordered by id.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        let mut nodes: Vec<(NodeIndex, &Node)> =
            self.web.graph.node_indices().map(|ix| (ix, &self.web.graph[ix])).collect();
        nodes.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        nodes.into_iter()
    }

    /// One node.
    ///
    /// # Panics
    /// If the index comes from another graph.
    pub fn node(&self, ix: NodeIndex) -> &Node {
        &self.web.graph[ix]
    }

    /// The node with this id.
    pub fn find(&self, id: &str) -> Option<NodeIndex> {
        self.web.by_id.get(id).copied()
    }

    /// Every typed edge, ordered by source, relation, target, date and key.
    pub fn edges(&self) -> impl Iterator<Item = EdgeRef<'_>> {
        let mut edges: Vec<EdgeRef<'_>> = self.edges_unordered().collect();
        let id = |ix: NodeIndex| &self.web.graph[ix].id;
        edges.sort_by(|a, b| {
            let rank = |e: &EdgeRef<'_>| (e.edge.relation, e.edge.date, e.edge.key);
            (id(a.source), a.edge.relation, id(a.target))
                .cmp(&(id(b.source), b.edge.relation, id(b.target)))
                .then_with(|| rank(a).cmp(&rank(b)))
        });
        edges.into_iter()
    }

    /// Every typed edge, in no particular order.
    pub fn edges_unordered(&self) -> impl Iterator<Item = EdgeRef<'_>> {
        self.web.graph.edge_references().filter_map(|e| match e.weight() {
            Link::Typed(edge) => Some(EdgeRef { source: e.source(), target: e.target(), edge }),
            Link::Role(_) => None,
        })
    }

    /// The typed edge at an index of the petgraph.
    pub fn edge(&self, ix: EdgeIndex) -> Option<EdgeRef<'_>> {
        let (source, target) = self.web.graph.edge_endpoints(ix)?;
        match &self.web.graph[ix] {
            Link::Typed(edge) => Some(EdgeRef { source, target, edge }),
            Link::Role(_) => None,
        }
    }

    /// Every role edge, ordered by event, role and node.
    pub fn roles(&self) -> impl Iterator<Item = RoleRef> {
        let mut roles: Vec<RoleRef> = self
            .web
            .graph
            .edge_references()
            .filter_map(|e| match e.weight() {
                Link::Role(role) => Some(RoleRef { event: e.source(), role: *role, node: e.target() }),
                Link::Typed(_) => None,
            })
            .collect();
        let id = |ix: NodeIndex| &self.web.graph[ix].id;
        roles.sort_by(|a, b| (id(a.event), a.role, id(a.node)).cmp(&(id(b.event), b.role, id(b.node))));
        roles.into_iter()
    }

    /// One claim.
    ///
    /// # Panics
    /// If the position comes from another graph.
    pub fn claim(&self, ix: ClaimIx) -> &Claim {
        &self.ledger.claims[ix as usize]
    }

    /// The claims of an edge, the best first.
    pub fn claims<'g>(&'g self, edge: &'g super::TypedEdge) -> impl Iterator<Item = &'g Claim> {
        edge.claims.iter().map(|&ix| self.claim(ix))
    }

    /// The node of an identity that a claim names.
    pub fn node_of(&self, identity: IdentityIx) -> NodeIndex {
        self.web.node_of[identity as usize]
    }

    /// Who says so.
    pub fn claimant(&self, claim: &Claim) -> Option<NodeIndex> {
        claim.according_to.map(|ix| self.node_of(ix))
    }

    /// The sentence that a claim rests on.
    pub fn evidence(&self, claim: &Claim) -> &str {
        self.ledger.sentences[claim.sentence as usize].text.as_deref().unwrap_or_default()
    }

    /// Where that sentence stands in its article.
    pub fn evidence_span(&self, claim: &Claim) -> CharSpan {
        self.ledger.sentences[claim.sentence as usize].span
    }

    /// One identity.
    ///
    /// # Panics
    /// If the position comes from another graph.
    pub fn identity(&self, ix: IdentityIx) -> &Identity {
        &self.ledger.identities[ix as usize]
    }

    /// The identities that are one node, ordered by id.
    pub fn members(&self, node: NodeIndex) -> impl Iterator<Item = &Identity> {
        self.web.graph[node].members.iter().map(|&ix| self.identity(ix))
    }

    /// Why the members of a node are one: pairs of ids with the reason, strongest first.
    pub fn merges(&self, node: NodeIndex) -> Vec<(&str, &str, Reason)> {
        let members = &self.web.graph[node].members;
        let mut merges = BTreeSet::new();
        if members.len() > 1 {
            for &ix in members {
                for (other, reason) in self.web.sameness.links(&self.ledger, ix) {
                    let (a, b) = (self.identity(ix).id.as_str(), self.identity(other).id.as_str());
                    if members.contains(&other) {
                        merges.insert((reason, a.min(b), a.max(b)));
                    }
                }
            }
        }
        merges.into_iter().map(|(reason, a, b)| (a, b, reason)).collect()
    }

    /// The occurrence a claim reports, as its article has it.
    pub fn occurrence(&self, claim: &Claim) -> Option<&Occurrence> {
        claim.occurrence.map(|ix| &self.ledger.occurrences[ix as usize])
    }
}
