//! 3.1–3.5: conjugates of named generators, each a function of the slope t.

use crate::check::{Chaff, Check, Verdict, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Kind, Meta, oracle, strategies, tolerance};
use std::f64::consts::LN_2;
use vdm::ch03_convex_conjugate::exercises as reference;

/// A conjugate, as a function of the slope.
type Conjugate = fn(f64) -> f64;

/// Where the oracle looks for the maximiser: beyond these ratios no slope that the
/// checks try is reached.
const LOG_RATIOS: (f64, f64) = (-60.0, 60.0);

/// The slopes at which two conjugates are compared to tell whose mistake one is.
fn fingerprint(conjugate: Conjugate) -> Vec<f64> {
    [-3.0, -1.25, -0.5, -0.1, 0.0, 1e-12, 0.2, 0.45, 0.5, 0.6, 1.0, 2.5].map(conjugate).to_vec()
}

/// Compares `conjugate` with the supremum found by search on f alone, at one slope.
fn at_slope(conjugate: Conjugate, f: fn(f64) -> f64, t: f64) -> Result<f64, Box<crate::Broken>> {
    let sup = oracle::conjugate(f, t, LOG_RATIOS);
    agree(
        format!("t = {}", number(t)),
        sup.value,
        conjugate(t),
        tolerance::of_terms(&[sup.terms]) + tolerance::of_conjugate(t, sup.u, sup.value),
    )
}

/// The same at random slopes up to `end`, the finite end of dom f\* or +∞.
fn below(conjugate: Conjugate, f: fn(f64) -> f64, end: f64) -> Verdict {
    // A slope beyond the end is mirrored into the domain, off the end itself.
    let inside = move |t: f64| if t < end { t } else { 2.0 * end - t - 0.125 };
    for_all(200, &strategies::reals(20.0), move |t| at_slope(conjugate, f, inside(*t)))
}

/// Outside dom f\* the value is +∞: at the given slopes.
fn infinite_at(conjugate: Conjugate, slopes: &[f64]) -> Verdict {
    for_each(slopes, |t| agree(format!("t = {}", number(*t)), f64::INFINITY, conjugate(*t), 0.0))
}

/// u·log u by its definition, 0 at 0.
pub(super) fn u_log_u(u: f64) -> f64 {
    if u == 0.0 { 0.0 } else { u * u.ln() }
}

pub(super) fn meta(
    id: &'static str,
    name: &'static str,
    title: &'static str,
    points: u32,
    minutes: u32,
) -> Meta {
    Meta { id, name, title, kind: Kind::Implement, points, minutes }
}

