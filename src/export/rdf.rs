//! The graph as things with types and facts, written down by Turtle and JSON-LD.
//!
//! Occurrences, parties and places follow the Simple Event Model (`sem:`), provenance PROV, offsets NIF. An
//! edge is a thing of its own with its claims; beside it, an edge whose status is actual stands as one plain
//! triple, so that "who accused whom" is one hop and what is denied is never stated as a fact.

use crate::graph::{Body, EdgeRef, EventRole, KnowledgeGraph, Node, NodeIndex};
use crate::ontology::{PartialDate, Relation, Status};
use std::collections::BTreeMap;

/// Prefixes and what they stand for.
pub const PREFIXES: &[(&str, &str)] = &[
    ("whom", "urn:whom:vocabulary:"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// What a fact says.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// Another thing, by its full IRI.
    Thing(String),
    /// A word of a vocabulary, by its prefixed name.
    Word(String),
    /// Text.
    Text(String),
    /// A value of a type (prefixed).
    Value(String, &'static str),
}

/// A thing and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Full IRI, or a prefixed name for a word of the vocabulary.
    pub subject: Term,
    /// Its types, prefixed.
    pub types: Vec<&'static str>,
    /// Predicate, prefixed, and value.
    pub facts: Vec<(String, Term)>,
}

impl Thing {
    fn new(subject: Term, types: &[&'static str]) -> Self {
        Self { subject, types: types.to_vec(), facts: Vec::new() }
    }

    fn with(&mut self, predicate: &str, value: Option<Term>) {
        self.facts.extend(value.map(|v| (predicate.to_owned(), v)));
    }

    fn text(&mut self, predicate: &str, value: Option<impl AsRef<str>>) {
        self.with(predicate, value.map(|v| Term::Text(v.as_ref().to_owned())));
    }

    fn value(&mut self, predicate: &str, value: impl ToString, kind: &'static str) {
        self.with(predicate, Some(Term::Value(value.to_string(), kind)));
    }
}

/// Everything the graph holds, in a stable order.
pub fn things(graph: &KnowledgeGraph) -> Vec<Thing> {
    let mut things: Vec<Thing> = Relation::ALL.iter().map(|r| word(*r)).collect();
    things.extend(graph.articles_by_id().into_iter().map(article));
    let mut plain: BTreeMap<NodeIndex, Vec<(String, Term)>> = BTreeMap::new();
    for edge in graph.edges().filter(|e| e.edge.status == Status::Actual) {
        if let Some(target) = edge.party() {
            let fact = (relation(edge.edge.relation), thing(graph, target));
            let facts = plain.entry(edge.source).or_default();
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    let mut roles: BTreeMap<NodeIndex, Vec<(String, Term)>> = BTreeMap::new();
    for role in graph.roles() {
        let facts = roles.entry(role.event).or_default();
        let other = thing(graph, role.node);
        facts.push((format!("whom:{}", role.role.name()), other.clone()));
        match role.role {
            EventRole::Agent | EventRole::TargetOf if graph.node(role.node).actor().is_some() => {
                let fact = ("sem:hasActor".to_owned(), other);
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
            EventRole::Place => facts.push(("sem:hasPlace".to_owned(), other)),
            _ => {}
        }
    }
    for (ix, node) in graph.nodes() {
        let mut made = of_node(graph, node);
        made.subject = thing(graph, ix);
        made.facts.extend(plain.remove(&ix).into_iter().flatten());
        made.facts.extend(roles.remove(&ix).into_iter().flatten());
        things.push(made);
    }
    for edge in graph.edges() {
        of_edge(graph, &edge, &mut things);
    }
    things
}

/// The word for a relation.
fn word(of: Relation) -> Thing {
    let mut thing = Thing::new(Term::Word(relation(of)), &["rdf:Property", "whom:Relation"]);
    thing.text("rdfs:label", Some(of.name().replace('_', " ")));
    thing.text("rdfs:comment", Some(of.row().meaning));
    thing.text("whom:plover", Some(of.plover().code()));
    thing
}

fn article(article: &crate::graph::Article) -> Thing {
    let mut thing = Thing::new(article_iri(&article.id), &["whom:Article", "prov:Entity", "nif:Context"]);
    thing.text("dct:identifier", Some(&article.id));
    thing.text("dct:title", article.title.as_ref());
    thing.with("dct:issued", article.date.map(date));
    thing.text("dct:publisher", article.source.as_ref());
    if let Some(url) = &article.url {
        thing.value("dct:source", url, "xsd:anyURI");
    }
    thing
}

fn of_node(graph: &KnowledgeGraph, node: &Node) -> Thing {
    let types = match node.body {
        Body::Actor(_) => &["sem:Actor", "prov:Agent"][..],
        Body::Event(_) => &["sem:Event"][..],
        Body::Location(_) => &["sem:Place", "prov:Location"][..],
    };
    let mut thing = Thing::new(Term::Text(String::new()), types);
    thing.text("dct:identifier", Some(&node.id));
    thing.text("rdfs:label", Some(&node.name));
    for alias in node.aliases() {
        thing.text("skos:altLabel", Some(alias));
    }
    let named = |id: &str| graph.find(id).map(|ix| self::thing(graph, ix));
    match &node.body {
        Body::Actor(actor) => {
            thing.text("whom:kind", Some(actor.kind.name()));
            thing.text("whom:country", actor.country.as_ref());
            thing.with("whom:affiliation", actor.affiliation.as_deref().and_then(named));
            thing.value("whom:named", actor.named, "xsd:boolean");
        }
        Body::Event(event) => {
            thing.with("sem:eventType", Some(Term::Word(relation(event.kind))));
            thing.with("sem:hasTimeStamp", event.date.map(date));
            thing.text("whom:status", Some(event.status.name()));
        }
        Body::Location(location) => {
            thing.text("whom:country", location.country.as_ref());
            if let (Some(latitude), Some(longitude)) = (location.latitude, location.longitude) {
                thing.value("geo:lat", latitude, "xsd:decimal");
                thing.value("geo:long", longitude, "xsd:decimal");
            }
        }
    }
    thing
}

fn of_edge(graph: &KnowledgeGraph, edge: &EdgeRef<'_>, things: &mut Vec<Thing>) {
    let typed = edge.edge;
    let key = typed.key_text();
    let mut made = Thing::new(Term::Thing(format!("urn:whom:edge:{key}")), &["whom:Edge", "prov:Entity"]);
    made.with("whom:source", Some(thing(graph, edge.source)));
    made.with("whom:relation", Some(Term::Word(relation(typed.relation))));
    made.with("whom:target", edge.party().map(|ix| thing(graph, ix)));
    made.text("whom:status", Some(typed.status.name()));
    made.with("whom:date", typed.date.map(date));
    made.with("whom:place", typed.place.map(|ix| thing(graph, ix)));
    made.with("whom:event", typed.event.map(|ix| thing(graph, ix)));
    made.value("whom:confidence", typed.confidence, "xsd:decimal");
    made.value("whom:articles", typed.articles, "xsd:integer");
    made.value("whom:sources", typed.sources, "xsd:integer");
    made.value("whom:disputed", typed.disputed, "xsd:boolean");
    let mut claims = Vec::new();
    for (n, claim) in graph.claims(typed).enumerate() {
        let iri = Term::Thing(format!("urn:whom:claim:{key}:{n}"));
        made.with("whom:claim", Some(iri.clone()));
        let mut said = Thing::new(iri, &["whom:Claim", "nif:OffsetBasedString", "prov:Entity"]);
        let (article, span) = (article_iri(&graph.article(claim).id), graph.evidence_span(claim));
        said.with("nif:referenceContext", Some(article.clone()));
        said.with("prov:wasQuotedFrom", Some(article));
        said.value("nif:beginIndex", span.start, "xsd:nonNegativeInteger");
        said.value("nif:endIndex", span.end, "xsd:nonNegativeInteger");
        said.text("nif:anchorOf", Some(graph.evidence(claim)));
        said.text("whom:status", Some(claim.status.name()));
        said.with("whom:according_to", graph.claimant(claim).map(|ix| thing(graph, ix)));
        said.with("whom:date", claim.date.map(date));
        said.value("whom:confidence", claim.confidence, "xsd:decimal");
        for (name, span) in [
            ("whom:source_span", claim.source_span),
            ("whom:trigger_span", Some(claim.trigger_span)),
            ("whom:target_span", claim.target_span),
        ] {
            said.text(name, span.map(|s| format!("{}-{}", s.start, s.end)));
        }
        claims.push(said);
    }
    things.push(made);
    things.extend(claims);
}

fn thing(graph: &KnowledgeGraph, ix: NodeIndex) -> Term {
    Term::Thing(format!("urn:whom:node:{}", encoded(&graph.node(ix).id)))
}

fn article_iri(id: &str) -> Term {
    Term::Thing(format!("urn:whom:article:{}", encoded(id)))
}

fn relation(relation: Relation) -> String {
    format!("whom:{}", relation.name())
}

fn date(date: PartialDate) -> Term {
    let kind = match (date.month, date.day) {
        (Some(_), Some(_)) => "xsd:date",
        (Some(_), None) => "xsd:gYearMonth",
        _ => "xsd:gYear",
    };
    Term::Value(date.to_string(), kind)
}

/// Percent-encoded but for what a URN may hold as it is.
fn encoded(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
