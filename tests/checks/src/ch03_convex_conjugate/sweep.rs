//! 3.11: the conjugate of samples at all slopes in one sweep.

use super::samples::{agree_all, brute_force, rounding, samples, shown};
use crate::check::{Broken, Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies, tolerance};
use vdm::ch03_convex_conjugate::exercises as reference;

/// The signature of 3.11.
type Legendre = fn(&[f64], &[f64], &[usize], &[f64]) -> Vec<f64>;

/// 3.11
pub fn legendre() -> Exercise<Legendre> {
    Exercise {
        meta: Meta::implement("3.11", "legendre", "All slopes in one sweep", 3, 20),
        reference: reference::legendre,
        checks: vec![
            Check {
                name: "each-slope",
                property: "each value is the largest t·u − f over the samples",
                run: |answer| {
                    let slopes = proptest::collection::vec(strategies::reals(12.0), 0..8);
                    for_all(300, &(samples(), slopes), |(s, slopes)| {
                        let mut slopes = slopes.clone();
                        slopes.sort_by(f64::total_cmp);
                        let hull = reference::lower_hull(&s.0, &s.1);
                        let due: Vec<f64> = slopes.iter().map(|t| brute_force(&s.0, &s.1, *t)).collect();
                        let near = slopes.iter().map(|t| rounding(&s.0, &s.1, *t)).fold(0.0, f64::max);
                        let place = format!("{}, slopes = {slopes:?}", shown(s));
                        agree_all(&place, &due, &answer(&s.0, &s.1, &hull, &slopes), near)
                    })
                },
            },
            Check {
                name: "many-slopes",
                property: "300,000 slopes over 300,000 samples of u² give t²/4 up to the grid's error",
                run: many_slopes,
            },
            Check {
                name: "nothing-sampled",
                property: "without samples each value is −∞",
                run: |answer| {
                    let found = answer(&[], &[], &[], &[0.0, 1.0]);
                    for_each([()], |()| agree_all("no samples", &[f64::NEG_INFINITY; 2], &found, 0.0))
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "one-step-per-slope",
                misconception: "between two slopes the maximiser can pass several hull points: advance while it pays",
                subject: |us, fs, hull, slopes| {
                    if hull.is_empty() {
                        return vec![f64::NEG_INFINITY; slopes.len()];
                    }
                    let mut at = 0;
                    let value = |k: usize, t: f64| t * us[hull[k]] - fs[hull[k]];
                    let step = |t: &f64| {
                        if at + 1 < hull.len() && value(at + 1, *t) > value(at, *t) {
                            at += 1;
                        }
                        value(at, *t)
                    };
                    slopes.iter().map(step).collect()
                },
                caught_by: "each-slope",
            },
            Chaff {
                name: "stops-before-the-last",
                misconception: "the last hull point is never reached: it is the maximiser of every large slope",
                subject: |us, fs, hull, slopes| {
                    let shorter = &hull[..hull.len().saturating_sub(1).max(hull.len().min(1))];
                    reference::legendre(us, fs, shorter, slopes)
                },
                caught_by: "each-slope",
            },
            Chaff {
                name: "hull-ignored",
                misconception: "walking over all samples stops at the first bump: walk over the hull",
                subject: |us, fs, _, slopes| {
                    let all: Vec<usize> = (0..us.len()).collect();
                    reference::legendre(us, fs, &all, slopes)
                },
                caught_by: "each-slope",
            },
            Chaff {
                name: "values-not-subtracted",
                misconception: "this is t·u at the maximiser; f is still to be subtracted",
                subject: |us, fs, hull, slopes| {
                    let zeros = vec![0.0; fs.len()];
                    reference::legendre(us, &zeros, hull, slopes)
                },
                caught_by: "many-slopes",
            },
            Chaff {
                name: "panics-without-samples",
                misconception: "hull[0] does not exist when there are no samples",
                subject: |us, fs, hull, slopes| {
                    let first = hull[0];
                    debug_assert!(first < us.len());
                    reference::legendre(us, fs, hull, slopes)
                },
                caught_by: "nothing-sampled",
            },
        ],
        fingerprint: |answer| {
            let (us, fs) = ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [1.0, -0.5, 6.0, 0.25, 3.0, 2.5]);
            let hull = reference::lower_hull(&us, &fs);
            let many = answer(&us, &fs, &hull, &[-4.0, -0.5, 0.0, 0.7, 3.0]);
            many.into_iter().chain(answer(&us, &fs, &hull, &[3.0])).collect()
        },
    }
}

/// Samples of u² at steps of h: the grid's conjugate lies below t²/4 by at most h²/4.
fn many_slopes(answer: Legendre) -> Verdict {
    const N: usize = 300_000;
    let h = 2.0 / N as f64;
    let us: Vec<f64> = (0..=N).map(|k| k as f64 * h).collect();
    let fs: Vec<f64> = us.iter().map(|u| u * u).collect();
    let hull: Vec<usize> = (0..=N).collect();
    let slopes: Vec<f64> = us.iter().map(|u| u * 1.9).collect();
    let found = answer(&us, &fs, &hull, &slopes);
    if found.len() != slopes.len() {
        return Err(Broken::new("u²", format!("{} values", slopes.len()), format!("{} values", found.len())));
    }
    let near = h * h / 4.0 + tolerance::of_terms(&[4.0]);
    for_each(slopes.iter().zip(found), |(t, value)| agree(format!("t = {t}"), t * t / 4.0, value, near))
}
