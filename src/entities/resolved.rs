//! What the entity room hands on.

use crate::language::ParsedDocument;
use crate::ontology::ActorKind;
use std::ops::Range;

/// Index into [`ResolvedDocument::mentions`].
pub type MentionId = usize;
/// Index into [`ResolvedDocument::entities`].
pub type EntityId = usize;

/// A parsed document with its parties and places.
#[derive(Debug, Clone)]
pub struct ResolvedDocument {
    /// The parse.
    pub parsed: ParsedDocument,
    /// Every noun phrase, name and pronoun that may be a party or place, by sentence and position.
    pub mentions: Vec<Mention>,
    /// What the mentions refer to.
    pub entities: Vec<Entity>,
    /// For each sentence and token, the mention whose head that token is.
    pub(crate) by_head: Vec<Vec<Option<MentionId>>>,
}

/// How a mention is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionForm {
    /// A proper name: "the MEK", "Tehran".
    Named,
    /// A description: "an Austria-based Iranian", "the official".
    Nominal,
    /// A nationality word or other adjective that stands for a party: "Israeli" in "Israeli strikes".
    Adjectival,
    /// A pronoun or possessive: "he", "their".
    Pronoun,
}

/// One place in the text where a party or place is spoken of.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Sentence index.
    pub sentence: usize,
    /// Token indexes of the name or noun phrase without relative clauses and long complements.
    pub tokens: Range<usize>,
    /// Token index of its head word.
    pub head: usize,
    /// How it is worded.
    pub form: MentionForm,
    /// What it refers to; `None` for a pronoun that could not be resolved.
    pub entity: Option<EntityId>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// A party.
    Actor(ActorKind),
    /// A place that stays a place.
    Place,
    /// A thing: neither acts nor is a place ("the letter", "the deal"); kept so that rules can
    /// tell it from a party.
    Thing,
}

/// A party, place or thing of one document.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Every other surface form, pronouns left out, in order of appearance, then gazetteer synonyms.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// Gazetteer key: `country:IR`, `org:nato`, `place:2988507`.
    pub key: Option<String>,
    /// Whether any mention is a proper name.
    pub named: bool,
    /// Whether it is more than one: "protesters", "two men".
    pub plural: bool,
    /// The party it belongs to, and whether the text says that it leads it or is a member.
    pub affiliation: Option<Affiliation>,
    /// Its mentions in order.
    pub mentions: Vec<MentionId>,
}

/// That a party belongs to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// The party it belongs to.
    pub to: EntityId,
    /// Whether the text says that it is the head of it ("President of Iran Hassan Rouhani").
    pub leads: bool,
    /// The mention that says so: sentence and token of the title.
    pub told_at: Option<(usize, usize)>,
}

impl ResolvedDocument {
    /// The mention whose head is this token.
    pub fn mention_at(&self, sentence: usize, token: usize) -> Option<MentionId> {
        self.by_head[sentence][token]
    }

    /// The entity a mention refers to.
    pub fn entity_of(&self, mention: MentionId) -> Option<&Entity> {
        self.mentions[mention].entity.map(|e| &self.entities[e])
    }
}
