//! The integer dot products, by the widest instructions the processor has.
//!
//! The only `unsafe` code of the crate. Each kernel asserts in safe code that its slices are as long as
//! its pointer arithmetic assumes, and runs only after the processor was asked for the instructions.

use super::gemm::{GROUP, PANEL};

/// A way of computing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simd {
    /// AVX-512 with VNNI: 64 products an instruction.
    Avx512Vnni,
    /// AVX2: 16 products an instruction.
    Avx2,
    /// Plain loops.
    Portable,
}

/// Writes a function that is compiled once for each way and takes the way as its first argument.
///
/// The order of its float operations stays that of the source, so the results are the same bits on every way.
macro_rules! for_each_way {
    ($(#[$note:meta])* fn $name:ident($($arg:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$note])*
        #[allow(clippy::too_many_arguments)]
        fn $name(simd: $crate::language::neural::simd::Simd, $($arg: $kind),*) {
            #[inline(always)]
            fn plain($($arg: $kind),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512vnni")]
            fn avx512($($arg: $kind),*) {
                plain($($arg),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($arg: $kind),*) {
                plain($($arg),*);
            }
            match simd {
                // SAFETY: `available` and `best` give this variant only where the processor has the instructions.
                #[cfg(target_arch = "x86_64")]
                $crate::language::neural::simd::Simd::Avx512Vnni => unsafe { avx512($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::language::neural::simd::Simd::Avx2 => unsafe { avx2($($arg),*) },
                _ => plain($($arg),*),
            }
        }
    };
}
pub(super) use for_each_way;

impl Default for Simd {
    /// The fastest way this processor has.
    fn default() -> Self {
        Self::available().first().copied().unwrap_or(Self::Portable)
    }
}

impl Simd {
    /// Every way this processor has, fastest first.
    pub fn available() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
                all.push(Self::Avx512Vnni);
            }
            if is_x86_feature_detected!("avx2") {
                all.push(Self::Avx2);
            }
        }
        all.push(Self::Portable);
        all
    }

    /// `sums[r][o] = Σᵢ rows[r][i] × packed[o][i]` over rows of unsigned bytes and a packed matrix
    /// of signed bytes. Every sum is written, whatever stood there.
    ///
    /// # Panics
    /// If the slices do not fit the shape.
    pub fn dot(self, rows: &[u8], packed: &[i8], inputs: usize, outputs: usize, sums: &mut [i32]) {
        assert!(inputs > 0 && inputs.is_multiple_of(GROUP) && outputs.is_multiple_of(PANEL));
        let count = rows.len() / inputs;
        assert_eq!(rows.len(), count * inputs);
        assert_eq!(packed.len(), outputs * inputs);
        assert_eq!(sums.len(), count * outputs);
        for (panel, weights) in packed.chunks_exact(PANEL * inputs).enumerate() {
            match self {
                // SAFETY: `available` and `default` give this variant only where the processor has the
                // instructions; the shapes were asserted above.
                #[cfg(target_arch = "x86_64")]
                Self::Avx512Vnni => unsafe { x86::panel_avx512(rows, weights, inputs, outputs, panel, sums) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Self::Avx2 => unsafe { x86::panel_avx2(rows, weights, inputs, outputs, panel, sums) },
                _ => panel_portable(rows, weights, inputs, outputs, panel, sums),
            }
        }
    }
}

fn panel_portable(
    rows: &[u8],
    weights: &[i8],
    inputs: usize,
    outputs: usize,
    panel: usize,
    sums: &mut [i32],
) {
    for (row, out) in rows.chunks_exact(inputs).zip(sums.chunks_exact_mut(outputs)) {
        let out = &mut out[panel * PANEL..][..PANEL];
        out.fill(0);
        for (group, block) in row.chunks_exact(GROUP).zip(weights.chunks_exact(PANEL * GROUP)) {
            for (sum, four) in out.iter_mut().zip(block.chunks_exact(GROUP)) {
                *sum += group.iter().zip(four).map(|(a, w)| i32::from(*a) * i32::from(*w)).sum::<i32>();
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{GROUP, PANEL};
    use std::arch::x86_64::*;

    /// Rows computed together: 6 × 4 sums fill 24 of the 32 registers.
    const TILE: usize = 6;

    /// One panel of 64 outputs for all rows.
    ///
    /// # Safety
    /// The processor has AVX-512F and AVX-512 VNNI; `rows` holds whole rows of `inputs` bytes, `weights`
    /// `PANEL × inputs` bytes, `sums` `outputs` numbers a row, and `(panel + 1) × PANEL ≤ outputs`.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub unsafe fn panel_avx512(
        rows: &[u8],
        weights: &[i8],
        inputs: usize,
        outputs: usize,
        panel: usize,
        sums: &mut [i32],
    ) {
        let count = rows.len() / inputs;
        let mut row = 0;
        while row < count {
            let tile = TILE.min(count - row);
            // SAFETY: rows `row..row + tile` exist; see the function's contract.
            unsafe {
                let input = rows.as_ptr().add(row * inputs);
                let out = sums.as_mut_ptr().add(row * outputs + panel * PANEL);
                match tile {
                    6 => tile_avx512::<6>(input, weights.as_ptr(), inputs, outputs, out),
                    5 => tile_avx512::<5>(input, weights.as_ptr(), inputs, outputs, out),
                    4 => tile_avx512::<4>(input, weights.as_ptr(), inputs, outputs, out),
                    3 => tile_avx512::<3>(input, weights.as_ptr(), inputs, outputs, out),
                    2 => tile_avx512::<2>(input, weights.as_ptr(), inputs, outputs, out),
                    _ => tile_avx512::<1>(input, weights.as_ptr(), inputs, outputs, out),
                }
            }
            row += tile;
        }
    }

    /// `R` rows by 64 outputs.
    ///
    /// # Safety
    /// `input` points to `R` rows of `inputs` bytes, `weights` to `PANEL × inputs` bytes, `out` to `R` rows of
    /// 64 numbers that lie `outputs` numbers apart; the processor has the instructions.
    #[target_feature(enable = "avx512f,avx512vnni")]
    unsafe fn tile_avx512<const R: usize>(
        input: *const u8,
        weights: *const i8,
        inputs: usize,
        outputs: usize,
        out: *mut i32,
    ) {
        // SAFETY: every offset below stays inside the stretches named in the contract.
        unsafe {
            let mut sums = [[_mm512_setzero_si512(); 4]; R];
            for group in 0..inputs / GROUP {
                let block = weights.add(group * PANEL * GROUP);
                let columns = [
                    _mm512_loadu_si512(block.cast()),
                    _mm512_loadu_si512(block.add(64).cast()),
                    _mm512_loadu_si512(block.add(128).cast()),
                    _mm512_loadu_si512(block.add(192).cast()),
                ];
                for (r, sum) in sums.iter_mut().enumerate() {
                    let four = input.add(r * inputs + group * GROUP).cast::<i32>().read_unaligned();
                    let four = _mm512_set1_epi32(four);
                    for (s, column) in sum.iter_mut().zip(columns) {
                        *s = _mm512_dpbusd_epi32(*s, four, column);
                    }
                }
            }
            for (r, sum) in sums.iter().enumerate() {
                for (c, s) in sum.iter().enumerate() {
                    _mm512_storeu_si512(out.add(r * outputs + c * 16).cast(), *s);
                }
            }
        }
    }

    /// One panel of 64 outputs for all rows. Products go through 16 bits, where two of them cannot overflow
    /// the 32-bit sum.
    ///
    /// # Safety
    /// As [`panel_avx512`], with AVX2.
    #[target_feature(enable = "avx2")]
    pub unsafe fn panel_avx2(
        rows: &[u8],
        weights: &[i8],
        inputs: usize,
        outputs: usize,
        panel: usize,
        sums: &mut [i32],
    ) {
        // SAFETY: every offset below stays inside the slices, whose lengths the caller asserted.
        unsafe {
            for row in 0..rows.len() / inputs {
                for eight in 0..PANEL / 8 {
                    let mut low = _mm256_setzero_si256();
                    let mut high = _mm256_setzero_si256();
                    for group in 0..inputs / GROUP {
                        let four =
                            rows.as_ptr().add(row * inputs + group * GROUP).cast::<i32>().read_unaligned();
                        let wide = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
                        let block = weights.as_ptr().add(group * PANEL * GROUP + eight * 32);
                        let first = _mm256_cvtepi8_epi16(_mm_loadu_si128(block.cast()));
                        let second = _mm256_cvtepi8_epi16(_mm_loadu_si128(block.add(16).cast()));
                        low = _mm256_add_epi32(low, _mm256_madd_epi16(wide, first));
                        high = _mm256_add_epi32(high, _mm256_madd_epi16(wide, second));
                    }
                    // neighbouring pairs belong to one output
                    let pairs = _mm256_hadd_epi32(low, high);
                    let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                    let out = sums.as_mut_ptr().add(row * outputs + panel * PANEL + eight * 8);
                    _mm256_storeu_si256(out.cast(), ordered);
                }
            }
        }
    }
}
