//! JSON in networkx's node-link form: `networkx.node_link_graph(data, edges="edges")` reads it.

use crate::graph::{Body, EdgeRef, KnowledgeGraph, Node, NodeIndex, RoleRef, TypedEdge};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes the whole graph, one node, edge and article a line.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{{\"directed\": true, \"multigraph\": true,\n\"graph\": {{\"name\": \"whom\", \"articles\": ["
    )?;
    let articles = graph
        .articles_by_id()
        .into_iter()
        .map(|a| json!({"id": a.id, "title": a.title, "date": a.date, "source": a.source, "url": a.url}));
    write_list(out, articles)?;
    writeln!(out, "]}},\n\"nodes\": [")?;
    write_list(out, graph.nodes().map(|(ix, n)| node(graph, ix, n)))?;
    writeln!(out, "],\n\"edges\": [")?;
    let typed = graph.edges().map(|e| edge(graph, &e));
    write_list(out, typed.chain(graph.roles().map(|r| role(graph, r))))?;
    writeln!(out, "]}}")
}

fn write_list(out: &mut dyn Write, items: impl Iterator<Item = Value>) -> io::Result<()> {
    let mut first = true;
    for item in items {
        if !first {
            writeln!(out, ",")?;
        }
        first = false;
        write!(out, "{item}")?;
    }
    if first { Ok(()) } else { writeln!(out) }
}

fn node(graph: &KnowledgeGraph, ix: NodeIndex, node: &Node) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("id", json!(node.id));
    put("kind", json!(node.kind()));
    put("name", json!(node.name));
    match &node.body {
        Body::Actor(actor) => {
            put("actor_kind", json!(actor.kind));
            put("aliases", json!(actor.aliases));
            put("country", json!(actor.country));
            put("affiliation", json!(actor.affiliation));
            put("named", json!(actor.named));
            let merged: Vec<Value> =
                graph.merges(ix).into_iter().map(|(a, b, why)| json!([a, b, why.name()])).collect();
            if !merged.is_empty() {
                put("merged", Value::Array(merged));
            }
        }
        Body::Event(event) => {
            put("event_kind", json!(event.kind));
            put("date", json!(event.date));
            put("place", json!(event.place));
            put("status", json!(event.status));
        }
        Body::Location(location) => {
            put("aliases", json!(location.aliases));
            put("country", json!(location.country));
            put("latitude", json!(location.latitude));
            put("longitude", json!(location.longitude));
        }
    }
    Value::Object(object)
}

fn edge(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> Value {
    let id = |ix: NodeIndex| &graph.node(ix).id;
    let typed = edge.edge;
    json!({
        "key": typed.key_text(),
        "source": id(edge.source),
        "target": id(edge.target),
        "relation": typed.relation,
        "plover": typed.relation.plover().code(),
        "status": typed.status,
        "date": typed.date,
        "place": typed.place.map(id),
        "confidence": typed.confidence,
        "event": typed.event.map(id),
        "articles": typed.articles,
        "sources": typed.sources,
        "claims": claims(graph, typed),
    })
}

/// The claims of an edge, the best first.
pub(super) fn claims(graph: &KnowledgeGraph, edge: &TypedEdge) -> Value {
    let id = |ix: NodeIndex| &graph.node(ix).id;
    graph
        .claims(edge)
        .map(|claim| {
            let (article, span) = (graph.article(claim), graph.evidence_span(claim));
            json!({
                "article": article.id,
                "start": span.start,
                "end": span.end,
                "text": graph.evidence(claim),
                "status": claim.status,
                "according_to": graph.claimant(claim).map(id),
                "published": article.date,
                "confidence": claim.confidence,
                "source_span": claim.source_span,
                "trigger_span": claim.trigger_span,
                "target_span": claim.target_span,
            })
        })
        .collect()
}

fn role(graph: &KnowledgeGraph, role: RoleRef) -> Value {
    json!({
        "key": role.role.name(),
        "source": graph.node(role.event).id,
        "target": graph.node(role.node).id,
        "relation": role.role.name(),
    })
}
