//! 4.9: the best affine critic for Pearson's χ².

use super::shared::{by_definition, full_pairs, quarters, shown};
use crate::check::{Chaff, Check, agree, at_least};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::catalogue::PearsonChi2;
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.9: p, q, φ.
type AffinePearson = fn(&[f64], &[f64], &[f64]) -> f64;

/// F of the critic a + b·φ with t + t²/4 for f*, point by point.
fn objective(p: &[f64], q: &[f64], phi: &[f64], a: f64, b: f64) -> f64 {
    let points = p.iter().zip(q).zip(phi);
    points
        .map(|((p, q), phi)| {
            let t = a + b * phi;
            p * t - q * (t + t * t / 4.0)
        })
        .sum()
}

/// The largest value of the objective, from its values alone: it is a quadratic in
/// (a, b), which six values determine.
pub(super) fn largest(p: &[f64], q: &[f64], phi: &[f64]) -> f64 {
    let f = |a: f64, b: f64| objective(p, q, phi, a, b);
    let centre = f(0.0, 0.0);
    let (gradient_a, gradient_b) = ((f(1.0, 0.0) - f(-1.0, 0.0)) / 2.0, (f(0.0, 1.0) - f(0.0, -1.0)) / 2.0);
    let (aa, bb) = (f(1.0, 0.0) + f(-1.0, 0.0) - 2.0 * centre, f(0.0, 1.0) + f(0.0, -1.0) - 2.0 * centre);
    let ab = f(1.0, 1.0) - f(1.0, 0.0) - f(0.0, 1.0) + centre;
    let determinant = aa * bb - ab * ab;
    let a = (ab * gradient_b - bb * gradient_a) / determinant;
    let b = (ab * gradient_a - aa * gradient_b) / determinant;
    f(a, b)
}

pub(super) fn variance(law: &[f64], phi: &[f64]) -> f64 {
    let mean = mean(law, phi);
    law.iter().zip(phi).map(|(mass, phi)| mass * (phi - mean).powi(2)).sum()
}

pub(super) fn mean(law: &[f64], phi: &[f64]) -> f64 {
    law.iter().zip(phi).map(|(mass, phi)| mass * phi).sum()
}

