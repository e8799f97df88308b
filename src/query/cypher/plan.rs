//! The tree to a plan: names become slots of a row, patterns become steps that start at the most
//! selective side, and each condition is tested as soon as what it names is bound.

use super::evaluate::{Aggregate, Code, CodeKind, Sum};
use super::fault::Fault;
use super::function::Function;
use super::pattern::{EdgeStep, MatchPlan, Source, Step};
use super::schema::{self, Label, Test, Type};
use super::tree::{At, Clause, EdgePattern, Expr, Kind, Operator, Part, Projection, Span, Way};
use super::value::Value;
use crate::graph::KnowledgeGraph;
use crate::ontology::Relation;
use std::collections::{BTreeMap, BTreeSet};

/// A query ready to run.
#[derive(Debug)]
pub(super) struct Plan {
    pub stages: Vec<Stage>,
    pub columns: Vec<At<String>>,
}

/// One step of the way from rows to rows.
#[derive(Debug)]
pub(super) enum Stage {
    Match {
        plan: MatchPlan,
        optional: bool,
        fresh: Vec<usize>,
        width: usize,
    },
    Unwind {
        list: Code,
        slot: usize,
        width: usize,
    },
    /// Rows to the values of grouping expressions and aggregates.
    Group {
        keys: Vec<Code>,
        sums: Vec<Aggregate>,
        width: usize,
    },
    /// Rows to the values of expressions; those behind the first `visible` are for sorting.
    Project {
        codes: Vec<Code>,
        width: usize,
    },
    Distinct {
        visible: usize,
    },
    /// By the values behind the visible ones; whether the largest comes first.
    Sort {
        visible: usize,
        down: Vec<bool>,
        keep: Option<usize>,
    },
    Slice {
        skip: usize,
        limit: Option<usize>,
        visible: usize,
    },
    Filter {
        code: Code,
        width: usize,
    },
}

/// Plans a query.
pub(super) fn plan(
    graph: &KnowledgeGraph,
    text: &str,
    clauses: Vec<Clause>,
    parameters: &BTreeMap<String, Value>,
) -> Result<Plan, Fault> {
    let mut planner = Planner { graph, parameters, names: Vec::new(), width: 0, used: BTreeSet::new() };
    let mut plan = Plan { stages: Vec::new(), columns: Vec::new() };
    for clause in clauses {
        planner.clause(clause, &mut plan)?;
    }
    for column in &mut plan.columns {
        // An item without a name is called as it is written.
        if column.it.is_empty() {
            column.it = text.get(column.span.clone()).unwrap_or_default().to_owned();
        }
    }
    Ok(plan)
}

struct Planner<'g> {
    graph: &'g KnowledgeGraph,
    parameters: &'g BTreeMap<String, Value>,
    /// Names in scope and their slots, in order of appearance.
    names: Vec<(String, usize)>,
    /// Slots given out.
    width: usize,
    /// Slots that the expression in hand reads.
    used: BTreeSet<usize>,
}

/// A condition and the slots it reads.
struct Condition {
    code: Code,
    slots: BTreeSet<usize>,
}

/// A chain of a pattern with its slots.
struct Chain {
    nodes: Vec<(usize, Option<Test<Label>>)>,
    edges: Vec<ChainEdge>,
    path: Option<usize>,
}

struct ChainEdge {
    slot: usize,
    types: Option<Test<Type>>,
    way: Way,
    length: Option<(usize, usize)>,
}

