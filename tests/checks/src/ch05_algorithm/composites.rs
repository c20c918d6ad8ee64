//! 5.1–5.4: the activation g_f and the stable composite f\*∘g_f.

use super::far;
use crate::check::{Chaff, Check, Verdict, agree, demand, number};
use crate::for_all::for_all;
use crate::{Exercise, Meta, oracle, strategies, tolerance};
use proptest::strategy::Strategy;
use vdm::ch05_algorithm::exercises as reference;
use vdm::special::softplus;

/// A function of the raw output v.
type OfRaw = fn(f64) -> f64;

fn fingerprint(answer: OfRaw) -> Vec<f64> {
    [-1e4, -800.0, -40.0, -3.0, -0.5, 0.0, 0.7, 2.0, 36.0, 37.5, 40.0, 800.0, 1e4].map(answer).into()
}

/// Where an oracle looks for the maximiser.
const LOG_RATIOS: (f64, f64) = (-60.0, 60.0);

/// The sigmoid by its definition.
fn sigmoid(v: f64) -> f64 {
    1.0 / (1.0 + (-v).exp())
}

/// `answer(v)` against the supremum of t·u − f(u), found by search on f alone, at the
/// slope t = g(v), for raw outputs in `raw`.
fn is_supremum(
    answer: impl Fn(f64) -> f64,
    f: impl Fn(f64) -> f64,
    g: impl Fn(f64) -> f64,
    raw: &impl Strategy<Value = f64>,
) -> Verdict {
    for_all(100, raw, |&v| {
        let t = g(v);
        let sup = oracle::conjugate(&f, t, LOG_RATIOS);
        let near = tolerance::of_terms(&[sup.terms]) + tolerance::of_conjugate(t, sup.u, sup.value);
        // t itself is rounded where g takes a logarithm of a number near 1.
        let near = near + tolerance::of_terms(&[sup.u]);
        agree(format!("v = {}", number(v)), sup.value, answer(v), near)
    })
}

/// 5.1
pub fn activation_of_gan() -> Exercise<OfRaw> {
    Exercise {
        meta: Meta::implement("5.1", "activation_of_gan", "The last layer of a GAN's critic", 2, 10),
        reference: reference::activation_of_gan,
        checks: vec![
            Check {
                name: "logarithm-of-the-sigmoid",
                property: "e^{g_f(v)} = 1/(1 + e^{−v})",
                run: |answer| {
                    for_all(200, &strategies::reals(30.0), |&v| {
                        let due = sigmoid(v);
                        // An error ε·|g| in the exponent is one of ε·|g| in the value, relatively.
                        let near = tolerance::of_terms(&[due, due * answer(v)]);
                        agree(format!("v = {}", number(v)), due, answer(v).exp(), near)
                    })
                },
            },
            Check {
                name: "inside-the-domain",
                property: "g_f(v) < 0 for |v| ≤ 700: f*(g_f(v)) is finite",
                run: |answer| {
                    for_all(200, &strategies::reals(700.0), |&v| {
                        let required = "a number below 0: outside dom f* = (−∞, 0) the bound is −∞";
                        demand(format!("v = {}", number(v)), required, answer(v), |t| t < 0.0)
                    })
                },
            },
            Check {
                name: "far-out",
                property: "g_f(v) ≈ v for v → −∞ and ≈ −e^{−v} for v → ∞, to |v| = 10⁴",
                run: |answer| far::at(answer, &far::ACTIVATION_OF_GAN),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "the-discriminator-itself",
                misconception: "this is the discriminator D = σ(v), between 0 and 1; the critic is T = log D < 0",
                subject: sigmoid,
                caught_by: "inside-the-domain",
            },
            Chaff {
                name: "raw-output",
                misconception: "v takes every sign, but dom f* = (−∞, 0): the bound would be −∞ as soon as one v ≥ 0",
                subject: |v| v,
                caught_by: "inside-the-domain",
            },
            Chaff {
                name: "activation-of-reverse-kl",
                misconception: "−e^{−v} maps onto (−∞, 0) too, but it is the activation of another row",
                subject: |v| -(-v).exp(),
                caught_by: "logarithm-of-the-sigmoid",
            },
            Chaff {
                name: "decreasing",
                misconception: "−log(1 + e^v) is log(1 − D): a larger v must mean a larger T",
                subject: |v| -softplus(v),
                caught_by: "logarithm-of-the-sigmoid",
            },
            Chaff {
                name: "logarithm-of-a-rounded-sigmoid",
                misconception: "the sigmoid rounds to 0 or 1 before its logarithm is taken: take −log(1 + e^{−v}) without overflow",
                subject: |v| sigmoid(v).ln(),
                caught_by: "far-out",
            },
        ],
        fingerprint,
    }
}

