//! Bytes in, [`Document`]s out. Knows formats, character sets and which articles are English; knows nothing of
//! sentences, and opens no files: whoever calls hands over readers.

mod archive;
mod bytes;
mod charset;
mod csv;
mod dates;
mod document;
mod draft;
mod error;
mod feed;
mod format;
mod front_matter;
mod furniture;
mod html;
mod identify;
mod json;
mod mail;
mod text;
mod warc;

pub use csv::COLUMN_KEYS;
pub use document::{CharIndex, Document, GivenMention};
pub use error::ReadError;
pub use format::{FORMATS, Fit, Format, format_named, format_names, has_known_extension};

use crate::ontology::PartialDate;
use draft::Draft;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};

/// The articles of one input, read as they are asked for.
pub type Articles = Box<dyn Iterator<Item = Result<Document, ReadError>>>;

/// Something to read articles from.
pub struct Input {
    /// Id of the article where the input holds one and gives it none; opens the ids where it holds many.
    pub id: String,
    /// How messages call it; its ending helps to tell the format.
    pub name: String,
    /// The bytes.
    pub reader: Box<dyn BufRead>,
}

impl Input {
    /// An input over any reader.
    pub fn new(id: impl Into<String>, name: impl Into<String>, reader: impl Read + 'static) -> Self {
        Self { id: id.into(), name: name.into(), reader: Box::new(BufReader::with_capacity(1 << 16, reader)) }
    }
}

/// What the caller knows of all articles.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Day of publication of those that tell none.
    pub date: Option<PartialDate>,
    /// Language of those that tell none.
    pub language: Option<String>,
    /// Name of the format, where it is not to be told from the bytes.
    pub format: Option<String>,
    /// Columns of tables: what they hold (`text`, `title`, `date`, …) to their names.
    pub columns: BTreeMap<String, String>,
}

/// Reads the articles of one input.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let fail = |error| -> Articles { Box::new(std::iter::once(Err(error))) };
    if let Some(format) = options.format.as_deref().and_then(format_named) {
        return (format.read)(input, options);
    }
    let head = match input.reader.fill_buf() {
        Ok(head) => head,
        Err(source) => return fail(ReadError::Io { name: input.name, source }),
    };
    if head.iter().all(u8::is_ascii_whitespace) && head.len() < 1 << 16 {
        return fail(ReadError::Empty { name: input.name });
    }
    match format::recognise(&input.name, &head[..head.len().min(1 << 13)]) {
        Ok(format) => (format.read)(input, options),
        Err(error) => fail(error),
    }
}

/// Reads the articles of many inputs in order, each opened only when its turn comes. Ids that occur twice
/// get a number added, so that every article of a run has its own.
pub fn read_all(
    inputs: impl Iterator<Item = Result<Input, ReadError>> + 'static,
    options: ReadOptions,
) -> impl Iterator<Item = Result<Document, ReadError>> {
    let mut seen: BTreeSet<u64> = BTreeSet::new();
    inputs
        .flat_map(move |input| match input {
            Ok(input) => read(input, &options),
            Err(error) => Box::new(std::iter::once(Err(error))),
        })
        .map(move |read| {
            read.map(|mut document| {
                let given = document.id.clone();
                let mut count = 1;
                while !seen.insert(fingerprint(&document.id)) {
                    count += 1;
                    document.id = format!("{given}~{count}");
                }
                document
            })
        })
}

/// An iterator over the one article that `read` gives.
fn one(read: impl FnOnce() -> Result<Document, ReadError> + 'static) -> Articles {
    Box::new(std::iter::once_with(read))
}

/// FNV-1a, 64 bits: ids are kept as numbers so that millions of them fit in memory.
fn fingerprint(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
