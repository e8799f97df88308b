//! Text to the tree of the subset. Parsed by `open-cypher`, which knows the whole language; named here
//! only. What the subset has not is refused by name.

use super::fault::Fault;
use super::tree::{
    At, Clause, EdgePattern, Expr, Kind, Labels, NodePattern, Operator, Part, Projection, Quantifier, Span,
    Way,
};
use super::value::Value;
use open_cypher::ast;

/// Longest chain of a variable length without an upper end.
const LONGEST: usize = 8;

/// A query with `MATCH` put before a bare pattern in `EXISTS { … }`: the parser takes labels there only so.
pub(super) struct Completed {
    pub text: String,
    /// Where something was put in, counted in the text as written.
    places: Vec<usize>,
}

const PUT_IN: &str = "MATCH ";

impl Completed {
    pub fn of(written: &str) -> Self {
        let (mut text, mut places) = (String::with_capacity(written.len()), Vec::new());
        let mut quote = None;
        let mut word = String::new();
        for (at, c) in written.char_indices() {
            match quote {
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if matches!(c, '\'' | '"' | '`') => quote = Some(c),
                None if c == '{' && word.eq_ignore_ascii_case("exists") => {
                    text.push(c);
                    let inside = &written[at + 1..];
                    if inside.trim_start().starts_with('(') {
                        places.push(at + 1);
                        text.push_str(PUT_IN);
                    }
                    word.clear();
                    continue;
                }
                None => {}
            }
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
            } else if !c.is_whitespace() || quote.is_some() || !written[at..].trim_start().starts_with('{') {
                word.clear();
            }
            text.push(c);
        }
        Self { text, places }
    }

    /// A fault with its place in the text as written.
    pub fn as_written(&self, fault: Fault) -> Fault {
        let back = |at: usize| {
            let mut at = at;
            for place in &self.places {
                if at > *place {
                    at = at.saturating_sub(PUT_IN.len()).max(*place);
                }
            }
            at
        };
        Fault { span: back(fault.span.start)..back(fault.span.end), message: fault.message }
    }
}

/// Reads a query.
pub(super) fn read(text: &str) -> Result<Vec<Clause>, Fault> {
    let parsed = open_cypher::parse(text).map_err(|errors| match errors.diagnostics().first() {
        Some(first) => {
            let help = first.help.as_ref().map(|h| format!("; {h}")).unwrap_or_default();
            Fault::new(&span(first.primary_span), format!("{}{help}", first.message))
        }
        None => Fault::new(&(0..text.len()), "this is no query"),
    })?;
    let whole = 0..text.len();
    let [statement] = parsed.program.statements.as_slice() else {
        return Err(Fault::new(
            &whole,
            "write one query, such as MATCH (a)-[r:accuses]->(b) RETURN a.name, b.name",
        ));
    };
    let ast::StatementKind::Query(statement) = &statement.kind else {
        return Err(Fault::outside(&whole, "this statement"));
    };
    if let Some(mode) = &statement.mode {
        return Err(Fault::outside(&span(mode.span), "EXPLAIN or PROFILE"));
    }
    let clauses = single_query(&statement.query)?;
    let returns = |c: &Clause| matches!(c, Clause::Project(p) if p.is_return);
    if !clauses.last().is_some_and(returns) {
        return Err(Fault::new(
            &(text.trim_end().len().saturating_sub(1)..text.trim_end().len()),
            "a query ends with RETURN",
        ));
    }
    if let Some(Clause::Project(early)) = clauses[..clauses.len() - 1].iter().find(|c| returns(c)) {
        return Err(Fault::new(&early.span, "RETURN stands at the end; use WITH before"));
    }
    Ok(clauses)
}

/// A value as it is written in a query.
pub(super) fn literal(text: &str) -> Option<Value> {
    let clauses = read(&format!("RETURN {text}")).ok()?;
    let [Clause::Project(projection)] = clauses.as_slice() else { return None };
    let [(expression, _)] = projection.items.as_slice() else { return None };
    constant(expression)
}

