//! Graphs to the formats other tools read, one file a format.
//!
//! | call | does |
//! |---|---|
//! | [`FORMATS`] | every format: name, extension, media type, writer |
//! | [`format()`] | the format of a name |

mod attributes;
mod cypher;
pub mod dot;
mod ftm;
mod gexf;
mod graphml;
mod json;
mod jsonld;
mod markdown;
mod neo4j;
mod rdf;
mod ron;
mod stix;
pub mod style;
mod turtle;
mod uuid;
pub mod xml;

#[cfg(test)]
mod read_back;
#[cfg(test)]
mod snapshot_tests;

use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// One export format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// Usual file ending, without the dot; empty for a folder.
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
        about: "Graphviz source: every node and edge with its facts",
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
        about: "node-link JSON for networkx, lossless",
        writer: Writer::Stream(json::write),
    },
    Format {
        name: "graphml",
        extension: "graphml",
        media_type: "application/graphml+xml",
        about: "for networkx, igraph, yEd, Gephi",
        writer: Writer::Stream(graphml::write),
    },
    Format {
        name: "gexf",
        extension: "gexf",
        media_type: "application/gexf+xml",
        about: "GEXF 1.3 for Gephi: over time, with colours",
        writer: Writer::Stream(gexf::write),
    },
    Format {
        name: "neo4j",
        extension: "",
        media_type: "text/csv",
        about: "a folder of CSV files for neo4j-admin database import",
        writer: Writer::Folder(neo4j::write),
    },
    Format {
        name: "cypher",
        extension: "",
        media_type: "application/x-cypher-query",
        about: "a folder with a Cypher script and its constraints",
        writer: Writer::Folder(cypher::write),
    },
    Format {
        name: "turtle",
        extension: "ttl",
        media_type: "text/turtle",
        about: "RDF (SEM, PROV, NIF) for triple stores",
        writer: Writer::Stream(turtle::write),
    },
    Format {
        name: "jsonld",
        extension: "jsonld",
        media_type: "application/ld+json",
        about: "the same RDF as JSON",
        writer: Writer::Stream(jsonld::write),
    },
    Format {
        name: "ftm",
        extension: "ftm.json",
        media_type: "application/json+ftm",
        about: "FollowTheMoney entities, a JSON object a line, for Aleph",
        writer: Writer::Stream(ftm::write),
    },
    Format {
        name: "stix",
        extension: "stix.json",
        media_type: "application/stix+json;version=2.1",
        about: "a STIX 2.1 bundle for threat intelligence platforms",
        writer: Writer::Stream(stix::write),
    },
    Format {
        name: "markdown",
        extension: "",
        media_type: "text/markdown",
        about: "a folder of linked pages for Obsidian",
        writer: Writer::Folder(markdown::write),
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
