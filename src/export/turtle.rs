//! Turtle, for rdflib, Jena, Oxigraph and other triple stores. `shapes.ttl` beside this file says in SHACL what
//! it must look like.

use super::rdf::{PREFIXES, Term, Thing, things};
use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// Writes the whole graph.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    for (prefix, iri) in PREFIXES {
        writeln!(out, "@prefix {prefix}: <{iri}> .")?;
    }
    for thing in things(graph) {
        write_thing(&thing, out)?;
    }
    Ok(())
}

fn write_thing(thing: &Thing, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\n{} a {}", term(&thing.subject), thing.types.join(", "))?;
    for (predicate, value) in &thing.facts {
        write!(out, " ;\n    {predicate} {}", term(value))?;
    }
    writeln!(out, " .")
}

fn term(term: &Term) -> String {
    match term {
        Term::Thing(iri) => format!("<{iri}>"),
        Term::Word(name) => name.clone(),
        Term::Text(text) => quoted(text),
        Term::Value(value, kind) => format!("{}^^{kind}", quoted(value)),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
