//! Elementary functions that stay accurate where the naive form overflows or
//! cancels.

/// log(1 + eˣ), without overflow.
///
/// ```
/// use vdm::special::softplus;
/// assert_eq!(softplus(1e4), 1e4);
/// assert!(softplus(-700.0) > 0.0);
/// ```
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// ln(eˣ − 1 − x): the logarithm of what the tangent at 0 leaves of eˣ. −∞ at 0.
///
/// Accurate for x near 0, where eˣ − 1 − x ≈ x²/2 is a difference of nearly equal
/// numbers, and for x far beyond the range of eˣ.
///
/// ```
/// use vdm::special::ln_exp_remainder;
/// assert!((ln_exp_remainder(1e-8) - (0.5e-16_f64).ln()).abs() < 1e-8);
/// assert_eq!(ln_exp_remainder(1e4), 1e4);
/// ```
pub fn ln_exp_remainder(x: f64) -> f64 {
    if x.abs() < 0.5 {
        // Σ xᵏ/k! from k = 2; the first term left out is below 1e-17 of the sum.
        let series = (3..=16).rev().fold(1.0, |sum, k| 1.0 + sum * x / f64::from(k));
        (x * x / 2.0 * series).ln()
    } else if x > 0.0 {
        x + (-(1.0 + x) * (-x).exp()).ln_1p()
    } else {
        (x.exp() - 1.0 - x).ln()
    }
}
