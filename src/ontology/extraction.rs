//! The hinge between the halves: what one article says, as plain data without tokens.
//!
//! Serialised, an [`Extraction`] is the extraction record (one JSON object an article). Every
//! offset counts Unicode scalar values in the article's text.

use super::{ActorKind, CharSpan, PartialDate, Relation, Status};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Everything one article says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Extraction {
    /// The article's id.
    pub id: String,
    /// Day of publication, where known.
    pub date: Option<PartialDate>,
    /// Headline, where known.
    #[serde(default)]
    pub title: Option<String>,
    /// Who published it, where known.
    #[serde(default)]
    pub source: Option<String>,
    /// Where it was published, where known.
    #[serde(default)]
    pub url: Option<String>,
    /// Fingerprint of the text, for telling copies: 16 hexadecimal digits.
    #[serde(default)]
    pub digest: String,
    /// MinHash signature of the text's word shingles, for telling near copies; empty for very short texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sketch: Vec<u32>,
    /// The parties.
    pub actors: Vec<Actor>,
    /// The places.
    pub locations: Vec<Place>,
    /// The occurrences.
    pub events: Vec<Event>,
    /// The typed edges.
    pub edges: Vec<Edge>,
}

/// The fingerprint of a text by which copies are told: FNV-1a over its words, 16 hexadecimal digits.
pub fn text_digest(text: &str) -> String {
    let bytes = text.split_whitespace().flat_map(|w| w.bytes().chain([b' ']));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// A party that acts or is acted upon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Actor {
    /// Id within the article: `a1`, `a2`, …
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Sort of party.
    pub kind: ActorKind,
    /// Every other surface form, pronouns left out.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2 code of its country, where known.
    pub country: Option<String>,
    /// Id of the actor it belongs to, where known.
    pub affiliation: Option<String>,
    /// Stable key of a gazetteer entry (`country:IR`, `org:nato`), where one was found; the graph
    /// merges by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether the name is a proper name (true) or a description of an unnamed party (false).
    #[serde(default)]
    pub named: bool,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Place {
    /// Id within the article: `l1`, `l2`, …
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Every other surface form.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Stable key of a gazetteer entry, where one was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// An occurrence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Id within the article: `e1`, `e2`, …
    pub id: String,
    /// A short label in the article's words.
    pub name: String,
    /// The relation it is an occurrence of.
    pub kind: Relation,
    /// When it happened, where known.
    pub date: Option<PartialDate>,
    /// Id of the place, where known.
    pub place: Option<String>,
    /// How real it is.
    #[serde(default)]
    pub status: Status,
}

/// The sentence that an edge rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Evidence {
    /// The words, exactly as in the text.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// One typed edge: who did what to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Id of the doer (an actor, place or event of the same extraction).
    pub source: String,
    /// What was done.
    pub relation: Relation,
    /// Id of the one it was done to; absent only where the relation allows it.
    pub target: Option<String>,
    /// How real it is.
    pub status: Status,
    /// Id of the actor who says so; absent when the article speaks in its own voice.
    pub according_to: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// Id of the place.
    pub place: Option<String>,
    /// Id of the occurrence.
    pub event: Option<String>,
    /// How sure the extractor is, 0 to 1, rounded to two decimals.
    pub confidence: f64,
    /// The sentence.
    pub evidence: Evidence,
    /// Where the doer is named.
    pub source_span: Option<CharSpan>,
    /// The word that tells the relation.
    pub trigger_span: CharSpan,
    /// Where the other party is named.
    pub target_span: Option<CharSpan>,
}

/// The edge as it is written: with the PLOVER root beside the relation.
#[derive(Serialize, Deserialize)]
struct EdgeRecord {
    source: String,
    relation: Relation,
    #[serde(default)]
    plover: String,
    target: Option<String>,
    status: Status,
    according_to: Option<String>,
    date: Option<PartialDate>,
    place: Option<String>,
    #[serde(default)]
    event: Option<String>,
    #[serde(default)]
    confidence: f64,
    evidence: Evidence,
    #[serde(default)]
    source_span: Option<CharSpan>,
    #[serde(default)]
    trigger_span: CharSpan,
    #[serde(default)]
    target_span: Option<CharSpan>,
}

impl Serialize for Edge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let e = self.clone();
        EdgeRecord {
            source: e.source,
            relation: e.relation,
            plover: e.relation.plover().code().to_owned(),
            target: e.target,
            status: e.status,
            according_to: e.according_to,
            date: e.date,
            place: e.place,
            event: e.event,
            confidence: e.confidence,
            evidence: e.evidence,
            source_span: e.source_span,
            trigger_span: e.trigger_span,
            target_span: e.target_span,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Edge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let r = EdgeRecord::deserialize(deserializer)?;
        Ok(Self {
            source: r.source,
            relation: r.relation,
            target: r.target,
            status: r.status,
            according_to: r.according_to,
            date: r.date,
            place: r.place,
            event: r.event,
            confidence: r.confidence,
            evidence: r.evidence,
            source_span: r.source_span,
            trigger_span: r.trigger_span,
            target_span: r.target_span,
        })
    }
}
