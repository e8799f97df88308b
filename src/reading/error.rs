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
    /// Mostly UTF-8, but damaged.
    #[error(
        "{name}: damaged text: not valid UTF-8 at byte {offset}; fetch it again, or clean it with `iconv -c`"
    )]
    NotUtf8 {
        /// The input's name.
        name: String,
        /// First faulty byte, from 0.
        offset: usize,
    },
    /// In another character set, and not to be decoded from it either.
    #[error("{name}: not valid {charset}; convert it first, for instance with `iconv -t UTF-8`")]
    NotDecodable {
        /// The input's name.
        name: String,
        /// The character set it says, or seems, to be in.
        charset: &'static str,
    },
    /// An archive that cannot be unpacked.
    #[error("{name}: damaged archive: {reason}")]
    Archive {
        /// The input's name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// Not in English: passed over, which is no failure.
    #[error("{name}: {id} is in {language}, not in English")]
    OtherLanguage {
        /// The input's name.
        name: String,
        /// The article's id.
        id: String,
        /// The language found.
        language: String,
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
    #[error("{name}: {reason}")]
    Record {
        /// The input's name with the record's place: `a.jsonl, line 3`.
        name: String,
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

impl ReadError {
    /// Whether the article was passed over on purpose, rather than failed.
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::OtherLanguage { .. })
    }
}