impl Planner<'_> {
    fn clause(&mut self, clause: Clause, plan: &mut Plan) -> Result<(), Fault> {
        match clause {
            Clause::Match { optional, parts, filter, .. } => {
                let before: BTreeSet<usize> = self.names.iter().map(|(_, s)| *s).collect();
                let matched = self.pattern(&parts, filter.as_ref())?;
                let fresh = (0..self.width).filter(|s| !before.contains(s)).collect();
                plan.stages.push(Stage::Match { plan: matched, optional, fresh, width: self.width });
            }
            Clause::Unwind { list, variable } => {
                let list = self.code(&list)?;
                self.refuse_bound(&variable)?;
                let slot = self.bind(&variable.it);
                plan.stages.push(Stage::Unwind { list, slot, width: self.width });
            }
            Clause::Project(projection) => self.projection(projection, plan)?,
        }
        Ok(())
    }

    // ---- names ----

    fn slot(&self, name: &str) -> Option<usize> {
        self.names.iter().rev().find(|(n, _)| n == name).map(|(_, slot)| *slot)
    }

    fn bind(&mut self, name: &str) -> usize {
        let slot = self.hidden();
        self.names.push((name.to_owned(), slot));
        slot
    }

    fn hidden(&mut self) -> usize {
        self.width += 1;
        self.width - 1
    }

    fn refuse_bound(&self, variable: &At<String>) -> Result<(), Fault> {
        match self.slot(&variable.it) {
            Some(_) => Err(Fault::new(
                &variable.span,
                format!("`{}` is taken already; choose another name", variable.it),
            )),
            None => Ok(()),
        }
    }

    // ---- patterns ----

    fn pattern(&mut self, parts: &[Part], filter: Option<&Expr>) -> Result<MatchPlan, Fault> {
        let bound: BTreeSet<usize> = (0..self.width).collect();
        let mut properties: Vec<(usize, Span, At<String>, Expr)> = Vec::new();
        let mut chains = Vec::new();
        for part in parts {
            chains.push(self.chain(part, &bound, &mut properties)?);
        }
        let mut conditions = Vec::new();
        for (slot, span, name, value) in properties {
            schema::check_property(&name.span, &name.it)?;
            self.used = BTreeSet::from([slot]);
            let of = Code { it: Box::new(CodeKind::Slot(slot)), span: span.clone() };
            let property = Code { it: Box::new(CodeKind::Property(of, name.it)), span: span.clone() };
            let value = self.code(&value)?;
            let code = Code { it: Box::new(CodeKind::Binary(Operator::Equal, property, value)), span };
            conditions.push(Condition { code, slots: std::mem::take(&mut self.used) });
        }
        for conjunct in filter.into_iter().flat_map(conjuncts) {
            self.used = BTreeSet::new();
            let code = self.code(conjunct)?;
            conditions.push(Condition { code, slots: std::mem::take(&mut self.used) });
        }
        Ok(self.steps(chains, conditions, bound))
    }

    fn chain(
        &mut self,
        part: &Part,
        bound: &BTreeSet<usize>,
        properties: &mut Vec<(usize, Span, At<String>, Expr)>,
    ) -> Result<Chain, Fault> {
        let mut nodes = Vec::new();
        let mut edges = Vec::new();
        for (at, node) in part.nodes.iter().enumerate() {
            let slot = match &node.variable {
                Some(name) => self.slot(&name.it).unwrap_or_else(|| self.bind(&name.it)),
                None => self.hidden(),
            };
            let test = node.labels.as_ref().map(|l| Test::of(l, &schema::label)).transpose()?;
            properties
                .extend(node.properties.iter().map(|(k, v)| (slot, node.span.clone(), k.clone(), v.clone())));
            nodes.push((slot, test));
            if let Some(edge) = part.edges.get(at) {
                edges.push(self.chain_edge(edge, bound, properties)?);
            }
        }
        let path = match &part.path {
            Some(name) => {
                self.refuse_bound(name)?;
                Some(self.bind(&name.it))
            }
            None => None,
        };
        Ok(Chain { nodes, edges, path })
    }

    fn chain_edge(
        &mut self,
        edge: &EdgePattern,
        bound: &BTreeSet<usize>,
        properties: &mut Vec<(usize, Span, At<String>, Expr)>,
    ) -> Result<ChainEdge, Fault> {
        let slot = match &edge.variable {
            Some(name) => match self.slot(&name.it) {
                Some(slot) if !bound.contains(&slot) || edge.length.is_some() => {
                    return Err(Fault::new(&name.span, format!("`{}` stands for one edge only", name.it)));
                }
                Some(slot) => slot,
                None => self.bind(&name.it),
            },
            None => self.hidden(),
        };
        if edge.length.is_some() && !edge.properties.is_empty() {
            return Err(Fault::outside(
                &edge.span,
                "a property of every edge of a chain (write WHERE all(x IN r WHERE …))",
            ));
        }
        let types = edge.types.as_ref().map(|t| Test::of(t, &schema::edge_type)).transpose()?;
        properties
            .extend(edge.properties.iter().map(|(k, v)| (slot, edge.span.clone(), k.clone(), v.clone())));
        Ok(ChainEdge { slot, types, way: edge.direction, length: edge.length })
    }

    /// The chains one after the other, each from where it starts cheapest.
    fn steps(
        &self,
        mut chains: Vec<Chain>,
        conditions: Vec<Condition>,
        mut bound: BTreeSet<usize>,
    ) -> MatchPlan {
        let mut steps: Vec<Step> = Vec::new();
        let mut binds: Vec<BTreeSet<usize>> = vec![bound.clone()];
        while !chains.is_empty() {
            let starts = chains.iter().enumerate().map(|(n, c)| (self.start(c, &conditions, &bound), n));
            let Some(((_, start), n)) = starts.min_by_key(|((cost, _), n)| (*cost, *n)) else { break };
            let chain = chains.remove(n);
            self.walk(&chain, start, &conditions, &mut bound, &mut steps, &mut binds);
        }
        let mut tests: Vec<Vec<Code>> = vec![Vec::new(); steps.len() + 1];
        for condition in conditions {
            let at = binds.iter().position(|b| condition.slots.is_subset(b)).unwrap_or(steps.len());
            tests[at].push(condition.code);
        }
        MatchPlan { steps, tests, width: self.width }
    }

    /// Where a chain starts cheapest, and about how many candidates there are.
    fn start(&self, chain: &Chain, conditions: &[Condition], bound: &BTreeSet<usize>) -> (usize, Start) {
        let mut best = (usize::MAX, Start::Node(0));
        for (at, (slot, test)) in chain.nodes.iter().enumerate() {
            let cost =
                if bound.contains(slot) { 0 } else { self.node_source(*slot, test.as_ref(), conditions).1 };
            if cost < best.0 {
                best = (cost, Start::Node(at));
            }
        }
        for (at, edge) in chain.edges.iter().enumerate() {
            if let (Some(relations), None) = (relations(edge.types.as_ref()), edge.length) {
                let (from, to) = days(edge.slot, conditions);
                let range = |r: &Relation| super::pattern::by_day(self.graph, *r, from, to).len();
                let cost = relations.iter().map(range).sum::<usize>() * 2;
                if cost < best.0 && !bound.contains(&edge.slot) {
                    best = (cost, Start::Edge(at));
                }
            }
        }
        best
    }

    /// How to come by the candidates for a node, and about how many there are.
    fn node_source(
        &self,
        slot: usize,
        test: Option<&Test<Label>>,
        conditions: &[Condition],
    ) -> (Source, usize) {
        let all = self.graph.petgraph().node_count();
        if let Some(Value::Text(id)) = equal_to(slot, "id", conditions) {
            return (Source::Id(id), 1);
        }
        let no_event =
            test.and_then(Test::one_of).is_some_and(|labels| labels.iter().all(|l| *l != Label::Event));
        match equal_to(slot, "name", conditions) {
            // Events have no index by name.
            Some(Value::Text(name)) if no_event => {
                let count = self.graph.called(&name).len();
                (Source::Name(name), count)
            }
            Some(Value::Text(_)) => (Source::All, all / 2),
            _ if test.is_some() => (Source::All, all / 2 + 1),
            _ => (Source::All, all),
        }
    }

    fn walk(
        &self,
        chain: &Chain,
        start: Start,
        conditions: &[Condition],
        bound: &mut BTreeSet<usize>,
        steps: &mut Vec<Step>,
        binds: &mut Vec<BTreeSet<usize>>,
    ) {
        let mut add = |step: Step, slots: &[usize], bound: &mut BTreeSet<usize>| {
            bound.extend(slots);
            steps.push(step);
            binds.push(bound.clone());
        };
        let (mut left, mut right) = match start {
            Start::Node(at) => {
                let (slot, test) = &chain.nodes[at];
                let source = if bound.contains(slot) {
                    Source::Bound
                } else {
                    self.node_source(*slot, test.as_ref(), conditions).0
                };
                add(Step::Node { slot: *slot, source, test: test.clone() }, &[*slot], bound);
                (at, at)
            }
            Start::Edge(at) => {
                let edge = &chain.edges[at];
                let (left, right) = (&chain.nodes[at], &chain.nodes[at + 1]);
                let relations = relations(edge.types.as_ref()).unwrap_or_default();
                let step = Step::Edges {
                    slot: edge.slot,
                    relations,
                    days: days(edge.slot, conditions),
                    way: edge.way,
                    left: (left.0, bound.contains(&left.0), left.1.clone()),
                    right: (right.0, bound.contains(&right.0), right.1.clone()),
                };
                add(step, &[edge.slot, left.0, right.0], bound);
                (at, at + 1)
            }
        };
        while right + 1 < chain.nodes.len() {
            let step = expand(chain, right, right + 1, right, false, bound);
            add(step, &[chain.edges[right].slot, chain.nodes[right + 1].0], bound);
            right += 1;
        }
        while left > 0 {
            let step = expand(chain, left, left - 1, left - 1, true, bound);
            add(step, &[chain.edges[left - 1].slot, chain.nodes[left - 1].0], bound);
            left -= 1;
        }
        if let Some(slot) = chain.path {
            let nodes = chain.nodes.iter().map(|(s, _)| *s).collect();
            let edges = chain.edges.iter().map(|e| e.slot).collect();
            add(Step::Path { slot, nodes, edges }, &[slot], bound);
        }
    }

    // ---- projections ----

    fn projection(&mut self, mut projection: Projection, plan: &mut Plan) -> Result<(), Fault> {
        if projection.everything {
            let mut all: Vec<(Expr, At<String>)> = Vec::new();
            for (name, _) in &self.names {
                let at = At { it: name.clone(), span: projection.span.clone() };
                if !all.iter().any(|(_, known)| known.it == *name) {
                    let variable = Kind::Variable(name.clone());
                    all.push((At { it: Box::new(variable), span: projection.span.clone() }, at));
                }
            }
            if all.is_empty() && projection.items.is_empty() {
                return Err(Fault::new(&projection.span, "there is no variable that `*` could stand for"));
            }
            all.append(&mut projection.items);
            projection.items = all;
        }
        for (at, (_, name)) in projection.items.iter().enumerate() {
            if !name.it.is_empty() && projection.items[..at].iter().any(|(_, other)| other.it == name.it) {
                return Err(Fault::new(&name.span, format!("two columns are called `{}`", name.it)));
            }
        }
        let grouped = projection.items.iter().any(|(e, _)| has_aggregate(e))
            || projection.order.iter().any(|(e, _)| has_aggregate(e));
        let mut codes = Vec::new();
        if grouped {
            self.grouped(&projection, &mut codes, plan)?;
        } else {
            for (item, _) in &projection.items {
                codes.push(self.code(item)?);
            }
            for (key, _) in &projection.order {
                codes.push(match by_alias(key, &projection) {
                    Some(at) => codes[at].clone(),
                    None => self.code(&with_aliases(key, &projection))?,
                });
            }
        }
        let visible = projection.items.len();
        let width = self.width;
        plan.stages.push(Stage::Project { codes, width });
        if projection.distinct {
            plan.stages.push(Stage::Distinct { visible });
        }
        let skip = self.whole(projection.skip.as_ref())?.unwrap_or(0);
        let limit = self.whole(projection.limit.as_ref())?;
        if !projection.order.is_empty() {
            let down = projection.order.iter().map(|(_, down)| *down).collect();
            plan.stages.push(Stage::Sort { visible, down, keep: limit.map(|l| l.saturating_add(skip)) });
        }
        plan.stages.push(Stage::Slice { skip, limit, visible });
        self.names =
            projection.items.iter().enumerate().map(|(at, (_, name))| (name.it.clone(), at)).collect();
        self.width = visible;
        if let Some(filter) = &projection.filter {
            let code = self.code(filter)?;
            plan.stages.push(Stage::Filter { code, width: self.width });
        }
        plan.columns = projection.items.into_iter().map(|(_, name)| name).collect();
        Ok(())
    }

    /// Splits items into what is grouped by and what is counted; items are then worked out from those.
    fn grouped(
        &mut self,
        projection: &Projection,
        codes: &mut Vec<Code>,
        plan: &mut Plan,
    ) -> Result<(), Fault> {
        let mut grouping = Grouping { keys: Vec::new(), sums: Vec::new(), calls: Vec::new() };
        for (item, _) in projection.items.iter().filter(|(e, _)| !has_aggregate(e)) {
            let code = self.code(item)?;
            grouping.keys.push((item.clone(), code));
        }
        let all = projection.items.iter().map(|(e, _)| e).chain(projection.order.iter().map(|(e, _)| e));
        for item in all {
            self.aggregates(item, &mut grouping)?;
        }
        for (item, _) in &projection.items {
            codes.push(self.over_groups(item, &grouping)?);
        }
        for (key, _) in &projection.order {
            codes.push(match by_alias(key, projection) {
                Some(at) => codes[at].clone(),
                None => self.over_groups(&with_aliases(key, projection), &grouping)?,
            });
        }
        let keys = grouping.keys.into_iter().map(|(_, code)| code).collect();
        plan.stages.push(Stage::Group { keys, sums: grouping.sums, width: self.width });
        Ok(())
    }

    /// Notes every aggregate of an expression.
    fn aggregates(&mut self, e: &Expr, grouping: &mut Grouping) -> Result<(), Fault> {
        if let Kind::Call { name, distinct, star, arguments } = &*e.it
            && let Some(sum) = Sum::named(&name.it)
        {
            if grouping.calls.iter().any(|known| same(known, e)) {
                return Ok(());
            }
            let of = match arguments.as_slice() {
                [] if *star && sum == Sum::Count => None,
                [only] if has_aggregate(only) => {
                    return Err(Fault::new(&only.span, "an aggregate cannot stand inside another"));
                }
                [only] => Some(self.code(only)?),
                _ => return Err(Fault::new(&e.span, format!("{} takes one argument", name.it))),
            };
            grouping.calls.push(e.clone());
            grouping.sums.push(Aggregate { sum, distinct: *distinct, of });
            return Ok(());
        }
        children(e).into_iter().try_for_each(|child| self.aggregates(child, grouping))
    }

    /// An expression over the row of a group: keys first, then aggregates.
    fn over_groups(&mut self, e: &Expr, grouping: &Grouping) -> Result<Code, Fault> {
        let slots = grouping.keys.len() + grouping.calls.len();
        self.width = self.width.max(slots);
        let names = (0..slots).map(|slot| (slot_name(slot), slot)).collect();
        let read = by_slots(e, grouping)?;
        let names = std::mem::replace(&mut self.names, names);
        let code = self.code(&read);
        self.names = names;
        code
    }

    /// A whole number that is known before the query runs.
    fn whole(&mut self, e: Option<&Expr>) -> Result<Option<usize>, Fault> {
        let Some(e) = e else { return Ok(None) };
        match *self.code(e)?.it {
            CodeKind::Constant(Value::Whole(n)) if n >= 0 => {
                Ok(Some(usize::try_from(n).unwrap_or(usize::MAX)))
            }
            _ => Err(Fault::new(&e.span, "SKIP and LIMIT take a whole number, 0 or more")),
        }
    }

    // ---- expressions ----

    fn code(&mut self, e: &Expr) -> Result<Code, Fault> {
        let kind = match &*e.it {
            Kind::Literal(value) => CodeKind::Constant(value.clone()),
            Kind::Variable(name) => {
                let Some(slot) = self.slot(name) else {
                    let known: BTreeSet<&str> = self.names.iter().map(|(n, _)| n.as_str()).collect();
                    return Err(Fault::unknown(&e.span, "variable", name, known.into_iter()));
                };
                self.used.insert(slot);
                CodeKind::Slot(slot)
            }
            Kind::Parameter(name) => match self.parameters.get(name) {
                Some(value) => CodeKind::Constant(value.clone()),
                None => {
                    return Err(Fault::new(
                        &e.span,
                        format!("the parameter `${name}` has no value; give it with --param {name}=…"),
                    ));
                }
            },
            Kind::Property(of, name) => {
                if !matches!(*of.it, Kind::Map(_)) {
                    let end = e.span.end;
                    schema::check_property(&(end.saturating_sub(name.len())..end), name)?;
                }
                CodeKind::Property(self.code(of)?, name.clone())
            }
            Kind::Index(of, at) => CodeKind::Index(self.code(of)?, self.code(at)?),
            Kind::Slice(of, from, to) => {
                CodeKind::Slice(self.code(of)?, self.maybe(from.as_ref())?, self.maybe(to.as_ref())?)
            }
            Kind::List(items) => CodeKind::List(self.codes(items)?),
            Kind::Map(entries) => CodeKind::Map(
                entries.iter().map(|(k, v)| Ok((k.clone(), self.code(v)?))).collect::<Result<_, Fault>>()?,
            ),
            Kind::Not(of) => CodeKind::Not(self.code(of)?),
            Kind::Minus(of) => CodeKind::Minus(self.code(of)?),
            Kind::And(a, b) => CodeKind::And(self.code(a)?, self.code(b)?),
            Kind::Or(a, b) => CodeKind::Or(self.code(a)?, self.code(b)?),
            Kind::Xor(a, b) => CodeKind::Xor(self.code(a)?, self.code(b)?),
            Kind::Binary(operator, a, b) => CodeKind::Binary(*operator, self.code(a)?, self.code(b)?),
            Kind::IsNull { of, negated } => CodeKind::IsNull(self.code(of)?, *negated),
            Kind::HasLabels { of, labels, negated } => {
                let (nodes, edges) = (Test::of(labels, &schema::label), Test::of(labels, &schema::edge_type));
                if let (Err(fault), Err(_)) = (&nodes, &edges) {
                    return Err(fault.clone());
                }
                CodeKind::HasLabels {
                    of: self.code(of)?,
                    nodes: nodes.ok(),
                    edges: edges.ok(),
                    negated: *negated,
                }
            }
            Kind::Call { name, distinct, star, arguments } => {
                return self.call(e, name, *distinct || *star, arguments);
            }
            Kind::Case { of, when, otherwise } => CodeKind::Case {
                of: self.maybe(of.as_ref())?,
                when: when
                    .iter()
                    .map(|(c, v)| Ok((self.code(c)?, self.code(v)?)))
                    .collect::<Result<_, Fault>>()?,
                otherwise: self.maybe(otherwise.as_ref())?,
            },
            Kind::Comprehension { variable, list, filter, map } => {
                let list = self.code(list)?;
                let slot = self.bind(&variable.it);
                let (filter, map) = (self.maybe(filter.as_ref()), self.maybe(map.as_ref()));
                self.unbind(slot);
                CodeKind::Comprehension { slot, list, filter: filter?, map: map? }
            }
            Kind::Quantified { quantifier, variable, list, filter } => {
                let list = self.code(list)?;
                let slot = self.bind(&variable.it);
                let filter = self.code(filter);
                self.unbind(slot);
                CodeKind::Quantified { quantifier: *quantifier, slot, list, filter: filter? }
            }
            Kind::Exists { parts, filter } => {
                let (names, used) = (self.names.clone(), std::mem::take(&mut self.used));
                let outer: BTreeSet<usize> = names.iter().map(|(_, s)| *s).collect();
                let matched = self.pattern(parts, filter.as_ref());
                self.names = names;
                let matched = matched?;
                self.used = used;
                self.used.extend(matched.slots().into_iter().filter(|s| outer.contains(s)));
                // What the conditions inside read is not known step by step: all that is named must be there.
                self.used.extend(reads(filter.as_ref(), &self.names));
                for part in parts {
                    let nodes = part.nodes.iter().flat_map(|n| &n.properties);
                    for (_, value) in nodes.chain(part.edges.iter().flat_map(|e| &e.properties)) {
                        self.used.extend(reads(Some(value), &self.names));
                    }
                }
                CodeKind::Exists(matched)
            }
        };
        Ok(Code { it: Box::new(kind), span: e.span.clone() })
    }

    fn call(&mut self, e: &Expr, name: &At<String>, counts: bool, arguments: &[Expr]) -> Result<Code, Fault> {
        if Sum::named(&name.it).is_some() {
            return Err(Fault::new(&e.span, "an aggregate stands in WITH or RETURN only"));
        }
        let function = Function::named(name)?;
        if counts {
            return Err(Fault::new(&e.span, format!("{} takes neither DISTINCT nor *", name.it)));
        }
        let arguments = self.codes(arguments)?;
        function.check(&e.span, arguments.len())?;
        let constants: Option<Vec<Value>> = arguments
            .iter()
            .map(|a| if let CodeKind::Constant(v) = &*a.it { Some(v.clone()) } else { None })
            .collect();
        let kind = match constants {
            // Worked out once; a wrong date is found before anything runs.
            Some(values) => CodeKind::Constant(function.call(self.graph, &values, &e.span)?),
            None => CodeKind::Call(function, arguments),
        };
        Ok(Code { it: Box::new(kind), span: e.span.clone() })
    }

    fn codes(&mut self, each: &[Expr]) -> Result<Vec<Code>, Fault> {
        each.iter().map(|e| self.code(e)).collect()
    }

    fn maybe(&mut self, e: Option<&Expr>) -> Result<Option<Code>, Fault> {
        e.map(|e| self.code(e)).transpose()
    }

    fn unbind(&mut self, slot: usize) {
        self.names.retain(|(_, s)| *s != slot);
        self.used.remove(&slot);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Node(usize),
    Edge(usize),
}

