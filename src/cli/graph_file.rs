//! The graph that a command looks at, or the part of it, and the form of what it prints.

use super::Failure;
use super::ask::{Form, FormArgs};
use super::console::Console;
use super::filter::FilterArgs;
use crate::analysis::{LESSER, find_party};
use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::query::Table;
use crate::store;
use clap::Args;
use std::path::PathBuf;

/// Which graph, and in what form.
#[derive(Debug, Args)]
pub struct GraphFile {
    /// The graph file
    graph: PathBuf,
    #[command(flatten)]
    form: FormArgs,
    #[command(flatten)]
    part: FilterArgs,
}

impl GraphFile {
    /// The part of the graph asked for.
    pub fn read(&self, console: &Console) -> Result<KnowledgeGraph, Failure> {
        self.part.apply(store::read(&self.graph).map_err(Failure::input)?, console)
    }

    /// The form asked for.
    pub fn form(&self) -> Form {
        self.form.form()
    }

    /// Prints a table of edges: whole for programs, without the lesser columns for people.
    pub fn print_edges(&self, table: &Table) -> Result<(), Failure> {
        if self.form() == Form::Table { self.print(&table.lean(&LESSER)) } else { self.print(table) }
    }

    /// Prints a table.
    pub fn print(&self, table: &Table) -> Result<(), Failure> {
        super::ask::print(table, self.form())
    }
}

/// The node that a name means; says which one where the name may mean several.
pub fn party(graph: &KnowledgeGraph, name: &str, console: &Console) -> Result<NodeIndex, Failure> {
    let found = find_party(graph, name).map_err(Failure::usage)?;
    if !found.others.is_empty() {
        let told = |ix: NodeIndex| format!("{} ({})", graph.node(ix).name, graph.node(ix).id);
        let others: Vec<String> = found.others.iter().take(5).map(|&ix| told(ix)).collect();
        console.say(&format!("taken as {}; also called so: {}", told(found.node), others.join(", ")));
    }
    Ok(found.node)
}
