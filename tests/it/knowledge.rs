//! Words and names of the user's own.

use crate::whom;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const STORY: &str = "The Kestrel Brigade of Lunara zorbed Ruritania on Monday. The KBL then left.";
const WORDS: &str =
    r#"[(relation: "attacked", words: ["zorb"], pos: verb, roles: ["subj > obj"], weight: 0.9)]"#;
const NAMES: &str =
    "name\tkind\taliases\nKestrel Brigade of Lunara\tarmed_group\tKBL\nRuritania\tcountry\t\n";

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).expect("written");
        path
    }

    /// The record of a story, read with the options.
    fn record(&self, story: &str, options: &[(&str, &str, &str)]) -> Value {
        let article = serde_json::json!({"id": "a", "text": story, "date": "2021-03-03"}).to_string();
        let mut command = whom();
        command.arg("extract").arg(self.file("a.jsonl", article));
        for (option, name, text) in options {
            command.arg(option).arg(self.file(name, text));
        }
        let run = command.assert().success();
        serde_json::from_slice(&run.get_output().stdout).expect("a record")
    }
}

/// The edges as "source relation target".
fn edges(record: &Value) -> Vec<String> {
    let name = |id: &Value| {
        let both =
            ["actors", "locations"].into_iter().flat_map(|list| record[list].as_array().expect("a list"));
        both.clone()
            .find(|party| party["id"] == *id)
            .map_or("-", |party| party["name"].as_str().expect("a name"))
    };
    let all = record["edges"].as_array().expect("edges").iter();
    all.map(|e| {
        format!(
            "{} {} {}",
            name(&e["source"]),
            e["relation"].as_str().expect("a relation"),
            name(&e["target"])
        )
    })
    .collect()
}

#[test]
fn an_invented_verb_and_group_yield_an_edge() {
    let desk = Desk::new();
    let wanted = "Kestrel Brigade of Lunara attacked Ruritania".to_owned();
    assert!(!edges(&desk.record(STORY, &[])).contains(&wanted), "without them nobody can know");
    let record = desk.record(STORY, &[("--lexicon", "w.ron", WORDS), ("--actors", "n.tsv", NAMES)]);
    assert!(edges(&record).contains(&wanted), "{record}");
    let edge =
        record["edges"].as_array().expect("edges").iter().find(|e| e["relation"] == "attacked").expect("it");
    assert_eq!(edge["confidence"], 0.9);
    let brigade = record["actors"].as_array().expect("actors").iter().find(|a| a["kind"] == "armed_group");
    let brigade = brigade.expect("the group");
    assert_eq!(brigade["key"], "actor:kestrel-brigade-of-lunara");
    assert!(brigade["aliases"].as_array().expect("aliases").contains(&Value::from("KBL")), "{brigade}");
}

#[test]
fn invented_words_of_every_class_in_every_dress() {
    let words = r#"[
        (relation: "attacked", words: ["zorb", "blicket+at", "flarn"], pos: verb, roles: ["subj > obj", "subj > at"], weight: 0.9),
        (relation: "met", words: ["grobble"], pos: noun, roles: ["doer > with"], weight: 0.8),
    ]"#;
    let desk = Desk::new();
    for (story, wanted) in [
        ("Kenya was zorbed by Somalia.", "Somalia attacked Kenya"),
        ("Kenya has been zorbing Somalia for weeks.", "Kenya attacked Somalia"),
        ("Kenya, which flarned Somalia on Friday, denied nothing.", "Kenya attacked Somalia"),
        ("Kenya blicketed at Somalia on Friday.", "Kenya attacked Somalia"),
        ("Kenya held a grobble with Somalia.", "Kenya met Somalia"),
        ("Kenya and Uganda zorbed Somalia.", "Uganda attacked Somalia"),
    ] {
        let found = edges(&desk.record(story, &[("--lexicon", "w.ron", words)]));
        assert!(found.contains(&wanted.to_owned()), "{story}: {found:?}");
        assert!(edges(&desk.record(story, &[])).iter().all(|e| e != wanted), "{story}: known without");
    }
}

