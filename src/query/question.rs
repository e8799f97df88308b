//! What a question asks for, once it is understood.

use crate::graph::NodeIndex;
use crate::ontology::{ActorKind, Relation, Status};
use std::collections::BTreeSet;

/// A question.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Question {
    /// Any but static ones where none is given.
    pub relations: Vec<Relation>,
    pub source: Party,
    pub target: Party,
    /// The two parties may stand either way round.
    pub either_way: bool,
    /// First and last day since the epoch.
    pub days: (Option<i64>, Option<i64>),
    pub place: Option<Whereabouts>,
    pub statuses: Vec<Status>,
    /// Who says so.
    pub claimant: Option<BTreeSet<NodeIndex>>,
    /// A row a claimant.
    pub each_claimant: bool,
    /// `accused of what`: what the accused is said to have done; any relation where none is given.
    pub content: Option<Vec<Relation>>,
    pub needs_place: bool,
    pub needs_date: bool,
    pub want: Want,
}

/// Who may stand at one end.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Party {
    #[default]
    Anybody,
    /// One of these.
    Nodes(BTreeSet<NodeIndex>),
    /// Of one of these kinds, and of one of these countries where some are given.
    Kinds(Vec<ActorKind>, BTreeSet<String>),
    /// An event of one of these kinds.
    EventOf(Vec<Relation>),
}

/// Where something must have happened.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Whereabouts {
    pub nodes: BTreeSet<NodeIndex>,
    pub countries: BTreeSet<String>,
}

/// In what form the answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Want {
    #[default]
    Rows,
    /// How many occurrences.
    Count,
    /// How many different parties at this end.
    CountParties(End),
    /// Parties by how often.
    Rank { end: End, least: bool, limit: Option<usize> },
}

/// What is counted or ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Source,
    Target,
    Place,
    Month,
}
