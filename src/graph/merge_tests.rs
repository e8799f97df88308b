//! Identity and merge, over invented articles.

use super::sample::{Report, articles, graph, ron};
use super::{Added, Decisions, DroppedEdge, EdgeRef, KnowledgeGraph, Parts, Reason};
use crate::ontology::{ActorKind, Relation, Status};
use proptest::prelude::*;
use proptest::sample::Index;

fn only_edge(graph: &KnowledgeGraph, relation: Relation) -> EdgeRef<'_> {
    let edges: Vec<_> = graph.edges().filter(|e| e.edge.relation == relation).collect();
    assert_eq!(edges.len(), 1, "{relation}: {edges:#?}");
    edges[0]
}

fn two_parties(id: &str, date: &str) -> Report {
    Report::new(id, date).actor("a1", "country:AV|Avaria", ActorKind::Country, &[]).actor(
        "a2",
        "country:BO|Borland",
        ActorKind::Country,
        &[],
    )
}

#[test]
fn the_same_article_twice_changes_nothing() {
    let mut graph = graph(&articles());
    let before = ron(&graph);
    let mut copy = articles()[0].clone();
    copy.0.id = "elsewhere".to_owned();
    assert_eq!(graph.add(&copy.0), Added::SameText("arrests".to_owned()));
    copy.0.digest = "another".to_owned();
    assert_eq!(graph.add(&copy.0), Added::SameUrl("arrests".to_owned()));
    assert_eq!(ron(&graph), before);
}

#[test]
fn what_was_gained_adds_up_to_what_there_is() {
    let mut graph = KnowledgeGraph::new();
    let mut sum = [0; 4];
    for report in articles() {
        if let Added::New { actors, events, locations, edges } = graph.add(&report.0) {
            for (s, n) in sum.iter_mut().zip([actors, events, locations, edges]) {
                *s += n;
            }
        }
    }
    let counts = graph.counts();
    assert_eq!(sum, [counts.actors, counts.events, counts.locations, counts.edges]);
    assert_eq!(graph.edges().count(), counts.edges);
    assert_eq!(graph.nodes().count(), sum[0] + sum[1] + sum[2]);
}

#[test]
fn reports_of_one_plot_are_one_event_with_every_claim() {
    let graph = graph(&articles());
    let plots: Vec<_> =
        graph.nodes().filter(|(_, n)| n.event().is_some_and(|e| e.kind == Relation::Targeted)).collect();
    assert_eq!(plots.len(), 1);
    assert_eq!(plots[0].1.name, "plot to bomb a rally in Port Liss");
    let edges: Vec<_> = graph.edges().filter(|e| e.edge.event == Some(plots[0].0)).collect();
    // Borland, the diplomat and the Front itself are each said to be behind it.
    assert_eq!(edges.len(), 3);
    let borland = graph.find("country:BO");
    let disputed = edges.iter().find(|e| Some(e.source) == borland).expect("an edge from Borland");
    let mut statuses: Vec<Status> = graph.claims(disputed.edge).map(|c| c.status).collect();
    statuses.sort();
    assert_eq!(statuses, [Status::Alleged, Status::Denied]);
    assert_eq!(disputed.edge.status, Status::Alleged);
}

#[test]
fn dates_far_apart_are_two_events() {
    let spring = two_parties("spring", "2021-03-02").edge("a1 attacked a2").on("2021-03-01");
    let summer = two_parties("summer", "2021-07-02").edge("a1 attacked a2").on("2021-07-01");
    assert_eq!(graph(&[spring, summer]).counts().edges, 2);
}

#[test]
fn a_description_means_somebody_else_in_another_article() {
    let of = |id: &str, date: &str| {
        Report::new(id, date)
            .described("a1", "gunmen", ActorKind::People)
            .actor("a2", "country:AV|Avaria", ActorKind::Country, &[])
            .edge("a1 attacked a2")
    };
    assert_eq!(graph(&[of("one", "2021-03-01"), of("two", "2021-06-01")]).counts().actors, 3);
    // The same act told twice within days is by the same gunmen.
    let told_twice = graph(&[of("one", "2021-03-01"), of("two", "2021-03-02")]);
    assert_eq!((told_twice.counts().actors, told_twice.counts().edges), (2, 1));
    assert_eq!(only_edge(&told_twice, Relation::Attacked).edge.articles, 2);
}

#[test]
fn an_acronym_goes_to_the_one_body_that_introduced_it() {
    let body = |id: &str, name: &str| {
        two_parties(id, "2021-03-01")
            .actor("a3", name, ActorKind::Organization, &["NFB"])
            .edge("a1 supports a3")
    };
    let short = two_parties("short", "2021-05-01")
        .actor("a3", "NFB", ActorKind::Organization, &[])
        .edge("a3 accuses a1");
    let mut graph = graph(&[short, body("long", "National Front of Borland")]);
    let merged = only_edge(&graph, Relation::Accuses).source;
    assert_eq!(graph.node(merged).name, "National Front of Borland");
    assert_eq!(graph.merges(merged)[0].2, Reason::Acronym);
    assert!(graph.find("actor:nfb").is_none());
    // A second body with the same acronym: nobody can tell any more.
    graph.add(&body("other", "New Federation of Bakers").0);
    let doubtful = only_edge(&graph, Relation::Accuses).source;
    assert_eq!(graph.node(doubtful).id, "actor:nfb");
}

