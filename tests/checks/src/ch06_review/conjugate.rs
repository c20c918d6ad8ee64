//! 6.2: the conjugate of a generator that the catalogue lacks.

use crate::ch03_convex_conjugate::{Conjugate, below, infinite_at};
use crate::check::{Chaff, Check, agree, number};
use crate::for_all::for_each;
use crate::{Exercise, Meta, tolerance};
use std::f64::consts::SQRT_2;
use vdm::ch06_review::exercises as reference;

/// √(1 + u²) − √2, the length of the hypotenuse.
pub(super) fn arc_length(u: f64) -> f64 {
    if u < 0.0 { f64::INFINITY } else { u.hypot(1.0) - SQRT_2 }
}

/// 6.2
pub fn conjugate_of_arc_length() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta::implement("6.2", "conjugate_of_arc_length", "A generator that you have not met", 3, 20),
        reference: reference::conjugate_of_arc_length,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u ≥ 0 of t·u − f(u), for t < 1, negative t included",
                run: |answer| below(answer, arc_length, 1.0),
            },
            Check {
                name: "outside-the-domain",
                property: "f*(t) = +∞ for t > 1: there the line is steeper than f ever gets",
                run: |answer| {
                    infinite_at(answer, &[1.0 + f64::EPSILON, 1.25, 2.0, 1e4, 1e300, f64::INFINITY])
                },
            },
            Check {
                name: "end",
                property: "f*(1) = √2, which no ratio attains: u − √(1 + u²) + √2 tends to √2 as u → ∞",
                run: |answer| {
                    // At u = 2⁴⁰ the candidate is within 1/u of its limit.
                    let u = 2.0_f64.powi(40);
                    // √(1 + u²) − u without cancelling.
                    let below = 1.0 / (u.hypot(1.0) + u);
                    for_each([1.0], |t| {
                        agree("t = 1", SQRT_2 - below, answer(t), tolerance::of_terms(&[2.0]) + below)
                    })
                },
            },
            Check {
                name: "far-slopes",
                property: "for every t < 0 the line rests on the end: f*(t) = −f(0)",
                run: |answer| {
                    let slopes = [f64::NEG_INFINITY, -1e300, -1e17, -40.0, -1.0, -1e-300];
                    for_each(slopes, |t| {
                        agree(
                            format!("t = {}", number(t)),
                            -arc_length(0.0),
                            answer(t),
                            tolerance::of_terms(&[1.0]),
                        )
                    })
                },
            },
            Check {
                name: "up-to-the-end",
                property: "near t = 1 the value keeps all its digits",
                run: |answer| {
                    for_each([1e-4, 1e-6, 1e-7, 3e-8, 1.3e-8, 7e-9, 1e-9, 1e-13], |below: f64| {
                        let t = 1.0 - below;
                        // How far t is from 1 is exact; 1 − t² = d·(2 − d).
                        let d = 1.0 - t;
                        let due = SQRT_2 - d.sqrt() * (2.0 - d).sqrt();
                        agree(
                            format!("t = 1 − {}", number(below)),
                            due,
                            answer(t),
                            tolerance::of_terms(&[1.0]),
                        )
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "continued-below-zero",
                misconception: "that is the conjugate on the whole line: ratios are never negative, so for t < 0 the supremum sits at u = 0",
                subject: |t| {
                    if t.abs() > 1.0 { f64::INFINITY } else { SQRT_2 - ((1.0 - t) * (1.0 + t)).sqrt() }
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "zero-below-zero",
                misconception: "at u = 0 the candidate t·u − f(u) is −f(0), and f(0) is not 0",
                subject: |t| if t < 0.0 { 0.0 } else { reference::conjugate_of_arc_length(t) },
                caught_by: "far-slopes",
            },
            Chaff {
                name: "not-a-number",
                misconception: "for t > 1 the root's argument is negative: the supremum is +∞, not NaN",
                subject: |t| if t < 0.0 { SQRT_2 - 1.0 } else { SQRT_2 - ((1.0 - t) * (1.0 + t)).sqrt() },
                caught_by: "outside-the-domain",
            },
            Chaff {
                name: "end-excluded",
                misconception: "dom f* is closed here: at t = 1 the supremum is not attained, but it is finite",
                subject: |t| if t >= 1.0 { f64::INFINITY } else { reference::conjugate_of_arc_length(t) },
                caught_by: "end",
            },
            Chaff {
                name: "constant-lost",
                misconception: "the −√2 of the generator comes back as +√2, since f is subtracted",
                subject: |t| reference::conjugate_of_arc_length(t) - SQRT_2,
                caught_by: "supremum",
            },
            Chaff {
                name: "place-for-height",
                misconception: "t/√(1 − t²) is where the line touches; the conjugate is t·u − f(u) there",
                subject: |t| {
                    if (0.0..1.0).contains(&t) {
                        t / ((1.0 - t) * (1.0 + t)).sqrt()
                    } else {
                        reference::conjugate_of_arc_length(t)
                    }
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "root-cancels",
                misconception: "1 − t² is a difference of nearly equal numbers near t = 1: write it (1 − t)(1 + t)",
                subject: |t| {
                    if (0.0..=1.0).contains(&t) {
                        SQRT_2 - (1.0 - t * t).sqrt()
                    } else {
                        reference::conjugate_of_arc_length(t)
                    }
                },
                caught_by: "up-to-the-end",
            },
        ],
        fingerprint: |answer| {
            // How far off near the end: scaled up, so that rounding there is seen.
            let d = 1.0 - (1.0 - 1.3e-8_f64);
            let lost = answer(1.0 - d) - (SQRT_2 - d.sqrt() * (2.0 - d).sqrt());
            let told = [-40.0, -1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.5].map(answer);
            told.into_iter().chain([f64::from(u8::from(lost.abs() > 1e-14))]).collect()
        },
    }
}