fn constant(expression: &Expr) -> Option<Value> {
    match &*expression.it {
        Kind::Literal(value) => Some(value.clone()),
        Kind::List(items) => items.iter().map(constant).collect::<Option<Vec<_>>>().map(Value::List),
        Kind::Minus(of) => match constant(of)? {
            Value::Whole(n) => n.checked_neg().map(Value::Whole),
            Value::Float(n) => Some(Value::Float(-n)),
            _ => None,
        },
        _ => None,
    }
}

fn single_query(query: &ast::Query) -> Result<Vec<Clause>, Fault> {
    let ast::QueryKind::Regular(regular) = &query.kind else {
        return Err(Fault::outside(&span(query.span), "this query"));
    };
    if let Some(branch) = regular.unions.first() {
        return Err(Fault::outside(&span(branch.operator.span), "UNION"));
    }
    regular.head.kind.clauses.iter().map(clause).collect()
}

fn clause(clause: &ast::Clause) -> Result<Clause, Fault> {
    let here = span(clause.span);
    let outside = |what: &str| Err(Fault::outside(&here, what));
    match &clause.kind {
        ast::ClauseKind::Match(clause) => {
            if let Some(mode) = &clause.mode {
                return Err(Fault::outside(&span(mode.span), "a path mode"));
            }
            if let Some(hint) = clause.hints.first() {
                return Err(Fault::outside(&span(hint.span), "a planner hint"));
            }
            Ok(Clause::Match {
                optional: clause.optional,
                parts: parts(&clause.pattern)?,
                filter: clause.where_clause.as_ref().map(expr).transpose()?,
                span: here,
            })
        }
        ast::ClauseKind::Unwind(clause) => {
            Ok(Clause::Unwind { list: expr(&clause.expression)?, variable: name(&clause.variable) })
        }
        ast::ClauseKind::With(clause) => {
            projection(&clause.projection, false, clause.where_clause.as_ref().map(expr).transpose()?)
        }
        ast::ClauseKind::Return(clause) => projection(&clause.projection, true, None),
        ast::ClauseKind::Use(_) => outside("USE"),
        ast::ClauseKind::Let(_) => outside("LET"),
        ast::ClauseKind::Create(_) => outside("CREATE (queries only read)"),
        ast::ClauseKind::Insert(_) => outside("INSERT (queries only read)"),
        ast::ClauseKind::Merge(_) => outside("MERGE (queries only read)"),
        ast::ClauseKind::Delete(_) => outside("DELETE (queries only read)"),
        ast::ClauseKind::Set(_) => outside("SET (queries only read)"),
        ast::ClauseKind::Remove(_) => outside("REMOVE (queries only read)"),
        ast::ClauseKind::Foreach(_) => outside("FOREACH (queries only read)"),
        ast::ClauseKind::LoadCsv(_) => outside("LOAD CSV"),
        ast::ClauseKind::Call(_) => outside("CALL"),
        ast::ClauseKind::Select(_) => outside("SELECT"),
        ast::ClauseKind::Next(_) => outside("NEXT"),
        ast::ClauseKind::Filter(_) => outside("FILTER (use WITH … WHERE)"),
        ast::ClauseKind::Finish => outside("FINISH"),
        _ => outside("this clause"),
    }
}

