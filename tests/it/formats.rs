//! Exports and the options that take a part of a graph.

use crate::{root, whom};
use serde_json::Value;

fn exported(arguments: &[&str]) -> Value {
    let mut run = whom();
    let run = run.current_dir(root()).args(["export", "graphs/demo.ron", "--format", "json"]).args(arguments);
    let output = run.assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).expect("JSON")
}

fn typed(graph: &Value) -> Vec<&Value> {
    graph["edges"].as_array().expect("edges").iter().filter(|e| e["claims"].is_array()).collect()
}

#[test]
fn a_part_of_a_graph_is_exported() {
    let part = exported(&["--relation", "detained,accuses", "--status", "actual"]);
    let edges = typed(&part);
    assert!(
        edges.iter().any(|e| e["relation"] == "detained") && edges.iter().any(|e| e["relation"] == "accuses")
    );
    assert!(edges.iter().all(|e| e["status"] == "actual"));
    let whole = exported(&[]);
    assert!(edges.len() < typed(&whole).len());
    let ids: Vec<&str> =
        part["nodes"].as_array().expect("nodes").iter().filter_map(|n| n["id"].as_str()).collect();
    let named = |e: &&Value, end: &str| ids.contains(&e[end].as_str().expect("an id"));
    assert!(edges.iter().all(|e| named(e, "source") && named(e, "target")));
    let around = exported(&["--around", "Latvia", "--depth", "1"]);
    assert!(!typed(&around).is_empty() && typed(&around).len() < typed(&whole).len());
}

#[test]
fn a_part_that_cannot_be_is_told() {
    for (arguments, told) in [
        (&["--around", "Latvja"][..], "nearest: Latvia"),
        (&["--depth", "2"][..], "--around"),
        (&["--status", "perhaps"][..], "hypothetical"),
        (&["--min-confidence", "7"][..], "from 0 to 1"),
        (&["--since", "July"][..], "YYYY-MM-DD"),
    ] {
        let mut run = whom();
        let run =
            run.current_dir(root()).args(["export", "graphs/demo.ron", "--format", "json"]).args(arguments);
        let output = run.assert().code(2).get_output().stderr.clone();
        let said = String::from_utf8_lossy(&output).into_owned();
        assert!(said.to_lowercase().contains(&told.to_lowercase()), "{arguments:?}: {said}");
    }
}
