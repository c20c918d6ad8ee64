//! Where random cases come from: one function a kind of value.
//!
//! Values are drawn as integers and then scaled: integers shrink well, so that a
//! counterexample ends as a short number that a reader can follow by hand.

use proptest::prelude::*;
use vdm::density::{Finite, Gaussian};

/// Slopes and other reals: mostly quarters in [−8, 8], some up to ±`reach`.
pub fn reals(reach: f64) -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (-32i32..=32).prop_map(|k| f64::from(k) / 4.0),
        2 => (-10_000i32..=10_000).prop_map(|k| f64::from(k) / 1000.0),
        1 => (-10_000i32..=10_000).prop_map(move |k| f64::from(k) / 10_000.0 * reach),
    ]
}

/// Ratios u > 0: small round ones, and all magnitudes from 1e-300 to 1e300.
pub fn ratios() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (1i32..=32).prop_map(|k| f64::from(k) / 8.0),
        2 => (-6907i32..=6907).prop_map(|k| (f64::from(k) / 10.0).exp()),
        1 => (-3000i32..=3000).prop_map(|k| (f64::from(k) / 1000.0).exp()),
    ]
}

/// Two laws on the same two to five points, with zeros, from small integer weights.
pub fn finite_pairs() -> impl Strategy<Value = (Finite, Finite)> {
    let weights = |n| proptest::collection::vec(0u32..7, n);
    (2usize..=5)
        .prop_flat_map(move |n| (weights(n), weights(n)))
        .prop_filter_map("a law needs some mass", |(p, q)| Some((normalised(&p)?, normalised(&q)?)))
}

/// The law proportional to `weights`, unless they are all 0.
fn normalised(weights: &[u32]) -> Option<Finite> {
    let total: u32 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|w| f64::from(*w) / f64::from(total)).collect();
    Finite::new(&shares).ok()
}

/// A Gaussian with a mean in [−3, 3] and a deviation in [¼, 4].
pub fn gaussians() -> impl Strategy<Value = Gaussian> {
    (-12i32..=12, 1i32..=16).prop_filter_map("a Gaussian needs a deviation", |(mean, deviation)| {
        Gaussian::new(f64::from(mean) / 4.0, f64::from(deviation) / 4.0).ok()
    })
}
