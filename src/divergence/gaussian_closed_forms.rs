//! Divergences between two Gaussians that have a closed form.
//!
//! P = N(μp, σp²), Q = N(μq, σq²), Δ = μp − μq; values in nats. They are written
//! so that nearby laws lose no digits, and serve as an independent witness for
//! [`between`](super::between).

use crate::density::Gaussian;
use crate::special::ln_exp_remainder;
use libm::erf;
use std::f64::consts::SQRT_2;

/// log(a/b), to all digits where a and b are near each other and where they are not.
fn ln_ratio(a: f64, b: f64) -> f64 {
    if (0.5..2.0).contains(&(a / b)) { ((a - b) / b).ln_1p() } else { a.ln() - b.ln() }
}

/// Δ in units of `scale`, squared: Δ² itself may overflow.
fn square(p: &Gaussian, q: &Gaussian, scale: f64) -> f64 {
    (p.mean() / scale - q.mean() / scale).powi(2)
}

/// KL(P‖Q) = log(σq/σp) + (σp² + Δ²)/(2σq²) − ½.
///
/// With y = log(σp²/σq²) it is ½(e^y − 1 − y) + Δ²/(2σq²).
///
/// ```
/// use vdm::{density::Gaussian, divergence::gaussian_closed_forms::kl};
/// let (p, q) = (Gaussian::new(1.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
/// assert_eq!(kl(&p, &q), 0.5);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
pub fn kl(p: &Gaussian, q: &Gaussian) -> f64 {
    let (sp, sq) = (p.deviation(), q.deviation());
    ln_exp_remainder(2.0 * ln_ratio(sp, sq)).exp() / 2.0 + square(p, q, sq) / 2.0
}

/// Reverse KL: KL(Q‖P), the divergence of f(u) = −log u.
///
/// ```
/// use vdm::{density::Gaussian, divergence::gaussian_closed_forms::reverse_kl};
/// let (p, q) = (Gaussian::new(1.0, 2.0)?, Gaussian::new(0.0, 2.0)?);
/// assert_eq!(reverse_kl(&p, &q), 0.125);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
pub fn reverse_kl(p: &Gaussian, q: &Gaussian) -> f64 {
    kl(q, p)
}

/// ∫(√p − √q)² = 2 − 2·√(2σpσq/(σp² + σq²))·exp(−Δ²/(4(σp² + σq²))), in \[0, 2\].
///
/// ```
/// use vdm::{density::Gaussian, divergence::gaussian_closed_forms::squared_hellinger};
/// let (p, q) = (Gaussian::new(2.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
/// assert!((squared_hellinger(&p, &q) - 2.0 * (1.0 - (-0.5_f64).exp())).abs() < 1e-15);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
pub fn squared_hellinger(p: &Gaussian, q: &Gaussian) -> f64 {
    let (sp, sq) = (p.deviation(), q.deviation());
    let root = sp.hypot(sq);
    // 2σpσq/(σp² + σq²) = 1 − (σp − σq)²/(σp² + σq²): one form for each of the ends.
    let lost = ((sp - sq) / root).powi(2);
    let ln_overlap = if lost < 0.5 { (-lost).ln_1p() } else { (2.0 * (sp / root)).ln() + (sq / root).ln() };
    let ln_affinity = ln_overlap / 2.0 - square(p, q, root) / 4.0;
    -2.0 * ln_affinity.exp_m1()
}

/// Pearson's χ²(P‖Q) = ∫(p − q)²/q = σq²/(σp√(2σq² − σp²))·exp(Δ²/(2σq² − σp²)) − 1;
/// +∞ unless 2σq² > σp².
///
/// ```
/// use vdm::{density::Gaussian, divergence::gaussian_closed_forms::pearson_chi2};
/// let (wide, unit) = (Gaussian::new(0.0, 3.0)?, Gaussian::new(0.0, 1.0)?);
/// assert_eq!(pearson_chi2(&wide, &unit), f64::INFINITY);
/// assert!((pearson_chi2(&unit, &wide) - (9.0 / 17f64.sqrt() - 1.0)).abs() < 1e-15);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
pub fn pearson_chi2(p: &Gaussian, q: &Gaussian) -> f64 {
    let (sp, sq) = (p.deviation(), q.deviation());
    let ratio = sp / sq;
    let left = 2.0 - ratio * ratio;
    if left <= 0.0 {
        return f64::INFINITY;
    }
    // (σp/σq)²·(2 − (σp/σq)²) = 1 − d², with d = 1 − (σp/σq)²: one form for each end.
    let d = (sq - sp) / sq * ((sq + sp) / sq);
    let ln_volume = if d.abs() < 0.5 { (-d * d).ln_1p() } else { 2.0 * ln_ratio(sp, sq) + left.ln() };
    (-ln_volume / 2.0 + square(p, q, sq) / left).exp_m1()
}

/// Total variation ½∫|p − q| = 2Φ(|Δ|/(2σ)) − 1 for σp = σq = σ; `None` for
/// different deviations, where there is no such formula.
///
/// ```
/// use vdm::{density::Gaussian, divergence::gaussian_closed_forms::total_variation};
/// let (p, q) = (Gaussian::new(2.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
/// let within_one_deviation = 0.682_689_492_137_085_9;
/// assert!((total_variation(&p, &q).unwrap() - within_one_deviation).abs() < 1e-15);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
pub fn total_variation(p: &Gaussian, q: &Gaussian) -> Option<f64> {
    let (sp, sq) = (p.deviation(), q.deviation());
    (sp == sq).then(|| erf(square(p, q, sp).sqrt() / (2.0 * SQRT_2)))
}
