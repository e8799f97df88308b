//! Measures the language room on UD treebanks:
//! `cargo run --release --example score_language -- DATA_DIR [fast|standard]`.
//!
//! Quotes tags, trees, subjects and objects on gold tokens; sentences, tokens and trees from raw text; and the speed
//! of one thread in tokens a second of processor time.

mod treebanks;

use std::error::Error;
use std::path::Path;
use std::time::Instant;
use treebanks::{documents, ewt, gum, score_raw, score_trees};
use whom::language::Analyser;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = Path::new(arguments.first().ok_or("usage: score_language DATA_DIR [fast|standard]")?);
    let start = Instant::now();
    let analyser = match arguments.get(1).map(String::as_str) {
        Some("fast") => Analyser::fast()?,
        _ => Analyser::standard()?,
    };
    println!("ready after {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut worker = analyser.worker();
    let sets = [
        ("EWT test", ewt(data, "test")),
        ("GUM test", gum(data, "test")?),
        ("EWT dev", ewt(data, "dev")),
        ("GUM news", gum(data, "news")?),
    ];
    println!("gold tokens: UPOS, UAS, LAS, LAS without punctuation, lemmas, subject F1, object F1, tokens/s");
    for (name, files) in &sets {
        let gold = documents(files)?;
        let (score, seconds) = score_trees(&gold, &mut worker);
        let [upos, uas, las] = score.percents();
        println!(
            "{name}  {upos:.2}  {uas:.2}  {las:.2}  {:.2}  {:.2}  {:.3}  {:.3}  {:.0}",
            score.no_punct.percent(),
            score.lemmas.percent(),
            score.subjects.f1(),
            score.objects.f1(),
            score.tokens as f64 / seconds
        );
    }
    println!("raw text, F1: sentences, tokens, UPOS, LAS, tokens/s");
    for (name, files) in &sets {
        let gold = documents(files)?;
        let (score, seconds) = score_raw(&gold, &mut worker);
        println!(
            "{name}  {:.4}  {:.4}  {:.4}  {:.4}  {:.0}",
            score.sentences.f1(),
            score.tokens.f1(),
            score.upos.f1(),
            score.labelled.f1(),
            score.tokens.found as f64 / seconds
        );
    }
    Ok(())
}
