//! `whom show`: all about one party.

use super::ask::Form;
use super::console::Console;
use super::graph_file::{GraphFile, party};
use super::{Failure, output};
use crate::analysis::dossier;
use clap::Args;

/// Show all about one party: names, what it did, what was done to it, with dates and evidence
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  whom show news.ron Latvia\n  whom show news.ron \"Red Dawn Brigade\" --format json"
)]
pub struct Show {
    #[command(flatten)]
    file: GraphFile,
    /// Its name, an alias, a part of the name, or its id; of an event its id
    #[arg(required = true, num_args = 1..)]
    name: Vec<String>,
}

impl Show {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let graph = self.file.read(console)?;
        let dossier = dossier(&graph, party(&graph, &self.name.join(" "), console)?);
        match self.file.form() {
            Form::Table => output::to_stdout(|out| write!(out, "{}", dossier.to_text(output::look()))),
            Form::Json => output::to_stdout(|out| writeln!(out, "{}", dossier.to_json())),
            Form::Csv => self.file.print(&dossier.table()),
        }
    }
}
