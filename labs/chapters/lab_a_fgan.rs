//! Lab A, The f-GAN: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test -p labs lab_a` grades it. A hint:
//! `cargo workbook hint A.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset A.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use candle_core::{Result, Tensor};
use labs::Loss;
use labs::loss::softplus;
use std::f64::consts::LN_2;

// ── A.1 The last layer, in tensors ──
/// T = g_f(v) for f-GAN JS, number by number: log(2/(1 + e^{−v})), increasing, onto
/// (−∞, log 2).
///
/// Out of candle's own operations, which have no softplus and no log(1 + x): right for
/// |v| ≤ 1e4 in value and in slope, to the rounding of numbers near 1.
pub fn activation(v: &Tensor) -> Result<Tensor> {
    todo!("A.1 activation")
}

// ── A.2 The loss on generated points ──
/// f\*(g_f(v)) for f-GAN JS, number by number, in one closed form:
/// f\*(t) = −log(2 − e^t), and g_f as in A.1. Right for |v| ≤ 1e4 in value and in slope.
///
/// `softplus` is there for it: log(1 + e^v), with the sigmoid as its slope.
pub fn conjugate(v: &Tensor) -> Result<Tensor> {
    todo!("A.2 conjugate")
}

// ── A.3 The objective on a batch ──
/// F = E_p g_f(V) − E_q f\*(g_f(V)) on a batch: a scalar, in nats.
///
/// `on_data` holds the critic's raw outputs V on data, (n, 1), `on_made` those on generated
/// points, (m, 1); n and m may differ. `loss.activation` is g_f and `loss.conjugate` is
/// f\* ∘ g_f, both number by number.
pub fn objective(loss: &Loss, on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    todo!("A.3 objective")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use lab_checks::lab_a_fgan as exercises;

    checks::reader::answer(&[
        exercises::activation().on(activation),
        exercises::conjugate().on(conjugate),
        exercises::objective().on(objective),
    ])
}
