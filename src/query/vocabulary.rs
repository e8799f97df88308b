//! The words of questions: verbs and nouns for each relation, in every inflection, and kinds of party.

use crate::ontology::{ActorKind, Relation};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `accuse`
    Base,
    /// `accuses`
    Present,
    /// `accused`, as past or as participle
    Past,
    /// `accusing`
    Gerund,
}

/// What a word or phrase may mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sense {
    /// As a verb.
    pub verb: Vec<(Relation, Form)>,
    /// As a noun for what happened: `attack`, `arrests`.
    pub noun: Vec<Relation>,
    /// As a noun for who does it: `accusers`.
    pub doer: Vec<Relation>,
    /// As a noun for a kind of party: `governments`.
    pub kinds: Vec<ActorKind>,
}

/// Every verb by relation, in its base form; the inflected word is the first of a phrase.
const VERBS: &[(Relation, &str)] = &[
    (Relation::Accuses, "accuse, blame, allege, implicate"),
    (
        Relation::Criticizes,
        "criticize, criticise, condemn, denounce, slam, decry, deplore, rebuke, blast, lambast, chide, reproach, attack verbally",
    ),
    (Relation::Investigates, "investigate, probe, search, inquire, look into, scrutinize, scrutinise"),
    (Relation::Prosecutes, "prosecute, charge, indict, sue, try in court, put on trial, impeach, arraign"),
    (Relation::Sentenced, "sentence, convict, fine, condemn to prison"),
    (Relation::Denies, "deny, dismiss, dispute, refute, contradict"),
    (Relation::Rejects, "reject, refuse, veto, oppose, turn down, rebuff, decline"),
    (
        Relation::Demands,
        "demand, urge, ask, call on, call for, call upon, request, appeal, insist, exhort, press",
    ),
    (Relation::Threatens, "threaten, warn, menace"),
    (Relation::Protests, "protest, demonstrate, riot, rally against, march against, go on strike"),
    (
        Relation::Sanctions,
        "sanction, embargo, expel, blacklist, cut ties, cut aid, cut off, break off relations",
    ),
    (
        Relation::Detained,
        "detain, arrest, jail, imprison, hold, capture, apprehend, intern, take into custody, lock up",
    ),
    (
        Relation::Seized,
        "seize, confiscate, occupy, ban, restrict, annex, impound, capture, raid, take over, take control",
    ),
    (Relation::Abducted, "abduct, kidnap, take hostage"),
    (Relation::Targeted, "target, plot, conspire, aim, plan to attack, plan to bomb, plan to kill"),
    (
        Relation::Attacked,
        "attack, bomb, shell, raid, shoot, strike, fight, ambush, assault, stab, invade, hit, besiege, bombard, fire on, open fire on, clash with",
    ),
    (Relation::Killed, "kill, murder, assassinate, execute, slay, behead, massacre"),
    (Relation::Injured, "injure, wound, hurt, maim"),
    (Relation::Mobilized, "mobilize, mobilise, deploy, go on alert, test weapons, send troops"),
    (Relation::Met, "meet, visit, phone, call, host, receive, negotiate, talk, speak, confer, hold talks"),
    (Relation::Agreed, "agree, sign, promise, pledge"),
    (
        Relation::Supports,
        "support, praise, back, endorse, thank, applaud, hail, welcome, congratulate, commend, defend",
    ),
    (
        Relation::Cooperates,
        "cooperate, co-operate, collaborate, work with, work together, team up, coordinate",
    ),
    (Relation::Aided, "aid, help, assist, fund, finance, arm, donate, shelter, sponsor"),
    (Relation::Released, "release, free, pardon, acquit, exonerate, concede, withdraw, yield, let go"),
    (Relation::Trades, "trade, sell, buy, export, import, supply"),
    (Relation::Leads, "lead, head, run, rule, chair, govern, command"),
    (Relation::MemberOf, "belong, join, be a member of"),
];

