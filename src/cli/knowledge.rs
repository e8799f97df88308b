//! The user's own words and names, added to what comes with the program.

use super::Failure;
use crate::pipeline::Pipeline;
use clap::Args;
use std::fs::File;
use std::path::{Path, PathBuf};

/// What the user knows and the program does not.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Words and names of your own")]
pub struct Knowledge {
    /// Words that tell a relation, in the form of data/lexicon: [(relation: "attacked", words: ["raid"], pos: verb,
    /// roles: ["subj > obj"], weight: 0.9)]. They go before the program's own; may be repeated
    #[arg(long, value_name = "FILE.ron")]
    lexicon: Vec<PathBuf>,
    /// Parties and places, a table parted by tabs whose first line names its columns: name, and any of kind,
    /// country, aliases, adjectives. They go before the program's own; may be repeated
    #[arg(long, value_name = "FILE.tsv")]
    actors: Vec<PathBuf>,
}

impl Knowledge {
    /// The program's pipeline, taught what the files say.
    pub fn pipeline(&self) -> Result<Pipeline, Failure> {
        let mut pipeline = Pipeline::standard().map_err(Failure::input)?;
        for path in &self.lexicon {
            let text = std::fs::read_to_string(path).map_err(|e| unread(path, "lexicon", &e))?;
            pipeline.extractor.lexicon.extend(&path.display().to_string(), &text).map_err(Failure::usage)?;
        }
        for path in &self.actors {
            let fault = |e: &dyn std::fmt::Display| Failure::Usage(format!("actors {}, {e}", path.display()));
            let file = File::open(path).map_err(|e| unread(path, "actors", &e))?;
            pipeline.gazetteer = pipeline.gazetteer.extended(file).map_err(|e| fault(&e))?;
        }
        Ok(pipeline)
    }
}

fn unread(path: &Path, option: &str, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("--{option} {}: {error}", path.display()))
}
