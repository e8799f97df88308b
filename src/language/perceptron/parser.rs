//! Words and tags in, a labelled projective tree with one root out.

use super::feature::{Word, key};
use super::transition::{NONE, State, Step};
use super::weights::{Weights, best};

/// A sentence as the parser's templates see it; place 0 is the root above it.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Lower-case word.
    pub word: Vec<u64>,
    /// Universal part of speech.
    pub upos: Vec<u64>,
    /// The treebank's own part of speech.
    pub xpos: Vec<u64>,
    /// Fine word cluster.
    pub fine: Vec<u64>,
    /// Coarse word cluster.
    pub coarse: Vec<u64>,
}

const ROOT: u64 = 1;
const ABSENT: u64 = 3;
const NO_LABEL: u64 = 254;

impl Input {
    /// Fills in a sentence; `tags` gives each word's two parts of speech as numbers.
    pub fn fill(&mut self, words: &[Word], tags: impl Iterator<Item = (u8, u8)>) {
        for list in [&mut self.word, &mut self.upos, &mut self.xpos, &mut self.fine, &mut self.coarse] {
            list.clear();
            list.push(ROOT);
        }
        for word in words {
            self.word.push(word.lower);
            self.fine.push(word.fine + 10);
            self.coarse.push(word.coarse + 10);
        }
        for (upos, xpos) in tags {
            self.upos.push(u64::from(upos) + 10);
            self.xpos.push(u64::from(xpos) + 10);
        }
    }
}

/// Parses greedily: the best step, then the best label for the arc it makes.
pub fn parse(
    steps: &Weights,
    labels: &Weights,
    input: &Input,
    state: &mut State,
    keys: &mut Vec<u32>,
    scores: &mut [i32],
) {
    state.reset(input.word.len() - 1);
    while !state.is_done() {
        features(state, input, 0, keys);
        let mut step_scores = [0; Step::ALL.len()];
        steps.score(keys, &mut step_scores);
        let Some(step) = best(&step_scores, |s| state.allows(Step::ALL[s])) else { return };
        let step = Step::ALL[step];
        let mut label = 0;
        if step != Step::Shift {
            features(state, input, label_block(step), keys);
            labels.score(keys, scores);
            label = best(scores, |_| true).unwrap_or(0) as u8;
        }
        state.take(step, label);
    }
}

/// Number of the first template for labels of the arcs that a step makes.
pub fn label_block(step: Step) -> u64 {
    if step == Step::Right { 200 } else { 100 }
}

