//! GraphML, for networkx, igraph, yEd and Gephi: labels on nodes and edges, unique edge ids, typed attributes.

use super::attributes::{OF_EDGES, OF_NODES, Type, Value, of_edge, of_node};
use super::xml::escape;
use crate::graph::KnowledgeGraph;
use std::io::{self, Write};

/// Writes the whole graph.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    for (of, prefix, rows) in [("node", "n", OF_NODES), ("edge", "e", OF_EDGES)] {
        for (name, kind) in rows {
            let kind = type_name(*kind);
            writeln!(
                out,
                "  <key id=\"{prefix}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            )?;
        }
    }
    writeln!(out, "  <graph id=\"whom\" edgedefault=\"directed\">")?;
    for (_, node) in graph.nodes() {
        writeln!(out, "    <node id=\"{}\">{}</node>", escape(&node.id), data("n", &of_node(node)))?;
    }
    for edge in graph.edges() {
        let ends = [edge.source, edge.target].map(|ix| escape(&graph.node(ix).id));
        writeln!(
            out,
            "    <edge id=\"{}\" source=\"{}\" target=\"{}\">{}</edge>",
            edge.edge.key_text(),
            ends[0],
            ends[1],
            data("e", &of_edge(graph, &edge))
        )?;
    }
    for role in graph.roles() {
        let ends = [role.event, role.node].map(|ix| escape(&graph.node(ix).id));
        let name = role.role.name();
        let values = [("label", name.replace('_', " ")), ("relation", name.to_owned())];
        writeln!(
            out,
            "    <edge id=\"{0} {name} {1}\" source=\"{0}\" target=\"{1}\">{2}</edge>",
            ends[0],
            ends[1],
            data("e", &values)
        )?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn data(prefix: &str, values: &[Value]) -> String {
    values
        .iter()
        .map(|(name, value)| format!("<data key=\"{prefix}_{name}\">{}</data>", escape(value)))
        .collect()
}

const fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "string",
        Type::Real => "double",
        Type::Whole => "int",
        Type::Truth => "boolean",
    }
}
