//! What single articles say: claims, the occurrences they are about, and the sentences they rest on.
//!
//! Claims name identities, not nodes: which identities are one node is decided later and may change
//! as the graph grows, what an article said may not.

use super::ArticleIx;
use crate::ontology::{CharSpan, PartialDate, Relation, Status};
use smol_str::SmolStr;

/// Position of an identity in the ledger.
pub type IdentityIx = u32;
/// Position of an occurrence in the ledger.
pub type OccurrenceIx = u32;
/// Position of a claim in the ledger.
pub type ClaimIx = u32;
/// Position of a sentence in the ledger.
pub type SentenceIx = u32;

/// One report, by one article, that somebody did something to somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The article.
    pub article: ArticleIx,
    /// What it reports; static relations are no occurrences.
    pub occurrence: Option<OccurrenceIx>,
    /// What was done.
    pub relation: Relation,
    /// The doer.
    pub source: IdentityIx,
    /// The one it was done to.
    pub target: ClaimTarget,
    /// The standing this report gives it.
    pub status: Status,
    /// The actor who says so.
    pub according_to: Option<IdentityIx>,
    /// When, as this report has it.
    pub date: Option<PartialDate>,
    /// Where, as this report has it.
    pub place: Option<IdentityIx>,
    /// How sure the extractor is, 0 to 1.
    pub confidence: f64,
    /// The sentence it rests on.
    pub sentence: SentenceIx,
    /// Where the doer is named.
    pub source_span: Option<CharSpan>,
    /// The word that tells the relation.
    pub trigger_span: CharSpan,
    /// Where the other party is named.
    pub target_span: Option<CharSpan>,
}

/// What a claim says that something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimTarget {
    /// The text names nobody.
    Nobody,
    /// An actor or a place.
    Party(IdentityIx),
    /// Another occurrence of the same article.
    Occurrence(OccurrenceIx),
}

/// Something that happened, as one article has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// The article.
    pub article: ArticleIx,
    /// The relation it is an occurrence of.
    pub kind: Relation,
    /// A short label in the article's words; empty where it gave none.
    pub label: SmolStr,
    /// When.
    pub date: Option<PartialDate>,
    /// Where.
    pub place: Option<IdentityIx>,
    /// How real it is.
    pub status: Status,
    /// Tells it from every other occurrence, whatever the order of reading.
    pub key: u64,
    /// The same for occurrences of one kind between the same parties, in whatever article.
    pub likeness: u64,
}

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: CharSpan,
    /// The words; absent while they are left in the store.
    pub text: Option<Box<str>>,
}