/// Fills `keys` with the features of a state; `block` tells the classifiers' templates apart.
pub fn features(state: &State, input: &Input, block: u64, keys: &mut Vec<u32>) {
    let (s0, s1, s2) = (state.top(0), state.top(1), state.top(2));
    let (b0, b1, b2) = (state.ahead(0), state.ahead(1), state.ahead(2));
    let pick = |list: &[u64], i: usize| if i == NONE { ABSENT } else { list[i] };
    let word = |i| pick(&input.word, i);
    let upos = |i| pick(&input.upos, i);
    let xpos = |i| pick(&input.xpos, i);
    let fine = |i| pick(&input.fine, i);
    let coarse = |i| pick(&input.coarse, i);
    let left = |i: usize, n: usize| if i == NONE { NONE } else { state.left[i][n] };
    let right = |i: usize, n: usize| if i == NONE { NONE } else { state.right[i][n] };
    let label = |i: usize| if i == NONE { NO_LABEL } else { u64::from(state.labels[i]) };
    let valency = |i: usize, side: usize| if i == NONE { 9 } else { u64::from(state.valency[i][side]) };
    let gap = |a: usize, b: usize| if a == NONE || b == NONE { 0 } else { ((b - a) as u64).min(8) };

    let (w0, w1, wb) = (word(s0), word(s1), word(b0));
    let (t0, t1, t2) = (upos(s0), upos(s1), upos(s2));
    let (tb, tb1, tb2) = (upos(b0), upos(b1), upos(b2));
    let (x0, x1, xb) = (xpos(s0), xpos(s1), xpos(b0));
    let (f0, f1, fb) = (fine(s0), fine(s1), fine(b0));
    let (c0, c1, cb) = (coarse(s0), coarse(s1), coarse(b0));
    let (l0, r0, l1, r1, lb) = (left(s0, 0), right(s0, 0), left(s1, 0), right(s1, 0), left(b0, 0));
    let (ahead, between) = (gap(s0, b0), gap(s1, s0));
    let z = block;
    keys.clear();
    keys.extend([
        key(z, []),
        key(z + 1, [w0]),
        key(z + 2, [t0]),
        key(z + 3, [w0, t0]),
        key(z + 4, [w1]),
        key(z + 5, [t1]),
        key(z + 6, [w1, t1]),
        key(z + 7, [wb]),
        key(z + 8, [tb]),
        key(z + 9, [wb, tb]),
        // Pairs and triples of the stack and the buffer.
        key(z + 10, [w0, wb]),
        key(z + 11, [w0, t0, tb]),
        key(z + 12, [t0, wb, tb]),
        key(z + 13, [t0, tb]),
        key(z + 14, [t0, tb, tb1]),
        key(z + 15, [t1, t0, tb]),
        key(z + 16, [t2, t1, t0]),
        key(z + 17, [w1, w0]),
        key(z + 18, [t1, t0]),
        key(z + 19, [w1, t1, t0]),
        key(z + 20, [t1, w0, t0]),
        // Their outermost dependents.
        key(z + 21, [t0, upos(l0), tb]),
        key(z + 22, [t0, upos(r0), tb]),
        key(z + 23, [t0, tb, upos(lb)]),
        key(z + 24, [t1, upos(l1), t0]),
        key(z + 25, [t1, upos(r1), t0]),
        key(z + 26, [t1, t0, upos(l0)]),
        key(z + 27, [t1, t0, upos(r0)]),
        // How many dependents, and how far apart.
        key(z + 28, [w0, valency(s0, 0)]),
        key(z + 29, [t0, valency(s0, 0), valency(s0, 1)]),
        key(z + 30, [w0, valency(s0, 1)]),
        key(z + 31, [t1, valency(s1, 1)]),
        key(z + 32, [tb, valency(b0, 0)]),
        key(z + 33, [t0, tb, ahead]),
        key(z + 34, [w0, wb, ahead]),
        key(z + 35, [t1, t0, between]),
        key(z + 36, [t1, t0, tb, between.min(3)]),
        // Further ahead and further below.
        key(z + 37, [word(b1)]),
        key(z + 38, [tb1, wb]),
        key(z + 39, [tb, tb1, tb2]),
        key(z + 40, [word(b2)]),
        key(z + 41, [word(s2)]),
        // Labels and words of dependents.
        key(z + 42, [t0, label(l0), label(r0)]),
        key(z + 43, [t1, label(l1), label(r1), t0]),
        key(z + 44, [word(l0)]),
        key(z + 45, [word(r0)]),
        key(z + 46, [word(lb)]),
        key(z + 47, [tb, label(lb)]),
        // Finer tags.
        key(z + 48, [x0, xb]),
        key(z + 49, [x0, x1]),
        key(z + 50, [x0, xb, xpos(b1)]),
        key(z + 51, [x1, x0, xb]),
        key(z + 52, [w1, x0]),
        key(z + 53, [w0, xb]),
        key(z + 54, [x0, wb]),
        key(z + 55, [w1, wb]),
        key(z + 56, [w1, t0, wb]),
        key(z + 57, [t1, tb, w0]),
        key(z + 58, [upos(right(s0, 1)), upos(r0), t0]),
        key(z + 59, [upos(left(s0, 1)), upos(l0), t0]),
        key(z + 60, [x0, label(l0), label(lb)]),
        key(z + 61, [w0, t0, word(l0)]),
        key(z + 62, [wb, tb, label(lb)]),
        key(z + 63, [w1, label(r1)]),
        key(z + 64, [xpos(r0), x0, xb]),
        key(z + 65, [x1, xpos(r1), x0]),
        // Word clusters.
        key(z + 66, [f0]),
        key(z + 67, [f1]),
        key(z + 68, [fb]),
        key(z + 69, [c0, cb]),
        key(z + 70, [c1, c0]),
        key(z + 71, [f0, tb]),
        key(z + 72, [fb, t0]),
        key(z + 73, [f1, t0]),
        key(z + 74, [f0, t1]),
        key(z + 75, [c0, t0, cb, tb]),
        key(z + 76, [c1, x1, c0, x0]),
        key(z + 77, [f0, label(l0)]),
        key(z + 78, [c1, c0, cb]),
    ]);
}
