//! RON: the graph's own form, as `whom build -o` writes it.

use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// Writes the whole graph.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    graph.write_ron(out)
}
