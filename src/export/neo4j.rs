//! CSV files for `neo4j-admin database import full`, with typed headers, and the constraints apart.
//!
//! A claim is a node of its own, since a relationship cannot point at another; it names the `key` of the
//! relationship that it supports.

use super::{FolderFile, cypher};
use crate::graph::{Body, KnowledgeGraph, NodeIndex};
use std::io;

/// The files.
pub fn write(graph: &KnowledgeGraph) -> io::Result<Vec<FolderFile>> {
    Ok(vec![
        FolderFile { path: "README.md".to_owned(), bytes: README.into() },
        FolderFile { path: "constraints.cypher".to_owned(), bytes: cypher::CONSTRAINTS.into() },
        nodes(graph)?,
        articles(graph)?,
        claims(graph)?,
        typed(graph)?,
        roles(graph)?,
        origins(graph)?,
        claimants(graph)?,
    ])
}

const README: &str = "\
# A graph of who did what to whom, for Neo4j

    neo4j-admin database import full --multiline-fields=true --array-delimiter=';' \\
      --nodes=nodes.csv --nodes=articles.csv --nodes=claims.csv \\
      --relationships=relations.csv --relationships=roles.csv --relationships=claims-in.csv \\
      --relationships=claims-by.csv neo4j

Then run `constraints.cypher` once. `date` is as the articles have it, perhaps a month or a year; `from` and `to` are its first
and last day.
";

fn nodes(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let head = [
        "id:ID(Node)",
        "name",
        "aliases:string[]",
        "kind",
        "country",
        "affiliation",
        "named:boolean",
        "date",
        "from:date",
        "to:date",
        "place",
        "status",
        "latitude:double",
        "longitude:double",
        ":LABEL",
    ];
    let rows = graph.nodes().map(|(_, node)| {
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let aliases: Vec<String> = node.aliases().iter().map(|a| a.replace(';', ",")).collect();
        let mut row = vec![node.id.to_string(), node.name.to_string(), aliases.join(";")];
        row.extend(match &node.body {
            Body::Actor(a) => {
                let named = a.named.to_string();
                let rest =
                    [a.kind.to_string(), text(a.country.as_deref()), text(a.affiliation.as_deref()), named];
                with_blanks(rest, 7, "Actor")
            }
            Body::Event(e) => {
                let mut row = vec![e.kind.to_string(), String::new(), String::new(), String::new()];
                row.extend(dates(e.date));
                row.extend([text(e.place.as_deref()), e.status.to_string()]);
                with_blanks(row, 2, "Event")
            }
            Body::Location(l) => {
                let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
                let mut row = with_blanks([String::new(), text(l.country.as_deref())], 7, "");
                row.pop();
                row.extend([number(l.latitude), number(l.longitude)]);
                with_blanks(row, 0, "Location")
            }
        });
        row
    });
    file("nodes.csv", &head, rows)
}

fn articles(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let head = ["id:ID(Article)", "title", "date", "from:date", "to:date", "source", "url", ":LABEL"];
    let rows = graph.articles_by_id().into_iter().map(|a| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut row = vec![a.id.clone(), text(&a.title)];
        row.extend(dates(a.date));
        row.extend([text(&a.source), text(&a.url), "Article".to_owned()]);
        row
    });
    file("articles.csv", &head, rows)
}

fn claims(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let head = [
        "id:ID(Claim)",
        "edge",
        "article",
        "start:long",
        "end:long",
        "text",
        "status",
        "according_to",
        "published",
        "confidence:double",
        ":LABEL",
    ];
    let edges: Vec<_> = graph.edges().collect();
    let rows = edges.iter().flat_map(|edge| {
        let key = edge.edge.key_text();
        graph.claims(edge.edge).enumerate().map(move |(n, claim)| {
            let (article, span) = (graph.article(claim), graph.evidence_span(claim));
            let claimant = graph.claimant(claim).map(|ix| graph.node(ix).id.to_string());
            vec![
                format!("{key}-{n}"),
                key.clone(),
                article.id.clone(),
                span.start.to_string(),
                span.end.to_string(),
                graph.evidence(claim).to_owned(),
                claim.status.to_string(),
                claimant.unwrap_or_default(),
                article.date.map_or_else(String::new, |d| d.to_string()),
                claim.confidence.to_string(),
                "Claim".to_owned(),
            ]
        })
    });
    file("claims.csv", &head, rows)
}

