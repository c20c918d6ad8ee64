//! 3.5: the conjugate of the f-GAN paper's Jensen–Shannon divergence.

use super::conjugates::{below, fingerprint, infinite_at, u_log_u};
use super::far::{self, Conjugate};
use crate::check::{Chaff, Check};
use crate::{Exercise, Meta};
use std::f64::consts::LN_2;
use vdm::ch03_convex_conjugate::exercises as reference;

/// The generator of the f-GAN paper's Jensen–Shannon divergence, by definition.
pub(super) fn generator_of_js(u: f64) -> f64 {
    u_log_u(u) - (u + 1.0) * ((u + 1.0) / 2.0).ln()
}

/// 3.5
pub fn conjugate_of_js() -> Exercise<Conjugate> {
    Exercise {
        meta: Meta::implement("3.5", "conjugate_of_js", "The conjugate of Jensen–Shannon", 3, 15),
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
                run: |answer| infinite_at(answer, &[LN_2 + 1e-12, 0.75, 1.0, 40.0, 1e300, f64::INFINITY]),
            },
            Check {
                name: "accurate-near-zero",
                property: "f*(t) = t + t² + O(t³) near 0, to full relative accuracy",
                run: far::js_near_zero,
            },
            Check {
                name: "far-slopes", property: "the values far out: −log 2 as t → −∞", run: far::js
            },
            Check {
                name: "up-to-the-end",
                property: "f*(t) climbs without bound as t ↑ log 2, and is finite for every t below",
                run: far::js_up_to_the_end,
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
            Chaff {
                name: "infinite-too-early",
                misconception: "no safety margin: f* is finite for every t < log 2, however near",
                subject: |t| if t > LN_2 - 5e-10 { f64::INFINITY } else { -(-t.exp_m1()).ln_1p() },
                caught_by: "up-to-the-end",
            },
            Chaff {
                name: "two-terms-of-the-series",
                misconception: "t + t² leaves out t³: right to sixteen digits only for |t| below 10⁻⁸",
                subject: |t| {
                    if t >= LN_2 {
                        f64::INFINITY
                    } else if t.abs() < 1e-3 {
                        t + t * t
                    } else {
                        -(-t.exp_m1()).ln_1p()
                    }
                },
                caught_by: "accurate-near-zero",
            },
            Chaff {
                name: "nan-far-out",
                misconception: "log(e^{−t}/(2e^{−t} − 1)) is ∞/∞ for large −t: divide by e^{−t} first",
                subject: |t| {
                    if t > -1.0 {
                        return if t >= LN_2 { f64::INFINITY } else { -(-t.exp_m1()).ln_1p() };
                    }
                    ((-t).exp() / (2.0 * (-t).exp() - 1.0)).ln()
                },
                caught_by: "far-slopes",
            },
        ],
        fingerprint,
    }
}