struct Grouping {
    keys: Vec<(Expr, Code)>,
    sums: Vec<Aggregate>,
    calls: Vec<Expr>,
}

/// The name, which nobody can write, of a slot in the row of a group.
fn slot_name(slot: usize) -> String {
    format!("\u{0}{slot}")
}

/// An expression with what is grouped by or counted replaced by the slots that have it.
fn by_slots(e: &Expr, grouping: &Grouping) -> Result<Expr, Fault> {
    let at_key = grouping.keys.iter().position(|(key, _)| same(key, e));
    let at_sum = || grouping.calls.iter().position(|c| same(c, e)).map(|n| n + grouping.keys.len());
    if let Some(slot) = at_key.or_else(at_sum) {
        return Ok(At { it: Box::new(Kind::Variable(slot_name(slot))), span: e.span.clone() });
    }
    if let Kind::Variable(name) = &*e.it {
        return Err(Fault::new(
            &e.span,
            format!("`{name}` is neither counted nor grouped by; make it an item of its own"),
        ));
    }
    let mut e = e.clone();
    for child in children_mut(&mut e.it) {
        *child = by_slots(child, grouping)?;
    }
    Ok(e)
}

/// A step from one node of a chain to its neighbour.
fn expand(
    chain: &Chain,
    from: usize,
    to: usize,
    edge: usize,
    backwards: bool,
    bound: &BTreeSet<usize>,
) -> Step {
    let edge = &chain.edges[edge];
    let way = match (edge.way, backwards) {
        (Way::Right, true) => Way::Left,
        (Way::Left, true) => Way::Right,
        (way, _) => way,
    };
    let (to, test) = &chain.nodes[to];
    Step::Expand {
        from: chain.nodes[from].0,
        edge: EdgeStep {
            slot: edge.slot,
            is_bound: bound.contains(&edge.slot),
            types: edge.types.clone(),
            way,
            length: edge.length,
            backwards,
        },
        to: *to,
        to_is_bound: bound.contains(to),
        test: test.clone(),
    }
}

