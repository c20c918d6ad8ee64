//! Laws on two points, on which a formula is a sum of two terms.

/// Two laws on two points, by the probability of the first.
pub(super) type Two = (f64, f64);

/// Σ of a function of p and q over the two points.
pub(super) fn over_two((p, q): Two, term: impl Fn(f64, f64) -> f64) -> f64 {
    term(p, q) + term(1.0 - p, 1.0 - q)
}
