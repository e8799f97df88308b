//! A question that found nothing in; what there is near it out: the same question with one condition
//! less, the other way round, or with another deed. Does not guess what was meant.

use super::Row;
use super::find::best;
use super::question::{Party, Question, Want};
use crate::graph::KnowledgeGraph;
use crate::ontology::{PartialDate, Relation};

/// How many near things are worth naming.
const ENOUGH: usize = 4;

/// A line for each near thing, the nearest first.
pub(super) fn near(graph: &KnowledgeGraph, question: &Question) -> Vec<String> {
    let question = Question { want: Want::Rows, ..question.clone() };
    let mut lines: Vec<String> = Vec::new();
    let mut told: Vec<Row> = Vec::new();
    for (what, looser) in looser(graph, &question) {
        if looser == question {
            continue;
        }
        if let Some((count, row, published)) = best(graph, &looser)
            && !told.contains(&row)
        {
            lines.push(format!("{count} {what}, such as: {}", sentence(&row, published)));
            told.push(row);
        }
        if lines.len() == ENOUGH {
            break;
        }
    }
    lines
}

/// The question with something given up, and what that was.
fn looser(graph: &KnowledgeGraph, question: &Question) -> Vec<(String, Question)> {
    let plain = || Question {
        days: (None, None),
        place: None,
        statuses: Vec::new(),
        claimant: None,
        each_claimant: false,
        content: None,
        needs_place: false,
        needs_date: false,
        ..question.clone()
    };
    let (source, target) = (name(graph, &question.source), name(graph, &question.target));
    let deed = match question.relations.as_slice() {
        [] => "deed".to_owned(),
        relations => relations.iter().map(|r| r.name()).collect::<Vec<_>>().join(" or "),
    };
    let mut all = vec![
        ("whatever the status".to_owned(), Question { statuses: Vec::new(), ..question.clone() }),
        ("at another time".to_owned(), Question { days: (None, None), ..question.clone() }),
        ("at another place, or none that is told".to_owned(), Question { place: None, ..question.clone() }),
        ("whoever says so".to_owned(), Question { claimant: None, ..question.clone() }),
        ("whatever the accusation".to_owned(), Question { content: None, ..question.clone() }),
        (
            "of which the text does not tell when or where".to_owned(),
            Question { needs_place: false, needs_date: false, ..question.clone() },
        ),
        ("whenever, wherever and however".to_owned(), plain()),
    ];
    if question.source != question.target {
        all.push((
            "the other way round".to_owned(),
            Question { source: question.target.clone(), target: question.source.clone(), ..plain() },
        ));
    }
    if let Some(target) = &target {
        let source = Party::Anybody;
        all.push((format!("{deed} of {target} by others"), Question { source, ..plain() }));
    }
    if let Some(source) = &source {
        let target = Party::Anybody;
        all.push((format!("{deed} by {source} of others"), Question { target, ..plain() }));
    }
    if source.is_some() || target.is_some() {
        let relations = Vec::new();
        all.push(("of another kind".to_owned(), Question { relations, ..plain() }));
    }
    for (party, name) in [(&question.source, source), (&question.target, target)] {
        if let (Party::Nodes(_), Some(name)) = (party, name) {
            let relations: Vec<Relation> = Vec::new();
            let by = Question {
                relations: relations.clone(),
                source: party.clone(),
                target: Party::Anybody,
                ..plain()
            };
            let to = Question { relations, source: Party::Anybody, target: party.clone(), ..plain() };
            all.push((format!("of any kind by {name}"), by));
            all.push((format!("of any kind to {name}"), to));
        }
    }
    all
}

fn name(graph: &KnowledgeGraph, party: &Party) -> Option<String> {
    match party {
        Party::Anybody => None,
        Party::Nodes(nodes) => nodes.first().map(|&ix| graph.node(ix).name.to_string()),
        Party::Kinds(kinds, _) => Some(kinds.iter().map(|k| k.name()).collect::<Vec<_>>().join(" or ")),
        Party::EventOf(kinds) => Some(kinds.iter().map(|k| k.name()).collect::<Vec<_>>().join(" or ")),
    }
}

fn sentence(row: &Row, published: Option<PartialDate>) -> String {
    let target = row.target.as_deref().unwrap_or("(nobody named)");
    let date = match (row.date, published) {
        (Some(date), _) => format!(", {date}"),
        (None, Some(day)) => format!(", reported {day}"),
        (None, None) => String::new(),
    };
    format!("{} {} {target} ({}{date})", row.source, row.relation.name().replace('_', " "), row.status)
}
