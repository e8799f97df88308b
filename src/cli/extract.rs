//! `whom extract`: articles to extraction records, one JSON object a line, in input order.

use super::console::Console;
use super::input::{Met, Source};
use super::knowledge::Knowledge;
use super::{Failure, output};
use crate::ontology::Extraction;
use crate::pipeline::Pipeline;
use clap::Args;
use std::rc::Rc;

/// Print what articles say, one JSON record a line
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom extract articles.jsonl --threads 4 > records.jsonl")]
pub struct Extract {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    threads: Threads,
    /// Keep edges that are at least this sure, from 0 to 1, instead of those above the trained threshold
    #[arg(long, value_name = "P")]
    min_confidence: Option<f64>,
    #[command(flatten)]
    knowledge: Knowledge,
}

/// How many threads to use.
#[derive(Debug, Args)]
pub struct Threads {
    /// Articles worked on at a time; 0 for one a processor. The output is the same whatever this is
    #[arg(short = 'j', long = "threads", visible_alias = "jobs", default_value_t = 0, value_name = "N")]
    pub jobs: usize,
}

impl Extract {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let met = Rc::new(Met::default());
        let documents = self.source.documents(&met)?;
        let mut pipeline = self.knowledge.pipeline()?;
        if let Some(least) = self.min_confidence {
            pipeline.extractor.weights.threshold = least;
        }
        console.start_progress(self.source.bytes());
        let extractions =
            each(&pipeline, documents, self.threads.jobs, console, &met).map_err(Failure::input)?;
        output::to_stdout(|out| {
            for extraction in extractions {
                serde_json::to_writer(&mut *out, &extraction)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })?;
        console.end_progress();
        met.report(console);
        Failure::if_interrupted(console)
    }
}

/// The extractions of what could be read; what could not is named on the console. Ctrl-C ends them early.
pub fn each<'a>(
    pipeline: &'a Pipeline,
    documents: impl Iterator<Item = Result<crate::reading::Document, crate::reading::ReadError>> + 'a,
    jobs: usize,
    console: &'a Console,
    met: &'a Met,
) -> Result<impl Iterator<Item = Extraction> + 'a, crate::pipeline::PipelineError> {
    console.catch_interruption();
    let documents = documents.take_while(|_| !console.interrupted());
    Ok(pipeline.extract_all(documents, jobs)?.filter_map(|extracted| {
        console.progress(met.bytes.get(), met.articles.get());
        let extraction = match extracted {
            Ok(Ok(extraction)) => extraction,
            Ok(Err(fault)) => {
                console.failed(&fault);
                return None;
            }
            Err(unread) => {
                console.unread(&unread);
                return None;
            }
        };
        console.detail(|| format!("{}: {} edges", extraction.id, extraction.edges.len()));
        Some(extraction)
    }))
}
