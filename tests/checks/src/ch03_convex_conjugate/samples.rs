//! What the exercises on sampled functions, 3.9 to 3.12, have in common.

use crate::check::{Broken, agree};
use crate::tolerance;
use proptest::strategy::Strategy;

/// Samples of a function: points that increase strictly, and values.
pub(super) type Samples = (Vec<f64>, Vec<f64>);

/// Small sets of samples with short decimals, ties and straight runs included.
pub(super) fn samples() -> impl Strategy<Value = Samples> {
    proptest::collection::vec((1i32..8, -16i32..16), 1..12).prop_map(|steps| {
        let mut u = -1.0;
        steps
            .into_iter()
            .map(|(step, value)| {
                u += f64::from(step) / 4.0;
                (u, f64::from(value) / 4.0)
            })
            .unzip()
    })
}

/// Two wells, f = ||u| − 1| at n + 1 equal steps from −2 to 2: f\*\* bridges the hill
/// between them at 0, which many samples belong to.
pub(super) fn two_wells(n: u32) -> Samples {
    let us: Vec<f64> = (0..=n).map(|k| -2.0 + 4.0 * f64::from(k) / f64::from(n)).collect();
    let fs = us.iter().map(|u| (u.abs() - 1.0).abs()).collect();
    (us, fs)
}

/// How many steps: from a handful to far more than the random samples have.
pub(super) const SIZES: [u32; 7] = [4, 8, 16, 64, 256, 1024, 4096];

/// max over the samples of t·u − f, by looking at each of them.
pub(super) fn brute_force(us: &[f64], fs: &[f64], t: f64) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for i in 0..us.len() {
        if t * us[i] - fs[i] > best {
            best = t * us[i] - fs[i];
        }
    }
    best
}

/// The rounding of t·u − f over all samples.
pub(super) fn rounding(us: &[f64], fs: &[f64], t: f64) -> f64 {
    us.iter().zip(fs).map(|(u, f)| tolerance::of_terms(&[t * u, *f])).fold(0.0, f64::max)
}

pub(super) fn shown((us, fs): &Samples) -> String {
    format!("us = {us:?}, fs = {fs:?}")
}

/// A vector's values one by one, after its length.
pub(super) fn agree_all(
    place: &str,
    expected: &[f64],
    found: &[f64],
    tolerance: f64,
) -> Result<f64, Box<Broken>> {
    if expected.len() != found.len() {
        let count = |values: &[f64]| format!("{} values", values.len());
        return Err(Broken::new(place, count(expected), count(found)));
    }
    let mut worst = 0.0f64;
    for (i, (due, got)) in expected.iter().zip(found).enumerate() {
        worst = worst.max(agree(format!("{place}, value {i}"), *due, *got, tolerance)?);
    }
    Ok(worst)
}
