//! Expressions over a row to values.

use super::Limits;
use super::fault::Fault;
use super::function::Function;
use super::pattern::{Flow, MatchPlan};
use super::schema::{self, Label, Test, Type};
use super::tree::{Operator, Quantifier, Span};
use super::value::{Key, Value};
use crate::graph::KnowledgeGraph;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// An expression with its names looked up.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub it: Box<CodeKind>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub(super) enum CodeKind {
    Constant(Value),
    Slot(usize),
    Property(Code, String),
    Index(Code, Code),
    Slice(Code, Option<Code>, Option<Code>),
    List(Vec<Code>),
    Map(Vec<(String, Code)>),
    Not(Code),
    Minus(Code),
    And(Code, Code),
    Or(Code, Code),
    Xor(Code, Code),
    Binary(Operator, Code, Code),
    IsNull(Code, bool),
    HasLabels { of: Code, nodes: Option<Test<Label>>, edges: Option<Test<Type>>, negated: bool },
    Call(Function, Vec<Code>),
    Case { of: Option<Code>, when: Vec<(Code, Code)>, otherwise: Option<Code> },
    Comprehension { slot: usize, list: Code, filter: Option<Code>, map: Option<Code> },
    Quantified { quantifier: Quantifier, slot: usize, list: Code, filter: Code },
    Exists(MatchPlan),
}

/// How the values of a group become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    Count,
    Collect,
    Min,
    Max,
    Total,
    Mean,
}

impl Sum {
    /// By its name in small letters.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "count" => Some(Self::Count),
            "collect" => Some(Self::Collect),
            "min" => Some(Self::Min),
            "max" => Some(Self::Max),
            "sum" => Some(Self::Total),
            "avg" => Some(Self::Mean),
            _ => None,
        }
    }
}

/// An aggregate: of what, and whether equal values count once.
#[derive(Debug, Clone)]
pub(super) struct Aggregate {
    pub sum: Sum,
    pub distinct: bool,
    /// Nothing for `count(*)`.
    pub of: Option<Code>,
}

/// An aggregate under way.
#[derive(Debug, Clone, Default)]
pub(super) struct Running {
    seen: BTreeSet<Key>,
    count: usize,
    values: Vec<Value>,
    best: Option<Value>,
    whole: i64,
    fraction: f64,
    is_fraction: bool,
}

impl Running {
    pub fn take(&mut self, aggregate: &Aggregate, value: Option<Value>, span: &Span) -> Result<(), Fault> {
        let Some(value) = value else {
            self.count += 1;
            return Ok(());
        };
        if value.is_null() || (aggregate.distinct && !self.seen.insert(Key(vec![value.clone()]))) {
            return Ok(());
        }
        self.count += 1;
        match aggregate.sum {
            Sum::Count => {}
            Sum::Collect => self.values.push(value),
            Sum::Min | Sum::Max => {
                let wanted = if aggregate.sum == Sum::Min { Ordering::Less } else { Ordering::Greater };
                if self.best.as_ref().is_none_or(|best| value.order(best) == wanted) {
                    self.best = Some(value);
                }
            }
            Sum::Total | Sum::Mean => match value {
                Value::Whole(n) => {
                    let sum = self.whole.checked_add(n);
                    self.whole =
                        sum.ok_or_else(|| Fault::new(span, "the sum is too large for a whole number"))?;
                }
                Value::Float(n) => {
                    self.fraction += n;
                    self.is_fraction = true;
                }
                other => {
                    return Err(Fault::new(span, format!("numbers can be summed, not {}", other.sort())));
                }
            },
        }
        Ok(())
    }

    pub fn result(self, aggregate: &Aggregate) -> Value {
        match aggregate.sum {
            Sum::Count => Value::count(self.count),
            Sum::Collect => Value::List(self.values),
            Sum::Min | Sum::Max => self.best.unwrap_or(Value::Null),
            Sum::Total if self.is_fraction => Value::Float(self.fraction + self.whole as f64),
            Sum::Total => Value::Whole(self.whole),
            Sum::Mean if self.count == 0 => Value::Null,
            Sum::Mean => Value::Float((self.fraction + self.whole as f64) / self.count as f64),
        }
    }
}

/// What a query runs over, and how far it may go.
pub(super) struct Context<'c> {
    pub graph: &'c KnowledgeGraph,
    pub limits: Limits<'c>,
    pub ticks: Cell<u32>,
}

