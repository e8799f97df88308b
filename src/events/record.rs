//! From kept candidates to the extraction record: ids, names, spans, evidence.
//!
//! Writes down; decides nothing but the order.

use super::candidate::Candidate;
use crate::entities::{Entity, EntityId, EntityKind, MentionId, ResolvedDocument};
use crate::ontology::{
    Actor, ActorKind, ByteSpan, CharSpan, Edge, Event, Evidence, Extraction, PartialDate, Place, Relation,
    Status, text_digest,
};
use crate::reading::CharIndex;
use std::collections::BTreeMap;

/// A candidate with its confidence.
pub type Kept<'a> = (Candidate<'a>, f64);

/// Writes the record of a document.
pub fn record(resolved: &ResolvedDocument, kept: &[Kept<'_>]) -> Extraction {
    let document = &resolved.parsed.document;
    let mut writer = Writer::new(resolved);
    for (candidate, confidence) in kept {
        writer.edge(candidate, *confidence);
    }
    writer.affiliations();
    Extraction {
        id: document.id.clone(),
        date: document.date,
        title: document.title().map(str::to_owned),
        source: document.source.clone(),
        url: document.url.clone(),
        digest: text_digest(&document.text),
        sketch: super::fingerprint::sketch(&document.text),
        actors: writer.actors(),
        locations: writer.places(),
        events: writer.events,
        edges: writer.edges,
    }
}

struct Writer<'a> {
    resolved: &'a ResolvedDocument,
    index: CharIndex,
    /// Entity → record id, in order of first use.
    ids: BTreeMap<EntityId, String>,
    actor_order: Vec<EntityId>,
    place_order: Vec<EntityId>,
    events: Vec<Event>,
    edges: Vec<Edge>,
}

impl<'a> Writer<'a> {
    fn new(resolved: &'a ResolvedDocument) -> Self {
        Self {
            resolved,
            index: resolved.parsed.document.char_index(),
            ids: BTreeMap::new(),
            actor_order: Vec::new(),
            place_order: Vec::new(),
            events: Vec::new(),
            edges: Vec::new(),
        }
    }

