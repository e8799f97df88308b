//! Two graphs in, what only one of them has or has otherwise out. Compares by the stable ids.

use crate::graph::{Body, EdgeRef, KnowledgeGraph, Node, NodeIndex};
use crate::query::{Cell, Table};
use std::collections::BTreeMap;

/// What changed from one graph to another: `+` gained, `-` lost, `~` changed; articles, nodes, then edges.
pub fn diff(old: &KnowledgeGraph, new: &KnowledgeGraph) -> Table {
    let columns = ["change", "what", "id", "name", "before", "after"];
    let mut rows = Vec::new();
    compare(&mut rows, &articles(old), &articles(new));
    compare(&mut rows, &nodes(old), &nodes(new));
    compare(&mut rows, &edges(old), &edges(new));
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}

/// One item: what it is, its name, and what may change about it.
type Items = BTreeMap<(&'static str, String), (String, Vec<(&'static str, String)>)>;

fn compare(rows: &mut Vec<Vec<Cell>>, old: &Items, new: &Items) {
    let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let (change, name, before, after) = match (old.get(key), new.get(key)) {
            (Some((name, _)), None) => ("-", name, String::new(), String::new()),
            (None, Some((name, _))) => ("+", name, String::new(), String::new()),
            (Some((_, was)), Some((name, is))) if was != is => {
                ("~", name, differing(was, is), differing(is, was))
            }
            _ => continue,
        };
        rows.push([change, key.0, &key.1, name, &before, &after].map(|t| Cell::text(Some(t))).to_vec());
    }
}

/// What of the first list is not in the second.
fn differing(of: &[(&'static str, String)], other: &[(&'static str, String)]) -> String {
    let differs = of.iter().filter(|item| !other.contains(item) && !item.1.is_empty());
    differs.map(|(label, value)| format!("{label} {value}")).collect::<Vec<_>>().join(", ")
}

fn articles(graph: &KnowledgeGraph) -> Items {
    let articles = graph.articles_by_id().into_iter();
    articles.map(|a| (("article", a.id.clone()), (a.title.clone().unwrap_or_default(), Vec::new()))).collect()
}

fn nodes(graph: &KnowledgeGraph) -> Items {
    graph
        .nodes()
        .map(|(_, node)| ((node.kind(), node.id.to_string()), (node.name.to_string(), facts(node))))
        .collect()
}

fn facts(node: &Node) -> Vec<(&'static str, String)> {
    let mut facts = vec![("name", node.name.to_string())];
    match &node.body {
        Body::Actor(actor) => {
            facts.push(("kind", actor.kind.name().to_owned()));
            facts.push(("belongs to", actor.affiliation.as_deref().unwrap_or_default().to_owned()));
        }
        Body::Event(event) => {
            facts.push(("status", event.status.name().to_owned()));
            facts.push(("date", event.date.map(|d| d.to_string()).unwrap_or_default()));
            facts.push(("place", event.place.as_deref().unwrap_or_default().to_owned()));
        }
        Body::Location(_) => {}
    }
    facts.push(("country", node.country().unwrap_or_default().to_owned()));
    let aliases = node.aliases().iter().map(|a| a.as_str()).collect::<Vec<_>>().join("; ");
    facts.push(("aliases", aliases));
    facts
}

fn edges(graph: &KnowledgeGraph) -> Items {
    let name = |ix: NodeIndex| graph.node(ix).name.as_str();
    let told =
        |e: &EdgeRef<'_>| format!("{} {} {}", name(e.source), e.edge.relation, e.party().map_or("-", name));
    graph
        .edges()
        .map(|e| {
            let facts = vec![
                ("status", e.edge.status.name().to_owned()),
                ("date", e.edge.date.map(|d| d.to_string()).unwrap_or_default()),
                ("place", e.edge.place.map(|p| name(p).to_owned()).unwrap_or_default()),
                ("articles", e.edge.articles.to_string()),
                ("sources", e.edge.sources.to_string()),
                ("confidence", format!("{:.2}", e.edge.confidence)),
            ];
            (("edge", e.edge.key_text()), (told(&e), facts))
        })
        .collect()
}
