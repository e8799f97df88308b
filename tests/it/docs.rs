//! Every command in the documents runs, and the samples that `whom demo` carries are all of them.

use crate::{files, root, whom};
use std::fs;
use tempfile::TempDir;

#[test]
fn commands_in_the_documents_run() {
    let mut documents = vec![root().join("README.md")];
    if root().join("docs").is_dir() {
        documents.extend(files("docs", ".md"));
    }
    let mut count = 0;
    for document in documents {
        let folder = TempDir::new().expect("a folder");
        for shipped in ["seeds", "graphs"] {
            fs::create_dir(folder.path().join(shipped)).expect("made");
            for file in files(shipped, "") {
                let name = file.file_name().expect("a name");
                fs::copy(&file, folder.path().join(shipped).join(name)).expect("copied");
            }
        }
        let text = fs::read_to_string(&document).expect("a document");
        for (name, content) in named_blocks(&text) {
            fs::write(folder.path().join(name), content).expect("written");
        }
        for command in commands(&text) {
            count += 1;
            let (line, target) =
                command.split_once(" > ").map_or((command.as_str(), None), |(l, t)| (l, Some(t)));
            let words = words(line);
            let run = whom().current_dir(folder.path()).args(&words[1..]).output().expect("it runs");
            assert!(
                run.status.success(),
                "{}: `{command}` fails: {}",
                document.display(),
                String::from_utf8_lossy(&run.stderr)
            );
            if let Some(target) = target {
                fs::write(folder.path().join(target.trim()), run.stdout).expect("written");
            }
        }
    }
    assert!(count >= 6, "only {count} commands found");
}

#[test]
fn the_demo_carries_every_sample() {
    let folder = TempDir::new().expect("a folder");
    let run = whom().arg("demo").arg(folder.path()).assert().success();
    let answers = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(answers.contains("who accused whom?") && answers.contains("Latvia"), "{answers}");
    let made = fs::read_to_string(folder.path().join("demo.ron")).expect("written");
    assert!(
        made == fs::read_to_string(root().join("graphs/demo.ron")).expect("shipped"),
        "not the same graph"
    );
    assert!(folder.path().join("demo.svg").exists());
}

#[test]
fn completions_and_manual_pages() {
    for shell in ["bash", "zsh", "fish"] {
        let run = whom().args(["completions", shell]).assert().success();
        assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("extract"), "{shell}");
    }
    let folder = TempDir::new().expect("a folder");
    whom().arg("man").arg(folder.path()).assert().success();
    let page = fs::read_to_string(folder.path().join("whom-build.1")).expect("a page");
    assert!(page.contains("whom\\-build") && page.contains("into"), "{page}");
}

#[test]
fn every_relation_and_status_is_in_the_book() {
    use whom::ontology::{Relation, Status};
    let page = fs::read_to_string(root().join("docs/src/relations.md")).expect("the page");
    for relation in Relation::ALL {
        let row = format!("| `{relation}` | {} | {} |", relation.row().meaning, relation.plover().code());
        assert!(page.contains(&row), "docs/src/relations.md lacks the row: {row}");
    }
    for status in Status::ALL {
        assert!(page.contains(&format!("| `{status}` |")), "{status}");
    }
}

/// Lines of `sh` blocks that call the program, however it is called.
fn commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && line.starts_with("whom ") {
            found.push(line.to_owned());
        } else if inside && line.starts_with("cargo run ") {
            found.push(format!("whom {}", line.split_once(" -- ").expect("arguments").1));
        }
    }
    found
}

/// Blocks whose opening line names a file after the language, and what they hold.
fn named_blocks(text: &str) -> Vec<(&str, &str)> {
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| {
            let (opening, content) = block.split_once('\n')?;
            Some((opening.split_once(' ')?.1, content))
        })
        .collect()
}

/// Words of a command line, double quotes taken away.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("one").push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}
