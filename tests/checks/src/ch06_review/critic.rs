//! 6.3: the optimal critic of the same generator.

use super::conjugate::arc_length;
use crate::check::{Chaff, Check, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies, tolerance};
use vdm::ch06_review::exercises as reference;

/// The signature of 6.3.
type Critic = fn(f64) -> f64;

/// f′(u) at u = e^ℓ by trigonometry: the hypotenuse's slope is the sine of the angle
/// whose tangent is u. An infinite u has the sine 1.
fn slope(log_ratio: f64) -> f64 {
    log_ratio.exp().atan().sin()
}

/// 6.3
pub fn critic_of_arc_length() -> Exercise<Critic> {
    Exercise {
        meta: Meta::implement("6.3", "critic_of_arc_length", "Its optimal critic", 2, 15),
        reference: reference::critic_of_arc_length,
        checks: vec![
            Check {
                name: "supporting-line",
                property: "the line of slope T* through (u, f(u)) stays below f",
                run: |answer| {
                    for_all(300, &(strategies::reals(4.0), strategies::reals(4.0)), |(a, b)| {
                        let (u, v) = (a.exp(), b.exp());
                        let line = arc_length(u) + answer(*a) * (v - u);
                        let near = tolerance::of_terms(&[u, v, 2.0]);
                        let at = format!("log u = {a}, log v = {b}");
                        at_least(at, "f(v) ≥ f(u) + T*·(v − u)", arc_length(v), line, near)
                    })
                },
            },
            Check {
                name: "slope",
                property: "T* = f′(u), relative to itself, for u from e^{−700} to e^{700}",
                run: |answer| {
                    for_all(300, &strategies::reals(700.0), |l| {
                        let due = slope(*l);
                        // e^ℓ errs by ε·|ℓ|, relatively.
                        let near = tolerance::of_terms(&[due, due * l * (-2.0 * l.max(0.0)).exp()]);
                        agree(format!("log(p/q) = {l}"), due, answer(*l), near)
                    })
                },
            },
            Check {
                name: "far-ratios",
                property: "where the ratio overflows or vanishes: 1 and 0, at ±∞ too",
                run: |answer| {
                    let far =
                        [(-f64::INFINITY, 0.0), (-1e4, 0.0), (710.0, 1.0), (1e4, 1.0), (f64::INFINITY, 1.0)];
                    for_each(far, |(l, due)| agree(format!("log(p/q) = {}", number(l)), due, answer(l), 0.0))
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "square-overflows",
                misconception: "u² overflows at log u ≈ 355, and u at 710: divide by u first where u > 1",
                subject: |l| l.exp() / (1.0 + l.exp() * l.exp()).sqrt(),
                caught_by: "far-ratios",
            },
            Chaff {
                name: "vanishes-too-early",
                misconception: "1/√(1 + u⁻²) is 0 as soon as u⁻² overflows, at log u ≈ −355, where T* ≈ u is still a number",
                subject: |l| 1.0 / (1.0 + (-2.0 * l).exp()).sqrt(),
                caught_by: "slope",
            },
            Chaff {
                name: "logarithm-for-ratio",
                misconception: "the argument is log(p/q); the ratio is its exponential",
                subject: |l| if l.is_infinite() { l.signum() } else { l / (1.0 + l * l).sqrt() },
                caught_by: "slope",
            },
            Chaff {
                name: "ratio-upside-down",
                misconception: "u = p/q is data over model; this is the slope at q/p",
                subject: |l| reference::critic_of_arc_length(-l),
                caught_by: "supporting-line",
            },
            Chaff {
                name: "root-not-differentiated",
                misconception: "(√(1 + u²))′ is u/√(1 + u²): the inner derivative 2u is lost",
                subject: |l| 1.0 / (2.0 * l.exp().hypot(1.0)),
                caught_by: "supporting-line",
            },
            Chaff {
                name: "inner-derivative-doubled",
                misconception: "the 2 of the square and the ½ of the root cancel",
                subject: |l| 2.0 * reference::critic_of_arc_length(l),
                caught_by: "slope",
            },
        ],
        fingerprint: |answer| [-400.0, -2.0, -0.5, 0.0, 1.0, 3.0, 400.0, 1e4].map(answer).to_vec(),
    }
}
