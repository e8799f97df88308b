//! Matrices of 8-bit integers, packed for the dot-product instructions, and their product with rows of
//! activations.
//!
//! The sums are exact integers, so every path (see [`super::simd`]) gives the same result.

use super::kernels::largest;
use super::simd::{Simd, for_each_way};

/// Outputs computed together.
pub const PANEL: usize = 64;
/// Inputs multiplied by one instruction.
pub const GROUP: usize = 4;

/// A weight matrix `[outputs, inputs]`, cut into panels of 64 outputs; inside a panel, groups of four
/// inputs; inside a group, the four weights of each output side by side.
#[derive(Debug)]
pub struct PackedMatrix {
    packed: Vec<i8>,
    /// Scale of each output.
    scales: Vec<f32>,
    /// 128 times the sum of each output's weights: activations are stored with 128 added.
    offsets: Vec<i32>,
    inputs: usize,
    outputs: usize,
}

/// Rows of activations rounded to 8 bits, each with its scale: value = (byte − 128) × scale.
#[derive(Debug, Default)]
pub struct Activations {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    width: usize,
}

impl PackedMatrix {
    /// Packs a matrix given row by row. `None` unless inputs are a multiple of 4 and outputs of 64.
    pub fn new(rows: &[i8], scales: Vec<f32>, inputs: usize) -> Option<Self> {
        let outputs = scales.len();
        if inputs == 0
            || !inputs.is_multiple_of(GROUP)
            || !outputs.is_multiple_of(PANEL)
            || rows.len() != inputs * outputs
        {
            return None;
        }
        let mut packed = Vec::with_capacity(rows.len());
        for panel in (0..outputs).step_by(PANEL) {
            for group in (0..inputs).step_by(GROUP) {
                for output in panel..panel + PANEL {
                    packed.extend_from_slice(&rows[output * inputs + group..][..GROUP]);
                }
            }
        }
        let offsets = rows
            .chunks_exact(inputs)
            .map(|row| 128 * row.iter().map(|w| i32::from(*w)).sum::<i32>())
            .collect();
        Some(Self { packed, scales, offsets, inputs, outputs })
    }

    /// How many numbers come out for a row.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `out[r][o] = Σ weight[o][i] × activation[r][i] + bias[o]` for all rows; `out` takes their number.
    pub fn multiply(
        &self,
        input: &Activations,
        bias: &[f32],
        simd: Simd,
        sums: &mut Vec<i32>,
        out: &mut Vec<f32>,
    ) {
        debug_assert_eq!(input.width, self.inputs);
        let rows = input.scales.len();
        // Every place is written below: only growth needs filling.
        sums.resize(rows * self.outputs, 0);
        simd.dot(&input.bytes, &self.packed, self.inputs, self.outputs, sums);
        out.resize(rows * self.outputs, 0.0);
        scale(simd, sums, &input.scales, self, bias, out);
    }
}

impl Activations {
    /// Rounds rows of the given width: one scale a row, its largest absolute value over 127.
    pub fn round(&mut self, rows: &[f32], width: usize, simd: Simd) {
        self.width = width;
        self.bytes.clear();
        self.bytes.resize(rows.len(), 0);
        self.scales.clear();
        self.scales.resize(rows.len() / width, 1.0);
        round_rows(simd, rows, width, &mut self.bytes, &mut self.scales);
    }
}

for_each_way! {
    /// Sums become numbers.
    fn scale(sums: &[i32], scales: &[f32], matrix: &PackedMatrix, bias: &[f32], out: &mut [f32]) {
        let places = out.chunks_exact_mut(matrix.outputs);
        for ((row, &scale), place) in sums.chunks_exact(matrix.outputs).zip(scales).zip(places) {
            let terms = row.iter().zip(&matrix.offsets).zip(&matrix.scales).zip(bias).zip(place);
            for ((((sum, offset), weight), bias), x) in terms {
                *x = (sum - offset) as f32 * (weight * scale) + bias;
            }
        }
    }
}

for_each_way! {
    /// Numbers become bytes and a scale a row.
    fn round_rows(rows: &[f32], width: usize, bytes: &mut [u8], scales: &mut [f32]) {
        let places = bytes.chunks_exact_mut(width).zip(scales);
        for (row, (bytes, place)) in rows.chunks_exact(width).zip(places) {
            let largest = largest(row);
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            let inverse = 1.0 / scale;
            // adding 1.5 × 2^23 rounds to the nearest whole number (ties to even) in the low bits
            for (byte, x) in bytes.iter_mut().zip(row) {
                *byte = ((x * inverse + 12_582_912.0).to_bits() as u8).wrapping_add(128);
            }
            *place = scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small reproducible stream of numbers in −1…1.
    fn numbers(count: usize, mut seed: u32) -> Vec<f32> {
        (0..count)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect()
    }

    #[test]
    fn every_path_gives_the_same_bits_and_the_right_product() {
        let (inputs, outputs, rows) = (384, 128, 7);
        let weights: Vec<i8> = numbers(inputs * outputs, 1).iter().map(|x| (x * 127.0) as i8).collect();
        let scales = numbers(outputs, 2).iter().map(|x| x.abs() + 0.1).collect::<Vec<_>>();
        let matrix = PackedMatrix::new(&weights, scales.clone(), inputs).expect("fits");
        let values = numbers(inputs * rows, 3);
        let mut input = Activations::default();
        input.round(&values, inputs, Simd::Portable);
        let bias = numbers(outputs, 4);
        let (mut sums, mut first) = (Vec::new(), Vec::new());
        matrix.multiply(&input, &bias, Simd::Portable, &mut sums, &mut first);
        for simd in Simd::available() {
            let mut other = Vec::new();
            matrix.multiply(&input, &bias, simd, &mut sums, &mut other);
            assert_eq!(first, other, "{simd:?}");
        }
        for r in 0..rows {
            for o in 0..outputs {
                let exact: f32 = (0..inputs)
                    .map(|i| values[r * inputs + i] * f32::from(weights[o * inputs + i]) * scales[o])
                    .sum::<f32>()
                    + bias[o];
                assert!((first[r * outputs + o] - exact).abs() < 20.0, "{} {exact}", first[r * outputs + o]);
            }
        }
    }
}
