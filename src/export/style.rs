//! How kinds, tones and statuses look, in exports and drawings alike.

use crate::graph::{Body, Node};
use crate::ontology::{ActorKind, Status, Tone};

/// Families of nodes that look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Countries, governments, courts, police, armed forces.
    State,
    /// Armed groups.
    ArmedGroup,
    /// Organisations, parties, companies, media.
    Organization,
    /// Single human beings.
    Person,
    /// Groups of people, and whatever else acts.
    People,
    /// Locations.
    Place,
    /// Occurrences.
    Event,
}

impl Family {
    /// Every family, in the order of the legend.
    pub const ALL: [Self; 7] = [
        Self::State,
        Self::ArmedGroup,
        Self::Organization,
        Self::Person,
        Self::People,
        Self::Place,
        Self::Event,
    ];

    /// The family of a node.
    pub const fn of(node: &Node) -> Self {
        match &node.body {
            Body::Event(_) => Self::Event,
            Body::Location(_) => Self::Place,
            Body::Actor(actor) => match actor.kind {
                ActorKind::Country
                | ActorKind::Government
                | ActorKind::Court
                | ActorKind::Police
                | ActorKind::Military => Self::State,
                ActorKind::ArmedGroup => Self::ArmedGroup,
                ActorKind::Organization | ActorKind::Party | ActorKind::Company | ActorKind::Media => {
                    Self::Organization
                }
                ActorKind::Person => Self::Person,
                ActorKind::People | ActorKind::Other => Self::People,
            },
        }
    }

    /// Its name in legends.
    pub const fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::ArmedGroup => "armed group",
            Self::Organization => "organisation",
            Self::Person => "person",
            Self::People => "people",
            Self::Place => "place",
            Self::Event => "event",
        }
    }

    /// Its shape, as Graphviz names it.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::State => "box",
            Self::ArmedGroup => "octagon",
            Self::Organization => "hexagon",
            Self::Person => "ellipse",
            Self::People => "ellipse",
            Self::Place => "house",
            Self::Event => "note",
        }
    }

    /// Fill, border.
    pub const fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::State => ("#DCE8F6", "#5B7FA6"),
            Self::ArmedGroup => ("#F3D9DC", "#A3545E"),
            Self::Organization => ("#E0EEDD", "#628A5B"),
            Self::Person => ("#FBF0D2", "#A98A3C"),
            Self::People => ("#ECE4F4", "#7F6A9C"),
            Self::Place => ("#E8E8E4", "#7C7C74"),
            Self::Event => ("#FFFFFF", "#8A8A8A"),
        }
    }
}

/// The line colour of a tone.
pub const fn tone_colour(tone: Tone) -> &'static str {
    match tone {
        Tone::VerbalConflict => "#D9822B",
        Tone::MaterialConflict => "#B3261E",
        Tone::VerbalCooperation => "#2A8C82",
        Tone::MaterialCooperation => "#1F6FB2",
        Tone::Neutral => "#7A7A7A",
    }
}

/// The tone in words.
pub const fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::VerbalConflict => "words against",
        Tone::MaterialConflict => "deeds against",
        Tone::VerbalCooperation => "words for or with",
        Tone::MaterialCooperation => "deeds for or with",
        Tone::Neutral => "belongs, leads",
    }
}

/// The line style of a status, as Graphviz names it.
pub const fn status_style(status: Status) -> &'static str {
    match status {
        Status::Actual => "solid",
        Status::Alleged => "dashed",
        Status::Planned | Status::Hypothetical => "dotted",
        Status::Denied | Status::Negated => "dashed",
    }
}

/// Whether the status says that it did not happen, or that somebody disputes it: drawn paler, with a bar for a head.
pub const fn is_disputed(status: Status) -> bool {
    matches!(status, Status::Denied | Status::Negated)
}
