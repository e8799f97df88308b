//! Extraction records keep the contract.

use crate::whom;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn extract(threads: &str) -> Vec<u8> {
    whom().args(["extract", "seeds", "--threads", threads]).assert().success().get_output().stdout.clone()
}

#[test]
fn the_same_bytes_whatever_the_threads() {
    let one = extract("1");
    assert_eq!(one, extract("3"));
    assert_eq!(one, extract("1"));
}

#[test]
fn records_are_whole() {
    const RELATIONS: [&str; 28] = [
        "accuses",
        "criticizes",
        "investigates",
        "prosecutes",
        "sentenced",
        "denies",
        "rejects",
        "demands",
        "threatens",
        "protests",
        "sanctions",
        "detained",
        "seized",
        "abducted",
        "targeted",
        "attacked",
        "killed",
        "injured",
        "mobilized",
        "met",
        "agreed",
        "supports",
        "cooperates",
        "aided",
        "released",
        "trades",
        "leads",
        "member_of",
    ];
    const STATUSES: [&str; 6] = ["actual", "alleged", "planned", "denied", "negated", "hypothetical"];
    let texts = texts();
    let out = String::from_utf8(extract("2")).expect("UTF-8");
    let mut edges = 0;
    for line in out.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let id = record["id"].as_str().expect("an id");
        assert!(record["date"].is_string(), "{id} has a date");
        let text: Vec<char> = texts[id].chars().collect();
        let slice = |span: &Value| {
            let at = |i: usize| usize::try_from(span[i].as_u64().expect("a number")).expect("small");
            text[at(0)..at(1)].iter().collect::<String>()
        };
        let ids: BTreeSet<&str> = ["actors", "locations", "events"]
            .iter()
            .flat_map(|kind| record[kind].as_array().expect("a list"))
            .map(|node| node["id"].as_str().expect("an id"))
            .collect();
        let known = |value: &Value| value.as_str().is_some_and(|id| ids.contains(id));
        for actor in record["actors"].as_array().expect("a list") {
            assert!(actor["name"].as_str().is_some_and(|n| !n.is_empty()));
            assert!(actor["affiliation"].is_null() || known(&actor["affiliation"]), "{actor}");
        }
        for edge in record["edges"].as_array().expect("a list") {
            edges += 1;
            let relation = edge["relation"].as_str().expect("a relation");
            assert!(RELATIONS.contains(&relation), "{edge}");
            assert!(STATUSES.contains(&edge["status"].as_str().expect("a status")), "{edge}");
            assert!(edge["plover"].is_string() && known(&edge["source"]), "{edge}");
            let optional = ["denies", "mobilized"].contains(&relation) && edge["target"].is_null();
            assert!(optional || known(&edge["target"]), "{edge}");
            for key in ["according_to", "place"] {
                assert!(edge[key].is_null() || known(&edge[key]), "{key} of {edge}");
            }
            let evidence = &edge["evidence"];
            let span = serde_json::json!([evidence["start"], evidence["end"]]);
            assert_eq!(slice(&span), evidence["text"].as_str().expect("a sentence"), "{edge}");
            assert!(!slice(&edge["trigger_span"]).trim().is_empty());
            for key in ["source_span", "target_span"] {
                assert!(edge[key].is_null() || !slice(&edge[key]).trim().is_empty(), "{key} of {edge}");
            }
            let confidence = edge["confidence"].as_f64().expect("a number");
            assert!((0.0..=1.0).contains(&confidence));
        }
    }
    assert!(edges >= 8, "the samples tell more than {edges} edges");
}

/// The text of each sample by its id.
fn texts() -> BTreeMap<String, String> {
    use whom::reading::{Input, ReadOptions, read};
    let mut texts = BTreeMap::new();
    for path in crate::files("seeds", "") {
        let file = std::fs::File::open(&path).expect("a seed");
        let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for document in read(Input::new(id, path.display().to_string(), file), &ReadOptions::default()) {
            let document = document.expect("readable");
            texts.insert(document.id, document.text);
        }
    }
    texts
}
