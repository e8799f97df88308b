//! Patterns to matches, one after the other, without keeping any: each match is handed on at once, and
//! nothing more is looked for when no more is wanted. No edge stands twice in one match.

use super::evaluate::{Code, Context};
use super::fault::Fault;
use super::schema::{Label, Test, Type, has_label, has_type};
use super::tree::Way;
use super::value::Value;
use crate::graph::{EdgeIndex, KnowledgeGraph, NodeIndex};
use crate::ontology::Relation;
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;
use std::collections::BTreeSet;

/// The steps of a pattern, and what must hold after each.
#[derive(Debug, Clone)]
pub(super) struct MatchPlan {
    pub steps: Vec<Step>,
    /// Conditions that can be tested after so many steps.
    pub tests: Vec<Vec<Code>>,
    /// Slots needed.
    pub width: usize,
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    Node {
        slot: usize,
        source: Source,
        test: Option<Test<Label>>,
    },
    /// Edges of some relations by date, with both ends: slot, whether it is bound, labels.
    Edges {
        slot: usize,
        relations: Vec<Relation>,
        days: (Option<i64>, Option<i64>),
        way: Way,
        left: (usize, bool, Option<Test<Label>>),
        right: (usize, bool, Option<Test<Label>>),
    },
    Expand {
        from: usize,
        edge: EdgeStep,
        to: usize,
        to_is_bound: bool,
        test: Option<Test<Label>>,
    },
    Path {
        slot: usize,
        nodes: Vec<usize>,
        edges: Vec<usize>,
    },
}

/// Where the candidates for a node come from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// The slot has it already.
    Bound,
    Id(String),
    Name(String),
    All,
}

#[derive(Debug, Clone)]
pub(super) struct EdgeStep {
    pub slot: usize,
    pub is_bound: bool,
    pub types: Option<Test<Type>>,
    pub way: Way,
    pub length: Option<(usize, usize)>,
    /// Walked against the order of writing: a chain is turned round at the end.
    pub backwards: bool,
}

/// Whether more is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    More,
    Enough,
}

/// What takes the matches.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&mut Vec<Value>) -> Result<Flow, Fault>;

impl MatchPlan {
    /// Every slot that the steps read or fill.
    pub fn slots(&self) -> BTreeSet<usize> {
        let mut slots = BTreeSet::new();
        for step in &self.steps {
            match step {
                Step::Node { slot, .. } => {
                    slots.insert(*slot);
                }
                Step::Edges { slot, left, right, .. } => slots.extend([*slot, left.0, right.0]),
                Step::Expand { from, edge, to, .. } => slots.extend([*from, edge.slot, *to]),
                Step::Path { slot, .. } => {
                    slots.insert(*slot);
                }
            }
        }
        slots
    }

    /// Hands every match of a row to `sink`.
    pub fn matches(
        &self,
        context: &Context<'_>,
        row: &mut Vec<Value>,
        sink: Sink<'_>,
    ) -> Result<Flow, Fault> {
        if row.len() < self.width {
            row.resize(self.width, Value::Null);
        }
        Walk { context, plan: self, used: Vec::new(), sink }.step(0, row)
    }
}

/// The edges of a relation whose day lies in a range.
pub(super) fn by_day(
    graph: &KnowledgeGraph,
    relation: Relation,
    from: Option<i64>,
    to: Option<i64>,
) -> &[(i64, EdgeIndex)] {
    let all = graph.edges_by_day(relation);
    let start = from.map_or(0, |f| all.partition_point(|(day, _)| *day < f));
    let end = to.map_or(all.len(), |t| all.partition_point(|(day, _)| *day <= t));
    &all[start.min(end)..end]
}

struct Walk<'w, 's> {
    context: &'w Context<'w>,
    plan: &'w MatchPlan,
    used: Vec<EdgeIndex>,
    sink: Sink<'s>,
}

