//! Hashes that are the same on every machine and in every release, for ids.

/// FNV-1a over 64 bits, finished by a mixing step so that near inputs give far ids.
#[derive(Debug, Clone, Copy)]
pub(super) struct StableHash(u64);

impl StableHash {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in the words and a mark that they end, so that `ab`+`c` differs from `a`+`bc`.
    pub fn text(mut self, text: &str) -> Self {
        for byte in text.bytes() {
            self.byte(byte);
        }
        self.byte(0xff);
        self
    }

    pub fn number(mut self, number: u64) -> Self {
        for byte in number.to_le_bytes() {
            self.byte(byte);
        }
        self
    }

    pub fn finish(self) -> u64 {
        let mut x = self.0;
        x ^= x >> 33;
        x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
        x ^= x >> 33;
        x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        x ^ (x >> 33)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_count() {
        let hash = |a: &str, b: &str| StableHash::new().text(a).text(b).finish();
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
    }

    #[test]
    fn the_value_never_changes() {
        assert_eq!(StableHash::new().text("whom").number(7).finish(), 0xaed8_2ff3_d3c6_10c2);
    }
}
