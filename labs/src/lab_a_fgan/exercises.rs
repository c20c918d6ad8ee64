//! The exercises of lab A with their reference solutions.
//!
//! The stubs in `labs/chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there.

use candle_core::{Result, Tensor};
use labs::Loss;
use labs::loss::softplus;
use std::f64::consts::LN_2;

// EXERCISE A.1
/// T = g_f(v) for f-GAN JS, number by number: log(2/(1 + e^{−v})), increasing, onto
/// (−∞, log 2).
///
/// Out of candle's own operations, which have no softplus and no log(1 + x): right for
/// |v| ≤ 1e4 in value and in slope, to the rounding of numbers near 1.
// SOLUTION
///
/// log 2 − softplus(x) with x = −v and softplus(x) = max(x, 0) + log(1 + e^{−|x|}). Both
/// kinks are taken of the same x: at 0 candle's slopes are relu′ = 1 and |·|′ = 1, and
/// 1 − ½ is right.
// END
pub fn activation(v: &Tensor) -> Result<Tensor> {
    // SOLUTION
    let x = v.neg()?;
    let rest = (x.abs()?.neg()?.exp()? + 1.0)?.log()?;
    LN_2 - (x.relu()? + rest)?
    // END
}

// EXERCISE A.2
/// f\*(g_f(v)) for f-GAN JS, number by number, in one closed form:
/// f\*(t) = −log(2 − e^t), and g_f as in A.1. Right for |v| ≤ 1e4 in value and in slope.
///
/// `softplus` is there for it: log(1 + e^v), with the sigmoid as its slope.
// SOLUTION
///
/// 2 − 2/(1 + e^{−v}) = 2/(1 + e^v), so that the value is log((1 + e^v)/2).
// END
pub fn conjugate(v: &Tensor) -> Result<Tensor> {
    // SOLUTION
    softplus(v)? - LN_2
    // END
}

// EXERCISE A.3
/// F = E_p g_f(V) − E_q f\*(g_f(V)) on a batch: a scalar, in nats.
///
/// `on_data` holds the critic's raw outputs V on data, (n, 1), `on_made` those on generated
/// points, (m, 1); n and m may differ. `loss.activation` is g_f and `loss.conjugate` is
/// f\* ∘ g_f, both number by number.
// SOLUTION
///
/// The mean of g_f(V) over the data minus the mean of f\*(g_f(V)) over the generated points.
// END
pub fn objective(loss: &Loss, on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    // SOLUTION
    loss.activation(on_data)?.mean_all()? - loss.conjugate(on_made)?.mean_all()?
    // END
}
