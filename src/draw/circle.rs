//! A picture without Graphviz: the parties on a ring, the most connected first, the lines bent inward.

use crate::export::dot::{Bundle, LEGEND, colour, label, line, parties, shape};
use crate::graph::{KnowledgeGraph, NodeIndex};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write;

/// Least distance between two names on the ring, in SVG units.
const GAP: f64 = 26.0;
/// Room for names outside the ring.
const MARGIN: f64 = 260.0;

/// The picture.
pub fn svg(graph: &KnowledgeGraph, bundles: &[Bundle], title: &str) -> String {
    let parties = parties(graph, bundles);
    let mut degree: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for b in bundles {
        *degree.entry(b.source).or_default() += b.count;
        *degree.entry(b.target).or_default() += b.count;
    }
    let radius = (parties.len() as f64 * GAP / TAU).max(160.0);
    let middle = radius + MARGIN;
    let angle = |number: usize| TAU * number as f64 / parties.len().max(1) as f64;
    let places: BTreeMap<NodeIndex, f64> =
        ordered(graph, bundles, &parties).into_iter().enumerate().map(|(n, ix)| (ix, angle(n))).collect();
    let point =
        |angle: f64, radius: f64| (middle + radius * angle.cos(), middle + 40.0 + radius * angle.sin());
    let mut out = String::new();
    let (width, height) = (2.0 * middle, 2.0 * middle + 120.0);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Helvetica, Arial, sans-serif\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"{middle:.0}\" y=\"28\" text-anchor=\"middle\" font-size=\"18\">{}</text>",
        escaped(title)
    );
    for b in bundles {
        let (Some(from), Some(to)) = (places.get(&b.source), places.get(&b.target)) else { continue };
        let ((x1, y1), (x2, y2)) = (point(*from, radius), point(*to, radius));
        let (cx, cy) =
            (0.35 * (x1 + x2) / 2.0 + 0.65 * middle, 0.35 * (y1 + y2) / 2.0 + 0.65 * (middle + 40.0));
        let stroke = colour(b.relation.row().tone, b.status);
        let dashes = match line(b.status) {
            "dashed" => " stroke-dasharray=\"7 4\"",
            "dotted" => " stroke-dasharray=\"2 4\"",
            _ => "",
        };
        let tip = format!("{} {} {}", graph.node(b.source).name, label(b), graph.node(b.target).name);
        let _ = writeln!(
            out,
            "<path d=\"M{x1:.1} {y1:.1} Q{cx:.1} {cy:.1} {x2:.1} {y2:.1}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{}\"{dashes}><title>{}</title></path>",
            1 + b.count.min(4),
            escaped(&tip)
        );
        let (lx, ly) = (0.49 * x1 + 0.42 * cx + 0.09 * x2, 0.49 * y1 + 0.42 * cy + 0.09 * y2);
        let _ = writeln!(
            out,
            "<text x=\"{lx:.1}\" y=\"{ly:.1}\" font-size=\"8\" text-anchor=\"middle\" fill=\"{stroke}\">{}</text>",
            escaped(&label(b))
        );
    }
    for (ix, at) in &places {
        let (x, y) = point(*at, radius);
        let (tx, ty) = point(*at, radius + 12.0);
        let size = 4.0 + 2.0 * (degree.get(ix).copied().unwrap_or(0) as f64).sqrt();
        let node = graph.node(*ix);
        let (_, fill) = shape(&node.body);
        let anchor = if at.cos() < 0.0 { "end" } else { "start" };
        let turn = if at.cos() < 0.0 { at.to_degrees() + 180.0 } else { at.to_degrees() };
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{size:.1}\" fill=\"{fill}\" stroke=\"#555\"/>\n\
             <text x=\"{tx:.1}\" y=\"{ty:.1}\" font-size=\"11\" dominant-baseline=\"middle\" text-anchor=\"{anchor}\" transform=\"rotate({turn:.1} {tx:.1} {ty:.1})\">{}</text>",
            escaped(&shortened(&node.name))
        );
    }
    legend(&mut out, height);
    out.push_str("</svg>\n");
    out
}

/// Neighbours near each other: a walk over the lines from the party with the smallest id.
fn ordered(
    graph: &KnowledgeGraph,
    bundles: &[Bundle],
    parties: &BTreeMap<&str, NodeIndex>,
) -> Vec<NodeIndex> {
    let mut order: Vec<NodeIndex> = Vec::with_capacity(parties.len());
    for start in parties.values() {
        let mut open = vec![*start];
        while let Some(ix) = open.pop() {
            if order.contains(&ix) {
                continue;
            }
            order.push(ix);
            let mut next: Vec<NodeIndex> = bundles
                .iter()
                .filter_map(|b| {
                    if b.source == ix { Some(b.target) } else { (b.target == ix).then_some(b.source) }
                })
                .collect();
            next.sort_by(|a, b| graph.node(*b).id.cmp(&graph.node(*a).id));
            open.extend(next);
        }
    }
    order
}

fn legend(out: &mut String, height: f64) {
    for (number, (tone, status, text)) in LEGEND.into_iter().enumerate() {
        let (x, y) = (20.0, height - 110.0 + 17.0 * number as f64);
        let dashes = match line(status) {
            "dashed" => "7 4",
            "dotted" => "2 4",
            _ => "none",
        };
        let stroke = colour(tone, status);
        let _ = writeln!(
            out,
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"60\" y2=\"{y}\" stroke=\"{stroke}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
             <text x=\"68\" y=\"{y}\" font-size=\"11\" dominant-baseline=\"middle\">{text}</text>"
        );
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= 40 { name.to_owned() } else { name.chars().take(39).chain(['…']).collect() }
}

/// Text made safe for SVG and HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
