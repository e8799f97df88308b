//! Bad input: a clear message on standard error, the right exit status, and the rest done.

use crate::whom;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const GOOD: &str = "{\"id\": \"good\", \"date\": \"2018-07-10\", \"text\": \"Police in Oslo arrested two men on Monday.\"}\n";

/// Runs `whom extract` on a file of these bytes and a good one; gives exit status, records and messages.
fn extract(name: &str, bytes: &[u8]) -> (i32, usize, String) {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path(name), bytes).expect("written");
    fs::write(path("z-good.jsonl"), GOOD).expect("written");
    let run = whom().arg("extract").arg(path(name)).arg(path("z-good.jsonl")).output().expect("it runs");
    let stdout = String::from_utf8(run.stdout).expect("UTF-8");
    (
        run.status.code().expect("no signal"),
        stdout.lines().count(),
        String::from_utf8_lossy(&run.stderr).into_owned(),
    )
}

#[test]
fn faulty_files_are_named_and_the_rest_is_done() {
    for (name, bytes, message) in [
        ("empty.txt", &b""[..], "empty.txt: empty"),
        ("blank.txt", &b" \n\n"[..], "blank.txt: empty"),
        ("binary.txt", &b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00"[..], "binary.txt: binary data"),
        ("list.jsonl", &b"{\"id\": \"x\"}\n"[..], "list.jsonl, line 1: no `text`"),
        ("cut.jsonl", &b"{\"id\": \"x\", \"text\": \"He le"[..], "cut.jsonl, line 1: not valid JSON"),
        (
            "page.html",
            &b"<!doctype html><html><body></body></html>"[..],
            "page.html: a page without running text",
        ),
    ] {
        let (status, records, messages) = extract(name, bytes);
        assert_eq!((status, records), (1, 1), "{name}: {messages}");
        assert!(messages.contains(message), "{name}: {messages}");
        assert_eq!(messages.matches("whom:").count(), 1, "{name}: {messages}");
    }
}

#[test]
fn an_article_without_a_date_is_done_with_a_warning() {
    let (status, records, messages) = extract("undated.txt", b"Police in Oslo arrested two men on Monday.\n");
    assert_eq!((status, records), (0, 2), "{messages}");
    assert!(messages.contains("warning: 1 article has no date") && messages.contains("--date"), "{messages}");
}

#[test]
fn a_line_of_fifty_megabytes_is_passed_over() {
    let mut bytes = b"{\"id\": \"long\", \"text\": \"".to_vec();
    bytes.resize(50 << 20, b'x');
    bytes.extend_from_slice(b"\"}\n");
    bytes.extend_from_slice(GOOD.replace("good", "after").as_bytes());
    let (status, records, messages) = extract("long.jsonl", &bytes);
    assert_eq!((status, records), (1, 2), "{messages}");
    assert!(messages.contains("long.jsonl, line 1: longer than 16 MiB"), "{messages}");
    let (status, records, messages) = extract("long.txt", &vec![b'x'; 50 << 20]);
    assert_eq!((status, records), (1, 1), "{messages}");
    assert!(messages.contains("long.txt: longer than 16 MiB"), "{messages}");
}

#[test]
fn missing_paths_are_named() {
    let run = whom().args(["extract", "no/such/file.txt", "seeds/flood.txt"]).assert().code(1);
    let output = run.get_output();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("no/such/file.txt: no such file or folder"));
}

#[test]
fn a_damaged_graph_is_told_and_left_as_it_was() {
    let folder = TempDir::new().expect("a folder");
    let graph = folder.path().join("damaged.ron");
    whom().args(["build", "seeds/flood.txt", "-q", "-o"]).arg(&graph).assert().success();
    let whole = fs::read(&graph).expect("written");
    let half = &whole[..whole.len() / 2];
    fs::write(&graph, half).expect("written");
    for arguments in [
        &["build", "seeds/flood.txt", "--into"][..],
        &["ask"],
        &["draw", "-o", "x.svg"],
        &["export", "--format", "json"],
    ] {
        let mut command = whom();
        command.args(arguments).arg(&graph);
        if arguments[0] == "ask" {
            command.arg("who accused whom");
        }
        let run = command.assert().code(1);
        assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("damaged.ron"), "{arguments:?}");
        assert!(run.get_output().stdout.is_empty());
    }
    assert_eq!(fs::read(&graph).expect("still there"), half);
    assert!(!Path::new("x.svg").exists());
}

#[test]
fn nothing_read_leaves_the_graph_as_it_was() {
    let folder = TempDir::new().expect("a folder");
    let graph = folder.path().join("new.ron");
    whom().args(["build", "no-such-file.txt", "-o"]).arg(&graph).assert().code(1);
    assert!(!graph.exists());
}

#[test]
fn wrong_use_has_a_status_of_its_own() {
    for arguments in [
        &[][..],
        &["build", "seeds"],
        &["build", "seeds", "-o", "no/such/folder/x.ron"],
        &["build", "seeds", "-o", "x.ron", "--date", "yesterday"],
        &["extract", "seeds", "--from", "papyrus"],
        &["export", "graphs/demo.ron", "--format", "papyrus"],
        &["draw", "graphs/demo.ron", "-o", "x.papyrus"],
        &["frobnicate"],
        &["eval", "no-such-folder"],
    ] {
        let run = whom().args(arguments).assert().code(2);
        assert!(!run.get_output().stderr.is_empty(), "{arguments:?}");
        assert!(run.get_output().stdout.is_empty(), "{arguments:?}");
    }
}
