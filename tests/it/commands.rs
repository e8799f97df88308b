//! The commands as a user runs them.

use crate::{root, whom};
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;

#[test]
fn version_and_help() {
    let run = whom().arg("--version").assert().success();
    assert_eq!(
        String::from_utf8_lossy(&run.get_output().stdout),
        format!("whom {}\n", env!("CARGO_PKG_VERSION"))
    );
    for command in ["build", "extract", "ask", "draw", "export", "parse", "eval", "explain", "demo"] {
        whom().args([command, "--help"]).assert().success();
    }
}

#[test]
fn the_account_goes_to_standard_error_and_can_be_silenced() {
    let folder = TempDir::new().expect("a folder");
    let graph = folder.path().join("a.ron");
    let run = whom().args(["build", "seeds", "-o"]).arg(&graph).assert().success();
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(run.get_output().stdout.is_empty());
    for word in ["read ", "graph ", "edges ", "wrote ", "accuses", "a.ron"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let run = whom().args(["build", "seeds", "-q", "-o"]).arg(&graph).assert().success();
    assert!(run.get_output().stderr.is_empty());
}

#[test]
fn a_graph_grows() {
    let folder = TempDir::new().expect("a folder");
    let (once, grown) = (folder.path().join("once.ron"), folder.path().join("grown.ron"));
    whom()
        .args(["build", "seeds/riga-plot.txt", "seeds/riga-plot-minsk.md", "-q", "-o"])
        .arg(&once)
        .assert()
        .success();
    whom().args(["build", "seeds/riga-plot.txt", "-q", "--into"]).arg(&grown).assert().success();
    whom().args(["build", "seeds/riga-plot-minsk.md", "-q", "--into"]).arg(&grown).assert().success();
    assert_eq!(fs::read(&once).expect("written"), fs::read(&grown).expect("written"));
    // The same article again changes nothing.
    let run = whom().args(["build", "seeds/riga-plot.txt", "--into"]).arg(&grown).assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("1 copy known already"));
    assert_eq!(fs::read(&once).expect("written"), fs::read(&grown).expect("written"));
}

#[test]
fn analyses_and_their_forms() {
    let run = |line: &str| {
        let run = whom().args(line.split(' ')).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8")
    };
    let dossier: serde_json::Value =
        serde_json::from_str(&run("show graphs/demo.ron Latvia --format json")).expect("JSON");
    assert_eq!(dossier["id"][0], "country:LV");
    assert!(dossier["edges"].as_array().is_some_and(|edges| edges.len() > 5));
    assert!(run("show graphs/demo.ron riga").contains("what it did"));
    assert!(run("timeline graphs/demo.ron Turkey --format csv").starts_with("date,source,relation,"));
    assert!(run("path graphs/demo.ron Latvia Poland").contains("Poland"));
    assert!(run("top graphs/demo.ron -n 1 --format csv").lines().count() == 2);
    assert!(run("stats graphs/demo.ron --format csv").contains("\narticles,,"));
    assert_eq!(run("diff graphs/demo.ron graphs/demo.ron --format json").trim(), "[]");
    whom().args(["show", "graphs/demo.ron", "Nobody Known"]).assert().code(2);
}

#[test]
fn a_store_grows_and_goes_on_where_it_was() {
    let folder = TempDir::new().expect("a folder");
    let (text, kept) = (folder.path().join("a.ron"), folder.path().join("a.whom"));
    whom().args(["build", "seeds/riga-plot.txt", "-q", "-o"]).arg(&kept).assert().success();
    let run = whom()
        .args(["build", "seeds/riga-plot.txt", "seeds/riga-plot-minsk.md", "-o"])
        .arg(&kept)
        .assert()
        .success();
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("1 copy known already"));
    whom()
        .args(["build", "seeds/riga-plot.txt", "seeds/riga-plot-minsk.md", "-q", "-o"])
        .arg(&text)
        .assert()
        .success();
    let export = |file: &std::path::Path| {
        whom()
            .arg("export")
            .arg(file)
            .args(["--format", "json"])
            .assert()
            .success()
            .get_output()
            .stdout
            .clone()
    };
    assert_eq!(export(&text), export(&kept));
    let run = whom().arg("search").arg(&kept).args(["latvia*", "--format", "csv"]).assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("riga-plot,"));
    whom().arg("search").arg(&text).arg("latvia").assert().code(2);
    // One file, no journal beside it.
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).expect("lists").map(|f| f.expect("a file").file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.ron", "a.whom"]);
}