fn projection(p: &ast::ProjectionClause, is_return: bool, filter: Option<Expr>) -> Result<Clause, Fault> {
    let mut items = Vec::new();
    let mut everything = false;
    for item in &p.items {
        match &item.kind {
            ast::ProjectionItemKind::Wildcard => everything = true,
            ast::ProjectionItemKind::Expression { expression, alias } => {
                let read = expr(expression)?;
                let named = match (alias, &*read.it) {
                    (Some(alias), _) => name(alias),
                    (None, Kind::Variable(variable)) => At { it: variable.clone(), span: read.span.clone() },
                    (None, _) if is_return => At { it: String::new(), span: read.span.clone() },
                    (None, _) => {
                        return Err(Fault::new(&read.span, "give it a name with AS, which WITH needs"));
                    }
                };
                items.push((read, named));
            }
            _ => return Err(Fault::outside(&span(item.span), "this item")),
        }
    }
    let mut order = Vec::new();
    for item in p.order_by.iter().flat_map(|o| &o.items) {
        if let Some(nulls) = &item.nulls {
            return Err(Fault::outside(&span(nulls.span), "NULLS FIRST or LAST"));
        }
        let down = item.direction.as_ref().is_some_and(|d| d.kind == ast::SortDirection::Descending);
        order.push((expr(&item.expression)?, down));
    }
    Ok(Clause::Project(Projection {
        is_return,
        distinct: p.quantifier.as_ref().is_some_and(|q| q.kind == ast::SetQuantifier::Distinct),
        everything,
        items,
        order,
        skip: p.skip.as_ref().or(p.offset.as_ref()).map(expr).transpose()?,
        limit: p.limit.as_ref().map(expr).transpose()?,
        filter,
        span: span(p.span),
    }))
}

// ---- patterns ----

fn parts(pattern: &ast::Pattern) -> Result<Vec<Part>, Fault> {
    pattern.parts.iter().map(part).collect()
}

fn part(part: &ast::PatternPart) -> Result<Part, Fault> {
    if let Some(selector) = &part.kind.selector {
        return Err(Fault::outside(&span(selector.span), "a path selector (use `whom path`)"));
    }
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for factor in &part.kind.path.kind.factors {
        let here = span(factor.span);
        match &factor.kind {
            ast::PathFactorKind::Node(node) => nodes.push(node_pattern(node, here)?),
            ast::PathFactorKind::Relationship(edge) => edges.push(edge_pattern(edge, here)?),
            ast::PathFactorKind::LegacyShortest { .. } => {
                return Err(Fault::outside(&here, "shortestPath (use `whom path`)"));
            }
            _ => return Err(Fault::outside(&here, "a quantified or nested path")),
        }
    }
    let here = span(part.span);
    if nodes.len() != edges.len() + 1 {
        return Err(Fault::new(
            &here,
            "a chain of a pattern starts and ends with a node, as in (a)-[r]->(b)",
        ));
    }
    Ok(Part { path: part.kind.binding.as_ref().map(name), nodes, edges, span: here })
}

fn node_pattern(node: &ast::NodePattern, here: Span) -> Result<NodePattern, Fault> {
    if let Some(inner) = &node.where_clause {
        return Err(Fault::outside(&span(inner.span), "WHERE inside a node (write it after the pattern)"));
    }
    Ok(NodePattern {
        variable: node.variable.as_ref().map(name),
        labels: node.labels.as_ref().map(labels).transpose()?,
        properties: properties(node.properties.as_deref())?,
        span: here,
    })
}

fn edge_pattern(edge: &ast::RelationshipPattern, here: Span) -> Result<EdgePattern, Fault> {
    if let Some(inner) = &edge.where_clause {
        return Err(Fault::outside(&span(inner.span), "WHERE inside an edge (write it after the pattern)"));
    }
    if let Some(quantifier) = &edge.graph_quantifier {
        return Err(Fault::outside(&span(quantifier.span), "a quantifier after an edge (write -[*1..3]-)"));
    }
    Ok(EdgePattern {
        variable: edge.variable.as_ref().map(name),
        types: edge.labels.as_ref().map(labels).transpose()?,
        properties: properties(edge.properties.as_deref())?,
        direction: match edge.direction.kind {
            ast::RelationshipDirection::Left => Way::Left,
            ast::RelationshipDirection::Right => Way::Right,
            _ => Way::Either,
        },
        length: edge.legacy_quantifier.as_ref().map(length).transpose()?,
        span: here,
    })
}

