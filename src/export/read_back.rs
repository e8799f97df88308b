//! Each export is read by a program part that knows nothing of its writer, and holds what the graph holds.

use super::{FORMATS, FolderFile, Writer, format};
use crate::graph::KnowledgeGraph;
use crate::graph::sample::{articles, graph};
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn sample() -> KnowledgeGraph {
    graph(&articles())
}

fn text(name: &str) -> String {
    let Writer::Stream(write) = format(name).expect("a format").writer else { panic!("a stream") };
    let mut out = Vec::new();
    write(&sample(), &mut out).expect("writes");
    String::from_utf8(out).expect("UTF-8")
}

fn folder(name: &str) -> BTreeMap<String, String> {
    let Writer::Folder(write) = format(name).expect("a format").writer else { panic!("a folder") };
    let files = write(&sample()).expect("writes");
    files
        .into_iter()
        .map(|FolderFile { path, bytes }| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

fn edges_and_roles() -> usize {
    sample().edges().count() + sample().roles().count()
}

/// Every element called so, with its attributes.
fn elements(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    let mut take = |tag: &BytesStart<'_>| {
        if tag.name().as_ref() == name {
            let pair = |a: quick_xml::events::attributes::Attribute<'_>| {
                let key = a.key.as_ref().to_owned();
                (
                    key,
                    a.normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .expect("an attribute")
                        .into_owned(),
                )
            };
            found.push(tag.attributes().map(|a| pair(a.expect("an attribute"))).collect());
        }
    };
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(tag) | Event::Empty(tag) => take(&tag),
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn graphml_keeps_parallel_edges_apart() {
    let xml = text("graphml");
    assert_eq!(elements(&xml, "node").len(), sample().nodes().count());
    let edges = elements(&xml, "edge");
    assert_eq!(edges.len(), edges_and_roles());
    let ids: BTreeSet<&String> = edges.iter().map(|e| &e["id"]).collect();
    assert_eq!(ids.len(), edges.len());
    let keys: BTreeSet<String> = elements(&xml, "key").into_iter().map(|k| k["id"].clone()).collect();
    assert!(elements(&xml, "data").iter().all(|d| keys.contains(&d["key"])));
    let nodes: BTreeSet<String> = elements(&xml, "node").into_iter().map(|n| n["id"].clone()).collect();
    assert!(edges.iter().all(|e| nodes.contains(&e["source"]) && nodes.contains(&e["target"])));
}

#[test]
fn gexf_has_times_claims_and_declared_attributes() {
    let xml = text("gexf");
    let edges = elements(&xml, "edge");
    assert_eq!(edges.len(), edges_and_roles());
    assert!(edges.iter().any(|e| e.get("start").is_some_and(|d| d == "2021-02-28")));
    let declared: BTreeSet<String> =
        elements(&xml, "attribute").into_iter().map(|a| a["id"].clone()).collect();
    let values = elements(&xml, "attvalue");
    assert!(values.iter().all(|v| declared.contains(&v["for"])));
    let claims: usize = values
        .iter()
        .filter(|v| v["for"] == "claims")
        .map(|v| serde_json::from_str::<Vec<Value>>(&v["value"]).expect("JSON").len())
        .sum();
    assert_eq!(claims, sample().counts().claims);
}

#[test]
fn csv_files_for_neo4j_hold_together() {
    let files = folder("neo4j");
    let rows = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_reader(files[name].as_bytes());
        let head = reader.headers().expect("a head").clone();
        let row = |r: Result<csv::StringRecord, csv::Error>| {
            head.iter().map(str::to_owned).zip(r.expect("a row").iter().map(str::to_owned)).collect()
        };
        reader.records().map(row).collect()
    };
    let ids = |name: &str, column: &str| -> BTreeSet<String> {
        let all = rows(name);
        let ids: BTreeSet<String> = all.iter().map(|r| r[column].clone()).collect();
        assert_eq!(ids.len(), all.len(), "{name}: ids are unique");
        ids
    };
    let nodes = ids("nodes.csv", "id:ID(Node)");
    assert_eq!(nodes.len(), sample().nodes().count());
    for name in ["relations.csv", "roles.csv"] {
        for row in rows(name) {
            assert!(
                nodes.contains(&row[":START_ID(Node)"]) && nodes.contains(&row[":END_ID(Node)"]),
                "{row:?}"
            );
        }
    }
    let claims = ids("claims.csv", "id:ID(Claim)");
    let articles = ids("articles.csv", "id:ID(Article)");
    for row in rows("claims-in.csv") {
        assert!(claims.contains(&row[":START_ID(Claim)"]) && articles.contains(&row[":END_ID(Article)"]));
    }
    assert!(rows("claims-by.csv").iter().all(|r| nodes.contains(&r[":END_ID(Node)"])));
    let plot = rows("relations.csv").into_iter().find(|r| r[":TYPE"] == "KILLED").expect("killed");
    assert_eq!((plot["date"].as_str(), plot["from:date"].as_str()), ("2021-05-19", "2021-05-19"));
    assert!(
        rows("nodes.csv").iter().any(|r| r["name"] == "Ost, \"lower\" <market>" && r[":LABEL"] == "Location")
    );
}

