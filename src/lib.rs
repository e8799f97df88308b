//! `whom` reads news articles and keeps who did what to whom as a graph.
//!
//! See ARCHITECTURE.md for the rooms and who may import whom.
#![warn(missing_docs)]

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
