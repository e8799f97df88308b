//! Trains the confidence model on annotated articles and prints cross-validated figures.
//!
//! ```text
//! cargo run --release --example train_confidence -- GOLD_DIR… -o data/models/edges/weights.ron
//! ```
//!
//! Each GOLD_DIR holds `input.jsonl` and one NAME.gold.json an article. The folds are over articles;
//! the threshold is the one with the best strict F1 over the held-out folds. Deterministic.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use whom::entities::{ResolvedDocument, resolve};
use whom::events::{Extractor, Feature};
use whom::ontology::Relation;
use whom::pipeline::Pipeline;
use whom::reading::{self, Input, ReadOptions};
use whom::scoring::{self, GoldArticle};

const FOLDS: usize = 6;
const STEPS: usize = 600;
const RATE: f64 = 0.05;
/// Strength of the pull of every weight to zero.
const RIDGE: f64 = 0.003;

/// One article with what the text half makes of it.
struct Article {
    gold: GoldArticle,
    resolved: ResolvedDocument,
}

/// One candidate: its features and whether it is right.
struct Case {
    features: Vec<Feature>,
    right: bool,
    key: String,
    gold: Option<usize>,
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
    let extractor = Extractor::standard()?;
    let cases: Vec<Vec<Case>> = articles.iter().map(|a| cases(&extractor, a)).collect();
    for (article, cases) in articles.iter().zip(&cases) {
        for c in cases {
            println!("{}", serde_json::json!({"a": article.gold.id, "n": article.gold.edges.iter().filter(|e| !e.relation.row().is_static).count(), "right": c.right, "key": c.key, "gold": c.gold, "f": c.features}));
        }
    }
    let _ = out;
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
            let gold = holds(&article.gold, &source, c.relation, &target);
            let key = format!("{} {:?} {:?}", c.relation, c.source_entity(), c.target_entity());
            Some(Case { features, right: gold.is_some(), key, gold })
        })
        .collect()
}

/// Whether the gold record has the edge, by the names of its ends.
fn holds(gold: &GoldArticle, source: &[&str], relation: Relation, target: &[&str]) -> Option<usize> {
    let one_of = |ids: &[String], names: &[&str]| {
        ids.iter().filter_map(|id| gold.node(id)).any(|node| {
            std::iter::once(&node.name)
                .chain(&node.aliases)
                .any(|gold| names.iter().any(|name| scoring::same_name(name, gold)))
        })
    };
    gold.edges.iter().enumerate().filter(|(_, e)| e.relation == relation).find(|(_, e)| {
        let ahead = one_of(&e.source, source) && (e.target.is_empty() || one_of(&e.target, target));
        let back = relation.row().symmetric && one_of(&e.target, source) && one_of(&e.source, target);
        ahead || back
    }).map(|(i, _)| i)
}