/// 5.2
pub fn composite_of_reverse_kl() -> Exercise<OfRaw> {
    Exercise {
        meta: Meta::implement("5.2", "composite_of_reverse_kl", "Reverse KL's loss in one piece", 1, 5),
        reference: reference::composite_of_reverse_kl,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(g_f(v)) = sup over u > 0 of −e^{−v}·u + log u",
                run: |answer| is_supremum(answer, |u| -u.ln(), |v| -(-v).exp(), &strategies::reals(30.0)),
            },
            Check {
                name: "far-out",
                property: "right at |v| = 800 and |v| = 10⁴, where e^{−v} is 0 or +∞",
                run: |answer| {
                    far::at(answer, &[(-1e4, -10_001.0), (-800.0, -801.0), (800.0, 799.0), (1e4, 9_999.0)])
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "composed-naively",
                misconception: "e^{−v} is 0 or +∞ for large |v|, and its logarithm with it: simplify before you compute",
                subject: |v| -1.0 - (-v).exp().ln(),
                caught_by: "far-out",
            },
            Chaff {
                name: "sign-of-v",
                misconception: "−log(−t) with t = −e^{−v} is −log(e^{−v}) = +v",
                subject: |v| -1.0 - v,
                caught_by: "supremum",
            },
            Chaff {
                name: "minus-one-lost",
                misconception: "the −1 of f*(t) = −1 − log(−t) stays",
                subject: |v| v,
                caught_by: "supremum",
            },
            Chaff {
                name: "activation-returned",
                misconception: "this is T = g_f(v); the loss on generated points is f*(T)",
                subject: |v| -(-v).exp(),
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}

/// The GAN generator by its definition.
fn generator_of_gan(u: f64) -> f64 {
    if u == 0.0 { 0.0 } else { u * u.ln() - (u + 1.0) * u.ln_1p() }
}

/// 5.3
pub fn composite_of_gan() -> Exercise<OfRaw> {
    Exercise {
        meta: Meta::implement("5.3", "composite_of_gan", "The GAN's loss in one piece", 2, 10),
        reference: reference::composite_of_gan,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(g_f(v)) = sup over u of g_f(v)·u − f(u)",
                run: |answer| {
                    is_supremum(answer, generator_of_gan, |v| -(-v).exp().ln_1p(), &strategies::reals(20.0))
                },
            },
            Check {
                name: "far-out",
                property: "≈ v for v → ∞ and ≈ e^v for v → −∞, to |v| = 10⁴",
                run: |answer| far::at(answer, &far::COMPOSITE_OF_GAN),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "composed-naively",
                misconception: "e^t rounds to 1 from v = 37 on, and −log(1 − e^t) becomes +∞: simplify 1 − σ(v) first",
                subject: |v| -(1.0 - (-softplus(-v)).exp()).ln(),
                caught_by: "far-out",
            },
            Chaff {
                name: "overflowing-softplus",
                misconception: "log(1 + e^v) overflows above v = 709 and loses e^v below v = −37: use max(v, 0) + ln_1p(e^{−|v|})",
                subject: |v| (1.0 + v.exp()).ln(),
                caught_by: "far-out",
            },
            Chaff {
                name: "the-other-half",
                misconception: "softplus(−v) is −log D, the loss on data; generated points cost −log(1 − D)",
                subject: |v| softplus(-v),
                caught_by: "supremum",
            },
            Chaff {
                name: "kinked",
                misconception: "max(v, 0) is what softplus looks like from afar; near 0 they differ by up to log 2",
                subject: |v| v.max(0.0),
                caught_by: "supremum",
            },
            Chaff {
                name: "constant-of-js",
                misconception: "softplus(v) − log 2 belongs to the row f-GAN JS",
                subject: |v| softplus(v) - std::f64::consts::LN_2,
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}

/// A composite of α and v.
type OfAlpha = fn(f64, f64) -> f64;

const ALPHAS: [f64; 6] = [-2.0, -1.0, -0.5, 0.25, 0.5, 0.75];

/// The α generator by its definition.
fn generator_of_alpha(alpha: f64, u: f64) -> f64 {
    (u.powf(alpha) - 1.0 - alpha * (u - 1.0)) / (alpha * (alpha - 1.0))
}

/// 5.4
pub fn composite_of_alpha() -> Exercise<OfAlpha> {
    Exercise {
        meta: Meta::implement("5.4", "composite_of_alpha", "A whole family in log space", 4, 20),
        reference: reference::composite_of_alpha,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(g_f(v)) = sup over u of g_f(v)·u − f(u), for six values of α",
                run: |answer| {
                    // Beyond v = 8 a maximiser may lie outside the oracle's range.
                    let raw = strategies::reals(20.0).prop_map(|v| if v > 8.0 { 8.0 - v } else { v });
                    let mut tally = crate::Tally::default();
                    for alpha in ALPHAS {
                        let g = |v: f64| 1.0 / (1.0 - alpha) - (-v).exp().ln_1p();
                        let f = |u: f64| generator_of_alpha(alpha, u);
                        tally.merge(is_supremum(|v| answer(alpha, v), f, g, &raw)?);
                    }
                    Ok(tally)
                },
            },
            Check {
                name: "far-out",
                property: "right to |v| = 10⁴, also where softplus(−v) is below the smallest number",
                run: far::at_alpha,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "composed-naively",
                misconception: "1 − (1 − α)g_f(v) cancels as g_f(v) nears its end: it is (1 − α) softplus(−v)",
                subject: |alpha, v| {
                    let t = 1.0 / (1.0 - alpha) - softplus(-v);
                    ((1.0 - (1.0 - alpha) * t).powf(alpha / (alpha - 1.0)) - 1.0) / alpha
                },
                caught_by: "far-out",
            },
            Chaff {
                name: "softplus-underflows",
                misconception: "softplus(−10⁴) is below the smallest number, its power need not be: stay with the logarithm, `ln_softplus`",
                subject: |alpha, v| {
                    (((1.0 - alpha) * softplus(-v)).powf(alpha / (alpha - 1.0)) - 1.0) / alpha
                },
                caught_by: "far-out",
            },
            Chaff {
                name: "exponent-inverted",
                misconception: "the exponent is α/(α − 1), not (α − 1)/α",
                subject: |alpha, v| {
                    let ln_base = (1.0 - alpha).ln() + vdm::special::ln_softplus(-v);
                    ((alpha - 1.0) / alpha * ln_base).exp_m1() / alpha
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "factor-lost",
                misconception: "1 − (1 − α)g_f(v) is (1 − α) softplus(−v): the factor 1 − α stays",
                subject: |alpha, v| (alpha / (alpha - 1.0) * vdm::special::ln_softplus(-v)).exp_m1() / alpha,
                caught_by: "supremum",
            },
            Chaff {
                name: "minus-one-lost",
                misconception: "f*(t) = (…^{α/(α−1)} − 1)/α: without the −1 it does not touch the diagonal",
                subject: |alpha, v| {
                    let ln_base = (1.0 - alpha).ln() + vdm::special::ln_softplus(-v);
                    (alpha / (alpha - 1.0) * ln_base).exp() / alpha
                },
                caught_by: "supremum",
            },
        ],
        fingerprint: |answer| {
            let probes = [(-1.0, 0.3), (0.5, 2.0), (0.5, 45.0), (0.25, -3.0), (0.0625, 1e4), (-2.0, 40.0)];
            probes.map(|(alpha, v)| answer(alpha, v)).into()
        },
    }
}
