//! FollowTheMoney entities, a JSON object a line, for Aleph, OpenSanctions and their tools.
//!
//! Edges become `UnknownLink`s with the relation as role and the sentences as proof; who is named where
//! becomes a `Mention`.

use super::uuid::named;
use crate::graph::{Body, EdgeRef, KnowledgeGraph, Node, NodeIndex};
use crate::ontology::ActorKind;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// An entity under construction: every property holds a list of strings.
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: BTreeMap::new() }
    }

    fn add(&mut self, property: &'static str, value: Option<impl ToString>) {
        let Some(value) = value.map(|v| v.to_string()).filter(|v| !v.is_empty()) else { return };
        let values = self.properties.entry(property).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let properties: Map<String, Value> =
            self.properties.into_iter().map(|(name, values)| (name.to_owned(), json!(values))).collect();
        writeln!(out, "{}", json!({"id": self.id, "schema": self.schema, "properties": properties}))
    }
}

/// Writes the whole graph.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    for article in graph.articles_by_id() {
        let mut entity = Entity::new(article_id(&article.id), "Article");
        entity.add("title", Some(article.title.as_ref().unwrap_or(&article.id)));
        entity.add("publishedAt", article.date);
        entity.add("publisher", article.source.as_ref());
        entity.add("sourceUrl", article.url.as_ref());
        entity.add("fileName", Some(&article.id));
        entity.write(out)?;
    }
    let mut roles: BTreeMap<NodeIndex, Vec<NodeIndex>> = BTreeMap::new();
    for role in graph.roles().filter(|r| graph.node(r.node).actor().is_some()) {
        roles.entry(role.event).or_default().push(role.node);
    }
    for (ix, node) in graph.nodes() {
        of_node(graph, node, roles.get(&ix).map_or(&[], Vec::as_slice)).write(out)?;
    }
    let mut mentions: BTreeSet<(String, String)> = BTreeSet::new();
    for edge in graph.edges() {
        of_edge(graph, &edge).write(out)?;
        for claim in graph.claims(edge.edge) {
            for party in [edge.source, edge.target] {
                if graph.node(party).actor().is_some() {
                    mentions.insert((graph.article(claim).id.clone(), graph.node(party).id.to_string()));
                }
            }
        }
    }
    for (article, party) in mentions {
        let mut mention = Entity::new(named(&["mention", &article, &party]), "Mention");
        mention.add("document", Some(article_id(&article)));
        mention.add("resolved", Some(node_id(&party)));
        mention.add("name", graph.find(&party).map(|ix| graph.node(ix).name.clone()));
        mention.add("detectedSchema", graph.find(&party).map(|ix| schema(graph.node(ix))));
        mention.write(out)?;
    }
    Ok(())
}

fn of_node(graph: &KnowledgeGraph, node: &Node, involved: &[NodeIndex]) -> Entity {
    let mut entity = Entity::new(node_id(&node.id), schema(node));
    entity.add("name", Some(&node.name));
    node.aliases().iter().for_each(|alias| entity.add("alias", Some(alias)));
    entity.add("country", node.country().map(str::to_lowercase));
    match &node.body {
        Body::Actor(actor) => {
            entity.add("notes", Some(format!("{} ({})", actor.kind, node.id)));
            let above = actor.affiliation.as_deref().and_then(|id| graph.find(id));
            entity.add("description", above.map(|ix| format!("belongs to {}", graph.node(ix).name)));
        }
        Body::Event(event) => {
            entity.add("date", event.date);
            entity.add("keywords", Some(event.kind.name()));
            entity.add("keywords", Some(event.status.name()));
            involved.iter().for_each(|&ix| entity.add("involved", Some(node_id(&graph.node(ix).id))));
            if let Some(place) = event.place.as_deref().and_then(|id| graph.find(id)) {
                entity.add("location", Some(&graph.node(place).name));
                entity.add("addressEntity", Some(node_id(&graph.node(place).id)));
            }
        }
        Body::Location(location) => {
            entity.add("full", Some(&node.name));
            entity.add("latitude", location.latitude);
            entity.add("longitude", location.longitude);
        }
    }
    entity
}

fn of_edge(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> Entity {
    let typed = edge.edge;
    let name = |ix: NodeIndex| graph.node(ix).name.as_str();
    let mut entity = Entity::new(named(&["edge", &typed.key_text()]), "UnknownLink");
    entity.add("subject", Some(node_id(&graph.node(edge.source).id)));
    entity.add("object", Some(node_id(&graph.node(edge.target).id)));
    entity.add("role", Some(typed.relation.name()));
    entity.add("status", Some(typed.status));
    entity.add("date", typed.date);
    entity.add("recordId", Some(typed.key_text()));
    for claim in graph.claims(typed) {
        let (article, span) = (graph.article(claim), graph.evidence_span(claim));
        entity.add("summary", Some(graph.evidence(claim)));
        let claimant =
            graph.claimant(claim).map_or_else(String::new, |ix| format!(", according to {}", name(ix)));
        entity.add(
            "description",
            Some(format!(
                "{} characters {} to {}: {}{claimant}, confidence {}",
                article.id, span.start, span.end, claim.status, claim.confidence
            )),
        );
        entity.add("proof", Some(article_id(&article.id)));
        entity.add("publisher", article.source.as_ref());
        entity.add("sourceUrl", article.url.as_ref());
    }
    entity
}

fn schema(node: &Node) -> &'static str {
    match &node.body {
        Body::Event(_) => "Event",
        Body::Location(_) => "Address",
        Body::Actor(actor) => match actor.kind {
            ActorKind::Person => "Person",
            ActorKind::Country
            | ActorKind::Government
            | ActorKind::Military
            | ActorKind::Police
            | ActorKind::Court => "PublicBody",
            ActorKind::Organization | ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Media => {
                "Organization"
            }
            ActorKind::Company => "Company",
            ActorKind::People | ActorKind::Other => "LegalEntity",
        },
    }
}

fn node_id(id: &str) -> String {
    named(&["node", id])
}

fn article_id(id: &str) -> String {
    named(&["article", id])
}
