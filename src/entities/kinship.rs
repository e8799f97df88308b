//! Whether a noun may speak of a party already known: by its sort ("the group" of a militia) or by
//! the part both play in the story ("the suspect" of "a man").

use super::EntityKind;
use super::chain::Chain;
use super::draft::Draft;
use crate::ontology::ActorKind;

/// How a description is tied to an earlier party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// The same noun was used of it.
    SameNoun,
    /// The noun names its sort.
    Sort,
    /// The noun names a part that it may play.
    Role,
}

/// Nouns for one and the same part, singular.
const PERSON_ROLES: [&[&str]; 3] = [
    &[
        "suspect",
        "attacker",
        "gunman",
        "shooter",
        "assailant",
        "perpetrator",
        "defendant",
        "culprit",
        "killer",
        "terrorist",
        "bomber",
        "hijacker",
        "murderer",
        "assassin",
        "man",
        "woman",
        "teenager",
        "teen",
        "individual",
        "person",
        "boy",
        "girl",
        "year-old",
        "youth",
        "accused",
    ],
    &["victim", "deceased", "man", "woman", "teenager", "teen", "boy", "girl", "child", "year-old", "person"],
    &[
        "official",
        "diplomat",
        "envoy",
        "ambassador",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "representative",
    ],
];

/// Nouns for one and the same party, plural.
const GROUP_ROLES: [&[&str]; 8] = [
    &["protester", "protestor", "demonstrator", "marcher", "rioter", "crowd"],
    &["militant", "rebel", "insurgent", "fighter", "gunman", "attacker", "guerrilla", "extremist"],
    &["soldier", "troop", "troops", "serviceman"],
    &["police", "officers"],
    &["migrant", "refugee", "immigrant", "seeker"],
    &["resident", "villager", "local", "locals"],
    &["suspect", "attacker", "man", "assailant", "gunman", "perpetrator", "defendant"],
    &["couple", "pair", "duo"],
];

/// The tie by the sort of thing that the noun names.
pub(super) fn by_sort(words: &Draft, chain: &Chain) -> Option<Kinship> {
    let lemma = words.lemma.as_str();
    if chain.is_named() && !chain.is_person() && (named_so(lemma, chain) || sort_of(lemma, chain.kind)) {
        return Some(Kinship::Sort);
    }
    let shared = |roles: &[&[&str]]| {
        roles
            .iter()
            .any(|role| role.contains(&lemma) && chain.lemmas.iter().any(|l| role.contains(&l.as_str())))
    };
    let same_part = if chain.is_person() {
        !words.plural && shared(&PERSON_ROLES)
    } else {
        words.plural && shared(&GROUP_ROLES)
    };
    same_part.then_some(Kinship::Role)
}

/// Nouns for stretches of land that bear a name.
pub(super) fn is_area(lemma: &str) -> bool {
    matches!(
        lemma,
        "city"
            | "town"
            | "village"
            | "state"
            | "province"
            | "district"
            | "region"
            | "island"
            | "county"
            | "governorate"
            | "suburb"
            | "municipality"
            | "peninsula"
            | "prefecture"
            | "neighborhood"
            | "neighbourhood"
    )
}

/// Nouns that fit anybody.
pub(super) fn is_vague(lemma: &str) -> bool {
    const WORDS: [&str; 20] = [
        "people",
        "person",
        "others",
        "other",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "dozen",
        "dozens",
        "many",
        "some",
        "all",
        "both",
        "those",
        "everyone",
        "one",
        "member",
    ];
    WORDS.contains(&lemma)
}

/// Whether the party's name holds the noun: "the court" of the Supreme Court.
pub(super) fn named_so(lemma: &str, chain: &Chain) -> bool {
    let lemma = lemma.replace("organisation", "organization");
    if lemma.len() < 4 {
        return false;
    }
    chain
        .names
        .iter()
        .any(|name| name.len() > 1 && name.iter().any(|w| w.replace("organisation", "organization") == lemma))
}

/// Whether the noun names the sort.
pub(super) fn sort_of(lemma: &str, kind: EntityKind) -> bool {
    use ActorKind::{ArmedGroup, Company, Court, Media, Military, Organization, Party};
    match kind {
        EntityKind::Actor(ArmedGroup) => matches!(
            lemma,
            "group"
                | "organisation"
                | "organization"
                | "movement"
                | "militia"
                | "network"
                | "faction"
                | "outfit"
                | "rebel"
                | "militant"
                | "insurgent"
                | "fighter"
        ),
        EntityKind::Actor(Organization) => {
            matches!(
                lemma,
                "group"
                    | "organisation"
                    | "organization"
                    | "movement"
                    | "body"
                    | "agency"
                    | "bloc"
                    | "alliance"
                    | "charity"
            )
        }
        EntityKind::Actor(Company) => matches!(
            lemma,
            "company"
                | "firm"
                | "corporation"
                | "airline"
                | "bank"
                | "carmaker"
                | "automaker"
                | "manufacturer"
                | "conglomerate"
                | "retailer"
                | "giant"
        ),
        EntityKind::Actor(Court) => matches!(lemma, "court" | "tribunal"),
        EntityKind::Actor(Media) => matches!(
            lemma,
            "newspaper"
                | "paper"
                | "magazine"
                | "broadcaster"
                | "network"
                | "agency"
                | "outlet"
                | "station"
                | "publication"
                | "company"
        ),
        EntityKind::Actor(Party) => lemma == "party",
        EntityKind::Actor(Military) => matches!(lemma, "army" | "military" | "force" | "corps"),
        EntityKind::Place => matches!(
            lemma,
            "city" | "town" | "village" | "island" | "region" | "province" | "territory" | "peninsula"
        ),
        _ => false,
    }
}

impl Chain {
    /// Whether number does not forbid that the words speak of the chain.
    pub(super) fn plural_fits(&self, words: &Draft) -> bool {
        self.is_named() || self.plural == words.plural
    }
}
