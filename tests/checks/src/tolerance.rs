//! Every tolerance of the checks, each with where it comes from.
//!
//! A tolerance is the rounding of the operations it covers times the size of what
//! they work on, never a round number chosen until the tests were green.

/// The unit of rounding of f64: each operation errs by at most half of this,
/// relatively.
pub const EPS: f64 = f64::EPSILON;

/// A short formula: some sixteen operations and library calls, each right to
/// within one unit of rounding.
pub const FORMULA: f64 = 16.0 * EPS;

/// Outputs of two implementations that make the same mistake: they differ by
/// rounding only, while two mistakes differ by far more on the probe inputs.
pub const SAME_MISTAKE: f64 = 1e-9;

/// How many standard errors an estimate from random draws may be off: a right one is
/// further off in one case of 1.7 million, and seeds are fixed.
pub const STANDARD_ERRORS: f64 = 5.0;

/// For `t·u − f(u)` and its like: a short formula whose terms have the given
/// sizes. What cancels between them cannot be asked for.
pub fn of_terms(terms: &[f64]) -> f64 {
    FORMULA * terms.iter().map(|term| term.abs()).filter(|term| term.is_finite()).sum::<f64>()
}

/// For f\*(t) at a slope t that is itself rounded: (f\*)′ = u, so an error ε·|t|
/// in t moves the value by ε·|t|·u; and a power e^{a·log b} errs by ε times its own
/// logarithm, relatively.
pub fn of_conjugate(t: f64, u: f64, value: f64) -> f64 {
    of_terms(&[t * u, value, value * value.abs().ln(), 1.0])
}
