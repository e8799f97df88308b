//! The sketch of a text, by which the graph half tells near copies without seeing it. (Exact copies are told by
//! [`text_digest`](crate::ontology::text_digest).)

/// Length of a sketch.
const PERMUTATIONS: usize = 64;
/// Words in a shingle.
const SHINGLE: usize = 4;

/// MinHash signature over shingles of four lower-cased words (Broder 1997): the share of equal
/// positions of two sketches estimates the share of shingles the texts have in common. Empty for
/// texts of fewer than 20 words.
pub fn sketch(text: &str) -> Vec<u32> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if words.len() < 20 {
        return Vec::new();
    }
    let mut minima = vec![u32::MAX; PERMUTATIONS];
    for shingle in words.windows(SHINGLE) {
        let mut hash = Fnv::default();
        for word in shingle {
            hash.write(word.as_bytes());
            hash.write(b" ");
        }
        for (k, minimum) in minima.iter_mut().enumerate() {
            *minimum = (*minimum).min(mix(hash.0, k as u64));
        }
    }
    minima
}

/// SplitMix64's finaliser, seeded by the permutation's number.
fn mix(value: u64, seed: u64) -> u32 {
    let mut z = value ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z >> 33) as u32
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_copies_share_most_of_the_sketch() {
        let words: Vec<String> = (0..200).map(|i| format!("word{i}")).collect();
        let mut changed = words.clone();
        changed[100] = "other".to_owned();
        let (a, b) = (sketch(&words.join(" ")), sketch(&changed.join(" ")));
        let same = a.iter().zip(&b).filter(|(x, y)| x == y).count();
        assert!(same > 50, "{same}");
        let far = sketch(&(0..200).map(|i| format!("else{i}")).collect::<Vec<_>>().join(" "));
        assert!(a.iter().zip(&far).filter(|(x, y)| x == y).count() < 10);
    }
}
