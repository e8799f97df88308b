//! Who may import whom, and who may open files.

use crate::{files, root};
use std::collections::BTreeSet;

/// Each room with the rooms it may import.
const ALLOWED: &[(&str, &[&str])] = &[
    ("ontology", &[]),
    ("reading", &["ontology"]),
    ("language", &["reading", "ontology"]),
    ("entities", &["language", "reading", "ontology"]),
    ("events", &["entities", "language", "reading", "ontology"]),
    ("scoring", &["ontology"]),
    ("graph", &["ontology"]),
    ("store", &["graph", "ontology"]),
    ("query", &["graph", "ontology"]),
    ("analysis", &["query", "graph", "ontology"]),
    ("export", &["graph", "ontology"]),
    ("draw", &["export", "graph", "ontology"]),
    ("pipeline", &["events", "entities", "language", "reading", "graph", "ontology"]),
];
/// Sees all.
const TOP: [&str; 3] = ["cli", "main", "lib"];
const OPENS_FILES: [&str; 3] = ["cli", "store", "main"];

#[test]
fn rooms_import_only_what_they_may() {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for path in files("src", ".rs") {
        let below = path.strip_prefix(root().join("src")).expect("below src");
        let room = below.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_owned();
        if TOP.contains(&room.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == room) else {
            faults
                .push(format!("src/{}: the room `{room}` is not in the table of this test", below.display()));
            continue;
        };
        for imported in imports(&std::fs::read_to_string(&path).expect("a source file")) {
            if imported != room && !allowed.contains(&imported.as_str()) {
                faults.push(format!("src/{}: `{room}` may not import `{imported}`", below.display()));
            }
        }
        seen.insert(room);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert_eq!(seen.len(), ALLOWED.len(), "a room of the table has no source file");
}

#[test]
fn only_the_command_line_and_the_store_open_files() {
    for path in files("src", ".rs") {
        let below = path.strip_prefix(root().join("src")).expect("below src");
        let room = below.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(&path).expect("a source file");
        let code = code(&text);
        for way in ["std::fs", "File::open", "File::create", "fs::read", "std::net"] {
            let opens = code.contains(way);
            assert!(!opens || OPENS_FILES.contains(&room.as_str()), "src/{}: uses {way}", below.display());
        }
    }
}

#[test]
fn the_reader_of_imports_sees_every_form() {
    let text = "//! crate::draw\nuse crate::{graph::Node, ontology};\nfn f() { crate::store::read() } // crate::query\n\
                use crate::language::{Token, Upos};\n#[cfg(test)]\nuse crate::cli;";
    let seen: Vec<String> = imports(text).into_iter().collect();
    assert_eq!(seen, ["graph", "language", "ontology", "store"]);
}

/// What a file takes from other rooms: the names after each `crate::`.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in code(text).split("crate::").skip(1) {
        let name =
            |s: &str| s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match after.strip_prefix('{') {
            None => {
                found.insert(name(after));
            }
            Some(group) => {
                let mut depth = 1;
                let mut part = String::new();
                for c in group.chars() {
                    depth += match c {
                        '{' => 1,
                        '}' => -1,
                        _ => 0,
                    };
                    if depth == 0 || (depth == 1 && c == ',') {
                        found.insert(name(&part));
                        part.clear();
                        if depth == 0 {
                            break;
                        }
                    } else {
                        part.push(c);
                    }
                }
            }
        }
    }
    found.remove("");
    // Macros are named by the crate, not by their room.
    found
}

/// The file without its comments and without its tests.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let before_tests = before_tests.split("#[cfg(test)]\nuse ").next().unwrap_or(before_tests);
    before_tests.lines().map(|line| line.split("//").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