/// 4.9
pub fn affine_pearson_bound() -> Exercise<AffinePearson> {
    Exercise {
        meta: Meta::implement("4.9", "affine_pearson_bound", "The best affine critic for Pearson", 3, 15),
        reference: reference::affine_pearson_bound,
        checks: vec![
            Check {
                name: "supremum",
                property: "the largest value over a and b of E_P[a + bφ] − E_Q[(a + bφ) + (a + bφ)²/4]",
                run: |answer| {
                    for_all(200, &(full_pairs(), quarters()), |(pair, phi)| {
                        let (p, q) = pair;
                        let phi = &phi[..p.len()];
                        // A feature that hardly varies has a supremum that hardly any search finds.
                        if variance(q, phi) < 1e-3 {
                            return Ok(0.0);
                        }
                        let due = largest(p, q, phi);
                        // Six values of size 30 make the coefficients, divided by a
                        // determinant of the size of the variance.
                        let near = tolerance::of_terms(&[1e3 * (1.0 + due) / variance(q, phi).min(1.0)]);
                        agree(format!("{}, φ = {phi:?}", shown(pair)), due, answer(p, q, phi), near)
                    })
                },
            },
            Check {
                name: "below-the-divergence",
                property: "never above χ²(P‖Q), and equal to it for φ = p/q",
                run: |answer| {
                    for_all(200, &(full_pairs(), quarters()), |(pair, phi)| {
                        let (p, q) = pair;
                        let (chi2, size) = by_definition(&PearsonChi2, p, q);
                        let near = tolerance::of_terms(&[size, 64.0]);
                        let phi = &phi[..p.len()];
                        let at = format!("{}, φ = {phi:?}", shown(pair));
                        let below = at_least(at, "χ² at least the bound", chi2, answer(p, q, phi), near)?;
                        let ratio: Vec<f64> = p.iter().zip(q).map(|(p, q)| p / q).collect();
                        let at = format!("{}, φ = p/q", shown(pair));
                        if chi2 < 1e-3 {
                            return Ok(below);
                        }
                        Ok(below.max(agree(at, chi2, answer(p, q, &ratio), near)?))
                    })
                },
            },
            Check {
                name: "blind-to-spread",
                property: "0 where the means agree, however the variances differ",
                run: |answer| {
                    for_each([1.0, -3.0, 1e3], |scale| {
                        let phi = [-scale, 0.0, scale];
                        let found = answer(&[0.25, 0.5, 0.25], &[0.4, 0.2, 0.4], &phi);
                        agree(
                            format!("P = (¼, ½, ¼), Q = (.4, .2, .4), φ = {phi:?}"),
                            0.0,
                            found,
                            tolerance::FORMULA,
                        )
                    })
                },
            },
            Check {
                name: "constant-under-q",
                property: "a feature that Q does not vary: 0 if the means agree, else +∞",
                run: |answer| {
                    for_each(
                        [([0.5, 0.5], [2.0, 2.0], 0.0), ([0.5, 0.5], [2.0, 3.0], f64::INFINITY)],
                        |(p, phi, due)| {
                            agree(
                                format!("P = {p:?}, Q = (1, 0), φ = {phi:?}"),
                                due,
                                answer(&p, &[1.0, 0.0], &phi),
                                0.0,
                            )
                        },
                    )
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "variance-under-p",
                misconception: "the square is averaged under Q, where f* is: its variance is that of Q",
                subject: |p, q, phi| quotient((mean(p, phi) - mean(q, phi)).powi(2), variance(p, phi)),
                caught_by: "supremum",
            },
            Chaff {
                name: "second-moment",
                misconception: "with the best a the feature is centred: the variance stands below, not E_Q φ²",
                subject: |p, q, phi| {
                    let squares: Vec<f64> = phi.iter().map(|phi| phi * phi).collect();
                    quotient((mean(p, phi) - mean(q, phi)).powi(2), mean(q, &squares))
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "second-moment-under-p",
                misconception: "two slips in one: the square is averaged under Q, where f* is, and with the best a the feature is centred",
                subject: |p, q, phi| {
                    let squares: Vec<f64> = phi.iter().map(|phi| phi * phi).collect();
                    quotient((mean(p, phi) - mean(q, phi)).powi(2), mean(p, &squares))
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "deviation-for-variance",
                misconception: "scaling φ by 2 must change nothing: the variance stands below, not the deviation",
                subject: |p, q, phi| quotient((mean(p, phi) - mean(q, phi)).powi(2), variance(q, phi).sqrt()),
                caught_by: "supremum",
            },
            Chaff {
                name: "quarter-kept",
                misconception: "the maximum of bM − b²V/4 is M²/V: at b = 2M/V one term gives 2, the other takes 1",
                subject: |p, q, phi| reference::affine_pearson_bound(p, q, phi) / 4.0,
                caught_by: "below-the-divergence",
            },
            Chaff {
                name: "not-squared",
                misconception: "M is squared: its sign cannot matter, since b may have either",
                subject: |p, q, phi| quotient(mean(p, phi) - mean(q, phi), variance(q, phi)),
                caught_by: "supremum",
            },
            Chaff {
                name: "second-moments-compared",
                misconception: "an affine critic compares means of φ: it does not see the spread, however much it differs",
                subject: |p, q, phi| {
                    let squares: Vec<f64> = phi.iter().map(|phi| phi * phi).collect();
                    reference::affine_pearson_bound(p, q, &squares)
                },
                caught_by: "blind-to-spread",
            },
            Chaff {
                name: "zero-over-zero",
                misconception: "0/0 is NaN: a feature that varies under neither law gives the bound 0",
                subject: |p, q, phi| (mean(p, phi) - mean(q, phi)).powi(2) / variance(q, phi),
                caught_by: "constant-under-q",
            },
        ],
        fingerprint: |answer| {
            vec![
                answer(&[0.5, 0.3, 0.2], &[0.2, 0.2, 0.6], &[1.0, -0.5, 2.5]),
                answer(&[0.1, 0.3, 0.6], &[0.3, 0.2, 0.5], &[1.0, -0.5, 0.25]),
                answer(&[0.5, 0.5], &[1.0, 0.0], &[2.0, 2.0]),
                answer(&[0.5, 0.5], &[1.0, 0.0], &[2.0, 3.0]),
            ]
        },
    }
}

fn quotient(above: f64, below: f64) -> f64 {
    if above == 0.0 { 0.0 } else { above / below }
}