fn typed(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let head = [
        ":START_ID(Node)",
        ":END_ID(Node)",
        "key",
        "plover",
        "status",
        "date",
        "from:date",
        "to:date",
        "place",
        "event",
        "confidence:double",
        "articles:int",
        "sources:int",
        "disputed:boolean",
        "according_to",
        "evidence",
        ":TYPE",
    ];
    let rows = graph.edges().map(|edge| {
        let id = |ix: NodeIndex| graph.node(ix).id.to_string();
        let typed = edge.edge;
        let best = graph.claims(typed).next();
        let mut row = vec![
            id(edge.source),
            id(edge.target),
            typed.key_text(),
            typed.relation.plover().code().to_owned(),
            typed.status.to_string(),
        ];
        row.extend(dates(typed.date));
        row.extend([
            typed.place.map(id).unwrap_or_default(),
            typed.event.map(id).unwrap_or_default(),
            typed.confidence.to_string(),
            typed.articles.to_string(),
            typed.sources.to_string(),
            typed.disputed.to_string(),
            best.and_then(|c| graph.claimant(c)).map(id).unwrap_or_default(),
            best.map_or_else(String::new, |c| graph.evidence(c).to_owned()),
            typed.relation.name().to_uppercase(),
        ]);
        row
    });
    file("relations.csv", &head, rows)
}

/// Which claim stands in which article.
fn origins(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let edges: Vec<_> = graph.edges().collect();
    let rows = edges.iter().flat_map(|edge| {
        let key = edge.edge.key_text();
        let claims = graph.claims(edge.edge).enumerate();
        claims.map(move |(n, c)| vec![format!("{key}-{n}"), graph.article(c).id.clone(), "IN".to_owned()])
    });
    file("claims-in.csv", &[":START_ID(Claim)", ":END_ID(Article)", ":TYPE"], rows)
}

/// Whose word a claim is.
fn claimants(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let edges: Vec<_> = graph.edges().collect();
    let rows = edges.iter().flat_map(|edge| {
        let key = edge.edge.key_text();
        graph.claims(edge.edge).enumerate().filter_map(move |(n, c)| {
            let claimant = graph.node(graph.claimant(c)?).id.to_string();
            Some(vec![format!("{key}-{n}"), claimant, "ACCORDING_TO".to_owned()])
        })
    });
    file("claims-by.csv", &[":START_ID(Claim)", ":END_ID(Node)", ":TYPE"], rows)
}

/// Who takes part in an event, and where it is.
fn roles(graph: &KnowledgeGraph) -> io::Result<FolderFile> {
    let head = [":START_ID(Node)", ":END_ID(Node)", ":TYPE"];
    let rows = graph.roles().map(|role| {
        let (event, node) = (graph.node(role.event), graph.node(role.node));
        vec![event.id.to_string(), node.id.to_string(), role.role.name().to_uppercase()]
    });
    file("roles.csv", &head, rows)
}

/// The date as told, its first and its last day.
fn dates(date: Option<crate::ontology::PartialDate>) -> [String; 3] {
    date.map_or_else(Default::default, |d| {
        [d.to_string(), d.first_day().to_string(), d.last_day().to_string()]
    })
}

fn with_blanks(row: impl IntoIterator<Item = String>, blanks: usize, label: &str) -> Vec<String> {
    let blanks = std::iter::repeat_n(String::new(), blanks);
    row.into_iter().chain(blanks).chain([label.to_owned()]).collect()
}

fn file(path: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> io::Result<FolderFile> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(FolderFile { path: path.to_owned(), bytes })
}
