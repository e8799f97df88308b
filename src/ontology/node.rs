//! Kinds of actor.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What sort of party an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// One human being, named or described.
    Person,
    /// A government, ministry or agency.
    Government,
    /// A country standing for its government and people.
    Country,
    /// An international or civil organisation.
    Organization,
    /// A militia, rebel or terrorist group.
    ArmedGroup,
    /// Armed forces of a state.
    Military,
    /// Police and other law enforcement.
    Police,
    /// A court, judge or jury.
    Court,
    /// A newspaper, agency or broadcaster.
    Media,
    /// A political party.
    Party,
    /// A business.
    Company,
    /// A group of people: civilians, protesters, supporters.
    People,
    /// Anything else that acts or is acted upon.
    #[default]
    Other,
}

impl ActorKind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Self; 13] = [
        Self::Person,
        Self::Government,
        Self::Country,
        Self::Organization,
        Self::ArmedGroup,
        Self::Military,
        Self::Police,
        Self::Court,
        Self::Media,
        Self::Party,
        Self::Company,
        Self::People,
        Self::Other,
    ];

    /// The name used in records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Government => "government",
            Self::Country => "country",
            Self::Organization => "organization",
            Self::ArmedGroup => "armed_group",
            Self::Military => "military",
            Self::Police => "police",
            Self::Court => "court",
            Self::Media => "media",
            Self::Party => "party",
            Self::Company => "company",
            Self::People => "people",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for ActorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for ActorKind {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|k| k.name() == s)
            .ok_or_else(|| format!("unknown kind `{s}`; known: {}", Self::ALL.map(Self::name).join(", ")))
    }
}
