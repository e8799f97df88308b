//! How the graph half behaves as it grows: loading, questions, queries, one more article. Invented articles of
//! ten edges each. `cargo bench --bench graph`; a size in the name, as in `cargo bench --bench graph 250000`, runs one.

use divan::{Bencher, black_box};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};
use whom::graph::KnowledgeGraph;
use whom::ontology::{Actor, ActorKind, Edge, Evidence, Extraction, PartialDate, Place, Relation, Status};
use whom::query::{Limits, ask_at_most, query};
use whom::store;

/// Typed edges. A graph has about four times as many edges in all: each event has its roles.
const SIZES: [usize; 3] = [10_000, 50_000, 250_000];
const EDGES_AN_ARTICLE: usize = 10;
const RELATIONS: [Relation; 8] = [
    Relation::Accuses,
    Relation::Detained,
    Relation::Attacked,
    Relation::Met,
    Relation::Supports,
    Relation::Demands,
    Relation::Criticizes,
    Relation::Aided,
];

fn main() {
    divan::main();
}

/// Numbers that look drawn at random and are the same at every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// Few are named often, most rarely.
    fn skewed(&mut self, limit: usize) -> usize {
        let (a, b) = (self.below(limit), self.below(limit));
        a * b / limit
    }
}

fn article(n: usize, actors: usize) -> Extraction {
    let mut draw = Draw(n as u64 * 7919 + 1);
    let day =
        PartialDate::from_ymd(2015 + (n % 10) as u16, 1 + (n / 10 % 12) as u8, 1 + (n / 120 % 28) as u8);
    let mut extraction = Extraction {
        id: format!("article-{n}"),
        date: day,
        digest: format!("{n:016x}"),
        sketch: (0..64).map(|_| draw.below(u32::MAX as usize) as u32).collect(),
        ..Extraction::default()
    };
    let mut parties: BTreeMap<usize, String> = BTreeMap::new();
    for place in 0..2 {
        extraction.locations.push(Place {
            id: format!("l{place}"),
            name: format!("Place {}", draw.below(2_000)),
            ..Place::default()
        });
    }
    for e in 0..EDGES_AN_ARTICLE {
        let (a, b) = (draw.skewed(actors), draw.below(actors));
        for party in [a, b] {
            let id = format!("a{}", parties.len());
            parties.entry(party).or_insert(id);
        }
        let (source, target) = (parties[&a].clone(), parties[&b].clone());
        let text = format!(
            "Sentence {e} of article {n} says in some twenty words or so what party {a} did to party {b} there and then."
        );
        extraction.edges.push(Edge {
            source,
            relation: RELATIONS[draw.below(RELATIONS.len())],
            target: Some(target),
            status: if draw.below(5) == 0 { Status::Alleged } else { Status::Actual },
            according_to: None,
            date: day,
            place: Some(format!("l{}", draw.below(2))),
            event: None,
            confidence: 0.5 + draw.below(50) as f64 / 100.0,
            evidence: Evidence { start: e * 200, end: e * 200 + text.chars().count(), text },
            source_span: None,
            trigger_span: (e * 200 + 10, e * 200 + 18).into(),
            target_span: None,
        });
    }
    for (party, id) in parties {
        extraction.actors.push(Actor {
            id,
            name: format!("Party {party}"),
            kind: if party % 3 == 0 { ActorKind::ArmedGroup } else { ActorKind::Country },
            named: true,
            ..Actor::default()
        });
    }
    extraction
}

fn actors(edges: usize) -> usize {
    edges / 10
}

/// The graph of a size, made once.
fn graph(edges: usize) -> &'static KnowledgeGraph {
    static MADE: OnceLock<Mutex<BTreeMap<usize, &'static KnowledgeGraph>>> = OnceLock::new();
    let mut made = MADE.get_or_init(Mutex::default).lock().expect("one thread");
    made.entry(edges).or_insert_with(|| {
        let before = resident();
        let started = std::time::Instant::now();
        let mut graph = KnowledgeGraph::new();
        for n in 0..edges / EDGES_AN_ARTICLE {
            graph.add(&article(n, actors(edges)));
        }
        let counts = graph.counts();
        let typed = counts.edges;
        println!(
            "{edges}: {} nodes, {} edges ({typed} typed) in {:.1} s; {:.0} bytes a typed edge",
            counts.actors + counts.events + counts.locations,
            graph.petgraph().edge_count(),
            started.elapsed().as_secs_f64(),
            (resident() - before) / typed as f64
        );
        Box::leak(Box::new(graph))
    })
}

/// Bytes of memory in use, where the system tells.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = status.split(' ').nth(1).and_then(|p| p.parse::<f64>().ok()).unwrap_or(0.0);
    pages * 4096.0
}

fn file(edges: usize, ending: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("whom-bench-{}-{edges}.{ending}", std::process::id()));
    if !path.exists() {
        store::write(&path, graph(edges)).expect("written");
        println!("{edges}: .{ending} has {:.0} MB", path.metadata().expect("there").len() as f64 / 1e6);
    }
    path
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn load_from_store(bencher: Bencher<'_, '_>, edges: usize) {
    let path = file(edges, "whom");
    bencher.bench_local(|| store::read(&path).expect("reads"));
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn load_from_text(bencher: Bencher<'_, '_>, edges: usize) {
    let path = file(edges, "ron");
    bencher.bench_local(|| store::read(&path).expect("reads"));
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn ask_who_accused_whom_since(bencher: Bencher<'_, '_>, edges: usize) {
    let graph = graph(edges);
    bencher.bench_local(|| {
        ask_at_most(black_box(graph), "who accused whom since May 2023", 50).expect("answers")
    });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn query_two_hops(bencher: Bencher<'_, '_>, edges: usize) {
    let graph = graph(edges);
    let text = "MATCH (a:Actor {name: 'Party 7'})-[r:accuses]->(b)-[s:attacked]->(c) RETURN b.name, c.name";
    let limits = Limits { rows: 100_000, is_over: &|| false };
    bencher.bench_local(|| query(black_box(graph), text, &BTreeMap::new(), limits).expect("answers"));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn query_by_relation_and_date(bencher: Bencher<'_, '_>, edges: usize) {
    let graph = graph(edges);
    let text = "MATCH (a)-[r:detained]->(b) WHERE r.date >= date('2024-06') RETURN a.name, count(*) AS n ORDER BY n DESC LIMIT 10";
    let limits = Limits { rows: 100_000, is_over: &|| false };
    bencher.bench_local(|| query(black_box(graph), text, &BTreeMap::new(), limits).expect("answers"));
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn merge_one_more_article(bencher: Bencher<'_, '_>, edges: usize) {
    let mut grown = graph(edges).clone();
    let mut next = edges / EDGES_AN_ARTICLE;
    // A shared ledger is copied by the first change.
    grown.add(&article(next, actors(edges)));
    bencher
        .with_inputs(|| {
            next += 1;
            article(next, actors(edges))
        })
        .bench_local_values(|extraction| grown.add(&extraction));
}
