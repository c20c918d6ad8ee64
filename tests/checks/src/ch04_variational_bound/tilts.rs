//! 4.10 and 4.11: the tilted law, and the tilt that matches a mean.

use super::shared::{full_pairs, normalised, quarters, shown};
use crate::check::{Broken, Chaff, Check, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.10: q and T.
type Tilted = fn(&[f64], &[f64]) -> Vec<f64>;
/// The signature of 4.11: q, φ and the mean to reach.
type Tilt = fn(&[f64], &[f64], f64) -> f64;

fn mean(law: &[f64], values: &[f64]) -> f64 {
    law.iter().zip(values).map(|(mass, value)| mass * value).sum()
}

fn of_length(at: &str, found: Vec<f64>, n: usize) -> Result<Vec<f64>, Box<Broken>> {
    match found.len() == n {
        true => Ok(found),
        false => Err(Broken::new(at, format!("{n} values"), format!("{} values", found.len()))),
    }
}

/// 4.10
pub fn tilted() -> Exercise<Tilted> {
    Exercise {
        meta: Meta::implement("4.10", "tilted", "The tilted law", 2, 10),
        reference: reference::tilted,
        checks: vec![
            Check {
                name: "a-law",
                property: "the values are probabilities: at least 0, with the sum 1",
                run: |answer| {
                    for_all(100, &(full_pairs(), quarters()), |((_, q), critic)| {
                        let critic = &critic[..q.len()];
                        let at = format!("Q = {q:.4?}, T = {critic:?}");
                        let law = of_length(&at, answer(q, critic), q.len())?;
                        if let Some(bad) = law.iter().find(|mass| mass.is_nan() || **mass < 0.0) {
                            return Err(Broken::new(at, "probabilities", number(*bad)));
                        }
                        agree(at, 1.0, law.iter().sum(), tolerance::of_terms(&[1.0]))
                    })
                },
            },
            Check {
                name: "odds",
                property: "the odds of two points change by e to the difference of T",
                run: |answer| {
                    for_all(100, &(full_pairs(), quarters()), |((_, q), critic)| {
                        let critic = &critic[..q.len()];
                        let at = format!("Q = {q:.4?}, T = {critic:?}");
                        let law = of_length(&at, answer(q, critic), q.len())?;
                        let mut worst = 0.0_f64;
                        for i in 1..q.len() {
                            let due = (q[i] / q[0]).ln() + critic[i] - critic[0];
                            let found = (law[i] / law[0]).ln();
                            let near = tolerance::of_terms(&[due, 16.0]);
                            worst =
                                worst.max(agree(format!("{at}, log odds of {i} and 0"), due, found, near)?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "far-values",
                property: "T of ±10⁴ neither overflows nor leaves nothing, and a point without mass gets none",
                run: |answer| {
                    let third = 1.0 / 3.0;
                    let cases = [
                        ([0.5, 0.25, 0.25], [1e4, 1e4, 1e4], [0.5, 0.25, 0.25]),
                        ([0.5, 0.25, 0.25], [-1e4, -1e4, -1e4], [0.5, 0.25, 0.25]),
                        ([0.5, 0.25, 0.25], [-1e4, 1e4, 1e4 + 2.0_f64.ln()], [0.0, third, 2.0 * third]),
                        ([0.0, 0.5, 0.5], [1e4, 0.0, 0.0], [0.0, 0.5, 0.5]),
                    ];
                    for_each(cases, |(q, critic, due)| {
                        let at = format!("Q = {q:?}, T = {critic:?}");
                        let law = of_length(&at, answer(&q, &critic), 3)?;
                        // T of size 1e4 carries its rounding into the exponent.
                        let near = tolerance::FORMULA * 1e4;
                        (0..3).try_fold(0.0_f64, |worst, i| {
                            Ok(worst.max(agree(format!("{at}, point {i}"), due[i], law[i], near)?))
                        })
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "not-normalised",
                misconception: "q·e^T has the sum E_Q e^T; a law has the sum 1",
                subject: |q, t| q.iter().zip(t).map(|(q, t)| q * t.exp()).collect(),
                caught_by: "a-law",
            },
            Chaff {
                name: "softmax-without-q",
                misconception: "the tilt starts from Q: e^T alone tilts the uniform law",
                subject: |q, t| reference::tilted(&vec![1.0; q.len()], t),
                caught_by: "odds",
            },
            Chaff {
                name: "tilted-away",
                misconception: "mass moves to where T is large: the sign of the exponent is plus",
                subject: |q, t| reference::tilted(q, &t.iter().map(|t| -t).collect::<Vec<_>>()),
                caught_by: "odds",
            },
            Chaff {
                name: "q-in-the-exponent",
                misconception: "the weight is q·e^T, not e^{q·T}",
                subject: |q, t| {
                    let exponents: Vec<f64> = q.iter().zip(t).map(|(q, t)| q * t).collect();
                    reference::tilted(&vec![1.0; q.len()], &exponents)
                },
                caught_by: "odds",
            },
            Chaff {
                name: "overflows",
                misconception: "e^T overflows above T ≈ 710, and ∞/∞ is NaN: take the largest exponent out first",
                subject: |q, t| {
                    let weights: Vec<f64> = q.iter().zip(t).map(|(q, t)| q * t.exp()).collect();
                    let total: f64 = weights.iter().sum();
                    weights.iter().map(|w| w / total).collect()
                },
                caught_by: "far-values",
            },
        ],
        fingerprint: |answer| {
            [answer(&[0.5, 0.3, 0.2], &[0.4, -0.2, 1.5]), answer(&[0.5, 0.5], &[800.0, 801.0])].concat()
        },
    }
}

/// What rounding leaves of a mean under a tilt by w: each weight errs by its exponent's
/// rounding, relatively.
fn of_moment(w: f64, spread: f64) -> f64 {
    tolerance::FORMULA * spread * (1.0 + (w * spread).abs())
}

/// Laws, features and a place between the least and the largest feature.
fn cases(run: impl Fn(&[f64], &[f64], f64, String) -> Result<f64, Box<Broken>>) -> crate::Verdict {
    for_all(150, &(full_pairs(), quarters(), 1u32..16), |(pair, phi, share)| {
        let q = &pair.1;
        let phi = &phi[..q.len()];
        let (low, high) =
            phi.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
        if low == high {
            return Ok(0.0);
        }
        let target = low + (high - low) * f64::from(*share) / 16.0;
        run(q, phi, target, format!("{}, φ = {phi:?}, target {target}", shown(pair)))
    })
}

/// 4.11
pub fn tilt() -> Exercise<Tilt> {
    Exercise {
        meta: Meta::implement("4.11", "tilt", "The tilt that matches a mean", 4, 25),
        reference: reference::tilt,
        checks: vec![
            Check {
                name: "moment",
                property: "under the law proportional to q·e^{wφ} the mean of φ is the target",
                run: |answer| {
                    cases(|q, phi, target, at| {
                        let w = answer(q, phi, target);
                        let weights: Vec<f64> =
                            q.iter().zip(phi).map(|(q, x)| q * (w * (x - target)).exp()).collect();
                        let found = mean(&weights, phi) / weights.iter().sum::<f64>();
                        let at = format!("{at}: the mean of φ under the tilt by w = {}", number(w));
                        agree(at, target, found, of_moment(w, 8.0))
                    })
                },
            },
            Check {
                name: "two-points",
                property: "on two points 0 and 1 the answer is the difference of the log-odds of target and q",
                run: |answer| {
                    let cases = (1u32..32, 1u32..32);
                    for_all(100, &cases, |&(a, b)| {
                        let (m, q) = (f64::from(a) / 32.0, f64::from(b) / 32.0);
                        let logit = |x: f64| (x / (1.0 - x)).ln();
                        let found = answer(&[1.0 - q, q], &[0.0, 1.0], m);
                        // The mean is matched to its rounding: w to that over its slope m(1 − m).
                        let near = of_moment(4.0, 1.0) / (m * (1.0 - m));
                        let at = format!("Q = ({}, {q}), φ = (0, 1), target {m}: w", 1.0 - q);
                        agree(at, logit(m) - logit(q), found, near)
                    })
                },
            },
            Check {
                name: "near-the-ends",
                property: "targets within 10⁻³ … 10⁻⁹ of the largest φ",
                run: |answer| {
                    let q = normalised(&[4, 3, 2, 1]);
                    let phi = [0.0, 1.0, 2.0, 3.0];
                    for_each([1e-3, 1e-6, 1e-9], |short| {
                        let w = answer(&q, &phi, 3.0 - short);
                        let weights: Vec<f64> =
                            q.iter().zip(&phi).map(|(q, x)| q * (w * (x - 3.0)).exp()).collect();
                        let lack: f64 = weights.iter().zip(&phi).map(|(m, x)| m * (3.0 - x)).sum();
                        let found = lack / weights.iter().sum::<f64>();
                        // The lack is a sum of small terms without cancellation; the target's own rounding is 2⁻⁵².
                        let near = tolerance::EPS * 8.0 + short * tolerance::FORMULA * (1.0 + w.abs() * 3.0);
                        agree(
                            format!(
                                "Q = (.4, .3, .2, .1), φ = (0, 1, 2, 3), target 3 − {short:e}: how much the mean of φ \
                                 under the tilt by w = {} lacks of 3",
                                number(w)
                            ),
                            short,
                            found,
                            near,
                        )
                    })
                },
            },
            Check {
                name: "far-features",
                property: "a shift of φ and of the target by 1,000 leaves w as it is, a scale of φ by 100 divides it",
                run: |answer| {
                    let q = [0.5, 0.25, 0.25];
                    let w = answer(&q, &[0.0, 1.0, 4.0], 0.5);
                    let shifted = answer(&q, &[1000.0, 1001.0, 1004.0], 1000.5);
                    let scaled = answer(&q, &[0.0, 100.0, 400.0], 50.0);
                    let near = of_moment(w, 4.0) * 4.0;
                    for_each(
                        [(w, shifted, "shifted"), (w, 100.0 * scaled, "scaled")],
                        |(due, found, what)| {
                            let at = format!("Q = {q:?}, φ = (0, 1, 4) {what}, target ½ with it: w");
                            agree(at, due, found, near)
                        },
                    )
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "one-newton-step",
                misconception: "one step solves it to first order only: go on until nothing changes",
                subject: |q, phi, target| {
                    let m = mean(q, phi);
                    let squares: Vec<f64> = phi.iter().map(|x| (x - m).powi(2)).collect();
                    (target - m) / mean(q, &squares)
                },
                caught_by: "moment",
            },
            Chaff {
                name: "tilted-away",
                misconception: "a larger w raises the mean: this one lowers it",
                subject: |q, phi, target| -reference::tilt(q, phi, target),
                caught_by: "two-points",
            },
            Chaff {
                name: "uniform-start",
                misconception: "the tilt starts from Q, not from the uniform law",
                subject: |q, phi, target| reference::tilt(&vec![1.0 / q.len() as f64; q.len()], phi, target),
                caught_by: "moment",
            },
            Chaff {
                name: "log-ratio-of-means",
                misconception: "the mean is no exponential of w: target and mean do not differ by a factor e^w",
                subject: |q, phi, target| (target.abs() / mean(q, phi).abs()).ln(),
                caught_by: "two-points",
            },
            Chaff {
                name: "fixed-small-steps",
                misconception: "a hundred steps of fixed length do not arrive where the variance is small",
                subject: |q, phi, target| {
                    (0..100).fold(0.0, |w, _| {
                        let law = reference::tilted(q, &phi.iter().map(|x| w * x).collect::<Vec<_>>());
                        w + 0.25 * (target - mean(&law, phi))
                    })
                },
                caught_by: "near-the-ends",
            },
            Chaff {
                name: "newton-without-a-bracket",
                misconception: "where the mean bends, Newton's step overshoots to where the variance is 0: keep it in a bracket",
                subject: |q, phi, target| {
                    (0..50).fold(0.0, |w, _| {
                        let law = reference::tilted(q, &phi.iter().map(|x| w * x).collect::<Vec<_>>());
                        let m = mean(&law, phi);
                        let squares: Vec<f64> = phi.iter().map(|x| (x - m).powi(2)).collect();
                        w + (target - m) / mean(&law, &squares)
                    })
                },
                caught_by: "two-points",
            },
            Chaff {
                name: "overflowing-weights",
                misconception: "e^{wφ} overflows for large φ: only differences of φ matter, so subtract the target first",
                subject: |q, phi, target| {
                    let reached = |w: f64| {
                        let weights: Vec<f64> = q.iter().zip(phi).map(|(q, x)| q * (w * x).exp()).collect();
                        mean(&weights, phi) / weights.iter().sum::<f64>()
                    };
                    let (mut low, mut high) = (-64.0, 64.0);
                    for _ in 0..200 {
                        let middle = (low + high) / 2.0;
                        if reached(middle) < target { low = middle } else { high = middle }
                    }
                    low
                },
                caught_by: "far-features",
            },
        ],
        fingerprint: |answer| {
            vec![
                answer(&[0.5, 0.3, 0.2], &[1.0, -0.5, 2.0], 0.75),
                answer(&[0.2, 0.3, 0.5], &[1000.0, 1001.0, 1003.0], 1001.0),
                answer(&[0.4, 0.3, 0.2, 0.1], &[0.0, 1.0, 2.0, 3.0], 2.9),
                answer(&[0.96875, 0.03125], &[0.0, 1.0], 0.96875),
            ]
        },
    }
}