#[test]
fn cypher_statements_are_one_a_line_and_close_their_strings() {
    let files = folder("cypher");
    for line in files["graph.cypher"].lines() {
        assert!(
            line.ends_with(';') && (line.starts_with("MERGE (") || line.starts_with("MATCH (")),
            "{line}"
        );
        let mut inside = false;
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            match c {
                '\\' if inside => drop(letters.next()),
                '\'' => inside = !inside,
                _ => {}
            }
        }
        assert!(!inside, "{line}");
    }
    assert_eq!(files["constraints.cypher"].lines().count(), 5);
}

#[test]
fn turtle_and_json_ld_say_the_same() {
    let turtle = text("turtle");
    let triples: Vec<_> =
        oxttl::TurtleParser::new().for_slice(turtle.as_bytes()).collect::<Result<_, _>>().expect("Turtle");
    let json: Value = serde_json::from_str(&text("jsonld")).expect("JSON");
    let count = |thing: &Value| -> usize {
        let facts = thing.as_object().expect("an object").iter().filter(|(name, _)| *name != "@id");
        facts.map(|(_, values)| values.as_array().expect("a list").len()).sum()
    };
    let in_json: usize = json["@graph"].as_array().expect("things").iter().map(count).sum();
    assert_eq!(triples.len(), in_json);
    let of = |predicate: &str| triples.iter().filter(|t| t.predicate.as_str().ends_with(predicate)).count();
    assert_eq!(of("vocabulary:claim"), sample().counts().claims);
    assert_eq!(of("vocabulary:relation"), sample().counts().edges);
    // What is denied, planned or only alleged is never stated as a plain fact.
    assert_eq!(of("vocabulary:sanctions") + of("vocabulary:targeted"), 0);
    assert_eq!(of("vocabulary:killed"), 1);
}

#[test]
fn the_shapes_are_turtle() {
    let shapes = include_str!("shapes.ttl");
    assert!(oxttl::TurtleParser::new().for_slice(shapes.as_bytes()).all(|triple| triple.is_ok()));
}

#[test]
fn followthemoney_entities_name_only_each_other() {
    let entities: Vec<Value> =
        text("ftm").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let ids: BTreeSet<&str> = entities.iter().filter_map(|e| e["id"].as_str()).collect();
    assert_eq!(ids.len(), entities.len());
    for entity in &entities {
        for name in ["subject", "object", "involved", "proof", "document", "resolved", "addressEntity"] {
            for id in entity["properties"][name].as_array().into_iter().flatten() {
                assert!(ids.contains(id.as_str().expect("an id")), "{entity}");
            }
        }
    }
    let links = entities.iter().filter(|e| e["schema"] == "UnknownLink").count();
    assert_eq!(links, sample().counts().edges);
}

#[test]
fn stix_objects_name_only_each_other() {
    let bundle: Value = serde_json::from_str(&text("stix")).expect("JSON");
    let objects = bundle["objects"].as_array().expect("objects");
    let ids: BTreeSet<&str> = objects.iter().filter_map(|o| o["id"].as_str()).collect();
    assert_eq!(ids.len(), objects.len());
    for object in objects {
        let refs = ["source_ref", "target_ref"].iter().map(|name| &object[*name]);
        let refs = refs.chain(object["object_refs"].as_array().into_iter().flatten());
        for id in refs.filter_map(Value::as_str) {
            assert!(ids.contains(id), "{object}");
        }
    }
    let count = |kind: &str| objects.iter().filter(|o| o["type"] == kind).count();
    assert_eq!((count("relationship"), count("note")), (sample().counts().edges, sample().counts().claims));
    assert!(count("opinion") >= 2 && count("report") == 4);
}

#[test]
fn every_link_of_the_pages_leads_to_a_page() {
    let files = folder("markdown");
    for (path, text) in &files {
        for link in text.split("[[").skip(1) {
            let target = link.split(['|', ']']).next().expect("a target");
            assert!(files.contains_key(&format!("{target}.md")), "{path}: {target}");
        }
    }
    assert!(files["actors/Borland.md"].contains("according to [[actors/Avaria|Avaria]]"));
    assert!(files.contains_key("places/Ost, lower market.md"), "{:?}", files.keys());
}

#[test]
fn every_format_gives_the_same_bytes_whatever_the_order_of_reading() {
    let mut backwards = articles();
    backwards.reverse();
    let (one, other) = (sample(), graph(&backwards));
    for format in FORMATS {
        match format.writer {
            Writer::Stream(write) => {
                let bytes = |graph| {
                    let mut out = Vec::new();
                    write(graph, &mut out).expect("writes");
                    out
                };
                assert!(bytes(&one) == bytes(&other), "{}", format.name);
            }
            Writer::Folder(write) => {
                assert!(write(&one).expect("writes") == write(&other).expect("writes"), "{}", format.name);
            }
        }
    }
}
