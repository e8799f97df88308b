//! How real an edge is, as far as the text tells.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The standing of what an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It happened, or is the case.
    #[default]
    Actual,
    /// Somebody says that it happened.
    Alleged,
    /// It is intended or announced.
    Planned,
    /// Somebody disputes that it happened.
    Denied,
    /// It did not happen.
    Negated,
    /// It might happen, or is only asked for.
    Hypothetical,
}

impl Status {
    /// Every status, in the order of the declaration.
    pub const ALL: [Self; 6] =
        [Self::Actual, Self::Alleged, Self::Planned, Self::Denied, Self::Negated, Self::Hypothetical];

    /// The name used in records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Alleged => "alleged",
            Self::Planned => "planned",
            Self::Denied => "denied",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// Whether the act is told as done, by the text or by somebody.
    pub const fn is_told_as_done(self) -> bool {
        matches!(self, Self::Actual | Self::Alleged)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|x| x.name() == s)
            .ok_or_else(|| format!("unknown status `{s}`; known: {}", Self::ALL.map(Self::name).join(", ")))
    }
}