impl Context<'_> {
    /// Gives up when the caller's patience is over; asked at every step, looked up now and then.
    pub fn tick(&self) -> Result<(), Fault> {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if ticks.is_multiple_of(1024) && (self.limits.is_over)() {
            return Err(Fault::new(
                &(0..0),
                "the query takes too long; make it more selective, or raise --timeout",
            ));
        }
        Ok(())
    }

    /// Whether a condition is true; unknown is not.
    pub fn holds(&self, code: &Code, row: &mut Vec<Value>) -> Result<bool, Fault> {
        Ok(self.truth(code, row)? == Some(true))
    }

    fn truth(&self, code: &Code, row: &mut Vec<Value>) -> Result<Option<bool>, Fault> {
        match self.value(code, row)? {
            Value::Truth(truth) => Ok(Some(truth)),
            Value::Null => Ok(None),
            other => Err(Fault::new(
                &code.span,
                format!("this is {}, where true or false is needed", other.sort()),
            )),
        }
    }

    /// The value of an expression.
    pub fn value(&self, code: &Code, row: &mut Vec<Value>) -> Result<Value, Fault> {
        let truth = |t: Option<bool>| t.map_or(Value::Null, Value::Truth);
        Ok(match &*code.it {
            CodeKind::Constant(value) => value.clone(),
            CodeKind::Slot(slot) => row[*slot].clone(),
            CodeKind::Property(of, name) => self.property(&self.value(of, row)?, name, &code.span)?,
            CodeKind::Index(of, at) => self.index(self.value(of, row)?, self.value(at, row)?, &code.span)?,
            CodeKind::Slice(of, from, to) => {
                let bound = |e: &Option<Code>, row: &mut Vec<Value>| {
                    e.as_ref().map(|e| self.value(e, row)).transpose()
                };
                let (of, from, to) = (self.value(of, row)?, bound(from, row)?, bound(to, row)?);
                slice(of, from, to, &code.span)?
            }
            CodeKind::List(items) => {
                Value::List(items.iter().map(|i| self.value(i, row)).collect::<Result<_, _>>()?)
            }
            CodeKind::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(k, v)| Ok((k.clone(), self.value(v, row)?)))
                    .collect::<Result<_, Fault>>()?,
            ),
            CodeKind::Not(of) => truth(self.truth(of, row)?.map(|t| !t)),
            CodeKind::Minus(of) => match self.value(of, row)? {
                Value::Whole(n) => Value::Whole(n.checked_neg().ok_or_else(|| too_large(&code.span))?),
                Value::Float(n) => Value::Float(-n),
                Value::Null => Value::Null,
                other => return Err(Fault::new(&code.span, format!("{} has no negative", other.sort()))),
            },
            CodeKind::And(a, b) => truth(match self.truth(a, row)? {
                Some(false) => Some(false),
                a => match (a, self.truth(b, row)?) {
                    (_, Some(false)) => Some(false),
                    (Some(true), b) => b,
                    _ => None,
                },
            }),
            CodeKind::Or(a, b) => truth(match self.truth(a, row)? {
                Some(true) => Some(true),
                a => match (a, self.truth(b, row)?) {
                    (_, Some(true)) => Some(true),
                    (Some(false), b) => b,
                    _ => None,
                },
            }),
            CodeKind::Xor(a, b) => truth(self.truth(a, row)?.zip(self.truth(b, row)?).map(|(a, b)| a != b)),
            CodeKind::Binary(operator, a, b) => {
                let (a, b) = (self.value(a, row)?, self.value(b, row)?);
                binary(*operator, a, b, &code.span)?
            }
            CodeKind::IsNull(of, negated) => Value::Truth(self.value(of, row)?.is_null() != *negated),
            CodeKind::HasLabels { of, nodes, edges, negated } => {
                let has = match (self.value(of, row)?, nodes, edges) {
                    (Value::Null, ..) => return Ok(Value::Null),
                    (Value::Node(ix), Some(test), _) => {
                        test.holds(&|label| schema::has_label(self.graph.node(ix), label))
                    }
                    (Value::Edge(ix), _, Some(test)) => {
                        let link = self.graph.petgraph().edge_weight(ix);
                        link.is_some_and(|link| test.holds(&|wanted| schema::has_type(link, wanted)))
                    }
                    (other, ..) => {
                        return Err(Fault::new(
                            &code.span,
                            format!("{} does not have such a label", other.sort()),
                        ));
                    }
                };
                Value::Truth(has != *negated)
            }
            CodeKind::Call(function, arguments) => {
                let values: Vec<Value> =
                    arguments.iter().map(|a| self.value(a, row)).collect::<Result<_, _>>()?;
                function.call(self.graph, &values, &code.span)?
            }
            CodeKind::Case { of, when, otherwise } => {
                let of = of.as_ref().map(|of| self.value(of, row)).transpose()?;
                for (condition, then) in when {
                    let fits = match &of {
                        Some(of) => of.equals(&self.value(condition, row)?) == Some(true),
                        None => self.holds(condition, row)?,
                    };
                    if fits {
                        return self.value(then, row);
                    }
                }
                otherwise.as_ref().map_or(Ok(Value::Null), |e| self.value(e, row))?
            }
            CodeKind::Comprehension { slot, list, filter, map } => {
                let Some(items) = self.items(list, row)? else { return Ok(Value::Null) };
                let mut found = Vec::new();
                for item in items {
                    put(row, *slot, item.clone());
                    if filter.as_ref().map_or(Ok(true), |f| self.holds(f, row))? {
                        found.push(map.as_ref().map_or(Ok(item), |m| self.value(m, row))?);
                    }
                }
                Value::List(found)
            }
            CodeKind::Quantified { quantifier, slot, list, filter } => {
                let Some(items) = self.items(list, row)? else { return Ok(Value::Null) };
                let (mut yes, mut no, mut unknown) = (0, 0, 0);
                for item in items {
                    put(row, *slot, item);
                    match self.truth(filter, row)? {
                        Some(true) => yes += 1,
                        Some(false) => no += 1,
                        None => unknown += 1,
                    }
                }
                truth(match quantifier {
                    Quantifier::All if no > 0 => Some(false),
                    Quantifier::Any if yes > 0 => Some(true),
                    Quantifier::None if yes > 0 => Some(false),
                    Quantifier::Single if yes > 1 => Some(false),
                    _ if unknown > 0 => None,
                    Quantifier::All | Quantifier::None => Some(true),
                    Quantifier::Any => Some(false),
                    Quantifier::Single => Some(yes == 1),
                })
            }
            CodeKind::Exists(plan) => {
                let mut found = false;
                plan.matches(self, &mut row.clone(), &mut |_| {
                    found = true;
                    Ok(Flow::Enough)
                })?;
                Value::Truth(found)
            }
        })
    }

    fn items(&self, list: &Code, row: &mut Vec<Value>) -> Result<Option<Vec<Value>>, Fault> {
        match self.value(list, row)? {
            Value::List(items) => Ok(Some(items)),
            Value::Null => Ok(None),
            other => Err(Fault::new(&list.span, format!("this is {}, where a list is needed", other.sort()))),
        }
    }

    fn property(&self, of: &Value, name: &str, span: &Span) -> Result<Value, Fault> {
        let whole = |n: Option<u8>| n.map_or(Value::Null, |n| Value::Whole(i64::from(n)));
        Ok(match of {
            Value::Null => Value::Null,
            Value::Node(ix) => schema::of_node(self.graph, *ix, name),
            Value::Edge(ix) => schema::of_edge(self.graph, *ix, name),
            Value::Map(map) => map.get(name).cloned().unwrap_or(Value::Null),
            Value::Date(date) => match name {
                "year" => Value::Whole(i64::from(date.year)),
                "month" => whole(date.month),
                "day" => whole(date.day),
                _ => return Err(Fault::new(span, format!("a date has year, month and day, not {name}"))),
            },
            other => return Err(Fault::new(span, format!("{} has no property {name}", other.sort()))),
        })
    }

    fn index(&self, of: Value, at: Value, span: &Span) -> Result<Value, Fault> {
        Ok(match (of, at) {
            (Value::Null, _) | (_, Value::Null) => Value::Null,
            (Value::List(items), Value::Whole(at)) => {
                position(at, items.len()).and_then(|at| items.get(at).cloned()).unwrap_or(Value::Null)
            }
            (of @ (Value::Map(_) | Value::Node(_) | Value::Edge(_)), Value::Text(name)) => {
                self.property(&of, &name, span)?
            }
            (of, at) => {
                return Err(Fault::new(span, format!("{} has no item at {}", of.sort(), at.sort())));
            }
        })
    }
}

