//! Graphviz source: parties and places as nodes, the edges between a pair bundled by relation and status.
//!
//! Event nodes are left out: the typed edges carry what they tell. Every id and label is quoted here, since
//! the printer escapes nothing.

use crate::graph::{Body, KnowledgeGraph, NodeIndex};
use crate::ontology::{ActorKind, Relation, Status, Tone};
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// One line of the picture: all edges of a relation and status between two parties.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// Doer.
    pub source: NodeIndex,
    /// The one it is done to.
    pub target: NodeIndex,
    /// What was done.
    pub relation: Relation,
    /// How real.
    pub status: Status,
    /// How many edges it stands for.
    pub count: usize,
    /// How many articles report them.
    pub articles: usize,
}

/// What lines mean: colour family, status and words.
pub const LEGEND: [(Tone, Status, &str); 6] = [
    (Tone::MaterialConflict, Status::Actual, "deed against"),
    (Tone::VerbalConflict, Status::Actual, "word against"),
    (Tone::MaterialCooperation, Status::Actual, "with or for"),
    (Tone::MaterialConflict, Status::Alleged, "alleged"),
    (Tone::MaterialConflict, Status::Planned, "planned or possible"),
    (Tone::MaterialConflict, Status::Negated, "denied or negated"),
];

/// Writes the whole graph.
///
/// # Errors
/// Where the sink fails.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let bundles = bundles(graph, usize::MAX);
    out.write_all(source(graph, &bundles, "").as_bytes())
}

/// The lines between the `top` most connected parties, in a stable order.
pub fn bundles(graph: &KnowledgeGraph, top: usize) -> Vec<Bundle> {
    let mut all: BTreeMap<(&str, &str, Relation, Status), Bundle> = BTreeMap::new();
    let mut degree: BTreeMap<&str, usize> = BTreeMap::new();
    for e in graph.edges() {
        let (source, target) = (graph.node(e.source).id.as_str(), graph.node(e.target).id.as_str());
        *degree.entry(source).or_default() += 1;
        *degree.entry(target).or_default() += 1;
        let bundle = all.entry((source, target, e.edge.relation, e.edge.status)).or_insert(Bundle {
            source: e.source,
            target: e.target,
            relation: e.edge.relation,
            status: e.edge.status,
            count: 0,
            articles: 0,
        });
        bundle.count += 1;
        bundle.articles = bundle.articles.max(e.edge.articles);
    }
    let mut ranked: Vec<(&str, usize)> = degree.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let kept: BTreeSet<&str> = ranked.into_iter().take(top).map(|(id, _)| id).collect();
    all.into_iter()
        .filter(|((source, target, ..), _)| kept.contains(source) && kept.contains(target))
        .map(|(_, bundle)| bundle)
        .collect()
}

/// The parties that lines join, by id.
pub fn parties<'g>(graph: &'g KnowledgeGraph, bundles: &[Bundle]) -> BTreeMap<&'g str, NodeIndex> {
    bundles.iter().flat_map(|b| [b.source, b.target]).map(|ix| (graph.node(ix).id.as_str(), ix)).collect()
}

/// Graphviz source of the lines given, under a heading.
pub fn source(graph: &KnowledgeGraph, bundles: &[Bundle], title: &str) -> String {
    let mut stmts = vec![Stmt::GAttribute(GraphAttributes::Graph(attributes(&[
        ("label", title),
        ("labelloc", "t"),
        ("fontname", "Helvetica"),
        ("overlap", "false"),
        ("splines", "true"),
        ("rankdir", "LR"),
        ("nodesep", "0.3"),
        ("ranksep", "1.0"),
    ])))];
    for (id, ix) in parties(graph, bundles) {
        let node = graph.node(ix);
        let (shape, fill) = shape(&node.body);
        let label = wrapped(&node.name);
        stmts.push(Stmt::Node(Node::new(
            node_id(id),
            attributes(&[
                ("label", &label),
                ("shape", shape),
                ("style", "filled"),
                ("fillcolor", fill),
                ("color", "#555555"),
                ("fontname", "Helvetica"),
                ("fontsize", "11"),
            ]),
        )));
    }
    for b in bundles {
        let (source, target) = (&graph.node(b.source).id, &graph.node(b.target).id);
        let label = label(b);
        let color = colour(b.relation.row().tone, b.status);
        let width = if b.articles > 1 { "2" } else { "1.2" };
        let mut list = vec![
            ("label", label.as_str()),
            ("color", color),
            ("fontcolor", color),
            ("style", line(b.status)),
            ("penwidth", width),
            ("fontname", "Helvetica"),
            ("fontsize", "9"),
        ];
        if b.relation.row().symmetric {
            list.push(("dir", "both"));
        }
        stmts.push(Stmt::Edge(Edge {
            ty: EdgeTy::Pair(Vertex::N(node_id(source)), Vertex::N(node_id(target))),
            attributes: attributes(&list),
        }));
    }
    stmts.push(Stmt::Subgraph(legend()));
    let whole = Graph::DiGraph { id: Id::Plain("whom".into()), strict: false, stmts };
    whole.print(&mut PrinterContext::default()) + "\n"
}

