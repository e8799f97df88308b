//! A Cypher script that may be run again and again: every statement merges. The constraints stand apart, since
//! schema and data cannot share a transaction.

use super::FolderFile;
use super::attributes::{OF_EDGES, OF_NODES, Type, Value, of_edge, of_node};
use crate::graph::{KnowledgeGraph, Node, NodeIndex};
use std::fmt::Write as _;
use std::io;

/// One constraint a label.
pub const CONSTRAINTS: &str = "\
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT location_id IF NOT EXISTS FOR (n:Location) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;
";

/// The files.
pub fn write(graph: &KnowledgeGraph) -> io::Result<Vec<FolderFile>> {
    Ok(vec![
        FolderFile { path: "constraints.cypher".to_owned(), bytes: CONSTRAINTS.into() },
        FolderFile { path: "graph.cypher".to_owned(), bytes: script(graph).into_bytes() },
    ])
}

fn script(graph: &KnowledgeGraph) -> String {
    let mut out = String::new();
    for (_, node) in graph.nodes() {
        let values: Vec<Value> = of_node(node)
            .into_iter()
            .map(|(name, v)| (if name == "label" { "name" } else { name }, v))
            .collect();
        let set = settings("n", &values, OF_NODES);
        let _ = writeln!(out, "MERGE (n:{} {{id: {}}}) SET {set};", label(node), quoted(&node.id));
    }
    for article in graph.articles_by_id() {
        let mut values: Vec<Value> = Vec::new();
        let mut put = |name: &'static str, value: Option<String>| values.extend(value.map(|v| (name, v)));
        put("title", article.title.clone());
        put("date", article.date.map(|d| d.to_string()));
        put("source", article.source.clone());
        put("url", article.url.clone());
        let set = settings("n", &values, &[]);
        let set = if set.is_empty() { set } else { format!(" SET {set}") };
        let _ = writeln!(out, "MERGE (n:Article {{id: {}}}){set};", quoted(&article.id));
    }
    let matched = |a: NodeIndex, b: NodeIndex| {
        let [a, b] = [a, b].map(|ix| (label(graph.node(ix)), quoted(&graph.node(ix).id)));
        format!("MATCH (a:{} {{id: {}}}), (b:{} {{id: {}}})", a.0, a.1, b.0, b.1)
    };
    for edge in graph.edges() {
        let key = edge.edge.key_text();
        // Claims are nodes of their own below.
        let values: Vec<Value> =
            of_edge(graph, &edge).into_iter().filter(|(n, _)| !matches!(*n, "label" | "claims")).collect();
        let _ = writeln!(
            out,
            "{} MERGE (a)-[r:{} {{key: '{key}'}}]->(b) SET {};",
            matched(edge.source, edge.target),
            edge.edge.relation.name().to_uppercase(),
            settings("r", &values, OF_EDGES)
        );
        for (n, claim) in graph.claims(edge.edge).enumerate() {
            let (article, span) = (graph.article(claim), graph.evidence_span(claim));
            let (id, article) = (quoted(&format!("{key}-{n}")), quoted(&article.id));
            let _ = writeln!(
                out,
                "MERGE (c:Claim {{id: {id}}}) SET c.edge = '{key}', c.text = {}, c.start = {}, c.end = {}, c.status = '{}', c.confidence = {};",
                quoted(graph.evidence(claim)),
                span.start,
                span.end,
                claim.status,
                claim.confidence
            );
            let _ = writeln!(
                out,
                "MATCH (c:Claim {{id: {id}}}), (d:Article {{id: {article}}}) MERGE (c)-[:IN]->(d);"
            );
            if let Some(claimant) = graph.claimant(claim) {
                let (kind, name) = (label(graph.node(claimant)), quoted(&graph.node(claimant).id));
                let _ = writeln!(
                    out,
                    "MATCH (c:Claim {{id: {id}}}), (a:{kind} {{id: {name}}}) MERGE (c)-[:ACCORDING_TO]->(a);"
                );
            }
        }
    }
    for role in graph.roles() {
        let name = role.role.name().to_uppercase();
        let _ = writeln!(out, "{} MERGE (a)-[:{name}]->(b);", matched(role.event, role.node));
    }
    out
}

const fn label(node: &Node) -> &'static str {
    match node.body {
        crate::graph::Body::Actor(_) => "Actor",
        crate::graph::Body::Event(_) => "Event",
        crate::graph::Body::Location(_) => "Location",
    }
}

fn settings(variable: &str, values: &[Value], types: &[(&str, Type)]) -> String {
    let row = |(name, value): &Value| {
        let kind = types.iter().find(|(n, _)| n == name).map_or(Type::Text, |(_, kind)| *kind);
        // A JSON list of plain text is a list in Cypher, too, but for the escapes.
        let value = match (kind, *name) {
            (_, "aliases") => list(value),
            (Type::Text, _) => quoted(value),
            _ => value.clone(),
        };
        format!("{variable}.{name} = {value}")
    };
    values.iter().map(row).collect::<Vec<_>>().join(", ")
}

fn list(json: &str) -> String {
    let items: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    format!("[{}]", items.iter().map(|i| quoted(i)).collect::<Vec<_>>().join(", "))
}

/// A string literal; backslash and quote are escaped, line ends written as such.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\r', "\\r");
    format!("'{escaped}'")
}