#[test]
fn the_users_word_goes_before_the_programs() {
    let desk = Desk::new();
    let story = "Kenya attacked Somalia on Friday.";
    assert_eq!(edges(&desk.record(story, &[])), ["Kenya attacked Somalia"]);
    let entry = |relation: &str, weight: &str| {
        format!(
            r#"[(relation: "{relation}", words: ["attack"], pos: verb, roles: ["subj > obj"], weight: {weight})]"#
        )
    };
    let read = |text: &str| edges(&desk.record(story, &[("--lexicon", "w.ron", text)]));
    assert_eq!(read(&entry("criticizes", "0.8")), ["Kenya criticizes Somalia"]);
    assert!(read(&entry("attacked", "0")).is_empty(), "a weight of nothing silences the word");
    let kenya = "name\tkind\nKenya\tcompany\n";
    let record = desk.record(story, &[("--actors", "n.tsv", kenya)]);
    let named = record["actors"].as_array().expect("actors").iter().find(|a| a["name"] == "Kenya");
    assert_eq!(named.expect("Kenya")["kind"], "company", "{record}");
}

#[test]
fn every_command_that_reads_articles_takes_them() {
    let desk = Desk::new();
    let (words, names) = (desk.file("w.ron", WORDS), desk.file("n.tsv", NAMES));
    let story = desk.file("story.txt", format!("A headline\n\n{STORY}\n"));
    let graph = desk.0.path().join("g.ron");
    let with = |command: &mut assert_cmd::Command| {
        let run = command.arg("--lexicon").arg(&words).arg("--actors").arg(&names).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8")
    };
    let told = with(whom().arg("explain").arg(&story));
    assert!(told.contains("kept 0.90  Kestrel Brigade of Lunara -attacked-> Ruritania"), "{told}");
    assert!(told.contains("your lexicon 0.90"), "{told}");
    with(whom().arg("build").arg(&story).arg("-o").arg(&graph));
    let run = whom().arg("ask").arg(&graph).arg("who attacked Ruritania").assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("Kestrel Brigade of Lunara"));
    let gold = r#"{"id": "story", "text": "", "date": "2021-03-03",
        "actors": [{"id": "a1", "name": "Kestrel Brigade of Lunara", "kind": "armed_group", "aliases": []},
                   {"id": "a2", "name": "Ruritania", "kind": "country", "aliases": []}],
        "locations": [], "events": [],
        "edges": [{"source": ["a1"], "relation": "attacked", "target": ["a2"], "status": "actual"}]}"#;
    desk.file("story.gold.json", gold);
    let scores: Value =
        serde_json::from_str(&with(whom().arg("eval").arg(desk.0.path()).arg("--json"))).expect("JSON");
    assert_eq!(scores["edges_strict"]["r"], 1.0, "{scores}");
}

#[test]
fn a_damaged_file_is_named_with_its_line() {
    let desk = Desk::new();
    let refused = |option: &str, name: &str, bytes: &[u8], told: &str| {
        let file = desk.file(name, bytes);
        let run = whom().args(["extract", "seeds/flood.txt", option]).arg(&file).assert().code(2);
        assert!(run.get_output().stdout.is_empty());
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        let told = told.replace("FILE", &file.display().to_string());
        assert!(said.contains(&told), "{said} lacks {told}");
    };
    let group = |text: &str| format!("[\n  // mine\n  ({text}),\n]\n");
    let bad_role = group(r#"relation: "met", words: ["meet"], pos: verb, roles: ["subj"], weight: 1"#);
    refused("--lexicon", "w.ron", bad_role.as_bytes(), "lexicon FILE, line 3: `subj`: write roles as");
    let half = &WORDS.as_bytes()[..40];
    refused("--lexicon", "w.ron", half, "lexicon FILE, line 1: ");
    refused("--lexicon", "w.ron", half, "a lexicon is a list of groups such as");
    let other = group(r#"relation: "zapped", words: ["zap"], pos: verb, roles: ["subj > obj"], weight: 1"#);
    refused("--lexicon", "w.ron", other.as_bytes(), "line 3: unknown relation `zapped`; known: accuses,");
    refused("--lexicon", "w.ron", b"\xff\xfe", "--lexicon FILE: ");
    refused("--actors", "n.tsv", b"who\nX\n", "actors FILE, line 1: no column `name`");
    refused("--actors", "n.tsv", b"name\tkind\nX\tplanet\n", "actors FILE, line 2: unknown kind `planet`");
    whom().args(["extract", "seeds/flood.txt", "--actors", "nowhere.tsv"]).assert().code(2);
}
