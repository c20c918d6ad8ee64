//! An activation for divergences without a closed conjugate.
//!
//! Where f′ climbs from −∞ without a jump, u ↦ f′(u) maps (0, ∞) onto the interior
//! of dom f\*. So g_f(v) = f′(eᵛ) is an activation: the critic's raw output v is its
//! log-ratio, and f\*(g_f(v)) = u·f′(u) − f(u) at u = eᵛ needs no conjugate at all,
//! and does not round at the end of dom f\*.

use super::Divergence;
use crate::special::softplus;

/// Does f′ map (0, ∞) onto the interior of dom f\*?
///
/// Only a kink at 1 is looked for; the catalogue has no others.
fn ratio_covers_domain<D: Divergence + ?Sized>(f: &D) -> bool {
    f.slope_at_zero() == f64::NEG_INFINITY && f.slope_at_one().is_point()
}

/// f′(eᵛ) if that covers dom f\*, else the general activation.
pub(super) fn output_activation<D: Divergence + ?Sized>(f: &D, v: f64) -> f64 {
    if ratio_covers_domain(f) {
        return f.optimal_critic(v);
    }
    let end = f.conjugate_domain().high();
    if end.is_finite() { end - softplus(-v) } else { v }
}

/// f\* of [`output_activation`].
pub(super) fn conjugate_of_activation<D: Divergence + ?Sized>(f: &D, v: f64) -> f64 {
    if ratio_covers_domain(f) {
        f.conjugate_of_optimal_critic(v)
    } else {
        f.conjugate(output_activation(f, v))
    }
}
