//! `whom build`: articles to a graph file, new or grown.

use super::console::{Console, count};
use super::extract::{Threads, each};
use super::input::{Met, Source};
use super::{Failure, output};
use crate::graph::{Added, Counts, KnowledgeGraph};
use crate::pipeline::Pipeline;
use crate::store;
use clap::Args;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Instant;

/// Read articles and write the graph of what they say
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  whom build seeds -o news.ron
  whom build today/*.html --into news.ron
  cat article.txt | whom build - --date 2018-07-10 -o one.ron")]
pub struct Build {
    #[command(flatten)]
    source: Source,
    /// Write the graph to this file
    #[arg(short, long, value_name = "GRAPH", required_unless_present = "into")]
    output: Option<PathBuf>,
    /// Grow the graph in this file, which may not exist yet; with -o, write the result there instead
    #[arg(long, value_name = "GRAPH")]
    into: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
}

impl Build {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let started = Instant::now();
        let Some(target) = self.output.as_deref().or(self.into.as_deref()) else {
            return Err(Failure::Usage("name the graph file with -o or --into".to_owned()));
        };
        output::check_folder(target)?;
        let mut graph = match self.into.as_deref().filter(|path| path.exists()) {
            Some(path) => store::read(path).map_err(Failure::input)?,
            None => KnowledgeGraph::new(),
        };
        let met = Rc::new(Met::default());
        let documents = self.source.documents(&met)?;
        let pipeline = Pipeline::standard().map_err(Failure::input)?;
        console.start_progress(self.source.bytes());
        let mut copies = 0;
        let mut silent = 0;
        for extraction in
            each(&pipeline, documents, self.threads.jobs, console, &met).map_err(Failure::input)?
        {
            silent += usize::from(extraction.edges.is_empty());
            match graph.add(&extraction) {
                Added::New { .. } => {}
                Added::SameText(other) => {
                    copies += 1;
                    console.detail(|| format!("{}: the same text as {other}", extraction.id));
                }
                Added::SameUrl(other) => {
                    copies += 1;
                    console.detail(|| format!("{}: the same address as {other}", extraction.id));
                }
            }
        }
        console.end_progress();
        met.report(console);
        if met.articles.get() == 0 {
            return Err(Failure::Input(format!(
                "no article could be read; {} is left as it was",
                target.display()
            )));
        }
        store::write(target, &graph).map_err(Failure::input)?;
        self.account(console, &met, &graph.counts(), [copies, silent]);
        console.say(&format!("wrote   {} in {:.1} s", show(target), started.elapsed().as_secs_f64()));
        Failure::if_interrupted(console)
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
