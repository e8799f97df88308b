//! Analyses over the invented articles.

use super::*;
use crate::graph::sample::{Report, articles, graph};
use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::ontology::{ActorKind, Status};
use crate::query::{Look, Table};

fn node(graph: &KnowledgeGraph, name: &str) -> NodeIndex {
    find_party(graph, name).expect("is known").node
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.columns.iter().position(|c| c == name).expect("a column");
    table.rows.iter().map(|row| row[at].plain()).collect()
}

#[test]
fn a_name_an_alias_a_part_and_an_id_find_the_party() {
    let graph = graph(&articles());
    let borland = node(&graph, "country:BO");
    for name in ["Borland", "the Borish", "borland"] {
        assert_eq!(node(&graph, name), borland, "{name}");
    }
    assert_eq!(graph.node(node(&graph, "Okabe")).name, "Ruth Okabe");
    let fault = find_party(&graph, "Borlund").expect_err("is unknown").to_string();
    assert!(fault.contains("`Borlund`") && fault.contains("Borland"), "{fault}");
}

#[test]
fn a_dossier_has_both_sides_by_date() {
    let graph = graph(&articles());
    let dossier = dossier(&graph, node(&graph, "Avaria"));
    let text = dossier.to_text(Look { width: Some(140), color: false });
    assert!(text.starts_with("name          Avaria\nid            country:AV\n"), "{text}");
    let titles: Vec<&str> = dossier.sections.iter().map(|(t, _)| *t).collect();
    assert_eq!(titles, ["what it did", "what was done to it", "what it says of others"]);
    assert_eq!(column(&dossier.sections[0].1, "relation"), ["accuses", "met"]);
    assert_eq!(column(&dossier.sections[0].1, "date"), ["2021-03-04", "2021-04-09"]);
    let json: serde_json::Value = serde_json::from_str(&dossier.to_json()).expect("JSON");
    assert_eq!(json["kind"][0], "country");
    assert_eq!(json["edges"][0]["section"], "what it did");
}

#[test]
fn a_timeline_is_in_order_of_date() {
    let graph = graph(&articles());
    let all = column(&timeline(&graph, None), "date");
    let days: Vec<&str> = all.iter().map(|d| d.trim_start_matches('~')).collect();
    assert!(days.is_sorted(), "{days:?}");
    assert!(!column(&timeline(&graph, None), "relation").contains(&"leads".to_owned()));
    let of_raiders = timeline(&graph, Some(node(&graph, "Red Dawn Brigade")));
    assert_eq!(column(&of_raiders, "relation"), ["attacked", "killed"]);
}

#[test]
fn chains_are_the_shortest_there_are() {
    let graph = graph(&articles());
    let route = Route { directed: false, longest: 6, chains: 2 };
    let chain = paths(&graph, node(&graph, "Ruth Okabe"), node(&graph, "a Borish diplomat"), route);
    assert_eq!(column(&chain, "relation"), ["leads", "detained"]);
    assert_eq!(column(&chain, "step"), ["1", "2"]);
    let back = paths(&graph, node(&graph, "a Borish diplomat"), node(&graph, "Ruth Okabe"), route);
    assert_eq!(column(&back, "relation"), ["detained", "leads"]);
    let directed = Route { directed: true, ..route };
    assert!(
        paths(&graph, node(&graph, "a Borish diplomat"), node(&graph, "Ruth Okabe"), directed)
            .rows
            .is_empty()
    );
    let short = Route { longest: 1, ..route };
    assert!(
        paths(&graph, node(&graph, "Ruth Okabe"), node(&graph, "a Borish diplomat"), short).rows.is_empty()
    );
}

/// A - B - C and D - B: everything passes through B.
fn star() -> KnowledgeGraph {
    let mut report = Report::new("star", "2021-01-01");
    for (id, name) in [("a", "Alma"), ("b", "Bora"), ("c", "Cyra"), ("d", "Dino")] {
        report = report.actor(id, name, ActorKind::Organization, &[]);
    }
    graph(&[report.edge("a supports b").edge("b supports c").edge("d supports b")])
}

#[test]
fn the_middle_of_a_star_is_central() {
    let star = star();
    let first = |measure| column(&ranking(&star, measure, 1), "name");
    for measure in [Measure::Degree, Measure::Betweenness, Measure::In] {
        assert_eq!(first(measure), ["Bora"], "{measure:?}");
    }
    // Who is supported by the one whom all support ranks first.
    assert_eq!(first(Measure::PageRank), ["Cyra"]);
    let whole = ranking(&star, Measure::Degree, 10);
    assert_eq!(column(&whole, "betweenness"), ["3.000", "0.000", "0.000", "0.000"]);
    let sum: f64 = column(&whole, "pagerank").iter().map(|r| r.parse::<f64>().expect("a number")).sum();
    assert!((sum - 1.0).abs() < 0.01, "{sum}");
}

