//! Everything that is tested from outside, in one binary.

mod cases;
mod commands;
mod defaults;
mod docs;
mod formats;
mod imports;
mod inputs;
mod knowledge;
mod lexicon;
mod licences;
mod records;
mod shipped;
mod sources;

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The program.
fn whom() -> Command {
    let mut command = Command::cargo_bin("whom").expect("the program is built");
    command.current_dir(root());
    command
}

/// The repository's root.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository with that ending, in order.
fn files(below: &str, ending: &str) -> Vec<PathBuf> {
    let mut left = vec![root().join(below)];
    let mut found = Vec::new();
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