fn relations(types: Option<&Test<Type>>) -> Option<Vec<Relation>> {
    let mut found = Vec::new();
    for wanted in types?.one_of()? {
        match wanted {
            Type::Relation(relation) if !found.contains(&relation) => found.push(relation),
            Type::Relation(_) => {}
            Type::Role(_) => return None,
        }
    }
    Some(found)
}

/// The value that a condition demands of a property.
fn equal_to(slot: usize, property: &str, conditions: &[Condition]) -> Option<Value> {
    conditions.iter().find_map(|c| {
        let CodeKind::Binary(Operator::Equal, a, b) = &*c.code.it else { return None };
        [(a, b), (b, a)].into_iter().find_map(|(of, value)| match (&*of.it, &*value.it) {
            (CodeKind::Property(of, name), CodeKind::Constant(value)) if name == property => {
                matches!(*of.it, CodeKind::Slot(s) if s == slot).then(|| value.clone())
            }
            _ => None,
        })
    })
}

/// First and last day that conditions leave for the date of an edge.
fn days(slot: usize, conditions: &[Condition]) -> (Option<i64>, Option<i64>) {
    let (mut from, mut to): (Option<i64>, Option<i64>) = (None, None);
    for condition in conditions {
        let CodeKind::Binary(operator, of, value) = &*condition.code.it else { continue };
        let (CodeKind::Property(of, name), CodeKind::Constant(value)) = (&*of.it, &*value.it) else {
            continue;
        };
        let date = match value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        let Some(day) = date.map(crate::ontology::PartialDate::days_since_epoch) else { continue };
        if name != "date" || !matches!(*of.it, CodeKind::Slot(s) if s == slot) {
            continue;
        }
        if matches!(operator, Operator::Greater | Operator::GreaterEqual | Operator::Equal) {
            from = Some(from.map_or(day, |f| f.max(day)));
        }
        if matches!(operator, Operator::Less | Operator::LessEqual | Operator::Equal) {
            to = Some(to.map_or(day, |t| t.min(day)));
        }
    }
    (from, to)
}

