//! From the vectors of a sentence's words to tags, tree, names and event guesses.

use super::bilinear::Bilinear;
use super::encoder::apply;
use super::gemm::Activations;
use super::kernels::{add_scaled, argmax, dot, softmax};
use super::model::{Dense, HIDDEN, Linear, NameTag, NeuralModel};
use super::simd::{Simd, for_each_way};
use super::tree::tree;
use crate::language::parsed::{EntitySpan, PairGuess, RoleGuess, Sentence, TriggerGuess, Upos};
use smol_str::SmolStr;

/// Relations less likely than this are not mentioned.
const TRIGGER_FLOOR: f32 = 0.05;
/// Roles less likely than this are not mentioned.
const ROLE_FLOOR: f32 = 0.1;
/// Pairs whose relation is less likely than this are not mentioned.
const PAIR_FLOOR: f32 = 0.05;

/// One thread's working memory.
#[derive(Debug, Default)]
pub struct Heads {
    simd: Simd,
    words: Vec<f32>,
    activations: Activations,
    sums: Vec<i32>,
    left: Vec<f32>,
    right: Vec<f32>,
    events: Vec<f32>,
    scores: Vec<f32>,
    bent: Vec<f32>,
}

impl Heads {
    /// Working memory for one way of computing.
    pub fn new(simd: Simd) -> Self {
        Self { simd, ..Self::default() }
    }