fn put(row: &mut Vec<Value>, slot: usize, value: Value) {
    if row.len() <= slot {
        row.resize(slot + 1, Value::Null);
    }
    row[slot] = value;
}

/// A position counted from the start, or from the end where negative.
fn position(at: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    usize::try_from(if at < 0 { at + length } else { at }).ok()
}

fn slice(of: Value, from: Option<Value>, to: Option<Value>, span: &Span) -> Result<Value, Fault> {
    let Value::List(items) = of else {
        return if of.is_null() {
            Ok(Value::Null)
        } else {
            Err(Fault::new(span, format!("{} has no parts", of.sort())))
        };
    };
    let bound = |value: Option<Value>, otherwise: usize| match value {
        None => Ok(Some(otherwise)),
        Some(Value::Null) => Ok(None),
        Some(Value::Whole(n)) => Ok(Some(position(n, items.len()).unwrap_or(0).min(items.len()))),
        Some(other) => Err(Fault::new(span, format!("{} is no position", other.sort()))),
    };
    let (from, to) = (bound(from, 0)?, bound(to, items.len())?);
    let Some((from, to)) = from.zip(to) else { return Ok(Value::Null) };
    Ok(Value::List(items.get(from..to).unwrap_or_default().to_vec()))
}

fn too_large(span: &Span) -> Fault {
    Fault::new(span, "the number is too large")
}

