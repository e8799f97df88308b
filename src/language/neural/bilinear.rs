//! Scores of many classes for one pair of vectors: `[left; 1]ᵀ W_k [right; 1]` for every class k.

/// The matrices of all classes, the classes of one pair of places side by side.
///
/// Rectified vectors are half zeros, so three pairs of places in four are passed over.
#[derive(Debug)]
pub struct Bilinear {
    weights: Vec<[f32; STRIDE]>,
    classes: usize,
    /// Length of the right vector with its one.
    right: usize,
}

/// Classes side by side, the last ones unused.
const STRIDE: usize = 64;

impl Bilinear {
    /// Most classes that fit.
    pub const MOST_CLASSES: usize = STRIDE;

    /// Lays out matrices given class by class, row by row, `left` × `right` each. `None` for too many classes.
    pub fn new(matrices: &[f32], classes: usize, left: usize, right: usize) -> Option<Self> {
        if classes > STRIDE {
            return None;
        }
        let mut weights = vec![[0.0; STRIDE]; left * right];
        for (class, matrix) in matrices.chunks_exact(left * right).enumerate() {
            for (weight, places) in matrix.iter().zip(&mut weights) {
                places[class] = *weight;
            }
        }
        Some(Self { weights, classes, right })
    }

    /// The scores of all classes for two vectors without their ones.
    #[inline(always)]
    pub fn score(&self, left: &[f32], right: &[f32], scores: &mut Vec<f32>) {
        let mut sums = [0.0f32; STRIDE];
        for (i, row) in self.weights.chunks_exact(self.right).enumerate() {
            let l = left.get(i).copied().unwrap_or(1.0);
            if l == 0.0 {
                continue;
            }
            for (j, weights) in row.iter().enumerate() {
                let r = right.get(j).copied().unwrap_or(1.0);
                if r == 0.0 {
                    continue;
                }
                let factor = l * r;
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += factor * weight;
                }
            }
        }
        scores.clear();
        scores.extend_from_slice(&sums[..self.classes]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_the_definition() {
        let matrices: Vec<f32> = (0..3 * 3 * 4).map(|i| (i as f32) - 7.0).collect();
        let bilinear = Bilinear::new(&matrices, 3, 3, 4).unwrap();
        let (left, right) = ([2.0, 0.0], [1.0, 0.0, 3.0]);
        let mut scores = Vec::new();
        bilinear.score(&left, &right, &mut scores);
        for (class, matrix) in matrices.chunks_exact(12).enumerate() {
            let (left, right) = ([2.0, 0.0, 1.0], [1.0, 0.0, 3.0, 1.0]);
            let expected: f32 = (0..3)
                .flat_map(|i| (0..4).map(move |j| (i, j)))
                .map(|(i, j)| left[i] * matrix[i * 4 + j] * right[j])
                .sum();
            assert_eq!(scores[class], expected);
        }
        assert_eq!(scores.len(), 3);
    }
}
