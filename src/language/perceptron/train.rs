//! Treebank sentences in, a model file out. The same sentences give the same bytes.
//!
//! Opens no files; `examples/train_perceptron.rs` is the command. Sentences with crossing arcs teach the tagger
//! but not the parser.

use super::clusters::Clusters;
use super::feature::Word;
use super::learner::{Learner, Rounding};
use super::parser::{self, Input};
use super::transition::{NONE, State, Step, is_projective};
use super::weights::{Feature, Weights, best};
use super::{Inventory, model_file, tagger};
use crate::language::conllu::Block;
use crate::language::{LanguageError, Upos};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// How long to train and how finely to round.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// Rounds over the sentences for the tagger.
    pub tagger_rounds: usize,
    /// Rounds over the sentences for the parser.
    pub parser_rounds: usize,
    /// Tags for the parser's training come from taggers trained without them, on this many parts.
    pub folds: usize,
    /// Weights of the tags, the steps and the labels changed fewer times than this are dropped.
    pub least_updates: [u16; 3],
    /// One whole-number step of the tags', the steps' and the labels' weights.
    pub units: [f64; 3],
    /// Tags seen fewer times than this are replaced by the commonest of their universal part of speech.
    pub least_tag_count: usize,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            tagger_rounds: 8,
            parser_rounds: 8,
            folds: 4,
            least_updates: [2, 4, 4],
            units: [0.2, 0.3, 0.3],
            least_tag_count: 3,
        }
    }
}

impl Schedule {
    fn rounding(&self, classifier: usize) -> Rounding {
        Rounding { unit: self.units[classifier], least_updates: self.least_updates[classifier] }
    }
}

/// Trains tagger and parser; `progress` hears of each round.
///
/// `silver` are sentences that a better engine parsed: they have no parts of speech of the treebank's own, which a
/// tagger trained on the treebank adds. Those with labels unknown to the treebank are left out.
pub fn train(
    treebank: &[Block],
    silver: &[Block],
    clusters: &Clusters,
    schedule: &Schedule,
    mut progress: impl FnMut(&str),
) -> Result<Vec<u8>, LanguageError> {
    let inventory = Inventory::of(treebank, schedule.least_tag_count);
    let mut sentences: Vec<Gold> = treebank.iter().map(|b| Gold::new(b, &inventory, clusters)).collect();
    if !silver.is_empty() {
        let known = silver.iter().filter(|b| b.rows.iter().all(|r| inventory.knows(&r.upos, &r.deprel)));
        let known: Vec<Gold> = known.map(|b| Gold::new(b, &inventory, clusters)).collect();
        let own = complete_tags(&sentences, &known, &inventory, schedule);
        sentences.extend(known.into_iter().zip(own).map(|(gold, tags)| Gold { tags, ..gold }));
        progress("silver sentences tagged");
    }
    let all: Vec<usize> = (0..sentences.len()).collect();

    let tags = train_tagger(&sentences, &all, inventory.tags.len(), schedule);
    progress("tagger trained");
    let predicted = predicted_tags(&sentences, inventory.tags.len(), schedule);
    progress("tags for the parser made");
    let [steps, labels] = train_parser(&sentences, &predicted, &inventory, schedule, &mut progress);
    Ok(model_file(&inventory, clusters, [&tags, &steps, &labels]))
}

/// A treebank sentence in numbers.
struct Gold {
    words: Vec<Word>,
    tags: Vec<u8>,
    /// Head of each token counted from 1; 0 the root.
    heads: Vec<usize>,
    labels: Vec<u8>,
}

impl Gold {
    fn new(block: &Block, inventory: &Inventory, clusters: &Clusters) -> Self {
        let mut scratch = String::new();
        let label = |name: &SmolStr| inventory.labels.iter().position(|l| l == name).unwrap_or(0) as u8;
        Self {
            words: block.rows.iter().map(|r| Word::new(&r.form, clusters, &mut scratch)).collect(),
            tags: block.rows.iter().map(|r| inventory.tag(&r.upos, &r.xpos)).collect(),
            heads: block.rows.iter().map(|r| r.head.map_or(0, |h| h + 1)).collect(),
            labels: block.rows.iter().map(|r| label(&r.deprel)).collect(),
        }
    }
}

