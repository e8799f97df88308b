//! Words and feature templates in, 32-bit feature keys out.
//!
//! A feature is known by its hash alone; with some million features in use among 2³² keys, a chance meeting is
//! too rare to matter.

use super::clusters::Clusters;

/// Stands for a word beyond the sentence's ends.
pub const OUTSIDE: u64 = 7;

/// What the templates see of a word: hashes of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Lower case, digits as 0.
    pub lower: u64,
    /// As written.
    pub form: u64,
    /// First three characters, lower case.
    pub prefix: u64,
    /// Last one to four characters, lower case.
    pub suffix: [u64; 4],
    /// Capitals, small letters, digits and signs, runs shortened to one.
    pub shape: u64,
    /// Fine cluster.
    pub fine: u64,
    /// Coarse cluster.
    pub coarse: u64,
}

impl Word {
    /// The word beyond the ends.
    pub const EDGE: Self = Self {
        lower: OUTSIDE,
        form: OUTSIDE,
        prefix: OUTSIDE,
        suffix: [OUTSIDE; 4],
        shape: OUTSIDE,
        fine: u64::MAX,
        coarse: u64::MAX,
    };

    /// Describes a word; `scratch` only saves allocations.
    pub fn new(text: &str, clusters: &Clusters, scratch: &mut String) -> Self {
        scratch.clear();
        if text.is_ascii() {
            scratch.push_str(text);
            scratch.make_ascii_lowercase();
        } else {
            scratch.extend(text.chars().flat_map(char::to_lowercase));
        }
        let lower = scratch.as_str();
        // Byte positions at which the last one to four and the first three characters end.
        let mut cuts = [0usize; 4];
        for (cut, (at, _)) in cuts.iter_mut().zip(lower.char_indices().rev()) {
            *cut = at;
        }
        let third = lower.char_indices().nth(3).map_or(lower.len(), |(at, _)| at);
        let hash = hash_lower(lower);
        let cluster = clusters.get(hash);
        Self {
            lower: hash,
            form: hash_bytes(text.bytes()),
            prefix: hash_bytes(lower[..third].bytes()),
            suffix: cuts.map(|at| hash_bytes(lower[at..].bytes())),
            shape: shape(text),
            fine: u64::from(cluster.fine),
            coarse: u64::from(cluster.coarse),
        }
    }
}

/// Hash of a lower-case word, digits as 0.
pub fn hash_lower(lower: &str) -> u64 {
    hash_bytes(lower.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b }))
}

/// The key of a template filled with some values.
#[inline]
pub fn key<const N: usize>(template: u64, values: [u64; N]) -> u32 {
    let mut x = template.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x51ED;
    for value in values {
        x = (x ^ value).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        x ^= x >> 32;
    }
    (x.wrapping_mul(0xC4CE_B9FE_1A85_EC53) >> 32) as u32
}

/// FNV-1a.
fn hash_bytes(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |x, b| (x ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
}

fn shape(text: &str) -> u64 {
    let mut last = '\0';
    let kinds = text.chars().filter_map(move |c| {
        let kind = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        let fresh = kind != last;
        last = kind;
        fresh.then_some(kind)
    });
    kinds.fold(0x9E37_79B9, |x, c| (x ^ u64::from(u32::from(c))).wrapping_mul(0x100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(s: &str) -> Word {
        Word::new(s, &Clusters::default(), &mut String::new())
    }

    #[test]
    fn case_and_digits_are_folded_where_they_should_be() {
        assert_eq!(word("Berlin").lower, word("BERLIN").lower);
        assert_ne!(word("Berlin").form, word("BERLIN").form);
        assert_eq!(word("1998").lower, word("2004").lower);
        assert_eq!(word("Çelik").suffix[1], word("melik").suffix[1]);
        assert_eq!(word("Xavier").shape, word("Yi").shape);
    }
}
