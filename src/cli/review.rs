//! `whom review`: what was merged, what may be one, and the least sure edges, as a file of decisions to edit.

use super::console::{Console, count};
use super::{Failure, output};
use crate::graph::{Decisions, EdgeRef, KnowledgeGraph};
use crate::store;
use clap::Args;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

/// Draw up a file of decisions: merges made, doubtful ones, doubtful edges. Edit it, then build --decisions
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  whom review news.ron -o mine.ron
  (take away the // before a line to make it hold)
  whom build --into news.ron --decisions mine.ron")]
pub struct Review {
    /// The graph file
    graph: PathBuf,
    /// Write here instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many of the least sure edges to list
    #[arg(long, default_value_t = 20, value_name = "N")]
    edges: usize,
}

impl Review {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let graph = store::read(&self.graph).map_err(Failure::input)?;
        let (text, proposals) = draw_up(&graph, self.edges).map_err(Failure::input)?;
        console.say(&format!("{} to look at", count(proposals, "proposal", "proposals")));
        match &self.output {
            None => output::to_stdout(|out| out.write_all(text.as_bytes())),
            Some(path) => {
                output::check_folder(path)?;
                output::to_file(path, text.as_bytes())
            }
        }
    }
}

/// The file, which is valid as it stands and decides what was decided before; and how many lines propose more.
fn draw_up(graph: &KnowledgeGraph, edges: usize) -> Result<(String, usize), std::fmt::Error> {
    let held = graph.decisions();
    let mut out = String::new();
    let mut proposals = 0;
    writeln!(
        out,
        "// Decisions on a graph, for `whom build --decisions`. Take away the // before a line to make it hold."
    )?;
    writeln!(out, "(\n  // Pairs that are one.\n  same: [")?;
    for (a, b) in &held.same {
        writeln!(out, "    ({a:?}, {b:?}),")?;
    }
    for doubt in graph.doubts() {
        proposals += 1;
        let names = [&doubt.one, &doubt.other].map(|id| name(graph, id));
        writeln!(
            out,
            "    // ({:?}, {:?}),  // {} / {}: {}",
            doubt.one, doubt.other, names[0], names[1], doubt.why
        )?;
    }
    writeln!(
        out,
        "  ],\n  // Pairs that are not one, whatever the rules say; those below were merged by a rule.\n  apart: ["
    )?;
    for (a, b) in &held.apart {
        writeln!(out, "    ({a:?}, {b:?}),")?;
    }
    for (ix, node) in graph.nodes() {
        for (a, b, reason) in graph.merges(ix) {
            if !held.same.contains(&(a.to_owned(), b.to_owned()))
                && !held.same.contains(&(b.to_owned(), a.to_owned()))
            {
                proposals += 1;
                writeln!(out, "    // ({a:?}, {b:?}),  // {}: {}", node.name, reason.name())?;
            }
        }
    }
    writeln!(out, "  ],\n  // Id: the name to show.\n  names: {{")?;
    for (id, name) in &held.names {
        writeln!(out, "    {id:?}: {name:?},")?;
    }
    writeln!(
        out,
        "  }},\n  // Edges that are wrong; with `article`, only what that article says. Those below are the least sure.\n  dropped: ["
    )?;
    write_dropped(&mut out, held)?;
    let mut listed: Vec<EdgeRef<'_>> = graph.edges().collect();
    listed.sort_by(|a, b| a.edge.confidence.total_cmp(&b.edge.confidence).then(a.edge.key.cmp(&b.edge.key)));
    let mut seen = BTreeSet::new();
    for edge in listed {
        let Some(best) = graph.claims(edge.edge).next() else { continue };
        let id = |ix| graph.identity(ix).id.as_str();
        let target = match best.target {
            crate::graph::ClaimTarget::Party(ix) => Some(id(ix)),
            _ => None,
        };
        let line =
            dropped_line(id(best.source), edge.edge.relation.name(), target, Some(&graph.article(best).id));
        if seen.len() == edges || !seen.insert(line.clone()) {
            continue;
        }
        proposals += 1;
        let evidence = graph.evidence(best).replace(['\n', '\r'], " ");
        writeln!(out, "    // {line}  // {:.2} {evidence}", edge.edge.confidence)?;
    }
    writeln!(out, "  ],\n)")?;
    Ok((out, proposals))
}

fn write_dropped(out: &mut String, held: &Decisions) -> std::fmt::Result {
    for edge in &held.dropped {
        let line =
            dropped_line(&edge.source, &edge.relation, edge.target.as_deref(), edge.article.as_deref());
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

fn dropped_line(source: &str, relation: &str, target: Option<&str>, article: Option<&str>) -> String {
    let mut line = format!("(source: {source:?}, relation: {relation:?}");
    for (label, value) in [("target", target), ("article", article)] {
        if let Some(value) = value {
            line.push_str(&format!(", {label}: {value:?}"));
        }
    }
    line + "),"
}

fn name(graph: &KnowledgeGraph, id: &str) -> String {
    graph.find(id).map_or_else(|| id.to_owned(), |ix| graph.node(ix).name.to_string())
}
