//! What each text format looks like, kept beside the writers.

use super::{FORMATS, Writer, format};
use crate::graph::KnowledgeGraph;
use crate::graph::sample::{articles, graph};

fn written(name: &str, graph: &KnowledgeGraph) -> String {
    let Writer::Stream(write) = format(name).expect("a format").writer else { panic!("a stream") };
    let mut out = Vec::new();
    write(graph, &mut out).expect("writes");
    String::from_utf8(out).expect("UTF-8")
}

macro_rules! snapshots {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(written(stringify!($name), &graph(&articles())));
        })*
    };
}

snapshots! { dot json ron graphml gexf turtle ftm stix }

#[test]
fn an_empty_graph_is_written_too() {
    for format in FORMATS {
        match format.writer {
            Writer::Stream(_) => assert!(!written(format.name, &KnowledgeGraph::new()).contains("NaN")),
            Writer::Folder(write) => assert!(write(&KnowledgeGraph::new()).is_ok(), "{}", format.name),
        }
    }
}

#[test]
fn json_is_json() {
    let value: serde_json::Value = serde_json::from_str(&written("json", &graph(&articles()))).expect("JSON");
    assert_eq!(value["multigraph"], true);
    assert!(value["edges"].as_array().is_some_and(|e| e.iter().any(|e| e["claims"].is_array())));
}

#[test]
fn unknown_formats_are_refused_with_the_known_ones() {
    let message = format("pajek").expect_err("unknown").to_string();
    assert!(message.contains("`pajek`") && message.contains("dot, "), "{message}");
}