fn conjuncts(e: &Expr) -> Vec<&Expr> {
    match &*e.it {
        Kind::And(a, b) => conjuncts(a).into_iter().chain(conjuncts(b)).collect(),
        _ => vec![e],
    }
}

/// The item that a sort key is, by name or word for word.
fn by_alias(key: &Expr, projection: &Projection) -> Option<usize> {
    projection
        .items
        .iter()
        .position(|(item, name)| same(item, key) || matches!(&*key.it, Kind::Variable(v) if *v == name.it))
}

/// A sort key with the names of items replaced by what they stand for.
fn with_aliases(key: &Expr, projection: &Projection) -> Expr {
    let mut key = key.clone();
    if let Some(at) = by_alias(&key, projection) {
        return projection.items[at].0.clone();
    }
    for child in children_mut(&mut key.it) {
        *child = with_aliases(child, projection);
    }
    key
}

/// Slots of the names that an expression reads.
fn reads(e: Option<&Expr>, names: &[(String, usize)]) -> BTreeSet<usize> {
    let Some(e) = e else { return BTreeSet::new() };
    let own = match &*e.it {
        Kind::Variable(name) => names.iter().rev().find(|(n, _)| n == name).map(|(_, s)| *s),
        _ => None,
    };
    own.into_iter().chain(children(e).into_iter().flat_map(|c| reads(Some(c), names))).collect()
}

