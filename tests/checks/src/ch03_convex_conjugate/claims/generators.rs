//! The generators of the page, straight from their definitions: on u ≥ 0, closed
//! at 0, +∞ below.

/// +∞ for u < 0, the value at 0, and a formula for u > 0.
fn on_ratios(u: f64, at_zero: f64, formula: impl Fn(f64) -> f64) -> f64 {
    match u {
        u if u < 0.0 => f64::INFINITY,
        0.0 => at_zero,
        u => formula(u),
    }
}

/// KL: u log u.
pub(super) fn kl(u: f64) -> f64 {
    on_ratios(u, 0.0, |u| u * u.ln())
}

/// Reverse KL: −log u.
pub(super) fn reverse_kl(u: f64) -> f64 {
    on_ratios(u, f64::INFINITY, |u| -u.ln())
}

/// Total variation: ½|u − 1|.
pub(super) fn total_variation(u: f64) -> f64 {
    on_ratios(u, 0.5, |u| 0.5 * (u - 1.0).abs())
}

/// Pearson: (u − 1)².
pub(super) fn pearson(u: f64) -> f64 {
    on_ratios(u, 1.0, |u| (u - 1.0).powi(2))
}

/// Neyman: (1 − u)²/u.
pub(super) fn neyman(u: f64) -> f64 {
    on_ratios(u, f64::INFINITY, |u| (1.0 - u).powi(2) / u)
}

/// GAN: u log u − (u + 1) log(u + 1), with u log u − u log(u + 1) taken together so
/// that nothing cancels at large u.
pub(super) fn gan(u: f64) -> f64 {
    on_ratios(u, 0.0, |u| -u * (1.0 / u).ln_1p() - u.ln_1p())
}

/// max(u − 2, 0): convex and closed, with a flat piece that holds u = 1.
pub(super) fn hinge(u: f64) -> f64 {
    on_ratios(u, 0.0, |u| (u - 2.0).max(0.0))
}

/// 0 for u > 0 and 1 at u = 0: convex and proper, but not closed.
pub(super) fn not_closed(u: f64) -> f64 {
    on_ratios(u, 1.0, |_| 0.0)
}

/// min(|u − ½|, |u − 3⁄2|): two wells, closed and proper, but not convex.
pub(super) fn two_wells(u: f64) -> f64 {
    on_ratios(u, 0.5, |u| (u - 0.5).abs().min((u - 1.5).abs()))
}