const NOUNS: &[(Relation, &str)] = &[
    (Relation::Accuses, "accusation, allegation, blame"),
    (Relation::Criticizes, "criticism, condemnation, rebuke"),
    (Relation::Investigates, "investigation, probe, inquiry, search"),
    (Relation::Prosecutes, "prosecution, charge, indictment, lawsuit, trial, impeachment"),
    (Relation::Sentenced, "sentence, conviction, fine"),
    (Relation::Denies, "denial"),
    (Relation::Rejects, "rejection, refusal, veto, opposition"),
    (Relation::Demands, "demand, request, appeal"),
    (Relation::Threatens, "threat, warning"),
    (Relation::Protests, "protest, demonstration, riot"),
    (Relation::Sanctions, "sanction, embargo, expulsion"),
    (Relation::Detained, "arrest, detention, imprisonment"),
    (Relation::Seized, "seizure, confiscation, occupation, ban, annexation"),
    (Relation::Abducted, "abduction, kidnapping, hostage-taking"),
    (Relation::Targeted, "plot, conspiracy"),
    (
        Relation::Attacked,
        "attack, bombing, shelling, raid, strike, shooting, assault, ambush, airstrike, clash, invasion, siege",
    ),
    (Relation::Killed, "killing, murder, assassination, execution, massacre"),
    (Relation::Injured, "injury, wounding"),
    (Relation::Mobilized, "mobilization, mobilisation, deployment"),
    (Relation::Met, "meeting, talk, visit, negotiation, summit, phone call"),
    (Relation::Agreed, "agreement, deal, treaty, accord, pledge, promise"),
    (Relation::Supports, "support, praise, endorsement"),
    (Relation::Cooperates, "cooperation, co-operation, collaboration"),
    (Relation::Aided, "aid, assistance, donation"),
    (Relation::Released, "release, pardon, acquittal, withdrawal, concession"),
    (Relation::Trades, "trade, sale, export, import"),
    (Relation::Leads, "leader, head"),
    (Relation::MemberOf, "member"),
];

/// Words for who does it, where there is one.
const DOERS: &[(Relation, &str)] = &[
    (Relation::Accuses, "accuser"),
    (Relation::Criticizes, "critic"),
    (Relation::Rejects, "opponent"),
    (Relation::Detained, "captor"),
    (Relation::Abducted, "kidnapper, abductor"),
    (Relation::Targeted, "plotter, conspirator"),
    (Relation::Attacked, "attacker, bomber, assailant"),
    (Relation::Killed, "killer, murderer, assassin"),
    (Relation::Protests, "protester, demonstrator"),
    (Relation::Supports, "supporter, backer"),
];

const KINDS: &[(&str, &[ActorKind])] = &[
    ("person", &[ActorKind::Person]),
    ("people", &[ActorKind::Person, ActorKind::People]),
    ("individual", &[ActorKind::Person]),
    ("official", &[ActorKind::Person]),
    ("civilian", &[ActorKind::People]),
    ("crowd", &[ActorKind::People]),
    ("government", &[ActorKind::Government, ActorKind::Country]),
    ("authority", &[ActorKind::Government, ActorKind::Police, ActorKind::Court]),
    ("ministry", &[ActorKind::Government]),
    ("country", &[ActorKind::Country]),
    ("state", &[ActorKind::Country]),
    ("nation", &[ActorKind::Country]),
    ("organization", &[ActorKind::Organization]),
    ("organisation", &[ActorKind::Organization]),
    ("armed group", &[ActorKind::ArmedGroup]),
    ("militant group", &[ActorKind::ArmedGroup]),
    ("terrorist group", &[ActorKind::ArmedGroup]),
    ("militia", &[ActorKind::ArmedGroup]),
    ("rebel", &[ActorKind::ArmedGroup]),
    ("group", &[ActorKind::ArmedGroup, ActorKind::Organization]),
    ("army", &[ActorKind::Military]),
    ("military", &[ActorKind::Military]),
    ("armed force", &[ActorKind::Military]),
    ("troop", &[ActorKind::Military]),
    ("police", &[ActorKind::Police]),
    ("police force", &[ActorKind::Police]),
    ("court", &[ActorKind::Court]),
    ("judge", &[ActorKind::Court]),
    ("medium", &[ActorKind::Media]),
    ("media", &[ActorKind::Media]),
    ("newspaper", &[ActorKind::Media]),
    ("political party", &[ActorKind::Party]),
    ("party", &[ActorKind::Party]),
    ("company", &[ActorKind::Company]),
    ("firm", &[ActorKind::Company]),
];

/// Past forms that do not end in -ed, as `base past` or `base past participle`.
const IRREGULAR: &[&str] = &[
    "hold held",
    "put put",
    "shoot shot",
    "strike struck",
    "fight fought",
    "hit hit",
    "slay slew slain",
    "hurt hurt",
    "meet met",
    "speak spoke spoken",
    "sell sold",
    "buy bought",
    "lead led",
    "run ran",
    "take took taken",
    "cut cut",
    "break broke broken",
    "go went gone",
    "send sent",
    "withdraw withdrew withdrawn",
    "let let",
    "be was been",
];

/// Verbs whose last consonant is doubled.
const DOUBLING: &[&str] =
    &["stab", "plot", "plan", "expel", "slam", "ban", "run", "hit", "cut", "put", "let"];