/// 3.1
pub fn conjugate_of_kl() -> Exercise<Conjugate> {
    Exercise {
        meta: meta("3.1", "conjugate_of_kl", "The conjugate of KL", 2, 10),
        reference: reference::conjugate_of_kl,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u ≥ 0 of t·u − u log u",
                run: |answer| below(answer, u_log_u, f64::INFINITY),
            },
            Check {
                name: "touches-at-one",
                property: "f*(1) = 1: the tangent of slope 1 touches at u = 1, where f = 0",
                run: |answer| for_each([1.0], |t| agree("t = 1", 1.0, answer(t), tolerance::FORMULA)),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "exponent-without-minus-one",
                misconception: "the −1 in the exponent is lost: f'(u) = log u + 1, so log u = t − 1",
                subject: f64::exp,
                caught_by: "touches-at-one",
            },
            Chaff {
                name: "exponent-plus-one",
                misconception: "solving t = log u + 1 for u gives log u = t − 1, not t + 1",
                subject: |t| (t + 1.0).exp(),
                caught_by: "touches-at-one",
            },
            Chaff {
                name: "f-not-subtracted",
                misconception: "this is t·u* at the maximiser u*; f(u*) still has to be subtracted",
                subject: |t| t * (t - 1.0).exp(),
                caught_by: "supremum",
            },
            Chaff {
                name: "generator-itself",
                misconception: "this is f at the slope; f* is a supremum over u of t·u − f(u)",
                subject: |t| u_log_u(t.max(0.0)),
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}

/// 3.2
pub fn conjugate_of_reverse_kl() -> Exercise<Conjugate> {
    Exercise {
        meta: meta("3.2", "conjugate_of_reverse_kl", "The conjugate of reverse KL", 2, 10),
        reference: reference::conjugate_of_reverse_kl,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u > 0 of t·u + log u, for t < 0",
                run: |answer| below(answer, |u| -u.ln(), 0.0),
            },
            Check {
                name: "infinite-outside-the-domain",
                property: "f*(t) = +∞ for t ≥ 0: t·u + log u grows without bound",
                run: |answer| infinite_at(answer, &[0.0, 0.25, 1.0, 40.0]),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "finite-outside-the-domain",
                misconception: "for t ≥ 0 there is no maximiser: the supremum is +∞, not the formula with |t|",
                subject: |t| -1.0 - t.abs().ln(),
                caught_by: "infinite-outside-the-domain",
            },
            Chaff {
                name: "zero-outside-the-domain",
                misconception: "outside its domain a convex function is +∞, not 0",
                subject: |t| if t >= 0.0 { 0.0 } else { -1.0 - (-t).ln() },
                caught_by: "infinite-outside-the-domain",
            },
            Chaff {
                name: "minus-one-lost",
                misconception: "t·u* = −1 at the maximiser u* = −1/t: the −1 belongs to the value",
                subject: |t| if t >= 0.0 { f64::INFINITY } else { -(-t).ln() },
                caught_by: "supremum",
            },
            Chaff {
                name: "logarithm-with-the-wrong-sign",
                misconception: "log u* = log(−1/t) = −log(−t)",
                subject: |t| if t >= 0.0 { f64::INFINITY } else { -1.0 + (-t).ln() },
                caught_by: "supremum",
            },
            Chaff {
                name: "logarithm-of-a-negative-number",
                misconception: "t is negative on dom f*: the logarithm is of −t",
                subject: |t| -1.0 - t.ln(),
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}

/// 3.3
pub fn conjugate_of_total_variation() -> Exercise<Conjugate> {
    Exercise {
        meta: meta("3.3", "conjugate_of_total_variation", "The conjugate of total variation", 3, 15),
        reference: reference::conjugate_of_total_variation,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u ≥ 0 of t·u − ½|u − 1|, for t ≤ ½",
                run: |answer| below(answer, |u| (u - 1.0).abs() / 2.0, 0.5),
            },
            Check {
                name: "closed-end",
                property: "f*(½) = ½: the end of dom f* belongs to it",
                run: |answer| for_each([0.5], |t| agree("t = 0.5", 0.5, answer(t), tolerance::FORMULA)),
            },
            Check {
                name: "infinite-outside-the-domain",
                property: "f*(t) = +∞ for t > ½",
                run: |answer| infinite_at(answer, &[0.5 + f64::EPSILON, 0.75, 1.0, 40.0]),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "printed-domain",
                misconception: "f lives on u ≥ 0 only: for t < −½ the supremum sits at u = 0 and is −½, not +∞",
                subject: |t| if t.abs() <= 0.5 { t } else { f64::INFINITY },
                caught_by: "supremum",
            },
            Chaff {
                name: "identity-everywhere",
                misconception: "f*(t) = t holds on [−½, ½] only; a conjugate comes with its domain",
                subject: |t| t,
                caught_by: "infinite-outside-the-domain",
            },
            Chaff {
                name: "no-upper-end",
                misconception: "beyond t = ½ the line t·u outgrows f: the supremum is +∞ there",
                subject: |t| t.max(-0.5),
                caught_by: "infinite-outside-the-domain",
            },
            Chaff {
                name: "open-end",
                misconception: "at t = ½ the supremum is still finite: ½·u − ½(u − 1) = ½ for every u ≥ 1",
                subject: |t| if t >= 0.5 { f64::INFINITY } else { t.max(-0.5) },
                caught_by: "closed-end",
            },
            Chaff {
                name: "slope-one",
                misconception: "the slopes of ½|u − 1| are ±½: the ½ is lost",
                subject: |t| if t > 1.0 { f64::INFINITY } else { t.max(-1.0) },
                caught_by: "infinite-outside-the-domain",
            },
        ],
        fingerprint,
    }
}