#[test]
fn spellings_of_a_full_name_meet_and_namesakes_do_not() {
    let graph = graph(&articles());
    let haddads: Vec<_> = graph.nodes().filter(|(_, n)| n.name.contains("Haddad")).collect();
    assert_eq!(haddads.len(), 1);
    assert_eq!(graph.merges(haddads[0].0)[0].2, Reason::Spelling);
}

#[test]
fn two_texts_with_one_id_both_stay() {
    let mut first = two_parties("same", "2021-03-01").edge("a1 met a2");
    let mut second = two_parties("same", "2021-09-01").edge("a2 threatens a1");
    second.0.url = None;
    second.0.digest = "ffffffffffffffff".to_owned();
    first.0.url = None;
    let ids = |reports: &[Report]| -> Vec<String> {
        graph(reports).articles_by_id().into_iter().map(|a| a.id.clone()).collect()
    };
    let there = ids(&[first.clone(), second.clone()]);
    assert_eq!(there, ids(&[second, first]));
    assert!(there.iter().all(|id| id.starts_with("same~")), "{there:?}");
}

#[test]
fn copies_of_one_text_are_one_source() {
    let told = |id: &str, from: u32| {
        let mut report = two_parties(id, "2021-03-01").edge("a1 accuses a2");
        report.0.sketch = (from..from + 64).collect();
        report
    };
    let graph = graph(&[told("wire", 0), told("paper", 0), told("own", 700)]);
    let edge = only_edge(&graph, Relation::Accuses).edge;
    assert_eq!((edge.articles, edge.sources), (3, 2));
}

#[test]
fn a_target_may_be_an_event_or_nobody() {
    let graph = graph(&articles());
    let about = only_edge(&graph, Relation::Criticizes);
    assert_eq!(graph.node(about.target).name, "raid on the market");
    let flat = graph.edges().find(|e| e.edge.relation == Relation::Denies && e.party().is_none());
    assert!(flat.is_some_and(|e| Some(e.target) == e.edge.event));
}

#[test]
fn decisions_join_part_rename_and_drop() {
    let mut graph = graph(&articles());
    let mut decisions = Decisions::default();
    decisions.same.insert(("actor:red-dawn-brigade".to_owned(), "country:CE".to_owned()));
    decisions
        .apart
        .insert(("person:karim-yousef-haddad".to_owned(), "person:karim-youssef-haddad".to_owned()));
    decisions.names.insert("country:AV".to_owned(), "Republic of Avaria".to_owned());
    decisions.dropped.insert(DroppedEdge {
        source: "country:AV".to_owned(),
        relation: "accuses".to_owned(),
        target: Some("country:BO".to_owned()),
        article: None,
    });
    graph.decide(decisions);
    assert!(graph.find("actor:red-dawn-brigade").is_none());
    assert!(
        graph.find("person:karim-yousef-haddad").is_some()
            && graph.find("person:karim-youssef-haddad").is_some()
    );
    let avaria = graph.find("country:AV").expect("Avaria");
    assert_eq!(graph.node(avaria).name, "Republic of Avaria");
    assert!(!graph.edges().any(|e| e.source == avaria && e.edge.relation == Relation::Accuses));
    let read = KnowledgeGraph::read_ron(&ron(&graph)).expect("reads");
    assert_eq!(ron(&read), ron(&graph));
    // Taken back, everything is as before.
    graph.decide(Decisions::default());
    assert_eq!(ron(&graph), ron(&super::sample::graph(&articles())));
}

#[test]
fn what_may_be_one_is_proposed_until_it_is_decided() {
    let of = |id: &str, name: &str, kind| {
        two_parties(id, "2021-03-01").actor("a3", name, kind, &[]).edge("a1 supports a3")
    };
    let mut graph = graph(&[
        of("one", "Karim Haddad", ActorKind::Person),
        of("two", "K. Haddad", ActorKind::Person),
        of("three", "Haddad", ActorKind::Person),
        of("four", "Vellan Guard", ActorKind::ArmedGroup),
        of("five", "Velan Guard", ActorKind::ArmedGroup),
        of("six", "Ruth Okabe", ActorKind::Person),
        two_parties("seven", "2021-03-01")
            .actor("a3", "Guild of Bakers", ActorKind::Organization, &["the government"])
            .actor("a4", "League of Potters", ActorKind::Organization, &["the government"])
            .edge("a3 supports a4"),
    ]);
    let doubts = |graph: &KnowledgeGraph| -> Vec<String> {
        graph.doubts().iter().map(|d| format!("{} {} {}", d.one, d.other, d.why)).collect()
    };
    assert_eq!(
        doubts(&graph),
        [
            "actor:velan-guard actor:vellan-guard spelt nearly alike",
            "person:haddad person:k-haddad one name is a part of the other",
            "person:haddad person:karim-haddad one name is a part of the other",
            "person:k-haddad person:karim-haddad one name has an initial where the other has a name",
        ]
    );
    let mut decisions = Decisions::default();
    decisions.apart.insert(("actor:velan-guard".to_owned(), "actor:vellan-guard".to_owned()));
    decisions.same.insert(("person:k-haddad".to_owned(), "person:karim-haddad".to_owned()));
    graph.decide(decisions);
    // Joined under one id; the short name may still be either.
    assert_eq!(doubts(&graph), ["person:haddad person:k-haddad one name is a part of the other"]);
}

