//! Typed edges, and the roles that join an event to its parties.

use super::{ClaimIx, NodeIndex};
use crate::ontology::{PartialDate, Relation, Status};

/// Who did what to whom, once, over all reports of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedEdge {
    /// Stable key, the same whatever the order of reading.
    pub key: u64,
    /// What was done.
    pub relation: Relation,
    /// The standing that most independent sources give it.
    pub status: Status,
    /// When, where a report says so.
    pub date: Option<PartialDate>,
    /// Day since the epoch for ordering and filtering: of the date, else of the first publication.
    pub day: Option<i64>,
    /// Where.
    pub place: Option<NodeIndex>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// The occurrence; static relations have none.
    pub event: Option<NodeIndex>,
    /// How many articles report it.
    pub articles: usize,
    /// How many of them are independent: copies of one text count once.
    pub sources: usize,
    /// Whether reports give it different standings.
    pub disputed: bool,
    /// Every report of it, the best first.
    pub claims: Vec<ClaimIx>,
}

impl TypedEdge {
    /// The key as written in files: 16 hexadecimal digits.
    pub fn key_text(&self) -> String {
        format!("{:016x}", self.key)
    }
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

/// What joins two nodes of the petgraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// Who did what to whom.
    Typed(Box<TypedEdge>),
    /// From an event to who or what takes part in it.
    Role(EventRole),
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
        (Some(self.target) != self.edge.event).then_some(self.target)
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