impl Walk<'_, '_> {
    fn step(&mut self, n: usize, row: &mut Vec<Value>) -> Result<Flow, Fault> {
        self.context.tick()?;
        for test in &self.plan.tests[n] {
            if !self.context.holds(test, row)? {
                return Ok(Flow::More);
            }
        }
        let Some(step) = self.plan.steps.get(n) else { return (self.sink)(row) };
        match step {
            Step::Node { slot, source, test } => self.nodes(n, *slot, source, test.as_ref(), row),
            Step::Edges { slot, relations, days, way, left, right } => {
                for &relation in relations {
                    for &(_, ix) in by_day(self.context.graph, relation, days.0, days.1) {
                        let Some((source, target)) = self.context.graph.petgraph().edge_endpoints(ix) else {
                            continue;
                        };
                        if self.used.contains(&ix) {
                            continue;
                        }
                        let straight = *way != Way::Left;
                        let turned = *way == Way::Left || (*way == Way::Either && source != target);
                        for (a, b) in [(straight, (source, target)), (turned, (target, source))]
                            .into_iter()
                            .filter_map(|(wanted, ends)| wanted.then_some(ends))
                        {
                            if !self.fits(left, a, row)
                                || (left.0 == right.0 && a != b)
                                || !self.fits(right, b, row)
                            {
                                continue;
                            }
                            let before = (row[left.0].clone(), row[right.0].clone());
                            row[*slot] = Value::Edge(ix);
                            row[left.0] = Value::Node(a);
                            row[right.0] = Value::Node(b);
                            self.used.push(ix);
                            let flow = self.step(n + 1, row)?;
                            self.used.pop();
                            (row[left.0], row[right.0]) = before;
                            if flow == Flow::Enough {
                                return Ok(flow);
                            }
                        }
                    }
                }
                Ok(Flow::More)
            }
            Step::Expand { from, edge, .. } => {
                let Value::Node(start) = row[*from] else { return Ok(Flow::More) };
                match edge.length {
                    None => self.expand(n, step, start, row),
                    Some((least, most)) => self.chain(n, step, start, (least, most), &mut Vec::new(), row),
                }
            }
            Step::Path { slot, nodes, edges } => {
                row[*slot] = self.path(nodes, edges, row);
                self.step(n + 1, row)
            }
        }
    }

    fn nodes(
        &mut self,
        n: usize,
        slot: usize,
        source: &Source,
        test: Option<&Test<Label>>,
        row: &mut Vec<Value>,
    ) -> Result<Flow, Fault> {
        let graph = self.context.graph;
        let mut visit = |ix: NodeIndex, walk: &mut Self| -> Result<Flow, Fault> {
            if !test.is_none_or(|t| t.holds(&|label| has_label(graph.node(ix), label))) {
                return Ok(Flow::More);
            }
            row[slot] = Value::Node(ix);
            walk.step(n + 1, row)
        };
        match source {
            Source::Bound => match row[slot] {
                Value::Node(ix) => self.bound_node(n, ix, test, row),
                _ => Ok(Flow::More),
            },
            Source::Id(id) => graph.find(id).map_or(Ok(Flow::More), |ix| visit(ix, self)),
            Source::Name(name) => {
                for &ix in graph.called(name) {
                    if visit(ix, self)? == Flow::Enough {
                        return Ok(Flow::Enough);
                    }
                }
                Ok(Flow::More)
            }
            Source::All => {
                for ix in graph.petgraph().node_indices() {
                    if visit(ix, self)? == Flow::Enough {
                        return Ok(Flow::Enough);
                    }
                }
                Ok(Flow::More)
            }
        }
    }

    fn bound_node(
        &mut self,
        n: usize,
        ix: NodeIndex,
        test: Option<&Test<Label>>,
        row: &mut Vec<Value>,
    ) -> Result<Flow, Fault> {
        let graph = self.context.graph;
        if test.is_none_or(|t| t.holds(&|label| has_label(graph.node(ix), label))) {
            return self.step(n + 1, row);
        }
        Ok(Flow::More)
    }

    fn fits(&self, end: &(usize, bool, Option<Test<Label>>), ix: NodeIndex, row: &[Value]) -> bool {
        let (slot, is_bound, test) = end;
        let graph = self.context.graph;
        (!is_bound || row[*slot] == Value::Node(ix))
            && test.as_ref().is_none_or(|t| t.holds(&|label| has_label(graph.node(ix), label)))
    }

