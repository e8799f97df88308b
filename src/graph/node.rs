//! The three kinds of node.

use super::IdentityIx;
use crate::ontology::{ActorKind, PartialDate, Relation, Status};
use smol_str::SmolStr;

/// One node: an actor, an event or a location.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Stable id, the same whatever the order of reading.
    pub id: SmolStr,
    /// The name to show.
    pub name: SmolStr,
    /// What kind of node, and what is known of it.
    pub body: Body,
    /// The identities that are this node; none for an event.
    pub(super) members: Vec<IdentityIx>,
}

/// What is known of a node, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A party.
    Actor(ActorBody),
    /// An occurrence.
    Event(EventBody),
    /// A place.
    Location(LocationBody),
}

/// What is known of a party.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActorBody {
    /// Sort of party.
    pub kind: ActorKind,
    /// Other names, sorted.
    pub aliases: Vec<SmolStr>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<SmolStr>,
    /// Id of the actor it belongs to.
    pub affiliation: Option<SmolStr>,
    /// Whether it is named, or only described.
    pub named: bool,
}

/// What is known of an occurrence.
#[derive(Debug, Clone, PartialEq)]
pub struct EventBody {
    /// The relation it is an occurrence of.
    pub kind: Relation,
    /// When.
    pub date: Option<PartialDate>,
    /// Id of the place.
    pub place: Option<SmolStr>,
    /// How real it is, over all reports.
    pub status: Status,
}

/// What is known of a place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LocationBody {
    /// Other names, sorted.
    pub aliases: Vec<SmolStr>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<SmolStr>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

impl Node {
    /// `actor`, `event` or `location`.
    pub const fn kind(&self) -> &'static str {
        match self.body {
            Body::Actor(_) => "actor",
            Body::Event(_) => "event",
            Body::Location(_) => "location",
        }
    }

    /// The party, if it is one.
    pub const fn actor(&self) -> Option<&ActorBody> {
        if let Body::Actor(body) = &self.body { Some(body) } else { None }
    }

    /// The occurrence, if it is one.
    pub const fn event(&self) -> Option<&EventBody> {
        if let Body::Event(body) = &self.body { Some(body) } else { None }
    }

    /// The place, if it is one.
    pub const fn location(&self) -> Option<&LocationBody> {
        if let Body::Location(body) = &self.body { Some(body) } else { None }
    }

    /// Every other name it goes by.
    pub fn aliases(&self) -> &[SmolStr] {
        match &self.body {
            Body::Actor(body) => &body.aliases,
            Body::Location(body) => &body.aliases,
            Body::Event(_) => &[],
        }
    }

    /// Its country, where it has one.
    pub fn country(&self) -> Option<&str> {
        match &self.body {
            Body::Actor(body) => body.country.as_deref(),
            Body::Location(body) => body.country.as_deref(),
            Body::Event(_) => None,
        }
    }
}
