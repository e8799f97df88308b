//! Graphs to pictures.
//!
//! | call | does |
//! |---|---|
//! | [`draw`] | the picture as bytes |
//! | [`DrawFormat::from_extension`] | the kind of picture for a file ending |

mod dot;
mod graphviz;
mod layout;
mod page;
mod palette;
mod scene;
mod svg;

use crate::graph::KnowledgeGraph;
use scene::Scene;
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

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Theme {
    /// Colours on white.
    #[default]
    Light,
    /// Colours on black.
    Dark,
    /// Greys and line styles.
    Print,
}

/// How nodes are grouped in boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Cluster {
    /// Not at all.
    #[default]
    None,
    /// By country.
    Country,
    /// By community.
    Community,
}

/// How to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawOptions {
    /// Heading; one is made where absent.
    pub title: Option<String>,
    /// Colours.
    pub theme: Theme,
    /// Grouping.
    pub cluster: Cluster,
    /// Draw event nodes with their roles, not only typed edges.
    pub events: bool,
    /// Draw at most so many nodes, the most connected ones; 150 where absent.
    pub top: Option<usize>,
    /// Use Graphviz where it is installed.
    pub graphviz: bool,
    /// Longest time Graphviz may take.
    pub time_limit: Duration,
}

impl Default for DrawOptions {
    fn default() -> Self {
        Self {
            title: None,
            theme: Theme::default(),
            cluster: Cluster::default(),
            events: false,
            top: None,
            graphviz: true,
            time_limit: Duration::from_secs(30),
        }
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

/// Draws the graph: with Graphviz where it is installed and wanted, else by this crate's own layout.
///
/// # Errors
/// Where the kind of picture needs a program that is missing or fails.
pub fn draw(graph: &KnowledgeGraph, options: &DrawOptions, format: DrawFormat) -> Result<Vec<u8>, DrawError> {
    let scene = Scene::of(graph, options);
    let dot = dot::write(&scene, options.theme);
    let engine = if scene.nodes.len() > dot::BY_FORCE { "sfdp" } else { "dot" };
    let laid_out = |format: &'static str| {
        if options.graphviz {
            graphviz::run(engine, format, dot.clone(), options.time_limit)
        } else {
            Ok(None)
        }
    };
    match format {
        DrawFormat::Dot => Ok(dot.into_bytes()),
        // An SVG is always possible: where Graphviz is missing, fails or takes too long, the own layout draws.
        DrawFormat::Svg => match laid_out("svg") {
            Ok(Some(picture)) => Ok(picture),
            Ok(None) | Err(_) => Ok(svg::write(&scene, options.theme).into_bytes()),
        },
        DrawFormat::Png => laid_out("png")?.ok_or(DrawError::NeedsGraphviz("PNG")),
        DrawFormat::Pdf => laid_out("pdf")?.ok_or(DrawError::NeedsGraphviz("PDF")),
        DrawFormat::Html => Ok(page::write(graph, options).into_bytes()),
    }
}
