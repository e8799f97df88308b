//! A plan to rows: each row is handed from stage to stage as it comes; only grouping, sorting and
//! telling apart hold rows, and no more than the limit.

use super::evaluate::{Context, Running};
use super::fault::Fault;
use super::pattern::Flow;
use super::plan::{Plan, Stage};
use super::schema;
use super::value::{Key, Value};
use super::{Limits, Table};
use crate::graph::{KnowledgeGraph, Link};
use crate::query::Cell;
use std::cell::Cell as Counter;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Runs a plan.
pub(super) fn run(graph: &KnowledgeGraph, plan: Plan, limits: Limits<'_>) -> Result<Table, Fault> {
    let context = Context { graph, limits, ticks: Counter::new(0) };
    let mut stages: Vec<Working> = plan.stages.into_iter().map(Working::new).collect();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut run = Run { context: &context, rows: &mut rows };
    run.push(&mut stages, Vec::new())?;
    run.finish(&mut stages)?;
    Ok(Table {
        columns: plan.columns.into_iter().map(|c| c.it).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(|v| cell(graph, v)).collect()).collect(),
    })
}

/// A stage and what it holds.
struct Working {
    stage: Stage,
    seen: BTreeSet<Key>,
    held: Vec<Vec<Value>>,
    groups: BTreeMap<Key, usize>,
    sums: Vec<(Vec<Value>, Vec<Running>)>,
    passed: usize,
}

impl Working {
    fn new(stage: Stage) -> Self {
        Self {
            stage,
            seen: BTreeSet::new(),
            held: Vec::new(),
            groups: BTreeMap::new(),
            sums: Vec::new(),
            passed: 0,
        }
    }
}

struct Run<'r> {
    context: &'r Context<'r>,
    rows: &'r mut Vec<Vec<Value>>,
}

impl Run<'_> {
    fn full(&self, held: usize) -> Result<(), Fault> {
        if held >= self.context.limits.rows {
            return Err(Fault::new(
                &(0..0),
                format!(
                    "more than {} rows; add a LIMIT or conditions, or raise --max-rows",
                    self.context.limits.rows
                ),
            ));
        }
        Ok(())
    }

    fn push(&mut self, stages: &mut [Working], mut row: Vec<Value>) -> Result<Flow, Fault> {
        self.context.tick()?;
        let Some((first, rest)) = stages.split_first_mut() else {
            self.full(self.rows.len())?;
            self.rows.push(row);
            return Ok(Flow::More);
        };
        let context = self.context;
        let wide = |row: &mut Vec<Value>, width: usize| {
            if row.len() < width {
                row.resize(width, Value::Null);
            }
        };
        match &first.stage {
            Stage::Match { plan, optional, fresh, width } => {
                wide(&mut row, *width);
                let mut any = false;
                let mut flow = plan.matches(context, &mut row, &mut |found| {
                    any = true;
                    self.push(rest, found.clone())
                })?;
                if *optional && !any {
                    for &slot in fresh {
                        row[slot] = Value::Null;
                    }
                    flow = self.push(rest, row)?;
                }
                Ok(flow)
            }
            Stage::Unwind { list, slot, width } => {
                wide(&mut row, *width);
                let items = match context.value(list, &mut row)? {
                    Value::List(items) => items,
                    Value::Null => Vec::new(),
                    single => vec![single],
                };
                for item in items {
                    let mut row = row.clone();
                    row[*slot] = item;
                    if self.push(rest, row)? == Flow::Enough {
                        return Ok(Flow::Enough);
                    }
                }
                Ok(Flow::More)
            }
            Stage::Filter { code, width } => {
                wide(&mut row, *width);
                if context.holds(code, &mut row)? { self.push(rest, row) } else { Ok(Flow::More) }
            }
            Stage::Project { codes, width } => {
                wide(&mut row, *width);
                let projected =
                    codes.iter().map(|c| context.value(c, &mut row)).collect::<Result<Vec<_>, _>>()?;
                self.push(rest, projected)
            }
            Stage::Group { keys, sums, width } => {
                wide(&mut row, *width);
                let key = keys.iter().map(|k| context.value(k, &mut row)).collect::<Result<Vec<_>, _>>()?;
                let known = first.groups.len();
                let at = *first.groups.entry(Key(key.clone())).or_insert(known);
                if at == known {
                    self.full(known)?;
                    first.sums.push((key, vec![Running::default(); sums.len()]));
                }
                for (sum, running) in sums.iter().zip(&mut first.sums[at].1) {
                    let value = sum.of.as_ref().map(|of| context.value(of, &mut row)).transpose()?;
                    let span = sum.of.as_ref().map_or(0..0, |of| of.span.clone());
                    running.take(sum, value, &span)?;
                }
                Ok(Flow::More)
            }
            Stage::Distinct { visible } => {
                if first.seen.insert(Key(row[..*visible].to_vec())) {
                    self.full(first.seen.len() - 1)?;
                    return self.push(rest, row);
                }
                Ok(Flow::More)
            }
            Stage::Sort { .. } => {
                self.full(first.held.len())?;
                first.held.push(row);
                Ok(Flow::More)
            }
            Stage::Slice { skip, limit, visible } => {
                if limit.is_some_and(|l| first.passed >= l.saturating_add(*skip)) {
                    return Ok(Flow::Enough);
                }
                first.passed += 1;
                let is_last = limit.is_some_and(|l| first.passed >= l.saturating_add(*skip));
                if first.passed > *skip {
                    row.truncate(*visible);
                    let flow = self.push(rest, row)?;
                    return Ok(if is_last { Flow::Enough } else { flow });
                }
                Ok(Flow::More)
            }
        }
    }

    /// Hands on what stages hold, first to last.
    fn finish(&mut self, stages: &mut [Working]) -> Result<(), Fault> {
        let Some((first, rest)) = stages.split_first_mut() else { return Ok(()) };
        let held = match &first.stage {
            Stage::Group { keys, sums, .. } => {
                if first.sums.is_empty() && keys.is_empty() {
                    // Nothing counted is still a count: 0.
                    first.sums.push((Vec::new(), vec![Running::default(); sums.len()]));
                }
                let groups = std::mem::take(&mut first.sums);
                let row = |(mut key, running): (Vec<Value>, Vec<Running>)| {
                    key.extend(running.into_iter().zip(sums).map(|(r, sum)| r.result(sum)));
                    key
                };
                groups.into_iter().map(row).collect()
            }
            Stage::Sort { visible, down, keep } => {
                let mut held = std::mem::take(&mut first.held);
                held.sort_by(|a, b| by_keys(&a[*visible..], &b[*visible..], down));
                held.truncate(keep.unwrap_or(usize::MAX));
                held
            }
            _ => Vec::new(),
        };
        for row in held {
            if self.push(rest, row)? == Flow::Enough {
                break;
            }
        }
        self.finish(rest)
    }
}

