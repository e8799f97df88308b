//! `whom.toml`, colours and the forms of answers.

use crate::{root, whom};
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with a graph and a `whom.toml`.
fn desk(settings: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::copy(root().join("graphs/demo.ron"), folder.path().join("demo.ron")).expect("copied");
    fs::write(folder.path().join("whom.toml"), settings).expect("written");
    folder
}

fn within(folder: &Path, line: &str) -> Command {
    let mut command = whom();
    command.current_dir(folder).env_remove("NO_COLOR").args(line.split(' '));
    command
}

fn told(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).expect("text")
}

fn refused(command: &mut Command) -> String {
    String::from_utf8(command.assert().code(2).get_output().stderr.clone()).expect("text")
}

#[test]
fn a_folders_file_sets_defaults_and_the_command_line_goes_before_them() {
    let folder = desk("# for spreadsheets\nformat = \"csv\"\n");
    let csv = told(&mut within(folder.path(), "top demo.ron -n 1"));
    assert!(csv.starts_with("name,kind,"), "{csv}");
    let json = told(&mut within(folder.path(), "top demo.ron -n 1 --format json"));
    assert!(json.starts_with('['), "{json}");
    let plain = told(&mut within(folder.path(), "top demo.ron -n 1 --config none"));
    assert!(!plain.starts_with("name,kind,"), "{plain}");
    fs::write(folder.path().join("other.toml"), "format = \"json\"").expect("written");
    let other = told(&mut within(folder.path(), "top demo.ron -n 1 --config other.toml"));
    assert_eq!(other, json);
    assert!(told(&mut within(folder.path(), "top --help")).contains("[default: csv]"));
}

#[test]
fn files_that_the_file_names_lie_beside_it() {
    let folder = desk("lexicon = [\"words.ron\"]\ndate = 2021-03-03\n");
    fs::create_dir(folder.path().join("below")).expect("made");
    fs::write(
        folder.path().join("words.ron"),
        r#"[(relation: "attacked", words: ["zorb"], pos: verb, roles: ["subj > obj"], weight: 0.9)]"#,
    )
    .expect("written");
    fs::write(folder.path().join("below/a.txt"), "The Iranian army zorbed Turkey on Monday.")
        .expect("written");
    let record = told(&mut within(&folder.path().join("below"), "extract a.txt --config ../whom.toml"));
    assert!(record.contains("\"attacked\""), "{record}");
    assert!(record.contains("2021-03-01"), "{record}");
}

#[test]
fn a_faulty_file_is_told_by_line() {
    for (settings, telling) in [
        ("\nformt = \"csv\"", ["whom.toml, line 2", "did you mean format?"]),
        ("jobs = 2\nweather = 1", ["whom.toml, line 2", "known: actors,"]),
        ("format = \"xls\"", ["whom.toml, line 1", "xls"]),
        ("jobs = {}", ["whom.toml, line 1", "wants a word, a number or a list"]),
        ("format = ", ["whom.toml, line 1", "string"]),
    ] {
        let folder = desk(settings);
        let said = refused(&mut within(folder.path(), "stats demo.ron"));
        for words in telling {
            assert!(said.contains(words), "{settings:?}: {said}");
        }
    }
    let said = refused(&mut within(desk("").path(), "stats demo.ron --config missing.toml"));
    assert!(said.contains("--config missing.toml"), "{said}");
}

#[test]
fn colours_are_used_as_asked_for() {
    let folder = desk("");
    let ask = "ask demo.ron who accused whom";
    assert!(!told(&mut within(folder.path(), ask)).contains('\u{1b}'));
    let colored = told(&mut within(folder.path(), &format!("--color always {ask}")));
    assert!(colored.contains("\u{1b}["), "{colored}");
    let mut painted = within(folder.path(), "stats missing.ron --color always");
    assert!(String::from_utf8_lossy(&painted.assert().code(1).get_output().stderr).contains("\u{1b}["));
    let mut plain = within(folder.path(), "stats missing.ron");
    assert!(!String::from_utf8_lossy(&plain.assert().code(1).get_output().stderr).contains('\u{1b}'));
}

#[test]
fn json_is_short_for_its_format() {
    let folder = desk("format = \"csv\"");
    for line in
        ["ask demo.ron who accused whom", "show demo.ron Latvia", "stats demo.ron", "timeline demo.ron"]
    {
        let long = told(&mut within(folder.path(), &format!("{line} --format json")));
        assert_eq!(told(&mut within(folder.path(), &format!("{line} --json"))), long, "{line}");
    }
}

#[test]
fn the_demonstration_makes_its_folder() {
    let folder = TempDir::new().expect("a folder");
    told(&mut within(folder.path(), "demo new/place"));
    let drawn = fs::read_to_string(folder.path().join("new/place/demo.svg")).expect("drawn");
    assert!(drawn.contains("</svg>"));
    let graph = fs::read(folder.path().join("new/place/demo.ron")).expect("a graph");
    assert!(graph.len() > 1000);
}
