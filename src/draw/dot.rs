//! A [`Scene`] as DOT for Graphviz.

use super::Theme;
use super::palette::Palette;
use super::scene::{Bundle, Figure, Look, Scene};
use crate::export::dot::{attribute, connect, place, print};
use crate::export::xml::escape;
use graphviz_rust::dot_structures::{Attribute, GraphAttributes, Id, Stmt, Subgraph};
use std::collections::BTreeMap;

/// Above so many nodes `sfdp` draws, which places by forces instead of ranks.
pub const BY_FORCE: usize = 60;

/// The scene in DOT.
pub fn write(scene: &Scene, theme: Theme) -> String {
    let palette = Palette::of(theme);
    let by_force = scene.nodes.len() > BY_FORCE;
    let mut graph = vec![
        ("bgcolor", palette.paper.to_owned()),
        ("fontname", FONT.to_owned()),
        ("labelloc", "t".to_owned()),
        ("pad", "0.4".to_owned()),
        ("outputorder", "edgesfirst".to_owned()),
        ("forcelabels", "true".to_owned()),
    ];
    if by_force {
        graph.extend([
            ("overlap", "prism".to_owned()),
            ("overlap_scaling", "-6".to_owned()),
            ("splines", "true".to_owned()),
            ("K", "1.1".to_owned()),
            ("repulsiveforce", "1.6".to_owned()),
        ]);
    } else {
        graph.extend([
            ("rankdir", "LR".to_owned()),
            ("nodesep", "0.3".to_owned()),
            ("ranksep", "0.7".to_owned()),
            ("splines", "true".to_owned()),
            ("newrank", "true".to_owned()),
        ]);
    }
    let mut stmts: Vec<Stmt> =
        graph.iter().map(|(name, value)| Stmt::Attribute(attribute(name, value))).collect();
    stmts.push(Stmt::Attribute(Attribute(Id::Plain("label".to_owned()), Id::Html(heading(scene, &palette)))));
    stmts.push(Stmt::GAttribute(GraphAttributes::Node(vec![
        attribute("fontname", FONT),
        attribute("fontcolor", palette.ink),
        attribute("margin", "0.12,0.06"),
    ])));
    stmts.push(Stmt::GAttribute(GraphAttributes::Edge(vec![
        attribute("fontname", FONT),
        attribute("fontsize", "9"),
        attribute("arrowsize", "0.7"),
    ])));
    let mut boxes: BTreeMap<&str, Vec<Stmt>> = BTreeMap::new();
    for figure in &scene.nodes {
        let node = node(figure, &palette);
        match &figure.cluster {
            Some(cluster) => boxes.entry(cluster).or_default().push(node),
            None => stmts.push(node),
        }
    }
    for (n, (name, nodes)) in boxes.into_iter().enumerate() {
        let mut inside = vec![
            Stmt::Attribute(attribute("label", name)),
            Stmt::Attribute(attribute("style", "rounded")),
            Stmt::Attribute(attribute("color", palette.faint)),
            Stmt::Attribute(attribute("fontcolor", palette.soft)),
        ];
        inside.extend(nodes);
        stmts.push(Stmt::Subgraph(Subgraph { id: Id::Plain(format!("cluster_{n}")), stmts: inside }));
    }
    stmts.extend(scene.bundles.iter().map(|b| edge(scene, b, &palette, by_force)));
    print(stmts)
}

const FONT: &str = "Helvetica,Arial,sans-serif";

fn node(figure: &Figure, palette: &Palette) -> Stmt {
    let (fill, border) = palette.family(figure.family);
    let style = match figure.family.shape() {
        "box" => "filled,rounded",
        _ => "filled",
    };
    let mut attributes = vec![
        attribute("label", &figure.lines.join("\n")),
        attribute("tooltip", &figure.tooltip),
        attribute("shape", figure.family.shape()),
        attribute("style", style),
        attribute("fillcolor", fill),
        attribute("color", border),
        attribute("penwidth", &format!("{:.1}", 1.0 + figure.weight * 1.4)),
        attribute("fontsize", &format!("{:.0}", 10.0 + 13.0 * figure.weight.sqrt())),
    ];
    if figure.family == crate::export::style::Family::People {
        attributes.push(attribute("peripheries", "2"));
    }
    place(&figure.id, attributes)
}