fn by_keys(a: &[Value], b: &[Value], down: &[bool]) -> Ordering {
    let each = a.iter().zip(b).zip(down).map(|((a, b), down)| {
        let order = a.order(b);
        if *down { order.reverse() } else { order }
    });
    each.into_iter().find(|o| *o != Ordering::Equal).unwrap_or(Ordering::Equal)
}

/// A value as a cell of the answer.
fn cell(graph: &KnowledgeGraph, value: Value) -> Cell {
    let fields = |map: BTreeMap<String, Value>| map.into_iter().map(|(k, v)| (k, cell(graph, v))).collect();
    match value {
        Value::Null => Cell::Empty,
        Value::Truth(truth) => Cell::Truth(truth),
        Value::Whole(n) => Cell::Whole(n),
        Value::Float(n) => Cell::Measure(n),
        Value::Text(text) => Cell::Text(text),
        Value::Date(date) => Cell::Text(date.to_string()),
        Value::List(items) => Cell::List(items.into_iter().map(|i| cell(graph, i)).collect()),
        Value::Map(map) => {
            let fields: Vec<(String, Cell)> = fields(map);
            let shown: Vec<String> = fields.iter().map(|(k, v)| format!("{k}: {}", v.plain())).collect();
            Cell::Record { shown: format!("{{{}}}", shown.join(", ")), fields }
        }
        Value::Node(ix) => Cell::Record {
            shown: graph.node(ix).name.to_string(),
            fields: fields(schema::node_properties(graph, ix)),
        },
        Value::Edge(ix) => {
            Cell::Record { shown: edge_text(graph, ix), fields: fields(schema::edge_properties(graph, ix)) }
        }
        Value::Path(nodes, edges) => {
            let name = |ix| graph.node(ix).name.to_string();
            let mut shown = nodes.first().map(|n| name(*n)).unwrap_or_default();
            for (pair, edge) in nodes.windows(2).zip(&edges) {
                let relation = graph.petgraph().edge_weight(*edge).map_or("", schema::type_name);
                let forward = graph.petgraph().edge_endpoints(*edge).is_some_and(|e| e.0 == pair[0]);
                let arrow = if forward { format!("-[{relation}]->") } else { format!("<-[{relation}]-") };
                shown.push_str(&format!(" {arrow} {}", name(pair[1])));
            }
            let nodes = Cell::List(nodes.into_iter().map(|n| cell(graph, Value::Node(n))).collect());
            let edges = Cell::List(edges.into_iter().map(|e| cell(graph, Value::Edge(e))).collect());
            Cell::Record { shown, fields: vec![("nodes".to_owned(), nodes), ("edges".to_owned(), edges)] }
        }
    }
}

fn edge_text(graph: &KnowledgeGraph, ix: crate::graph::EdgeIndex) -> String {
    let petgraph = graph.petgraph();
    let (Some((source, target)), Some(link)) = (petgraph.edge_endpoints(ix), petgraph.edge_weight(ix)) else {
        return String::new();
    };
    let status = match link {
        Link::Typed(edge) => format!(" ({})", edge.status),
        Link::Role(_) => String::new(),
    };
    format!("{} {} {}{status}", graph.node(source).name, schema::type_name(link), graph.node(target).name)
}
