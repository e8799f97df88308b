//! The subset as a tree, before names are looked up.

use super::value::Value;
use std::ops::Range;

pub(super) type Span = Range<usize>;

/// Something and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At<T> {
    pub it: T,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Clause {
    Match { optional: bool, parts: Vec<Part>, filter: Option<Expr>, span: Span },
    Unwind { list: Expr, variable: At<String> },
    Project(Projection),
}

/// `WITH` or `RETURN`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Projection {
    pub is_return: bool,
    pub distinct: bool,
    pub everything: bool,
    /// Expression and name.
    pub items: Vec<(Expr, At<String>)>,
    /// Expression and whether the largest comes first.
    pub order: Vec<(Expr, bool)>,
    pub skip: Option<Expr>,
    pub limit: Option<Expr>,
    pub filter: Option<Expr>,
    pub span: Span,
}

/// One chain of a pattern: nodes with the edges between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub path: Option<At<String>>,
    pub nodes: Vec<NodePattern>,
    pub edges: Vec<EdgePattern>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct NodePattern {
    pub variable: Option<At<String>>,
    pub labels: Option<Labels>,
    pub properties: Vec<(At<String>, Expr)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct EdgePattern {
    pub variable: Option<At<String>>,
    pub types: Option<Labels>,
    pub properties: Vec<(At<String>, Expr)>,
    pub direction: Way,
    /// Fewest and most edges, of a variable length.
    pub length: Option<(usize, usize)>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Right,
    Left,
    Either,
}

/// Labels of a node or types of an edge.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Labels {
    Name(At<String>),
    Any,
    Not(Box<Labels>),
    And(Vec<Labels>),
    Or(Vec<Labels>),
}

pub(super) type Expr = At<Box<Kind>>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Literal(Value),
    Variable(String),
    Parameter(String),
    Property(Expr, String),
    Index(Expr, Expr),
    Slice(Expr, Option<Expr>, Option<Expr>),
    List(Vec<Expr>),
    Map(Vec<(String, Expr)>),
    Not(Expr),
    Minus(Expr),
    And(Expr, Expr),
    Or(Expr, Expr),
    Xor(Expr, Expr),
    Binary(Operator, Expr, Expr),
    IsNull { of: Expr, negated: bool },
    HasLabels { of: Expr, labels: Labels, negated: bool },
    Call { name: At<String>, distinct: bool, star: bool, arguments: Vec<Expr> },
    Case { of: Option<Expr>, when: Vec<(Expr, Expr)>, otherwise: Option<Expr> },
    Comprehension { variable: At<String>, list: Expr, filter: Option<Expr>, map: Option<Expr> },
    Quantified { quantifier: Quantifier, variable: At<String>, list: Expr, filter: Expr },
    Exists { parts: Vec<Part>, filter: Option<Expr> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    All,
    Any,
    None,
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    StartsWith,
    EndsWith,
    Contains,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}