    fn entity(&self, id: EntityId) -> &'a Entity {
        &self.resolved.entities[id]
    }

    fn id(&mut self, entity: EntityId) -> String {
        if let Some(id) = self.ids.get(&entity) {
            return id.clone();
        }
        let id = if self.entity(entity).kind == EntityKind::Place {
            self.place_order.push(entity);
            format!("l{}", self.place_order.len())
        } else {
            self.actor_order.push(entity);
            format!("a{}", self.actor_order.len())
        };
        self.ids.insert(entity, id.clone());
        if let Some(affiliation) = &self.entity(entity).affiliation {
            let to = affiliation.to;
            if self.entity(to).kind != EntityKind::Place {
                self.id(to);
            }
        }
        id
    }

    fn span(&self, span: ByteSpan) -> CharSpan {
        self.index.span(span)
    }

    fn mention_span(&self, mention: MentionId) -> CharSpan {
        let m = &self.resolved.mentions[mention];
        self.span(self.resolved.parsed.sentences[m.sentence].span_of(m.tokens.clone()))
    }

    fn evidence(&self, sentence: usize) -> Evidence {
        let span = self.resolved.parsed.sentences[sentence].span;
        let chars = self.span(span);
        Evidence {
            text: span.of(&self.resolved.parsed.document.text).to_owned(),
            start: chars.start,
            end: chars.end,
        }
    }

    fn edge(&mut self, candidate: &Candidate<'_>, confidence: f64) {
        let Some(source) = candidate.source.party else { return };
        let sentence = &self.resolved.parsed.sentences[candidate.sentence];
        let source_id = self.id(source.entity);
        let target_id = candidate.target_entity().map(|e| self.id(e));
        let claimant = candidate.claimant.filter(|c| *c != source.entity).map(|c| self.id(c));
        let place = candidate.place.filter(|p| Some(*p) != candidate.target_entity()).map(|p| self.id(p));
        let event = self.event(candidate, place.clone());
        self.edges.push(Edge {
            source: source_id,
            relation: candidate.relation,
            target: target_id,
            status: candidate.status,
            according_to: claimant,
            date: candidate.date,
            place,
            event: Some(event),
            confidence,
            evidence: self.evidence(candidate.sentence),
            source_span: (!candidate.source_inferred).then(|| self.mention_span(source.mention)),
            trigger_span: self.span(sentence.tokens[candidate.trigger].span),
            target_span: candidate.target.party.map(|p| self.mention_span(p.mention)),
        });
    }

    /// One event a trigger and relation.
    fn event(&mut self, candidate: &Candidate<'_>, place: Option<String>) -> String {
        let name = label(self.resolved, candidate);
        if let Some(same) = self
            .events
            .iter()
            .find(|e| e.kind == candidate.relation && e.name == name && dates_agree(e.date, candidate.date))
        {
            return same.id.clone();
        }
        let id = format!("e{}", self.events.len() + 1);
        self.events.push(Event {
            id: id.clone(),
            name,
            kind: candidate.relation,
            date: candidate.date,
            place,
            status: candidate.status,
        });
        id
    }

    /// `leads` and `member_of` from what the entity room read off titles.
    fn affiliations(&mut self) {
        let told: Vec<(EntityId, EntityId, bool, usize, usize)> = (0..self.resolved.entities.len())
            .filter_map(|e| {
                let a = self.entity(e).affiliation.as_ref()?;
                let (sentence, token) = a.told_at?;
                let named = self.entity(e).named && self.entity(a.to).named;
                named.then_some((e, a.to, a.leads, sentence, token))
            })
            .filter(|(e, to, ..)| {
                matches!(self.entity(*e).kind, EntityKind::Actor(ActorKind::Person)) && e != to
            })
            .collect();
        for (member, body, leads, sentence, token) in told {
            let source = self.id(member);
            let target = self.id(body);
            let relation = if leads { Relation::Leads } else { Relation::MemberOf };
            let told_already =
                |e: &Edge| e.source == source && e.relation == relation && e.target.as_ref() == Some(&target);
            if self.edges.iter().any(told_already) {
                continue;
            }
            let tokens = &self.resolved.parsed.sentences[sentence].tokens;
            let spot = |entity: EntityId| {
                let mentions = &self.entity(entity).mentions;
                mentions
                    .iter()
                    .find(|m| self.resolved.mentions[**m].sentence == sentence)
                    .map(|m| self.mention_span(*m))
            };
            self.edges.push(Edge {
                source,
                relation,
                target: Some(target),
                status: Status::Actual,
                according_to: None,
                date: None,
                place: None,
                event: None,
                confidence: 0.8,
                evidence: self.evidence(sentence),
                source_span: spot(member),
                trigger_span: self.span(tokens[token].span),
                target_span: spot(body),
            });
        }
    }

    fn actors(&self) -> Vec<Actor> {
        self.actor_order
            .iter()
            .map(|&id| {
                let entity = self.entity(id);
                Actor {
                    id: self.ids.get(&id).cloned().unwrap_or_default(),
                    name: entity.name.clone(),
                    kind: match entity.kind {
                        EntityKind::Actor(kind) => kind,
                        EntityKind::Place | EntityKind::Thing => ActorKind::Other,
                    },
                    aliases: entity.aliases.clone(),
                    country: entity.country.clone(),
                    affiliation: entity.affiliation.as_ref().and_then(|a| self.ids.get(&a.to).cloned()),
                    key: entity.key.clone(),
                    named: entity.named,
                }
            })
            .collect()
    }

    fn places(&self) -> Vec<Place> {
        self.place_order
            .iter()
            .map(|&id| {
                let entity = self.entity(id);
                Place {
                    id: self.ids.get(&id).cloned().unwrap_or_default(),
                    name: entity.name.clone(),
                    aliases: entity.aliases.clone(),
                    country: entity.country.clone(),
                    latitude: entity.coordinates.map(|c| c.0),
                    longitude: entity.coordinates.map(|c| c.1),
                    key: entity.key.clone(),
                }
            })
            .collect()
    }
}

fn dates_agree(a: Option<PartialDate>, b: Option<PartialDate>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.compatible(b))
}

/// A short label in the article's words: the trigger's phrase for a noun, "X verb Y" for a verb.
fn label(resolved: &ResolvedDocument, candidate: &Candidate<'_>) -> String {
    let name = |entity: Option<EntityId>| entity.map_or("", |e| resolved.entities[e].name.as_str());
    let trigger = &resolved.parsed.sentences[candidate.sentence].tokens[candidate.trigger];
    let parts = [name(candidate.source_entity()), trigger.text.as_str(), name(candidate.target_entity())];
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
