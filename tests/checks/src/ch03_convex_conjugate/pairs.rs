//! 3.6–3.8: where the two sides of Fenchel–Young meet, and how conjugates move.

use super::conjugates::u_log_u;
use super::js::generator_of_js;
use crate::check::{Broken, Chaff, Check, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, oracle, strategies, tolerance};
use std::f64::consts::LN_2;
use vdm::ch03_convex_conjugate::exercises as reference;

/// 3.6
pub fn touching_point_of_js() -> Exercise<fn(f64) -> f64> {
    Exercise {
        meta: Meta::implement("3.6", "touching_point_of_js", "Where the tangent touches", 2, 10),
        reference: reference::touching_point_of_js,
        checks: vec![
            Check {
                name: "inverts-the-slope",
                property: "f'(u) = log(2u/(1 + u)) = t at the touching point u",
                run: |answer| {
                    for_all(200, &strategies::reals(20.0), |&t| {
                        let t = inside(t);
                        let u = answer(t);
                        // (f')⁻¹ has slope u(1 + u) in t; back in t, u's rounding costs 1/(1 + u).
                        agree(
                            format!("t = {}, u = {}", number(t), number(u)),
                            t,
                            (2.0 * u / (1.0 + u)).ln(),
                            tolerance::of_terms(&[t, 1.0]),
                        )
                    })
                },
            },
            Check {
                name: "touches",
                property: "t·u − f(u) is largest there: Fenchel–Young is an equality",
                run: |answer| {
                    for_all(100, &strategies::reals(20.0), |&t| {
                        let t = inside(t);
                        let sup = oracle::conjugate(generator_of_js, t, (-60.0, 60.0));
                        let u = answer(t);
                        let value = t * u - generator_of_js(u);
                        agree(
                            format!("t = {}, u = {}", number(t), number(u)),
                            sup.value,
                            value,
                            tolerance::of_terms(&[sup.terms, t * u, 1.0]),
                        )
                    })
                },
            },
            Check {
                name: "identity-slope",
                property: "at t = f'(1) = 0 the tangent touches at u = 1",
                run: |answer| for_each([0.0], |t| agree("t = 0", 1.0, answer(t), tolerance::FORMULA)),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "maximiser-of-kl",
                misconception: "e^{t−1} is where KL's tangent touches; here f'(u) = log(2u/(1 + u))",
                subject: |t| (t - 1.0).exp(),
                caught_by: "inverts-the-slope",
            },
            Chaff {
                name: "the-two-lost",
                misconception: "e^t/(1 − e^t) inverts log(u/(1 + u)), the slope of the GAN generator",
                subject: |t| t.exp() / (1.0 - t.exp()),
                caught_by: "touches",
            },
            Chaff {
                name: "value-for-place",
                misconception: "this is f*(t), the value of the supremum, not the u where it is attained",
                subject: |t| -(2.0 - t.exp()).ln(),
                caught_by: "identity-slope",
            },
            Chaff {
                name: "slope-for-its-inverse",
                misconception: "this is f'(t); the touching point is (f')⁻¹(t)",
                subject: |t| (2.0 * t / (1.0 + t)).ln(),
                caught_by: "inverts-the-slope",
            },
        ],
        fingerprint: |answer| [-3.0, -1.0, -0.25, 0.0, 0.25, 0.5].map(answer).to_vec(),
    }
}

/// A slope inside dom f\* of Jensen–Shannon: those beyond log 2 are mirrored.
fn inside(t: f64) -> f64 {
    if t < LN_2 - 0.01 { t } else { -t }
}

