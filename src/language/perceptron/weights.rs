//! A sparse linear model with whole-number weights: feature keys in, a score for every class out.
//!
//! Whole numbers make the sums, and so the decisions, the same on every machine.

use crate::language::LanguageError;
use crate::language::model_file::{Fields, push_number};

/// Feature key → weights of the few classes it speaks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weights {
    /// Open addressing by key; `(key, where its weights begin + 1)`, 0 where empty.
    slots: Vec<(u32, u32)>,
    /// Class and weight; the first entry of a feature is preceded by nothing, its end is marked by `LAST`.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    /// Class, with `LAST` set on a feature's last entry.
    class: u8,
    weight: i16,
}

const LAST: u8 = 0x80;

/// Features looked up at a time.
const AT_ONCE: usize = 40;

/// One feature's weights while a model is built.
pub type Feature = (u32, Vec<(u8, i16)>);

impl Weights {
    /// Most classes that fit.
    pub const MOST_CLASSES: usize = LAST as usize;

    /// Builds from features with ascending keys; features without weights are left out.
    pub fn new(features: &[Feature]) -> Self {
        let used = features.iter().filter(|f| !f.1.is_empty());
        // At most half full, so that a miss is seen soon.
        let size = (used.clone().count() * 2).next_power_of_two().max(2);
        let mut weights = Self { slots: vec![(0, 0); size], entries: Vec::new() };
        for (key, classes) in used {
            let start = weights.entries.len();
            for &(class, weight) in classes {
                weights.entries.push(Entry { class, weight });
            }
            if let Some(last) = weights.entries.last_mut() {
                last.class |= LAST;
            }
            let mut at = *key as usize & (size - 1);
            while weights.slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            weights.slots[at] = (*key, start as u32 + 1);
        }
        weights
    }

    /// Number of weights.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// Sums the weights of `keys` into `scores`, which it clears first.
    ///
    /// Three passes, so that the processor fetches many slots, then many entries, at a time: memory is what this
    /// waits for.
    #[inline]
    pub fn score(&self, keys: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        for keys in keys.chunks(AT_ONCE) {
            let mut slots = [(0, 0); AT_ONCE];
            for (slot, &key) in slots.iter_mut().zip(keys) {
                *slot = self.slots[key as usize & (self.slots.len() - 1)];
            }
            let mut starts = [0; AT_ONCE];
            let mut found = 0;
            for (&slot, &key) in slots.iter().zip(keys) {
                let start = if slot.1 == 0 || slot.0 == key { slot.1 } else { self.further(key) };
                starts[found] = start;
                found += usize::from(start != 0);
            }
            for &start in &starts[..found] {
                for entry in &self.entries[start as usize - 1..] {
                    scores[usize::from(entry.class & !LAST)] += i32::from(entry.weight);
                    if entry.class & LAST != 0 {
                        break;
                    }
                }
            }
        }
    }

    /// Where the weights of a key begin that is not in its first slot; 0 if nowhere.
    fn further(&self, key: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = key as usize;
        loop {
            at = (at + 1) & mask;
            let (found, start) = self.slots[at];
            if start == 0 || found == key {
                return start;
            }
        }
    }

    /// Appends the file form of features with ascending keys.
    pub fn write(features: &[Feature], out: &mut Vec<u8>) {
        let used = features.iter().filter(|f| !f.1.is_empty());
        push_number(out, used.clone().count() as u64);
        let mut last = 0;
        for (key, classes) in used {
            push_number(out, u64::from(key - last));
            last = *key;
            push_number(out, classes.len() as u64);
            for &(class, weight) in classes {
                out.push(class);
                push_signed(out, weight);
            }
        }
    }

    /// Reads the file form; classes must lie below `classes`.
    pub fn read(fields: &mut Fields<'_>, classes: usize) -> Result<Self, LanguageError> {
        let count = fields.count()?;
        let mut features: Vec<Feature> = Vec::with_capacity(count);
        let mut key = 0u32;
        for _ in 0..count {
            let step =
                u32::try_from(fields.number()?).map_err(|_| fields.fault("a feature key is too large"))?;
            key = key.checked_add(step).ok_or_else(|| fields.fault("a feature key is too large"))?;
            let length = fields.count()?;
            let mut entries = Vec::with_capacity(length);
            for _ in 0..length {
                let class = fields.bytes(1)?[0];
                if usize::from(class) >= classes {
                    return Err(fields.fault("a weight for an unknown class"));
                }
                entries.push((class, signed(fields)?));
            }
            features.push((key, entries));
        }
        Ok(Self::new(&features))
    }
}

/// Small numbers of either sign in few bytes: 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 ….
fn push_signed(out: &mut Vec<u8>, number: i16) {
    push_number(out, u64::from(((number << 1) ^ (number >> 15)) as u16));
}

fn signed(fields: &mut Fields<'_>) -> Result<i16, LanguageError> {
    let folded = u16::try_from(fields.number()?).map_err(|_| fields.fault("a weight is too large"))?;
    Ok((folded >> 1) as i16 ^ -((folded & 1) as i16))
}

/// The highest score's class among those allowed; the first of equals.
#[inline]
pub fn best<S: PartialOrd + Copy>(scores: &[S], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<usize> = None;
    for class in 0..scores.len() {
        if allowed(class) && best.is_none_or(|b| scores[class] > scores[b]) {
            best = Some(class);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_back_weights_score_alike() {
        let features: Vec<Feature> =
            vec![(3, vec![(0, 5), (2, -7)]), (9, vec![]), (u32::MAX - 1, vec![(1, i16::MAX)])];
        let weights = Weights::new(&features);
        let mut bytes = Vec::new();
        Weights::write(&features, &mut bytes);
        let again = Weights::read(&mut Fields::new("test", &bytes), 3).unwrap();
        assert_eq!(weights, again);
        let mut scores = [9; 3];
        again.score(&[3, 9, u32::MAX - 1, 3], &mut scores);
        assert_eq!(scores, [10, 32767, -14]);
        assert!(Weights::read(&mut Fields::new("test", &bytes), 2).is_err());
    }
}
