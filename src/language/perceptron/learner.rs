//! The averaged perceptron while it learns: right and wrong classes in, averaged whole-number weights out.

use super::weights::Feature;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Weights under training. A feature is kept only once a mistake has touched it.
#[derive(Debug, Default)]
pub struct Learner {
    rows: HashMap<u32, Vec<Cell>, BuildHasherDefault<KeyHasher>>,
    /// Decisions seen so far.
    step: u32,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    class: u8,
    updates: u16,
    /// Step of the last change.
    since: u32,
    weight: f32,
    /// Weight summed over all steps up to `since`.
    total: f64,
}

/// How weights are thinned and rounded when training ends.
#[derive(Debug, Clone, Copy)]
pub struct Rounding {
    /// Size of one whole-number step.
    pub unit: f64,
    /// Weights changed fewer times than this are dropped.
    pub least_updates: u16,
}

impl Learner {
    /// Sums the weights of `keys` into `scores`, which it clears first.
    pub fn score(&self, keys: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        for key in keys {
            for cell in self.rows.get(key).into_iter().flatten() {
                scores[usize::from(cell.class)] += cell.weight;
            }
        }
    }

    /// Counts a decision.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights from the class chosen wrongly to the right one.
    pub fn correct(&mut self, keys: &[u32], right: usize, wrong: usize) {
        for &key in keys {
            let row = self.rows.entry(key).or_default();
            for (class, by) in [(right as u8, 1.0), (wrong as u8, -1.0)] {
                let at = row.iter().position(|c| c.class == class).unwrap_or_else(|| {
                    row.push(Cell { class, updates: 0, since: self.step, weight: 0.0, total: 0.0 });
                    row.len() - 1
                });
                let cell = &mut row[at];
                cell.total += f64::from(cell.weight) * f64::from(self.step - cell.since);
                cell.since = self.step;
                cell.weight += by;
                cell.updates = cell.updates.saturating_add(1);
            }
        }
    }

    /// Averages over all steps, thins, rounds; ascending keys.
    pub fn finish(&self, rounding: Rounding) -> Vec<Feature> {
        let mut features: Vec<Feature> = self
            .rows
            .iter()
            .map(|(&key, row)| {
                let mut classes: Vec<(u8, i16)> = row
                    .iter()
                    .filter(|cell| cell.updates >= rounding.least_updates)
                    .map(|cell| {
                        let total = cell.total + f64::from(cell.weight) * f64::from(self.step - cell.since);
                        let average = total / f64::from(self.step.max(1));
                        (cell.class, (average / rounding.unit).round() as i16)
                    })
                    .filter(|&(_, weight)| weight != 0)
                    .collect();
                classes.sort_unstable();
                (key, classes)
            })
            .filter(|(_, classes)| !classes.is_empty())
            .collect();
        features.sort_unstable_by_key(|f| f.0);
        features
    }
}

/// Keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_is_taken_over_all_steps() {
        let mut learner = Learner::default();
        learner.tick();
        learner.correct(&[5], 0, 1); // weight 1 from step 1 on
        for _ in 0..3 {
            learner.tick();
        }
        let features = learner.finish(Rounding { unit: 0.25, least_updates: 1 });
        assert_eq!(features, vec![(5, vec![(0, 3), (1, -3)])]);
        let mut scores = [0.0; 2];
        learner.score(&[5, 6], &mut scores);
        assert_eq!(scores, [1.0, -1.0]);
    }
}
