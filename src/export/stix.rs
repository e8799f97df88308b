//! A STIX 2.1 bundle, for threat intelligence platforms.
//!
//! Parties are identities, places locations, occurrences incidents, edges relationships, articles reports. A
//! claim is a note on its relationship; one that denies it is an opinion besides. STIX wants times of creation:
//! they are the days of the articles, never the clock's.

use super::uuid::named;
use crate::graph::{Article, Body, Claim, EdgeRef, KnowledgeGraph, Node, NodeIndex};
use crate::ontology::{ActorKind, PartialDate, Status};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes the whole graph, an object a line.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let objects = objects(graph);
    let ids: Vec<&str> = objects.iter().filter_map(|o| o["id"].as_str()).collect();
    let bundle = named(&[&["bundle"], &ids[..]].concat());
    write!(out, "{{\"type\": \"bundle\", \"id\": \"bundle--{bundle}\"")?;
    // An empty list of objects is against the standard, an absent one is not.
    for (n, object) in objects.iter().enumerate() {
        write!(out, "{}\n{object}", if n == 0 { ", \"objects\": [" } else { "," })?;
    }
    writeln!(out, "{}}}", if objects.is_empty() { "" } else { "\n]" })
}

fn objects(graph: &KnowledgeGraph) -> Vec<Value> {
    let mut first_seen: BTreeMap<NodeIndex, PartialDate> = BTreeMap::new();
    let mut named_in: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<Value> = Vec::new();
    for edge in graph.edges() {
        let dates = graph.claims(edge.edge).filter_map(|c| graph.article(c).date);
        let day = dates.min().or(edge.edge.date);
        let mut named = vec![edge.source, edge.target];
        named.extend(edge.edge.event);
        named.extend(edge.edge.place);
        for claim in graph.claims(edge.edge) {
            let about = named_in.entry(&graph.article(claim).id).or_default();
            about.extend(named.iter().map(|&ix| node_id(graph.node(ix))));
            about.insert(link_id(&edge));
            if let (Some(claimant), Some(day)) = (graph.claimant(claim), day) {
                first_seen.entry(claimant).and_modify(|d| *d = day.min(*d)).or_insert(day);
            }
        }
        if let Some(day) = day {
            for ix in named {
                first_seen.entry(ix).and_modify(|d| *d = day.min(*d)).or_insert(day);
            }
        }
        relationship(graph, &edge, day, &mut links);
    }
    let mut objects: Vec<Value> =
        graph.nodes().map(|(ix, node)| of_node(graph, node, first_seen.get(&ix).copied())).collect();
    objects.extend(links);
    let told = |a: &&Article| named_in.get(a.id.as_str()).is_some_and(|n| !n.is_empty());
    objects
        .extend(graph.articles_by_id().into_iter().filter(told).map(|a| report(a, &named_in[a.id.as_str()])));
    objects
}

/// What every object has.
fn object(kind: &str, id: String, day: Option<PartialDate>) -> Map<String, Value> {
    let time = time(day);
    let Value::Object(map) =
        json!({"type": kind, "spec_version": "2.1", "id": id, "created": time, "modified": time})
    else {
        return Map::new();
    };
    map
}

fn of_node(graph: &KnowledgeGraph, node: &Node, day: Option<PartialDate>) -> Value {
    let id = node_id(node);
    let kind = id.split("--").next().unwrap_or_default().to_owned();
    let mut made = object(&kind, id, day);
    made.insert("name".to_owned(), json!(node.name));
    let mut described: Vec<String> = Vec::new();
    if !node.aliases().is_empty() {
        described.push(format!("Also: {}.", node.aliases().join("; ")));
    }
    match &node.body {
        Body::Actor(actor) => {
            let class = match actor.kind {
                ActorKind::Person => "individual",
                ActorKind::People | ActorKind::ArmedGroup => "group",
                ActorKind::Other => "unknown",
                _ => "organization",
            };
            made.insert("identity_class".to_owned(), json!(class));
            made.insert("roles".to_owned(), json!([actor.kind.name()]));
            if let Some(above) = actor.affiliation.as_deref().and_then(|id| graph.find(id)) {
                described.push(format!("Belongs to {}.", graph.node(above).name));
            }
            described.extend(actor.country.as_ref().map(|c| format!("Country: {c}.")));
        }
        Body::Event(event) => {
            made.insert("labels".to_owned(), json!([event.kind.name(), event.status.name()]));
            described.extend(event.date.map(|d| format!("Date: {d}.")));
            let place = event.place.as_deref().and_then(|id| graph.find(id));
            described.extend(place.map(|ix| format!("Place: {}.", graph.node(ix).name)));
        }
        Body::Location(location) => {
            // One of country, region and coordinates is required.
            if let Some(country) = &location.country {
                made.insert("country".to_owned(), json!(country));
            }
            if let (Some(latitude), Some(longitude)) = (location.latitude, location.longitude) {
                made.insert("latitude".to_owned(), json!(latitude));
                made.insert("longitude".to_owned(), json!(longitude));
            } else if location.country.is_none() {
                made.insert("region".to_owned(), json!("unknown"));
            }
        }
    }
    if !described.is_empty() {
        made.insert("description".to_owned(), json!(described.join(" ")));
    }
    made.insert("external_references".to_owned(), json!([{"source_name": "whom", "external_id": node.id}]));
    Value::Object(made)
}