fn binary(operator: Operator, a: Value, b: Value, span: &Span) -> Result<Value, Fault> {
    use Operator as O;
    let truth = |t: Option<bool>| t.map_or(Value::Null, Value::Truth);
    Ok(match operator {
        O::Equal => truth(a.equals(&b)),
        O::NotEqual => truth(a.equals(&b).map(|t| !t)),
        O::Less => truth(a.compare(&b).map(|o| o == Ordering::Less)),
        O::LessEqual => truth(a.compare(&b).map(|o| o != Ordering::Greater)),
        O::Greater => truth(a.compare(&b).map(|o| o == Ordering::Greater)),
        O::GreaterEqual => truth(a.compare(&b).map(|o| o != Ordering::Less)),
        O::In => match b {
            Value::Null => Value::Null,
            Value::List(items) => {
                let each: Vec<Option<bool>> = items.iter().map(|i| a.equals(i)).collect();
                if each.contains(&Some(true)) {
                    Value::Truth(true)
                } else if each.contains(&None) {
                    Value::Null
                } else {
                    Value::Truth(false)
                }
            }
            other => return Err(Fault::new(span, format!("IN takes a list, not {}", other.sort()))),
        },
        O::StartsWith | O::EndsWith | O::Contains => match (&a, &b) {
            (Value::Text(a), Value::Text(b)) => Value::Truth(match operator {
                O::StartsWith => a.starts_with(b.as_str()),
                O::EndsWith => a.ends_with(b.as_str()),
                _ => a.contains(b.as_str()),
            }),
            _ => Value::Null,
        },
        _ => arithmetic(operator, a, b, span)?,
    })
}

fn arithmetic(operator: Operator, a: Value, b: Value, span: &Span) -> Result<Value, Fault> {
    use Operator as O;
    Ok(match (operator, a, b) {
        (O::Add, Value::List(mut a), Value::List(b)) => {
            a.extend(b);
            Value::List(a)
        }
        (_, Value::Null, _) | (_, _, Value::Null) => Value::Null,
        (O::Add, Value::List(mut a), b) => {
            a.push(b);
            Value::List(a)
        }
        (O::Add, Value::Text(a), Value::Text(b)) => Value::Text(a + &b),
        (O::Add, Value::Text(a), Value::Whole(b)) => Value::Text(format!("{a}{b}")),
        (O::Add, Value::Text(a), Value::Date(b)) => Value::Text(format!("{a}{b}")),
        (O::Add, Value::Whole(a), Value::Text(b)) => Value::Text(format!("{a}{b}")),
        (O::Power, a, b) if a.number().is_some() && b.number().is_some() => {
            Value::Float(a.number().unwrap_or_default().powf(b.number().unwrap_or_default()))
        }
        (operator, Value::Whole(a), Value::Whole(b)) => {
            let result = match operator {
                O::Add => a.checked_add(b),
                O::Subtract => a.checked_sub(b),
                O::Multiply => a.checked_mul(b),
                _ if b == 0 => return Err(Fault::new(span, "division by zero")),
                O::Divide => a.checked_div(b),
                _ => a.checked_rem(b),
            };
            Value::Whole(result.ok_or_else(|| too_large(span))?)
        }
        (operator, a, b) => match (a.number(), b.number()) {
            (Some(a), Some(b)) => Value::Float(match operator {
                O::Add => a + b,
                O::Subtract => a - b,
                O::Multiply => a * b,
                O::Divide => a / b,
                _ => a % b,
            }),
            _ => return Err(Fault::new(span, format!("cannot reckon with {} and {}", a.sort(), b.sort()))),
        },
    })
}