fn length(quantifier: &ast::Quantifier) -> Result<(usize, usize), Fault> {
    let here = span(quantifier.span);
    let number = |text: &str| {
        text.parse::<usize>().map_err(|_| Fault::new(&here, format!("`{text}` is no number of edges")))
    };
    let (least, most) = match &quantifier.kind {
        ast::QuantifierKind::Fixed(n) => (number(n)?, number(n)?),
        ast::QuantifierKind::Range { lower, upper } => (
            lower.as_deref().map_or(Ok(1), number)?,
            upper.as_deref().map(number).transpose()?.unwrap_or(LONGEST),
        ),
        // `*` alone.
        ast::QuantifierKind::ZeroOrMore => (1, LONGEST),
        _ => return Err(Fault::outside(&here, "this quantifier")),
    };
    if most > LONGEST {
        return Err(Fault::new(&here, format!("chains of more than {LONGEST} edges are outside the subset")));
    }
    Ok((least, most))
}

fn labels(expression: &ast::LabelExpression) -> Result<Labels, Fault> {
    let all = |each: &[ast::LabelExpression]| each.iter().map(labels).collect::<Result<Vec<_>, _>>();
    Ok(match &expression.kind {
        ast::LabelExpressionKind::Name(label) => Labels::Name(name(label)),
        ast::LabelExpressionKind::Wildcard => Labels::Any,
        ast::LabelExpressionKind::Not(inner) => Labels::Not(Box::new(labels(inner)?)),
        ast::LabelExpressionKind::And(each) => Labels::And(all(each)?),
        ast::LabelExpressionKind::Or(each) => Labels::Or(all(each)?),
        ast::LabelExpressionKind::Parenthesized(inner) => labels(inner)?,
        _ => return Err(Fault::outside(&span(expression.span), "this label")),
    })
}

fn properties(map: Option<&ast::Expr>) -> Result<Vec<(At<String>, Expr)>, Fault> {
    let Some(map) = map else { return Ok(Vec::new()) };
    match &map.kind {
        ast::ExprKind::Map(entries) => entries.iter().map(|e| Ok((name(&e.key), expr(&e.value)?))).collect(),
        _ => Err(Fault::outside(&span(map.span), "a parameter as the properties of a pattern")),
    }
}

// ---- expressions ----

