//! [`ResolvedDocument`] in, [`Extraction`] out: predicates, arguments, attribution, modality,
//! dates, evidence.
//!
//! The flow: `spotting` proposes words that may tell a relation, `arguments` finds who fills
//! their roles, `standing`, `speech` and `timing` add status, claimant and date,
//! `confidence` decides, `record` writes down.

mod arguments;
mod candidate;
mod confidence;
mod dating;
mod fingerprint;
mod governors;
mod grammar;
mod lexicon;
mod parties;
mod record;
mod speech;
mod spotting;
mod standing;
mod timing;

pub use candidate::Candidate;
use candidate::candidates;
pub use confidence::{Feature, Weights, features};
pub use governors::{Governor, Governors};
pub use lexicon::{Group, Lexicon, LexiconError, PredicateClass};
pub use timing::{Timing, timings};

use crate::entities::{EntityId, ResolvedDocument};
use crate::ontology::{Extraction, Relation};
use std::collections::BTreeMap;

/// Everything the room knows: the lexicon and the weights.
#[derive(Debug, Clone)]
pub struct Extractor {
    /// The predicates.
    pub lexicon: Lexicon,
    /// The words that decide on status.
    pub governors: Governors,
    /// The confidence model.
    pub weights: Weights,
}

/// What can be wrong with the room's data.
#[derive(Debug, thiserror::Error)]
pub enum ExtractorError {
    /// A lexicon file.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The governors or the weights.
    #[error("the extractor's own data cannot be read: {0}")]
    Data(Box<ron::error::SpannedError>),
}

impl Extractor {
    /// Lexicon and weights as they come with the program.
    ///
    /// # Errors
    /// Never with the files as released.
    pub fn standard() -> Result<Self, ExtractorError> {
        let data = |fault| ExtractorError::Data(Box::new(fault));
        Ok(Self {
            lexicon: Lexicon::standard()?,
            governors: Governors::standard().map_err(data)?,
            weights: Weights::standard().map_err(data)?,
        })
    }

    /// What the document says, as a record.
    pub fn extract(&self, resolved: &ResolvedDocument) -> Extraction {
        let all = self.candidates(resolved);
        record::record(resolved, &self.decide(resolved, all))
    }

    /// Every possible edge, for training and for explaining.
    pub fn candidates<'a>(&'a self, resolved: &'a ResolvedDocument) -> Vec<Candidate<'a>> {
        candidates(resolved, &self.lexicon, &self.governors)
    }

    /// Keeps the candidates that are sure enough: one an edge (source, relation, target), the surest. Between two
    /// parties that the user marked the surest is kept however sure: he wants to know what is between them.
    fn decide<'a>(&self, resolved: &ResolvedDocument, all: Vec<Candidate<'a>>) -> Vec<record::Kept<'a>> {
        let mut edges: BTreeMap<Ends, record::Kept<'a>> = BTreeMap::new();
        let mut marked: BTreeMap<[EntityId; 2], record::Kept<'a>> = BTreeMap::new();
        for candidate in all {
            let Some(features) = features(resolved, &candidate) else { continue };
            let Some(source) = candidate.source_entity() else { continue };
            let confidence = self.weights.confidence(&candidate, &features);
            let target = candidate.target_entity();
            if confidence >= self.weights.threshold {
                keep_surest(&mut edges, ends(source, candidate.relation, target), candidate, confidence);
            } else if let Some(target) = target
                && candidate.is_between_marked(resolved)
            {
                keep_surest(&mut marked, [source.min(target), source.max(target)], candidate, confidence);
            }
        }
        for (pair, kept) in marked {
            let told = |(source, _, target): &Ends| {
                target.is_some_and(|target| pair == [*source.min(&target), *source.max(&target)])
            };
            if !edges.keys().any(told) {
                edges.insert(ends(pair[0], kept.0.relation, Some(pair[1])), kept);
            }
        }
        let mut kept: Vec<record::Kept<'a>> = edges.into_values().collect();
        kept.sort_by_key(|(c, _)| (c.sentence, c.trigger, c.relation, c.source_entity(), c.target_entity()));
        kept
    }
}

/// What makes two candidates one edge.
type Ends = (EntityId, Relation, Option<EntityId>);

/// The ends of an edge, those of a mutual relation in a fixed order.
fn ends(source: EntityId, relation: Relation, target: Option<EntityId>) -> Ends {
    match target {
        Some(target) if relation.row().symmetric && target < source => (target, relation, Some(source)),
        _ => (source, relation, target),
    }
}

fn keep_surest<'a, K: Ord>(
    kept: &mut BTreeMap<K, record::Kept<'a>>,
    key: K,
    candidate: Candidate<'a>,
    confidence: f64,
) {
    if kept.get(&key).is_none_or(|(_, best)| *best < confidence) {
        kept.insert(key, (candidate, confidence));
    }
}
