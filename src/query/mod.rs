//! Questions to graphs. Knows nothing of text.
//!
//! | call | does |
//! |---|---|
//! | [`ask`], [`ask_at_most`] | answers a plain question |
//! | [`near`] | what there is near a question that found nothing |
//! | [`query`] | answers a query in a subset of openCypher |
//! | [`Answer::table`] | the answer as a [`Table`] |
//! | [`Table::to_text`], [`Table::to_json`], [`Table::to_csv`] | a table in the form asked for |

#[cfg(test)]
mod ask_tests;

mod answer;
mod chunk;
mod cypher;
mod find;
mod moment;
mod near;
mod parse;
mod question;
mod table;
mod vocabulary;

pub use answer::{Answer, Count, Ranked, Row, RowEvidence};
pub use cypher::{Limits, QueryError, Value, parameter, query};
pub use table::{Cell, Look, Table};

use crate::graph::KnowledgeGraph;

/// Why a question cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Words of the question mean nothing here.
    #[error("{}", unknown_words(.0))]
    UnknownWords(Vec<UnknownWord>),
    /// The words are known, the question is not.
    #[error("cannot make out the question: {0}")]
    NotUnderstood(String),
}

/// A word that is neither a name in the graph nor part of the language of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// The nearest known ones.
    pub nearest: Vec<String>,
}

fn unknown_words(words: &[UnknownWord]) -> String {
    let each: Vec<String> = words
        .iter()
        .map(|w| {
            let hint = if w.nearest.is_empty() {
                "nothing known is near it".to_owned()
            } else {
                format!("nearest known: {}", w.nearest.join(", "))
            };
            format!("`{}` is neither a name in the graph nor a word of questions; {hint}", w.word)
        })
        .collect();
    each.join("\n")
}

/// Answers a plain question: `who accused whom`, `what did Germany do since May 2018`, `how often did …`.
///
/// # Errors
/// Where a word of the question means nothing here: the message names it and the nearest known ones.
pub fn ask(graph: &KnowledgeGraph, question: &str) -> Result<Answer, AskError> {
    ask_at_most(graph, question, usize::MAX)
}

/// Answers a plain question with the best `limit` rows.
///
/// # Errors
/// As [`ask`].
pub fn ask_at_most(graph: &KnowledgeGraph, question: &str, limit: usize) -> Result<Answer, AskError> {
    let question = parse::parse(graph, question)?;
    Ok(find::answer(graph, &question, limit))
}

/// What there is near a question that found nothing: a line each, the nearest first.
///
/// # Errors
/// As [`ask`].
pub fn near(graph: &KnowledgeGraph, question: &str) -> Result<Vec<String>, AskError> {
    Ok(near::near(graph, &parse::parse(graph, question)?))
}
