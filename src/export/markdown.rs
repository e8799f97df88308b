//! A folder of Markdown pages that link each other, for Obsidian and the like: a page for each actor, place and
//! article, and an index. Every edge stands with its sentences.

use super::FolderFile;
use crate::graph::{EdgeRef, KnowledgeGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

/// The files.
pub fn write(graph: &KnowledgeGraph) -> io::Result<Vec<FolderFile>> {
    let pages = Pages::of(graph);
    let mut by_party: BTreeMap<NodeIndex, Vec<EdgeRef<'_>>> = BTreeMap::new();
    for edge in graph.edges() {
        by_party.entry(edge.source).or_default().push(edge);
        if let Some(target) = edge.party().filter(|t| *t != edge.source) {
            by_party.entry(target).or_default().push(edge);
        }
    }
    let mut files = vec![FolderFile { path: "index.md".to_owned(), bytes: pages.index(graph).into_bytes() }];
    for (ix, _) in graph.nodes() {
        let Some(path) = pages.parties.get(&ix) else { continue };
        let edges = by_party.get(&ix).map_or(&[][..], Vec::as_slice);
        let text = pages.party(graph, ix, edges);
        files.push(FolderFile { path: format!("{path}.md"), bytes: text.into_bytes() });
    }
    for article in graph.articles_by_id() {
        let mut text = format!("---\nid: {}\n", quoted(&article.id));
        let date = article.date.map(|d| d.to_string());
        for (name, value) in
            [("date", date.as_ref()), ("source", article.source.as_ref()), ("url", article.url.as_ref())]
        {
            if let Some(value) = value {
                let _ = writeln!(text, "{name}: {}", quoted(value));
            }
        }
        let _ = writeln!(text, "---\n# {}", line(article.title.as_ref().unwrap_or(&article.id)));
        let told = graph.edges().filter(|e| graph.claims(e.edge).any(|c| graph.article(c).id == article.id));
        for edge in told {
            let _ = writeln!(text, "\n- {}", pages.sentence(graph, &edge));
        }
        files.push(FolderFile {
            path: format!("{}.md", pages.articles[&article.id]),
            bytes: text.into_bytes(),
        });
    }
    Ok(files)
}

/// Where each page is, without the ending.
struct Pages {
    parties: BTreeMap<NodeIndex, String>,
    articles: BTreeMap<String, String>,
}

impl Pages {
    fn of(graph: &KnowledgeGraph) -> Self {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        // File systems may not tell capitals from small letters.
        let mut free = |folder: &str, name: &str| {
            let base = format!("{folder}/{}", file_name(name));
            let numbered = |n: usize| if n == 1 { base.clone() } else { format!("{base} {n}") };
            let path = (1..).map(numbered).find(|p| taken.insert(p.to_lowercase()));
            path.unwrap_or(base)
        };
        let parties = graph
            .nodes()
            .filter_map(|(ix, node)| {
                let folder = match node.kind() {
                    "actor" => "actors",
                    "location" => "places",
                    _ => return None,
                };
                Some((ix, free(folder, &node.name)))
            })
            .collect();
        let articles =
            graph.articles_by_id().into_iter().map(|a| (a.id.clone(), free("articles", &a.id))).collect();
        Self { parties, articles }
    }

    fn index(&self, graph: &KnowledgeGraph) -> String {
        let counts = graph.counts();
        let mut text = format!(
            "# Who did what to whom\n\n{} articles, {} actors, {} places, {} edges.\n",
            counts.articles, counts.actors, counts.locations, counts.edges
        );
        let weights = graph.weights();
        let ranked = graph.heaviest(&weights, &[], usize::MAX);
        for (title, kind) in [("Actors", "actor"), ("Places", "location")] {
            let _ = writeln!(text, "\n## {title}\n");
            for ix in ranked.iter().filter(|ix| graph.node(**ix).kind() == kind) {
                let _ = writeln!(text, "- {} ({})", self.link(graph, *ix), weights[ix]);
            }
        }
        let _ = writeln!(text, "\n## Articles\n");
        for article in graph.articles_by_id() {
            let title = line(article.title.as_ref().unwrap_or(&article.id));
            let _ = writeln!(text, "- [[{}|{title}]]", self.articles[&article.id]);
        }
        text
    }

    fn party(&self, graph: &KnowledgeGraph, ix: NodeIndex, edges: &[EdgeRef<'_>]) -> String {
        let node = graph.node(ix);
        let mut text = format!("---\nid: {}\nkind: {}\n", quoted(&node.id), node.kind());
        if let Some(actor) = node.actor() {
            let _ = writeln!(text, "actor_kind: {}", actor.kind);
        }
        if let Some(country) = node.country() {
            let _ = writeln!(text, "country: {}", quoted(country));
        }
        if let Some((latitude, longitude)) = node.location().and_then(|l| l.latitude.zip(l.longitude)) {
            let _ = writeln!(text, "location: [{latitude}, {longitude}]");
        }
        if !node.aliases().is_empty() {
            let aliases: Vec<String> = node.aliases().iter().map(|a| quoted(a)).collect();
            let _ = writeln!(text, "aliases: [{}]", aliases.join(", "));
        }
        let _ = writeln!(text, "---\n# {}", line(&node.name));
        let above = node.actor().and_then(|a| graph.find(a.affiliation.as_deref()?));
        if let Some(above) = above {
            let _ = writeln!(text, "\nBelongs to {}.", self.link(graph, above));
        }
        let (does, suffers): (Vec<_>, Vec<_>) = edges.iter().partition(|e| e.source == ix);
        for (title, edges) in [("Does", does), ("Is done to it", suffers)] {
            if edges.is_empty() {
                continue;
            }
            let _ = writeln!(text, "\n## {title}");
            for edge in edges {
                let _ = writeln!(text, "\n- {}", self.sentence(graph, edge));
                for claim in graph.claims(edge.edge) {
                    let article = graph.article(claim);
                    let claimant = graph
                        .claimant(claim)
                        .map_or_else(String::new, |c| format!(", according to {}", self.link(graph, c)));
                    let span = graph.evidence_span(claim);
                    let _ = writeln!(
                        text,
                        "  > {}\n  >\n  > — [[{}|{}]] {}–{}, {}{claimant}, confidence {}\n",
                        line(graph.evidence(claim)),
                        self.articles[&article.id],
                        line(&article.id),
                        span.start,
                        span.end,
                        claim.status,
                        claim.confidence
                    );
                }
            }
        }
        text
    }

    /// Who did what to whom, when, where and how real, with links.
    fn sentence(&self, graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> String {
        let typed = edge.edge;
        let mut told =
            format!("{} **{}**", self.link(graph, edge.source), typed.relation.name().replace('_', " "));
        if let Some(target) = edge.party() {
            let _ = write!(told, " {}", self.link(graph, target));
        }
        if let Some(place) = typed.place {
            let _ = write!(told, " in {}", self.link(graph, place));
        }
        let mut rest = vec![typed.status.to_string()];
        rest.extend(typed.date.map(|d| d.to_string()));
        if typed.sources > 1 {
            rest.push(format!("{} sources", typed.sources));
        }
        let _ = write!(told, " ({})", rest.join(", "));
        told
    }

    fn link(&self, graph: &KnowledgeGraph, ix: NodeIndex) -> String {
        let name = line(&graph.node(ix).name);
        // Events have no page of their own.
        self.parties.get(&ix).map_or_else(|| name.clone(), |path| format!("[[{path}|{name}]]"))
    }
}

/// A name without what file systems or links do not take.
fn file_name(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|#^[]".contains(c) { ' ' } else { c })
        .take(80)
        .collect();
    let name = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches('.').trim();
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}

/// Text on one line, without what would end a link.
fn line(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat.replace("[[", "[").replace("]]", "]").replace('|', "/")
}

/// A YAML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
