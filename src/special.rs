//! Elementary functions that stay accurate where the naive form overflows or
//! cancels.

use std::f64::consts::LN_2;

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

/// ln softplus(x) = ln log(1 + eˣ), also where softplus(x) underflows: there it
/// is x.
///
/// ```
/// use vdm::special::ln_softplus;
/// assert_eq!(ln_softplus(-1e4), -1e4);
/// assert!((ln_softplus(1.0) - 1.313_261_687_518_222_8_f64.ln()).abs() < 1e-15);
/// ```
pub fn ln_softplus(x: f64) -> f64 {
    // The difference to x is −eˣ/2, below the precision of x from here on.
    if x < -40.0 { x } else { softplus(x).ln() }
}

/// ln(1 − e⁻ˣ) for x ≥ 0: −∞ at 0, NaN below.
///
/// Mächler's switch at ln 2 between `exp_m1` and `ln_1p` keeps it accurate at both
/// ends. Source: M. Mächler, "Accurately computing log(1 − exp(−|a|))", 2012.
///
/// ```
/// use vdm::special::ln_one_minus_exp_neg;
/// assert!((ln_one_minus_exp_neg(1e-300) - 1e-300_f64.ln()).abs() < 1e-12);
/// assert_eq!(ln_one_minus_exp_neg(50.0), -(-50.0_f64).exp());
/// ```
pub fn ln_one_minus_exp_neg(x: f64) -> f64 {
    if x < LN_2 { (-(-x).exp_m1()).ln() } else { (-(-x).exp()).ln_1p() }
}

/// ln|eˣ − 1|, without overflow: −∞ at 0, x for large x, 0 for large −x.
///
/// ```
/// use vdm::special::ln_abs_exp_m1;
/// assert_eq!(ln_abs_exp_m1(1e4), 1e4);
/// assert!((ln_abs_exp_m1(-1e-8) - (1e-8_f64).ln()).abs() < 1e-8);
/// ```
pub fn ln_abs_exp_m1(x: f64) -> f64 {
    x.max(0.0) + ln_one_minus_exp_neg(x.abs())
}

/// ln(eˣ + eʸ), without overflow; −∞ stands for ln 0.
///
/// ```
/// use vdm::special::log_add_exp;
/// assert!((log_add_exp(1e4, 1e4) - (1e4 + 2.0_f64.ln())).abs() < 1e-11);
/// assert_eq!(log_add_exp(f64::NEG_INFINITY, f64::NEG_INFINITY), f64::NEG_INFINITY);
/// ```
pub fn log_add_exp(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    // Equal infinities have no difference.
    if high.is_infinite() { high } else { high + (low - high).exp().ln_1p() }
}

/// Is the slope dy₁/dx₁ below dy₂/dx₂, for steps dx₁, dx₂ > 0?
///
/// Without a division, dy₁·dx₂ < dy₂·dx₁, unless a product over- or underflows:
/// samples at 1e200 and at 1e-200 have slopes like others.
///
/// ```
/// use vdm::special::slope_is_less;
/// assert!(slope_is_less((3.0, 1.0), (2.0, 1.0)));
/// assert!(!slope_is_less((3.0, 1.0), (6.0, 2.0)));
/// assert!(slope_is_less((3e-200, 1e-200), (2e-200, 1e-200)));
/// ```
pub fn slope_is_less((dx1, dy1): (f64, f64), (dx2, dy2): (f64, f64)) -> bool {
    let (left, right) = (dy1 * dx2, dy2 * dx1);
    if left.is_normal() && right.is_normal() { left < right } else { dy1 / dx1 < dy2 / dx2 }
}

/// ln cosh x, without overflow and with full relative accuracy at 0, where it is
/// x²/2.
///
/// ```
/// use vdm::special::ln_cosh;
/// assert!((ln_cosh(1e-8) / 0.5e-16 - 1.0).abs() < 1e-14);
/// assert_eq!(ln_cosh(-1e4), 1e4 - 2.0_f64.ln());
/// ```
pub fn ln_cosh(x: f64) -> f64 {
    if x.abs() < 1.0 {
        // cosh² = 1 + sinh²
        let sinh = x.sinh();
        (sinh * sinh).ln_1p() / 2.0
    } else {
        x.abs() - LN_2 + (-2.0 * x.abs()).exp().ln_1p()
    }
}

