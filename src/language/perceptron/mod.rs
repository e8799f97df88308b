//! The fast engine: averaged-perceptron tagger and arc-hybrid parser, names by capitals and tags.
//!
//! Tokens in; tags, trees and names out. Makes no guesses at events. Builds projective trees only.

mod clusters;
mod feature;
mod learner;
mod names;
mod parser;
mod tagger;
mod train;
mod transition;
mod weights;

pub use clusters::Clusters;
pub use train::{Schedule, train};

use super::model_file::{Fields, ModelKind, push_number, push_string};
use super::{Engine, LanguageError, Sentence, Upos, Worker};
use feature::Word;
use parser::Input;
use smol_str::SmolStr;
use std::io::Read;
use transition::State;
use weights::{Feature, Weights};

const KIND: ModelKind = ModelKind { name: "perceptron", magic: *b"WHOMperc", version: 1 };

/// A trained tagger and parser.
#[derive(Debug)]
pub struct Perceptron {
    inventory: Inventory,
    clusters: Clusters,
    tags: Weights,
    steps: Weights,
    labels: Weights,
}

/// What the classes stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inventory {
    /// The treebank's own parts of speech.
    xpos: Vec<SmolStr>,
    /// A tag is a universal part of speech and an index into `xpos`.
    tags: Vec<(Upos, u8)>,
    /// Relations.
    labels: Vec<SmolStr>,
}

impl Perceptron {
    /// Reads a model file.
    pub fn read(reader: impl Read) -> Result<Self, LanguageError> {
        let payload = KIND.read(reader)?;
        let mut fields = Fields::new(KIND.name, &payload);
        let inventory = Inventory::read(&mut fields)?;
        let clusters = Clusters::read(&mut fields)?;
        let tags = Weights::read(&mut fields, inventory.tags.len())?;
        let steps = Weights::read(&mut fields, transition::Step::ALL.len())?;
        let labels = Weights::read(&mut fields, inventory.labels.len())?;
        fields.end()?;
        Ok(Self { inventory, clusters, tags, steps, labels })
    }

    /// Number of weights: of the tagger, of the steps, of the labels.
    pub fn sizes(&self) -> [usize; 3] {
        [self.tags.count(), self.steps.count(), self.labels.count()]
    }
}

impl Engine for Perceptron {
    fn worker(&self) -> Box<dyn Worker + '_> {
        let most = self.inventory.tags.len().max(self.inventory.labels.len());
        Box::new(PerceptronWorker { model: self, scratch: Scratch::default(), scores: vec![0; most] })
    }
}

struct PerceptronWorker<'a> {
    model: &'a Perceptron,
    scratch: Scratch,
    scores: Vec<i32>,
}

#[derive(Default)]
struct Scratch {
    word: String,
    words: Vec<Word>,
    keys: Vec<u32>,
    tags: Vec<u8>,
    input: Input,
    state: State,
}

impl Worker for PerceptronWorker<'_> {
    fn analyse(&mut self, sentences: &mut [Sentence]) {
        for sentence in sentences {
            self.parse(sentence);
            sentence.entities = names::find(&sentence.tokens);
        }
    }
}

impl PerceptronWorker<'_> {
    fn parse(&mut self, sentence: &mut Sentence) {
        let Perceptron { inventory, clusters, tags, steps, labels } = self.model;
        let s = &mut self.scratch;
        s.words.clear();
        s.words.extend(sentence.tokens.iter().map(|t| Word::new(&t.text, clusters, &mut s.word)));
        tagger::tag(tags, &s.words, &mut s.keys, &mut self.scores[..inventory.tags.len()], &mut s.tags);
        s.input.fill(&s.words, s.tags.iter().map(|&t| inventory.numbers(t)));
        let scores = &mut self.scores[..inventory.labels.len()];
        parser::parse(steps, labels, &s.input, &mut s.state, &mut s.keys, scores);
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            token.upos = inventory.tags[usize::from(s.tags[i])].0;
            let head = s.state.heads[i + 1];
            token.head = head.checked_sub(1);
            let label = &inventory.labels[usize::from(s.state.labels[i + 1])];
            token.deprel = match (head, label.as_str()) {
                (0, _) => SmolStr::new_static("root"),
                (_, "root") => SmolStr::new_static("dep"),
                _ => label.clone(),
            };
        }
    }
}

impl Inventory {
    /// The two parts of speech of a tag as numbers.
    fn numbers(&self, tag: u8) -> (u8, u8) {
        let (upos, xpos) = self.tags[usize::from(tag)];
        (upos as u8, xpos)
    }

    fn write(&self, out: &mut Vec<u8>) {
        for names in [&self.xpos, &self.labels] {
            push_number(out, names.len() as u64);
            names.iter().for_each(|name| push_string(out, name));
        }
        push_number(out, self.tags.len() as u64);
        for &(upos, xpos) in &self.tags {
            out.extend([upos as u8, xpos]);
        }
    }

    fn read(fields: &mut Fields<'_>) -> Result<Self, LanguageError> {
        let mut lists = [Vec::new(), Vec::new()];
        for list in &mut lists {
            for _ in 0..fields.count()? {
                list.push(SmolStr::from(fields.string()?));
            }
        }
        let [xpos, labels] = lists;
        let mut tags = Vec::new();
        for _ in 0..fields.count()? {
            let pair = fields.bytes(2)?;
            match Upos::ALL.get(usize::from(pair[0])) {
                Some(&upos) if usize::from(pair[1]) < xpos.len() => tags.push((upos, pair[1])),
                _ => return Err(fields.fault("an unknown part of speech")),
            }
        }
        let most = Weights::MOST_CLASSES;
        if tags.is_empty() || labels.is_empty() || tags.len() > most || labels.len() > most {
            return Err(fields.fault("a wrong number of tags or labels"));
        }
        Ok(Self { xpos, tags, labels })
    }
}

/// The model file of an inventory and its three classifiers' features.
fn model_file(inventory: &Inventory, clusters: &Clusters, classifiers: [&[Feature]; 3]) -> Vec<u8> {
    let mut payload = Vec::new();
    inventory.write(&mut payload);
    clusters.write(&mut payload);
    for features in classifiers {
        Weights::write(features, &mut payload);
    }
    KIND.frame(&payload)
}