/// 3.4
pub fn conjugate_of_pearson() -> Exercise<Conjugate> {
    Exercise {
        meta: meta("3.4", "conjugate_of_pearson", "The conjugate of Pearson's χ² on u ≥ 0", 3, 10),
        reference: reference::conjugate_of_pearson,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u ≥ 0 of t·u − (u − 1)²",
                run: |answer| below(answer, |u| (u - 1.0).powi(2), f64::INFINITY),
            },
            Check {
                name: "flat-below-minus-two",
                property: "f*(t) = −f(0) = −1 for t ≤ f'(0⁺) = −2: the supremum sits at u = 0",
                run: |answer| {
                    for_each([-2.0, -2.5, -4.0, -1e3], |t| {
                        agree(format!("t = {t}"), -1.0, answer(t), tolerance::FORMULA)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "printed-formula-everywhere",
                misconception: "below t = −2 the parabola's maximiser 1 + t/2 is negative, where f is +∞",
                subject: |t| t * t / 4.0 + t,
                caught_by: "flat-below-minus-two",
            },
            Chaff {
                name: "zero-at-the-corner",
                misconception: "at u = 0 the value is t·0 − f(0) = −1, not 0",
                subject: |t| if t < -2.0 { 0.0 } else { t * t / 4.0 + t },
                caught_by: "flat-below-minus-two",
            },
            Chaff {
                name: "linear-term-lost",
                misconception: "t²/4 is the conjugate of u²; shifting f to the right by 1 adds t·1",
                subject: |t| if t < -2.0 { -1.0 } else { t * t / 4.0 },
                caught_by: "supremum",
            },
            Chaff {
                name: "half-for-quarter",
                misconception: "the maximiser is u = 1 + t/2, so the square is t²/4",
                subject: |t| if t < -2.0 { -1.0 } else { t * t / 2.0 + t },
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}

/// The generator of the f-GAN paper's Jensen–Shannon divergence, by definition.
pub(super) fn generator_of_js(u: f64) -> f64 {
    u_log_u(u) - (u + 1.0) * ((u + 1.0) / 2.0).ln()
}

/// 3.5
pub fn conjugate_of_js() -> Exercise<Conjugate> {
    Exercise {
        meta: meta("3.5", "conjugate_of_js", "The conjugate of Jensen–Shannon", 3, 15),
        reference: reference::conjugate_of_js,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u ≥ 0 of t·u − f(u), for t < log 2",
                run: |answer| below(answer, generator_of_js, LN_2),
            },
            Check {
                name: "infinite-outside-the-domain",
                property: "f*(t) = +∞ for t ≥ log 2",
                run: |answer| infinite_at(answer, &[LN_2 + 1e-12, 0.75, 1.0, 40.0]),
            },
            Check {
                name: "accurate-near-zero",
                property: "f*(t) = t + t² + O(t³) near 0, to full relative accuracy",
                run: |answer| {
                    for_each([1e-5, -1e-5, 1e-8, -1e-8, 1e-12, 1e-15], |t: f64| {
                        // The third-order term is t³, so the two terms err by 2·|t|³ at most.
                        let tolerance = tolerance::FORMULA * t.abs() + 2.0 * t.abs().powi(3);
                        agree(format!("t = {}", number(t)), t + t * t, answer(t), tolerance)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "conjugate-of-gan",
                misconception: "−log(1 − e^t) belongs to the GAN generator, which lacks the + (u + 1) log 2",
                subject: |t| if t >= 0.0 { f64::INFINITY } else { -(1.0 - t.exp()).ln() },
                caught_by: "supremum",
            },
            Chaff {
                name: "conjugate-of-gan-on-the-domain-of-js",
                misconception: "the domain is right, the formula is the GAN generator's: 2 − e^t, not 1 − e^t",
                subject: |t| if t >= LN_2 { f64::INFINITY } else { -(1.0 - t.exp()).ln() },
                caught_by: "supremum",
            },
            Chaff {
                name: "formula-without-domain",
                misconception: "the formula is right, but it needs its domain (+∞ from log 2 on) and care near t = 0",
                subject: |t| -(2.0 - t.exp()).ln(),
                caught_by: "infinite-outside-the-domain",
            },
            Chaff {
                name: "sign-lost",
                misconception: "f*(t) = −log(2 − e^t): the sign in front is lost",
                subject: |t| if t >= LN_2 { f64::INFINITY } else { (2.0 - t.exp()).ln() },
                caught_by: "supremum",
            },
            Chaff {
                name: "nan-outside-the-domain",
                misconception: "for t > log 2 the logarithm's argument is negative: the supremum is +∞, not NaN",
                subject: |t| -(-t.exp_m1()).ln_1p(),
                caught_by: "infinite-outside-the-domain",
            },
            Chaff {
                name: "cancellation-near-zero",
                misconception: "2 − e^t is a rounded 1 near t = 0: write it 1 − (e^t − 1) with exp_m1 and ln_1p",
                subject: |t| if t >= LN_2 { f64::INFINITY } else { -(2.0 - t.exp()).ln() },
                caught_by: "accurate-near-zero",
            },
            Chaff {
                name: "conjugate-of-jsd",
                misconception: "this is the conjugate of JSD itself, half of this divergence: −½ log(2 − e^{2t})",
                subject: |t| {
                    if t >= LN_2 / 2.0 { f64::INFINITY } else { -(-(2.0 * t).exp_m1()).ln_1p() / 2.0 }
                },
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}
