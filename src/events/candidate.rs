//! Possible edges of a document: every proposal with every pair of parties that may fill its roles.
//!
//! Gathers and describes; does not decide.

use super::arguments::{Filler, Found, arguments};
use super::dating;
use super::governors::Governors;
use super::grammar::Grammar;
use super::lexicon::{Group, Lexicon, Wanted};
use super::parties::{Parties, Party};
use super::speech::Speakers;
use super::spotting::{Proposal, proposals};
use super::standing::{Standing, standing};
use super::timing::{Timing, date_of, in_the_past, timings};
use crate::entities::{EntityId, EntityKind, MentionId, ResolvedDocument};
use crate::language::{PairGuess, Sentence, TriggerGuess};
use crate::ontology::{PartialDate, Relation, Status, Tone};
use std::collections::BTreeMap;

/// What a candidate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A word that tells the relation.
    Told,
    /// Two parties between whom the language model sees the relation, whatever tells it.
    Seen,
    /// An act that somebody alleges: who alleges it accuses its doer.
    Allegation,
    /// A kindness that somebody promises or offers: they agree with whom it is for.
    Promise,
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
    /// The model's probability for the relation at the trigger; absent where it is silent.
    pub probability: Option<f32>,
    /// The model's probability for the relation between the two parties; 0 where it is silent.
    pub pairing: f32,
    /// The model's highest probability for another relation between the two parties in the same sentence.
    pub rival: f32,
    /// How often the article may tell the same edge elsewhere.
    pub repeats: usize,
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
    /// Whether the act is promised or offered.
    pub promised: bool,
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
        self.source.entity()
    }

    /// The target's entity.
    pub fn target_entity(&self) -> Option<EntityId> {
        self.target.entity()
    }

    /// Whether the sentence names each party where the lexicon's frame wants it, or leaves out a target that need not be.
    pub fn is_in_frame(&self) -> bool {
        let stands = |filler: &Filler| matches!(filler.found, Found::Both | Found::Frame);
        !self.source_inferred && stands(&self.source) && (self.target.party.is_none() || stands(&self.target))
    }

    /// Whether the user marked both parties where they are named.
    pub fn is_between_marked(&self, resolved: &ResolvedDocument) -> bool {
        let marked = |filler: &Filler| {
            filler.party.is_some_and(|party| {
                let mention = &resolved.mentions[party.mention];
                let head = resolved.parsed.sentences[mention.sentence].tokens[mention.head].span;
                resolved.parsed.document.mentions.iter().any(|given| given.span.overlaps(head))
            })
        };
        marked(&self.source) && marked(&self.target)
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
        let reader = Reader {
            resolved,
            index,
            sentence,
            parties: Parties::new(resolved, index),
            times: timings(sentence, resolved.parsed.document.date),
            places: places(resolved, index),
            governors,
            speakers: &speakers,
        };
        let first = all.len();
        let proposed = proposals(sentence, lexicon);
        all.extend(proposed.iter().flat_map(|p| reader.told(p)));
        let spoken_for: Vec<usize> = proposed.iter().filter(|p| p.is_added()).map(|p| p.token).collect();
        reader.pair(&mut all, first, &spoken_for);
    }
    infer_sources(resolved, &speakers, &mut all);
    dating::lend(resolved, &mut all);
    let implied: Vec<Candidate<'a>> =
        all.iter().flat_map(|c| accusation(resolved, c).into_iter().chain(agreement(c))).collect();
    all.extend(implied);
    compare(&mut all);
    all
}

