//! DOT for Graphviz: every node and edge of the graph, with its facts as attributes.
//!
//! `graphviz-rust` prints what it is given; every id and value is quoted here.

use super::style::{Family, is_disputed, status_style, tone_colour};
use crate::graph::{EdgeRef, KnowledgeGraph, Node, NodeIndex};
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use std::io::{self, Write};

/// Writes the whole graph.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut stmts = vec![
        Stmt::Attribute(attribute("charset", "UTF-8")),
        Stmt::GAttribute(GraphAttributes::Node(vec![
            attribute("fontname", "Helvetica"),
            attribute("style", "filled"),
        ])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![
            attribute("fontname", "Helvetica"),
            attribute("fontsize", "9"),
        ])),
    ];
    stmts.extend(graph.nodes().map(|(_, n)| node(n)));
    stmts.extend(graph.edges().map(|e| edge(graph, &e)));
    stmts.extend(graph.roles().map(|role| {
        let ends = (graph.node(role.event), graph.node(role.node));
        let name = role.role.name();
        let look =
            [("key", name), ("relation", name), ("label", name), ("color", "#B5B5B5"), ("arrowhead", "none")];
        connect(&ends.0.id, &ends.1.id, look.iter().map(|(k, v)| attribute(k, v)).collect())
    }));
    write!(out, "{}", print(stmts))
}

/// A digraph of these statements as text.
pub fn print(stmts: Vec<Stmt>) -> String {
    let graph = Graph::DiGraph { id: Id::Plain("whom".to_owned()), strict: false, stmts };
    // The printer is kept from folding short graphs into one line.
    let mut printer = PrinterContext::new(true, 2, "\n".to_owned(), 0);
    let mut text = graph.print(&mut printer);
    text.push('\n');
    text
}

/// An attribute with its value quoted.
pub fn attribute(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(quote(value)))
}

/// An edge between two ids.
pub fn connect(from: &str, to: &str, attributes: Vec<Attribute>) -> Stmt {
    let vertex = |id: &str| Vertex::N(NodeId(Id::Escaped(quote(id)), None));
    Stmt::Edge(Edge { ty: EdgeTy::Pair(vertex(from), vertex(to)), attributes })
}

/// A node with this id.
pub fn place(id: &str, attributes: Vec<Attribute>) -> Stmt {
    Stmt::Node(DotNode { id: NodeId(Id::Escaped(quote(id)), None), attributes })
}

/// Text as a quoted DOT string that shows exactly as it is.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' | '\0' => {}
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn node(node: &Node) -> Stmt {
    let family = Family::of(node);
    let (fill, border) = family.colours();
    let mut attributes = vec![
        attribute("label", &node.name),
        attribute("kind", node.kind()),
        attribute("shape", family.shape()),
        attribute("fillcolor", fill),
        attribute("color", border),
    ];
    let mut put = |name: &str, value: Option<String>| attributes.extend(value.map(|v| attribute(name, &v)));
    if let Some(actor) = node.actor() {
        put("actor_kind", Some(actor.kind.to_string()));
        put("aliases", (!actor.aliases.is_empty()).then(|| actor.aliases.join("; ")));
        put("country", actor.country.as_ref().map(ToString::to_string));
        put("affiliation", actor.affiliation.as_ref().map(ToString::to_string));
    }
    if let Some(event) = node.event() {
        put("event_kind", Some(event.kind.to_string()));
        put("date", event.date.map(|d| d.to_string()));
        put("status", Some(event.status.to_string()));
    }
    if let Some(location) = node.location() {
        put("country", location.country.as_ref().map(ToString::to_string));
        put("latitude", location.latitude.map(|d| d.to_string()));
        put("longitude", location.longitude.map(|d| d.to_string()));
    }
    place(&node.id, attributes)
}

fn edge(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> Stmt {
    let id = |ix: NodeIndex| graph.node(ix).id.to_string();
    let typed = edge.edge;
    let row = typed.relation.row();
    let mut attributes = vec![
        attribute("key", &typed.key_text()),
        attribute("label", row.name),
        attribute("relation", row.name),
        attribute("plover", row.plover.code()),
        attribute("status", typed.status.name()),
        attribute("confidence", &typed.confidence.to_string()),
        attribute("articles", &typed.articles.to_string()),
        attribute("sources", &typed.sources.to_string()),
        attribute("color", tone_colour(row.tone)),
        attribute("style", status_style(typed.status)),
    ];
    if is_disputed(typed.status) {
        attributes.push(attribute("arrowhead", "tee"));
    }
    let mut put = |name: &str, value: Option<String>| attributes.extend(value.map(|v| attribute(name, &v)));
    put("date", typed.date.map(|d| d.to_string()));
    put("place", typed.place.map(id));
    put("event", typed.event.map(id));
    if let Some(best) = graph.claims(typed).next() {
        let span = graph.evidence_span(best);
        put("according_to", graph.claimant(best).map(id));
        put("article", Some(graph.article(best).id.clone()));
        put("evidence_start", Some(span.start.to_string()));
        put("evidence_end", Some(span.end.to_string()));
        put("evidence", Some(graph.evidence(best).to_owned()));
    }
    connect(&graph.node(edge.source).id, &graph.node(edge.target).id, attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_kept_from_graphviz() {
        assert_eq!(quote("a \"b\" \\N\nc"), r#""a \"b\" \\N\nc""#);
    }
}
