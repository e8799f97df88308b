//! Words in, classes of words with like meaning and use out, learned from much text.

use super::feature::hash_lower;
use crate::language::LanguageError;
use crate::language::model_file::{Fields, push_number};
use std::collections::BTreeMap;

/// Word → fine and coarse cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clusters {
    /// Open addressing by the word's hash; an empty slot holds no cluster.
    slots: Vec<(u32, Cluster)>,
}

/// A word's clusters; 0 for words without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cluster {
    /// One of about a thousand, from 1.
    pub fine: u16,
    /// One of about a hundred, from 1.
    pub coarse: u8,
}

impl Clusters {
    /// Reads lines of word, fine and coarse cluster (both from 0), tabs between; hands back the faulty line.
    pub fn from_lines(lines: &str) -> Result<Self, String> {
        let mut words = BTreeMap::new();
        for line in lines.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let [word, fine, coarse] = parts.as_slice() else { return Err(line.to_owned()) };
            let (Ok(fine), Ok(coarse)) = (fine.parse::<u16>(), coarse.parse::<u8>()) else {
                return Err(line.to_owned());
            };
            words.insert(hash_lower(word) as u32, Cluster { fine: fine + 1, coarse: coarse + 1 });
        }
        Ok(Self::new(&words))
    }

    fn new(words: &BTreeMap<u32, Cluster>) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, Cluster::default()); size];
        for (&hash, &cluster) in words {
            let mut at = hash as usize & (size - 1);
            while slots[at].1.fine != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (hash, cluster);
        }
        Self { slots }
    }

    /// The clusters of the word with this lower-case hash.
    pub fn get(&self, hash: u64) -> Cluster {
        let Some(mask) = self.slots.len().checked_sub(1) else { return Cluster::default() };
        let hash = hash as u32;
        let mut at = hash as usize & mask;
        loop {
            let (found, cluster) = self.slots[at];
            if cluster.fine == 0 || found == hash {
                return cluster;
            }
            at = (at + 1) & mask;
        }
    }

    /// Appends the file form.
    pub fn write(&self, out: &mut Vec<u8>) {
        let words: BTreeMap<u32, Cluster> = self.slots.iter().filter(|s| s.1.fine != 0).copied().collect();
        push_number(out, words.len() as u64);
        let mut last = 0;
        for (hash, cluster) in words {
            push_number(out, u64::from(hash - last));
            last = hash;
            push_number(out, u64::from(cluster.fine));
            out.push(cluster.coarse);
        }
    }

    /// Reads the file form.
    pub fn read(fields: &mut Fields<'_>) -> Result<Self, LanguageError> {
        let mut words = BTreeMap::new();
        let mut hash = 0u64;
        for _ in 0..fields.count()? {
            hash += fields.number()?;
            let fine = fields.number()?;
            let coarse = fields.bytes(1)?[0];
            match (u32::try_from(hash), u16::try_from(fine)) {
                (Ok(hash), Ok(fine)) if fine > 0 => words.insert(hash, Cluster { fine, coarse }),
                _ => return Err(fields.fault("a word cluster is out of range")),
            };
        }
        Ok(Self::new(&words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_survive_the_file() {
        let clusters = Clusters::from_lines("oslo\t7\t1\nhavana\t7\t1\n1998\t0\t0\n").unwrap();
        let mut bytes = Vec::new();
        clusters.write(&mut bytes);
        let again = Clusters::read(&mut Fields::new("test", &bytes)).unwrap();
        assert_eq!(again.get(hash_lower("oslo")), Cluster { fine: 8, coarse: 2 });
        assert_eq!(again.get(hash_lower("bergen")), Cluster::default());
        assert!(Clusters::from_lines("oslo 7 1").is_err());
    }
}
