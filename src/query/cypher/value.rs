//! Values of expressions: three-valued equality, comparison where it means something, and one total order.

use crate::graph::{EdgeIndex, NodeIndex};
use crate::ontology::PartialDate;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What an expression yields.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing known.
    Null,
    /// True or false.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Float(f64),
    /// Words.
    Text(String),
    /// A date, known to the day, month or year.
    Date(PartialDate),
    /// Several.
    List(Vec<Value>),
    /// Several with names.
    Map(BTreeMap<String, Value>),
    /// A node.
    Node(NodeIndex),
    /// An edge.
    Edge(EdgeIndex),
    /// A chain: its nodes and the edges between them.
    Path(Vec<NodeIndex>, Vec<EdgeIndex>),
}

impl Value {
    /// Words, or nothing.
    pub(super) fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |t| Self::Text(t.into()))
    }

    pub(super) fn date(date: Option<PartialDate>) -> Self {
        date.map_or(Self::Null, Self::Date)
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The name of the sort of value, for messages.
    pub(super) const fn sort(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Truth(_) => "a truth value",
            Self::Whole(_) | Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Node(_) => "a node",
            Self::Edge(_) => "an edge",
            Self::Path(..) => "a path",
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(n) => Some(*n as f64),
            Self::Float(n) => Some(*n),
            _ => None,
        }
    }

    /// Whether two values are equal; unknown where nothing is known of one.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Null, _) | (_, Self::Null) => None,
            (Self::List(a), Self::List(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                let each: Vec<Option<bool>> = a.iter().zip(b).map(|(a, b)| a.equals(b)).collect();
                if each.contains(&Some(false)) {
                    Some(false)
                } else if each.contains(&None) {
                    None
                } else {
                    Some(true)
                }
            }
            (Self::Text(_), Self::Date(_)) | (Self::Date(_), Self::Text(_)) => {
                Some(self.compare(other) == Some(Ordering::Equal))
            }
            (Self::Whole(a), Self::Whole(b)) => Some(a == b),
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => Some(a == b),
                _ => Some(self == other),
            },
        }
    }

    /// Which is larger, where the two can be compared. Text that is a date compares with dates; of dates
    /// the first day that they may mean counts, the vaguer before the exact.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Truth(a), Self::Truth(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(date_order(*a, *b)),
            (Self::Date(a), Self::Text(b)) => Some(date_order(*a, b.parse().ok()?)),
            (Self::Text(a), Self::Date(b)) => Some(date_order(a.parse().ok()?, *b)),
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(b)),
            (Self::List(a), Self::List(b)) => {
                for (a, b) in a.iter().zip(b) {
                    match a.compare(b)? {
                        Ordering::Equal => {}
                        order => return Some(order),
                    }
                }
                Some(a.len().cmp(&b.len()))
            }
            _ => self.number()?.partial_cmp(&other.number()?),
        }
    }

    /// One order over all values, for sorting, grouping and telling rows apart; null is last.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let rank = |value: &Self| match value {
            Self::Map(_) => 0,
            Self::Node(_) => 1,
            Self::Edge(_) => 2,
            Self::List(_) => 3,
            Self::Path(..) => 4,
            Self::Date(_) => 5,
            Self::Text(_) => 6,
            Self::Truth(_) => 7,
            Self::Whole(_) | Self::Float(_) => 8,
            Self::Null => 9,
        };
        match (self, other) {
            (Self::Map(a), Self::Map(b)) => {
                let (mut a, mut b) = (a.iter(), b.iter());
                loop {
                    match (a.next(), b.next()) {
                        (None, None) => return Ordering::Equal,
                        (None, _) => return Ordering::Less,
                        (_, None) => return Ordering::Greater,
                        (Some(a), Some(b)) => match a.0.cmp(b.0).then_with(|| a.1.order(b.1)) {
                            Ordering::Equal => {}
                            order => return order,
                        },
                    }
                }
            }
            (Self::Node(a), Self::Node(b)) => a.cmp(b),
            (Self::Edge(a), Self::Edge(b)) => a.cmp(b),
            (Self::Path(a, c), Self::Path(b, d)) => a.cmp(b).then_with(|| c.cmp(d)),
            (Self::List(a), Self::List(b)) => {
                let first = a.iter().zip(b).map(|(a, b)| a.order(b)).find(|o| *o != Ordering::Equal);
                first.unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            (Self::Date(a), Self::Date(b)) => date_order(*a, *b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Truth(a), Self::Truth(b)) => a.cmp(b),
            (Self::Whole(a), Self::Whole(b)) => a.cmp(b),
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => a.total_cmp(&b),
                _ => rank(self).cmp(&rank(other)),
            },
        }
    }
}

fn date_order(a: PartialDate, b: PartialDate) -> Ordering {
    a.days_since_epoch().cmp(&b.days_since_epoch()).then(a.cmp(&b))
}

/// Values in a row, ordered by [`Value::order`], for maps and sets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key(pub Vec<Value>);

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0);
        let first = pairs.map(|(a, b)| a.order(b)).find(|o| *o != Ordering::Equal);
        first.unwrap_or_else(|| self.0.len().cmp(&other.0.len()))
    }
}
