//! What a question yields.

use super::{Cell, Table};
use crate::ontology::{PartialDate, Relation, Status};
use serde::Serialize;

/// The answer to a question, best first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// Edges.
    Rows(Vec<Row>),
    /// Names with how often.
    Ranking(Vec<Ranked>),
    /// One number.
    Count([Count; 1]),
}

/// One edge of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Name of the doer.
    pub source: String,
    /// What was done.
    pub relation: Relation,
    /// Name of the one it was done to.
    pub target: Option<String>,
    /// How real it is.
    pub status: Status,
    /// When.
    pub date: Option<PartialDate>,
    /// Name of the place.
    pub place: Option<String>,
    /// Name of the one who says so.
    pub according_to: Option<String>,
    /// How many articles report it.
    pub articles: usize,
    /// The best sentence.
    pub evidence: RowEvidence,
}

/// The sentence a row rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowEvidence {
    /// Id of the article.
    pub article: String,
    /// The sentence.
    pub text: String,
}

/// A name and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// The name.
    pub name: String,
    /// How often.
    pub count: usize,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The number.
    pub count: usize,
}

impl Answer {
    /// The answer as a table.
    pub fn table(&self) -> Table {
        match self {
            Self::Rows(rows) => Table {
                columns: [
                    "source",
                    "relation",
                    "target",
                    "status",
                    "date",
                    "place",
                    "according to",
                    "articles",
                    "evidence",
                ]
                .map(str::to_owned)
                .to_vec(),
                rows: rows.iter().map(row_cells).collect(),
            },
            Self::Ranking(ranked) => Table {
                columns: ["name", "count"].map(str::to_owned).to_vec(),
                rows: ranked.iter().map(|r| vec![Cell::Text(r.name.clone()), Cell::Count(r.count)]).collect(),
            },
            Self::Count([count]) => {
                Table { columns: vec!["count".to_owned()], rows: vec![vec![Cell::Count(count.count)]] }
            }
        }
    }

    /// The answer as JSON: a list of rows.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|error| format!("\"{error}\""))
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Rows(rows) => rows.is_empty(),
            Self::Ranking(ranked) => ranked.is_empty(),
            Self::Count([count]) => count.count == 0,
        }
    }
}

fn row_cells(row: &Row) -> Vec<Cell> {
    vec![
        Cell::Text(row.source.clone()),
        Cell::Text(row.relation.name().to_owned()),
        Cell::text(row.target.as_deref()),
        Cell::Text(row.status.name().to_owned()),
        Cell::text(row.date.map(|d| d.to_string()).as_deref()),
        Cell::text(row.place.as_deref()),
        Cell::text(row.according_to.as_deref()),
        Cell::Count(row.articles),
        Cell::Text(row.evidence.text.clone()),
    ]
}
