//! From the vectors of a sentence's words to tags, tree, names and event guesses.

use super::encoder::apply;
use super::gemm::Activations;
use super::kernels::{argmax, dot, softmax};
use super::model::{Dense, HIDDEN, Linear, NameTag, NeuralModel};
use super::simd::Simd;
use super::tree::tree;
use crate::language::parsed::{EntitySpan, RoleGuess, Sentence, TriggerGuess};
use smol_str::SmolStr;

/// Relations less likely than this are not mentioned.
const TRIGGER_FLOOR: f32 = 0.05;
/// Roles less likely than this are not mentioned.
const ROLE_FLOOR: f32 = 0.1;

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
    /// Fills in what the model makes of a sentence. `rows` are the rows of the root and of each word in
    /// `hidden`.
    pub fn fill(&mut self, model: &NeuralModel, hidden: &[f32], rows: &[usize], sentence: &mut Sentence) {
        self.words.clear();
        for &row in rows {
            self.words.extend_from_slice(&hidden[row * HIDDEN..][..HIDDEN]);
        }
        self.activations.round(&self.words, HIDDEN);
        let count = sentence.tokens.len();
        if count == 0 {
            return;
        }
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            let word = &self.words[(i + 1) * HIDDEN..][..HIDDEN];
            dense(&model.upos, word, &mut self.scores);
            token.upos = model.upos_names[argmax(&self.scores)];
        }
        self.tree(model, sentence);
        self.names(model, sentence);
        self.triggers(model, sentence);
    }

    fn tree(&mut self, model: &NeuralModel, sentence: &mut Sentence) {
        let count = sentence.tokens.len();
        rectified(&model.arc_dependent, &self.activations, self.simd, &mut self.sums, &mut self.left);
        rectified(&model.arc_head, &self.activations, self.simd, &mut self.sums, &mut self.right);
        let width = model.arc_head.matrix.outputs();
        let mut arcs = vec![f32::NEG_INFINITY; count * (count + 1)];
        for i in 0..count {
            bend(&self.left[(i + 1) * width..][..width], &model.arc, width, &mut self.bent);
            for j in (0..=count).filter(|j| *j != i + 1) {
                arcs[i * (count + 1) + j] = dot(&self.bent, &self.right[j * width..][..width]);
            }
        }
        let heads = tree(&arcs, count);
        rectified(&model.label_dependent, &self.activations, self.simd, &mut self.sums, &mut self.left);
        rectified(&model.label_head, &self.activations, self.simd, &mut self.sums, &mut self.right);
        let width = model.label_head.matrix.outputs();
        let block = (width + 1) * (width + 1);
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            let head = heads[i];
            token.head = head.checked_sub(1);
            if head == 0 {
                token.deprel = SmolStr::new_static("root");
                continue;
            }
            let left = &self.left[(i + 1) * width..][..width];
            let right = &self.right[head * width..][..width];
            self.scores.clear();
            self.scores.extend(model.label.chunks_exact(block).map(|matrix| bilinear(left, matrix, right)));
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
            dense(&model.ner, &self.words[(i + 1) * HIDDEN..][..HIDDEN], &mut self.scores);
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
        sentence.triggers.clear();
        rectified(&model.event, &self.activations, self.simd, &mut self.sums, &mut self.events);
        let width = model.event.matrix.outputs();
        let mut roles_ready = false;
        let mut status = Vec::new();
        for i in 0..sentence.tokens.len() {
            let event = &self.events[(i + 1) * width..][..width];
            dense(&model.trigger, event, &mut self.scores);
            softmax(&mut self.scores);
            if 1.0 - self.scores[0] < TRIGGER_FLOOR {
                continue;
            }
            dense(&model.status, event, &mut status);
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

    fn roles(&mut self, model: &NeuralModel, trigger: usize, count: usize) -> Vec<RoleGuess> {
        let width = model.role_argument.matrix.outputs();
        let block = (width + 1) * (width + 1);
        let left = &self.left[(trigger + 1) * width..][..width];
        let bent: Vec<Vec<f32>> = model
            .role
            .chunks_exact(block)
            .map(|matrix| {
                let mut out = Vec::new();
                bend(left, matrix, width + 1, &mut out);
                out
            })
            .collect();
        let mut guesses = Vec::new();
        for i in 0..count {
            let right = &self.right[(i + 1) * width..][..width];
            self.scores.clear();
            self.scores.extend(bent.iter().map(|b| dot(&b[..width], right) + b[width]));
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

fn dense(layer: &Dense, input: &[f32], out: &mut Vec<f32>) {
    out.clear();
    out.extend(
        layer.weight.chunks_exact(input.len()).zip(&layer.bias).map(|(row, bias)| dot(row, input) + bias),
    );
}

fn rectified(linear: &Linear, input: &Activations, simd: Simd, sums: &mut Vec<i32>, out: &mut Vec<f32>) {
    apply(linear, input, simd, sums, out);
    for x in out {
        *x = x.max(0.0);
    }
}

/// `[left; 1]ᵀ matrix`, the matrix row by row with `columns` columns.
fn bend(left: &[f32], matrix: &[f32], columns: usize, out: &mut Vec<f32>) {
    out.clear();
    out.extend_from_slice(&matrix[left.len() * columns..][..columns]);
    for (factor, row) in left.iter().zip(matrix.chunks_exact(columns)) {
        if *factor != 0.0 {
            super::kernels::add_scaled(out, *factor, row);
        }
    }
}

/// `[left; 1]ᵀ matrix [right; 1]`.
fn bilinear(left: &[f32], matrix: &[f32], right: &[f32]) -> f32 {
    let width = right.len();
    let row = |i: usize| &matrix[i * (width + 1)..][..width + 1];
    let value = |i: usize| dot(&row(i)[..width], right) + row(i)[width];
    let mut total = value(left.len());
    for (i, factor) in left.iter().enumerate() {
        if *factor != 0.0 {
            total += factor * value(i);
        }
    }
    total
}