fn expr(expression: &ast::Expr) -> Result<Expr, Fault> {
    let here = span(expression.span);
    let outside = |what: &str| Err(Fault::outside(&here, what));
    let boxed = |e: &ast::Expr| expr(e);
    let kind = match &expression.kind {
        ast::ExprKind::Parenthesized(inner) => return Ok(Expr { span: here, ..expr(inner)? }),
        ast::ExprKind::Literal(literal) => Kind::Literal(literal_value(literal)?),
        ast::ExprKind::Variable(variable) => Kind::Variable(variable.kind.text.clone()),
        ast::ExprKind::Parameter(parameter) => match &parameter.name {
            ast::ParameterName::Named(name) | ast::ParameterName::Positional(name) => {
                Kind::Parameter(name.clone())
            }
            _ => return outside("this parameter"),
        },
        ast::ExprKind::List(items) => Kind::List(items.iter().map(expr).collect::<Result<_, _>>()?),
        ast::ExprKind::Map(entries) => Kind::Map(
            entries
                .iter()
                .map(|e| Ok((e.key.kind.text.clone(), expr(&e.value)?)))
                .collect::<Result<_, Fault>>()?,
        ),
        ast::ExprKind::Unary { operator, operand } => match operator.kind {
            ast::UnaryOperator::Not => Kind::Not(boxed(operand)?),
            ast::UnaryOperator::Minus => Kind::Minus(boxed(operand)?),
            _ => return expr(operand),
        },
        ast::ExprKind::Binary { left, operator, right } => return binary(left, operator, right, here),
        ast::ExprKind::Is { expression, negated, predicate } => match predicate {
            ast::IsPredicate::Null => Kind::IsNull { of: boxed(expression)?, negated: *negated },
            ast::IsPredicate::Label(wanted) => {
                Kind::HasLabels { of: boxed(expression)?, labels: labels(wanted)?, negated: *negated }
            }
            _ => return outside("a test of type or normal form"),
        },
        ast::ExprKind::Property { expression, key } => {
            Kind::Property(boxed(expression)?, key.kind.text.clone())
        }
        ast::ExprKind::Index { expression, index } => Kind::Index(boxed(expression)?, boxed(index)?),
        ast::ExprKind::Slice { expression, lower, upper } => Kind::Slice(
            boxed(expression)?,
            lower.as_deref().map(expr).transpose()?,
            upper.as_deref().map(expr).transpose()?,
        ),
        ast::ExprKind::Function(call) => return function(call, here),
        ast::ExprKind::Case(case) => case_of(case)?,
        ast::ExprKind::ListComprehension(list) => Kind::Comprehension {
            variable: name(&list.variable),
            list: boxed(&list.list)?,
            filter: list.predicate.as_deref().map(expr).transpose()?,
            map: list.projection.as_deref().map(expr).transpose()?,
        },
        ast::ExprKind::QuantifiedPredicate(quantified) => Kind::Quantified {
            quantifier: match quantified.kind.kind {
                ast::QuantifiedPredicateKind::All => Quantifier::All,
                ast::QuantifiedPredicateKind::Any => Quantifier::Any,
                ast::QuantifiedPredicateKind::None => Quantifier::None,
                ast::QuantifiedPredicateKind::Single => Quantifier::Single,
                _ => return outside("this quantifier"),
            },
            variable: name(&quantified.variable),
            list: boxed(&quantified.list)?,
            filter: boxed(&quantified.predicate)?,
        },
        ast::ExprKind::Subquery(subquery) if subquery.kind.kind == ast::SubqueryExpressionKind::Exists => {
            match single_query(&subquery.query)?.as_slice() {
                [Clause::Match { optional: false, parts, filter, .. }] => {
                    Kind::Exists { parts: parts.clone(), filter: filter.clone() }
                }
                _ => return outside("EXISTS with more than one MATCH and its WHERE"),
            }
        }
        ast::ExprKind::Subquery(_) => return outside("a COUNT or COLLECT subquery"),
        ast::ExprKind::Pattern(pattern) => Kind::Exists { parts: parts(pattern)?, filter: None },
        ast::ExprKind::PatternComprehension(_) => return outside("a pattern comprehension"),
        ast::ExprKind::Reduce(_) => return outside("reduce"),
        ast::ExprKind::MapProjection(_) => return outside("a map projection"),
        ast::ExprKind::DynamicProperty { .. } => return outside("a dynamic property"),
        _ => return outside("this expression"),
    };
    Ok(At { it: Box::new(kind), span: here })
}

fn binary(
    left: &ast::Expr,
    operator: &ast::Node<ast::BinaryOperator>,
    right: &ast::Expr,
    here: Span,
) -> Result<Expr, Fault> {
    use ast::BinaryOperator as B;
    let at = |kind| At { it: Box::new(kind), span: here.clone() };
    let operation = match operator.kind {
        B::Or => return Ok(at(Kind::Or(expr(left)?, expr(right)?))),
        B::Xor => return Ok(at(Kind::Xor(expr(left)?, expr(right)?))),
        B::And => return Ok(at(Kind::And(expr(left)?, expr(right)?))),
        B::Equal => Operator::Equal,
        B::NotEqual => Operator::NotEqual,
        B::Less => Operator::Less,
        B::LessEqual => Operator::LessEqual,
        B::Greater => Operator::Greater,
        B::GreaterEqual => Operator::GreaterEqual,
        B::In => Operator::In,
        B::StartsWith => Operator::StartsWith,
        B::EndsWith => Operator::EndsWith,
        B::Contains => Operator::Contains,
        B::Add | B::Concat => Operator::Add,
        B::Subtract => Operator::Subtract,
        B::Multiply => Operator::Multiply,
        B::Divide => Operator::Divide,
        B::Remainder => Operator::Remainder,
        B::Power => Operator::Power,
        B::RegexMatch => {
            return Err(Fault::outside(&span(operator.span), "=~ (use CONTAINS, STARTS WITH or ENDS WITH)"));
        }
        _ => return Err(Fault::outside(&span(operator.span), "this operator")),
    };
    // `1 < x < 3` is `1 < x AND x < 3`.
    if is_comparison(operator.kind)
        && let ast::ExprKind::Binary { operator: inner, right: middle, .. } = &left.kind
        && is_comparison(inner.kind)
    {
        let second =
            At { it: Box::new(Kind::Binary(operation, expr(middle)?, expr(right)?)), span: here.clone() };
        return Ok(at(Kind::And(expr(left)?, second)));
    }
    Ok(at(Kind::Binary(operation, expr(left)?, expr(right)?)))
}

