//! [`KnowledgeGraph`] to what is drawn: the parties that matter, bundles of edges between them, a
//! heading and a legend. Both Graphviz and the layout of this crate draw it.

use super::{Cluster, DrawOptions};
use crate::export::style::Family;
use crate::graph::{EdgeRef, KnowledgeGraph, NodeIndex};
use crate::ontology::{PartialDate, Relation, Status, Tone};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Above so many nodes only the most connected are drawn, unless told otherwise.
pub const MANY: usize = 150;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub title: String,
    pub subtitle: String,
    pub nodes: Vec<Figure>,
    pub bundles: Vec<Bundle>,
}

/// A node as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub id: String,
    /// The name in lines.
    pub lines: Vec<String>,
    pub family: Family,
    /// 0 for the least connected to 1 for the most.
    pub weight: f64,
    pub tooltip: String,
    /// Heading of the box it stands in.
    pub cluster: Option<String>,
}

/// Edges between the same two nodes that look alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    pub from: usize,
    pub to: usize,
    pub lines: Vec<String>,
    pub tone: Tone,
    pub look: Look,
    /// Independent reports behind it.
    pub count: usize,
    /// Holds in either direction: drawn without a head.
    pub symmetric: bool,
    /// From an event to who takes part in it.
    pub role: bool,
    pub tooltip: String,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    Solid,
    Dashed,
    Dotted,
    /// Pale, with a bar for a head.
    Disputed,
}

impl Look {
    pub const ALL: [Self; 4] = [Self::Solid, Self::Dashed, Self::Dotted, Self::Disputed];

    pub const fn of(status: Status) -> Self {
        match status {
            Status::Actual => Self::Solid,
            Status::Alleged => Self::Dashed,
            Status::Planned | Status::Hypothetical => Self::Dotted,
            Status::Denied | Status::Negated => Self::Disputed,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Solid => "actual",
            Self::Dashed => "alleged",
            Self::Dotted => "planned or possible",
            Self::Disputed => "denied or not so",
        }
    }
}

impl Scene {
    /// Chooses and bundles what is to be drawn.
    pub fn of(graph: &KnowledgeGraph, options: &DrawOptions) -> Self {
        let edges: Vec<EdgeRef<'_>> = graph.edges().collect();
        let roles: Vec<_> = if options.events { graph.roles().collect() } else { Vec::new() };
        let mut weight = graph.weights();
        for role in &roles {
            weight.entry(role.event).or_default();
            weight.entry(role.node).or_default();
        }
        let all = weight.len();
        let mut chosen = graph.heaviest(&weight, &[], options.top.unwrap_or(MANY));
        let mut kept: BTreeSet<NodeIndex> = chosen.iter().copied().collect();
        // Where the text names no target, the event stands for it.
        for edge in
            edges.iter().filter(|e| e.party().is_none() && kept.contains(&e.source)).collect::<Vec<_>>()
        {
            if kept.insert(edge.target) {
                weight.entry(edge.target).or_default();
                chosen.push(edge.target);
            }
        }
        // Those whose every partner was left out would stand alone.
        let linked: BTreeSet<NodeIndex> = edges
            .iter()
            .map(|e| (e.source, e.target))
            .chain(roles.iter().map(|r| (r.event, r.node)))
            .filter(|(a, b)| kept.contains(a) && kept.contains(b))
            .flat_map(|(a, b)| [a, b])
            .collect();
        chosen.retain(|ix| linked.contains(ix));
        let parties = chosen.iter().filter(|ix| weight[ix] > 0 || options.events).count();
        let heaviest = chosen.iter().map(|ix| weight[ix]).max().unwrap_or(1).max(1);
        let communities =
            if options.cluster == Cluster::Community { graph.communities() } else { BTreeMap::new() };
        let nodes: Vec<Figure> = chosen
            .iter()
            .map(|&ix| {
                figure(
                    graph,
                    ix,
                    weight[&ix] as f64 / heaviest as f64,
                    cluster(graph, options.cluster, &communities, ix),
                )
            })
            .collect();
        let place: BTreeMap<NodeIndex, usize> = chosen.iter().enumerate().map(|(n, ix)| (*ix, n)).collect();
        let drawn: Vec<EdgeRef<'_>> = edges
            .into_iter()
            .filter(|e| place.contains_key(&e.source) && place.contains_key(&e.target))
            .collect();
        let mut bundles = bundles(graph, &drawn, &place);
        bundles.extend(roles.iter().filter_map(|r| {
            let ends = (*place.get(&r.event)?, *place.get(&r.node)?);
            Some(Bundle {
                from: ends.0,
                to: ends.1,
                lines: vec![r.role.name().replace('_', " ")],
                tone: Tone::Neutral,
                look: Look::Solid,
                count: 1,
                symmetric: true,
                role: true,
                tooltip: String::new(),
            })
        }));
        Self {
            title: options.title.clone().unwrap_or_else(|| "Who did what to whom".to_owned()),
            subtitle: subtitle(graph, &drawn, parties, all),
            nodes,
            bundles,
        }
    }

