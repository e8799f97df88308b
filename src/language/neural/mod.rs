//! The neural engine: the bottom layers of a small BERT with heads for tags, trees, names and events,
//! in 8-bit integers.
//!
//! `training/language/FORMAT.md` describes the model file and every computation; the results are the
//! same bytes on every processor: integer sums are exact and every float operation has one order.

mod bilinear;
mod encoder;
mod gemm;
mod heads;
mod kernels;
mod model;
#[cfg(test)]
mod same_bytes;
mod simd;
mod tree;
mod wordpiece;

pub use model::NeuralModel;

use super::engine::{Engine, Worker};
use super::parsed::Sentence;
use encoder::{Batch, Encoder};
use heads::Heads;
use simd::Simd;
use wordpiece::Pieces;

/// Word pieces encoded at one time: enough rows to feed the processor, few enough to stay in its cache.
const ROWS: usize = 160;
/// Longest sentence in word pieces; longer ones are cut and each part analysed alone.
const LONGEST: usize = 300;

impl Engine for NeuralModel {
    fn worker(&self) -> Box<dyn Worker + '_> {
        Box::new(NeuralWorker::new(self, Simd::default()))
    }
}

/// A model with one thread's working memory.
struct NeuralWorker<'m> {
    model: &'m NeuralModel,
    encoder: Encoder,
    heads: Heads,
    batch: Batch,
}

impl<'m> NeuralWorker<'m> {
    fn new(model: &'m NeuralModel, simd: Simd) -> Self {
        Self { model, encoder: Encoder::new(simd), heads: Heads::new(simd), batch: Batch::default() }
    }
}

impl Worker for NeuralWorker<'_> {
    fn analyse(&mut self, sentences: &mut [Sentence]) {
        let mut next = 0;
        while next < sentences.len() {
            self.batch.clear();
            let first = next;
            while next < sentences.len() {
                let pieces = Pieces::of(&sentences[next], &self.model.vocab, LONGEST);
                if next > first && self.batch.rows() + pieces.ids.len() > ROWS {
                    break;
                }
                self.batch.push(pieces);
                next += 1;
            }
            let hidden = self.encoder.encode(self.model, &self.batch);
            for (number, sentence) in sentences[first..next].iter_mut().enumerate() {
                let words = self.batch.word_rows(number);
                self.heads.fill(self.model, hidden, &words, sentence);
            }
        }
    }
}