/// Articles over few parties, places and days, so that much of them meets.
fn any_articles() -> impl Strategy<Value = Vec<Report>> {
    let edge = (0..8_usize, 0..9_usize, 0..9_usize, 0..12_usize, 0..4_usize, 0..6_usize, 0..3_usize);
    let article = (0..20_usize, prop::collection::vec(edge, 0..6), any::<bool>(), 0..3_u32, 0..4_usize);
    prop::collection::vec(article, 1..7).prop_map(|drawn| {
        let count = drawn.len();
        drawn.into_iter().enumerate().map(move |(n, drawn)| any_article(n % count, drawn)).collect()
    })
}

type DrawnEdge = (usize, usize, usize, usize, usize, usize, usize);

fn any_article(
    n: usize,
    (day, edges, has_date, copy, id): (usize, Vec<DrawnEdge>, bool, u32, usize),
) -> Report {
    const RELATIONS: [&str; 8] =
        ["accuses", "attacked", "met", "denies", "leads", "detained", "targeted", "criticizes"];
    let published = format!("2021-03-{:02}", day + 1);
    let mut report =
        Report::new(&format!("n{}", if id == 0 { 0 } else { n }), if has_date { &published } else { "" });
    report.0.digest = format!("d{n}");
    report.0.url = None;
    report.0.sketch = (copy * 10..copy * 10 + 64).collect();
    report = report
        .actor("p0", "country:AV|Avaria", ActorKind::Country, &["Port Liss"])
        .actor("p1", "country:BO|Borland", ActorKind::Country, &[])
        .actor(
            "p2",
            if n.is_multiple_of(2) { "Mohammed Osman" } else { "Muhammad Osman" },
            ActorKind::Person,
            &["Osman"],
        )
        .actor(
            "p3",
            ["NFB", "National Front of Borland", "New Federation of Bakers"][n % 3],
            ActorKind::Organization,
            &["NFB"],
        )
        .described("p4", "gunmen", ActorKind::People)
        .described("p5", "villagers", ActorKind::People)
        .belongs("p2", "p3")
        .belongs("p4", "p3")
        .place("p6", "Port Liss", "AV")
        .place("p7", "Vell", "CE")
        .event("e0", "the raid", Relation::Attacked, "2021-03-05", Some("p7"));
    for (relation, source, target, date, place, status, event) in edges {
        let target = if target == 8 { "e0".to_owned() } else { format!("p{target}") };
        report = report.edge(&format!("p{} {} {target}", source % 8, RELATIONS[relation]));
        report = report.status(Status::ALL[status]).sure(0.5 + 0.1 * status as f64);
        if date < 9 {
            report = report.on(&format!("2021-03-{:02}", date + 1));
        } else if date == 9 {
            report = report.on("2021-03");
        }
        if place < 2 {
            report = report.at(&format!("p{}", place + 6));
        }
        if event == 0 {
            report = report.of("e0").by("p0");
        }
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_of_reading_does_not_show(reports in any_articles(), swaps in prop::collection::vec(any::<Index>(), 6)) {
        let mut shuffled = reports.clone();
        for (n, swap) in swaps.iter().enumerate() {
            let (a, b) = (n % reports.len(), swap.index(reports.len()));
            shuffled.swap(a, b);
        }
        prop_assert_eq!(ron(&graph(&reports)), ron(&graph(&shuffled)));
    }

    #[test]
    fn text_and_graph_are_one(reports in any_articles()) {
        let grown = graph(&reports);
        let text = ron(&grown);
        let read = KnowledgeGraph::read_ron(&text).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(ron(&read), text);
        prop_assert_eq!(read.counts(), grown.counts());
    }

    #[test]
    fn parts_and_graph_are_one(reports in any_articles()) {
        let grown = graph(&reports);
        let parts = grown.parts();
        let parts = Parts {
            articles: parts.articles.to_vec(),
            identities: parts.identities.to_vec(),
            occurrences: parts.occurrences.to_vec(),
            claims: parts.claims.to_vec(),
            sentences: parts.sentences.to_vec(),
            decisions: parts.decisions.clone(),
        };
        let back = KnowledgeGraph::from_parts(parts).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(ron(&back), ron(&grown));
    }

    #[test]
    fn a_read_graph_grows_like_the_one_that_was_written(reports in any_articles()) {
        let (first, last) = reports.split_at(reports.len() / 2);
        let mut read = KnowledgeGraph::read_ron(&ron(&graph(first))).map_err(|e| TestCaseError::fail(e.to_string()))?;
        for report in last {
            read.add(&report.0);
        }
        prop_assert_eq!(ron(&read), ron(&graph(&reports)));
    }
}
