//! The rows of a written graph, as serde sees them.

use crate::graph::{Decisions, Tally};
use crate::ontology::{ActorKind, CharSpan, PartialDate, Relation, Status};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// A whole written graph.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    #[serde(rename = "format")]
    pub _format: String,
    #[serde(rename = "version")]
    pub _version: u32,
    pub articles: Vec<ArticleRow>,
    pub actors: Vec<IdentityRow>,
    pub locations: Vec<IdentityRow>,
    pub events: Vec<EventRow>,
    pub edges: Vec<EdgeRow>,
    #[serde(default)]
    pub dropped: Vec<EdgeRow>,
    #[serde(default)]
    pub dropped_reports: Vec<ReportRow>,
    #[serde(default)]
    pub decisions: Decisions,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub digest: String,
    /// Eight hexadecimal digits a value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sketch: String,
    /// The id it came with, where another text came with the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_id: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityRow {
    pub id: SmolStr,
    pub names: BTreeMap<SmolStr, u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<SmolStr>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<ActorKind, u32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub countries: BTreeMap<SmolStr, u32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub affiliations: BTreeMap<SmolStr, u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<(f64, f64)>,
    /// The article inside which a description holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described_in: Option<String>,
    /// The node it is part of, where that has another id, and why. For readers; worked out anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<(SmolStr, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRow {
    /// For readers, as is all but `reports`; worked out anew.
    pub id: SmolStr,
    pub name: SmolStr,
    pub kind: Relation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SmolStr>,
    pub status: Status,
    pub reports: Vec<ReportRow>,
}

/// What one article says of an event.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRow {
    pub article: String,
    /// Number of the occurrence in the article.
    pub n: u32,
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub label: SmolStr,
    pub kind: Relation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SmolStr>,
    pub status: Status,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeRow {
    /// For readers, as are status, date, place, confidence and event; worked out anew.
    pub id: String,
    pub source: SmolStr,
    pub relation: Relation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<SmolStr>,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SmolStr>,
    pub confidence: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<SmolStr>,
    pub claims: Vec<ClaimRow>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimRow {
    pub article: String,
    /// Number of the claim in the article.
    pub n: u32,
    /// Where the sentence stands.
    pub at: CharSpan,
    pub text: String,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub according_to: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SmolStr>,
    pub confidence: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_at: Option<CharSpan>,
    pub trigger_at: CharSpan,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_at: Option<CharSpan>,
    /// Number of the occurrence it reports, in its article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports: Option<u32>,
    /// Number of the occurrence it is about, where that is its target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<u32>,
    /// The doer's own id where the edge has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SmolStr>,
    /// Likewise of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<SmolStr>,
}

/// A tally as a map.
pub fn map<T: Ord + Clone>(tally: &Tally<T>) -> BTreeMap<T, u32> {
    tally.iter().map(|(v, n)| (v.clone(), n)).collect()
}

/// A map as a tally.
pub fn tally<T: Ord>(map: BTreeMap<T, u32>) -> Tally<T> {
    Tally(map.into_iter().collect())
}
