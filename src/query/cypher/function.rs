//! Functions of the subset.

use super::fault::Fault;
use super::schema;
use super::tree::{At, Span};
use super::value::Value;
use crate::graph::KnowledgeGraph;

macro_rules! functions {
    ($($variant:ident $name:literal $least:literal..=$most:literal;)*) => {
        /// A function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Function {
            $($variant,)*
        }

        impl Function {
            const ALL: &'static [(Self, &'static str, std::ops::RangeInclusive<usize>)] =
                &[$((Self::$variant, $name, $least..=$most),)*];
        }
    };
}

functions! {
    Date "date" 1..=1;
    Type "type" 1..=1;
    Labels "labels" 1..=1;
    Id "id" 1..=1;
    ElementId "elementid" 1..=1;
    Keys "keys" 1..=1;
    Properties "properties" 1..=1;
    Length "length" 1..=1;
    Size "size" 1..=1;
    Nodes "nodes" 1..=1;
    Relationships "relationships" 1..=1;
    StartNode "startnode" 1..=1;
    EndNode "endnode" 1..=1;
    ToLower "tolower" 1..=1;
    ToUpper "toupper" 1..=1;
    Trim "trim" 1..=1;
    Substring "substring" 2..=3;
    Replace "replace" 3..=3;
    Split "split" 2..=2;
    Coalesce "coalesce" 1..=99;
    Abs "abs" 1..=1;
    Round "round" 1..=1;
    Floor "floor" 1..=1;
    Ceil "ceil" 1..=1;
    Head "head" 1..=1;
    Last "last" 1..=1;
    Tail "tail" 1..=1;
    Reverse "reverse" 1..=1;
    Range "range" 2..=3;
    ToText "tostring" 1..=1;
    ToWhole "tointeger" 1..=1;
    ToFloat "tofloat" 1..=1;
}

/// The longest list that `range` makes.
const LONGEST: i64 = 100_000;

impl Function {
    pub fn named(name: &At<String>) -> Result<Self, Fault> {
        let known = Self::ALL.iter().find(|(_, n, _)| *n == name.it).map(|(f, ..)| *f);
        let aggregates = ["count", "collect", "min", "max", "sum", "avg"].into_iter();
        known.ok_or_else(|| {
            Fault::unknown(
                &name.span,
                "function",
                &name.it,
                Self::ALL.iter().map(|(_, n, _)| *n).chain(aggregates),
            )
        })
    }

    fn row(self) -> (&'static str, std::ops::RangeInclusive<usize>) {
        let row = Self::ALL.iter().find(|(f, ..)| *f == self);
        row.map_or(("", 0..=0), |(_, name, counts)| (name, counts.clone()))
    }

    /// Refuses a wrong number of arguments.
    pub fn check(self, span: &Span, count: usize) -> Result<(), Fault> {
        let (name, counts) = self.row();
        if counts.contains(&count) {
            return Ok(());
        }
        let wanted = match (counts.start(), counts.end()) {
            (1, 1) => "1 argument".to_owned(),
            (a, b) if a == b => format!("{a} arguments"),
            (a, 99) => format!("{a} or more arguments"),
            (a, b) => format!("{a} to {b} arguments"),
        };
        Err(Fault::new(span, format!("{name} takes {wanted}, not {count}")))
    }

