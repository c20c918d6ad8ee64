//! 3.1–3.5: conjugates of named generators, each a function of the slope t.

use crate::check::{Chaff, Check, Verdict, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Kind, Meta, oracle, strategies, tolerance};
use vdm::ch03_convex_conjugate::exercises as reference;

/// A conjugate, as a function of the slope.
type Conjugate = fn(f64) -> f64;

/// The slopes at which two conjugates are compared to tell whose mistake one is.
fn fingerprint(conjugate: Conjugate) -> Vec<f64> {
    [-3.0, -1.25, -0.5, -0.1, 0.0, 0.2, 0.45, 0.6, 1.0, 2.5].map(conjugate).to_vec()
}

/// Compares `conjugate` with the supremum found by search, at random slopes.
fn is_supremum(conjugate: Conjugate, f: fn(f64) -> f64) -> Verdict {
    for_all(200, &strategies::reals(20.0), |&t| {
        let sup = oracle::conjugate(f, t, (-60.0, 60.0));
        agree(
            format!("t = {}", number(t)),
            sup.value,
            conjugate(t),
            tolerance::of_terms(&[sup.terms]) + tolerance::of_conjugate(t, sup.u, sup.value),
        )
    })
}

/// u log u, straight from the definition.
fn kl(u: f64) -> f64 {
    if u == 0.0 { 0.0 } else { u * u.ln() }
}

/// 3.1
pub fn conjugate_of_kl() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta {
            id: "3.1",
            name: "conjugate_of_kl",
            title: "The conjugate of KL",
            kind: Kind::Implement,
            points: 2,
            minutes: 10,
        },
        reference: reference::conjugate_of_kl,
        checks: vec![
            Check {
                name: "supremum",
                property: "f*(t) = sup over u ≥ 0 of t·u − u log u",
                run: |answer| is_supremum(answer, kl),
            },
            Check {
                name: "fixed-point",
                property: "f*(1) = 1: at t = 1 the tangent touches at u = 1",
                run: |answer| for_each([1.0], |t| agree("t = 1", 1.0, answer(t), tolerance::FORMULA)),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "exponent-without-minus-one",
                misconception: "the −1 in the exponent is lost: f'(u) = log u + 1, so log u = t − 1",
                subject: f64::exp,
                caught_by: "fixed-point",
            },
            Chaff {
                name: "returns-the-maximiser-times-t",
                misconception: "this is t·u* at the maximiser; f(u*) still has to be subtracted",
                subject: |t| t * (t - 1.0).exp(),
                caught_by: "supremum",
            },
        ],
        fingerprint,
    }
}
