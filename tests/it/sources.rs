//! Every folder of data tells where it comes from.

use crate::{files, root};

#[test]
fn every_data_file_has_its_row() {
    let sources = std::fs::read_to_string(root().join("data/SOURCES.md")).expect("data/SOURCES.md");
    let patterns: Vec<&str> = sources
        .lines()
        .filter_map(|l| l.strip_prefix("| ")?.split(" | ").next())
        .filter(|files| files.contains(['/', '*']))
        .flat_map(|files| files.split(", "))
        .collect();
    assert!(!patterns.is_empty());
    let mut missing = Vec::new();
    let mut used = vec![false; patterns.len()];
    for path in files("data", "") {
        let below = path.strip_prefix(root().join("data")).expect("below data").display().to_string();
        if below.ends_with(".md") || below.ends_with("MODEL.toml") {
            continue;
        }
        let rows: Vec<usize> = (0..patterns.len()).filter(|&i| covers(patterns[i], &below)).collect();
        if rows.is_empty() {
            missing.push(below);
        }
        for row in rows {
            used[row] = true;
        }
    }
    assert!(missing.is_empty(), "no row in data/SOURCES.md for {missing:?}");
    let stale: Vec<&str> = patterns.iter().zip(used).filter(|(_, used)| !used).map(|(p, _)| *p).collect();
    assert!(stale.is_empty(), "data/SOURCES.md has rows for what is not there: {stale:?}");
}

/// `lexicon/*.ron` covers the files of that folder, `models/edges/` all below.
fn covers(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            path.len() >= before.len() + after.len()
                && path.starts_with(before)
                && path.ends_with(after)
                && !path[before.len()..].contains('/')
        }
        None => path == pattern || (pattern.ends_with('/') && path.starts_with(pattern)),
    }
}

#[test]
fn patterns() {
    assert!(covers("lexicon/*.ron", "lexicon/met.ron") && !covers("lexicon/*.ron", "lexicon/a/met.ron"));
    assert!(
        covers("models/edges/", "models/edges/weights.ron") && !covers("models/edges/", "models/edge.ron")
    );
}
