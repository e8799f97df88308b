//! Graphs as RON text and back: an item a line, ordered by id, so that a diff reads well.
//!
//! What an edge or event adds up to stands in the text for people; when read, it is worked out
//! anew from the claims, so that text and rules cannot disagree.

mod read;
mod rows;
mod write;

pub use read::ReadError;

/// The version of the written form that this program writes and reads.
pub const VERSION: u32 = 1;
