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

// Statistical tolerances. The seeds are fixed, so a check passes for ever or fails for
// ever; what is bounded is the chance, over all seeds there might have been, that a
// right answer fails. Each function says what it needs of the draws, which are
// independent throughout.

/// The chance that a right answer fails one statistical check.
pub const RISK: f64 = 1e-9;

/// A mean of `n` values in an interval of length `range`, by Hoeffding's inequality:
/// P\[|mean − E| ≥ d\] ≤ 2 exp(−2nd²/range²). A share of `n` cases has range 1.
pub fn of_bounded_mean(n: usize, range: f64) -> f64 {
    range * ((2.0 / RISK).ln() / (2.0 * n as f64)).sqrt()
}

/// A mean of `n` values of known `variance` that stay within `bound` of their mean, by
/// Bernstein's inequality: P ≤ 2 exp(−nd²/(2·variance + 2·bound·d/3)), solved for d.
/// Far less than [`of_bounded_mean`] where values are mostly small: rare events,
/// importance weights.
pub fn of_bounded_mean_with_variance(n: usize, variance: f64, bound: f64) -> f64 {
    let per_draw = (2.0 / RISK).ln() / n as f64;
    let linear = bound * per_draw / 3.0;
    linear + (linear * linear + 2.0 * variance * per_draw).sqrt()
}

/// A mean whose own standard deviation, σ/√n, is `standard_error`, where the mean is
/// normal: exactly, for normal values, or by the central limit theorem, for values
/// with light tails and n in the thousands. Some 6.1 standard errors.
pub fn of_normal_mean(standard_error: f64) -> f64 {
    standard_error * deviations(RISK)
}

/// A mean of `n` values of known `variance`, nothing else being known of them, by
/// Chebyshev's inequality: P\[|mean − E| ≥ d\] ≤ variance/(nd²). Wide: 30,000
/// standard errors.
pub fn of_any_mean(n: usize, variance: f64) -> f64 {
    (variance / (n as f64 * RISK)).sqrt()
}

/// A mean of `n` exponential variables of mean 1: it exceeds 1 + √(2t/n) + t/n, or falls
/// below 1 − √(2t/n), with a chance of at most e^(−t) each. Source: S. Boucheron,
/// G. Lugosi, P. Massart, "Concentration Inequalities" (2013), §2.4.
pub fn of_exponential_mean(n: usize) -> f64 {
    let per_draw = (2.0 / RISK).ln() / n as f64;
    (2.0 * per_draw).sqrt() + per_draw
}

/// The largest distance between the distribution function of `n` draws and their law's,
/// by the Dvoretzky–Kiefer–Wolfowitz inequality with Massart's constant:
/// P\[distance > d\] ≤ 2 exp(−2nd²).
pub fn of_distribution(n: usize) -> f64 {
    of_bounded_mean(n, 1.0)
}

/// The z that a standard normal variable exceeds in size with this probability.
pub fn deviations(risk: f64) -> f64 {
    use vdm::density::{Density, Gaussian};
    Gaussian::new(0.0, 1.0).and_then(|law| law.upper_quantile(risk / 2.0)).unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::{RISK, deviations, of_bounded_mean, of_bounded_mean_with_variance};

    /// P\[|heads/n − p| ≥ d\] for n tosses of a coin that shows heads with probability p.
    fn tails_of_a_coin(n: u32, p: f64, d: f64) -> f64 {
        let mut mass = (1.0 - p).powi(n.cast_signed());
        let mut outside = 0.0;
        for heads in 0..=n {
            if (f64::from(heads) / f64::from(n) - p).abs() >= d {
                outside += mass;
            }
            mass *= f64::from(n - heads) / f64::from(heads + 1) * p / (1.0 - p);
        }
        outside
    }

    #[test]
    fn tolerances_keep_their_risk_and_are_not_far_too_wide() {
        for p in [0.5, 0.2, 0.02] {
            let hoeffding = of_bounded_mean(500, 1.0);
            let bernstein = of_bounded_mean_with_variance(500, p * (1.0 - p), 1.0);
            for d in [hoeffding, bernstein] {
                assert!(tails_of_a_coin(500, p, d) <= RISK, "p = {p}, d = {d}");
            }
            // Half of the better one would fail a right answer far too often.
            let half = hoeffding.min(bernstein) / 2.0;
            assert!(tails_of_a_coin(500, p, half) > 100.0 * RISK, "p = {p}");
        }
        assert!((deviations(RISK) - 6.109).abs() < 1e-3);
        assert!((deviations(0.0455) - 2.0).abs() < 1e-3);
    }
}
