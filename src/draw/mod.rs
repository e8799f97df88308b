//! Graphs to pictures.
//!
//! | call | does |
//! |---|---|
//! | [`draw`] | the picture as bytes |
//! | [`DrawFormat::from_extension`] | the kind of picture for a file ending |

mod circle;
mod graphviz;

use crate::export::dot;
use crate::graph::KnowledgeGraph;
use crate::ontology::PartialDate;
use std::time::Duration;

/// Kinds of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawFormat {
    /// Scalable; needs no other program.
    Svg,
    /// Pixels.
    Png,
    /// For print; needs Graphviz.
    Pdf,
    /// A page to explore in a browser.
    Html,
    /// Graphviz source.
    Dot,
}

impl DrawFormat {
    /// The kind that a file ending asks for.
    ///
    /// # Errors
    /// Where there is none for it.
    pub fn from_extension(extension: &str) -> Result<Self, DrawError> {
        match extension.to_ascii_lowercase().as_str() {
            "svg" => Ok(Self::Svg),
            "png" => Ok(Self::Png),
            "pdf" => Ok(Self::Pdf),
            "html" | "htm" => Ok(Self::Html),
            "dot" | "gv" => Ok(Self::Dot),
            _ => Err(DrawError::UnknownEnding(extension.to_owned())),
        }
    }
}

/// How to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawOptions {
    /// Heading; one is made where absent.
    pub title: Option<String>,
    /// Draw at most so many nodes, the most connected ones; 150 where absent.
    pub top: Option<usize>,
    /// Use Graphviz where it is installed.
    pub graphviz: bool,
    /// Longest time Graphviz may take.
    pub time_limit: Duration,
}

impl Default for DrawOptions {
    fn default() -> Self {
        Self { title: None, top: None, graphviz: true, time_limit: Duration::from_secs(30) }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// Not a kind of picture.
    #[error("cannot draw a `.{0}` file; use .svg, .png, .pdf, .html or .dot")]
    UnknownEnding(String),
    /// Graphviz is missing and this kind of picture needs it.
    #[error("{0} pictures need Graphviz's `dot`, which was not found; install graphviz, or draw an .svg")]
    NeedsGraphviz(&'static str),
    /// Graphviz failed.
    #[error("Graphviz failed: {0}; draw with fewer nodes (--top 50)")]
    Graphviz(String),
}

/// Parties drawn where `top` says nothing and the graph is larger.
const USUAL_TOP: usize = 150;
/// Above so many parties Graphviz lays out by forces.
const LAYERED: usize = 200;

/// Draws the graph.
///
/// # Errors
/// Where the kind of picture needs a program that is missing or fails.
pub fn draw(graph: &KnowledgeGraph, options: &DrawOptions, format: DrawFormat) -> Result<Vec<u8>, DrawError> {
    let bundles = dot::bundles(graph, options.top.unwrap_or(USUAL_TOP));
    let title = options.title.clone().unwrap_or_else(|| heading(graph));
    let source = dot::source(graph, &bundles, &title);
    let program = if dot::parties(graph, &bundles).len() > LAYERED { "sfdp" } else { "dot" };
    let by_graphviz = |kind| graphviz::run(program, kind, &source, options.time_limit);
    match format {
        DrawFormat::Dot => Ok(source.into_bytes()),
        DrawFormat::Svg if options.graphviz => match by_graphviz("svg") {
            Err(DrawError::NeedsGraphviz(_)) => Ok(circle::svg(graph, &bundles, &title).into_bytes()),
            drawn => drawn,
        },
        DrawFormat::Svg => Ok(circle::svg(graph, &bundles, &title).into_bytes()),
        DrawFormat::Png => by_graphviz("png"),
        DrawFormat::Pdf => by_graphviz("pdf"),
        DrawFormat::Html => Ok(page(&circle::svg(graph, &bundles, &title), &title).into_bytes()),
    }
}

/// Number of articles and the days they span.
fn heading(graph: &KnowledgeGraph) -> String {
    let dates: Vec<PartialDate> = graph.articles_by_id().iter().filter_map(|a| a.date).collect();
    let span = match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    format!("Who did what to whom: {} articles{span}", graph.articles().len())
}

/// A page that holds the picture and nothing from elsewhere.
fn page(svg: &str, title: &str) -> String {
    let title = circle::escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <style>body{{margin:0}}svg{{width:100%;height:auto}}</style></head><body>\n{svg}</body></html>\n"
    )
}
