//! The treebanks as the training and the measuring commands see them.
//!
//! DATA_DIR holds `ud-ewt/en_ewt-ud-{train,test}.conllu`, `gum/dep/GUM_*.conllu` (permissive genres only),
//! `gum/splits.md` and `propbank-frames/rolesets.tsv`.
#![allow(dead_code)] // each command uses its part

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use whom::language::conllu::{self, Block};
use whom::language::score::{RawScore, TreeScore};
use whom::language::{AnalyserWorker, ParsedDocument};
use whom::reading::Document;

/// Sentences of some files.
pub fn blocks(paths: &[PathBuf]) -> Result<Vec<Block>, Box<dyn Error>> {
    let mut blocks = Vec::new();
    for path in paths {
        for block in conllu::blocks(open(path)?) {
            blocks.push(block.map_err(|e| format!("{}: {e}", path.display()))?);
        }
    }
    Ok(blocks)
}

/// Documents of some files.
pub fn documents(paths: &[PathBuf]) -> Result<Vec<ParsedDocument>, Box<dyn Error>> {
    let mut documents = Vec::new();
    for path in paths {
        let found = conllu::read(open(path)?, "document").map_err(|e| format!("{}: {e}", path.display()))?;
        documents.extend(found);
    }
    Ok(documents)
}

/// Verbs of PropBank's frames, in order, of lower-case letters only.
pub fn propbank_verbs(data: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let rolesets = std::fs::read_to_string(data.join("propbank-frames/rolesets.tsv"))?;
    let aliases = rolesets.lines().filter_map(|line| line.split('\t').nth(2)).flat_map(str::split_whitespace);
    let mut verbs: Vec<String> = aliases
        .filter_map(|alias| alias.strip_suffix("/v"))
        .filter(|verb| verb.len() > 1 && verb.bytes().all(|b| b.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect();
    verbs.sort();
    verbs.dedup();
    Ok(verbs)
}

/// Files of UD English EWT.
pub fn ewt(data: &Path, split: &str) -> Vec<PathBuf> {
    vec![data.join(format!("ud-ewt/en_ewt-ud-{split}.conllu"))]
}

/// Files of GUM's `train`, `dev` or `test` split, or its `news` kept for measuring the extraction.
///
/// Those news documents are in no other split.
pub fn gum(data: &Path, split: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let splits = std::fs::read_to_string(data.join("gum/splits.md"))?;
    let is_news = |name: &str| HELD_OUT.iter().any(|held| name.strip_prefix("GUM_news_") == Some(held));
    let mut section = "";
    let mut names = Vec::new();
    for line in splits.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.trim();
        } else if let Some(name) = line.trim().strip_prefix("* ")
            && ((split == "news" && is_news(name)) || (split == section && !is_news(name)))
        {
            names.push(name);
        }
    }
    let paths = names.into_iter().map(|name| data.join("gum/dep").join(format!("{name}.conllu")));
    Ok(paths.filter(|path| path.exists()).collect())
}

/// Scores on gold sentences and tokens, and the seconds the analysis took.
pub fn score_trees(gold: &[ParsedDocument], worker: &mut AnalyserWorker<'_>) -> (TreeScore, f64) {
    let mut score = TreeScore::default();
    let mut seconds = 0.0;
    for document in gold {
        let copy = document.clone();
        let start = cpu_seconds();
        let found = worker.keep_tokens(copy);
        seconds += cpu_seconds() - start;
        for (g, f) in document.sentences.iter().zip(&found.sentences) {
            score.add(g, f);
        }
    }
    (score, seconds)
}

/// Scores on raw text, and the seconds the analysis took.
pub fn score_raw(gold: &[ParsedDocument], worker: &mut AnalyserWorker<'_>) -> (RawScore, f64) {
    let mut score = RawScore::default();
    let mut seconds = 0.0;
    for document in gold {
        let raw = Document { text: document.document.text.clone(), ..Document::default() };
        let start = cpu_seconds();
        let found = worker.analyse(raw);
        seconds += cpu_seconds() - start;
        score.add(document, &found);
    }
    (score, seconds)
}

/// Processor time of this thread where the system tells it, else the time of day.
pub fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|s| s.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()));
    nanoseconds.map_or_else(
        || std::time::UNIX_EPOCH.elapsed().map_or(0.0, |t| t.as_secs_f64()),
        |nanoseconds| nanoseconds / 1e9,
    )
}

fn open(path: &Path) -> Result<BufReader<File>, Box<dyn Error>> {
    Ok(BufReader::new(File::open(path).map_err(|e| format!("{}: {e}", path.display()))?))
}

/// GUM's news documents on which the extraction is measured.
const HELD_OUT: &[&str] = &[
    "asylum",
    "crane",
    "defector",
    "election",
    "flag",
    "hackers",
    "homeopathic",
    "imprisoned",
    "korea",
    "questionnaire",
    "stampede",
    "worship",
];
