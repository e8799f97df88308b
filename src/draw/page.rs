//! A graph as one page to explore in a browser: script, style and data in one file that asks for nothing else.
//!
//! The script is written as small modules in `page/`, which import each other for the type checker and the
//! reader; here they become one script, in the order of [`MODULES`]. A policy in the page lets that script and
//! that style run, by their hashes, and nothing else.

use super::layout::{self, Spot};
use super::palette::Palette;
use super::scene::{Look, Scene};
use super::{DrawOptions, Theme};
use crate::export::style::{Family, tone_name};
use crate::export::xml::escape;
use crate::graph::{Claim, EdgeRef, KnowledgeGraph, NodeIndex};
use crate::ontology::{CharSpan, Relation, Status, Tone};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Each module after those it imports.
const MODULES: &[&str] = &[
    include_str!("page/data.js"),
    include_str!("page/state.js"),
    include_str!("page/select.js"),
    include_str!("page/canvas.js"),
    include_str!("page/timeline.js"),
    include_str!("page/panel.js"),
    include_str!("page/save.js"),
    include_str!("page/main.js"),
];
const STYLE: &str = include_str!("page/style.css");
const BODY: &str = include_str!("page/body.html");
/// SHA-256 of script and style, in base64; a test holds them in step.
const SCRIPT_HASH: &str = "0UA0uZlPjITvB1xelxlTet1iJz7HBPPnrsIRDyvqOo4=";
const STYLE_HASH: &str = "jCsqkBLc4J48bMSVy5VrxRH5WCAH3ppkCpnGWhO26yY=";

/// The page.
pub fn write(graph: &KnowledgeGraph, options: &DrawOptions) -> String {
    let options = DrawOptions { top: Some(options.top.unwrap_or(usize::MAX)), ..options.clone() };
    let scene = Scene::of(graph, &options);
    // What would end the data early is written as an escape.
    let data = data(graph, &scene).to_string().replace('<', "\\u003c");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{SCRIPT_HASH}'; \
         style-src 'sha256-{STYLE_HASH}'; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{BODY}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{}</script>\n</body>\n</html>\n",
        escape(&scene.title),
        script()
    )
}

/// The modules as one script that leaves no name behind.
fn script() -> String {
    let mut script = String::from("\"use strict\";(() => {\n");
    for line in MODULES.iter().flat_map(|module| module.lines()) {
        if !line.starts_with("import ") {
            script.push_str(line.strip_prefix("export ").unwrap_or(line));
            script.push('\n');
        }
    }
    script.push_str("})();\n");
    script
}

fn data(graph: &KnowledgeGraph, scene: &Scene) -> Value {
    let spots = layout::place(scene);
    let place: BTreeMap<NodeIndex, usize> =
        scene.nodes.iter().enumerate().filter_map(|(n, f)| Some((graph.find(&f.id)?, n))).collect();
    let articles = graph.articles_by_id();
    let number: BTreeMap<&str, usize> =
        articles.iter().enumerate().map(|(n, a)| (a.id.as_str(), n)).collect();
    let nodes: Vec<Value> = scene
        .nodes
        .iter()
        .zip(&spots)
        .map(|(figure, spot)| node(graph, &figure.id, figure.family, figure.weight, &figure.lines, spot))
        .collect();
    let edges: Vec<Value> = graph
        .edges()
        .filter_map(|e| Some((*place.get(&e.source)?, *place.get(&e.target)?, e)))
        .map(|(from, to, e)| edge(graph, from, to, &e, &number))
        .collect();
    let tones = [
        Tone::VerbalConflict,
        Tone::MaterialConflict,
        Tone::VerbalCooperation,
        Tone::MaterialCooperation,
        Tone::Neutral,
    ];
    let colours = |theme: Theme| {
        let palette = Palette::of(theme);
        json!({
            "paper": palette.paper, "ink": palette.ink, "soft": palette.soft, "faint": palette.faint,
            "tones": tones.map(|t| palette.tone(t)),
            "families": Family::ALL.map(|f| palette.family(f)),
        })
    };
    json!({
        "title": scene.title,
        "subtitle": scene.subtitle,
        "articles": articles.iter().map(|a| json!({
            "id": a.id, "title": a.title, "date": a.date, "source": a.source, "url": a.url,
        })).collect::<Vec<_>>(),
        "nodes": nodes,
        "edges": edges,
        "relations": Relation::ALL.iter().map(|r| json!({
            "name": r.name(), "meaning": r.row().meaning, "symmetric": r.row().symmetric,
            "tone": tones.iter().position(|t| *t == r.row().tone),
        })).collect::<Vec<_>>(),
        "statuses": Status::ALL.map(|s| json!({"name": s.name(), "look": Look::of(s) as u8})),
        "tones": tones.map(tone_name),
        "families": Family::ALL.map(Family::name),
        "light": colours(Theme::Light),
        "dark": colours(Theme::Dark),
    })
}