    /// Families of node that occur, in the order of the legend.
    pub fn families(&self) -> Vec<Family> {
        Family::ALL.into_iter().filter(|f| self.nodes.iter().any(|n| n.family == *f)).collect()
    }

    /// Tones that occur.
    pub fn tones(&self) -> Vec<Tone> {
        [
            Tone::VerbalConflict,
            Tone::MaterialConflict,
            Tone::VerbalCooperation,
            Tone::MaterialCooperation,
            Tone::Neutral,
        ]
        .into_iter()
        .filter(|t| self.bundles.iter().any(|b| b.tone == *t && !b.role))
        .collect()
    }

    /// Looks that occur.
    pub fn looks(&self) -> Vec<Look> {
        Look::ALL.into_iter().filter(|l| self.bundles.iter().any(|b| b.look == *l && !b.role)).collect()
    }
}

fn figure(graph: &KnowledgeGraph, ix: NodeIndex, weight: f64, cluster: Option<String>) -> Figure {
    let node = graph.node(ix);
    let mut tooltip = match node.actor() {
        Some(actor) => format!("{} ({})", node.name, actor.kind),
        None => format!("{} ({})", node.name, node.kind()),
    };
    if !node.aliases().is_empty() {
        tooltip.push_str("; also ");
        tooltip.push_str(&node.aliases().join(", "));
    }
    Figure {
        id: node.id.to_string(),
        lines: wrap(&node.name, 18, 3),
        family: Family::of(node),
        weight,
        tooltip,
        cluster,
    }
}

fn cluster(
    graph: &KnowledgeGraph,
    by: Cluster,
    communities: &BTreeMap<NodeIndex, usize>,
    ix: NodeIndex,
) -> Option<String> {
    match by {
        Cluster::None => None,
        Cluster::Country => graph.node(ix).country().map(|code| {
            let country = graph.find(&format!("country:{code}"));
            country.map_or_else(|| code.to_owned(), |c| graph.node(c).name.to_string())
        }),
        Cluster::Community => communities.get(&ix).map(|n| format!("group {}", n + 1)),
    }
}

