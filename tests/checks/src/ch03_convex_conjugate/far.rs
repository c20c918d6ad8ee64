//! The conjugates of 3.1–3.5 at slopes that random ones never reach: far out, at ±∞,
//! and next to the end of a domain. The values come from mpmath, or from another
//! formula than the answer's.

use crate::check::{Verdict, agree, number};
use crate::for_all::for_each;
use crate::tolerance;
use std::f64::consts::LN_2;

/// A conjugate, as a function of the slope.
pub(crate) type Conjugate = fn(f64) -> f64;

const INF: f64 = f64::INFINITY;

/// Compares an answer with given values, to the rounding of a formula.
fn at(answer: Conjugate, values: &[(f64, f64)]) -> Verdict {
    for_each(values, |&(t, due)| {
        // Infinite values have no rounding.
        let near = tolerance::of_terms(&[due, if due.is_finite() { 1.0 } else { 0.0 }]);
        // A power that is tiny errs relative to itself and its logarithm.
        let near = if due.abs() < 1e-9 { tolerance::of_terms(&[due * due.abs().ln()]) } else { near };
        agree(format!("t = {}", number(t)), due, answer(t), if near.is_nan() { 0.0 } else { near })
    })
}

pub(super) fn kl(answer: Conjugate) -> Verdict {
    let finite = [(-1e300, 0.0), (-700.0, 3.627_172_297_049_522_4e-305), (710.0, 8.218_407_461_554_972e307)];
    at(answer, &finite)?;
    at(answer, &[(-INF, 0.0), (711.0, INF), (1e300, INF), (INF, INF)])
}

pub(super) fn reverse_kl(answer: Conjugate) -> Verdict {
    let near_zero = [(-1e-310, 712.801_378_828_154_2), (-5e-324, 743.440_071_921_381_3)];
    at(answer, &near_zero)?;
    at(answer, &[(-INF, -INF), (-1e300, -691.775_527_898_213_7)])
}

pub(super) fn total_variation(answer: Conjugate) -> Verdict {
    at(answer, &[(-INF, -0.5), (-1e300, -0.5), (-1e17, -0.5), (-1e-300, -1e-300), (1e-300, 1e-300)])
}

pub(super) fn pearson(answer: Conjugate) -> Verdict {
    let flat = [(-INF, -1.0), (-1e300, -1.0), (-1e17, -1.0)];
    at(answer, &flat)?;
    at(answer, &[(1e5, 2.5e9 + 1e5), (2e154, 1e308), (1e300, INF), (INF, INF)])
}

pub(super) fn js(answer: Conjugate) -> Verdict {
    let above = -LN_2;
    at(answer, &[(-INF, above), (-1e300, above), (-1e4, above), (-40.0, above)])
}

/// f\*(t) = −log(1 − x) = x + x²/2 + x³/3 + … with x = eᵗ − 1.
pub(super) fn js_near_zero(answer: Conjugate) -> Verdict {
    let sizes = [1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-8, 1e-12, 1e-15];
    for_each(sizes.iter().flat_map(|t| [*t, -t]), |t: f64| {
        let x = t.exp_m1();
        // The terms left out are below 1e-26 of the first.
        let series = (1..=13).rev().fold(0.0, |sum, k| x * (1.0 / f64::from(k) + sum));
        agree(format!("t = {}", number(t)), series, answer(t), tolerance::of_terms(&[t]))
    })
}

/// f\* climbs without bound up to the end log 2: at the distance d below it it is
/// −log(2(1 − e^{−d})).
pub(super) fn js_up_to_the_end(answer: Conjugate) -> Verdict {
    /// log 2 less its rounded value.
    const REST: f64 = 2.319_046_813_846_3e-17;
    for_each([1e-3, 1e-6, 1e-9, 4e-10, 1e-10, 1e-12, 1e-14], |below: f64| {
        let t = LN_2 - below;
        let distance = (LN_2 - t) + REST;
        let due = -(2.0 * -(-distance).exp_m1()).ln();
        // (f*)' = u is about 1/(2d): that is how much a rounded t is worth.
        let near = tolerance::of_conjugate(t, 0.5 / distance, due);
        agree(format!("t = {} = log 2 − {}", number(t), number(below)), due, answer(t), near)
    })
}

/// Probes that tell the mistakes made far out: which values are finite, and two that
/// say how they go wrong.
pub(super) fn fingerprint(conjugate: Conjugate) -> impl Iterator<Item = f64> {
    let finite = [710.0, -1e-310, 2e154, LN_2 - 1e-10].map(|t| f64::from(u8::from(conjugate(t).is_finite())));
    finite.into_iter().chain([-1e17, 9e-4].map(conjugate))
}
