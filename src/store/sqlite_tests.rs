//! The store that grows: round trips, interruption, damage.

use super::{Store, read, search, write};
use crate::graph::sample::{Report, articles, graph, ron};
use crate::graph::{Decisions, KnowledgeGraph};
use crate::ontology::ActorKind;
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.whom");
    (folder, path)
}

/// Adds reports one by one, each kept before the next.
fn grow(path: &std::path::Path, reports: &[Report]) {
    let mut store = Store::open(path).expect("opens");
    let mut graph = store.load().expect("loads");
    for report in reports {
        graph.add(&report.0);
        let heard = graph.take_heard();
        store.keep(&graph, &heard).expect("keeps");
    }
    store.close().expect("closes");
}

#[test]
fn article_by_article_and_all_at_once_are_one() {
    let (_folder, path) = place();
    grow(&path, &articles()[..2]);
    grow(&path, &articles()[2..]);
    let whole = graph(&articles());
    assert_eq!(ron(&read(&path).expect("reads")), ron(&whole));
    let (_folder, copy) = place();
    write(&copy, &whole).expect("writes");
    assert_eq!(ron(&read(&copy).expect("reads")), ron(&whole));
    // Text, store and back again.
    let text = KnowledgeGraph::read_ron(&ron(&whole)).expect("reads");
    write(&copy, &text).expect("writes over");
    assert_eq!(ron(&read(&copy).expect("reads")), ron(&whole));
}

#[test]
fn what_was_kept_outlives_a_sudden_end() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).expect("opens");
    let mut graph_so_far = store.load().expect("loads");
    for report in &articles()[..2] {
        graph_so_far.add(&report.0);
        let heard = graph_so_far.take_heard();
        store.keep(&graph_so_far, &heard).expect("keeps");
    }
    // Another process sees what was kept while this one still has it open and never closes it.
    assert_eq!(ron(&read(&path).expect("reads")), ron(&graph(&articles()[..2])));
    std::mem::forget(store);
    grow(&path, &articles());
    assert_eq!(ron(&read(&path).expect("reads")), ron(&graph(&articles())));
}

#[test]
fn namesakes_and_decisions_are_kept() {
    let (_folder, path) = place();
    let of = |digest: &str, name: &str| {
        let mut report = Report::new("same", "2021-03-01")
            .actor("a1", name, ActorKind::Organization, &[])
            .actor("a2", "Bora", ActorKind::Organization, &[])
            .edge("a1 met a2");
        report.0.digest = digest.to_owned();
        report.0.url = None;
        report
    };
    let both = [of("1111111111111111", "Alma"), of("2222222222222222", "Almma")];
    grow(&path, &both);
    assert_eq!(ron(&read(&path).expect("reads")), ron(&graph(&both)));
    let mut decisions = Decisions::default();
    decisions.same.insert(("actor:alma".to_owned(), "actor:almma".to_owned()));
    let mut store = Store::open(&path).expect("opens");
    store.keep_decisions(&decisions).expect("keeps");
    store.close().expect("closes");
    let mut decided = graph(&both);
    decided.decide(decisions);
    assert_eq!(ron(&read(&path).expect("reads")), ron(&decided));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn text_store_and_graph_are_one(
        drawn in prop::collection::vec((0..6_usize, 0..6_usize, 0..5_usize, 1..28_u8, 0..4_usize), 1..12),
        cut in 0..12_usize,
    ) {
        const RELATIONS: [&str; 5] = ["accuses", "met", "leads", "denies", "attacked"];
        let reports: Vec<Report> = drawn
            .iter()
            .enumerate()
            .map(|(n, &(a, b, relation, day, id))| {
                let mut report = Report::new(&format!("n{id}"), &format!("2021-03-{day:02}"));
                report.0.digest = format!("d{n}");
                report.0.url = None;
                for p in [a, b] {
                    let kind = if p < 3 { ActorKind::Organization } else { ActorKind::Person };
                    report = report.actor(&format!("p{p}"), &format!("Party Number {p}"), kind, &["Number"]);
                }
                report.edge(&format!("p{a} {} p{b}", RELATIONS[relation])).on(&format!("2021-03-{day:02}"))
            })
            .collect();
        let cut = cut.min(reports.len());
        let (_folder, path) = place();
        grow(&path, &reports[..cut]);
        grow(&path, &reports[cut..]);
        let whole = ron(&graph(&reports));
        let kept = read(&path).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(ron(&kept), whole.clone());
        let text = KnowledgeGraph::read_ron(&whole).map_err(|e| TestCaseError::fail(e.to_string()))?;
        write(&path, &text).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let again = read(&path).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(ron(&again), whole);
    }
}

#[test]
fn evidence_is_found_by_its_words() {
    let (_folder, path) = place();
    grow(&path, &articles());
    let found = search(&path, "detained", 10).expect("searches");
    assert_eq!(
        found,
        [("arrests".to_owned(), "In arrests, sentence 0 tells that a5 detained a6.".to_owned())]
    );
    assert!(search(&path, "nothing-of-the-kind", 10).expect("searches").is_empty());
}

#[test]
fn other_files_and_damage_are_refused() {
    let (folder, path) = place();
    grow(&path, &articles());
    let whole = fs::read(&path).expect("reads");
    fs::write(&path, &whole[..whole.len() / 2]).expect("writes");
    let fault = read(&path).expect_err("is damaged").to_string();
    assert!(fault.contains("damaged graph"), "{fault}");
    let foreign = folder.path().join("foreign.whom");
    let connection = rusqlite::Connection::open(&foreign).expect("opens");
    connection.execute_batch("CREATE TABLE t (x)").expect("makes");
    drop(connection);
    let fault = read(&foreign).expect_err("is foreign").to_string();
    assert!(fault.contains("not one that whom wrote"), "{fault}");
    assert!(Store::open(&foreign).is_err());
    fs::write(&path, &whole).expect("writes");
    let connection = rusqlite::Connection::open(&path).expect("opens");
    connection.pragma_update(None, "user_version", 9).expect("sets");
    drop(connection);
    assert!(read(&path).expect_err("another version").to_string().contains("version 9"));
}

#[test]
fn a_lost_row_is_named() {
    let (_folder, path) = place();
    grow(&path, &articles());
    let connection = rusqlite::Connection::open(&path).expect("opens");
    connection
        .execute("DELETE FROM identity WHERE ix = (SELECT max(ix) FROM identity)", [])
        .expect("deletes");
    drop(connection);
    let fault = read(&path).expect_err("is damaged").to_string();
    assert!(fault.contains("is named but missing"), "{fault}");
}
