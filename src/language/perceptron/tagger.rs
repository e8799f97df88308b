//! Words in, parts of speech out, from left to right.

use super::feature::{OUTSIDE, Word, key};
use super::weights::{Weights, best};

/// Fills `keys` with the features of the word at `i`; `last` and `before` are the two tags to its left.
pub fn features(words: &[Word], i: usize, last: u64, before: u64, keys: &mut Vec<u32>) {
    let at = |d: isize| i.checked_add_signed(d).and_then(|j| words.get(j)).copied().unwrap_or(Word::EDGE);
    let (w, l, ll, r, rr) = (words[i], at(-1), at(-2), at(1), at(2));
    let [s1, s2, s3, s4] = w.suffix;
    keys.clear();
    keys.extend([
        key(0, []),
        key(1, [w.lower]),
        key(2, [w.form]),
        key(3, [s2]),
        key(4, [s3]),
        key(5, [s4]),
        key(6, [w.prefix]),
        key(7, [w.shape]),
        key(8, [last]),
        key(9, [last, before]),
        key(10, [last, w.lower]),
        key(11, [l.lower]),
        key(12, [ll.lower]),
        key(13, [r.lower]),
        key(14, [rr.lower]),
        key(15, [r.suffix[2]]),
        key(16, [l.suffix[2]]),
        key(17, [w.lower, r.lower]),
        key(18, [w.lower, l.lower]),
        key(19, [w.shape, u64::from(i == 0)]),
        key(20, [r.shape, w.shape]),
        key(21, [l.shape, w.shape]),
        key(22, [s1]),
        key(23, [last, r.lower]),
        key(24, [r.suffix[1], s3]),
        key(25, [l.lower, r.lower]),
        key(26, [last, s3]),
        key(27, [last, r.suffix[2], s2]),
        key(28, [w.fine]),
        key(29, [w.fine, last]),
        key(30, [l.fine]),
        key(31, [r.fine]),
        key(32, [w.coarse, l.coarse, r.coarse]),
        key(33, [w.coarse, r.fine]),
        key(34, [w.coarse, l.fine]),
        key(35, [r.coarse, rr.coarse, s2]),
    ]);
}

/// Tag beyond the sentence's ends.
pub const NO_TAG: u64 = OUTSIDE << 8;

/// Tags a sentence greedily. `keys` and `scores` (one a class) are scratch.
pub fn tag(weights: &Weights, words: &[Word], keys: &mut Vec<u32>, scores: &mut [i32], tags: &mut Vec<u8>) {
    tag_within(weights, words, |_, _| true, keys, scores, tags);
}

/// The same, choosing among the tags that `allows(word, tag)` lets pass.
pub fn tag_within(
    weights: &Weights,
    words: &[Word],
    allows: impl Fn(usize, usize) -> bool,
    keys: &mut Vec<u32>,
    scores: &mut [i32],
    tags: &mut Vec<u8>,
) {
    tags.clear();
    let (mut last, mut before) = (NO_TAG, NO_TAG);
    for i in 0..words.len() {
        features(words, i, last, before, keys);
        weights.score(keys, scores);
        let tag = best(scores, |tag| allows(i, tag)).unwrap_or(0);
        tags.push(tag as u8);
        before = last;
        last = tag as u64;
    }
}
