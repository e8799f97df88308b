//! Trains the confidence model on annotated articles and prints cross-validated figures.
//!
//! ```text
//! cargo run --release --example train_confidence -- GOLD_DIR… -o data/models/edges/weights.ron
//! ```
//!
//! Each GOLD_DIR holds `input.jsonl` and one NAME.gold.json an article. The folds are over articles;
//! the threshold is the highest of those with the best strict F1 over the held-out folds. Deterministic.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use whom::entities::{ResolvedDocument, resolve};
use whom::events::{Extractor, Feature, Weights};
use whom::ontology::{Extraction, Relation};
use whom::pipeline::Pipeline;
use whom::reading::{self, Input, ReadOptions};
use whom::scoring::{self, GoldArticle};

const FOLDS: usize = 6;
const STEPS: usize = 600;
const RATE: f64 = 0.05;
/// Strength of the pull of every weight to zero.
const RIDGE: f64 = 0.003;

/// Strict F1 by which two thresholds do not differ.
const EVEN: f64 = 0.001;

/// One article with what the text half makes of it.
struct Article {
    gold: GoldArticle,
    resolved: ResolvedDocument,
}

/// One candidate: its features and whether it is right.
struct Case {
    features: Vec<Feature>,
    right: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders = Vec::new();
    let mut out = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-o" => out = arguments.next().map(PathBuf::from),
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    if folders.is_empty() {
        return Err("usage: train_confidence GOLD_DIR… [-o WEIGHTS.ron]".into());
    }
    let pipeline = Pipeline::standard()?;
    let articles = read(&pipeline, &folders)?;
    let mut extractor = Extractor::standard()?;
    let cases: Vec<Vec<Case>> = articles.iter().map(|a| cases(&extractor, a)).collect();
    let total: usize = cases.iter().map(Vec::len).sum();
    let right: usize = cases.iter().flatten().filter(|c| c.right).count();
    println!("{} articles, {total} candidates, {right} right", articles.len());

    let folds: Vec<Weights> = (0..FOLDS)
        .map(|f| fit(cases.iter().enumerate().filter(|(i, _)| i % FOLDS != f).flat_map(|(_, c)| c)))
        .collect();
    let mut best = (0.0, 0.5);
    for step in 4..16 {
        let threshold = f64::from(step) * 0.04;
        let found: Vec<Extraction> = articles
            .iter()
            .enumerate()
            .map(|(i, article)| {
                extractor.weights = Weights { threshold, ..folds[i % FOLDS].clone() };
                extractor.extract(&article.resolved)
            })
            .collect();
        let gold: Vec<GoldArticle> = articles.iter().map(|a| a.gold.clone()).collect();
        let figure = scoring::score(&gold, &found).scores.edges_strict;
        println!("threshold {threshold:.2}: P {:.3} R {:.3} F1 {:.3}", figure.p, figure.r, figure.f1);
        // of thresholds that are as good, the one with the fewest false edges
        if figure.f1 > best.0 - EVEN {
            best = (figure.f1.max(best.0), threshold);
        }
    }
    println!("best held-out strict F1 {:.4} at {:.2}", best.0, best.1);
    let weights = Weights { threshold: best.1, ..fit(cases.iter().flatten()) };
    if let Some(path) = out {
        let config = ron::ser::PrettyConfig::new();
        std::fs::write(path, ron::ser::to_string_pretty(&weights, config)? + "\n")?;
    }
    Ok(())
}

fn read(pipeline: &Pipeline, folders: &[PathBuf]) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for folder in folders {
        let mut gold: BTreeMap<String, GoldArticle> = BTreeMap::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(".gold.json") {
                let article: GoldArticle = serde_json::from_str(&std::fs::read_to_string(path)?)?;
                gold.insert(article.id.clone(), article);
            }
        }
        let path = folder.join("input.jsonl");
        let input = Input::new("input", path.to_string_lossy(), std::fs::File::open(&path)?);
        for document in reading::read(input, &ReadOptions::default()) {
            let document = document?;
            if let Some(gold) = gold.remove(&document.id) {
                let resolved = resolve(pipeline.analyser.analyse(document), &pipeline.gazetteer);
                articles.push(Article { gold, resolved });
            }
        }
    }
    Ok(articles)
}

fn cases(extractor: &Extractor, article: &Article) -> Vec<Case> {
    let resolved = &article.resolved;
    let names = |entity: usize| -> Vec<&str> {
        let e = &resolved.entities[entity];
        std::iter::once(&e.name).chain(&e.aliases).map(String::as_str).collect()
    };
    extractor
        .candidates(resolved)
        .iter()
        .filter_map(|c| {
            let features = whom::events::features(resolved, c)?;
            let source = names(c.source_entity()?);
            let target = c.target_entity().map(names).unwrap_or_default();
            let right = holds(&article.gold, &source, c.relation, &target);
            Some(Case { features, right })
        })
        .collect()
}

/// Whether the gold record has the edge, by the names of its ends.
fn holds(gold: &GoldArticle, source: &[&str], relation: Relation, target: &[&str]) -> bool {
    let one_of = |ids: &[String], names: &[&str]| {
        ids.iter().filter_map(|id| gold.node(id)).any(|node| {
            std::iter::once(&node.name)
                .chain(&node.aliases)
                .any(|gold| names.iter().any(|name| scoring::same_name(name, gold)))
        })
    };
    gold.edges.iter().filter(|e| e.relation == relation).any(|e| {
        let ahead = one_of(&e.source, source) && (e.target.is_empty() || one_of(&e.target, target));
        let back = relation.row().symmetric && one_of(&e.target, source) && one_of(&e.source, target);
        ahead || back
    })
}

/// Logistic regression with a ridge, by Adam over the whole set.
fn fit<'a>(cases: impl Iterator<Item = &'a Case>) -> Weights {
    let cases: Vec<&Case> = cases.collect();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in cases.iter().flat_map(|c| &c.features) {
        let next = index.len();
        index.entry(name).or_insert(next);
    }
    let rows: Vec<(Vec<(usize, f64)>, f64)> = cases
        .iter()
        .map(|c| {
            let row = c.features.iter().map(|(name, value)| (index[name.as_str()], *value)).collect();
            (row, f64::from(u8::from(c.right)))
        })
        .collect();
    let mut weights = vec![0.0; index.len()];
    let (mut first, mut second) = (vec![0.0; index.len()], vec![0.0; index.len()]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| RIDGE * w).collect();
        for (row, label) in &rows {
            let score: f64 = row.iter().map(|(i, v)| weights[*i] * v).sum();
            let error = 1.0 / (1.0 + (-score).exp()) - label;
            for (i, v) in row {
                gradient[*i] += error * v / rows.len() as f64;
            }
        }
        let (c1, c2) = (1.0 - 0.9f64.powi(step as i32), 1.0 - 0.999f64.powi(step as i32));
        for i in 0..weights.len() {
            first[i] = 0.9 * first[i] + 0.1 * gradient[i];
            second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
            weights[i] -= RATE * (first[i] / c1) / ((second[i] / c2).sqrt() + 1e-8);
        }
    }
    let rounded = |w: f64| (w * 1000.0).round() / 1000.0;
    Weights {
        threshold: 0.5,
        weights: index
            .into_iter()
            .map(|(name, i)| (name.to_owned(), rounded(weights[i])))
            .filter(|(_, w)| *w != 0.0)
            .collect(),
    }
}
