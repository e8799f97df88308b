//! Bytes in, [`Document`]s out. Knows formats and encodings; knows nothing of language.

mod document;

pub use document::{CharIndex, Document, GivenMention};