#[test]
fn decisions_are_drawn_up_and_replayed() {
    let folder = TempDir::new().expect("a folder");
    let (graph, mine) = (folder.path().join("a.ron"), folder.path().join("mine.ron"));
    fs::copy(root().join("graphs/demo.ron"), &graph).expect("copied");
    whom().arg("review").arg(&graph).arg("-o").arg(&mine).assert().success();
    let drawn = fs::read_to_string(&mine).expect("written");
    let build = || {
        let mut command = whom();
        command.arg("build").arg("--into").arg(&graph).arg("--decisions").arg(&mine);
        command
    };
    // As drawn up it decides nothing.
    build().assert().success();
    assert_eq!(fs::read(&graph).expect("reads"), fs::read(root().join("graphs/demo.ron")).expect("reads"));
    let renamed =
        drawn.replace("names: {", "names: {\n    \"country:LV\": \"Republic of Latvia (renamed)\",");
    fs::write(&mine, renamed).expect("written");
    build().assert().success();
    let run = whom().arg("show").arg(&graph).arg("country:LV").assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("Republic of Latvia (renamed)"));
    fs::write(&mine, "(same: 3)").expect("written");
    build().assert().code(2);
}

#[test]
fn queries_their_limits_and_faults() {
    let query = |text: &str| {
        let mut command = whom();
        command.args(["query", "graphs/demo.ron", text, "--format", "csv"]);
        command
    };
    let run = query("MATCH (a)-[r:accuses]->(b {name: $who}) RETURN a.name, r.status")
        .args(["--param", "who=Belarus"])
        .assert()
        .success();
    let rows = String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8");
    assert!(rows.starts_with("a.name,r.status\n") && rows.contains("\nLatvia,actual\n"), "{rows}");
    query("MATCH (a) RETURN a.name").args(["--max-rows", "3"]).assert().code(2);
    let run = query("MATCH (a)-[r:acuses]->(b) RETURN a").assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("did you mean accuses?") && said.contains("^^^^^^"), "{said}");
    query("MATCH (a) DELETE a").assert().code(2);
}

#[test]
fn questions_and_their_forms() {
    let ask = |question: &str, form: &str| {
        let run = whom().args(["ask", "graphs/demo.ron", question, "--format", form]).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8")
    };
    let table = ask("who accused whom", "table");
    assert!(table.contains("Latvia") && table.contains("Belarus"), "{table}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&ask("who accused whom", "json")).expect("JSON");
    assert!(
        rows.iter()
            .any(|r| r["source"] == "Latvia" && r["relation"] == "accuses" && r["target"] == "Belarus")
    );
    for key in
        ["source", "relation", "target", "status", "date", "place", "according_to", "articles", "evidence"]
    {
        assert!(rows[0].get(key).is_some(), "{key}");
    }
    assert!(ask("who accused whom", "csv").starts_with("source,relation,target,status,date,place"));
}

#[test]
fn a_question_that_is_not_understood_is_wrong_use() {
    let run = whom().args(["ask", "graphs/demo.ron", "who acused whom"]).assert().code(2);
    assert!(
        String::from_utf8_lossy(&run.get_output().stderr).contains("accused"),
        "the nearest word is named"
    );
}

#[test]
fn standard_input_is_read() {
    let article = fs::read(root().join("seeds/riga-plot.txt")).expect("a seed");
    let run = whom().args(["extract", "-"]).write_stdin(article).assert().success();
    let record: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).expect("JSON");
    assert_eq!((record["id"].as_str(), record["date"].as_str()), (Some("stdin"), Some("2022-03-17")));
}

