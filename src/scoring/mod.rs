//! Extractions and hand-made gold records in, figures out: how many of the gold edges were found, and
//! how many of those found are right.
//!
//! Nodes match by name: equal words, or one name holds the other's words and both have the same head
//! word. Edges match one to one. Knows nothing of text.

mod gold;
mod matching;
mod names;

pub use gold::{GoldArticle, GoldEdge, GoldNode};

use crate::ontology::{Edge, Extraction, Relation, Status};
use matching::pair_up;
use names::{Name, any_same};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Precision, recall and their harmonic mean, with the counts behind them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct Figure {
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// Harmonic mean.
    pub f1: f64,
    /// How many were found.
    pub predicted: usize,
    /// How many there are.
    pub gold: usize,
}

/// The figures of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Same parties, same relation.
    pub edges_strict: Figure,
    /// Same parties, same PLOVER root.
    pub edges_root: Figure,
    /// Same parties.
    pub edges_pair: Figure,
    /// Share of the essential gold edges found.
    pub essential_recall_strict: f64,
    /// The same by PLOVER root.
    pub essential_recall_root: f64,
    /// Share of the edges found whose status is right.
    pub status_accuracy: f64,
    /// Who is said to say so.
    pub attribution: Figure,
    /// Share of the dated edges found whose date is right to the month or day.
    pub date_accuracy: f64,
    /// `leads` and `member_of`.
    #[serde(rename = "static")]
    pub static_edges: Figure,
    /// Mean of the relations with four gold edges or more.
    pub macro_f1_relations_with_4_gold: f64,
    /// Gold articles without a prediction.
    pub missing_articles: usize,
    /// Each relation.
    pub relations: BTreeMap<&'static str, Figure>,
}

/// Figures, and every miss and every extra edge in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The figures.
    pub scores: Scores,
    /// A line an error, under a line an article.
    pub errors: String,
}

/// Whether two names mean the same node.
pub fn same_name(a: &str, b: &str) -> bool {
    any_same(&names::all(a, &[]), &names::all(b, &[]))
}

/// Scores extractions against the gold of the same articles.
pub fn score(gold: &[GoldArticle], predictions: &[Extraction]) -> Report {
    let by_id: BTreeMap<&str, &Extraction> = predictions.iter().map(|p| (p.id.as_str(), p)).collect();
    let nothing = Extraction::default();
    let mut tally = Tally::default();
    for article in gold {
        let prediction = by_id.get(article.id.as_str()).copied();
        tally.missing += usize::from(prediction.is_none());
        tally.add(article, prediction.unwrap_or(&nothing));
    }
    Report { scores: tally.scores(), errors: tally.errors }
}

#[derive(Default, Clone, Copy)]
struct RelationTally {
    found: usize,
    predicted: usize,
    gold: usize,
}

#[derive(Default)]
struct Tally {
    missing: usize,
    predicted: usize,
    gold: usize,
    essential: usize,
    strict: [usize; 2],
    root: [usize; 2],
    pair: usize,
    status_right: usize,
    claims: usize,
    claims_predicted: usize,
    claims_right: usize,
    dates: usize,
    dates_right: usize,
    statics: RelationTally,
    relations: BTreeMap<&'static str, RelationTally>,
    errors: String,
}

/// The names that each node of a record goes by.
type Names<'a> = BTreeMap<&'a str, Vec<Name>>;