    /// Edges of a node that fit a step, with the node at the other end.
    fn neighbours(&self, edge: &EdgeStep, node: NodeIndex) -> Vec<(EdgeIndex, NodeIndex)> {
        let graph = self.context.graph.petgraph();
        let mut found = Vec::new();
        let mut take = |direction: Direction| {
            for e in graph.edges_directed(node, direction) {
                let other = if direction == Direction::Outgoing { e.target() } else { e.source() };
                let fits =
                    edge.types.as_ref().is_none_or(|t| t.holds(&|wanted| has_type(e.weight(), wanted)));
                // An edge to itself is found both ways, and counts once.
                let again = edge.way == Way::Either && direction == Direction::Incoming && other == node;
                if fits && !again && !self.used.contains(&e.id()) {
                    found.push((e.id(), other));
                }
            }
        };
        if edge.way != Way::Left {
            take(Direction::Outgoing);
        }
        if edge.way != Way::Right {
            take(Direction::Incoming);
        }
        found
    }

    fn expand(
        &mut self,
        n: usize,
        step: &Step,
        start: NodeIndex,
        row: &mut Vec<Value>,
    ) -> Result<Flow, Fault> {
        let Step::Expand { edge, to, to_is_bound, test, .. } = step else { return Ok(Flow::More) };
        for (ix, other) in self.neighbours(edge, start) {
            let same_edge = !edge.is_bound || row[edge.slot] == Value::Edge(ix);
            if !same_edge || !self.fits(&(*to, *to_is_bound, test.clone()), other, row) {
                continue;
            }
            let (was_edge, was_node) = (row[edge.slot].clone(), row[*to].clone());
            row[edge.slot] = Value::Edge(ix);
            row[*to] = Value::Node(other);
            self.used.push(ix);
            let flow = self.step(n + 1, row)?;
            self.used.pop();
            row[edge.slot] = was_edge;
            row[*to] = was_node;
            if flow == Flow::Enough {
                return Ok(flow);
            }
        }
        Ok(Flow::More)
    }

    /// A chain of edges of variable length.
    fn chain(
        &mut self,
        n: usize,
        step: &Step,
        at: NodeIndex,
        (least, most): (usize, usize),
        chain: &mut Vec<EdgeIndex>,
        row: &mut Vec<Value>,
    ) -> Result<Flow, Fault> {
        let Step::Expand { edge, to, to_is_bound, test, .. } = step else { return Ok(Flow::More) };
        self.context.tick()?;
        if chain.len() >= least && self.fits(&(*to, *to_is_bound, test.clone()), at, row) {
            let was = row[*to].clone();
            let mut edges: Vec<Value> = chain.iter().map(|ix| Value::Edge(*ix)).collect();
            if edge.backwards {
                edges.reverse();
            }
            row[edge.slot] = Value::List(edges);
            row[*to] = Value::Node(at);
            let flow = self.step(n + 1, row)?;
            row[*to] = was;
            if flow == Flow::Enough {
                return Ok(flow);
            }
        }
        if chain.len() == most {
            return Ok(Flow::More);
        }
        for (ix, other) in self.neighbours(edge, at) {
            chain.push(ix);
            self.used.push(ix);
            let flow = self.chain(n, step, other, (least, most), chain, row)?;
            self.used.pop();
            chain.pop();
            if flow == Flow::Enough {
                return Ok(flow);
            }
        }
        Ok(Flow::More)
    }

    /// The path through nodes and edges, with the nodes inside chains.
    fn path(&self, nodes: &[usize], edges: &[usize], row: &[Value]) -> Value {
        let graph = self.context.graph.petgraph();
        let Some(Value::Node(first)) = nodes.first().map(|s| &row[*s]) else { return Value::Null };
        let (mut along, mut links) = (vec![*first], Vec::new());
        for slot in edges {
            let each: Vec<EdgeIndex> = match &row[*slot] {
                Value::Edge(ix) => vec![*ix],
                Value::List(items) => items
                    .iter()
                    .filter_map(|i| if let Value::Edge(ix) = i { Some(*ix) } else { None })
                    .collect(),
                _ => return Value::Null,
            };
            for ix in each {
                let here = along.last().copied().unwrap_or(*first);
                let Some((source, target)) = graph.edge_endpoints(ix) else { return Value::Null };
                along.push(if source == here { target } else { source });
                links.push(ix);
            }
        }
        Value::Path(along, links)
    }
}