impl Inventory {
    /// Everything the sentences use, in order of name; tags by frequency within a part of speech.
    fn of(blocks: &[Block], least_tag_count: usize) -> Self {
        let mut tags: BTreeMap<(Upos, &SmolStr), usize> = BTreeMap::new();
        let mut labels: BTreeMap<&SmolStr, usize> = BTreeMap::new();
        for row in blocks.iter().flat_map(|b| &b.rows) {
            *tags.entry((row.upos.parse().unwrap_or(Upos::X), &row.xpos)).or_default() += 1;
            *labels.entry(&row.deprel).or_default() += 1;
        }
        let mut common: Vec<(Upos, &SmolStr, usize)> =
            tags.into_iter().filter(|&(_, n)| n >= least_tag_count).map(|((u, x), n)| (u, x, n)).collect();
        common.sort_by_key(|&(upos, xpos, n)| (upos, std::cmp::Reverse(n), xpos.clone()));
        let mut xpos: Vec<SmolStr> = common.iter().map(|t| t.1.clone()).collect();
        xpos.sort();
        xpos.dedup();
        let number = |name: &SmolStr| xpos.iter().position(|x| x == name).unwrap_or(0) as u8;
        let tags = common.iter().map(|&(upos, name, _)| (upos, number(name))).collect();
        Self { tags, labels: labels.into_keys().cloned().collect(), xpos }
    }

    /// Whether the treebank has this part of speech and this relation.
    fn knows(&self, upos: &str, label: &SmolStr) -> bool {
        upos.parse().is_ok_and(|upos| self.tags.iter().any(|t| t.0 == upos)) && self.labels.contains(label)
    }

    /// The tag's number; a rare one's falls to the commonest of its part of speech.
    fn tag(&self, upos: &str, xpos: &str) -> u8 {
        let upos = upos.parse().unwrap_or(Upos::X);
        let exact = self.tags.iter().position(|&(u, x)| u == upos && self.xpos[usize::from(x)] == xpos);
        exact.or_else(|| self.tags.iter().position(|t| t.0 == upos)).unwrap_or(0) as u8
    }
}

fn train_tagger(sentences: &[Gold], which: &[usize], classes: usize, schedule: &Schedule) -> Vec<Feature> {
    let mut learner = Learner::default();
    let mut order = which.to_vec();
    let mut shuffler = Shuffler(1);
    let (mut keys, mut scores) = (Vec::new(), vec![0.0; classes]);
    for _ in 0..schedule.tagger_rounds {
        shuffler.shuffle(&mut order);
        for gold in order.iter().map(|&i| &sentences[i]) {
            let (mut last, mut before) = (tagger::NO_TAG, tagger::NO_TAG);
            for i in 0..gold.words.len() {
                tagger::features(&gold.words, i, last, before, &mut keys);
                learner.score(&keys, &mut scores);
                let found = best(&scores, |_| true).unwrap_or(0);
                let right = usize::from(gold.tags[i]);
                learner.tick();
                if found != right {
                    learner.correct(&keys, right, found);
                }
                before = last;
                last = found as u64;
            }
        }
    }
    learner.finish(schedule.rounding(0))
}

/// Gives silver sentences whole tags: the best that agree with their universal parts of speech.
fn complete_tags(
    sentences: &[Gold],
    silver: &[Gold],
    inventory: &Inventory,
    schedule: &Schedule,
) -> Vec<Vec<u8>> {
    let all: Vec<usize> = (0..sentences.len()).collect();
    let shorter = Schedule { tagger_rounds: schedule.tagger_rounds.min(4), ..*schedule };
    let classes = inventory.tags.len();
    let weights = Weights::new(&train_tagger(sentences, &all, classes, &shorter));
    let (mut keys, mut scores) = (Vec::new(), vec![0; classes]);
    let upos = |tag: usize| inventory.tags[tag].0;
    silver
        .iter()
        .map(|gold| {
            let mut tags = Vec::new();
            let agrees = |i: usize, tag: usize| upos(tag) == upos(usize::from(gold.tags[i]));
            tagger::tag_within(&weights, &gold.words, agrees, &mut keys, &mut scores, &mut tags);
            tags
        })
        .collect()
}

/// Tags each part of the sentences by a tagger trained on the other parts.
fn predicted_tags(sentences: &[Gold], classes: usize, schedule: &Schedule) -> Vec<Vec<u8>> {
    let mut predicted = vec![Vec::new(); sentences.len()];
    let (mut keys, mut scores) = (Vec::new(), vec![0; classes]);
    for fold in 0..schedule.folds {
        let others: Vec<usize> = (0..sentences.len()).filter(|i| i % schedule.folds != fold).collect();
        let shorter = Schedule { tagger_rounds: schedule.tagger_rounds.min(4), ..*schedule };
        let weights = Weights::new(&train_tagger(sentences, &others, classes, &shorter));
        for i in (fold..sentences.len()).step_by(schedule.folds) {
            tagger::tag(&weights, &sentences[i].words, &mut keys, &mut scores, &mut predicted[i]);
        }
    }
    predicted
}

