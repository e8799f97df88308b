//! How sure an edge is: a logistic model over what speaks for it, trained on annotated articles.
//!
//! The weights are `data/models/edges/weights.ron`; `MODEL.toml` beside them tells how they came.

use super::candidate::{Basis, Candidate, is_wanted};
use super::lexicon::Wanted;
use crate::entities::{EntityKind, MentionForm, ResolvedDocument};
use crate::language::Heading;
use crate::ontology::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The trained weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Edges below this confidence are left out.
    pub threshold: f64,
    /// Weight of each feature.
    pub weights: BTreeMap<String, f64>,
}

/// A feature and its value.
pub type Feature = (String, f64);

impl Weights {
    /// The weights that come with the program.
    ///
    /// # Errors
    /// Never with the file as released: a test reads it.
    pub fn standard() -> Result<Self, ron::error::SpannedError> {
        ron::from_str(include_str!("../../data/models/edges/weights.ron"))
    }

    /// The probability that the candidate is an edge an analyst would draw, to two places: as it is written and
    /// as it is held against the threshold. What a user's own entry tells of parties that its frame finds is as
    /// sure as the entry says, and never surer where they are found otherwise.
    pub fn confidence(&self, candidate: &Candidate<'_>, features: &[Feature]) -> f64 {
        let learned = self.learned(features);
        match candidate.group {
            Some(group) if group.is_added => {
                let weight = (f64::from(group.weight) * 100.0).round() / 100.0;
                if candidate.is_in_frame() { weight } else { learned.min(weight) }
            }
            _ => learned,
        }
    }

    fn learned(&self, features: &[Feature]) -> f64 {
        let score: f64 = features
            .iter()
            .filter_map(|(name, value)| self.weights.get(name.as_str()).map(|w| w * value))
            .sum();
        (100.0 / (1.0 + (-score).exp())).round() / 100.0
    }
}

/// What speaks for and against a candidate; `None` where it cannot be an edge at all.
pub fn features(resolved: &ResolvedDocument, c: &Candidate<'_>) -> Option<Vec<Feature>> {
    let source = c.source.party?;
    let row = c.relation.row();
    if c.target.party.is_none() && !row.target_optional {
        return None;
    }
    if c.target_entity() == Some(source.entity) {
        return None;
    }
    let relation = c.relation.name();
    let mut all: Vec<Feature> = vec![("bias".into(), 1.0), (format!("relation={relation}"), 1.0)];
    let mut sign = |name: String| all.push((name, 1.0));
    match (c.group, c.probability) {
        (Some(group), Some(p)) => {
            sign("by=lexicon+model".into());
            sign(format!("by=lexicon+model {relation}"));
            all.push(("lexicon.weight".into(), f64::from(group.weight)));
            all.push(("model.logit".into(), logit(p)));
        }
        (Some(group), None) => {
            sign("by=lexicon".into());
            sign(format!("by=lexicon {relation}"));
            all.push(("lexicon.weight alone".into(), f64::from(group.weight)));
        }
        (None, Some(p)) => {
            sign("by=model".into());
            sign(format!("by=model {relation}"));
            all.push(("model.logit alone".into(), logit(p)));
        }
        (None, None) => {}
    }
    if c.pairing > 0.0 {
        all.push(("pair.logit".into(), logit(c.pairing)));
        all.push((format!("pair.logit {relation}"), logit(c.pairing)));
    }
    if c.rival > 0.0 {
        all.push(("rival.logit".into(), logit(c.rival)));
    }
    all.push(("repeats".into(), (c.repeats as f64).ln_1p()));
    let mut sign = |name: String| all.push((name, 1.0));
    if c.rival > c.pairing {
        sign("rival.wins".into());
    }
    match c.basis {
        Basis::Told => {}
        Basis::Seen => {
            sign("by=pair".into());
            sign(format!("by=pair {relation}"));
        }
        Basis::Allegation => sign("by=allegation".into()),
        Basis::Promise => sign("by=promise".into()),
    }
    if c.pairing == 0.0 {
        sign("pair.silent".into());
        sign(format!("pair.silent {relation}"));
    }
    sign(format!("source.found={:?}", c.source.found));
    sign(format!("target.found={:?}", c.target.found));
    sign(format!("roles={:?}/{:?}", c.source.found, c.target.found));
    sign(format!("source.steps={}", source.steps.min(3)));
    if c.source_inferred {
        sign("source.inferred".into());
        sign(format!("source.inferred {relation}"));
    }
    let form = resolved.mentions[source.mention].form;
    sign(format!("source.form={form:?}"));
    if let Some(target) = c.target.party {
        let entity = &resolved.entities[target.entity];
        let kind = kind_name(entity.kind);
        sign(format!("target.steps={}", target.steps.min(3)));
        sign(format!("target.form={:?}", resolved.mentions[target.mention].form));
        sign(format!("target.kind={kind}"));
        sign(format!("target.kind={kind} {relation}"));
        let wanted = c.group.map_or(Wanted::Any, |g| g.target);
        if !is_wanted(entity.kind, wanted) {
            sign("target.unwanted".into());
        }
        if resolved.mentions[target.mention].form == MentionForm::Named && form == MentionForm::Named {
            sign("both.named".into());
        }
    } else {
        sign("target.none".into());
        sign(format!("target.none {relation}"));
    }
    let sentence = &resolved.parsed.sentences[c.sentence];
    if sentence.heading == Heading::Headline {
        sign("headline".into());
    } else if sentence.paragraph <= 1 {
        sign("lead".into());
    }
    if c.status != Status::Actual {
        sign(format!("status={}", c.status));
        sign(format!("status={} {relation}", c.status));
    }
    sign(format!("trigger.upos={}", sentence.tokens[c.trigger].upos.name()));
    if c.hostile {
        sign("hostile".into());
    }
    all.push(("source.probability".into(), f64::from(c.source.probability)));
    all.push(("target.probability".into(), f64::from(c.target.probability)));
    all.push(("sentence.length".into(), (sentence.tokens.len() as f64 / 40.0).min(2.0)));
    let mentions = |e: usize| (resolved.entities[e].mentions.len() as f64).ln_1p();
    all.push(("source.mentions".into(), mentions(source.entity)));
    if let Some(target) = c.target_entity() {
        all.push(("target.mentions".into(), mentions(target)));
    }
    Some(all)
}

fn logit(p: f32) -> f64 {
    let p = f64::from(p).clamp(0.01, 0.99);
    (p / (1.0 - p)).ln()
}

fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Actor(kind) => kind.name(),
        EntityKind::Place => "place",
        EntityKind::Thing => "thing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_weights_read() {
        let weights = Weights::standard().expect("reads");
        assert!(weights.threshold > 0.0 && weights.threshold < 1.0);
    }
}
