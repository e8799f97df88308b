//! What can go wrong in the language room.

use std::io;

/// A fault of a model file or of a CoNLL-U file; a text itself is never at fault.
#[derive(Debug, thiserror::Error)]
pub enum LanguageError {
    /// The file is no model of this kind.
    #[error(
        "this is no {expected} model file: it begins with {found:?}; give a file made by this version's training command"
    )]
    NotAModel {
        /// The kind that was asked for.
        expected: &'static str,
        /// The first bytes found instead.
        found: String,
    },
    /// The file is a model of another version.
    #[error(
        "the {kind} model file has version {found}, this program reads version {expected}; train it again"
    )]
    ModelVersion {
        /// Kind of model.
        kind: &'static str,
        /// Version in the file.
        found: u32,
        /// Version this program reads.
        expected: u32,
    },
    /// The file ends early, is too long, or contradicts itself.
    #[error("the {kind} model file is damaged ({what}); fetch or train it again")]
    DamagedModel {
        /// Kind of model.
        kind: &'static str,
        /// What does not fit.
        what: String,
    },
    /// A line that is not CoNLL-U.
    #[error("line {line} is no CoNLL-U: {what}")]
    Conllu {
        /// Number of the line, from 1.
        line: usize,
        /// What does not fit.
        what: String,
    },
    /// Reading or writing failed.
    #[error("reading or writing failed: {0}")]
    Io(#[from] io::Error),
}
