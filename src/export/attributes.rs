//! What is known of nodes and edges as flat named values, for formats whose attributes are flat.
//!
//! Claims, which are a list, travel as JSON text in one value, so that nothing is lost.

use super::json;
use crate::graph::{Body, EdgeRef, KnowledgeGraph, Node, NodeIndex};

/// Types of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A number with a fraction.
    Real,
    /// A whole number.
    Whole,
    /// True or false.
    Truth,
}

/// A named value; absent ones are left out.
pub type Value = (&'static str, String);

/// What nodes may have, in the order of [`of_node`].
pub const OF_NODES: &[(&str, Type)] = &[
    ("label", Type::Text),
    ("kind", Type::Text),
    ("actor_kind", Type::Text),
    ("aliases", Type::Text),
    ("country", Type::Text),
    ("affiliation", Type::Text),
    ("named", Type::Truth),
    ("event_kind", Type::Text),
    ("date", Type::Text),
    ("place", Type::Text),
    ("status", Type::Text),
    ("latitude", Type::Real),
    ("longitude", Type::Real),
];

/// What edges may have, in the order of [`of_edge`].
pub const OF_EDGES: &[(&str, Type)] = &[
    ("label", Type::Text),
    ("relation", Type::Text),
    ("plover", Type::Text),
    ("status", Type::Text),
    ("date", Type::Text),
    ("place", Type::Text),
    ("event", Type::Text),
    ("confidence", Type::Real),
    ("articles", Type::Whole),
    ("sources", Type::Whole),
    ("disputed", Type::Truth),
    ("according_to", Type::Text),
    ("article", Type::Text),
    ("evidence", Type::Text),
    ("claims", Type::Text),
];

/// What is known of a node; aliases are a JSON list.
pub fn of_node(node: &Node) -> Vec<Value> {
    let mut values: Vec<Value> = vec![("label", node.name.to_string()), ("kind", node.kind().to_owned())];
    let mut put = |name: &'static str, value: Option<String>| values.extend(value.map(|v| (name, v)));
    let aliases = (!node.aliases().is_empty())
        .then(|| serde_json::Value::from_iter(node.aliases().iter().map(|a| a.as_str())).to_string());
    match &node.body {
        Body::Actor(actor) => {
            put("actor_kind", Some(actor.kind.to_string()));
            put("aliases", aliases);
            put("country", actor.country.as_ref().map(ToString::to_string));
            put("affiliation", actor.affiliation.as_ref().map(ToString::to_string));
            put("named", Some(actor.named.to_string()));
        }
        Body::Event(event) => {
            put("event_kind", Some(event.kind.to_string()));
            put("date", event.date.map(|d| d.to_string()));
            put("place", event.place.as_ref().map(ToString::to_string));
            put("status", Some(event.status.to_string()));
        }
        Body::Location(location) => {
            put("aliases", aliases);
            put("country", location.country.as_ref().map(ToString::to_string));
            put("latitude", location.latitude.map(|d| d.to_string()));
            put("longitude", location.longitude.map(|d| d.to_string()));
        }
    }
    values
}

/// What is known of a typed edge; claimant, article and evidence are those of the best claim.
pub fn of_edge(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> Vec<Value> {
    let id = |ix: NodeIndex| graph.node(ix).id.to_string();
    let typed = edge.edge;
    let row = typed.relation.row();
    let mut values: Vec<Value> = vec![
        ("label", row.name.replace('_', " ")),
        ("relation", row.name.to_owned()),
        ("plover", row.plover.code().to_owned()),
        ("status", typed.status.to_string()),
    ];
    let best = graph.claims(typed).next();
    let mut put = |name: &'static str, value: Option<String>| values.extend(value.map(|v| (name, v)));
    put("date", typed.date.map(|d| d.to_string()));
    put("place", typed.place.map(id));
    put("event", typed.event.map(id));
    put("confidence", Some(typed.confidence.to_string()));
    put("articles", Some(typed.articles.to_string()));
    put("sources", Some(typed.sources.to_string()));
    put("disputed", Some(typed.disputed.to_string()));
    put("according_to", best.and_then(|c| graph.claimant(c)).map(id));
    put("article", best.map(|c| graph.article(c).id.clone()));
    put("evidence", best.map(|c| graph.evidence(c).to_owned()));
    put("claims", Some(json::claims(graph, typed).to_string()));
    values
}