/// ln(`rest` + `weight`·eˣ) for two positive weights that sum to 1: the logarithm of
/// a mixture of 1 and eˣ.
///
/// Both weights are given, so that neither is rounded twice. Accurate near x = 0,
/// where it is `weight`·x, for weights near 0 and 1, and far beyond the range of eˣ.
///
/// ```
/// use vdm::special::ln_mixture;
/// assert!((ln_mixture(0.75, 0.25, 1e-12) - 0.25e-12).abs() < 1e-24);
/// assert_eq!(ln_mixture(0.5, 0.5, 1e4), 1e4 - 2.0_f64.ln());
/// assert_eq!(ln_mixture(0.5, 0.5, -1e4), -2.0_f64.ln());
/// ```
pub fn ln_mixture(rest: f64, weight: f64, x: f64) -> f64 {
    if x > 600.0 {
        return log_add_exp(rest.ln(), weight.ln() + x);
    }
    let change = weight * x.exp_m1();
    if change.abs() < 0.5 { change.ln_1p() } else { (rest + weight * x.exp()).ln() }
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
        x * x / 2.0 * remainder_series(x)
    } else if x == f64::INFINITY {
        x
    } else {
        x.exp_m1() - x
    }
}

/// (eˣ − 1 − x)/(x²/2) = Σ 2·xᵏ/(k + 2)! for |x| < ½, where the first term left
/// out is below 1e-17 of the sum.
fn remainder_series(x: f64) -> f64 {
    (3..=16).rev().fold(1.0, |sum, k| 1.0 + sum * x / f64::from(k))
}

/// ln(eˣ − 1 − x), the logarithm of [`exp_remainder`], for x far beyond the range
/// of eˣ. −∞ at 0.
///
/// ```
/// use vdm::special::ln_exp_remainder;
/// assert!((ln_exp_remainder(1e-8) - (0.5e-16_f64).ln()).abs() < 1e-8);
/// assert_eq!(ln_exp_remainder(1e4), 1e4);
/// ```
pub fn ln_exp_remainder(x: f64) -> f64 {
    if x.abs() < 0.5 {
        2.0 * x.abs().ln() - LN_2 + remainder_series(x).ln()
    } else if x > 0.0 {
        x + ln_exp_remainder_scaled(x)
    } else {
        exp_remainder(x).ln()
    }
}

/// ln(e⁻ˣ(eˣ − 1 − x)) = ln(1 − (1 + x)e⁻ˣ): [`ln_exp_remainder`] without the x that
/// it grows by, so that a caller who has to take x away loses nothing.
///
/// ```
/// use vdm::special::ln_exp_remainder_scaled;
/// assert_eq!(ln_exp_remainder_scaled(1e4), 0.0);
/// assert!((ln_exp_remainder_scaled(-1e4) - (1e4 + 9_999.0_f64.ln())).abs() < 1e-11);
/// ```
pub fn ln_exp_remainder_scaled(x: f64) -> f64 {
    if x == f64::INFINITY {
        0.0
    } else if x < 0.5 {
        ln_exp_remainder(x) - x
    } else {
        (-(1.0 + x) * (-x).exp()).ln_1p()
    }
}

/// Wright's ω(x): the w > 0 with w + ln w = x, that is W(eˣ) with Lambert's W,
/// without the overflow of eˣ.
///
/// Relative error about (1 + |x|)·2⁻⁵² for x < 0, where ω(x) ≈ eˣ, and a few units
/// in the last place for x > 0. ω(−∞) = 0, ω(∞) = ∞.
///
/// Source: P. W. Lawrence, R. M. Corless, D. J. Jeffrey, "Algorithm 917: Complex
/// double-precision evaluation of the Wright ω function", ACM TOMS 38 (2012); the
/// iteration is that of Fritsch, Shafer and Crowley.
///
/// ```
/// use vdm::special::wright_omega;
/// assert_eq!(wright_omega(1.0), 1.0);
/// assert!((wright_omega(0.0) - 0.567_143_290_409_783_8).abs() < 1e-15);
/// assert!((wright_omega(1e4) - 9_990.790_580_994_251).abs() < 1e-9);
/// ```
pub fn wright_omega(x: f64) -> f64 {
    if x < -40.0 {
        // ω = eˣ(1 − eˣ + …)
        return x.exp();
    }
    if x > 1e9 {
        // ω = x − ln x + (ln x)/x + …, the next term being below the precision of x; the
        // rounds below would overflow for x beyond 1e150.
        return if x == f64::INFINITY { x } else { x - x.ln() + x.ln() / x };
    }
    let mut w = if x < -2.0 {
        x.exp()
    } else if x < 2.0 {
        (2.0 * (x - 1.0) / 3.0).exp()
    } else {
        x - x.ln()
    };
    // Each round quadruples the number of correct digits; two or three suffice.
    for _ in 0..4 {
        let residual = x - w - w.ln();
        let a = 1.0 + w;
        let b = 2.0 * a * (a + 2.0 * residual / 3.0);
        w *= 1.0 + residual / a * (b - residual) / (b - 2.0 * residual);
    }
    w
}
