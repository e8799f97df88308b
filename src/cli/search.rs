//! `whom search`: sentences of evidence by their words.

use super::Failure;
use super::ask::{FormArgs, print};
use super::console::Console;
use crate::query::{Cell, Table};
use crate::store;
use clap::Args;
use std::path::PathBuf;

/// Find sentences of evidence by their words, in a .whom file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  whom search news.whom bomb embassy
  whom search news.whom 'arrest* NOT police' --format json

Words must all occur; AND, OR, NOT, \"phrases\", NEAR(a b) and pre* work as in SQLite's FTS5.")]
pub struct Search {
    /// The graph file
    graph: PathBuf,
    /// The words
    #[arg(required = true, num_args = 1..)]
    words: Vec<String>,
    #[command(flatten)]
    form: FormArgs,
    /// How many to list
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N")]
    limit: usize,
}

impl Search {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        if !store::is_store_name(&self.graph) {
            return Err(Failure::Usage(format!(
                "{} has no index of words; make a store of it: whom build ARTICLES -o news.whom",
                self.graph.display()
            )));
        }
        let found = store::search(&self.graph, &self.words.join(" "), self.limit).map_err(Failure::input)?;
        if found.is_empty() {
            console.say(&"no sentence has these words");
        }
        let row = |(article, text)| vec![Cell::Text(article), Cell::Text(text)];
        let columns = ["article", "evidence"].map(str::to_owned).to_vec();
        print(&Table { columns, rows: found.into_iter().map(row).collect() }, self.form.form())
    }
}
