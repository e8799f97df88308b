//! Tables and the forms they are printed in.

use crate::ontology::{Relation, Status, Tone};
use comfy_table::{Attribute, Color, ColumnConstraint, ContentArrangement, Width, presets};
use serde_json::{Map, Value};

/// The column of sentences, and how much of the width it gets at least, in hundredths.
const SENTENCES: &str = "evidence";
const SENTENCE_SHARE: u16 = 35;
/// Columns no wider than this are never broken.
const SHORT: usize = 12;

/// Columns and rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// Rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// How a table for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns are fitted to so many characters, or to the terminal where absent.
    pub width: Option<u16>,
    /// Conflict and cooperation, and what is not actual, are coloured.
    pub color: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Count(usize),
    /// A measure, shown with three decimals.
    Measure(f64),
    /// A whole number, which may be negative.
    Whole(i64),
    /// True or false.
    Truth(bool),
    /// Several.
    List(Vec<Cell>),
    /// Several with names: for people in a few words, for programs whole.
    Record {
        /// The few words.
        shown: String,
        /// Names and cells.
        fields: Vec<(String, Cell)>,
    },
}

impl Cell {
    /// Words, or nothing.
    pub fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |t| Self::Text(t.to_owned()))
    }

    /// In words.
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Measure(measure) => format!("{measure:.3}"),
            Self::Whole(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Record { shown, .. } => shown.clone(),
            Self::List(cells) => cells.iter().map(Self::plain).collect::<Vec<_>>().join("; "),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Text(text) => Value::from(text.as_str()),
            Self::Count(count) => Value::from(*count),
            Self::Measure(measure) => Value::from(*measure),
            Self::Whole(number) => Value::from(*number),
            Self::Truth(truth) => Value::from(*truth),
            Self::Record { fields, .. } => {
                Value::Object(fields.iter().map(|(k, v)| (k.clone(), v.json())).collect::<Map<_, _>>())
            }
            Self::List(cells) => Value::Array(cells.iter().map(Self::json).collect()),
        }
    }
}

impl Table {
    /// For people.
    pub fn to_text(&self, look: Look) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        if let Some(width) = look.width {
            table.set_width(width);
        }
        if look.color {
            table.enforce_styling();
            table.set_header(
                self.columns.iter().map(|c| comfy_table::Cell::new(c).add_attribute(Attribute::Bold)),
            );
        } else {
            table.set_header(&self.columns);
        }
        for row in &self.rows {
            table.add_row(row.iter().zip(&self.columns).map(|(cell, column)| match color(column, cell) {
                Some(color) if look.color => comfy_table::Cell::new(cell.plain()).fg(color),
                _ => comfy_table::Cell::new(cell.plain()),
            }));
        }
        for (at, head) in self.columns.iter().enumerate() {
            let cells = self.rows.iter().filter_map(|row| row.get(at)).map(Cell::plain);
            let widest = cells.chain([head.clone()]).map(|c| c.chars().count()).max().unwrap_or(0);
            if widest <= SHORT
                && let Some(column) = table.column_mut(at)
            {
                // Dates and single words are not worth breaking.
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        if self.columns.last().is_some_and(|last| last == SENTENCES)
            && let Some(column) = table.column_mut(self.columns.len() - 1)
        {
            // Names wrap sooner than sentences.
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Percentage(SENTENCE_SHARE)));
        }
        table.to_string()
    }

    /// The table without these columns, and without those that have nothing in any row.
    pub fn lean(&self, without: &[&str]) -> Self {
        let is_empty = |at: usize| !self.rows.is_empty() && self.rows.iter().all(|r| r[at] == Cell::Empty);
        let kept: Vec<usize> = (0..self.columns.len())
            .filter(|&at| !without.contains(&self.columns[at].as_str()) && !is_empty(at))
            .collect();
        Self {
            columns: kept.iter().map(|&at| self.columns[at].clone()).collect(),
            rows: self.rows.iter().map(|row| kept.iter().map(|&at| row[at].clone()).collect()).collect(),
        }
    }

    /// A list of objects, one a row.
    pub fn to_json(&self) -> String {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                Value::Object(
                    self.columns.iter().cloned().zip(row.iter().map(Cell::json)).collect::<Map<_, _>>(),
                )
            })
            .collect();
        format!("{:#}", Value::Array(rows))
    }

    /// Comma-separated values as RFC 4180 has them, with a head line.
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        let head = self.columns.iter().cloned();
        push_record(&mut out, head);
        for row in &self.rows {
            push_record(&mut out, row.iter().map(Cell::plain));
        }
        out
    }
}

/// The colour of a cell: of relations by their tone, of statuses unless actual.
fn color(column: &str, cell: &Cell) -> Option<Color> {
    let Cell::Text(text) = cell else { return None };
    match column {
        "relation" => match text.parse::<Relation>().ok()?.row().tone {
            Tone::VerbalConflict | Tone::MaterialConflict => Some(Color::Red),
            Tone::VerbalCooperation | Tone::MaterialCooperation => Some(Color::Green),
            Tone::Neutral => None,
        },
        "status" => {
            text.parse().is_ok_and(|status: Status| status != Status::Actual).then_some(Color::Yellow)
        }
        _ => None,
    }
}

fn push_record(out: &mut String, fields: impl Iterator<Item = String>) {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push('\n');
}
