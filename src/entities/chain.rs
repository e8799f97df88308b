//! What is known so far of one party, place or thing, and who has been told of when.

use super::draft::Draft;
use super::entry::Gender;
use super::{EntityKind, Office, form};
use crate::ontology::ActorKind;
use smol_str::SmolStr;

/// Index of a chain.
pub(super) type ChainId = usize;

/// Everything said of one party, place or thing.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// Gazetteer row.
    pub row: Option<u32>,
    /// Sort of party.
    pub kind: EntityKind,
    /// Name as given by the user.
    pub given: Option<String>,
    /// Words of its proper names in the text.
    pub names: Vec<Vec<String>>,
    /// Sex.
    pub gender: Gender,
    /// More than one.
    pub plural: bool,
    /// Nouns used of it.
    pub lemmas: Vec<SmolStr>,
    /// Modifiers used of it.
    pub modifiers: Vec<SmolStr>,
    /// Offices told of it: the noun and its modifiers.
    pub offices: Vec<(SmolStr, Vec<SmolStr>)>,
    /// Whose it is.
    pub owners: Vec<ChainId>,
    /// Age.
    pub age: Option<u32>,
    /// Its mentions, as indexes of drafts, in the order of linking.
    pub mentions: Vec<usize>,
    /// Whether every mention so far stands in the headline.
    pub headline_only: bool,
}

impl Chain {
    pub(super) const fn new(kind: EntityKind) -> Self {
        Self {
            row: None,
            kind,
            given: None,
            names: Vec::new(),
            gender: Gender::Either,
            plural: false,
            lemmas: Vec::new(),
            modifiers: Vec::new(),
            offices: Vec::new(),
            owners: Vec::new(),
            age: None,
            mentions: Vec::new(),
            headline_only: true,
        }
    }

    /// Takes in what a mention's words tell.
    pub(super) fn absorb(&mut self, draft: &Draft, owners: &[ChainId]) {
        if !draft.lemma.is_empty() && !self.lemmas.contains(&draft.lemma) {
            self.lemmas.push(draft.lemma.clone());
        }
        if draft.office != Office::None {
            let office = (draft.lemma.clone(), draft.modifiers.clone());
            if !self.offices.contains(&office) {
                self.offices.push(office);
            }
        }
        for modifier in &draft.modifiers {
            if !self.modifiers.contains(modifier) {
                self.modifiers.push(modifier.clone());
            }
        }
        for &owner in owners {
            if !self.owners.contains(&owner) {
                self.owners.push(owner);
            }
        }
        if self.gender == Gender::Either {
            self.gender = draft.gender;
        }
        self.age = self.age.or(draft.age);
    }

    /// Takes in a proper name.
    pub(super) fn add_name(&mut self, name: &str) {
        let words = form::plain_words(name);
        if !words.is_empty() && !self.names.contains(&words) {
            self.names.push(words);
        }
    }

    /// Whether it is one human being.
    pub(super) fn is_person(&self) -> bool {
        self.kind == EntityKind::Actor(ActorKind::Person) && !self.plural
    }

    /// Whether it is a country.
    pub(super) fn is_country(&self) -> bool {
        self.kind == EntityKind::Actor(ActorKind::Country)
    }

    /// Whether it has a proper name.
    pub(super) fn is_named(&self) -> bool {
        !self.names.is_empty() || self.row.is_some() || self.given.is_some()
    }

    /// Whether it is a body of people rather than one person: organisation, company, government.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.kind, EntityKind::Actor(kind) if !matches!(kind, ActorKind::Person | ActorKind::People))
    }
}