fn relationship(
    graph: &KnowledgeGraph,
    edge: &EdgeRef<'_>,
    day: Option<PartialDate>,
    objects: &mut Vec<Value>,
) {
    let typed = edge.edge;
    let id = link_id(edge);
    let mut made = object("relationship", id.clone(), day);
    let mut put = |name: &str, value: Value| made.insert(name.to_owned(), value);
    put("relationship_type", json!(typed.relation.name().replace('_', "-")));
    put("source_ref", json!(node_id(graph.node(edge.source))));
    put("target_ref", json!(node_id(graph.node(edge.target))));
    put("confidence", json!((typed.confidence * 100.0).round() as i64));
    let mut labels = vec![typed.status.name().to_owned(), typed.relation.plover().code().to_lowercase()];
    if typed.disputed {
        labels.push("disputed".to_owned());
    }
    put("labels", json!(labels));
    if let Some(date) = typed.date {
        put("start_time", json!(time(Some(date.first_day()))));
        // The end must be later than the start.
        let end = date.last_day().plus_days(1);
        put("stop_time", json!(time(end)));
    }
    put("external_references", json!([{"source_name": "whom", "external_id": typed.key_text()}]));
    objects.push(Value::Object(made));
    for (n, claim) in graph.claims(typed).enumerate() {
        note(graph, &id, n, claim, objects);
    }
}

fn note(graph: &KnowledgeGraph, link: &str, n: usize, claim: &Claim, objects: &mut Vec<Value>) {
    let (article, span) = (graph.article(claim), graph.evidence_span(claim));
    let number = n.to_string();
    let authors: Vec<String> =
        graph.claimant(claim).map(|ix| graph.node(ix).name.to_string()).into_iter().collect();
    let mut reference = json!({
        "source_name": article.source.as_deref().filter(|s| !s.is_empty()).unwrap_or("article"),
        "external_id": article.id,
        "description": format!("characters {} to {}", span.start, span.end),
    });
    if let Some(url) = &article.url {
        reference["url"] = json!(url);
    }
    let mut made = object("note", format!("note--{}", named(&["claim", link, &number])), article.date);
    made.insert("content".to_owned(), json!(graph.evidence(claim)));
    made.insert("abstract".to_owned(), json!(format!("{}, confidence {}", claim.status, claim.confidence)));
    if !authors.is_empty() {
        made.insert("authors".to_owned(), json!(authors));
    }
    made.insert("object_refs".to_owned(), json!([link]));
    made.insert("external_references".to_owned(), json!([reference]));
    objects.push(Value::Object(made));
    if matches!(claim.status, Status::Denied | Status::Negated) {
        let id = format!("opinion--{}", named(&["opinion", link, &number]));
        let mut opinion = object("opinion", id, article.date);
        opinion.insert("opinion".to_owned(), json!("disagree"));
        opinion.insert("explanation".to_owned(), json!(graph.evidence(claim)));
        if !authors.is_empty() {
            opinion.insert("authors".to_owned(), json!(authors));
        }
        opinion.insert("object_refs".to_owned(), json!([link]));
        objects.push(Value::Object(opinion));
    }
}

fn report(article: &Article, named_in: &BTreeSet<String>) -> Value {
    let mut made = object("report", format!("report--{}", named(&["article", &article.id])), article.date);
    made.insert("name".to_owned(), json!(article.title.as_ref().unwrap_or(&article.id)));
    made.insert("report_types".to_owned(), json!(["observed-data"]));
    made.insert("published".to_owned(), json!(time(article.date)));
    made.insert("object_refs".to_owned(), json!(named_in));
    let mut reference = json!({
        "source_name": article.source.as_deref().filter(|s| !s.is_empty()).unwrap_or("article"),
        "external_id": article.id,
    });
    if let Some(url) = &article.url {
        reference["url"] = json!(url);
    }
    made.insert("external_references".to_owned(), json!([reference]));
    Value::Object(made)
}

fn node_id(node: &Node) -> String {
    let kind = match node.body {
        Body::Actor(_) => "identity",
        Body::Event(_) => "incident",
        Body::Location(_) => "location",
    };
    format!("{kind}--{}", named(&["node", &node.id]))
}

fn link_id(edge: &EdgeRef<'_>) -> String {
    format!("relationship--{}", named(&["edge", &edge.edge.key_text()]))
}

/// The first moment of the day; the epoch where no day is known.
fn time(day: Option<PartialDate>) -> String {
    let day = day.map_or_else(|| "1970-01-01".to_owned(), |d| d.first_day().to_string());
    format!("{day}T00:00:00.000Z")
}