#[test]
fn folders_are_read_in_order_and_ids_are_their_paths() {
    let folder = TempDir::new().expect("a folder");
    for name in ["b.txt", "a/z.txt", "a/.hidden.txt", "a.txt", "notes.xyz"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "2018-07-10\n\nPolice arrested two men.").expect("written");
    }
    let run = whom().arg("extract").arg(folder.path()).assert().success();
    let ids: Vec<String> = String::from_utf8_lossy(&run.get_output().stdout)
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"]
                .as_str()
                .expect("an id")
                .to_owned()
        })
        .collect();
    assert_eq!(ids, ["a/z", "a", "b"]);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let program = assert_cmd::cargo::cargo_bin("whom");
    let lines: String = (0..400)
        .map(|i| format!("{{\"id\": \"{i}\", \"date\": \"2018\", \"text\": \"He met her in Oslo.\"}}\n"))
        .collect();
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("many.jsonl");
    fs::write(&path, lines).expect("written");
    let mut run = Command::new(program)
        .arg("extract")
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(run.stdout.take());
    let output = run.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_parse_can_be_read_again() {
    let run = whom().args(["parse", "seeds/flood.txt"]).assert().success();
    let parse = String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8");
    assert!(parse.contains("# text = ") && parse.contains("\tVERB\t"), "{parse}");
    let again = whom().args(["parse", "--tokenized", "-"]).write_stdin(parse.clone()).assert().success();
    let words = |text: &str| {
        text.lines()
            .filter(|l| l.contains('\t'))
            .map(|l| l.split('\t').nth(1).expect("a word").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&parse), words(&String::from_utf8_lossy(&again.get_output().stdout)));
}

#[test]
fn evaluation_scores_own_gold() {
    let folder = TempDir::new().expect("a folder");
    let gold = r#"{"id": "a", "date": "2018-07-10",
        "actors": [{"id": "l", "name": "Latvia"}, {"id": "b", "name": "Belarus"}], "locations": [],
        "edges": [{"source": ["l"], "relation": "accuses", "target": ["b"], "status": "actual", "according_to": null,
                   "date": null, "place": null, "evidence": "…", "essential": true}]}"#;
    fs::write(folder.path().join("a.gold.json"), gold).expect("written");
    fs::write(folder.path().join("a.txt"), "Latvia accused Belarus of spying.\n").expect("written");
    let errors = folder.path().join("errors.txt");
    let run = whom().args(["eval", "--json", "--errors"]).arg(&errors).arg(folder.path()).assert().success();
    let scores: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).expect("JSON");
    assert_eq!(scores["edges_strict"]["f1"], 1.0);
    assert_eq!(fs::read_to_string(&errors).expect("written"), "== a\n");
    let run = whom().arg("eval").arg(folder.path()).assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("edges strict"));
}

#[test]
fn an_edge_is_explained() {
    let article = "Kenya accused Somalia of hiding smugglers.\n";
    let run = whom().args(["explain", "-"]).write_stdin(article).assert().success();
    let told = String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8");
    assert!(
        told.contains("kept") && told.contains("Kenya -accuses-> Somalia") && told.contains("bias"),
        "{told}"
    );
    let run = whom().args(["explain", "--json", "-"]).write_stdin(article).assert().success();
    let candidate: serde_json::Value =
        serde_json::from_slice(run.get_output().stdout.split(|b| *b == b'\n').next().expect("a line"))
            .expect("JSON");
    assert!(candidate["features"].is_object() && candidate["confidence"].is_number(), "{candidate}");
}
