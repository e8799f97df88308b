//! `whom draw`: a picture of a graph.

use super::console::Console;
use super::filter::FilterArgs;
use super::{Failure, output};
use crate::draw::{Cluster, DrawFormat, DrawOptions, Theme, draw};
use crate::store;
use clap::Args;
use std::path::PathBuf;

/// Draw a graph as .svg, .png, .pdf, .html or .dot
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  whom draw news.ron -o news.svg --top 40\n  whom draw news.ron -o latvia.svg --around Latvia --depth 2\n  whom draw news.ron -o july.svg --since 2018-07 --until 2018-07 --status actual"
)]
pub struct Draw {
    /// The graph file
    graph: PathBuf,
    /// The picture; its ending tells the kind
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Heading of the picture
    #[arg(long)]
    title: Option<String>,
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
    #[command(flatten)]
    filter: FilterArgs,
}

impl Draw {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let ending = self.output.extension().unwrap_or_default().to_string_lossy();
        let format = DrawFormat::from_extension(&ending).map_err(Failure::usage)?;
        output::check_folder(&self.output)?;
        let graph = store::read(&self.graph).map_err(Failure::input)?;
        // The drawing takes the most connected itself, to say how many there are in all.
        let filter = self.filter.without_top();
        let graph = filter.apply(graph, console)?;
        let options = DrawOptions {
            title: self.title.clone(),
            top: self.filter.top,
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