fn is_comparison(operator: ast::BinaryOperator) -> bool {
    use ast::BinaryOperator as B;
    matches!(operator, B::Equal | B::NotEqual | B::Less | B::LessEqual | B::Greater | B::GreaterEqual)
}

fn function(call: &ast::FunctionInvocation, here: Span) -> Result<Expr, Fault> {
    let [only] = call.name.parts.as_slice() else {
        return Err(Fault::outside(&span(call.name.span), "a function with a namespace"));
    };
    let called = At { it: only.kind.text.to_lowercase(), span: span(only.span) };
    if let ("exists", [argument]) = (called.it.as_str(), call.arguments.as_slice()) {
        // `exists((a)-->(b))` and `exists(a.date)`.
        let argument = expr(argument)?;
        let kind = match *argument.it {
            Kind::Exists { .. } => return Ok(argument),
            _ => Kind::IsNull { of: argument, negated: true },
        };
        return Ok(At { it: Box::new(kind), span: here });
    }
    let star = matches!(call.arguments.as_slice(), [only] if only.kind == ast::ExprKind::Wildcard);
    let arguments =
        if star { Vec::new() } else { call.arguments.iter().map(expr).collect::<Result<_, _>>()? };
    let distinct = call.quantifier.as_ref().is_some_and(|q| q.kind == ast::SetQuantifier::Distinct);
    Ok(At { it: Box::new(Kind::Call { name: called, distinct, star, arguments }), span: here })
}

fn case_of(case: &ast::CaseExpression) -> Result<Kind, Fault> {
    let mut when = Vec::new();
    for alternative in &case.alternatives {
        for condition in &alternative.when {
            when.push((expr(condition)?, expr(&alternative.then)?));
        }
    }
    Ok(Kind::Case {
        of: case.operand.as_deref().map(expr).transpose()?,
        when,
        otherwise: case.else_expression.as_deref().map(expr).transpose()?,
    })
}

fn literal_value(literal: &ast::Literal) -> Result<Value, Fault> {
    let here = span(literal.span);
    Ok(match &literal.kind {
        ast::LiteralKind::Null => Value::Null,
        ast::LiteralKind::Boolean(truth) => Value::Truth(*truth),
        ast::LiteralKind::Integer(integer) => {
            let digits = integer.text.replace('_', "");
            let (digits, radix) = match integer.radix {
                ast::IntegerRadix::Hexadecimal => (digits.trim_start_matches("0x").to_owned(), 16),
                ast::IntegerRadix::Octal => (digits.trim_start_matches("0o").to_owned(), 8),
                _ => (digits, 10),
            };
            let whole = i64::from_str_radix(&digits, radix);
            Value::Whole(whole.map_err(|_| Fault::new(&here, "the number is too large"))?)
        }
        ast::LiteralKind::Float(float) => Value::Float(
            float.text.replace('_', "").parse().map_err(|_| Fault::new(&here, "this is no number"))?,
        ),
        ast::LiteralKind::String(string) => Value::Text(string.value.clone()),
        _ => return Err(Fault::outside(&here, "this literal")),
    })
}

fn name(name: &ast::Name) -> At<String> {
    At { it: name.kind.text.clone(), span: span(name.span) }
}

fn span(span: open_cypher::Span) -> Span {
    span.start..span.end
}
