//! What the repository ships is in step: `graphs/` is what `seeds/` give. Made anew with `just graphs`.

use crate::{root, whom};
use std::fs;
use tempfile::TempDir;

#[test]
fn the_graph_is_what_the_samples_give() {
    let folder = TempDir::new().expect("a folder");
    let graph = folder.path().join("demo.ron");
    whom().args(["build", "seeds", "-q", "-o"]).arg(&graph).assert().success();
    let shipped = fs::read_to_string(root().join("graphs/demo.ron")).expect("graphs/demo.ron");
    assert!(
        fs::read_to_string(&graph).expect("written") == shipped,
        "graphs/demo.ron is stale: run `just graphs`"
    );
}

#[test]
fn the_picture_is_what_the_graph_gives() {
    let folder = TempDir::new().expect("a folder");
    let picture = folder.path().join("demo.svg");
    whom()
        .args(["draw", "graphs/demo.ron", "--no-graphviz", "--top", "45", "-q", "-o"])
        .arg(&picture)
        .assert()
        .success();
    let shipped = fs::read_to_string(root().join("graphs/demo.svg")).expect("graphs/demo.svg");
    assert!(
        fs::read_to_string(&picture).expect("written") == shipped,
        "graphs/demo.svg is stale: run `just graphs`"
    );
}