impl Tally {
    fn add(&mut self, article: &GoldArticle, prediction: &Extraction) {
        let gold_names = article.names();
        let names = prediction_names(prediction);
        let golds: Vec<&GoldEdge> = article.edges.iter().filter(|e| !e.relation.row().is_static).collect();
        let edges: Vec<&Edge> = prediction.edges.iter().filter(|e| !e.relation.row().is_static).collect();
        let same_ends = |p: &Edge, g: &GoldEdge| either_way(p, g, &names, &gold_names);
        let strict = pair_up(&edges, &golds, |p, g| p.relation == g.relation && same_ends(p, g));
        let root =
            pair_up(&edges, &golds, |p, g| p.relation.plover() == g.relation.plover() && same_ends(p, g));
        let pair = pair_up(&edges, &golds, |p, g| same_ends(p, g));
        let essential = |m: &BTreeMap<usize, usize>| m.values().filter(|&&j| golds[j].essential).count();
        self.predicted += edges.len();
        self.gold += golds.len();
        self.essential += golds.iter().filter(|g| g.essential).count();
        self.strict[0] += strict.len();
        self.strict[1] += essential(&strict);
        self.root[0] += root.len();
        self.root[1] += essential(&root);
        self.pair += pair.len();
        for (&i, &j) in &strict {
            self.add_pair(edges[i], golds[j], &names, &gold_names);
        }
        for gold in &golds {
            self.relations.entry(gold.relation.name()).or_default().gold += 1;
        }
        for edge in &edges {
            self.relations.entry(edge.relation.name()).or_default().predicted += 1;
        }
        self.add_statics(article, prediction, &names, &gold_names);
        self.list_errors(article, prediction, &golds, &edges, &strict);
    }

    /// What is judged of an edge that was found: status, claimant, date.
    fn add_pair(&mut self, edge: &Edge, gold: &GoldEdge, names: &Names, gold_names: &Names) {
        let near = gold.according_to.is_some()
            && BTreeSet::from([edge.status, gold.status])
                == BTreeSet::from([Status::Actual, Status::Alleged]);
        self.status_right += usize::from(edge.status == gold.status || near);
        self.claims += usize::from(gold.according_to.is_some());
        self.claims_predicted += usize::from(edge.according_to.is_some());
        if let Some(claimant) = &gold.according_to {
            let said = edge.according_to.as_deref().and_then(|id| names.get(id));
            let meant = gold_names.get(claimant.as_str());
            self.claims_right += usize::from(said.zip(meant).is_some_and(|(a, b)| any_same(a, b)));
        }
        if let Some(date) = gold.date.as_deref().filter(|d| !d.is_empty()) {
            self.dates += 1;
            let found = edge.date.map(|d| d.to_string()).unwrap_or_default();
            let agrees = found.starts_with(date) || date.starts_with(&found);
            self.dates_right += usize::from(found.len() >= 7 && agrees);
        }
        self.relations.entry(gold.relation.name()).or_default().found += 1;
    }

    fn add_statics(
        &mut self,
        article: &GoldArticle,
        prediction: &Extraction,
        names: &Names,
        gold_names: &Names,
    ) {
        let judged = |r: Relation| matches!(r, Relation::Leads | Relation::MemberOf);
        let golds: Vec<&GoldEdge> = article.edges.iter().filter(|e| judged(e.relation)).collect();
        let edges: Vec<&Edge> = prediction.edges.iter().filter(|e| judged(e.relation)).collect();
        let matched = pair_up(&edges, &golds, |p, g| {
            p.relation == g.relation && ends(p, &g.source, &g.target, names, gold_names)
        });
        self.statics.found += matched.len();
        self.statics.predicted += edges.len();
        self.statics.gold += golds.len();
    }

    fn list_errors(
        &mut self,
        article: &GoldArticle,
        prediction: &Extraction,
        golds: &[&GoldEdge],
        edges: &[&Edge],
        strict: &BTreeMap<usize, usize>,
    ) {
        let found: BTreeSet<usize> = strict.values().copied().collect();
        let name_of = |id: &str| article.node(id).map_or("?", |n| n.name.as_str());
        let all = |ids: &[String]| ids.iter().map(|id| name_of(id)).collect::<Vec<_>>().join("/");
        let out = &mut self.errors;
        let _ = writeln!(out, "== {}", article.id);
        for (_, gold) in golds.iter().enumerate().filter(|(j, _)| !found.contains(j)) {
            let mark = if gold.essential { '!' } else { ' ' };
            let (source, target) = (all(&gold.source), all(&gold.target));
            let (relation, status) = (gold.relation, gold.status);
            let _ = writeln!(
                out,
                "  missed{mark} {source} -{relation}-> {target} [{status}] | {}",
                gold.evidence
            );
        }
        for (_, edge) in edges.iter().enumerate().filter(|(i, _)| !strict.contains_key(i)) {
            let source = prediction_name(prediction, &edge.source);
            let target = edge.target.as_deref().map_or("None", |t| prediction_name(prediction, t));
            let (relation, status) = (edge.relation, edge.status);
            let _ = writeln!(
                out,
                "  extra   {source} -{relation}-> {target} [{status}] | {}",
                edge.evidence.text
            );
        }
    }

