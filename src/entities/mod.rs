//! [`ParsedDocument`](crate::language::ParsedDocument) in, [`ResolvedDocument`] out: mentions,
//! gazetteer look-up, coreference, canonical actors and places.
//!
//! Knows who exists; knows nothing of what they do.

mod chain;
mod choose;
mod draft;
mod entry;
mod error;
mod finish;
mod form;
mod forms;
mod gazetteer;
mod given;
mod head_nouns;
mod kinship;
mod named;
mod names;
mod nominal;
mod phrase;
mod pronoun;
mod resolve;
mod resolved;
mod spans;
mod speaker;
mod standing;
#[cfg(test)]
mod tests;
mod tree;

pub use entry::{Entry, Gender, Term};
pub use error::GazetteerError;
pub use gazetteer::{Gazetteer, NameRole};
pub use head_nouns::{HeadNoun, HeadNouns, Office};
pub use resolve::resolve;
pub use resolved::{
    Affiliation, Entity, EntityId, EntityKind, Mention, MentionForm, MentionId, ResolvedDocument,
};
