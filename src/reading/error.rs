//! What can go wrong between bytes and articles, with messages that say what to do.

use std::io;
use thiserror::Error;

/// Why an input, or one article of it, could not be read. Each message opens with the input's name.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The path leads nowhere.
    #[error("{name}: no such file or folder")]
    Missing {
        /// The path as given.
        name: String,
    },
    /// The system refused.
    #[error("{name}: cannot be read: {source}")]
    Io {
        /// The input's name.
        name: String,
        /// The system's reason.
        source: io::Error,
    },
    /// Nothing in it but white space.
    #[error("{name}: empty: there is no article in it")]
    Empty {
        /// The input's name.
        name: String,
    },
    /// Not text of any kind known.
    #[error("{name}: binary data, not an article; whom reads {known}")]
    Binary {
        /// The input's name.
        name: String,
        /// The formats that are read.
        known: String,
    },
    /// Not UTF-8.
    #[error("{name}: not valid UTF-8 at byte {offset}; convert it first, for instance with `iconv -t UTF-8`")]
    NotUtf8 {
        /// The input's name.
        name: String,
        /// First faulty byte, from 0.
        offset: usize,
    },
    /// More than one article is likely to be.
    #[error(
        "{name}: longer than {limit} MiB, more than one article can be; split it, one article a file or line"
    )]
    TooLong {
        /// The input's name.
        name: String,
        /// The limit in mebibytes.
        limit: usize,
    },
    /// One record of a file of many is faulty; the others are read.
    #[error("{name}, line {line}: {reason}")]
    Record {
        /// The input's name.
        name: String,
        /// Line number, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A page or message without running text.
    #[error("{name}: {what} without running text: no article found in it")]
    NoStory {
        /// The input's name.
        name: String,
        /// What it is: `a page`.
        what: &'static str,
    },
}
