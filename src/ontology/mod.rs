//! The vocabulary every room shares: relations, statuses, kinds of node, dates, spans and the
//! extraction record in which the text half hands its findings to the graph half.
//!
//! This room imports nothing from the rest of the crate.

mod date;
mod extraction;
mod node;
mod relation;
mod span;
mod status;

pub use date::{MONTHS, PartialDate, WEEKDAYS};
pub use extraction::{Actor, Edge, Event, Evidence, Extraction, Place, text_digest};
pub use node::ActorKind;
pub use relation::{ParseRelationError, Plover, Relation, RelationRow, Role, Tone};
pub use span::{ByteSpan, CharSpan};
pub use status::Status;
