//! [`Document`](crate::reading::Document) in, [`ParsedDocument`] out: sentences, tokens, lemmas,
//! tags, dependency trees, names, and the model's own guesses at events.
//!
//! Knows English; knows nothing of actors or relations beyond their names.

mod abbreviation;
mod analyser;
mod block;
pub mod conllu;
mod contraction;
mod engine;
mod error;
mod inflection;
pub mod lemma;
mod model_file;
pub mod neural;
mod parsed;
pub mod perceptron;
pub mod score;
mod split;
mod tokenize;

pub use analyser::{Analyser, AnalyserWorker, cut};
pub use engine::{Engine, Worker};
pub use error::LanguageError;
pub use parsed::{
    EntityLabel, EntitySpan, Heading, PairGuess, ParsedDocument, RoleGuess, Sentence, Token, TriggerGuess,
    Upos,
};