#[test]
fn parties_that_deal_with_each_other_are_a_community() {
    let mut report = Report::new("two", "2021-01-01");
    for name in ["a", "b", "c", "d", "e", "f"] {
        report = report.actor(name, &format!("Party {name}"), ActorKind::Organization, &[]);
    }
    for told in
        ["a met b", "b supports c", "c aided a", "d met e", "e supports f", "f aided d", "a accuses d"]
    {
        report = report.edge(told);
    }
    let graph = graph(&[report]);
    let table = communities(&graph, 2);
    assert_eq!(column(&table, "members"), ["3", "3"]);
    assert_eq!(column(&table, "edges inside"), ["3", "3"]);
    assert_eq!(column(&table, "edges outside"), ["1", "1"]);
    assert!(communities(&graph, 4).rows.is_empty());
}

#[test]
fn parties_that_differ_are_set_side_by_side() {
    let all = disputes(&graph(&articles()));
    let (matters, versions) = (column(&all, "differs in"), column(&all, "version"));
    let of = |matter: &str| -> Vec<&str> {
        matters.iter().zip(&versions).filter(|(m, _)| *m == matter).map(|(_, v)| v.as_str()).collect()
    };
    assert_eq!(of("status"), ["alleged", "denied"]);
    assert_eq!(of("who did it"), ["Borland", "National Front of Borland", "a Borish diplomat"]);
    let toll = |id: &str, dead: &str| {
        Report::new(id, "2021-03-02")
            .actor("a1", "Red Dawn Brigade", ActorKind::ArmedGroup, &[])
            .described("a2", dead, ActorKind::People)
            .place("l1", "Vell", "CE")
            .edge("a1 killed a2")
            .on("2021-03-01")
            .at("l1")
    };
    let counts = disputes(&graph(&[toll("one", "three villagers"), toll("two", "three villagers")]));
    assert!(counts.rows.is_empty());
    let counts = disputes(&graph(&[toll("one", "three villagers"), toll("two", "at least 4 villagers")]));
    assert_eq!(column(&counts, "differs in"), ["number", "number"]);
    assert_eq!(column(&counts, "version"), ["3", "4"]);
    let quiet = Report::new("q", "2021-01-01")
        .actor("a1", "country:AV|Avaria", ActorKind::Country, &[])
        .actor("a2", "country:BO|Borland", ActorKind::Country, &[])
        .edge("a1 attacked a2")
        .status(Status::Alleged);
    assert!(disputes(&graph(&[quiet])).rows.is_empty());
}

#[test]
fn a_diff_names_what_came_went_and_changed() {
    let (some, all) = (graph(&articles()[..1]), graph(&articles()));
    let grown = diff(&some, &all);
    let changes = column(&grown, "change");
    assert!(changes.contains(&"+".to_owned()) && changes.contains(&"~".to_owned()), "{changes:?}");
    let shrunk = column(&diff(&all, &some), "change");
    assert_eq!(changes.iter().filter(|c| *c == "+").count(), shrunk.iter().filter(|c| *c == "-").count());
    assert!(diff(&all, &all).rows.is_empty());
    let at = column(&grown, "name").iter().position(|n| n == "Borland targeted National Front of Borland");
    assert!(column(&grown, "after")[at.expect("changed")].contains("articles 2"));
}

#[test]
fn stats_add_up() {
    let graph = graph(&articles());
    let table = stats(&graph);
    let (measures, counts) = (column(&table, "measure"), column(&table, "count"));
    let sum = |measure: &str| -> usize {
        measures
            .iter()
            .zip(&counts)
            .filter(|(m, _)| *m == measure)
            .map(|(_, c)| c.parse::<usize>().expect("a count"))
            .sum()
    };
    let edges = graph.counts().edges;
    for measure in [
        "edges",
        "edges by relation",
        "edges by status",
        "edges by confidence",
        "edges by independent sources",
    ] {
        assert_eq!(sum(measure), edges, "{measure}");
    }
    assert_eq!(sum("actors by kind"), graph.counts().actors);
    assert_eq!(sum("articles by publisher"), 4);
}
