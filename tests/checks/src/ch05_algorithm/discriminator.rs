//! 5.5: the discriminator that a critic's value stands for.

use crate::check::{Chaff, Check, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, Tally, tolerance};
use vdm::ch05_algorithm::exercises as reference;

/// A discriminator, of (f\*)′ and t.
type Discriminator = fn(&dyn Fn(f64) -> f64, f64) -> f64;

/// A generator's slope f′(u), and the inverse of that, as chapter 3 has them.
struct Row {
    name: &'static str,
    slope: fn(f64) -> f64,
    ratio: fn(f64) -> f64,
}

const ROWS: [Row; 5] = [
    Row { name: "KL", slope: |u| 1.0 + u.ln(), ratio: |t| (t - 1.0).exp() },
    Row { name: "reverse KL", slope: |u| -1.0 / u, ratio: |t| -1.0 / t },
    Row { name: "GAN", slope: |u| -(1.0 / u).ln_1p(), ratio: |t| -t.exp() / t.exp_m1() },
    Row { name: "Pearson", slope: |u| 2.0 * (u - 1.0), ratio: |t| (1.0 + t / 2.0).max(0.0) },
    Row { name: "squared Hellinger", slope: |u| 1.0 - u.powf(-0.5), ratio: |t| (1.0 - t).powi(-2) },
];

/// 5.5
pub fn discriminator_from_critic() -> Exercise<Discriminator> {
    Exercise {
        meta: Meta::implement(
            "5.5",
            "discriminator_from_critic",
            "From the critic to the discriminator",
            2,
            10,
        ),
        reference: reference::discriminator_from_critic,
        checks: vec![
            Check {
                name: "bayes",
                property: "at an optimal critic's value t = f'(p/q) it is p/(p + q), for every row",
                run: |answer| {
                    let mut tally = Tally::default();
                    for row in &ROWS {
                        tally.merge(for_all(60, &(1u32..50, 1u32..50), |&(p, q)| {
                            let (p, q) = (f64::from(p), f64::from(q));
                            let at = format!("{}, p/q = {}/{}", row.name, number(p), number(q));
                            // (f*)′ takes back what rounding did to t near an end of dom f*,
                            // where a ratio of 50 may lie 50² units of rounding away.
                            let near = tolerance::of_terms(&[50.0 * 50.0]);
                            agree(at, p / (p + q), answer(&row.ratio, (row.slope)(p / q)), near)
                        })?);
                    }
                    Ok(tally)
                },
            },
            Check {
                name: "threshold",
                property: "it is ½ at t = f'(1): 1 for KL, −1 for reverse KL, −log 2 for the GAN, 0 for Pearson and Hellinger",
                run: |answer| {
                    for_each(&ROWS, |row| {
                        let t = (row.slope)(1.0);
                        let at = format!("{}, t = {}", row.name, number(t));
                        agree(at, 0.5, answer(&row.ratio, t), tolerance::FORMULA)
                    })
                },
            },
            Check {
                name: "ends",
                property: "0 where the ratio is 0, 1 where it is ∞; a share for the largest ratios too",
                run: |answer| {
                    let ratios = [(0.0, 0.0), (1e-300, 1e-300), (1e300, 1.0), (f64::INFINITY, 1.0)];
                    for_each(ratios, |(u, due)| {
                        let near = tolerance::of_terms(&[due]);
                        agree(format!("(f*)'(t) = {}", number(u)), due, answer(&|_| u, 0.25), near)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "ratio-itself",
                misconception: "u = p/q is a ratio, between 0 and ∞; the probability is u/(1 + u)",
                subject: |ratio, t| ratio(t),
                caught_by: "bayes",
            },
            Chaff {
                name: "exponential-of-the-critic",
                misconception: "D = e^T holds for the GAN row only",
                subject: |_, t| t.exp(),
                caught_by: "threshold",
            },
            Chaff {
                name: "sigmoid-of-the-critic",
                misconception: "D = σ(V) takes the raw output of the GAN's critic, not its value T",
                subject: |_, t| 1.0 / (1.0 + (-t).exp()),
                caught_by: "threshold",
            },
            Chaff {
                name: "probability-of-generated",
                misconception: "1/(1 + u) is the probability that the point was generated: u has p, the data, above",
                subject: |ratio, t| 1.0 / (1.0 + ratio(t)),
                caught_by: "bayes",
            },
            Chaff {
                name: "infinity-over-infinity",
                misconception: "u/(1 + u) is ∞/∞ where the ratio is infinite: divide by u first",
                subject: |ratio, t| {
                    let u = ratio(t);
                    u / (1.0 + u)
                },
                caught_by: "ends",
            },
        ],
        fingerprint: |answer| {
            let mut values: Vec<f64> = ROWS.iter().map(|row| answer(&row.ratio, (row.slope)(3.0))).collect();
            values.extend([0.0, 0.25, f64::INFINITY].map(|u| answer(&|_| u, 0.25)));
            values
        },
    }
}