/// What stands on a line: the relation, its status unless actual, and the count above one.
pub fn label(bundle: &Bundle) -> String {
    let mut label = bundle.relation.name().to_owned();
    if bundle.status != Status::Actual {
        label = format!("{label} ({})", bundle.status);
    }
    if bundle.count > 1 { format!("{label} ×{}", bundle.count) } else { label }
}

/// Line colour: red against, green with, grey for what did not happen.
pub const fn colour(tone: Tone, status: Status) -> &'static str {
    match (tone, status) {
        (_, Status::Negated | Status::Denied) => "#9e9e9e",
        (Tone::MaterialConflict, _) => "#b71c1c",
        (Tone::VerbalConflict, _) => "#e65100",
        (Tone::MaterialCooperation, _) => "#1b5e20",
        (Tone::VerbalCooperation, _) => "#2e7d32",
        (Tone::Neutral, _) => "#455a64",
    }
}

/// Line style by status.
pub const fn line(status: Status) -> &'static str {
    match status {
        Status::Actual => "solid",
        Status::Alleged | Status::Denied => "dashed",
        Status::Planned | Status::Hypothetical | Status::Negated => "dotted",
    }
}

/// Shape and fill by kind of node.
pub fn shape(body: &Body) -> (&'static str, &'static str) {
    match body {
        Body::Location(_) => ("note", "#eceff1"),
        Body::Event(_) => ("diamond", "#fff9c4"),
        Body::Actor(actor) => match actor.kind {
            ActorKind::Person => ("ellipse", "#fff3e0"),
            ActorKind::Country | ActorKind::Government => ("box", "#e3f2fd"),
            ActorKind::Military | ActorKind::Police | ActorKind::Court => ("box", "#ede7f6"),
            ActorKind::ArmedGroup => ("hexagon", "#ffebee"),
            ActorKind::People => ("ellipse", "#f1f8e9"),
            _ => ("box", "#fafafa"),
        },
    }
}

fn legend() -> Subgraph {
    let mut stmts = vec![Stmt::GAttribute(GraphAttributes::Graph(attributes(&[
        ("label", "Legend"),
        ("color", "#bbbbbb"),
    ])))];
    for (number, (tone, status, text)) in LEGEND.into_iter().enumerate() {
        let (from, to) = (format!("legend{number}a"), format!("legend{number}b"));
        for id in [&from, &to] {
            stmts.push(Stmt::Node(Node::new(node_id(id), attributes(&[("shape", "point"), ("label", "")]))));
        }
        let color = colour(tone, status);
        stmts.push(Stmt::Edge(Edge {
            ty: EdgeTy::Pair(Vertex::N(node_id(&from)), Vertex::N(node_id(&to))),
            attributes: attributes(&[
                ("label", text),
                ("color", color),
                ("fontcolor", color),
                ("style", line(status)),
                ("fontname", "Helvetica"),
                ("fontsize", "9"),
            ]),
        }));
    }
    Subgraph { id: Id::Plain("cluster_legend".into()), stmts }
}

fn node_id(id: &str) -> NodeId {
    NodeId(quoted(id), None)
}

fn attributes(list: &[(&str, &str)]) -> Vec<Attribute> {
    list.iter().map(|(name, value)| Attribute(Id::Plain((*name).to_owned()), quoted(value))).collect()
}

fn quoted(text: &str) -> Id {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    Id::Escaped(format!("\"{escaped}\""))
}

/// A name on lines of about twenty characters.
fn wrapped(name: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(last) if last.is_empty() || last.chars().count() + word.chars().count() < 22 => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
