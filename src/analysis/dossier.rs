//! All about one party.

use super::timeline::{LESSER, by_date, columns, told};
use crate::graph::{Body, EdgeRef, KnowledgeGraph, NodeIndex};
use crate::query::{Cell, Look, Table};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Everything the graph has on one party.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// What is known of it: label and value.
    pub about: Vec<(&'static str, Vec<String>)>,
    /// Edges by section, each a table in order of date.
    pub sections: Vec<(&'static str, Table)>,
}

/// The dossier of a node.
pub fn dossier(graph: &KnowledgeGraph, ix: NodeIndex) -> Dossier {
    let (mut did, mut suffered, mut says, mut there) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let event = graph.node(ix).event().map(|_| ix);
    for edge in graph.edges() {
        if edge.edge.event.is_some() && edge.edge.event == event {
            there.push(edge);
        } else if edge.source == ix {
            did.push(edge);
        } else if edge.target == ix {
            suffered.push(edge);
        } else if graph.claims(edge.edge).any(|c| graph.claimant(c) == Some(ix)) {
            says.push(edge);
        } else if edge.edge.place == Some(ix) {
            there.push(edge);
        }
    }
    let there_is = if event.is_some() { "what it consists of" } else { "what happened there" };
    let sections = [
        ("what it did", did),
        ("what was done to it", suffered),
        ("what it says of others", says),
        (there_is, there),
    ];
    Dossier {
        about: about(graph, ix),
        sections: sections
            .into_iter()
            .filter(|(_, edges)| !edges.is_empty())
            .map(|(title, edges)| (title, section(graph, edges)))
            .collect(),
    }
}

impl Dossier {
    /// For people: what is known, then a table a section.
    pub fn to_text(&self, look: Look) -> String {
        let label = self.about.iter().map(|(l, _)| l.len()).max().unwrap_or(0);
        let mut out = String::new();
        for (name, values) in &self.about {
            out.push_str(&format!("{name:label$}  {}\n", values.join("; ")));
        }
        for (title, table) in &self.sections {
            out.push_str(&format!(
                "\n{title} ({})\n{}\n",
                table.rows.len(),
                table.lean(&LESSER).to_text(look)
            ));
        }
        out
    }

    /// One object: what is known, and `edges` with a `section` each.
    pub fn to_json(&self) -> String {
        let mut whole: Map<String, Value> =
            self.about.iter().map(|(label, values)| ((*label).replace(' ', "_"), json!(values))).collect();
        let edges: Value = serde_json::from_str(&self.table().to_json()).unwrap_or_default();
        whole.insert("edges".to_owned(), edges);
        format!("{:#}", Value::Object(whole))
    }

    /// Every edge in one table, its section first.
    pub fn table(&self) -> Table {
        let mut all = Table { columns: columns(), rows: Vec::new() };
        all.columns.insert(0, "section".to_owned());
        for (title, table) in &self.sections {
            for row in &table.rows {
                let mut row = row.clone();
                row.insert(0, Cell::Text((*title).to_owned()));
                all.rows.push(row);
            }
        }
        all
    }
}

fn section(graph: &KnowledgeGraph, mut edges: Vec<EdgeRef<'_>>) -> Table {
    by_date(graph, &mut edges);
    Table { columns: columns(), rows: edges.iter().map(|e| told(graph, e)).collect() }
}

fn about(graph: &KnowledgeGraph, ix: NodeIndex) -> Vec<(&'static str, Vec<String>)> {
    let node = graph.node(ix);
    let named = |id: &str| graph.find(id).map_or_else(|| id.to_owned(), |n| graph.node(n).name.to_string());
    let mut about = vec![("name", vec![node.name.to_string()]), ("id", vec![node.id.to_string()])];
    let mut add = |label, values: Vec<String>| {
        if !values.is_empty() {
            about.push((label, values));
        }
    };
    match &node.body {
        Body::Actor(actor) => {
            add("kind", vec![actor.kind.name().to_owned()]);
            add("belongs to", actor.affiliation.iter().map(|a| named(a)).collect());
        }
        Body::Event(event) => {
            add("kind", vec![format!("event ({})", event.kind)]);
            add("status", vec![event.status.name().to_owned()]);
            add("date", event.date.iter().map(ToString::to_string).collect());
            add("place", event.place.iter().map(|p| named(p)).collect());
        }
        Body::Location(place) => {
            add("kind", vec!["location".to_owned()]);
            if let (Some(north), Some(east)) = (place.latitude, place.longitude) {
                add("coordinates", vec![format!("{north}, {east}")]);
            }
        }
    }
    add("country", node.country().map(str::to_owned).into_iter().collect());
    add("also called", node.aliases().iter().map(ToString::to_string).collect());
    let belongs = |n: &crate::graph::Node| {
        n.actor().is_some_and(|a| a.affiliation.as_deref() == Some(node.id.as_str()))
    };
    add("belong to it", graph.nodes().filter(|(_, n)| belongs(n)).map(|(_, n)| n.name.to_string()).collect());
    let merged =
        graph.merges(ix).into_iter().map(|(a, b, reason)| format!("{a} = {b}: {}", reason.name())).collect();
    add("merged", merged);
    let articles: BTreeSet<&str> = graph
        .edges()
        .filter(|e| e.source == ix || e.target == ix)
        .flat_map(|e| graph.claims(e.edge).map(|c| graph.article(c).id.as_str()).collect::<Vec<_>>())
        .collect();
    add("articles", articles.into_iter().map(str::to_owned).collect());
    about
}
