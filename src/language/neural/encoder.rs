//! The encoder: word pieces of several sentences in, one vector a piece out.

use super::gemm::Activations;
use super::kernels::{add_scaled, dot, gelu, normalise, softmax};
use super::model::{HIDDEN, Layer, Linear, NeuralModel, Norm};
use super::simd::Simd;
use super::wordpiece::Pieces;
use std::ops::Range;

/// Sentences encoded together.
#[derive(Debug, Default)]
pub struct Batch {
    sentences: Vec<Pieces>,
    /// First row of each sentence.
    starts: Vec<usize>,
    rows: usize,
}

impl Batch {
    /// Forgets the sentences.
    pub fn clear(&mut self) {
        self.sentences.clear();
        self.starts.clear();
        self.rows = 0;
    }

    /// Adds a sentence.
    pub fn push(&mut self, pieces: Pieces) {
        self.starts.push(self.rows);
        self.rows += pieces.ids.len();
        self.sentences.push(pieces);
    }

    /// Word pieces in all.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Rows of the root and of each word of a sentence.
    pub fn word_rows(&self, sentence: usize) -> Vec<usize> {
        self.sentences[sentence].first.iter().map(|f| self.starts[sentence] + f).collect()
    }

    fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.starts.iter().zip(&self.sentences).map(|(start, s)| *start..start + s.ids.len())
    }
}

/// One thread's working memory.
#[derive(Debug, Default)]
pub struct Encoder {
    simd: Simd,
    hidden: Vec<f32>,
    activations: Activations,
    sums: Vec<i32>,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    scores: Vec<f32>,
    projected: Vec<f32>,
}

impl Encoder {
    /// The vectors of all pieces, row by row.
    pub fn encode(&mut self, model: &NeuralModel, batch: &Batch) -> &[f32] {
        self.embed(model, batch);
        for layer in &model.layers {
            self.layer(model, layer, batch);
        }
        &self.hidden
    }

    fn embed(&mut self, model: &NeuralModel, batch: &Batch) {
        self.hidden.clear();
        self.hidden.resize(batch.rows() * HIDDEN, 0.0);
        let mut rows = self.hidden.chunks_exact_mut(HIDDEN);
        for sentence in &batch.sentences {
            for (position, (id, case)) in sentence.ids.iter().zip(&sentence.case).enumerate() {
                let Some(row) = rows.next() else { return };
                let (word, word_scale) = quantised(&model.words.rows, &model.words.scales, *id as usize);
                let (place, place_scale) =
                    quantised(&model.positions.rows, &model.positions.scales, position);
                let case = &model.case[usize::from(*case) * HIDDEN..][..HIDDEN];
                for (i, x) in row.iter_mut().enumerate() {
                    *x = f32::from(word[i]) * word_scale + f32::from(place[i]) * place_scale + case[i];
                }
            }
        }
        normalise_rows(&mut self.hidden, &model.norm, model.epsilon);
    }

    fn layer(&mut self, model: &NeuralModel, layer: &Layer, batch: &Batch) {
        self.activations.round(&self.hidden, HIDDEN);
        for (linear, out) in
            [(&layer.query, &mut self.query), (&layer.key, &mut self.key), (&layer.value, &mut self.value)]
        {
            apply(linear, &self.activations, self.simd, &mut self.sums, out);
        }
        self.attend(model.attention_heads, batch);
        self.activations.round(&self.mixed, HIDDEN);
        apply(&layer.output, &self.activations, self.simd, &mut self.sums, &mut self.projected);
        add(&mut self.hidden, &self.projected);
        normalise_rows(&mut self.hidden, &layer.norm1, model.epsilon);

        self.activations.round(&self.hidden, HIDDEN);
        apply(&layer.up, &self.activations, self.simd, &mut self.sums, &mut self.wide);
        gelu(&mut self.wide);
        self.activations.round(&self.wide, layer.up.matrix.outputs());
        apply(&layer.down, &self.activations, self.simd, &mut self.sums, &mut self.projected);
        add(&mut self.hidden, &self.projected);
        normalise_rows(&mut self.hidden, &layer.norm2, model.epsilon);
    }

    /// Attention inside each sentence.
    fn attend(&mut self, heads: usize, batch: &Batch) {
        let width = HIDDEN / heads;
        let scale = 1.0 / (width as f32).sqrt();
        self.mixed.clear();
        self.mixed.resize(batch.rows() * HIDDEN, 0.0);
        for range in batch.ranges() {
            for head in 0..heads {
                let part = |row: usize| row * HIDDEN + head * width..row * HIDDEN + (head + 1) * width;
                for row in range.clone() {
                    let query = &self.query[part(row)];
                    self.scores.clear();
                    self.scores.extend(range.clone().map(|other| dot(query, &self.key[part(other)]) * scale));
                    softmax(&mut self.scores);
                    let out = &mut self.mixed[part(row)];
                    for (other, weight) in range.clone().zip(&self.scores) {
                        add_scaled(out, *weight, &self.value[part(other)]);
                    }
                }
            }
        }
    }
}

fn quantised<'a>(rows: &'a [i8], scales: &[f32], index: usize) -> (&'a [i8], f32) {
    (&rows[index * HIDDEN..][..HIDDEN], scales[index])
}

/// Applies a linear layer to rounded rows.
pub fn apply(linear: &Linear, input: &Activations, simd: Simd, sums: &mut Vec<i32>, out: &mut Vec<f32>) {
    linear.matrix.multiply(input, &linear.bias, simd, sums, out);
}

fn add(values: &mut [f32], more: &[f32]) {
    for (x, y) in values.iter_mut().zip(more) {
        *x += y;
    }
}

fn normalise_rows(values: &mut [f32], norm: &Norm, epsilon: f32) {
    for row in values.chunks_exact_mut(HIDDEN) {
        normalise(row, &norm.weight, &norm.bias, epsilon);
    }
}
