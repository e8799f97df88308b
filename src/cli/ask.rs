//! `whom ask`: a plain question to a graph, answered in a table.

use super::console::Console;
use super::{Failure, output};
use crate::{query, store};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Ask a graph: who accused whom, what did Germany do, who met whom in July 2018
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  whom ask news.ron \"who accused whom\"
  whom ask news.ron \"what did Germany do\" --format csv
  whom ask news.ron \"who was targeted\" --format json")]
pub struct Ask {
    /// The graph file
    graph: PathBuf,
    /// The question, in quotation marks or not
    #[arg(required = true, num_args = 1.., value_name = "QUESTION")]
    question: Vec<String>,
    #[command(flatten)]
    form: FormArgs,
}

/// In what form to answer.
#[derive(Debug, Args)]
pub struct FormArgs {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FormArgs {
    /// The form asked for.
    pub fn form(&self) -> Form {
        if self.json { Form::Json } else { self.format }
    }
}

/// Forms of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people
    Table,
    /// A list of objects
    Json,
    /// Comma-separated values with a head line
    Csv,
}

impl Ask {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let graph = store::read(&self.graph).map_err(Failure::input)?;
        let question = self.question.join(" ");
        let answer = query::ask(&graph, &question).map_err(Failure::usage)?;
        if answer.is_empty() {
            let near = query::near(&graph, &question).map_err(Failure::usage)?;
            console.say(&nothing_found(&near));
        }
        match self.form.form() {
            // the contract's rows, with the evidence's article beside its words
            Form::Json => output::to_stdout(|out| writeln!(out, "{}", answer.to_json())),
            form => print(&answer.table(), form),
        }
    }
}

fn nothing_found(near: &[String]) -> String {
    match near {
        [] => "nothing found, and nothing near it in the graph".to_owned(),
        near => format!("nothing found; near it there is:\n  {}", near.join("\n  ")),
    }
}

/// Prints a table in the form asked for.
pub fn print(table: &query::Table, form: Form) -> Result<(), Failure> {
    let text = match form {
        Form::Table => table.to_text(output::look()),
        Form::Json => table.to_json(),
        Form::Csv => table.to_csv(),
    };
    output::to_stdout(|out| writeln!(out, "{}", text.trim_end_matches('\n')))
}
