//! Possible edges of a document: every proposal with every pair of parties that may fill its roles.
//!
//! Gathers and describes; does not decide.

use super::arguments::{Filler, Found, arguments};
use super::governors::Governors;
use super::lexicon::{Group, Lexicon, Wanted};
use super::parties::{Parties, Party};
use super::speech::Speakers;
use super::spotting::proposals;
use super::standing::{Standing, standing};
use super::timing::{date_of, timings};
use crate::entities::{EntityId, EntityKind, MentionId, ResolvedDocument};
use crate::ontology::{PartialDate, Relation, Status, Tone};

/// What a candidate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A word that tells the relation.
    Told,
    /// An act that somebody alleges: who alleges it accuses its doer.
    Allegation,
}

/// One possible edge.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// Sentence index.
    pub sentence: usize,
    /// Token index of the trigger.
    pub trigger: usize,
    /// What is told.
    pub relation: Relation,
    /// The lexicon group that proposed it.
    pub group: Option<&'a Group>,
    /// The model's probability for the relation; absent where it is silent.
    pub probability: Option<f32>,
    /// Doer.
    pub source: Filler,
    /// The one acted upon.
    pub target: Filler,
    /// How real.
    pub status: Status,
    /// Who says so, as an entity.
    pub claimant: Option<EntityId>,
    /// Whether the claim is hostile.
    pub hostile: bool,
    /// When.
    pub date: Option<PartialDate>,
    /// Where, as an entity.
    pub place: Option<EntityId>,
    /// Token of the word that reports the act.
    pub report: Option<usize>,
    /// What the candidate rests on.
    pub basis: Basis,
    /// Whether the source is not named in the sentence but taken from the document.
    pub source_inferred: bool,
}

impl Candidate<'_> {
    /// The source's entity.
    pub fn source_entity(&self) -> Option<EntityId> {
        self.source.party.map(|p| p.entity)
    }

    /// The target's entity.
    pub fn target_entity(&self) -> Option<EntityId> {
        self.target.party.map(|p| p.entity)
    }
}

/// All possible edges of the document, in the order of the text.
pub fn candidates<'a>(
    resolved: &'a ResolvedDocument,
    lexicon: &'a Lexicon,
    governors: &Governors,
) -> Vec<Candidate<'a>> {
    let speakers = Speakers::new(resolved, governors);
    let mut all = Vec::new();
    for (index, sentence) in resolved.parsed.sentences.iter().enumerate() {
        let parties = Parties::new(resolved, index);
        let times = timings(sentence, resolved.parsed.document.date);
        let places = places(resolved, index);
        for proposal in proposals(sentence, lexicon) {
            let roles = arguments(&proposal, sentence, &parties);
            let standing = standing(sentence, proposal.token, governors);
            let claimant = standing
                .claimant
                .and_then(|token| parties.doer(token))
                .map(|p| p.entity)
                .or_else(|| speakers.of_token(index, proposal.token));
            let base = Candidate {
                sentence: index,
                trigger: proposal.token,
                relation: told(proposal.relation, &standing),
                group: proposal.group,
                probability: proposal.guess.map(|g| g.probability),
                source: NOBODY,
                target: NOBODY,
                status: status(&standing, proposal.guess.map(|g| g.status)),
                claimant,
                hostile: standing.hostile,
                report: standing.report,
                basis: Basis::Told,
                date: date_of(sentence, proposal.token, &times),
                place: place_of(resolved, index, proposal.token, &places),
                source_inferred: false,
            };
            let pairs: Vec<(Filler, Filler)> = if roles.mutual {
                sides(&roles.sources)
            } else {
                roles.sources.iter().flat_map(|s| roles.targets.iter().map(|t| (*s, *t))).collect()
            };
            all.extend(pairs.into_iter().map(|(source, target)| Candidate {
                source,
                target,
                ..base.clone()
            }));
        }
    }
    infer_sources(resolved, &mut all);
    let accusations: Vec<Candidate<'a>> = all.iter().filter_map(|c| accusation(resolved, c)).collect();
    all.extend(accusations);
    all
}

/// Who alleges a hostile act accuses its doer.
fn accusation<'a>(resolved: &ResolvedDocument, act: &Candidate<'a>) -> Option<Candidate<'a>> {
    let tone = act.relation.row().tone;
    let hostile = matches!(tone, Tone::MaterialConflict | Tone::VerbalConflict);
    let (claimant, report, party) = (act.claimant?, act.report?, act.source.party?);
    let mention = mention_in(resolved, claimant, act.sentence)?;
    (hostile && act.status == Status::Alleged && claimant != party.entity).then(|| Candidate {
        trigger: report,
        relation: Relation::Accuses,
        group: None,
        probability: None,
        source: Filler { party: Some(Party { entity: claimant, mention, steps: 0 }), ..NOBODY },
        target: act.source,
        status: Status::Actual,
        claimant: None,
        hostile: false,
        basis: Basis::Allegation,
        ..act.clone()
    })
}

/// The entity's mention in a sentence, else its first.
fn mention_in(resolved: &ResolvedDocument, entity: EntityId, sentence: usize) -> Option<MentionId> {
    let mentions = &resolved.entities[entity].mentions;
    mentions
        .iter()
        .copied()
        .find(|m| resolved.mentions[*m].sentence == sentence)
        .or(mentions.first().copied())
}