fn has_aggregate(e: &Expr) -> bool {
    matches!(&*e.it, Kind::Call { name, .. } if Sum::named(&name.it).is_some())
        || children(e).into_iter().any(has_aggregate)
}

/// Whether two expressions are written alike, wherever they stand.
fn same(a: &Expr, b: &Expr) -> bool {
    fn bare(e: &Expr) -> Expr {
        let mut e = At { it: e.it.clone(), span: 0..0 };
        if let Kind::Call { name, .. } = &mut *e.it {
            name.span = 0..0;
        }
        for child in children_mut(&mut e.it) {
            *child = bare(child);
        }
        e
    }
    bare(a) == bare(b)
}

fn children(e: &Expr) -> Vec<&Expr> {
    match &*e.it {
        Kind::Literal(_) | Kind::Variable(_) | Kind::Parameter(_) | Kind::Exists { .. } => Vec::new(),
        Kind::Property(of, _) | Kind::Not(of) | Kind::Minus(of) => vec![of],
        Kind::IsNull { of, .. } | Kind::HasLabels { of, .. } => vec![of],
        Kind::Index(a, b) | Kind::And(a, b) | Kind::Or(a, b) | Kind::Xor(a, b) | Kind::Binary(_, a, b) => {
            vec![a, b]
        }
        Kind::Slice(of, from, to) => [Some(of), from.as_ref(), to.as_ref()].into_iter().flatten().collect(),
        Kind::List(items) | Kind::Call { arguments: items, .. } => items.iter().collect(),
        Kind::Map(entries) => entries.iter().map(|(_, v)| v).collect(),
        Kind::Case { of, when, otherwise } => {
            let when = when.iter().flat_map(|(c, v)| [c, v]);
            of.iter().chain(when).chain(otherwise).collect()
        }
        Kind::Comprehension { list, filter, map, .. } => {
            [list].into_iter().chain(filter).chain(map).collect()
        }
        Kind::Quantified { list, filter, .. } => vec![list, filter],
    }
}

