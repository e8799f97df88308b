//! The float parts of the encoder. Each adds its terms in one fixed order, sixteen lanes side by side,
//! so that the compiler may use any vector width and the result stays the same bits.

/// Numbers handled side by side.
pub const LANES: usize = 16;

/// Sum of `f(x)` over a slice, lane by lane.
#[inline(always)]
fn sum_by(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += f(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += f(*x);
    }
    fold(lanes)
}

#[inline(always)]
fn fold(lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    let mut lanes = lanes;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Largest absolute value.
#[inline(always)]
pub fn largest(values: &[f32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            // no NaN comes here; a comparison is one instruction, `f32::max` several
            *lane = if x.abs() > *lane { x.abs() } else { *lane };
        }
    }
    lanes.iter().chain(rest).fold(0.0, |m, x| m.max(x.abs()))
}

/// Dot product.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for (x, y) in a_chunks.iter().zip(b_chunks) {
        for i in 0..LANES {
            lanes[i] += x[i] * y[i];
        }
    }
    for (lane, (x, y)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *lane += x * y;
    }
    fold(lanes)
}

/// `out += factor × values`.
#[inline(always)]
pub fn add_scaled(out: &mut [f32], factor: f32, values: &[f32]) {
    for (o, v) in out.iter_mut().zip(values) {
        *o += factor * v;
    }
}

/// Layer normalisation of a row in place.
#[inline(always)]
pub fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let length = row.len() as f32;
    let mean = sum_by(row, |x| x) / length;
    let variance = sum_by(row, |x| (x - mean) * (x - mean)) / length;
    let inverse = 1.0 / (variance + epsilon).sqrt();
    for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * inverse * w + b;
    }
}

/// Softmax of a row in place.
#[inline(always)]
pub fn softmax(row: &mut [f32]) {
    let highest = row.iter().fold(f32::NEG_INFINITY, |m, x| if *x > m { *x } else { m });
    for x in row.iter_mut() {
        *x = exp(*x - highest);
    }
    let total = sum_by(row, |x| x);
    let inverse = 1.0 / total;
    for x in row.iter_mut() {
        *x *= inverse;
    }
}

/// eˣ for x ≤ 88 to about 2 units in the last place: powers of two times a polynomial (Cephes' `expf`).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // adding and taking away 1.5 × 2^23 rounds to the nearest whole number
    let whole = (x * std::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0;
    let r = x - whole * 0.693_359_4;
    let r = r - whole * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let value = p * r * r + r + 1.0;
    value * f32::from_bits((((whole as i32) + 127) << 23) as u32)
}

/// GELU, x · ½(1 + erf(x/√2)), in place; erf by a rational function to 1e-6 (as in Eigen).
#[inline(always)]
pub fn gelu(values: &mut [f32]) {
    for x in values {
        *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
    }
}

#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let s = x * x;
    let mut p = -2.726_142e-10;
    p = p * s + 2.770_681_4e-8;
    p = p * s + -2.101_024e-6;
    p = p * s + -5.692_506e-5;
    p = p * s + -7.349_906e-4;
    p = p * s + -2.954_6e-3;
    p = p * s + -1.609_603_8e-2;
    let mut q = -1.456_607_2e-5;
    q = q * s + -2.133_740_6e-4;
    q = q * s + -1.682_827e-3;
    q = q * s + -7.373_329e-3;
    q = q * s + -1.426_474_7e-2;
    x * p / q
}

/// The largest number's index, the first among equals.
#[inline(always)]
pub fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in values.iter().enumerate() {
        if *v > values[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_close_to_the_exact_ones() {
        for i in -400..400 {
            let x = i as f32 / 50.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() < 1e-6 * exact.max(1.0), "exp {x}");
        }
        // erf(0.5), erf(1), erf(2) from tables
        for (x, value) in [(0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3), (-1.0, -0.842_700_8)] {
            assert!((erf(x) - value).abs() < 1e-5, "erf {x}");
        }
        let mut row = [1.0, 2.0, 3.0];
        softmax(&mut row);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6 && row[2] > row[1]);
    }
}
