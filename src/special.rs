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

/// eˣ − 1 − x ≥ 0: what the tangent at 0 leaves of eˣ.
///
/// Accurate for x near 0 too, where it is ≈ x²/2, a difference of nearly equal
/// numbers.
///
/// ```
/// use vdm::special::exp_remainder;
/// assert_eq!(exp_remainder(0.0), 0.0);
/// assert!((exp_remainder(1e-8) / 0.5e-16 - 1.0).abs() < 1e-8);
/// ```
pub fn exp_remainder(x: f64) -> f64 {
    if x.abs() < 0.5 {
        // x²/2 · Σ 2·xᵏ/(k + 2)!; the first term left out is below 1e-17 of the sum.
        x * x / 2.0 * (3..=16).rev().fold(1.0, |sum, k| 1.0 + sum * x / f64::from(k))
    } else if x == f64::INFINITY {
        x
    } else {
        x.exp_m1() - x
    }
}

/// ln(eˣ − 1 − x), the logarithm of [`exp_remainder`], for x far beyond the range
/// of eˣ. −∞ at 0.
///
/// ```
/// use vdm::special::ln_exp_remainder;
/// assert_eq!(ln_exp_remainder(1e4), 1e4);
/// ```
pub fn ln_exp_remainder(x: f64) -> f64 {
    if x > 1.0 { x + (-(1.0 + x) * (-x).exp()).ln_1p() } else { exp_remainder(x).ln() }
}
