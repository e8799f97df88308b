//! [`ResolvedDocument`] in, [`Extraction`] out: predicates, arguments, attribution, modality,
//! dates, evidence.
//!
//! The flow: `spotting` proposes words that may tell a relation, `arguments` finds who fills
//! their roles, `standing`, `speech` and `timing` add status, claimant and date,
//! `confidence` decides, `record` writes down.

mod arguments;
mod candidate;
mod confidence;
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

    /// Keeps the candidates that are sure enough: one an edge (source, relation, target), the surest.
    fn decide<'a>(&self, resolved: &ResolvedDocument, all: Vec<Candidate<'a>>) -> Vec<record::Kept<'a>> {
        type Key = (EntityId, Relation, Option<EntityId>);
        let mut best: BTreeMap<Key, usize> = BTreeMap::new();
        let mut kept: Vec<record::Kept<'a>> = Vec::new();
        for candidate in all {
            let Some(features) = features(resolved, &candidate) else { continue };
            let Some(source) = candidate.source_entity() else { continue };
            let confidence = (self.weights.confidence(&features) * 100.0).round() / 100.0;
            if confidence < self.weights.threshold {
                continue;
            }
            let mut key = (source, candidate.relation, candidate.target_entity());
            if candidate.relation.row().symmetric && key.2.is_some_and(|t| t < key.0) {
                key = (key.2.unwrap_or(key.0), key.1, Some(key.0));
            }
            match best.get(&key) {
                Some(&at) if kept[at].1 >= confidence => {}
                Some(&at) => kept[at] = (candidate, confidence),
                None => {
                    best.insert(key, kept.len());
                    kept.push((candidate, confidence));
                }
            }
        }
        kept.sort_by_key(|(c, _)| (c.sentence, c.trigger, c.relation));
        kept
    }
}
