//! What is wrong with a query, and where.

use std::ops::Range;

/// Why a query has no answer, with the place in its text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}\n  {text}\n  {}", marks(*.column, *.width))]
pub struct QueryError {
    /// What is wrong and what to do.
    pub message: String,
    /// Line of the query, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are at fault.
    width: usize,
    /// That line.
    text: String,
}

/// A fault and the bytes of the query it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub message: String,
    pub span: Range<usize>,
}

impl Fault {
    pub fn new(span: &Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), span: span.clone() }
    }

    /// What lies outside the subset, by name.
    pub fn outside(span: &Range<usize>, what: &str) -> Self {
        Self::new(span, format!("{what} is outside the subset; see `whom query --help` for what is in it"))
    }

    /// A name that is not one of those known.
    pub fn unknown<'k>(
        span: &Range<usize>,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'k str>,
    ) -> Self {
        let all: Vec<&str> = known.collect();
        let limit = 1 + name.chars().count() / 3;
        let small = name.to_lowercase();
        let mut near: Vec<(usize, &str)> = all
            .iter()
            .filter_map(|k| crate::graph::distance(&small, &k.to_lowercase(), limit).map(|d| (d, *k)))
            .collect();
        near.sort_unstable();
        let hint = match near.as_slice() {
            [] => format!("known: {}", all.join(", ")),
            near => {
                format!("did you mean {}?", near.iter().take(3).map(|n| n.1).collect::<Vec<_>>().join(", "))
            }
        };
        Self::new(span, format!("unknown {what} `{name}`; {hint}"))
    }

    pub fn in_text(self, text: &str) -> QueryError {
        let start = self.span.start.min(text.len());
        let before = text.get(..start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_text = text[line_start..].lines().next().unwrap_or_default();
        let column = before[line_start..].chars().count() + 1;
        let at_fault = text.get(self.span.start..self.span.end).unwrap_or_default();
        let width = at_fault.lines().next().unwrap_or_default().chars().count().max(1);
        QueryError {
            message: self.message,
            line: before.matches('\n').count() + 1,
            column,
            width,
            text: line_text.to_owned(),
        }
    }
}

fn marks(column: usize, width: usize) -> String {
    format!("{}{}", " ".repeat(column.saturating_sub(1)), "^".repeat(width))
}
