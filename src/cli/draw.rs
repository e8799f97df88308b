//! `whom draw`: a picture of a graph.

use super::console::Console;
use super::{Failure, output};
use crate::draw::{Cluster, DrawFormat, DrawOptions, Theme, draw};
use crate::store;
use clap::Args;
use std::path::PathBuf;

/// Draw a graph as .svg, .png, .pdf, .html or .dot
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom draw news.ron -o news.svg --top 40")]
pub struct Draw {
    /// The graph file
    graph: PathBuf,
    /// The picture; its ending tells the kind
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Heading of the picture
    #[arg(long)]
    title: Option<String>,
    /// Draw at most so many nodes, the most connected ones
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Colours
    #[arg(long, value_enum, default_value_t = Theme::Light)]
    theme: Theme,
    /// Group the nodes
    #[arg(long, value_enum, default_value_t = Cluster::None)]
    cluster: Cluster,
    /// Draw each event with its parties, too
    #[arg(long)]
    events: bool,
    /// Do not use Graphviz even where it is installed
    #[arg(long)]
    no_graphviz: bool,
}

impl Draw {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let ending = self.output.extension().unwrap_or_default().to_string_lossy();
        let format = DrawFormat::from_extension(&ending).map_err(Failure::usage)?;
        output::check_folder(&self.output)?;
        let graph = store::read(&self.graph).map_err(Failure::input)?;
        let options = DrawOptions {
            title: self.title.clone(),
            top: self.top,
            graphviz: !self.no_graphviz,
            theme: self.theme,
            cluster: self.cluster,
            events: self.events,
            ..DrawOptions::default()
        };
        let picture = draw(&graph, &options, format).map_err(Failure::input)?;
        output::to_file(&self.output, &picture)?;
        console.say(&format!("wrote {}", self.output.display()));
        Ok(())
    }
}