/// Sets each candidate beside the others of its parties.
fn compare(all: &mut [Candidate<'_>]) {
    type Parties = (Option<EntityId>, Option<EntityId>);
    let mut told: BTreeMap<(Parties, Relation), usize> = BTreeMap::new();
    let mut seen: BTreeMap<(usize, Parties), Vec<(Relation, f32)>> = BTreeMap::new();
    let parties = |c: &Candidate<'_>| (c.source_entity(), c.target_entity());
    for c in all.iter() {
        *told.entry((parties(c), c.relation)).or_default() += 1;
        seen.entry((c.sentence, parties(c))).or_default().push((c.relation, c.pairing));
    }
    for c in all {
        let key = parties(c);
        c.repeats = told[&(key, c.relation)] - 1;
        let others = seen[&(c.sentence, key)].iter().filter(|(relation, _)| *relation != c.relation);
        c.rival = others.map(|(_, pairing)| *pairing).fold(0.0, f32::max);
    }
}

/// What is needed to read one sentence.
struct Reader<'a, 'r> {
    resolved: &'a ResolvedDocument,
    index: usize,
    sentence: &'a Sentence,
    parties: Parties<'a>,
    times: Vec<Timing>,
    places: Vec<(usize, EntityId)>,
    governors: &'r Governors,
    speakers: &'r Speakers,
}

impl<'a> Reader<'a, '_> {
    /// A proposal with every pair of parties that fills its roles.
    fn told(&self, proposal: &Proposal<'a>) -> Vec<Candidate<'a>> {
        let roles = arguments(proposal, self.sentence, &self.parties);
        let base = self.base(proposal);
        let pairs: Vec<(Filler, Filler)> = if roles.mutual {
            sides(&roles.sources)
        } else {
            roles.sources.iter().flat_map(|s| roles.targets.iter().map(|t| (*s, *t))).collect()
        };
        pairs.into_iter().map(|(source, target)| Candidate { source, target, ..base.clone() }).collect()
    }

    /// A proposal without its parties.
    fn base(&self, proposal: &Proposal<'a>) -> Candidate<'a> {
        let standing = standing(self.sentence, proposal.token, self.governors);
        let claimant = standing
            .claimant
            .and_then(|token| self.parties.doer(token))
            .map(|p| p.entity)
            .or_else(|| self.speakers.of_token(self.index, proposal.token));
        let status = status(&standing, proposal.guess.map(|g| g.status));
        let date = date_of(self.sentence, proposal.token, &self.times);
        let published = self.resolved.parsed.document.date;
        Candidate {
            sentence: self.index,
            trigger: proposal.token,
            relation: told(proposal.relation, &standing),
            group: proposal.group,
            probability: proposal.guess.map(|g| g.probability),
            pairing: 0.0,
            rival: 0.0,
            repeats: 0,
            source: NOBODY,
            target: NOBODY,
            status,
            claimant,
            hostile: standing.hostile,
            promised: standing.promised,
            report: standing.report,
            basis: Basis::Told,
            date: date.map(|date| if status.is_told_as_done() { in_the_past(date, published) } else { date }),
            place: place_of(self.resolved, self.index, proposal.token, &self.places),
            source_inferred: false,
        }
    }

    /// Joins the model's word on pairs of parties with the sentence's candidates, those from `first` on; what
    /// nothing else proposes becomes a candidate of its own, unless a user's lexicon speaks for the word that tells it.
    fn pair(&self, all: &mut Vec<Candidate<'a>>, first: usize, spoken_for: &[usize]) {
        for guess in &self.sentence.pairs {
            let filler = |token: Option<usize>, find: &dyn Fn(usize) -> Option<Party>| match token {
                None => Some(NOBODY),
                Some(token) => find(token).map(|party| Filler {
                    party: Some(party),
                    token: Some(token),
                    found: Found::Model,
                    probability: guess.probability,
                }),
            };
            let source = filler(guess.source, &|t| self.parties.doer(t));
            let target = filler(guess.target, &|t| self.parties.undergoer(t, Wanted::Any));
            let (Some(source), Some(target)) = (source, target) else { continue };
            let ends = [source.entity(), target.entity()];
            let known = all[first..].iter_mut().filter(|c| {
                let there = [c.source_entity(), c.target_entity()];
                c.relation == guess.relation
                    && (there == ends || c.relation.row().symmetric && there == [ends[1], ends[0]])
            });
            let mut found = false;
            for candidate in known {
                candidate.pairing = candidate.pairing.max(guess.probability);
                found = true;
            }
            if !found {
                let told = self.surest_trigger(guess.relation);
                let token = told.map_or_else(|| self.word_above(guess), |t| t.token);
                if spoken_for.contains(&token) {
                    continue;
                }
                let proposal = Proposal { token, relation: guess.relation, group: None, guess: told };
                all.push(Candidate {
                    relation: guess.relation,
                    source,
                    target,
                    pairing: guess.probability,
                    basis: Basis::Seen,
                    ..self.base(&proposal)
                });
            }
        }
    }

    /// The word that the model takes most surely for a trigger of the relation.
    fn surest_trigger(&self, relation: Relation) -> Option<&'a TriggerGuess> {
        self.sentence
            .triggers
            .iter()
            .filter(|t| t.relation == relation)
            .max_by(|a, b| a.probability.total_cmp(&b.probability).then(b.token.cmp(&a.token)))
    }

    /// The word above both parties of a pair.
    fn word_above(&self, guess: &PairGuess) -> usize {
        let grammar = Grammar::new(self.sentence);
        let one = guess.target.or(guess.source).unwrap_or_default();
        let other = guess.source.unwrap_or(one);
        let above: Vec<usize> = std::iter::once(other).chain(grammar.ancestors(other)).collect();
        grammar.ancestors(one).find(|a| above.contains(a) && *a != other).unwrap_or(one)
    }
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
        pairing: 0.0,
        source: Filler { party: Some(Party { entity: claimant, mention, steps: 0 }), ..NOBODY },
        target: act.source,
        status: Status::Actual,
        claimant: None,
        hostile: false,
        basis: Basis::Allegation,
        ..act.clone()
    })
}

