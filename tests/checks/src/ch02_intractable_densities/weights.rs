//! Log-weights and draws on which importance sampling, 2.3 to 2.5, is tried.

use crate::tolerance;
use proptest::strategy::Strategy;

/// Weights k/8, zeros among them, with a value each.
pub(super) fn weighted() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let draw = (0u32..=24, -20i32..=20).prop_map(|(w, h)| (f64::from(w) / 8.0, f64::from(h) / 4.0));
    proptest::collection::vec(draw, 2..8)
}

/// The same with a weight above 0 among them.
pub(super) fn with_weight() -> impl Strategy<Value = Vec<(f64, f64)>> {
    weighted().prop_filter("some weight", |draws| draws.iter().any(|(weight, _)| *weight > 0.0))
}

/// Log-weights and values, apart.
pub(super) fn apart(draws: &[(f64, f64)]) -> (Vec<f64>, Vec<f64>) {
    draws.iter().map(|(weight, value)| (weight.ln(), *value)).unzip()
}

/// exp(ln w) errs by ε|ln w| beside its rounding; log-weights here are below 8.
pub(super) fn near(values: &[f64]) -> f64 {
    tolerance::of_terms(values) + 8.0 * tolerance::EPS * values.iter().map(|x| x.abs()).sum::<f64>()
}

/// How far log-weights are moved: by nothing, and out of the range of exp on both sides.
pub(super) const MOVES: [f64; 5] = [0.0, -1e4, -800.0, 750.0, 1e4];

/// The weights of q to p instead of those of p to q.
pub(super) fn upside_down(ln_weights: &[f64]) -> Vec<f64> {
    ln_weights.iter().map(|ln| if ln.is_finite() { -ln } else { *ln }).collect()
}