/// Lines between the same two nodes, of one tone and look.
fn bundles(graph: &KnowledgeGraph, edges: &[EdgeRef<'_>], place: &BTreeMap<NodeIndex, usize>) -> Vec<Bundle> {
    type Key = (usize, usize, u8, Look, bool);
    let mut groups: BTreeMap<Key, Vec<&EdgeRef<'_>>> = BTreeMap::new();
    for edge in edges {
        let row = edge.edge.relation.row();
        let mut ends = (place[&edge.source], place[&edge.target]);
        if row.symmetric && ends.1 < ends.0 {
            ends = (ends.1, ends.0);
        }
        let key = (ends.0, ends.1, row.tone as u8, Look::of(edge.edge.status), row.symmetric);
        groups.entry(key).or_default().push(edge);
    }
    groups
        .into_iter()
        .map(|((from, to, _, look, symmetric), edges)| {
            let mut counts: BTreeMap<(Relation, Status), usize> = BTreeMap::new();
            for edge in &edges {
                *counts.entry((edge.edge.relation, edge.edge.status)).or_default() += 1;
            }
            let best = edges.iter().max_by_key(|e| (e.edge.sources, Reverse(e.edge.key)));
            Bundle {
                from,
                to,
                lines: label(&counts),
                tone: edges[0].edge.relation.row().tone,
                look,
                count: edges.iter().map(|e| e.edge.sources).sum(),
                symmetric,
                role: false,
                tooltip: best.map_or_else(String::new, |e| tooltip(graph, e)),
            }
        })
        .collect()
}

/// The relations of a bundle, the most frequent first.
fn label(counts: &BTreeMap<(Relation, Status), usize>) -> Vec<String> {
    let mut ranked: Vec<(&(Relation, Status), &usize)> = counts.iter().collect();
    ranked.sort_by_key(|(key, n)| (Reverse(**n), **key));
    let more = ranked.len().saturating_sub(3);
    let shown = if more > 0 { 2 } else { 3 };
    let mut lines: Vec<String> = ranked
        .iter()
        .take(shown)
        .map(|((relation, status), n)| {
            let mut line = relation.name().replace('_', " ");
            if **n > 1 {
                line.push_str(&format!(" ×{n}"));
            }
            if *status != Status::Actual {
                line.push_str(&format!(" ({status})"));
            }
            line
        })
        .collect();
    if more > 0 {
        lines.push(format!("+ {} more", ranked.len() - shown));
    }
    lines
}

fn tooltip(graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> String {
    let Some(claim) = graph.claims(edge.edge).next() else { return String::new() };
    let article = graph.article(claim);
    let date = edge.edge.date.or(article.date).map_or_else(String::new, |d| format!("{d}: "));
    format!("{date}{} [{}]", graph.evidence(claim), article.id)
}

fn subtitle(graph: &KnowledgeGraph, edges: &[EdgeRef<'_>], drawn: usize, all: usize) -> String {
    let articles: BTreeSet<u32> =
        edges.iter().flat_map(|e| graph.claims(e.edge)).map(|c| c.article).collect();
    let published = articles.iter().filter_map(|&a| graph.articles()[a as usize].date);
    let dates: Vec<PartialDate> = edges.iter().filter_map(|e| e.edge.date).chain(published).collect();
    let mut parts = Vec::new();
    match (dates.iter().map(|d| d.first_day()).min(), dates.iter().map(|d| d.last_day()).max()) {
        (Some(first), Some(last)) if first != last => parts.push(format!("{first} to {last}")),
        (Some(day), _) => parts.push(day.to_string()),
        _ => {}
    }
    let sources = graph.independent(articles.iter().copied());
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    parts.push(plural(articles.len(), "article"));
    parts.push(plural(sources, "independent source"));
    if drawn < all {
        parts.push(format!("the {drawn} most connected of {all}"));
    }
    parts.join(" · ")
}

/// Breaks a name into at most `rows` lines of about `width` characters.
pub fn wrap(name: &str, width: usize, rows: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let cut = lines.len() > rows;
    lines.truncate(rows);
    for (n, line) in lines.iter_mut().enumerate() {
        let too_long = line.chars().count() > width + 8;
        if too_long {
            *line = line.chars().take(width + 7).collect();
        }
        if too_long || (cut && n + 1 == rows) {
            line.push('…');
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{articles, graph};

    #[test]
    fn edges_that_look_alike_are_bundled_and_others_are_not() {
        let scene = Scene::of(&graph(&articles()), &DrawOptions::default());
        let between = |a: &str, b: &str| -> Vec<(Vec<String>, Look)> {
            let named = |n: usize, name: &str| scene.nodes[n].lines.join(" ") == name;
            let fits = |x: &&Bundle| named(x.from, a) && named(x.to, b);
            scene.bundles.iter().filter(fits).map(|x| (x.lines.clone(), x.look)).collect()
        };
        assert_eq!(
            between("Cerra", "Borland"),
            [
                (vec!["demands".to_owned()], Look::Solid),
                (vec!["sanctions (planned)".to_owned()], Look::Dotted)
            ]
        );
    }

    #[test]
    fn the_most_connected_are_kept() {
        let options = DrawOptions { top: Some(3), ..DrawOptions::default() };
        let scene = Scene::of(&graph(&articles()), &options);
        let names: Vec<String> = scene.nodes.iter().map(|n| n.lines.join(" ")).collect();
        // The last stands for whom Borland denies, which the text does not name.
        assert_eq!(names, ["Borland", "Cerra", "National Front of Borland", "denies"]);
        assert!(scene.subtitle.contains("the 3 most connected of "), "{}", scene.subtitle);
    }

    #[test]
    fn long_names_are_broken_and_cut() {
        assert_eq!(
            wrap("Ministry of Foreign Affairs of the Federation of Avaria and Lower Ost", 18, 3).len(),
            3
        );
        assert!(wrap(&"x".repeat(90), 18, 3)[0].ends_with('…'));
    }
}
