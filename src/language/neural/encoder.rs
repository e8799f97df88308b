//! The encoder: word pieces of several sentences in, one vector a piece out.

use super::gemm::Activations;
use super::kernels::{LANES, gelu, normalise, softmax};
use super::model::{HEAD, HIDDEN, Layer, Linear, NeuralModel, Norm};
use super::simd::{Simd, for_each_way};
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
    /// Keys of one head in one sentence, a column each.
    columns: Vec<f32>,
    projected: Vec<f32>,
}

impl Encoder {
    /// Working memory for one way of computing.
    pub fn new(simd: Simd) -> Self {
        Self { simd, ..Self::default() }
    }

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
        embed_rows(self.simd, &mut self.hidden, model, batch);
        normalise_rows(self.simd, &mut self.hidden, &model.norm, model.epsilon);
    }

    fn layer(&mut self, model: &NeuralModel, layer: &Layer, batch: &Batch) {
        self.activations.round(&self.hidden, HIDDEN, self.simd);
        for (linear, out) in
            [(&layer.query, &mut self.query), (&layer.key, &mut self.key), (&layer.value, &mut self.value)]
        {
            apply(linear, &self.activations, self.simd, &mut self.sums, out);
        }
        self.attend(batch);
        self.activations.round(&self.mixed, HIDDEN, self.simd);
        apply(&layer.output, &self.activations, self.simd, &mut self.sums, &mut self.projected);
        add(self.simd, &mut self.hidden, &self.projected);
        normalise_rows(self.simd, &mut self.hidden, &layer.norm1, model.epsilon);

        self.activations.round(&self.hidden, HIDDEN, self.simd);
        apply(&layer.up, &self.activations, self.simd, &mut self.sums, &mut self.wide);
        bend(self.simd, &mut self.wide);
        self.activations.round(&self.wide, layer.up.matrix.outputs(), self.simd);
        apply(&layer.down, &self.activations, self.simd, &mut self.sums, &mut self.projected);
        add(self.simd, &mut self.hidden, &self.projected);
        normalise_rows(self.simd, &mut self.hidden, &layer.norm2, model.epsilon);
    }

    /// Attention inside each sentence.
    fn attend(&mut self, batch: &Batch) {
        self.mixed.clear();
        self.mixed.resize(batch.rows() * HIDDEN, 0.0);
        let Self { query, key, value, mixed, scores, columns, simd, .. } = self;
        for range in batch.ranges() {
            for number in 0..HIDDEN / HEAD {
                let one = Head { query, key, value, number };
                attend(*simd, &one, range.clone(), scores, columns, mixed);
            }
        }
    }
}

/// One attention head.
struct Head<'a> {
    query: &'a [f32],
    key: &'a [f32],
    value: &'a [f32],
    number: usize,
}

for_each_way! {
    /// Mixes the values of one sentence's rows.
    fn attend(
        head: &Head<'_>,
        rows: Range<usize>,
        scores: &mut Vec<f32>,
        columns: &mut Vec<f32>,
        mixed: &mut [f32],
    ) {
        let part = |row: usize| row * HIDDEN + head.number * HEAD..row * HIDDEN + (head.number + 1) * HEAD;
        let count = rows.len();
        let scale = 1.0 / (HEAD as f32).sqrt();
        // Keys as columns, sixteen side by side: the scores of sixteen keys stay in one register.
        let blocks = count.div_ceil(LANES);
        columns.clear();
        columns.resize(blocks * HEAD * LANES, 0.0);
        for (at, row) in rows.clone().enumerate() {
            let block = &mut columns[at / LANES * HEAD * LANES..][..HEAD * LANES];
            for (i, x) in head.key[part(row)].iter().enumerate() {
                block[i * LANES + at % LANES] = x * scale;
            }
        }
        scores.clear();
        scores.resize(blocks * LANES, 0.0);
        for row in rows.clone() {
            let query = &head.query[part(row)];
            for (block, place) in columns.chunks_exact(HEAD * LANES).zip(scores.chunks_exact_mut(LANES)) {
                let mut lanes = [0.0f32; LANES];
                for (q, column) in query.iter().zip(block.as_chunks::<LANES>().0) {
                    for (lane, x) in lanes.iter_mut().zip(column) {
                        *lane += q * x;
                    }
                }
                place.copy_from_slice(&lanes);
            }
            softmax(&mut scores[..count]);
            let mut sum = [0.0f32; HEAD];
            for (other, weight) in rows.clone().zip(scores.iter()) {
                let values = head.value[part(other)].first_chunk::<HEAD>().unwrap_or(&[0.0; HEAD]);
                for (x, value) in sum.iter_mut().zip(values) {
                    *x += weight * value;
                }
            }
            mixed[part(row)].copy_from_slice(&sum);
        }
    }
}

for_each_way! {
    /// Adds up each piece's embeddings.
    fn embed_rows(hidden: &mut [f32], model: &NeuralModel, batch: &Batch) {
    let mut rows = hidden.chunks_exact_mut(HIDDEN);
    for sentence in &batch.sentences {
        for (position, (id, case)) in sentence.ids.iter().zip(&sentence.case).enumerate() {
            let Some(row) = rows.next() else { return };
            let (word, word_scale) = quantised(&model.words.rows, &model.words.scales, *id as usize);
            let (place, place_scale) = quantised(&model.positions.rows, &model.positions.scales, position);
            let case = &model.case[usize::from(*case) * HIDDEN..][..HIDDEN];
            for (((x, w), p), c) in row.iter_mut().zip(word).zip(place).zip(case) {
                *x = f32::from(*w) * word_scale + f32::from(*p) * place_scale + c;
            }
        }
    }
}
}

#[inline(always)]
fn quantised<'a>(rows: &'a [i8], scales: &[f32], index: usize) -> (&'a [i8], f32) {
    (&rows[index * HIDDEN..][..HIDDEN], scales[index])
}

/// Applies a linear layer to rounded rows.
pub fn apply(linear: &Linear, input: &Activations, simd: Simd, sums: &mut Vec<i32>, out: &mut Vec<f32>) {
    linear.matrix.multiply(input, &linear.bias, simd, sums, out);
}

for_each_way! {
    /// Adds one list to another.
    fn add(values: &mut [f32], more: &[f32]) {
        for (x, y) in values.iter_mut().zip(more) {
            *x += y;
        }
    }
}

for_each_way! {
    /// The feed-forward part's bend.
    fn bend(values: &mut [f32]) {
        gelu(values);
    }
}

for_each_way! {
    /// Layer normalisation of every row.
    fn normalise_rows(values: &mut [f32], norm: &Norm, epsilon: f32) {
        for row in values.chunks_exact_mut(HIDDEN) {
            normalise(row, &norm.weight, &norm.bias, epsilon);
        }
    }
}
