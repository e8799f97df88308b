//! JSON-LD: the same statements as the Turtle export, for programs that read JSON.

use super::rdf::{PREFIXES, Term, Thing, things};
use crate::graph::KnowledgeGraph;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes the whole graph, a thing a line.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let context: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri))).collect();
    write!(out, "{{\"@context\": {},\n\"@graph\": [", Value::Object(context))?;
    for (n, thing) in things(graph).iter().enumerate() {
        write!(out, "{}\n{}", if n > 0 { "," } else { "" }, object(thing))?;
    }
    writeln!(out, "\n]}}")
}

fn object(thing: &Thing) -> Value {
    let mut object = Map::new();
    let id = match &thing.subject {
        Term::Thing(name) | Term::Word(name) | Term::Text(name) | Term::Value(name, _) => name,
    };
    object.insert("@id".to_owned(), json!(id));
    object.insert("@type".to_owned(), json!(thing.types));
    for (predicate, term) in &thing.facts {
        let values = object.entry(predicate.clone()).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(value(term));
        }
    }
    Value::Object(object)
}

fn value(term: &Term) -> Value {
    match term {
        Term::Thing(id) | Term::Word(id) => json!({"@id": id}),
        Term::Text(text) => json!(text),
        Term::Value(value, kind) => json!({"@value": value, "@type": kind}),
    }
}
