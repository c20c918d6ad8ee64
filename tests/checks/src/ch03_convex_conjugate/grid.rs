//! 3.9: the conjugate of samples, one slope at a time.

use super::samples::{brute_force, rounding, samples, shown};
use crate::check::{Chaff, Check, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies, tolerance};
use vdm::ch03_convex_conjugate::exercises as reference;

/// The signature of 3.9.
type AtSlope = fn(&[f64], &[f64], f64) -> f64;

/// 3.9
pub fn grid_conjugate() -> Exercise<AtSlope> {
    Exercise {
        meta: Meta::implement("3.9", "grid_conjugate", "The conjugate of samples", 2, 10),
        reference: reference::grid_conjugate,
        checks: vec![
            Check {
                name: "largest",
                property: "the value is the largest t·u − f over all samples",
                run: |answer| {
                    for_all(200, &(samples(), strategies::reals(8.0)), |(s, t)| {
                        let due = brute_force(&s.0, &s.1, *t);
                        let place = format!("{}, t = {}", shown(s), number(*t));
                        agree(place, due, answer(&s.0, &s.1, *t), rounding(&s.0, &s.1, *t))
                    })
                },
            },
            Check {
                name: "many-samples",
                property: "each of 1,000 samples counts: on samples of u²/2 at u = 0, 1, 2, … f*(t) = t²/2 at t = u",
                run: |answer| {
                    let us: Vec<f64> = (0..1000).map(f64::from).collect();
                    let fs: Vec<f64> = us.iter().map(|u| u * u / 2.0).collect();
                    for_each([0.0, 1.0, 12.0, 13.0, 100.0, 511.0, 998.0, 999.0], |t| {
                        agree(format!("t = {t}"), t * t / 2.0, answer(&us, &fs, t), 0.0)
                    })
                },
            },
            Check {
                name: "underestimates",
                property: "on samples of u log u the value never exceeds f*(t) = e^{t−1}",
                run: |answer| {
                    let us: Vec<f64> = (1..=16).map(|k| f64::from(k) / 2.0).collect();
                    let fs: Vec<f64> = us.iter().map(|u| u * u.ln()).collect();
                    for_each((-8..=12).map(|k| f64::from(k) / 4.0), |t| {
                        let (value, bound) = (answer(&us, &fs, t), (t - 1.0f64).exp());
                        let near = tolerance::of_terms(&[bound]) + rounding(&us, &fs, t);
                        at_least(format!("t = {t}"), "a value ≤ f*(t)", bound, value, near)
                    })
                },
            },
            Check {
                name: "nothing-sampled",
                property: "without samples the supremum is −∞",
                run: |answer| {
                    let value = answer(&[], &[], 1.0);
                    for_each([1.0], |_| agree("no samples, t = 1", f64::NEG_INFINITY, value, 0.0))
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "starts-at-zero",
                misconception: "a maximum that starts from 0 never sees negative values: start from −∞",
                subject: |us, fs, t| us.iter().zip(fs).map(|(u, f)| t * u - f).fold(0.0, f64::max),
                caught_by: "nothing-sampled",
            },
            Chaff {
                name: "smallest",
                misconception: "this takes the smallest t·u − f; the conjugate is the largest",
                subject: |us, fs, t| us.iter().zip(fs).map(|(u, f)| t * u - f).fold(f64::INFINITY, f64::min),
                caught_by: "largest",
            },
            Chaff {
                name: "f-added",
                misconception: "f is subtracted in t·u − f(u), not added",
                subject: |us, fs, t| {
                    us.iter().zip(fs).map(|(u, f)| t * u + f).fold(f64::NEG_INFINITY, f64::max)
                },
                caught_by: "largest",
            },
            Chaff {
                name: "last-sample-lost",
                misconception: "the last sample is left out: for large t it is the maximiser",
                subject: |us, fs, t| {
                    let n = us.len().saturating_sub(1);
                    us[..n].iter().zip(fs).map(|(u, f)| t * u - f).fold(f64::NEG_INFINITY, f64::max)
                },
                caught_by: "largest",
            },
            Chaff {
                name: "stops-early",
                misconception: "values that fall from one sample to the next may rise again: look at all of them",
                subject: |us, fs, t| {
                    let values = us.iter().zip(fs).map(|(u, f)| t * u - f).take(12);
                    values.fold(f64::NEG_INFINITY, f64::max)
                },
                caught_by: "many-samples",
            },
            Chaff {
                name: "rounded-up",
                misconception: "a correction for the grid's error makes it an overestimate: no longer the samples' conjugate",
                subject: |us, fs, t| {
                    us.iter().zip(fs).map(|(u, f)| t * u - f).fold(f64::NEG_INFINITY, f64::max) + 0.1
                },
                caught_by: "underestimates",
            },
        ],
        fingerprint: |answer| {
            let (us, fs) = ([0.0, 1.0, 2.0, 4.0], [1.0, -0.5, 0.25, 3.0]);
            let many: Vec<f64> = (0..40).map(f64::from).collect();
            let few = [-2.0, -0.5, 0.0, 0.7, 3.0].map(|t| answer(&us, &fs, t));
            few.into_iter().chain([answer(&many, &many, 2.0)]).collect()
        },
    }
}
