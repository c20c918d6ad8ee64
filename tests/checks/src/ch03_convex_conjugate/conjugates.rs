//! 3.1–3.4: conjugates of named generators, each a function of the slope t.

use super::far::{self, Conjugate};
use crate::check::{Chaff, Check, Verdict, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, oracle, strategies, tolerance};
use vdm::ch03_convex_conjugate::exercises as reference;

/// Where the oracle looks for the maximiser: beyond these ratios no slope that the
/// checks try is reached.
const LOG_RATIOS: (f64, f64) = (-60.0, 60.0);

/// The slopes at which two conjugates are compared to tell whose mistake one is.
pub(super) fn fingerprint(conjugate: Conjugate) -> Vec<f64> {
    let probes = [-3.0, -1.25, -0.5, -0.1, 0.0, 1e-12, 0.2, 0.45, 0.5, 0.6, 1.0, 2.5];
    probes.map(conjugate).into_iter().chain(far::fingerprint(conjugate)).collect()
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
pub(crate) fn below(conjugate: Conjugate, f: fn(f64) -> f64, end: f64) -> Verdict {
    // A slope beyond the end is mirrored into the domain, off the end itself.
    let inside = move |t: f64| if t < end { t } else { 2.0 * end - t - 0.125 };
    for_all(200, &strategies::reals(20.0), move |t| at_slope(conjugate, f, inside(*t)))
}

/// Outside dom f\* the value is +∞: at the given slopes.
pub(crate) fn infinite_at(conjugate: Conjugate, slopes: &[f64]) -> Verdict {
    for_each(slopes, |t| agree(format!("t = {}", number(*t)), f64::INFINITY, conjugate(*t), 0.0))
}

/// u·log u by its definition, 0 at 0.
pub(super) fn u_log_u(u: f64) -> f64 {
    if u == 0.0 { 0.0 } else { u * u.ln() }
}

/// 3.1
pub fn conjugate_of_kl() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta::implement("3.1", "conjugate_of_kl", "The conjugate of KL", 2, 10),
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
            Check {
                name: "far-slopes",
                property: "the values far out: 0 as t → −∞, e^{709} at t = 710, +∞ only where e^{t−1} is too large for f64",
                run: far::kl,
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
            Chaff {
                name: "overflows-before-its-value",
                misconception: "e^t/e overflows where e^{t−1} is still a number: subtract in the exponent",
                subject: |t| t.exp() / std::f64::consts::E,
                caught_by: "far-slopes",
            },
        ],
        fingerprint,
    }
}

/// 3.2
pub fn conjugate_of_reverse_kl() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta::implement("3.2", "conjugate_of_reverse_kl", "The conjugate of reverse KL", 2, 10),
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
                run: |answer| infinite_at(answer, &[0.0, 0.25, 1.0, 40.0, 1e300, f64::INFINITY]),
            },
            Check {
                name: "far-slopes",
                property: "the values far out and next to 0: −1 − log(−t) → −∞ as t → −∞, and finite for the smallest −t",
                run: far::reverse_kl,
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
            Chaff {
                name: "reciprocal-overflows",
                misconception: "−1/t overflows next to t = 0 where log(−t) is an ordinary number: use −log(−t)",
                subject: |t| if t >= 0.0 { f64::INFINITY } else { -1.0 + (-1.0 / t).ln() },
                caught_by: "far-slopes",
            },
        ],
        fingerprint,
    }
}

/// 3.3
pub fn conjugate_of_total_variation() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta::implement(
            "3.3",
            "conjugate_of_total_variation",
            "The conjugate of total variation",
            3,
            15,
        ),
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
                run: |answer| {
                    infinite_at(answer, &[0.5 + f64::EPSILON, 0.75, 1.0, 40.0, 1e300, f64::INFINITY])
                },
            },
            Check {
                name: "far-slopes",
                property: "f*(t) = −½ for every t below −½, −10¹⁷ and −∞ included",
                run: far::total_variation,
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
            Chaff {
                name: "maximum-by-absolute-value",
                misconception: "max(t, −½) as (t − ½ + |t + ½|)/2 cancels for large −t: compare instead",
                subject: |t| if t > 0.5 { f64::INFINITY } else { (t - 0.5 + (t + 0.5).abs()) / 2.0 },
                caught_by: "far-slopes",
            },
        ],
        fingerprint,
    }
}

/// 3.4
pub fn conjugate_of_pearson() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta::implement("3.4", "conjugate_of_pearson", "The conjugate of Pearson's χ² on u ≥ 0", 3, 10),
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
            Check {
                name: "far-slopes",
                property: "the values far out: −1 as t → −∞, t²/4 + t up to the largest number",
                run: far::pearson,
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
            Chaff {
                name: "overflows-before-its-value",
                misconception: "t·u − (u − 1)² at u = 1 + t/2 subtracts two numbers of which the first overflows before the value does",
                subject: |t| if t < -2.0 { -1.0 } else { t * (1.0 + t / 2.0) - (t / 2.0).powi(2) },
                caught_by: "far-slopes",
            },
        ],
        fingerprint,
    }
}
