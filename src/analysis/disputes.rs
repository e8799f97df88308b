//! Events on which reports or parties differ: whether it happened, who did it, when, where, how many.
//!
//! A row for each version, beside the articles and claimants that tell it.

use crate::graph::{Claim, ClaimTarget, KnowledgeGraph, NodeIndex, words};
use crate::ontology::PartialDate;
use crate::query::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Versions of one matter → the claims that tell each.
type Versions<'g> = BTreeMap<String, Vec<&'g Claim>>;

/// Every matter in dispute, event by event; those with the most articles first.
pub fn disputes(graph: &KnowledgeGraph) -> Table {
    let mut events: BTreeMap<NodeIndex, Vec<&Claim>> = BTreeMap::new();
    for edge in graph.edges() {
        if let Some(event) = edge.edge.event {
            events.entry(event).or_default().extend(graph.claims(edge.edge));
        }
    }
    let mut found: Vec<(usize, &str, Vec<Vec<Cell>>)> = Vec::new();
    let numbers = numbers(graph, &events);
    for (event, claims) in events {
        let node = graph.node(event);
        let mut rows = Vec::new();
        for (matter, versions) in matters(graph, &claims) {
            for (version, told) in versions {
                rows.push(row(graph, &node.name, matter, version, &told));
            }
        }
        for (version, told) in numbers.get(&event).into_iter().flatten() {
            rows.push(row(graph, &node.name, "number", version.clone(), told));
        }
        if !rows.is_empty() {
            let articles: BTreeSet<u32> = claims.iter().map(|c| c.article).collect();
            found.push((usize::MAX - articles.len(), &node.id, rows));
        }
    }
    found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let columns = ["event", "differs in", "version", "according to", "articles", "evidence"];
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: found.into_iter().flat_map(|(_, _, rows)| rows).collect(),
    }
}

/// Different numbers of those to whom the same was done on the same day in the same place: reports of one
/// act, though each number makes an event of its own. Under the event whose id comes first.
fn numbers<'g>(
    graph: &'g KnowledgeGraph,
    events: &BTreeMap<NodeIndex, Vec<&'g Claim>>,
) -> BTreeMap<NodeIndex, Versions<'g>> {
    let mut scenes: BTreeMap<_, (NodeIndex, Versions<'g>)> = BTreeMap::new();
    let mut ordered: Vec<NodeIndex> = events.keys().copied().collect();
    ordered.sort_by(|a, b| graph.node(*a).id.cmp(&graph.node(*b).id));
    for event in ordered {
        for &claim in &events[&event] {
            let (Some(date), Some(place), ClaimTarget::Party(target)) =
                (claim.date, claim.place, claim.target)
            else {
                continue;
            };
            let name = &graph.node(graph.node_of(target)).name;
            if let (true, Some((figure, what))) = (date.is_day(), figure(name)) {
                let scene = (claim.relation, date, graph.node_of(place), what);
                let versions = &mut scenes.entry(scene).or_insert_with(|| (event, Versions::new())).1;
                versions.entry(figure).or_default().push(claim);
            }
        }
    }
    scenes.into_values().filter(|(_, versions)| versions.len() > 1 && is_told_apart(versions)).collect()
}

fn matters<'g>(graph: &'g KnowledgeGraph, claims: &[&'g Claim]) -> Vec<(&'static str, Versions<'g>)> {
    let by = |version: &dyn Fn(&Claim) -> Option<String>| {
        let mut versions: Versions<'g> = BTreeMap::new();
        for &claim in claims {
            if let Some(version) = version(claim) {
                versions.entry(version).or_default().push(claim);
            }
        }
        versions
    };
    let name = |ix: NodeIndex| graph.node(ix).name.to_string();
    let status = by(&|c| Some(c.status.name().to_owned()));
    // One party may do a thing with another; they differ only where somebody denies or alleges.
    let contested = status.len() > 1 || status.contains_key("alleged");
    let doer = by(&|c| Some(name(graph.node_of(c.source)))).into_iter().collect::<Versions<'_>>();
    let dates = by(&|c| c.date.map(|d| d.to_string()));
    let places = by(&|c| c.place.map(|p| name(graph.node_of(p))));
    let mut matters = Vec::new();
    if status.len() > 1 {
        matters.push(("status", status));
    }
    if contested && doer.len() > 1 && is_told_apart(&doer) {
        matters.push(("who did it", doer));
    }
    let days: Vec<PartialDate> = claims.iter().filter_map(|c| c.date).collect();
    if days.iter().any(|a| days.iter().any(|b| !a.compatible(*b))) {
        matters.push(("date", dates));
    }
    if places.len() > 1 && is_told_apart(&places) {
        matters.push(("place", places));
    }
    matters
}

/// Whether different articles or claimants tell the versions; one voice that names two is no dispute.
fn is_told_apart(versions: &Versions<'_>) -> bool {
    let voices: BTreeSet<BTreeSet<_>> = versions
        .values()
        .map(|claims| claims.iter().map(|c| (c.article, c.according_to)).collect())
        .collect();
    voices.len() > 1
}

fn row(graph: &KnowledgeGraph, event: &str, matter: &str, version: String, told: &[&Claim]) -> Vec<Cell> {
    let claimants: BTreeSet<&str> =
        told.iter().filter_map(|c| graph.claimant(c)).map(|n| graph.node(n).name.as_str()).collect();
    let articles: BTreeSet<&str> = told.iter().map(|c| graph.article(c).id.as_str()).collect();
    let list = |names: BTreeSet<&str>| Cell::List(names.into_iter().map(|n| Cell::text(Some(n))).collect());
    vec![
        Cell::text(Some(event)),
        Cell::text(Some(matter)),
        Cell::Text(version),
        list(claimants),
        list(articles),
        Cell::text(told.first().map(|c| graph.evidence(c))),
    ]
}

/// The number in a description and what it counts: `at least 19 villagers`, `three men`.
fn figure(name: &str) -> Option<(String, String)> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let words = words(name);
    words.iter().enumerate().find_map(|(at, word)| {
        let number: Option<usize> = word.parse().ok().or_else(|| WORDS.iter().position(|w| w == word));
        Some((number?.to_string(), words.get(at + 1)?.clone()))
    })
}