/// Who promises or offers a kindness, or says that they will do one, agrees with whom it is for.
fn agreement<'a>(act: &Candidate<'a>) -> Option<Candidate<'a>> {
    let kind = matches!(act.relation.row().tone, Tone::MaterialCooperation | Tone::VerbalCooperation);
    let own_word = act.claimant.is_some() && act.claimant == act.source_entity();
    let bound = act.status == Status::Planned && (act.promised || own_word);
    let parties = act.source.party.is_some() && act.target.party.is_some() && !act.source_inferred;
    (kind && bound && parties && act.relation != Relation::Agreed).then(|| Candidate {
        relation: Relation::Agreed,
        group: None,
        probability: None,
        status: Status::Actual,
        claimant: None,
        basis: Basis::Promise,
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
    let grammar = Grammar::new(s);
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

/// Sentences around an attack in which its attacker may be named.
const REACH: usize = 6;
/// How probable a deed of an evident attacker is, at least.
const EVIDENT: f32 = 0.4;

/// Gives acts told without a doer the doer that the document makes evident: the speaker for what a quotation
/// says of others, the authority for arrests and trials, the attacker for deaths.
fn infer_sources(resolved: &ResolvedDocument, speakers: &Speakers, all: &mut [Candidate<'_>]) {
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
    // a doer counts as far as the model sees it do a deed; who tells of acts did not do them, fighting forces apart
    let bystander = |entity: EntityId| {
        let fights = matches!(
            resolved.entities[entity].kind,
            EntityKind::Actor(ActorKind::ArmedGroup | ActorKind::Military | ActorKind::Country)
        );
        speakers.reports(entity) && !fights
    };
    let attacker = |all: &[Candidate<'_>], act: &Candidate<'_>| -> Option<EntityId> {
        let mut votes: BTreeMap<EntityId, f32> = BTreeMap::new();
        for c in all.iter().filter(|c| !c.source_inferred && c.status == Status::Actual) {
            let deadly = matches!(c.relation, Relation::Attacked | Relation::Killed | Relation::Injured);
            let near = deadly && c.sentence.abs_diff(act.sentence) <= REACH;
            if let Some(source) =
                c.source_entity().filter(|e| near && Some(*e) != act.claimant && !bystander(*e))
            {
                let vote = votes.entry(source).or_default();
                *vote = vote.max(c.pairing);
            }
        }
        let (entity, sure) = votes.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (sure >= EVIDENT).then_some(entity)
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
            Relation::Killed | Relation::Injured | Relation::Attacked => attacker(all, &all[i]),
            Relation::Accuses
            | Relation::Criticizes
            | Relation::Demands
            | Relation::Denies
            | Relation::Rejects
            | Relation::Supports
            | Relation::Threatens => speakers.of_token(sentence, all[i].trigger),
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
