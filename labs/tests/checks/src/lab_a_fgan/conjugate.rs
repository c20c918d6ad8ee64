//! A.2: f\* ∘ g_f in one closed form.

use super::meta;
use crate::tensors::{self, Map, ORDINARY, far_out, slopes_are_differences, with_slopes};
use candle_core::DType;
use checks::check::{Chaff, Check, agree, number};
use checks::for_all::for_each;
use checks::{Exercise, oracle, tolerance};
use labs::lab_a_fgan::exercises as reference;
use labs::loss::softplus;
use std::f64::consts::LN_2;

/// The generator of f-GAN JS by its definition.
fn generator(u: f64) -> f64 {
    if u == 0.0 { LN_2 } else { u * u.ln() - (u + 1.0) * ((1.0 + u) / 2.0).ln() }
}

/// A.2
pub fn conjugate() -> Exercise<Map> {
    Exercise {
        meta: meta("conjugate"),
        reference: reference::conjugate,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(g_f(v)) = sup over u of g_f(v)·u − f(u)",
                run: |answer| {
                    let (values, _) = with_slopes(answer, &ORDINARY, DType::F64)?;
                    for_each(ORDINARY.iter().zip(values), |(v, value)| {
                        let t = LN_2 - (-v).exp().ln_1p();
                        let sup = oracle::conjugate(generator, t, (-60.0, 60.0));
                        let near = tolerance::of_terms(&[sup.terms, sup.u, 1.0])
                            + tolerance::of_conjugate(t, sup.u, sup.value);
                        agree(format!("v = {}", number(*v)), sup.value, value, near)
                    })
                },
            },
            Check {
                name: "slope",
                property: "the gradient is the difference quotient of your values",
                run: slopes_are_differences,
            },
            Check {
                name: "far-out",
                property: "for v → ∞ the value is v − log 2 with slope 1, for v → −∞ −log 2 with slope 0; to |v| = 10⁴ in f64 and f32",
                run: |answer| far_out(answer, &FAR),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "composed-in-two-pieces",
                misconception: "e^t rounds to 2 from v = 37 on (in f32 from 17), and −log(2 − e^t) becomes +∞: simplify 2 − 2σ(v) on paper first",
                subject: |v| (2.0 - reference::activation(v)?.exp()?)?.log()?.neg(),
                caught_by: "far-out",
            },
            Chaff {
                name: "silenced-by-an-epsilon",
                misconception: "a number added inside a logarithm hides the rounding and keeps the loss from growing: no gradient is left where it is needed most",
                subject: |v| ((2.0 - reference::activation(v)?.exp()?)? + 1e-7)?.log()?.neg(),
                caught_by: "far-out",
            },
            Chaff {
                name: "conjugate-of-gan",
                misconception: "−log(1 − e^t) belongs to the GAN row; with the activation of f-GAN JS it is the logarithm of a negative number for v > 0",
                subject: |v| (1.0 - reference::activation(v)?.exp()?)?.log()?.neg(),
                caught_by: "supremum",
            },
            Chaff {
                name: "constant-lost",
                misconception: "softplus(v) is the GAN's loss; that of f-GAN JS has log 2 less, so that equal laws cost 0",
                subject: softplus,
                caught_by: "supremum",
            },
            Chaff {
                name: "the-other-half",
                misconception: "this is −g_f(v), what data cost; generated points cost f*(g_f(v))",
                subject: |v| softplus(&v.neg()?)? - LN_2,
                caught_by: "supremum",
            },
            Chaff {
                name: "detached",
                misconception: "the values are right, but `detach` cuts the way that the gradient takes",
                subject: |v| reference::conjugate(&v.detach()),
                caught_by: "slope",
            },
        ],
        fingerprint: tensors::fingerprint,
    }
}

/// (v, f\*(g_f(v)), slope): what is left out is below e^{−40}.
const FAR: [(f64, f64, f64); 6] = [
    (-1e4, -LN_2, 0.0),
    (-800.0, -LN_2, 0.0),
    (-40.0, -LN_2, 0.0),
    (40.0, 40.0 - LN_2, 1.0),
    (800.0, 800.0 - LN_2, 1.0),
    (1e4, 1e4 - LN_2, 1.0),
];
