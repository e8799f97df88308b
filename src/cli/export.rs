//! `whom export`: a graph in a format that other programs read.

use super::console::{Console, count};
use super::filter::FilterArgs;
use super::{Failure, output};
use crate::export::{FORMATS, Writer, format};
use crate::store;
use clap::Args;
use std::path::{Path, PathBuf};

/// Write a graph in another format
#[derive(Debug, Args)]
#[command(after_help = formats_help())]
pub struct Export {
    /// The graph file
    graph: PathBuf,
    /// Name of the format
    #[arg(long, value_name = "FORMAT")]
    format: String,
    /// Write here instead of to standard output; a folder for formats of several files
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Export {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let format = format(&self.format).map_err(Failure::usage)?;
        let graph = self.filter.apply(store::read(&self.graph).map_err(Failure::input)?, console)?;
        match format.writer {
            Writer::Stream(write) => match &self.output {
                None => output::to_stdout(|out| write(&graph, out)),
                Some(path) => {
                    output::check_folder(path)?;
                    let mut bytes = Vec::new();
                    write(&graph, &mut bytes).map_err(Failure::input)?;
                    output::to_file(path, &bytes)
                }
            },
            Writer::Folder(write) => {
                let Some(folder) = &self.output else {
                    return Err(Failure::Usage(format!("{} fills a folder; name it with -o", format.name)));
                };
                let files = write(&graph).map_err(Failure::input)?;
                for file in &files {
                    to_folder(folder, &file.path, &file.bytes)?;
                }
                console.say(&format!(
                    "wrote {} to {}",
                    count(files.len(), "file", "files"),
                    folder.display()
                ));
                Ok(())
            }
        }
    }
}

fn to_folder(folder: &Path, below: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = folder.join(below);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|error| Failure::Input(format!("cannot create {}: {error}", parent.display())))?;
    }
    output::to_file(&path, bytes)
}

fn formats_help() -> String {
    let width = FORMATS.iter().map(|f| f.name.len()).max().unwrap_or(0);
    let rows: Vec<String> = FORMATS.iter().map(|f| format!("  {:width$}  {}", f.name, f.about)).collect();
    format!("Formats:\n{}", rows.join("\n"))
}