fn train_parser(
    sentences: &[Gold],
    tags: &[Vec<u8>],
    inventory: &Inventory,
    schedule: &Schedule,
    progress: &mut impl FnMut(&str),
) -> [Vec<Feature>; 2] {
    let mut order: Vec<usize> =
        (0..sentences.len()).filter(|&i| is_projective(&sentences[i].heads)).collect();
    let inputs: Vec<Input> = sentences
        .iter()
        .zip(tags)
        .map(|(gold, tags)| {
            let mut input = Input::default();
            input.fill(&gold.words, tags.iter().map(|&t| inventory.numbers(t)));
            input
        })
        .collect();
    let mut lesson = Lesson { label_scores: vec![0.0; inventory.labels.len()], ..Lesson::default() };
    for round in 0..schedule.parser_rounds {
        lesson.shuffler.shuffle(&mut order);
        lesson.explore = round > 0;
        (lesson.right, lesson.taken) = (0, 0);
        for &i in &order {
            lesson.sentence(&sentences[i], &inputs[i]);
        }
        let share = lesson.right as f64 / lesson.taken.max(1) as f64;
        progress(&format!("parser round {}: {:.2} % of steps right", round + 1, share * 100.0));
    }
    [lesson.steps.finish(schedule.rounding(1)), lesson.labels.finish(schedule.rounding(2))]
}

/// The parser in training.
#[derive(Default)]
struct Lesson {
    steps: Learner,
    labels: Learner,
    shuffler: Shuffler,
    /// Whether to follow the parser's own steps, so that it learns to go on after mistakes.
    explore: bool,
    right: usize,
    taken: usize,
    state: State,
    keys: Vec<u32>,
    label_scores: Vec<f32>,
    gold_heads: Vec<usize>,
}

impl Lesson {
    fn sentence(&mut self, gold: &Gold, input: &Input) {
        self.gold_heads.clear();
        self.gold_heads.push(NONE);
        self.gold_heads.extend(&gold.heads);
        self.state.reset(gold.words.len());
        while !self.state.is_done() {
            let Some(step) = self.step(input) else { return };
            let label = self.label(step, gold, input);
            self.state.take(step, label);
        }
    }

    /// Learns the best step here and says which to take.
    fn step(&mut self, input: &Input) -> Option<Step> {
        let state = &self.state;
        parser::features(state, input, 0, &mut self.keys);
        let mut scores = [0.0; Step::ALL.len()];
        self.steps.score(&self.keys, &mut scores);
        let costs = Step::ALL.map(|s| state.allows(s).then(|| state.cost(s, &self.gold_heads)));
        let least = costs.iter().flatten().min().copied();
        let found = best(&scores, |s| costs[s].is_some())?;
        let right = best(&scores, |s| costs[s].is_some() && costs[s] == least)?;
        self.steps.tick();
        self.taken += 1;
        if costs[found] == least {
            self.right += 1;
        } else {
            self.steps.correct(&self.keys, right, found);
        }
        let own = self.explore && !self.shuffler.next().is_multiple_of(10);
        Some(Step::ALL[if own { found } else { right }])
    }

    /// Learns the label of the arc that a step makes, and gives the one to use.
    fn label(&mut self, step: Step, gold: &Gold, input: &Input) -> u8 {
        let Some((head, token)) = self.state.arc(step) else { return 0 };
        parser::features(&self.state, input, parser::label_block(step), &mut self.keys);
        self.labels.score(&self.keys, &mut self.label_scores);
        let found = best(&self.label_scores, |_| true).unwrap_or(0);
        self.labels.tick();
        // A label is only right or wrong for a right arc.
        if gold.heads[token - 1] != head {
            return found as u8;
        }
        let right = gold.labels[token - 1];
        if usize::from(right) != found {
            self.labels.correct(&self.keys, usize::from(right), found);
        }
        right
    }
}

/// A fixed source of disorder.
#[derive(Debug, Clone, Copy)]
struct Shuffler(u64);

impl Default for Shuffler {
    fn default() -> Self {
        Self(99)
    }
}

impl Shuffler {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