    /// Fills in what the model makes of a sentence. `rows` are the rows of the root and of each word in
    /// `hidden`.
    pub fn fill(&mut self, model: &NeuralModel, hidden: &[f32], rows: &[usize], sentence: &mut Sentence) {
        self.words.clear();
        for &row in rows {
            self.words.extend_from_slice(&hidden[row * HIDDEN..][..HIDDEN]);
        }
        self.activations.round(&self.words, HIDDEN, self.simd);
        let count = sentence.tokens.len();
        if count == 0 {
            return;
        }
        let simd = self.simd;
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            let word = &self.words[(i + 1) * HIDDEN..][..HIDDEN];
            dense(simd, &model.upos, word, &mut self.scores);
            token.upos = model.upos_names[argmax(&self.scores)];
        }
        self.tree(model, sentence);
        self.names(model, sentence);
        self.triggers(model, sentence);
        self.pairs(model, sentence);
    }

    fn tree(&mut self, model: &NeuralModel, sentence: &mut Sentence) {
        let simd = self.simd;
        let count = sentence.tokens.len();
        rectified(&model.arc_dependent, &self.activations, self.simd, &mut self.sums, &mut self.left);
        rectified(&model.arc_head, &self.activations, self.simd, &mut self.sums, &mut self.right);
        let width = model.arc_head.matrix.outputs();
        let mut arcs = vec![f32::NEG_INFINITY; count * (count + 1)];
        for i in 0..count {
            let (left, bent) = (&self.left[(i + 1) * width..][..width], &mut self.bent);
            let row = &mut arcs[i * (count + 1)..][..count + 1];
            arc_scores(simd, left, &model.arc, &self.right, bent, row);
            row[i + 1] = f32::NEG_INFINITY;
        }
        let heads = tree(&arcs, count);
        rectified(&model.label_dependent, &self.activations, self.simd, &mut self.sums, &mut self.left);
        rectified(&model.label_head, &self.activations, self.simd, &mut self.sums, &mut self.right);
        let width = model.label_head.matrix.outputs();
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            let head = heads[i];
            token.head = head.checked_sub(1);
            if head == 0 {
                token.deprel = SmolStr::new_static("root");
                continue;
            }
            let left = &self.left[(i + 1) * width..][..width];
            let right = &self.right[head * width..][..width];
            let scores = &mut self.scores;
            label_scores(simd, &model.label, left, right, scores);
            for (name, score) in model.deprel_names.iter().zip(&mut self.scores) {
                if name == "root" {
                    *score = f32::NEG_INFINITY;
                }
            }
            token.deprel = model.deprel_names[argmax(&self.scores)].clone();
        }
    }

    fn names(&mut self, model: &NeuralModel, sentence: &mut Sentence) {
        sentence.entities.clear();
        for i in 0..sentence.tokens.len() {
            let word = &self.words[(i + 1) * HIDDEN..][..HIDDEN];
            dense(self.simd, &model.ner, word, &mut self.scores);
            let (label, begins) = match model.ner_names[argmax(&self.scores)] {
                NameTag::Outside => continue,
                NameTag::Begin(label) => (label, true),
                NameTag::Inside(label) => (label, false),
            };
            match sentence.entities.last_mut() {
                Some(last) if !begins && last.tokens.end == i && last.label == label => {
                    last.tokens.end = i + 1
                }
                _ => sentence.entities.push(EntitySpan { tokens: i..i + 1, label }),
            }
        }
    }

    fn triggers(&mut self, model: &NeuralModel, sentence: &mut Sentence) {
        let simd = self.simd;
        sentence.triggers.clear();
        rectified(&model.event, &self.activations, self.simd, &mut self.sums, &mut self.events);
        let width = model.event.matrix.outputs();
        let mut roles_ready = false;
        let mut status = Vec::new();
        for i in 0..sentence.tokens.len() {
            let event = &self.events[(i + 1) * width..][..width];
            dense(simd, &model.trigger, event, &mut self.scores);
            softmax(&mut self.scores);
            if 1.0 - self.scores[0] < TRIGGER_FLOOR {
                continue;
            }
            dense(simd, &model.status, event, &mut status);
            let status = model.status_names[argmax(&status)];
            let likely: Vec<(usize, f32)> =
                self.scores.iter().copied().enumerate().filter(|(_, p)| *p >= TRIGGER_FLOOR).collect();
            if !roles_ready {
                rectified(&model.role_trigger, &self.activations, self.simd, &mut self.sums, &mut self.left);
                rectified(
                    &model.role_argument,
                    &self.activations,
                    self.simd,
                    &mut self.sums,
                    &mut self.right,
                );
                roles_ready = true;
            }
            let roles = self.roles(model, i, sentence.tokens.len());
            sentence.triggers.extend(likely.into_iter().filter_map(|(index, probability)| {
                let relation = model.relation_names[index]?;
                Some(TriggerGuess { token: i, relation, probability, status, roles: roles.clone() })
            }));
        }
    }

    /// Which relations hold between which words, nobody being one of them.
    fn pairs(&mut self, model: &NeuralModel, sentence: &mut Sentence) {
        sentence.pairs.clear();
        let parties: Vec<Option<usize>> = std::iter::once(None)
            .chain((0..sentence.tokens.len()).filter(|&i| may_be_party(sentence, i)).map(Some))
            .collect();
        if parties.len() < 2 {
            return;
        }
        rectified(&model.pair_source, &self.activations, self.simd, &mut self.sums, &mut self.left);
        rectified(&model.pair_target, &self.activations, self.simd, &mut self.sums, &mut self.right);
        let width = model.pair_target.matrix.outputs();
        let block = (width + 1) * (width + 1);
        let row = |party: Option<usize>| party.map_or(0, |i| i + 1) * width;
        let rights: Vec<f32> =
            parties.iter().flat_map(|t| &self.right[row(*t)..][..width]).copied().collect();
        // Most pairs are far below the floor: the logistic function is spared them.
        let least = (PAIR_FLOOR / (1.0 - PAIR_FLOOR)).ln() - model.pair_bias;
        // One relation after the other, so that its matrix stays in the cache.
        for (relation, matrix) in model.pair_names.iter().zip(model.pair.chunks_exact(block)) {
            for &source in &parties {
                let left = &self.left[row(source)..][..width];
                word_scores(self.simd, left, matrix, &rights, &mut self.bent, &mut self.scores);
                for (&target, score) in parties.iter().zip(&self.scores) {
                    if *score >= least && target != source {
                        let probability = 1.0 / (1.0 + (-(score + model.pair_bias)).exp());
                        sentence.pairs.push(PairGuess { source, target, relation: *relation, probability });
                    }
                }
            }
        }
        sentence.pairs.sort_by_key(|p| (p.source, p.target, p.relation));
    }

    fn roles(&mut self, model: &NeuralModel, trigger: usize, count: usize) -> Vec<RoleGuess> {
        let width = model.role_argument.matrix.outputs();
        let block = (width + 1) * (width + 1);
        let left = &self.left[(trigger + 1) * width..][..width];
        bends(self.simd, left, &model.role, block, &mut self.bent);
        let mut guesses = Vec::new();
        for i in 0..count {
            let right = &self.right[(i + 1) * width..][..width];
            class_scores(self.simd, &self.bent, right, &mut self.scores);
            softmax(&mut self.scores);
            for (role, probability) in model.role_names.iter().zip(&self.scores) {
                if let Some(role) = role
                    && *probability >= ROLE_FLOOR
                {
                    guesses.push(RoleGuess { token: i, role: *role, probability: *probability });
                }
            }
        }
        guesses.sort_by(|a, b| a.role.cmp(&b.role).then(b.probability.total_cmp(&a.probability)));
        guesses
    }
}

