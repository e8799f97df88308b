//! Whether a place name stands for the government seated there: by the word's part in its clause.

use super::gazetteer::Gazetteer;
use super::tree::Tree;
use super::{EntityKind, Office};
use crate::ontology::ActorKind;

/// The part a name plays in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// A party: says, does, is told, is accused.
    Acts,
    /// A place: where something is, comes from, goes to.
    Located,
    /// Cannot be told.
    Unclear,
}

const MOTION: [&str; 32] = [
    "go",
    "come",
    "travel",
    "fly",
    "arrive",
    "return",
    "move",
    "drive",
    "march",
    "head",
    "leave",
    "flee",
    "trip",
    "visit",
    "flight",
    "journey",
    "tour",
    "escape",
    "relocate",
    "bring",
    "take",
    "transport",
    "transfer",
    "deport",
    "road",
    "route",
    "advance",
    "sail",
    "airlift",
    "way",
    "invite",
    "extradite",
];
/// Verbs and nouns whose object is a party rather than a place.
const ADDRESSING: [&str; 58] = [
    "accuse",
    "urge",
    "warn",
    "blame",
    "criticize",
    "criticise",
    "condemn",
    "sanction",
    "ask",
    "tell",
    "press",
    "pressure",
    "invite",
    "thank",
    "praise",
    "sue",
    "assure",
    "inform",
    "notify",
    "force",
    "compel",
    "persuade",
    "convince",
    "isolate",
    "threaten",
    "call",
    "demand",
    "anger",
    "infuriate",
    "embarrass",
    "alarm",
    "reassure",
    "punish",
    "help",
    "assist",
    "aid",
    "support",
    "back",
    "defy",
    "provoke",
    "challenge",
    "slam",
    "denounce",
    "fault",
    "rebuke",
    "chide",
    "beg",
    "order",
    "request",
    "advise",
    "deter",
    "enrage",
    "antagonize",
    "pay",
    "offer",
    "give",
    "lobby",
    "oblige",
];
const GOVERNING: [&str; 21] = [
    "government",
    "regime",
    "authority",
    "authorities",
    "administration",
    "official",
    "leadership",
    "leader",
    "president",
    "premier",
    "minister",
    "ambassador",
    "envoy",
    "diplomat",
    "delegation",
    "ally",
    "policy",
    "troops",
    "junta",
    "cabinet",
    "spokesman",
];

/// How the name whose head is the token stands.
pub(super) fn standing(tree: &Tree<'_>, gazetteer: &Gazetteer, at: usize) -> Standing {
    let out = tree.outward(at);
    let token = tree.token(out);
    let governor = token.head.map(|head| tree.lemma(head));
    let governor = governor.unwrap_or_default();
    match token.rel() {
        "nsubj" if token.deprel == "nsubj:pass" || token.deprel == "nsubj:outer" => addressed(governor),
        "nsubj" => match token.head.map(|head| (head, tree.child(head, &["cop"]).is_some())) {
            Some((head, true)) if is_place_noun(tree, gazetteer, head) => Standing::Located,
            _ if matches!(governor, "lie" | "locate" | "situate" | "host" | "wake" | "see") => {
                Standing::Located
            }
            _ => Standing::Acts,
        },
        "obj" | "iobj" => addressed(governor),
        "obl" | "nmod" if token.deprel != "nmod:poss" && token.deprel != "nmod:desc" => {
            prepositional(tree, gazetteer, at, out, governor)
        }
        "nmod" => match token.head {
            Some(head) if is_place_noun(tree, gazetteer, head) || local(tree.lemma(head)) => {
                Standing::Located
            }
            _ => Standing::Acts,
        },
        "compound" | "amod" => {
            if GOVERNING.contains(&governor) {
                Standing::Acts
            } else {
                Standing::Located
            }
        }
        "appos" => match token.head {
            Some(head) if head != at => standing(tree, gazetteer, head),
            _ => Standing::Unclear,
        },
        _ => Standing::Unclear,
    }
}

fn prepositional(tree: &Tree<'_>, gazetteer: &Gazetteer, at: usize, out: usize, governor: &str) -> Standing {
    let motion = MOTION.contains(&governor);
    let Some(case) = tree.case(at) else { return Standing::Unclear };
    match case {
        "with" | "against" | "by" | "between" | "among" | "without" | "toward" | "towards" | "via"
        | "versus" | "unlike" | "than" | "like" => Standing::Acts,
        "on" | "upon"
            if !matches!(
                governor,
                "attack"
                    | "bomb"
                    | "raid"
                    | "strike"
                    | "assault"
                    | "march"
                    | "airstrike"
                    | "fire"
                    | "advance"
            ) =>
        {
            Standing::Acts
        }
        "to" if !motion => Standing::Acts,
        "for" | "about" => Standing::Unclear,
        "from"
            if matches!(
                governor,
                "demand"
                    | "order"
                    | "demands"
                    | "pressure"
                    | "support"
                    | "response"
                    | "reaction"
                    | "criticism"
                    | "hear"
            ) =>
        {
            Standing::Acts
        }
        "of" => match tree.token(out).head {
            Some(head) if GOVERNING.contains(&governor) && !is_place_noun(tree, gazetteer, head) => {
                Standing::Acts
            }
            _ if matches!(
                governor,
                "accuse" | "suspect" | "critic" | "critical" | "criticism" | "demand"
            ) =>
            {
                Standing::Acts
            }
            _ => Standing::Located,
        },
        _ => Standing::Located,
    }
}

fn addressed(governor: &str) -> Standing {
    if ADDRESSING.contains(&governor) { Standing::Acts } else { Standing::Located }
}

fn local(noun: &str) -> bool {
    matches!(
        noun,
        "mayor"
            | "resident"
            | "police"
            | "street"
            | "airport"
            | "suburb"
            | "outskirts"
            | "inhabitant"
            | "population"
            | "skyline"
            | "metro"
            | "hospital"
            | "people"
            | "bishop"
            | "archbishop"
            | "university"
            | "school"
            | "stock"
            | "citizen"
    )
}

fn is_place_noun(tree: &Tree<'_>, gazetteer: &Gazetteer, at: usize) -> bool {
    let token = tree.token(at);
    gazetteer.nouns().get(&token.text.to_lowercase(), &token.lemma).is_some_and(|noun| {
        matches!(noun.kind, EntityKind::Place | EntityKind::Actor(ActorKind::People))
            && noun.office == Office::None
    })
}
