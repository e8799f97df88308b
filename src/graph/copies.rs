//! Which articles are one text in several papers, so that a wire report counts as one source.
//!
//! Two articles are copies where most of their MinHash signatures agree; copies of copies count
//! too, which makes the groups the same whatever the order of reading. Candidates are found by bands of
//! the signature, so that an article is compared with few others.

use super::ArticleIx;
use super::ledger::index;
use super::stable::StableHash;
use std::collections::HashMap;

/// Part of a signature that must agree: an estimate of the share of word shingles in common.
const COPY: f64 = 0.7;
/// Values a band; with 64 values a pair at the threshold is missed once in 80 times, at 0.8 never.
const BAND: usize = 4;

/// Groups of copies.
#[derive(Debug, Clone, Default)]
pub(super) struct Copies {
    /// Parent in the forest of groups.
    parent: Vec<ArticleIx>,
    bands: HashMap<u64, Vec<ArticleIx>>,
}

impl Copies {
    /// Takes in the next article; returns the members of other groups that it brought together, if any.
    pub fn enter<'a>(
        &mut self,
        article: ArticleIx,
        sketch_of: impl Fn(ArticleIx) -> &'a [u32],
    ) -> Vec<ArticleIx> {
        debug_assert_eq!(article, index(self.parent.len()));
        self.parent.push(article);
        let sketch = sketch_of(article);
        let mut candidates: Vec<ArticleIx> = Vec::new();
        for (n, band) in sketch.chunks_exact(BAND).enumerate() {
            let mut key = StableHash::new().number(n as u64);
            for value in band {
                key = key.number(u64::from(*value));
            }
            let bucket = self.bands.entry(key.finish()).or_default();
            candidates.extend_from_slice(bucket);
            bucket.push(article);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut roots: Vec<ArticleIx> = Vec::new();
        for candidate in candidates {
            if likeness(sketch, sketch_of(candidate)) >= COPY {
                let root = self.source(candidate);
                if !roots.contains(&root) {
                    roots.push(root);
                }
            }
        }
        let Some(&first) = roots.iter().min() else { return Vec::new() };
        for &root in &roots {
            self.parent[root as usize] = first;
        }
        self.parent[article as usize] = first;
        if roots.len() < 2 {
            return Vec::new();
        }
        (0..article).filter(|&other| self.source(other) == first).collect()
    }

    /// The group of an article, named by one of its members.
    pub fn source(&self, article: ArticleIx) -> ArticleIx {
        let mut at = article;
        while self.parent[at as usize] != at {
            at = self.parent[at as usize];
        }
        at
    }
}

fn likeness(a: &[u32], b: &[u32]) -> f64 {
    if a.is_empty() || a.len() != b.len() {
        return 0.0;
    }
    let same = a.iter().zip(b).filter(|(x, y)| x == y).count();
    same as f64 / a.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(sketches: &[Vec<u32>]) -> Vec<ArticleIx> {
        let mut copies = Copies::default();
        for ix in 0..sketches.len() {
            copies.enter(index(ix), |a| &sketches[a as usize]);
        }
        (0..sketches.len()).map(|ix| copies.source(index(ix))).collect()
    }

    #[test]
    fn near_copies_are_one_source_and_others_are_not() {
        let original: Vec<u32> = (0..64).collect();
        let mut edited = original.clone();
        for value in edited.iter_mut().step_by(8) {
            *value += 1000;
        }
        let other: Vec<u32> = (500..564).collect();
        assert_eq!(groups(&[original, other, edited]), [0, 1, 0]);
    }

    #[test]
    fn a_bridge_joins_two_groups() {
        let original: Vec<u32> = (0..64).collect();
        let change = |from: usize, to: usize| {
            let mut sketch = original.clone();
            for value in &mut sketch[from..to] {
                *value += 1000;
            }
            sketch
        };
        // The two ends differ in 28 of 64 values, each from the middle in 14.
        let (left, right) = (change(0, 14), change(14, 28));
        assert_eq!(groups(&[left.clone(), right.clone()]), [0, 1]);
        assert_eq!(groups(&[left, right, original]), [0, 0, 0]);
    }

    #[test]
    fn short_texts_have_no_copies() {
        assert_eq!(groups(&[vec![], vec![]]), [0, 1]);
    }
}
