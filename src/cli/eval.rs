//! `whom eval`: how well extraction does on articles with gold records.

use super::console::Console;
use super::extract::{Threads, each};
use super::input::{Met, Source};
use super::knowledge::Knowledge;
use super::{Failure, output};
use crate::ontology::Extraction;
use crate::scoring::{Figure, GoldArticle, Report, score};
use clap::Args;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Score extraction against gold records
///
/// GOLD is a folder with NAME.gold.json for each article, and the articles themselves: input.jsonl, or
/// NAME.txt for each.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom eval gold --errors errors.txt")]
pub struct Eval {
    /// Folder with the gold
    gold: PathBuf,
    /// Score these records instead of extracting anew
    #[arg(long, value_name = "RECORDS.jsonl")]
    predictions: Option<PathBuf>,
    /// Write every miss and every extra edge to this file
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    knowledge: Knowledge,
}

impl Eval {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let gold = read_gold(&self.gold)?;
        let predictions = match &self.predictions {
            Some(path) => read_records(path)?,
            None => self.extract(&gold, console)?,
        };
        let report = score(&gold, &predictions);
        if let Some(path) = &self.errors {
            output::to_file(path, report.errors.as_bytes())?;
        }
        let text = if self.json {
            serde_json::to_string_pretty(&report.scores).map_err(Failure::input)?
        } else {
            table(&report)
        };
        output::to_stdout(|out| writeln!(out, "{text}"))
    }

    fn extract(&self, gold: &[GoldArticle], console: &Console) -> Result<Vec<Extraction>, Failure> {
        let all = self.gold.join("input.jsonl");
        let paths = if all.is_file() {
            vec![all]
        } else {
            gold.iter().map(|g| self.gold.join(format!("{}.txt", g.id))).collect()
        };
        let source = Source { paths, date: None, from: None, columns: Vec::new() };
        let met = Rc::new(Met::default());
        let documents = source.documents(&met)?;
        let pipeline = self.knowledge.pipeline()?;
        let dates = |id: &str| gold.iter().find(|g| g.id == id)?.date.as_deref()?.parse().ok();
        let dated = documents.map(|read| {
            read.map(|mut document| {
                document.date = document.date.or_else(|| dates(&document.id));
                document
            })
        });
        let extractions = each(&pipeline, dated, self.threads.jobs, console, &met).map_err(Failure::input)?;
        let extractions = extractions.collect();
        Failure::if_interrupted(console)?;
        Ok(extractions)
    }
}

fn read_gold(folder: &Path) -> Result<Vec<GoldArticle>, Failure> {
    let listed = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut files: Vec<PathBuf> = listed
        .map_err(|e| Failure::Usage(format!("{}: no folder with gold records: {e}", folder.display())))?
        .iter()
        .map(std::fs::DirEntry::path)
        .filter(|p| p.to_string_lossy().ends_with(".gold.json"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::Usage(format!("{}: no NAME.gold.json in it", folder.display())));
    }
    files
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Failure::Input(format!("{}: {e}", path.display())))?;
            serde_json::from_str(&text).map_err(|e| Failure::Input(format!("{}: {e}", path.display())))
        })
        .collect()
}

fn read_records(path: &Path) -> Result<Vec<Extraction>, Failure> {
    let fault = |what: String| Failure::Input(format!("{}{what}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| fault(format!(": {e}")))?;
    let records = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    records
        .map(|(at, line)| serde_json::from_str(line).map_err(|e| fault(format!(", line {}: {e}", at + 1))))
        .collect()
}

fn table(report: &Report) -> String {
    let scores = &report.scores;
    let figure = |name: &str, f: &Figure| {
        format!(
            "{name:<16} {:>6.1} {:>6.1} {:>6.1}   {:>5} {:>5}",
            f.p * 100.0,
            f.r * 100.0,
            f.f1 * 100.0,
            f.predicted,
            f.gold
        )
    };
    let mut lines = vec![
        format!("{:<16} {:>6} {:>6} {:>6}   {:>5} {:>5}", "", "P", "R", "F1", "found", "gold"),
        figure("edges strict", &scores.edges_strict),
        figure("edges by root", &scores.edges_root),
        figure("edges by pair", &scores.edges_pair),
        figure("attribution", &scores.attribution),
        figure("static", &scores.static_edges),
        String::new(),
        format!(
            "essential recall {:.1} (by root {:.1})",
            scores.essential_recall_strict * 100.0,
            scores.essential_recall_root * 100.0
        ),
        format!("status accuracy  {:.1}", scores.status_accuracy * 100.0),
        format!("date accuracy    {:.1}", scores.date_accuracy * 100.0),
        format!(
            "macro F1 over relations with 4 gold edges or more {:.1}",
            scores.macro_f1_relations_with_4_gold * 100.0
        ),
        String::new(),
    ];
    lines.extend(scores.relations.iter().map(|(name, f)| figure(name, f)));
    if scores.missing_articles > 0 {
        lines.push(format!("\n{} gold articles without a record", scores.missing_articles));
    }
    lines.join("\n")
}
