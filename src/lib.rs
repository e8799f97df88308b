//! `whom` reads news articles and keeps who did what to whom as a graph.
//!
//! ```
//! use whom::graph::KnowledgeGraph;
//! use whom::pipeline::Pipeline;
//! use whom::reading::{Input, ReadOptions, read};
//!
//! let pipeline = Pipeline::standard()?;
//! let mut graph = KnowledgeGraph::new();
//! let article = "Kenya accused Somalia on Tuesday of hiding smugglers.".as_bytes();
//! for document in read(Input::new("kenya", "kenya.txt", article), &ReadOptions::default()) {
//!     graph.add(&pipeline.extract(document?));
//! }
//! assert_eq!(graph.counts().edges, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! See ARCHITECTURE.md for the rooms and who may import whom.
#![warn(missing_docs)]

pub mod analysis;
pub mod cli;
pub mod draw;
pub mod entities;
pub mod events;
pub mod export;
pub mod graph;
pub mod language;
pub mod ontology;
pub mod pipeline;
pub mod query;
pub mod reading;
pub mod scoring;
pub mod store;
