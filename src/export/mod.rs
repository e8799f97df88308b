//! Graphs to the formats other tools read, one file a format.
//!
//! | call | does |
//! |---|---|
//! | [`FORMATS`] | every format: name, extension, media type, writer |
//! | [`format()`] | the format of a name |

pub mod dot;
mod json;
mod ron;
pub mod style;

#[cfg(test)]
mod snapshot_tests;

use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// One export format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// Usual file ending, without the dot.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// What reads it, in one line.
    pub about: &'static str,
    /// The writer.
    pub writer: Writer,
}

/// How a format is written.
#[derive(Debug, Clone, Copy)]
pub enum Writer {
    /// As one stream.
    Stream(fn(&KnowledgeGraph, &mut dyn Write) -> io::Result<()>),
    /// As several files in a folder.
    Folder(fn(&KnowledgeGraph) -> io::Result<Vec<FolderFile>>),
}

/// One file of a format that fills a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderFile {
    /// Path inside the folder, with `/`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "dot",
        extension: "dot",
        media_type: "text/vnd.graphviz",
        about: "Graphviz source",
        writer: Writer::Stream(dot::write),
    },
    Format {
        name: "ron",
        extension: "ron",
        media_type: "application/ron",
        about: "whom's own form, lossless",
        writer: Writer::Stream(ron::write),
    },
    Format {
        name: "json",
        extension: "json",
        media_type: "application/json",
        about: "node-link JSON for networkx",
        writer: Writer::Stream(json::write),
    },
];

/// A format that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown export format `{0}`; known: {known}", known = known_names())]
pub struct UnknownFormat(pub String);

/// The format called `name`.
///
/// # Errors
/// Where there is none; the message names those that exist.
pub fn format(name: &str) -> Result<&'static Format, UnknownFormat> {
    FORMATS.iter().find(|f| f.name == name).ok_or_else(|| UnknownFormat(name.to_owned()))
}

fn known_names() -> String {
    FORMATS.iter().map(|f| f.name).collect::<Vec<_>>().join(", ")
}
