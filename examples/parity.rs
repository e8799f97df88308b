//! Compares the runtime with the training code's own results.
//!
//! ```text
//! cargo run --release --example parity -- MODEL.bin REFERENCE.jsonl
//! ```
//!
//! REFERENCE.jsonl is written by `training/language/export.py`. Prints the share of words on which both agree, and
//! the speed on the same sentences.

use serde_json::Value;
use std::error::Error;
use std::time::Instant;
use whom::language::neural::NeuralModel;
use whom::language::{Engine, Sentence, Token, Upos};
use whom::ontology::ByteSpan;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(model), Some(reference)) = (arguments.next(), arguments.next()) else {
        return Err("usage: parity MODEL.bin REFERENCE.jsonl".into());
    };
    let started = Instant::now();
    let model = NeuralModel::read(std::fs::File::open(model)?)?;
    println!("model read in {:?}", started.elapsed());
    let rows: Vec<Value> =
        std::fs::read_to_string(reference)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut sentences: Vec<Sentence> = rows.iter().map(|r| sentence(strings(r, "words"))).collect();
    let mut worker = model.worker();
    worker.analyse(&mut sentences);
    let (mut words, mut upos, mut heads, mut labelled) = (0, 0, 0, 0);
    for (row, found) in rows.iter().zip(&sentences) {
        let tags = strings(row, "upos");
        let deprels = strings(row, "deprels");
        let gold: Vec<u64> =
            row["heads"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        for (i, token) in found.tokens.iter().enumerate() {
            words += 1;
            upos += usize::from(tags.get(i) == Some(&token.upos.name()));
            let head = token.head.map_or(0, |h| h as u64 + 1);
            let same = gold.get(i) == Some(&head);
            heads += usize::from(same);
            labelled += usize::from(same && deprels.get(i) == Some(&token.deprel.as_str()));
        }
    }
    let share = |n: usize| 100.0 * n as f64 / words as f64;
    println!(
        "{words} words: UPOS {:.2} %, heads {:.2} %, heads and labels {:.2} % agree",
        share(upos),
        share(heads),
        share(labelled)
    );
    let rounds = 20;
    let started = Instant::now();
    for _ in 0..rounds {
        worker.analyse(&mut sentences);
    }
    let rate = (rounds * words) as f64 / started.elapsed().as_secs_f64();
    println!("{rate:.0} words a second");
    Ok(())
}

fn strings<'a>(row: &'a Value, key: &str) -> Vec<&'a str> {
    row[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn sentence(words: Vec<&str>) -> Sentence {
    let tokens = words
        .iter()
        .map(|w| Token {
            span: ByteSpan::default(),
            text: (*w).into(),
            lemma: (*w).into(),
            upos: Upos::X,
            head: None,
            deprel: "dep".into(),
            space_after: true,
        })
        .collect();
    Sentence { tokens, ..Sentence::default() }
}
