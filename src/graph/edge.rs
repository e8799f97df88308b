//! Typed edges with their claims, and the roles that join an event to its parties.

use super::{ArticleIx, NodeIndex};
use crate::ontology::{CharSpan, PartialDate, Relation, Status};

/// Who did what to whom, once, over all reports of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedEdge {
    /// Stable key.
    pub key: u64,
    /// What was done.
    pub relation: Relation,
    /// The standing that most independent sources give it.
    pub status: Status,
    /// When.
    pub date: Option<PartialDate>,
    /// Where.
    pub place: Option<NodeIndex>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// The occurrence.
    pub event: NodeIndex,
    /// Every report of it, ordered by article and position.
    pub claims: Vec<Claim>,
}

/// One report of a typed edge by one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The article.
    pub article: ArticleIx,
    /// Where the sentence stands in the article.
    pub sentence: CharSpan,
    /// The standing this report gives it.
    pub status: Status,
    /// The actor who says so.
    pub according_to: Option<NodeIndex>,
    /// When, as this report has it.
    pub date: Option<PartialDate>,
    /// Where, as this report has it.
    pub place: Option<NodeIndex>,
    /// How sure the extractor is, 0 to 1.
    pub confidence: f64,
    /// Where the doer is named.
    pub source_span: Option<CharSpan>,
    /// The word that tells the relation.
    pub trigger_span: CharSpan,
    /// Where the other party is named.
    pub target_span: Option<CharSpan>,
}

/// How a node takes part in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventRole {
    /// The doer.
    Agent,
    /// The one it is done to.
    TargetOf,
    /// Where it happens.
    Place,
    /// Another event that it concerns.
    About,
}

impl EventRole {
    /// The name in records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::TargetOf => "target_of",
            Self::Place => "place",
            Self::About => "about",
        }
    }
}

/// A typed edge and its ends.
#[derive(Debug, Clone, Copy)]
pub struct EdgeRef<'g> {
    /// The doer.
    pub source: NodeIndex,
    /// The one it is done to; the edge's own event where the text names nobody.
    pub target: NodeIndex,
    /// The edge.
    pub edge: &'g TypedEdge,
}

impl EdgeRef<'_> {
    /// The one it is done to, absent where the text names nobody.
    pub fn party(&self) -> Option<NodeIndex> {
        (self.target != self.edge.event).then_some(self.target)
    }
}

/// An event, a role and who plays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRef {
    /// The event.
    pub event: NodeIndex,
    /// The role.
    pub role: EventRole,
    /// Who plays it.
    pub node: NodeIndex,
}
