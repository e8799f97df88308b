//! Graphs to files and back. Knows nothing of text.
//!
//! | call | does |
//! |---|---|
//! | [`read`] | the graph in a file, told by its first bytes (`.ron`, `.whom`) |
//! | [`write()`] | writes a graph, whole or not at all; the ending chooses the form |
//! | [`Store`] | a `.whom` file that grows, an article a transaction |
//! | [`search()`] | sentences of such a file by their words |

mod atomic;
mod sqlite;
#[cfg(test)]
mod sqlite_tests;

pub use sqlite::{Store, TABLES_VERSION, search};

use crate::graph::{KnowledgeGraph, ReadError, VERSION};
use std::fs;
use std::io::{self, Read as _};
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
        error: io::Error,
    },
    /// The file is no graph, or is damaged.
    #[error("{}:{line}:{column}: damaged graph: {message}; build it again, or restore an earlier copy", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The items of the file do not fit together.
    #[error("{}: damaged graph: {message}; build it again, or restore an earlier copy", .path.display())]
    Inconsistent {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        message: String,
    },
    /// The file was written by another version.
    #[error("{}: graph format version {found}, this program reads version {VERSION} of text and {TABLES_VERSION} of stores; build the graph again, or use the program that wrote it", .path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Version found.
        found: u32,
    },
}

/// Reads a graph.
///
/// # Errors
/// Where the file cannot be read, is damaged or of another version.
pub fn read(path: &Path) -> Result<KnowledgeGraph, StoreError> {
    let fault = |error| StoreError::Io { action: "read", path: path.to_owned(), error };
    let mut head = Vec::new();
    fs::File::open(path).and_then(|f| f.take(16).read_to_end(&mut head)).map_err(fault)?;
    if sqlite::is_store(&head) {
        return Store::open_to_read(path)?.load();
    }
    let bytes = fs::read(path).map_err(fault)?;
    let text = String::from_utf8(bytes).map_err(|e| not_utf8(path, &e))?;
    KnowledgeGraph::read_ron(&text).map_err(|e| match e {
        ReadError::Shape { line, column, message } => {
            StoreError::Damaged { path: path.to_owned(), line, column, message }
        }
        ReadError::Version(found) => StoreError::Version { path: path.to_owned(), found },
        ReadError::Reference(message) => StoreError::Inconsistent { path: path.to_owned(), message },
    })
}

/// Writes a graph: first to a temporary file beside the target, which then takes its place.
///
/// # Errors
/// Where the system refuses; an earlier file is then untouched.
pub fn write(path: &Path, graph: &KnowledgeGraph) -> Result<(), StoreError> {
    if is_store_name(path) {
        return sqlite::write(path, graph);
    }
    atomic::write(path, |out| graph.write_ron(out)).map_err(|error| StoreError::Io {
        action: "write",
        path: path.to_owned(),
        error,
    })
}

/// Whether a file of this name is a store that grows (`.whom`) rather than text.
pub fn is_store_name(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("whom"))
}

/// Writes any file, whole or not at all.
///
/// # Errors
/// Where the system refuses; an earlier file is then untouched.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    atomic::write(path, |out| out.write_all(bytes)).map_err(|error| StoreError::Io {
        action: "write",
        path: path.to_owned(),
        error,
    })
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> StoreError {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = good.iter().filter(|b| **b == b'\n').count() + 1;
    let column = good.iter().rev().take_while(|b| **b != b'\n').count() + 1;
    StoreError::Damaged { path: path.to_owned(), line, column, message: "not UTF-8 text".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    fn message_for(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("g.ron");
        fs::write(&path, bytes).expect("writes");
        let message = read(&path).expect_err("is refused").to_string();
        message.replace(&folder.path().display().to_string(), "")
    }

    #[test]
    fn a_graph_comes_back_as_it_was() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("g.ron");
        let graph = sample::graph(&sample::articles());
        write(&path, &graph).expect("writes");
        assert_eq!(sample::ron(&read(&path).expect("reads")), sample::ron(&graph));
    }

    #[test]
    fn damage_is_named_by_line_and_column() {
        let good = sample::ron(&sample::graph(&sample::articles()));
        let cut = &good[..good.len() / 2];
        assert!(message_for(cut.as_bytes()).starts_with("/g.ron:"), "{}", message_for(cut.as_bytes()));
        let odd = good.replacen("digest:", "colour:", 1);
        let message = message_for(odd.as_bytes());
        assert!(message.contains("/g.ron:6:") && message.contains("colour"), "{message}");
        let lost = good.replacen("(id:\"country:AV\"", "(id:\"country:XX\"", 1);
        assert!(
            message_for(lost.as_bytes()).contains("`country:AV` is named but missing"),
            "{}",
            message_for(lost.as_bytes())
        );
        assert!(message_for(b"").contains("not a graph"));
        assert!(message_for(&[b'a', b'\n', b'b', 0xff]).contains("/g.ron:2:2: damaged graph: not UTF-8"));
    }

    #[test]
    fn another_version_is_named() {
        let other = sample::ron(&sample::graph(&[])).replace("version: 1", "version: 7");
        assert!(message_for(other.as_bytes()).contains("version 7, this program reads version 1 of text"));
    }
}