    pub fn call(self, graph: &KnowledgeGraph, arguments: &[Value], span: &Span) -> Result<Value, Fault> {
        use Value::{Date, Edge, Float, List, Map, Node, Null, Path, Text, Truth, Whole};
        let Some(first) = arguments.first() else { return Ok(Null) };
        if self == Self::Coalesce {
            return Ok(arguments.iter().find(|v| !v.is_null()).cloned().unwrap_or(Null));
        }
        // What is not known has no length, no letters and no parts.
        if arguments.iter().any(Value::is_null) {
            return Ok(Null);
        }
        let name = self.row().0;
        let unfit = || Err(Fault::new(span, format!("{name} does not take {}", first.sort())));
        let whole = |at: usize| match arguments.get(at) {
            Some(Whole(n)) => Ok(*n),
            _ => Err(Fault::new(span, format!("{name} takes a whole number as argument {}", at + 1))),
        };
        let text = |at: usize| match arguments.get(at) {
            Some(Text(text)) => Ok(text.as_str()),
            _ => Err(Fault::new(span, format!("{name} takes text as argument {}", at + 1))),
        };
        Ok(match (self, first) {
            (Self::Date, Text(text)) => match text.parse() {
                Ok(date) => Date(date),
                Err(_) => {
                    return Err(Fault::new(
                        span,
                        format!("`{text}` is no date; write 2018, 2018-07 or 2018-07-10"),
                    ));
                }
            },
            (Self::Date, Date(_)) => first.clone(),
            (Self::Type, Edge(_)) => match first {
                Edge(ix) => schema::of_edge(graph, *ix, "relation"),
                _ => Null,
            },
            (Self::Labels, Node(ix)) => List(schema::labels(graph.node(*ix)).into_iter().map(Text).collect()),
            (Self::Id | Self::ElementId, Node(ix)) => schema::of_node(graph, *ix, "id"),
            (Self::Id | Self::ElementId, Edge(ix)) => schema::of_edge(graph, *ix, "id"),
            (Self::Keys, _) => match self.properties(graph, first) {
                Some(map) => List(map.into_keys().map(Text).collect()),
                None => return unfit(),
            },
            (Self::Properties, _) => match self.properties(graph, first) {
                Some(map) => Map(map),
                None => return unfit(),
            },
            (Self::Length, Path(_, edges)) => Value::count(edges.len()),
            (Self::Length | Self::Size, List(items)) => Value::count(items.len()),
            (Self::Length | Self::Size, Text(text)) => Value::count(text.chars().count()),
            (Self::Nodes, Path(nodes, _)) => List(nodes.iter().copied().map(Node).collect()),
            (Self::Relationships, Path(_, edges)) => List(edges.iter().copied().map(Edge).collect()),
            (Self::StartNode, Edge(ix)) => graph.petgraph().edge_endpoints(*ix).map_or(Null, |e| Node(e.0)),
            (Self::EndNode, Edge(ix)) => graph.petgraph().edge_endpoints(*ix).map_or(Null, |e| Node(e.1)),
            (Self::ToLower, Text(text)) => Text(text.to_lowercase()),
            (Self::ToUpper, Text(text)) => Text(text.to_uppercase()),
            (Self::Trim, Text(text)) => Text(text.trim().to_owned()),
            (Self::Substring, Text(text)) => {
                let skip = usize::try_from(whole(1)?).unwrap_or(0);
                let take =
                    if arguments.len() > 2 { usize::try_from(whole(2)?).unwrap_or(0) } else { usize::MAX };
                Text(text.chars().skip(skip).take(take).collect())
            }
            (Self::Replace, Text(of)) => Text(of.replace(text(1)?, text(2)?)),
            (Self::Split, Text(of)) => List(of.split(text(1)?).map(|part| Text(part.to_owned())).collect()),
            (Self::Abs, Whole(n)) => Whole(n.saturating_abs()),
            (Self::Abs, Float(n)) => Float(n.abs()),
            (Self::Round, _) if first.number().is_some() => Float(first.number().unwrap_or_default().round()),
            (Self::Floor, _) if first.number().is_some() => Float(first.number().unwrap_or_default().floor()),
            (Self::Ceil, _) if first.number().is_some() => Float(first.number().unwrap_or_default().ceil()),
            (Self::Head, List(items)) => items.first().cloned().unwrap_or(Null),
            (Self::Last, List(items)) => items.last().cloned().unwrap_or(Null),
            (Self::Tail, List(items)) => List(items.iter().skip(1).cloned().collect()),
            (Self::Reverse, List(items)) => List(items.iter().rev().cloned().collect()),
            (Self::Reverse, Text(text)) => Text(text.chars().rev().collect()),
            (Self::Range, Whole(from)) => {
                let (to, step) = (whole(1)?, if arguments.len() > 2 { whole(2)? } else { 1 });
                if step == 0 || (to.saturating_sub(*from) / step).saturating_abs() > LONGEST {
                    return Err(Fault::new(
                        span,
                        format!("range makes up to {LONGEST} numbers, with a step other than 0"),
                    ));
                }
                let fits = |n: &i64| if step > 0 { *n <= to } else { *n >= to };
                List(
                    std::iter::successors(Some(*from), |n| n.checked_add(step))
                        .take_while(fits)
                        .map(Whole)
                        .collect(),
                )
            }
            (Self::ToText, Text(_)) => first.clone(),
            (Self::ToText, Whole(n)) => Text(n.to_string()),
            (Self::ToText, Float(n)) => Text(n.to_string()),
            (Self::ToText, Truth(truth)) => Text(truth.to_string()),
            (Self::ToText, Date(date)) => Text(date.to_string()),
            (Self::ToWhole, Whole(_)) | (Self::ToFloat, Float(_)) => first.clone(),
            (Self::ToWhole, Float(n)) => Whole(*n as i64),
            (Self::ToWhole, Text(text)) => text.trim().parse::<f64>().map_or(Null, |n| Whole(n as i64)),
            (Self::ToFloat, Whole(n)) => Float(*n as f64),
            (Self::ToFloat, Text(text)) => text.trim().parse().map_or(Null, Float),
            _ => return unfit(),
        })
    }

    fn properties(
        self,
        graph: &KnowledgeGraph,
        of: &Value,
    ) -> Option<std::collections::BTreeMap<String, Value>> {
        match of {
            Value::Node(ix) => Some(schema::node_properties(graph, *ix)),
            Value::Edge(ix) => Some(schema::edge_properties(graph, *ix)),
            Value::Map(map) => Some(map.clone()),
            _ => None,
        }
    }
}
