//! A.1: the output activation, in candle's own operations.

use super::meta;
use crate::tensors::{self, Map, ORDINARY, far_out, slopes_are_differences, with_slopes};
use candle_core::{DType, Result, Tensor};
use checks::check::{Chaff, Check, agree, number};
use checks::for_all::for_each;
use checks::{Exercise, tolerance};
use labs::lab_a_fgan::exercises as reference;
use std::f64::consts::LN_2;

/// The sigmoid by its definition.
fn sigmoid(v: &Tensor) -> Result<Tensor> {
    (v.neg()?.exp()? + 1.0)?.recip()
}

/// log(1 + eˣ) as it is written.
fn written(x: &Tensor) -> Result<Tensor> {
    (x.exp()? + 1.0)?.log()
}

/// A.1
pub fn activation() -> Exercise<Map> {
    Exercise {
        meta: meta("activation"),
        reference: reference::activation,
        checks: vec![
            Check {
                name: "logarithm-of-twice-the-sigmoid",
                property: "e^{g_f(v)} = 2/(1 + e^{−v})",
                run: |answer| {
                    let (values, _) = with_slopes(answer, &ORDINARY, DType::F64)?;
                    for_each(ORDINARY.iter().zip(values), |(v, t)| {
                        let due = 2.0 / (1.0 + (-v).exp());
                        // An error ε·|t| in the exponent is one of ε·|t| in the value, relatively.
                        let near = tolerance::of_terms(&[due, due * t, due * v]);
                        agree(format!("v = {}: e^T", number(*v)), due, t.exp(), near)
                    })
                },
            },
            Check {
                name: "slope",
                property: "the gradient is the difference quotient of your values, also at v = 0",
                run: slopes_are_differences,
            },
            Check {
                name: "far-out",
                property: "for v → −∞ the value is v + log 2 with slope 1, for v → ∞ log 2 with slope 0; to |v| = 10⁴ in f64 and f32",
                run: |answer| far_out(answer, &FAR),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "logarithm-of-a-rounded-sigmoid",
                misconception: "e^{−v} overflows for v < −709 (in f32 for v < −88), the sigmoid is 0 there, its logarithm −∞ and the gradient NaN: take max(x, 0) + log(1 + e^{−|x|}) with x = −v",
                subject: |v| (sigmoid(v)? * 2.0)?.log(),
                caught_by: "far-out",
            },
            Chaff {
                name: "selected-after-the-overflow",
                misconception: "`where_cond` selects values, but the backward pass goes through both branches, and 0·∞ is NaN",
                subject: |v| {
                    let x = v.neg()?;
                    LN_2 - x.gt(30.0)?.where_cond(&x, &written(&x)?)?
                },
                caught_by: "far-out",
            },
            Chaff {
                name: "kinks-of-two-signs",
                misconception: "at 0 candle's slopes are relu′ = 1 and |·|′ = 1: take both of the same x = −v, or they do not add up to ½",
                subject: |v| LN_2 - (v.neg()?.relu()? + written(&v.abs()?.neg()?)?)?,
                caught_by: "slope",
            },
            Chaff {
                name: "activation-of-gan",
                misconception: "−log(1 + e^{−v}) belongs to the GAN row, with f* = −log(1 − e^t); f-GAN JS has log 2 more",
                subject: |v| reference::activation(v)? - LN_2,
                caught_by: "logarithm-of-twice-the-sigmoid",
            },
            Chaff {
                name: "decreasing",
                misconception: "log 2 − log(1 + e^v) falls: a larger V must mean a larger T",
                subject: |v| reference::activation(&v.neg()?),
                caught_by: "logarithm-of-twice-the-sigmoid",
            },
            Chaff {
                name: "detached",
                misconception: "the values are right, but `detach` cuts the way that the gradient takes",
                subject: |v| reference::activation(&v.detach()),
                caught_by: "slope",
            },
        ],
        fingerprint: tensors::fingerprint,
    }
}

/// (v, g_f(v), g_f′(v)): what is left out is below e^{−40}.
const FAR: [(f64, f64, f64); 6] = [
    (-1e4, LN_2 - 1e4, 1.0),
    (-800.0, LN_2 - 800.0, 1.0),
    (-40.0, LN_2 - 40.0, 1.0),
    (40.0, LN_2, 0.0),
    (800.0, LN_2, 0.0),
    (1e4, LN_2, 0.0),
];
