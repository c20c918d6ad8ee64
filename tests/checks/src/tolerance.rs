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

/// The risk that a statistical check refuses what is right. Seeds are fixed, so it is
/// taken once, when a check is written, and never again.
pub const RISK: f64 = 1e-9;

/// How far the empirical distribution function of `n` independent samples may lie from
/// the true one, anywhere, but for [`RISK`]: P\[sup |F_n − F| > ε\] ≤ 2·e^{−2nε²} (Dvoretzky,
/// Kiefer and Wolfowitz, with Massart's constant).
pub fn kolmogorov(n: usize) -> f64 {
    ((2.0 / RISK).ln() / (2.0 * n as f64)).sqrt()
}