/// Every known phrase, in small letters, with what it may mean.
pub(super) fn senses() -> &'static BTreeMap<String, Sense> {
    static SENSES: OnceLock<BTreeMap<String, Sense>> = OnceLock::new();
    SENSES.get_or_init(|| {
        let mut senses: BTreeMap<String, Sense> = BTreeMap::new();
        for (relation, verbs) in VERBS {
            for phrase in verbs.split(", ") {
                let (verb, rest) = phrase.split_once(' ').map_or((phrase, ""), |(v, r)| (v, r));
                for (word, form) in inflect(verb) {
                    let spelled = plain(&format!("{word} {rest}"));
                    let verb = &mut senses.entry(spelled).or_default().verb;
                    if !verb.contains(&(*relation, form)) {
                        verb.push((*relation, form));
                    }
                }
            }
        }
        for (relation, nouns) in NOUNS {
            for noun in nouns.split(", ") {
                for word in [noun.to_owned(), plural(noun)] {
                    let noun = &mut senses.entry(plain(&word)).or_default().noun;
                    if !noun.contains(relation) {
                        noun.push(*relation);
                    }
                }
            }
        }
        for (relation, doers) in DOERS {
            for doer in doers.split(", ") {
                for word in [doer.to_owned(), plural(doer)] {
                    senses.entry(word).or_default().doer.push(*relation);
                }
            }
        }
        for (word, kinds) in KINDS {
            for word in [(*word).to_owned(), plural(word)] {
                senses.entry(word).or_default().kinds = kinds.to_vec();
            }
        }
        for relation in Relation::ALL {
            // The name of the relation itself, as it stands in the answers.
            let entry = senses.entry(relation.name().replace('_', " ")).or_default();
            if !entry.verb.iter().any(|(r, _)| r == relation) {
                entry.verb.push((*relation, Form::Present));
            }
        }
        senses
    })
}

/// The known phrases nearest to a word, nearest first.
pub(super) fn nearest(word: &str, count: usize) -> Vec<String> {
    let word = word.to_lowercase();
    let limit = 1 + word.chars().count() / 4;
    let mut near: Vec<(usize, &str)> = senses()
        .keys()
        .filter(|k| !k.contains(' '))
        .filter_map(|known| crate::graph::distance(&word, known, limit).map(|d| (d, known.as_str())))
        .collect();
    near.sort_unstable();
    near.into_iter().take(count).map(|(_, k)| k.to_owned()).collect()
}

/// Small letters, hyphens parted, as questions are cut into words.
fn plain(phrase: &str) -> String {
    phrase.replace('-', " ").trim().to_lowercase()
}

fn inflect(verb: &str) -> Vec<(String, Form)> {
    let stem = if DOUBLING.contains(&verb) {
        format!("{verb}{}", verb.chars().last().unwrap_or_default())
    } else {
        verb.strip_suffix('e').unwrap_or(verb).to_owned()
    };
    let gerund = if verb.ends_with("ee") { format!("{verb}ing") } else { format!("{stem}ing") };
    let mut forms =
        vec![(verb.to_owned(), Form::Base), (present(verb), Form::Present), (gerund, Form::Gerund)];
    let irregular = IRREGULAR.iter().find_map(|row| row.strip_prefix(verb)?.strip_prefix(' '));
    match irregular {
        Some(past) => forms.extend(past.split(' ').map(|p| (p.to_owned(), Form::Past))),
        None => match verb.strip_suffix('y') {
            Some(stem) if !ends_in_vowel(stem) => forms.push((format!("{stem}ied"), Form::Past)),
            _ => forms.push((format!("{stem}ed"), Form::Past)),
        },
    }
    forms
}

fn present(verb: &str) -> String {
    if verb == "be" { "is".to_owned() } else { plural(verb) }
}

/// The form with -s, for nouns and verbs alike.
fn plural(word: &str) -> String {
    match word {
        "person" => return "persons".to_owned(),
        "people" | "police" | "media" | "military" => return word.to_owned(),
        _ => {}
    }
    match word.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn ends_in_vowel(word: &str) -> bool {
    word.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_has_a_verb_and_a_noun() {
        for relation in Relation::ALL {
            assert!(VERBS.iter().any(|(r, _)| r == relation), "{relation}");
            assert!(NOUNS.iter().any(|(r, _)| r == relation), "{relation}");
        }
    }

    #[test]
    fn inflections_follow_english() {
        let forms = |verb: &str| inflect(verb).into_iter().map(|(w, _)| w).collect::<Vec<_>>().join(" ");
        assert_eq!(forms("accuse"), "accuse accuses accusing accused");
        assert_eq!(forms("deny"), "deny denies denying denied");
        assert_eq!(forms("expel"), "expel expels expelling expelled");
        assert_eq!(forms("withdraw"), "withdraw withdraws withdrawing withdrew withdrawn");
        assert_eq!(forms("clash"), "clash clashes clashing clashed");
        assert_eq!(forms("veto"), "veto vetoes vetoing vetoed");
        assert_eq!(forms("free"), "free frees freeing freed");
    }

    #[test]
    fn near_words_are_offered() {
        assert_eq!(nearest("acused", 2), ["accused", "accuse"]);
        assert!(nearest("xylophone", 3).is_empty());
    }
}
