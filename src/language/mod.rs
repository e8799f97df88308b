//! [`Document`](crate::reading::Document) in, [`ParsedDocument`] out: sentences, tokens, lemmas,
//! tags, dependency trees, names, and the model's own guesses at events.
//!
//! Knows English; knows nothing of actors or relations beyond their names.

mod parsed;

pub use parsed::{
    EntityLabel, EntitySpan, Heading, ParsedDocument, RoleGuess, Sentence, Token, TriggerGuess, Upos,
};
