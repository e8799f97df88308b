//! What the graph keeps of an article: where it came from, never its text.

use crate::ontology::PartialDate;
use std::ops::Range;

/// Position of an article in the graph's table.
pub type ArticleIx = u32;

/// One article that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Id, unique in the graph.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<PartialDate>,
    /// Publisher.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Fingerprint of the text.
    pub digest: String,
    /// MinHash signature of the text, empty for very short ones.
    pub sketch: Vec<u32>,
    /// The id it was given, which other texts may share.
    pub given_id: String,
    /// Its claims.
    pub claims: Range<u32>,
    /// Its occurrences.
    pub occurrences: Range<u32>,
}
