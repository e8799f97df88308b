//! A read-only subset of openCypher over a graph: text → syntax → plan → rows.
//!
//! | file | does |
//! |---|---|
//! | `fault` | what is wrong with a query, and where, with a caret |
//! | `syntax` | the parser's tree to the subset; what is outside it is refused by name |
//! | `plan` | names to slots, patterns to steps from the most selective side |
//! | `pattern` | steps to matches, one after the other |
//! | `evaluate`, `function`, `value` | expressions |
//! | `schema` | labels, types and properties of the graph |
//! | `run` | clauses, grouping, order, limits |

mod evaluate;
mod fault;
mod function;
mod pattern;
mod plan;
mod run;
mod schema;
mod syntax;
mod tree;
mod value;

#[cfg(test)]
mod tests;

pub use fault::QueryError;
pub use value::Value;

use super::Table;
use crate::graph::KnowledgeGraph;
use std::collections::BTreeMap;

/// How much a query may cost.
#[derive(Clone, Copy)]
pub struct Limits<'l> {
    /// At most so many rows, of the answer and of whatever must be held on the way.
    pub rows: usize,
    /// Asked now and then whether to give up: the caller has the clock.
    pub is_over: &'l dyn Fn() -> bool,
}

/// Answers a query with the values of its parameters.
///
/// # Errors
/// Where the text is no query of the subset, an expression has no value, or a limit is reached.
pub fn query(
    graph: &KnowledgeGraph,
    text: &str,
    parameters: &BTreeMap<String, Value>,
    limits: Limits<'_>,
) -> Result<Table, QueryError> {
    let completed = syntax::Completed::of(text);
    let answer = || {
        let clauses = syntax::read(&completed.text)?;
        let plan = plan::plan(graph, &completed.text, clauses, parameters)?;
        run::run(graph, plan, limits)
    };
    answer().map_err(|fault: fault::Fault| completed.as_written(fault).in_text(text))
}

/// A parameter as written on a command line: a number, `true`, `null`, a list in brackets, or words.
pub fn parameter(text: &str) -> Value {
    syntax::literal(text).unwrap_or_else(|| Value::Text(text.to_owned()))
}
