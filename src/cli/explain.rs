//! `whom explain`: every edge that was considered, kept or not, with what spoke for and against it.

use super::console::Console;
use super::input::{Met, Source};
use super::knowledge::Knowledge;
use super::{Failure, output};
use crate::entities::{EntityId, ResolvedDocument};
use crate::events::{Candidate, Feature, features};
use crate::pipeline::Pipeline;
use clap::Args;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::rc::Rc;

/// Show why edges were found or left out
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  whom explain article.txt
  whom explain articles.jsonl --json > candidates.jsonl")]
pub struct Explain {
    #[command(flatten)]
    source: Source,
    /// One JSON object a candidate, with its features
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    knowledge: Knowledge,
}

impl Explain {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let documents = self.source.documents(&Rc::new(Met::default()))?;
        let pipeline = self.knowledge.pipeline()?;
        output::to_stdout(|out| {
            for document in documents {
                match document {
                    Ok(document) => self.article(&pipeline, &pipeline.resolve(document), out)?,
                    Err(error) => console.unread(&error),
                }
            }
            Ok(())
        })
    }

    fn article(
        &self,
        pipeline: &Pipeline,
        resolved: &ResolvedDocument,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let weights = &pipeline.extractor.weights;
        let all = pipeline.extractor.candidates(resolved);
        if !self.json {
            writeln!(out, "== {}", resolved.parsed.document.id)?;
        }
        let mut sentence = None;
        for candidate in &all {
            // Without features it cannot be an edge at all.
            let Some(features) = features(resolved, candidate) else { continue };
            let confidence = weights.confidence(candidate, &features);
            let judged =
                Judged { resolved, candidate, features, confidence, kept: confidence >= weights.threshold };
            if self.json {
                writeln!(out, "{}", judged.json())?;
                continue;
            }
            if sentence != Some(candidate.sentence) {
                sentence = Some(candidate.sentence);
                let span = resolved.parsed.sentences[candidate.sentence].span;
                writeln!(out, "\n{}", span.of(&resolved.parsed.document.text).replace('\n', " "))?;
            }
            judged.tell(pipeline, out)?;
        }
        Ok(())
    }
}

struct Judged<'a> {
    resolved: &'a ResolvedDocument,
    candidate: &'a Candidate<'a>,
    features: Vec<Feature>,
    confidence: f64,
    kept: bool,
}

impl Judged<'_> {
    fn tell(&self, pipeline: &Pipeline, out: &mut dyn Write) -> io::Result<()> {
        let c = self.candidate;
        let claimant = c.claimant.map_or(String::new(), |e| format!(", according to {}", self.name(e)));
        writeln!(
            out,
            "  {} {:.2}  {} -{}-> {}  [{}{claimant}]  on \u{201c}{}\u{201d}",
            if self.kept { "kept" } else { "left" },
            self.confidence,
            c.source_entity().map_or("-", |e| self.name(e)),
            c.relation,
            c.target_entity().map_or("-", |e| self.name(e)),
            c.status,
            self.resolved.parsed.sentences[c.sentence].tokens[c.trigger].text,
        )?;
        let weighed: Vec<String> = self
            .features
            .iter()
            .filter_map(|(name, value)| {
                let weight = pipeline.extractor.weights.weights.get(name.as_str())? * value;
                (weight.abs() >= 0.005).then(|| format!("{name} {weight:+.2}"))
            })
            .collect();
        let by = match c.group {
            Some(group) if group.is_added => format!("your lexicon {:.2}; ", group.weight),
            _ => String::new(),
        };
        writeln!(out, "            {by}{}", weighed.join(", "))
    }

    fn json(&self) -> Value {
        let c = self.candidate;
        let sentence = &self.resolved.parsed.sentences[c.sentence];
        let features: Map<String, Value> = self.features.iter().map(|(n, v)| (n.clone(), json!(v))).collect();
        json!({
            "article": self.resolved.parsed.document.id,
            "sentence": c.sentence,
            "trigger": sentence.tokens[c.trigger].text.as_str(),
            "source": c.source_entity().map(|e| self.name(e)),
            "relation": c.relation,
            "target": c.target_entity().map(|e| self.name(e)),
            "status": c.status,
            "according_to": c.claimant.map(|e| self.name(e)),
            "date": c.date,
            "confidence": self.confidence,
            "kept": self.kept,
            "features": features,
        })
    }

    fn name(&self, entity: EntityId) -> &str {
        &self.resolved.entities[entity].name
    }
}
