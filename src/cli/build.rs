//! `whom build`: articles to a graph file, new or grown.

use super::console::{Console, count};
use super::extract::{Threads, each};
use super::input::{Met, Source};
use super::knowledge::Knowledge;
use super::{Failure, decisions, output};
use crate::graph::{Added, Counts, Decisions, KnowledgeGraph};
use crate::ontology::{Extraction, text_digest};
use crate::reading::{Document, ReadError};
use crate::store::{self, Store};
use clap::Args;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Instant;

/// Read articles and write the graph of what they say
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  whom build seeds -o news.ron
  whom build today/*.html --into news.ron
  whom build archive -o news.whom                 a store that grows, an article at a time
  whom build --into news.ron --decisions mine.ron  what a person decided (see whom review)
  cat article.txt | whom build - --date 2018-07-10 -o one.ron")]
pub struct Build {
    #[command(flatten)]
    source: Source,
    /// Write the graph to this file; a .whom file is one store that grows: what it has is kept, and a run that
    /// was stopped goes on where it was
    #[arg(short, long, value_name = "GRAPH", required_unless_present = "into")]
    output: Option<PathBuf>,
    /// Grow the graph in this file, which may not exist yet; with -o, write the result there instead
    #[arg(long, value_name = "GRAPH")]
    into: Option<PathBuf>,
    /// Apply what a person decided: merges, splits, names, dropped edges. Kept in the graph from then on
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    knowledge: Knowledge,
}

impl Build {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let started = Instant::now();
        let Some(target) = self.output.as_deref().or(self.into.as_deref()) else {
            return Err(Failure::Usage("name the graph file with -o or --into".to_owned()));
        };
        output::check_folder(target)?;
        let decisions = self.decisions.as_deref().map(decisions::read).transpose()?;
        let mut growing = Growing::open(target, self.into.as_deref())?;
        if let Some(decisions) = decisions {
            growing.decide(decisions, console)?;
        }
        let (copies, silent) = (Rc::new(Cell::new(0)), Cell::new(0));
        let met = Rc::new(Met::default());
        // Decisions alone need no articles.
        if !self.source.paths.is_empty() || self.decisions.is_none() {
            self.read(&mut growing, console, &met, &copies, &silent)?;
        }
        growing.close(target)?;
        self.account(console, &met, &growing.graph.counts(), [copies.get(), silent.get()]);
        console.say(&format!("wrote   {} in {:.1} s", show(target), started.elapsed().as_secs_f64()));
        Failure::if_interrupted(console)
    }

    fn read(
        &self,
        growing: &mut Growing,
        console: &Console,
        met: &Rc<Met>,
        copies: &Rc<Cell<usize>>,
        silent: &Cell<usize>,
    ) -> Result<(), Failure> {
        // What the graph has already need not be worked on again.
        let known: BTreeSet<String> = growing.graph.articles().iter().map(|a| a.digest.clone()).collect();
        let passed = Rc::clone(copies);
        let is_new = move |read: &Result<Document, ReadError>| {
            let is_known = read.as_ref().is_ok_and(|d| known.contains(&text_digest(&d.text)));
            passed.set(passed.get() + usize::from(is_known));
            !is_known
        };
        let documents = self.source.documents(met)?.filter(is_new);
        let pipeline = self.knowledge.pipeline()?;
        console.start_progress(self.source.bytes());
        for extraction in
            each(&pipeline, documents, self.threads.jobs, console, met).map_err(Failure::input)?
        {
            silent.set(silent.get() + usize::from(extraction.edges.is_empty()));
            let known = match growing.add(&extraction)? {
                Added::New { .. } => continue,
                Added::SameText(other) => format!("the same text as {other}"),
                Added::SameUrl(other) => format!("the same address as {other}"),
            };
            copies.set(copies.get() + 1);
            console.detail(|| format!("{}: {known}", extraction.id));
        }
        console.end_progress();
        met.report(console);
        if met.articles.get() == 0 {
            return Err(Failure::Input("no article could be read; the graph is left as it was".to_owned()));
        }
        Ok(())
    }

    fn account(&self, console: &Console, met: &Met, counts: &Counts, [copies, silent]: [usize; 2]) {
        let mut read = count(met.articles.get(), "article", "articles");
        let mut notes = Vec::new();
        if console.failures() > 0 {
            notes.push(format!("{} failed, named above", console.failures()));
        }
        if copies > 0 {
            notes.push(format!("{} known already", count(copies, "copy", "copies")));
        }
        if silent > 0 {
            notes.push(format!("{silent} with nothing to tell of who did what to whom"));
        }
        if !notes.is_empty() {
            read = format!("{read}; {}", notes.join(", "));
        }
        console.say(&format!("read    {read}"));
        console.say(&format!(
            "graph   {}, {}, {}, {} from {}",
            count(counts.actors, "actor", "actors"),
            count(counts.events, "event", "events"),
            count(counts.locations, "location", "locations"),
            count(counts.edges, "edge", "edges"),
            count(counts.articles, "article", "articles"),
        ));
        let mut by_relation: Vec<_> = counts.by_relation.iter().map(|(r, n)| (*n, r.name())).collect();
        by_relation.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let listed: Vec<String> = by_relation.iter().map(|(n, name)| format!("{name} {n}")).collect();
        if !listed.is_empty() {
            console.say(&format!("edges   {}", wrapped(&listed, 90)));
        }
    }
}

/// A graph that grows, and the store that keeps each article where there is one.
struct Growing {
    graph: KnowledgeGraph,
    store: Option<Store>,
}

impl Growing {
    fn open(target: &Path, into: Option<&Path>) -> Result<Self, Failure> {
        let other = into.filter(|path| *path != target && path.exists());
        if !store::is_store_name(target) {
            let graph = match into.filter(|path| path.exists()) {
                Some(path) => store::read(path).map_err(Failure::input)?,
                None => KnowledgeGraph::new(),
            };
            return Ok(Self { graph, store: None });
        }
        if let Some(other) = other {
            if target.exists() {
                return Err(Failure::Usage(format!(
                    "{} is there already; leave out --into to let it grow, or name another file with -o",
                    target.display()
                )));
            }
            let graph = store::read(other).map_err(Failure::input)?;
            store::write(target, &graph).map_err(Failure::input)?;
        }
        let mut store = Store::open(target).map_err(Failure::input)?;
        Ok(Self { graph: store.load().map_err(Failure::input)?, store: Some(store) })
    }

    fn add(&mut self, extraction: &Extraction) -> Result<Added, Failure> {
        let added = self.graph.add(extraction);
        if let Some(store) = &mut self.store {
            let heard = self.graph.take_heard();
            store.keep(&self.graph, &heard).map_err(Failure::input)?;
        }
        Ok(added)
    }

    fn decide(&mut self, decisions: Decisions, console: &Console) -> Result<(), Failure> {
        for id in decisions.ids() {
            if !self.graph.has_identity(id) {
                console.warn(&format!("the decisions name `{id}`, which the graph does not have (yet)"));
            }
        }
        if let Some(store) = &mut self.store {
            store.keep_decisions(&decisions).map_err(Failure::input)?;
        }
        self.graph.decide(decisions);
        Ok(())
    }

    fn close(&mut self, target: &Path) -> Result<(), Failure> {
        match self.store.take() {
            Some(store) => store.close().map_err(Failure::input),
            None => store::write(target, &self.graph).map_err(Failure::input),
        }
    }
}

/// Joined by commas, broken into lines of about `width` characters that line up under the first.
fn wrapped(items: &[String], width: usize) -> String {
    let mut lines = vec![String::new()];
    for (at, item) in items.iter().enumerate() {
        let comma = if at + 1 < items.len() { "," } else { "" };
        match lines.last_mut() {
            Some(line) if line.len() + item.len() < width => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(item);
                line.push_str(comma);
            }
            _ => lines.push(format!("{item}{comma}")),
        }
    }
    lines.join("\n        ")
}

fn show(path: &Path) -> String {
    path.display().to_string()
}