    fn scores(&self) -> Scores {
        let relations: BTreeMap<&'static str, Figure> =
            self.relations.iter().map(|(&r, t)| (r, figure(t.found, t.predicted, t.gold))).collect();
        let counted: Vec<f64> = relations.values().filter(|f| f.gold >= 4).map(|f| f.f1).collect();
        Scores {
            edges_strict: figure(self.strict[0], self.predicted, self.gold),
            edges_root: figure(self.root[0], self.predicted, self.gold),
            edges_pair: figure(self.pair, self.predicted, self.gold),
            essential_recall_strict: share(self.strict[1], self.essential),
            essential_recall_root: share(self.root[1], self.essential),
            status_accuracy: share(self.status_right, self.strict[0]),
            attribution: figure(self.claims_right, self.claims_predicted, self.claims),
            date_accuracy: share(self.dates_right, self.dates),
            static_edges: figure(self.statics.found, self.statics.predicted, self.statics.gold),
            macro_f1_relations_with_4_gold: rounded(
                counted.iter().sum::<f64>() / counted.len().max(1) as f64,
            ),
            missing_articles: self.missing,
            relations,
        }
    }
}

fn either_way(edge: &Edge, gold: &GoldEdge, names: &Names, gold_names: &Names) -> bool {
    ends(edge, &gold.source, &gold.target, names, gold_names)
        || gold.relation.row().symmetric
            && !gold.target.is_empty()
            && ends(edge, &gold.target, &gold.source, names, gold_names)
}

/// Whether the edge's parties are among those accepted; an empty target accepts any.
fn ends(edge: &Edge, source: &[String], target: &[String], names: &Names, gold_names: &Names) -> bool {
    let matches = |id: Option<&str>, accepted: &[String]| {
        let Some(found) = id.and_then(|id| names.get(id)) else { return false };
        accepted.iter().filter_map(|id| gold_names.get(id.as_str())).any(|gold| any_same(found, gold))
    };
    matches(Some(&edge.source), source) && (target.is_empty() || matches(edge.target.as_deref(), target))
}

fn prediction_names(prediction: &Extraction) -> Names<'_> {
    let actors = prediction.actors.iter().map(|a| (a.id.as_str(), names::all(&a.name, &a.aliases)));
    let places = prediction.locations.iter().map(|l| (l.id.as_str(), names::all(&l.name, &l.aliases)));
    let events = prediction.events.iter().map(|e| (e.id.as_str(), names::all(&e.name, &[])));
    actors.chain(places).chain(events).collect()
}

fn prediction_name<'a>(prediction: &'a Extraction, id: &str) -> &'a str {
    let actor = prediction.actors.iter().find(|a| a.id == id).map(|a| a.name.as_str());
    let place = || prediction.locations.iter().find(|l| l.id == id).map(|l| l.name.as_str());
    let event = || prediction.events.iter().find(|e| e.id == id).map(|e| e.name.as_str());
    actor.or_else(place).or_else(event).unwrap_or("None")
}

fn figure(found: usize, predicted: usize, gold: usize) -> Figure {
    let ratio = |of: usize| if of == 0 { 0.0 } else { found as f64 / of as f64 };
    let (p, r) = (ratio(predicted), ratio(gold));
    let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    Figure { p: rounded(p), r: rounded(r), f1: rounded(f1), predicted, gold }
}

fn share(part: usize, whole: usize) -> f64 {
    rounded(part as f64 / whole.max(1) as f64)
}

