//! The noun at the head of a phrase in, what sort of party it speaks of out.
//!
//! Nouns that are not listed speak of things; things are listed only where they end names: "Act",
//! "Treaty". Surface forms come before dictionary forms: "forces"
//! are military, a "force" is a thing.

use super::{EntityKind, Gender};
use crate::ontology::ActorKind;
use std::collections::HashMap;

/// The lexicon data/lexicon/heads.tsv.
#[derive(Debug)]
pub struct HeadNouns(HashMap<&'static str, HeadNoun>);

/// What a noun says of the party it heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadNoun {
    /// Sort of party or place.
    pub kind: EntityKind,
    /// Sex, for persons.
    pub gender: Gender,
    /// Whether it is an office and what the holder is to the body.
    pub office: Office,
}

/// What a title makes its bearer to the body it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Office {
    /// No office.
    None,
    /// A form of address.
    Title,
    /// Belongs to it: minister, spokesman.
    Member,
    /// Is the head of it: president, chairman.
    Leads,
}

const HEADS: &str = include_str!("../../data/lexicon/heads.tsv");

impl HeadNouns {
    pub(super) fn standard() -> Self {
        let mut nouns = HashMap::with_capacity(1500);
        for line in HEADS.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let kind = match cell() {
                "place" => EntityKind::Place,
                kind => kind.parse::<ActorKind>().map_or(EntityKind::Thing, EntityKind::Actor),
            };
            let gender = match cell() {
                "m" => Gender::Male,
                "f" => Gender::Female,
                _ => Gender::Either,
            };
            let office = match cell() {
                "leads" => Office::Leads,
                "member" => Office::Member,
                "title" => Office::Title,
                _ => Office::None,
            };
            for noun in cell().split(' ') {
                nouns.insert(noun, HeadNoun { kind, gender, office });
            }
        }
        Self(nouns)
    }

    /// What the noun says, by the word as written and its dictionary form, both in lower case; a compound
    /// that is not listed says what its head says: "counter-protester", "mayor-elect", "tugboatman".
    pub fn get(&self, text: &str, lemma: &str) -> Option<HeadNoun> {
        let listed = |word: &str| self.0.get(word).copied();
        listed(text).or_else(|| listed(lemma)).or_else(|| match lemma.rsplit_once('-') {
            Some((office, "elect" | "designate")) => listed(office),
            Some((_, head)) => listed(head),
            None => Self::ends_in_person(lemma),
        })
    }

    /// Words in "-man", "-woman", "-person".
    fn ends_in_person(lemma: &str) -> Option<HeadNoun> {
        const THINGS: [&str; 3] = ["talisman", "ottoman", "caiman"];
        let gender = match lemma {
            _ if THINGS.contains(&lemma) => return None,
            _ if lemma.ends_with("woman") => Gender::Female,
            _ if lemma.ends_with("man") && lemma.len() > 5 => Gender::Male,
            _ if lemma.ends_with("person") => Gender::Either,
            _ => return None,
        };
        let kind = EntityKind::Actor(ActorKind::Person);
        Some(HeadNoun { kind, gender, office: Office::None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_places_things() {
        let nouns = HeadNouns::standard();
        let kind = |text: &str, lemma: &str| nouns.get(text, lemma).map(|n| n.kind);
        assert_eq!(kind("protesters", "protester"), Some(EntityKind::Actor(ActorKind::Person)));
        assert_eq!(kind("forces", "force"), Some(EntityKind::Actor(ActorKind::Military)));
        assert_eq!(kind("force", "force"), None);
        assert_eq!(kind("airport", "airport"), Some(EntityKind::Place));
        assert_eq!(kind("letter", "letter"), None);
        assert_eq!(kind("counter-protesters", "counter-protester"), kind("protester", "protester"));
        assert_eq!(kind("mayor-elect", "mayor-elect"), kind("mayor", "mayor"));
        assert_eq!(kind("tugboatmen", "tugboatman"), kind("man", "man"));
        assert_eq!(kind("talisman", "talisman"), None);
    }

    #[test]
    fn every_row_is_understood() {
        for line in HEADS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "{line}");
            assert!(
                ["place", "thing"].contains(&cells[0]) || cells[0].parse::<ActorKind>().is_ok(),
                "{line}"
            );
            assert!(
                ["", "m", "f"].contains(&cells[1]) && ["", "leads", "member", "title"].contains(&cells[2])
            );
        }
    }
}