/// Whether a word may head a party. What it leaves out is rarely one, and every pair costs time.
fn may_be_party(sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens[i];
    match token.upos {
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num => !token.is(&["flat", "fixed", "expl"]),
        Upos::Adj => token.is_capitalised() || !token.is(&["amod"]),
        Upos::Det => !token.is(&["det"]),
        _ => false,
    }
}

for_each_way! {
    /// A small linear layer.
    fn dense(layer: &Dense, input: &[f32], out: &mut Vec<f32>) {
        out.clear();
        out.resize(layer.bias.len(), 0.0);
        for ((row, bias), x) in layer.weight.chunks_exact(input.len()).zip(&layer.bias).zip(out) {
            *x = dot(row, input) + bias;
        }
    }
}

for_each_way! {
    /// The scores of all heads for one word.
    fn arc_scores(left: &[f32], arc: &[f32], right: &[f32], bent: &mut Vec<f32>, scores: &mut [f32]) {
        let width = left.len();
        bent.resize(width, 0.0);
        bend(left, arc, bent);
        for (score, right) in scores.iter_mut().zip(right.chunks_exact(width)) {
            *score = dot(bent, right);
        }
    }
}

for_each_way! {
    /// The scores of all relations for one arc.
    fn label_scores(label: &Bilinear, left: &[f32], right: &[f32], scores: &mut Vec<f32>) {
        label.score(left, right, scores);
    }
}

for_each_way! {
    /// `[left; 1]ᵀ W` for the matrix of every class, one after the other.
    fn bends(left: &[f32], matrices: &[f32], block: usize, bends: &mut Vec<f32>) {
        let columns = block / (left.len() + 1);
        bends.resize(matrices.len() / block * columns, 0.0);
        for (matrix, out) in matrices.chunks_exact(block).zip(bends.chunks_exact_mut(columns)) {
            bend(left, matrix, out);
        }
    }
}

for_each_way! {
    /// The scores of one class for a word with each of many others, whose vectors lie one after the other.
    fn word_scores(left: &[f32], matrix: &[f32], rights: &[f32], bent: &mut Vec<f32>, scores: &mut Vec<f32>) {
        let width = left.len();
        bent.resize(width + 1, 0.0);
        bend(left, matrix, bent);
        scores.clear();
        scores.extend(rights.chunks_exact(width).map(|right| dot(&bent[..width], right) + bent[width]));
    }
}

for_each_way! {
    /// The score of each class for one word.
    fn class_scores(bends: &[f32], right: &[f32], scores: &mut Vec<f32>) {
        let width = right.len();
        scores.resize(bends.len() / (width + 1), 0.0);
        for (bend, score) in bends.chunks_exact(width + 1).zip(scores.iter_mut()) {
            *score = dot(&bend[..width], right) + bend[width];
        }
    }
}

fn rectified(linear: &Linear, input: &Activations, simd: Simd, sums: &mut Vec<i32>, out: &mut Vec<f32>) {
    apply(linear, input, simd, sums, out);
    for x in out {
        *x = x.max(0.0);
    }
}

/// `[left; 1]ᵀ matrix`, the matrix row by row with as many columns as `out` has places.
#[inline(always)]
fn bend(left: &[f32], matrix: &[f32], out: &mut [f32]) {
    let columns = out.len();
    out.copy_from_slice(&matrix[left.len() * columns..][..columns]);
    for (factor, row) in left.iter().zip(matrix.chunks_exact(columns)) {
        if *factor != 0.0 {
            add_scaled(out, *factor, row);
        }
    }
}
