//! GEXF 1.3, for Gephi: a dynamic graph whose edges last as long as their dates, with colours and sizes.
//!
//! Dates are repeated as attributes, since some readers drop the intervals.

use super::attributes::{OF_EDGES, OF_NODES, Type, Value, of_edge, of_node};
use super::style::{Family, tone_colour};
use super::xml::escape;
use crate::graph::{EdgeRef, KnowledgeGraph};
use std::io::{self, Write};

/// Writes the whole graph.
pub fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n\
         \x20 <meta><creator>whom</creator><description>Who did what to whom</description></meta>\n\
         \x20 <graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" defaultedgetype=\"directed\">"
    )?;
    for (class, rows) in [("node", OF_NODES), ("edge", OF_EDGES)] {
        writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
        // The label has a place of its own.
        for (name, kind) in rows.iter().filter(|(name, _)| *name != "label") {
            let kind = type_name(*kind);
            writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>")?;
        }
        writeln!(out, "    </attributes>")?;
    }
    let weights = graph.weights();
    writeln!(out, "    <nodes>")?;
    for (ix, node) in graph.nodes() {
        let size = 4.0 + 4.0 * (weights.get(&ix).copied().unwrap_or(0) as f64).sqrt();
        writeln!(
            out,
            "      <node id=\"{}\" label=\"{}\">{}{}<viz:size value=\"{size:.1}\"/></node>",
            escape(&node.id),
            escape(&node.name),
            values(&of_node(node)),
            colour(Family::of(node).colours().1),
        )?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for edge in graph.edges() {
        let ends = [edge.source, edge.target].map(|ix| escape(&graph.node(ix).id));
        let row = edge.edge.relation.row();
        writeln!(
            out,
            "      <edge id=\"{}\" source=\"{}\" target=\"{}\" kind=\"{}\" label=\"{}\" weight=\"{}\"{}{}>{}{}</edge>",
            edge.edge.key_text(),
            ends[0],
            ends[1],
            row.name,
            row.name.replace('_', " "),
            edge.edge.sources,
            if row.symmetric { " type=\"undirected\"" } else { "" },
            interval(&edge),
            values(&of_edge(graph, &edge)),
            colour(tone_colour(row.tone)),
        )?;
    }
    for role in graph.roles() {
        let ends = [role.event, role.node].map(|ix| escape(&graph.node(ix).id));
        let name = role.role.name();
        writeln!(
            out,
            "      <edge id=\"{0} {name} {1}\" source=\"{0}\" target=\"{1}\" kind=\"{name}\" label=\"{2}\" weight=\"1\">{3}{4}</edge>",
            ends[0],
            ends[1],
            name.replace('_', " "),
            values(&[("relation", name.to_owned())]),
            colour("#B5B5B5"),
        )?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn values(values: &[Value]) -> String {
    let inside: String = values
        .iter()
        .filter(|(name, _)| *name != "label")
        .map(|(name, value)| format!("<attvalue for=\"{name}\" value=\"{}\"/>", escape(value)))
        .collect();
    format!("<attvalues>{inside}</attvalues>")
}

/// From the first to the last day that the date may mean; what stays true has no end.
fn interval(edge: &EdgeRef<'_>) -> String {
    match edge.edge.date {
        Some(date) if edge.edge.relation.is_static() => format!(" start=\"{}\"", date.first_day()),
        Some(date) => format!(" start=\"{}\" end=\"{}\"", date.first_day(), date.last_day()),
        None => String::new(),
    }
}

/// `#RRGGBB` as GEXF has it.
fn colour(hex: &str) -> String {
    let part = |at: usize| hex.get(at..at + 2).and_then(|d| u8::from_str_radix(d, 16).ok()).unwrap_or(0);
    format!("<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>", part(1), part(3), part(5))
}

const fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "string",
        Type::Real => "double",
        Type::Whole => "integer",
        Type::Truth => "boolean",
    }
}
