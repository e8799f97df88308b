//! [`ParsedDocument`](crate::language::ParsedDocument) in, [`ResolvedDocument`] out: mentions,
//! gazetteer look-up, coreference, canonical actors and places.
//!
//! Knows who exists; knows nothing of what they do.

mod resolved;

pub use resolved::{
    Affiliation, Entity, EntityId, EntityKind, Mention, MentionForm, MentionId, ResolvedDocument,
};