/// 3.7
pub fn fenchel_young_gap_of_kl() -> Exercise<fn(f64, f64) -> f64> {
    Exercise {
        meta: Meta::implement(
            "3.7",
            "fenchel_young_gap_of_kl",
            "The gap of Fenchel–Young, without cancellation",
            3,
            15,
        ),
        reference: reference::fenchel_young_gap_of_kl,
        checks: vec![
            Check {
                name: "definition",
                property: "the gap is f(u) + f*(t) − u·t",
                run: |answer| {
                    for_all(200, &(0.0..8.0f64, strategies::reals(8.0)), |&(u, t)| {
                        let terms = [u_log_u(u), (t - 1.0).exp(), -u * t];
                        agree(place(u, t), terms.iter().sum(), answer(u, t), tolerance::of_terms(&terms))
                    })
                },
            },
            Check {
                name: "never-negative",
                property: "the gap is ≥ 0, also where rounding could make it negative",
                run: |answer| {
                    for_all(400, &(1e-3..1e3f64, -1e-7..1e-7f64), |&(u, d)| {
                        let t = 1.0 + u.ln() + d;
                        at_least(place(u, t), "a gap ≥ 0", answer(u, t), 0.0, 0.0)
                    })
                },
            },
            Check {
                name: "accurate-near-equality",
                property: "near t = 1 + log u the gap is u·d²/2 with d = t − 1 − log u",
                run: |answer| {
                    for_all(200, &(-20i32..20, 1i32..1000), |&(k, m)| {
                        near_equality(answer, 2f64.powi(k), f64::from(m) * 1e-8)
                    })
                },
            },
            Check {
                name: "small-ratios",
                property: "the gap is u·(e^d − 1 − d) with d = t − 1 − log u, for u down to 10⁻³⁰⁰",
                run: |answer| {
                    let ratios = [1e-5, 1e-9, 1e-12, 1e-20, 1e-100, 1e-300];
                    for_each(ratios.iter().flat_map(|u| [-3.0, -1.0, 1.0, 2.0].map(|d| (*u, d))), |(u, d)| {
                        small_ratio(answer, u, d)
                    })
                },
            },
            Check {
                name: "at-zero",
                property: "at u = 0 the gap is f*(t) = e^{t−1}",
                run: |answer| {
                    for_each([-2.0, 0.0, 1.0, 3.0], |t: f64| {
                        let value = (t - 1.0).exp();
                        agree(place(0.0, t), value, answer(0.0, t), tolerance::of_terms(&[value]))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "cancels",
                misconception: "f(u) + f*(t) − u·t loses all digits near equality: factor out u, then use e^d − 1 − d",
                subject: |u, t| u_log_u(u) + (t - 1.0).exp() - u * t,
                caught_by: "never-negative",
            },
            Chaff {
                name: "clipped-at-zero",
                misconception: "clipping a cancelled difference at 0 hides the sign, not the lost digits",
                subject: |u, t| (u_log_u(u) + (t - 1.0).exp() - u * t).max(0.0),
                caught_by: "accurate-near-equality",
            },
            Chaff {
                name: "factor-u-lost",
                misconception: "u factors out of all three terms: the gap is u·(e^d − 1 − d)",
                subject: |u, t| vdm::special::exp_remainder(t - 1.0 - u.ln()),
                caught_by: "definition",
            },
            Chaff {
                name: "nan-at-zero",
                misconception: "at u = 0 log u is −∞ and 0·∞ is NaN: that point needs its own case",
                subject: |u, t| u * vdm::special::exp_remainder(t - 1.0 - u.ln()),
                caught_by: "at-zero",
            },
            Chaff {
                name: "small-ratio-for-zero",
                misconception: "a small u is not 0: u·log u and u·t are as large as e^{t−1} where t is near 1 + log u",
                subject: |u, t| match u < 1e-8 {
                    true => (t - 1.0).exp(),
                    false => u * vdm::special::exp_remainder(t - 1.0 - u.ln()),
                },
                caught_by: "small-ratios",
            },
        ],
        fingerprint: |answer| {
            // At the last of them plain subtraction comes out negative.
            [
                (0.0, 0.0),
                (0.5, -1.0),
                (1.0, 1.0 + 1e-7),
                (2.0, 0.5),
                (5.3, 1.0 + 5.3f64.ln() + 1e-9),
                (1e-12, -26.0),
            ]
            .map(|(u, t)| answer(u, t))
            .to_vec()
        },
    }
}

/// The gap at t = 1 + log u + d, where none of its three terms can be left out.
fn small_ratio(answer: fn(f64, f64) -> f64, u: f64, d: f64) -> Result<f64, Box<Broken>> {
    let t = 1.0 + u.ln() + d;
    let actual = (t - 1.0) - u.ln();
    let uncertain = tolerance::of_terms(&[1.0, u.ln(), t]);
    let gap = u * (actual.exp() - 1.0 - actual);
    agree(place(u, t), gap, answer(u, t), 2.0 * u * (1.0 + actual.exp()) * uncertain)
}

/// Compares the gap at t = 1 + log u + d with u·d²/2·(1 + d/3). That t and log u are
/// rounded makes d uncertain by a few units of rounding of the terms of t.
fn near_equality(answer: fn(f64, f64) -> f64, u: f64, d: f64) -> Result<f64, Box<Broken>> {
    let t = 1.0 + u.ln() + d;
    let actual = (t - 1.0) - u.ln();
    let uncertain = tolerance::of_terms(&[1.0, u.ln(), t]);
    let gap = u * actual * actual / 2.0 * (1.0 + actual / 3.0);
    agree(place(u, t), gap, answer(u, t), u * (actual * uncertain + uncertain * uncertain + actual.powi(4)))
}

fn place(u: f64, t: f64) -> String {
    format!("u = {}, t = {}", number(u), number(t))
}

/// The signature of 3.8.
type Moved = fn(&dyn Fn(f64) -> f64, f64, f64, f64) -> f64;

/// 3.8
pub fn conjugate_of_scaled_and_shifted() -> Exercise<Moved> {
    Exercise {
        meta: Meta::implement(
            "3.8",
            "conjugate_of_scaled_and_shifted",
            "Scaling and shifting a generator",
            2,
            15,
        ),
        reference: reference::conjugate_of_scaled_and_shifted,
        checks: vec![
            Check {
                name: "supremum",
                property: "the value is sup over u ≥ 0 of t·u − a·f(u) − c·(u − 1), here for f(u) = (u − 1)²",
                run: |answer| {
                    for_all(200, &(1i32..12, -12i32..12, strategies::reals(8.0)), |&(a, c, t)| {
                        let (a, c) = (f64::from(a) / 4.0, f64::from(c) / 4.0);
                        let moved = |u: f64| a * (u - 1.0).powi(2) + c * (u - 1.0);
                        let sup = oracle::conjugate(moved, t, (-60.0, 60.0));
                        agree(
                            format!("a = {a}, c = {c}, t = {}", number(t)),
                            sup.value,
                            answer(&reference::conjugate_of_pearson, a, c, t),
                            tolerance::of_terms(&[sup.terms, c, a])
                                + tolerance::of_conjugate(t, sup.u, sup.value),
                        )
                    })
                },
            },
            Check {
                name: "keeps-the-domain",
                property: "an infinite f* stays infinite: the domain is scaled and shifted too",
                run: |answer| {
                    // dom of −2·log u + 3·(u − 1) is t < 3.
                    let at = |t: f64| answer(&reference::conjugate_of_reverse_kl, 2.0, 3.0, t);
                    for_each([3.0, 3.5, 10.0], |t| {
                        agree(format!("a = 2, c = 3, t = {t}"), f64::INFINITY, at(t), 0.0)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "constant-lost",
                misconception: "the −c in c·(u − 1) is a constant of f: it comes back as + c in f*",
                subject: |f, a, c, t| a * f((t - c) / a),
                caught_by: "supremum",
            },
            Chaff {
                name: "slope-not-divided",
                misconception: "sup of t·u − a·f(u) is a times the sup of (t/a)·u − f(u): the slope is divided by a",
                subject: |f, a, c, t| a * f(t - c) + c,
                caught_by: "supremum",
            },
            Chaff {
                name: "shift-with-the-wrong-sign",
                misconception: "the line c·u is subtracted with f, so it lowers the slope: t − c",
                subject: |f, a, c, t| a * f((t + c) / a) + c,
                caught_by: "supremum",
            },
            Chaff {
                name: "order-exchanged",
                misconception: "the shift is not scaled by a: divide after subtracting c",
                subject: |f, a, c, t| a * f(t / a - c) + c,
                caught_by: "keeps-the-domain",
            },
        ],
        fingerprint: |answer| {
            [(1.0, 0.5, 0.25), (2.0, -1.0, 1.0), (0.5, 2.0, -1.0), (3.0, 1.0, 2.0)]
                .map(|(a, c, t)| answer(&reference::conjugate_of_kl, a, c, t))
                .to_vec()
        },
    }
}
