//! Edges by date, and the row that tells an edge in every analysis.

use crate::graph::{EdgeRef, KnowledgeGraph, NodeIndex};
use crate::ontology::PartialDate;
use crate::query::{Cell, Table};

/// The columns that tell an edge.
pub(super) const TOLD: [&str; 11] = [
    "date",
    "source",
    "relation",
    "target",
    "status",
    "place",
    "according to",
    "articles",
    "sources",
    "confidence",
    "evidence",
];

/// The columns that a page for people leaves out.
pub const LESSER: [&str; 2] = ["articles", "confidence"];

/// Edges by date, all or those with one party; an edge without a date stands at the day of its report.
pub fn timeline(graph: &KnowledgeGraph, party: Option<NodeIndex>) -> Table {
    let mut edges: Vec<EdgeRef<'_>> = graph
        .edges()
        .filter(|e| !e.edge.relation.is_static())
        .filter(|e| party.is_none_or(|p| e.source == p || e.target == p))
        .collect();
    by_date(graph, &mut edges);
    Table { columns: columns(), rows: edges.iter().map(|e| told(graph, e)).collect() }
}

/// Sorts edges by date, those that stay true first and those without any date last.
pub(super) fn by_date(graph: &KnowledgeGraph, edges: &mut [EdgeRef<'_>]) {
    edges.sort_by_cached_key(|e| {
        let exact = e.edge.date.is_none();
        (
            !e.edge.relation.is_static(),
            e.edge.day.unwrap_or(i64::MAX),
            exact,
            graph.node(e.source).id.clone(),
            e.edge.relation,
            e.edge.key,
        )
    });
}

/// Heads of the columns.
pub(super) fn columns() -> Vec<String> {
    TOLD.map(str::to_owned).to_vec()
}

/// One edge with its best evidence.
pub(super) fn told(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> Vec<Cell> {
    let name = |ix: NodeIndex| graph.node(ix).name.as_str();
    let best = graph.claims(edge.edge).next();
    vec![
        Cell::text(when(graph, edge).as_deref()),
        Cell::text(Some(name(edge.source))),
        Cell::text(Some(edge.edge.relation.name())),
        Cell::text(edge.party().map(name)),
        Cell::text(Some(edge.edge.status.name())),
        Cell::text(edge.edge.place.map(name)),
        Cell::text(best.and_then(|c| graph.claimant(c)).map(name)),
        Cell::Count(edge.edge.articles),
        Cell::Count(edge.edge.sources),
        Cell::Measure(edge.edge.confidence),
        Cell::text(best.map(|c| graph.evidence(c))),
    ]
}

/// The date told, else the day of the first report as `~2018-07-10`.
pub(super) fn when(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> Option<String> {
    if let Some(date) = edge.edge.date {
        return Some(date.to_string());
    }
    let published: Option<PartialDate> = graph.claims(edge.edge).filter_map(|c| graph.article(c).date).min();
    published.map(|day| format!("~{day}"))
}