fn children_mut(kind: &mut Kind) -> Vec<&mut Expr> {
    match kind {
        Kind::Literal(_) | Kind::Variable(_) | Kind::Parameter(_) | Kind::Exists { .. } => Vec::new(),
        Kind::Property(of, _) | Kind::Not(of) | Kind::Minus(of) => vec![of],
        Kind::IsNull { of, .. } | Kind::HasLabels { of, .. } => vec![of],
        Kind::Index(a, b) | Kind::And(a, b) | Kind::Or(a, b) | Kind::Xor(a, b) | Kind::Binary(_, a, b) => {
            vec![a, b]
        }
        Kind::Slice(of, from, to) => [Some(of), from.as_mut(), to.as_mut()].into_iter().flatten().collect(),
        Kind::List(items) | Kind::Call { arguments: items, .. } => items.iter_mut().collect(),
        Kind::Map(entries) => entries.iter_mut().map(|(_, v)| v).collect(),
        Kind::Case { of, when, otherwise } => {
            let when = when.iter_mut().flat_map(|(c, v)| [c, v]);
            of.iter_mut().chain(when).chain(otherwise).collect()
        }
        Kind::Comprehension { list, filter, map, .. } => {
            [list].into_iter().chain(filter).chain(map).collect()
        }
        Kind::Quantified { list, filter, .. } => vec![list, filter],
    }
}