const NOBODY: Filler = Filler { party: None, token: None, found: Found::Nobody, probability: 0.0 };

/// Pairs of sides of a mutual act: the first with each other.
fn sides(sides: &[Filler]) -> Vec<(Filler, Filler)> {
    match sides.split_first() {
        Some((first, rest)) => rest.iter().map(|other| (*first, *other)).collect(),
        None => Vec::new(),
    }
}

/// An attack that is only intended is a plot.
fn told(relation: Relation, standing: &Standing) -> Relation {
    if relation == Relation::Attacked && standing.intended { Relation::Targeted } else { relation }
}

/// The tree's word on the status, and where it has none the model's.
fn status(standing: &Standing, guessed: Option<Status>) -> Status {
    match (standing.status, guessed) {
        (Status::Actual, Some(guess)) if guess != Status::Denied => guess,
        (read, _) => read,
    }
}

/// Places named in a sentence: token and entity.
fn places(resolved: &ResolvedDocument, sentence: usize) -> Vec<(usize, EntityId)> {
    resolved
        .mentions
        .iter()
        .filter(|m| m.sentence == sentence)
        .filter_map(|m| m.entity.map(|e| (m.head, e)))
        .filter(|(_, e)| resolved.entities[*e].kind == EntityKind::Place)
        .collect()
}

/// The place of an act: the nearest place that stands after a preposition of place.
fn place_of(
    resolved: &ResolvedDocument,
    sentence: usize,
    trigger: usize,
    places: &[(usize, EntityId)],
) -> Option<EntityId> {
    let s = &resolved.parsed.sentences[sentence];
    let grammar = super::grammar::Grammar::new(s);
    places
        .iter()
        .filter(|(token, _)| {
            let first = grammar.first_conjunct(*token);
            matches!(
                grammar.preposition(first),
                Some("in" | "at" | "near" | "inside" | "outside" | "on" | "across")
            ) && s.tokens[first].is(&["obl", "nmod"])
        })
        .min_by_key(|(token, _)| {
            let above = grammar.ancestors(*token).position(|a| a == trigger).unwrap_or(6);
            (above, token.abs_diff(trigger))
        })
        .map(|(_, entity)| *entity)
}

/// Gives acts told without a doer the doer that the document makes evident: the authority for
/// arrests and trials, the attacker for deaths.
fn infer_sources(resolved: &ResolvedDocument, all: &mut [Candidate<'_>]) {
    use crate::ontology::ActorKind;
    let authority = |kinds: &[ActorKind], sentence: usize| -> Option<EntityId> {
        let fits =
            |e: &EntityId| matches!(resolved.entities[*e].kind, EntityKind::Actor(k) if kinds.contains(&k));
        let near =
            resolved.mentions.iter().filter(|m| m.sentence == sentence).filter_map(|m| m.entity).find(fits);
        near.or_else(|| {
            (0..resolved.entities.len())
                .filter(fits)
                .max_by_key(|e| (resolved.entities[*e].mentions.len(), std::cmp::Reverse(*e)))
        })
    };
    let attacker = |all: &[Candidate<'_>], sentence: usize| -> Option<EntityId> {
        let mut votes: Vec<(EntityId, usize)> = Vec::new();
        for c in all.iter().filter(|c| !c.source_inferred && c.status == Status::Actual) {
            let deadly = matches!(c.relation, Relation::Attacked | Relation::Killed | Relation::Injured);
            if let (true, Some(source)) = (deadly && c.sentence.abs_diff(sentence) <= 6, c.source_entity()) {
                match votes.iter_mut().find(|(e, _)| *e == source) {
                    Some((_, n)) => *n += 1,
                    None => votes.push((source, 1)),
                }
            }
        }
        votes.into_iter().max_by_key(|(e, n)| (*n, std::cmp::Reverse(*e))).map(|(e, _)| e)
    };
    for i in 0..all.len() {
        if all[i].source.party.is_some() || all[i].target.party.is_none() {
            continue;
        }
        let sentence = all[i].sentence;
        let entity = match all[i].relation {
            Relation::Detained | Relation::Investigates => authority(&[ActorKind::Police], sentence)
                .or_else(|| authority(&[ActorKind::Government], sentence)),
            Relation::Prosecutes => authority(&[ActorKind::Police], sentence)
                .or_else(|| authority(&[ActorKind::Court], sentence))
                .or_else(|| authority(&[ActorKind::Country], sentence)),
            Relation::Sentenced | Relation::Released => authority(&[ActorKind::Court], sentence)
                .or_else(|| authority(&[ActorKind::Country], sentence)),
            Relation::Killed | Relation::Injured | Relation::Attacked => attacker(all, sentence),
            _ => None,
        };
        let Some(entity) = entity.filter(|e| Some(*e) != all[i].target_entity()) else { continue };
        let mention = resolved.entities[entity].mentions.first().copied();
        if let Some(mention) = mention {
            all[i].source.party = Some(Party { entity, mention, steps: 9 });
            all[i].source_inferred = true;
        }
    }
}

/// Whether the entity may be the target as the lexicon wants it.
pub fn is_wanted(kind: EntityKind, wanted: Wanted) -> bool {
    match wanted {
        Wanted::Party => matches!(kind, EntityKind::Actor(_)),
        Wanted::Any => true,
        Wanted::Place => !matches!(kind, EntityKind::Thing),
    }
}