fn edge(scene: &Scene, bundle: &Bundle, palette: &Palette, by_force: bool) -> Stmt {
    let colour = palette.line(bundle);
    let style = match bundle.look {
        Look::Solid => "solid",
        Look::Dashed | Look::Disputed => "dashed",
        Look::Dotted => "dotted",
    };
    // With many nodes labels hide the picture; they stay in the tooltips.
    let label = if by_force && bundle.count < 2 {
        bundle.lines.first().cloned().unwrap_or_default()
    } else {
        bundle.lines.join("\n")
    };
    let mut attributes = vec![
        attribute("label", &label),
        attribute("tooltip", &bundle.tooltip),
        attribute("labeltooltip", &bundle.tooltip),
        attribute("color", colour),
        attribute("fontcolor", colour),
        attribute("style", style),
        attribute("penwidth", &format!("{:.1}", width(bundle))),
    ];
    if by_force {
        attributes.push(attribute("fontsize", "7"));
    }
    if bundle.symmetric {
        attributes.push(attribute("dir", "none"));
    } else if bundle.look == Look::Disputed {
        attributes.push(attribute("arrowhead", "tee"));
    }
    connect(&scene.nodes[bundle.from].id, &scene.nodes[bundle.to].id, attributes)
}

/// Thicker with more reports, but never thick.
pub fn width(bundle: &Bundle) -> f64 {
    if bundle.role { 0.8 } else { (1.1 + (bundle.count as f64).ln() * 0.7).min(4.0) }
}

/// Title, dates and legend as one HTML-like label.
fn heading(scene: &Scene, palette: &Palette) -> String {
    let mut html = format!(
        "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\"><TR><TD><FONT POINT-SIZE=\"20\" COLOR=\"{}\"><B>{}</B></FONT></TD></TR>\
         <TR><TD><FONT POINT-SIZE=\"11\" COLOR=\"{}\">{}</FONT></TD></TR>",
        palette.ink,
        escape(&scene.title),
        palette.soft,
        escape(&scene.subtitle)
    );
    let families: Vec<String> = scene
        .families()
        .into_iter()
        .map(|f| {
            let (fill, border) = palette.family(f);
            format!("<TD BGCOLOR=\"{fill}\" BORDER=\"1\" COLOR=\"{border}\"><FONT POINT-SIZE=\"9\" COLOR=\"{}\"> {} </FONT></TD>", palette.ink, f.name())
        })
        .collect();
    let tones: Vec<String> = scene
        .tones()
        .into_iter()
        .map(|t| {
            let colour = palette.tone(t);
            format!(
                "<TD><FONT POINT-SIZE=\"9\" COLOR=\"{colour}\">— {}</FONT></TD>",
                crate::export::style::tone_name(t)
            )
        })
        .collect();
    let looks: Vec<String> = scene
        .looks()
        .into_iter()
        .map(|l| {
            let sign = match l {
                Look::Solid => "——",
                Look::Dashed => "- - -",
                Look::Dotted => "· · ·",
                Look::Disputed => "- -|",
            };
            format!("<TD><FONT POINT-SIZE=\"9\" COLOR=\"{}\">{sign} {}</FONT></TD>", palette.soft, l.name())
        })
        .collect();
    for row in [families, tones, looks] {
        if !row.is_empty() {
            html.push_str(&format!(
                "<TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\"><TR>{}</TR></TABLE></TD></TR>",
                row.concat()
            ));
        }
    }
    html.push_str("</TABLE>>");
    html
}