/// To four decimals, by way of the decimal digits so that no binary remainder shifts the last one.
fn rounded(x: f64) -> f64 {
    format!("{x:.4}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id": "x", "date": "2018-07-10",
        "actors": [{"id": "r", "name": "Ruritania", "aliases": ["the Strelsau government"]},
                   {"id": "g", "name": "Graustark"},
                   {"id": "p", "name": "Edelweiss police"}],
        "locations": [],
        "edges": [
          {"source": ["r"], "relation": "accuses", "target": ["g"], "status": "actual", "according_to": null,
           "date": "2018-07-09", "place": null, "evidence": "…", "essential": true},
          {"source": ["g"], "relation": "targeted", "target": ["r"], "status": "alleged", "according_to": "r",
           "date": null, "place": null, "evidence": "…", "essential": true},
          {"source": ["r", "p"], "relation": "met", "target": ["g"], "status": "actual", "according_to": null,
           "date": null, "place": null, "evidence": "…", "essential": false},
          {"source": ["r"], "relation": "denies", "target": [], "status": "actual", "according_to": null,
           "date": null, "place": null, "evidence": "…", "essential": false}]}"#;

    const PREDICTION: &str = r#"{"id": "x", "date": null,
        "actors": [{"id": "a1", "name": "Strelsau government", "kind": "government", "aliases": [], "country": null, "affiliation": null},
                   {"id": "a2", "name": "Republic of Graustark", "kind": "country", "aliases": ["Graustark"], "country": null, "affiliation": null},
                   {"id": "a3", "name": "police of Edelweiss", "kind": "police", "aliases": [], "country": null, "affiliation": null}],
        "locations": [], "events": [],
        "edges": [
          {"source": "a1", "relation": "accuses", "target": "a2", "status": "actual", "according_to": null,
           "date": "2018-07", "place": null, "confidence": 0.9, "evidence": {"text": "s", "start": 0, "end": 1}},
          {"source": "a2", "relation": "attacked", "target": "a1", "status": "actual", "according_to": "a1",
           "date": null, "place": null, "confidence": 0.9, "evidence": {"text": "s", "start": 0, "end": 1}},
          {"source": "a2", "relation": "met", "target": "a1", "status": "planned", "according_to": null,
           "date": null, "place": null, "confidence": 0.9, "evidence": {"text": "s", "start": 0, "end": 1}}]}"#;

    fn report() -> Report {
        let gold: GoldArticle = serde_json::from_str(GOLD).expect("gold");
        let prediction: Extraction = serde_json::from_str(PREDICTION).expect("prediction");
        score(&[gold], &[prediction])
    }

    #[test]
    fn strict_root_and_pair() {
        let scores = report().scores;
        assert_eq!(scores.edges_strict, Figure { p: 0.6667, r: 0.5, f1: 0.5714, predicted: 3, gold: 4 });
        assert_eq!((scores.edges_root.p, scores.edges_pair.p), (1.0, 1.0));
        assert_eq!((scores.essential_recall_strict, scores.essential_recall_root), (0.5, 1.0));
        // The meeting holds either way, but its status is wrong.
        assert_eq!(scores.status_accuracy, 0.5);
        assert_eq!(scores.date_accuracy, 1.0);
        assert_eq!(scores.relations["attacked"].predicted, 1);
    }

    #[test]
    fn errors_name_each_miss_and_each_extra() {
        let errors = report().errors;
        assert!(errors.contains("  missed! Graustark -targeted-> Ruritania [alleged] | …"), "{errors}");
        assert!(errors.contains("  missed  Ruritania -denies->  [actual] | …"), "{errors}");
        assert!(
            errors.contains("  extra   Republic of Graustark -attacked-> Strelsau government [actual] | s")
        );
    }

    #[test]
    fn an_article_without_prediction_counts_as_missed() {
        let gold: GoldArticle = serde_json::from_str(GOLD).expect("gold");
        let scores = score(&[gold], &[]).scores;
        assert_eq!((scores.missing_articles, scores.edges_strict.gold), (1, 4));
    }
}