fn node(
    graph: &KnowledgeGraph,
    id: &str,
    family: Family,
    weight: f64,
    lines: &[String],
    spot: &Spot,
) -> Value {
    let round = |v: f64| (v * 10.0).round() / 10.0;
    let known = graph.find(id).map(|ix| graph.node(ix));
    let above = known.and_then(|n| graph.find(n.actor()?.affiliation.as_deref()?));
    json!({
        "id": id,
        "name": known.map(|n| &n.name),
        "lines": lines,
        "family": Family::ALL.iter().position(|f| *f == family),
        "kind": known.map(|n| n.actor().map_or(n.kind(), |a| a.kind.name())),
        "aliases": known.map(crate::graph::Node::aliases),
        "country": known.and_then(crate::graph::Node::country),
        "above": above.map(|ix| &graph.node(ix).name),
        "weight": (weight * 1000.0).round() / 1000.0,
        "x": round(spot.x), "y": round(spot.y), "w": round(spot.width), "h": round(spot.height),
    })
}

fn edge(
    graph: &KnowledgeGraph,
    from: usize,
    to: usize,
    edge: &EdgeRef<'_>,
    number: &BTreeMap<&str, usize>,
) -> Value {
    let typed = edge.edge;
    let days = typed.date.map(|d| [d.first_day().days_since_epoch(), d.last_day().days_since_epoch()]);
    json!({
        "key": typed.key_text(),
        "from": from,
        "to": to,
        "relation": Relation::ALL.iter().position(|r| *r == typed.relation),
        "status": Status::ALL.iter().position(|s| *s == typed.status),
        "date": typed.date,
        "days": days.or(typed.day.map(|d| [d, d])),
        "place": typed.place.map(|ix| &graph.node(ix).name),
        "confidence": typed.confidence,
        "sources": typed.sources,
        "disputed": typed.disputed,
        "claims": graph.claims(typed).map(|c| claim(graph, c, number)).collect::<Vec<_>>(),
    })
}

fn claim(graph: &KnowledgeGraph, claim: &Claim, number: &BTreeMap<&str, usize>) -> Value {
    let span = graph.evidence_span(claim);
    // Inside the sentence; words of another sentence are not marked.
    let mark = |at: CharSpan| {
        (at.start >= span.start && at.end <= span.end).then(|| [at.start - span.start, at.end - span.start])
    };
    json!({
        "article": number.get(graph.article(claim).id.as_str()),
        "start": span.start,
        "end": span.end,
        "text": graph.evidence(claim),
        "status": Status::ALL.iter().position(|s| *s == claim.status),
        "by": graph.claimant(claim).map(|ix| &graph.node(ix).name),
        "confidence": claim.confidence,
        "marks": [claim.source_span.and_then(mark), mark(claim.trigger_span), claim.target_span.and_then(mark)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{articles, graph};
    use sha2::{Digest, Sha256};

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let group = chunk.iter().fold(0_u32, |g, b| g << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
            for n in 0..4 {
                let letter = char::from(LETTERS[(group >> (18 - 6 * n)) as usize & 63]);
                text.push(if n > chunk.len() { '=' } else { letter });
            }
        }
        text
    }

    #[test]
    fn the_policy_names_the_script_and_the_style() {
        assert_eq!(base64(&Sha256::digest(script())), SCRIPT_HASH, "SCRIPT_HASH is stale");
        assert_eq!(base64(&Sha256::digest(STYLE)), STYLE_HASH, "STYLE_HASH is stale");
    }

    #[test]
    fn the_page_is_small_and_asks_for_nothing() {
        let page = write(&KnowledgeGraph::new(), &DrawOptions::default());
        assert!(page.len() < 300_000, "{}", page.len());
        let code = page.split("\"application/json\"").next().expect("a head").to_owned() + &script();
        for way in
            ["http:", "https:", "//cdn", "fetch(", "XMLHttpRequest", "innerHTML", "eval(", "await import("]
        {
            let known = code.replace("http://www.w3.org/2000/svg", "");
            assert!(!known.contains(way), "the page contains {way}");
        }
    }

    #[test]
    fn names_cannot_break_out_of_the_data() {
        let page = write(&graph(&articles()), &DrawOptions::default());
        let data = page.split("id=\"data\">").nth(1).and_then(|d| d.split("</script>").next()).expect("data");
        assert!(!data.contains('<') && data.contains("\\u003cmarket>"));
        let data: Value = serde_json::from_str(data).expect("JSON");
        let claims = data["edges"].as_array().expect("edges").iter().flat_map(|e| e["claims"].as_array());
        assert_eq!(claims.map(Vec::len).sum::<usize>(), graph(&articles()).counts().claims);
    }

    #[test]
    fn marks_lie_in_the_sentence() {
        let data = data(&graph(&articles()), &Scene::of(&graph(&articles()), &DrawOptions::default()));
        for claim in
            data["edges"].as_array().expect("edges").iter().flat_map(|e| e["claims"].as_array()).flatten()
        {
            let length = claim["text"].as_str().expect("text").chars().count() as u64;
            for mark in claim["marks"].as_array().expect("marks").iter().filter(|m| !m.is_null()) {
                assert!(mark[1].as_u64().is_some_and(|end| end <= length), "{claim}");
            }
        }
    }
}
