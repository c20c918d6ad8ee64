//! Losses without a formula of their own: `vdm`'s numbers, made differentiable.
//!
//! An adjoint or a symmetrised divergence has in general no closed conjugate. Its
//! activation and its conjugate are then taken from `vdm` number by number, and their
//! slopes are differences of those: slower, but every divergence can be trained with.

use super::elementary::{Pointwise, apply};
use candle_core::{Result, Tensor};
use std::sync::Arc;
use vdm::Divergence;

/// (h(v + δ) − h(v − δ))/2δ
fn difference(h: impl Fn(f64) -> f64, v: f64) -> f64 {
    // The cube root of f64's precision balances rounding and curvature.
    let step = 6e-6 * v.abs().max(1.0);
    let slope = (h(v + step) - h(v - step)) / (2.0 * step);
    // Both functions increase; where both their values are infinite, steeply.
    if slope.is_nan() { f64::INFINITY } else { slope }
}

/// g_f(v).
pub(super) fn activation(f: &Arc<dyn Divergence>, v: &Tensor) -> Result<Tensor> {
    let (value, slope) = (Arc::clone(f), Arc::clone(f));
    apply(
        v,
        Pointwise {
            name: "activation",
            value: move |v| value.output_activation(v),
            slope: move |v| difference(|v| slope.output_activation(v), v),
        },
    )
}

/// f\*(g_f(v)).
pub(super) fn conjugate(f: &Arc<dyn Divergence>, v: &Tensor) -> Result<Tensor> {
    let (value, slope) = (Arc::clone(f), Arc::clone(f));
    apply(
        v,
        Pointwise {
            name: "conjugate",
            value: move |v| value.conjugate_of_activation(v),
            slope: move |v| difference(|v| slope.conjugate_of_activation(v), v),
        },
    )
}
