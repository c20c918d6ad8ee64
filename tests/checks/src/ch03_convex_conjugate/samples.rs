//! 3.9–3.12: conjugates of sampled functions.

use super::conjugates::meta;
use crate::check::{Broken, Chaff, Check, Tally, Verdict, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, strategies, tolerance};
use proptest::strategy::Strategy;
use vdm::ch03_convex_conjugate::exercises as reference;

/// Samples of a function: points that increase strictly, and values.
type Samples = (Vec<f64>, Vec<f64>);

/// Small sets of samples with short decimals, ties and straight runs included.
fn samples() -> impl Strategy<Value = Samples> {
    proptest::collection::vec((1i32..8, -16i32..16), 1..12).prop_map(|steps| {
        let mut u = -1.0;
        steps
            .into_iter()
            .map(|(step, value)| {
                u += f64::from(step) / 4.0;
                (u, f64::from(value) / 4.0)
            })
            .unzip()
    })
}

/// max over the samples of t·u − f, by looking at each of them.
fn brute_force(us: &[f64], fs: &[f64], t: f64) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for i in 0..us.len() {
        if t * us[i] - fs[i] > best {
            best = t * us[i] - fs[i];
        }
    }
    best
}

/// The rounding of t·u − f over all samples.
fn rounding(us: &[f64], fs: &[f64], t: f64) -> f64 {
    us.iter().zip(fs).map(|(u, f)| tolerance::of_terms(&[t * u, *f])).fold(0.0, f64::max)
}

fn shown((us, fs): &Samples) -> String {
    format!("us = {us:?}, fs = {fs:?}")
}

/// A vector's values one by one, after its length.
fn agree_all(place: &str, expected: &[f64], found: &[f64], tolerance: f64) -> Result<f64, Box<Broken>> {
    if expected.len() != found.len() {
        let count = |values: &[f64]| format!("{} values", values.len());
        return Err(Broken::new(place, count(expected), count(found)));
    }
    let mut worst = 0.0f64;
    for (i, (due, got)) in expected.iter().zip(found).enumerate() {
        worst = worst.max(agree(format!("{place}, value {i}"), *due, *got, tolerance)?);
    }
    Ok(worst)
}

/// 3.9
pub fn grid_conjugate() -> Exercise<fn(&[f64], &[f64], f64) -> f64> {
    Exercise {
        meta: meta("3.9", "grid_conjugate", "The conjugate of samples", 2, 10),
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
            [-2.0, -0.5, 0.0, 0.7, 3.0].map(|t| answer(&us, &fs, t)).to_vec()
        },
    }
}

/// The signature of 3.10.
type Hull = fn(&[f64], &[f64]) -> Vec<usize>;

/// 3.10
pub fn lower_hull() -> Exercise<Hull> {
    Exercise {
        meta: meta("3.10", "lower_hull", "The lower convex hull in linear time", 4, 25),
        reference: reference::lower_hull,
        checks: vec![
            Check {
                name: "ends-and-order",
                property: "the indices increase strictly, from the first sample to the last",
                run: |answer| for_all(200, &samples(), |s| ends_and_order(s, &answer(&s.0, &s.1))),
            },
            Check {
                name: "convex",
                property: "the slopes along the hull increase",
                run: |answer| for_all(200, &samples(), |s| convex(s, &answer(&s.0, &s.1))),
            },
            Check {
                name: "below-all-samples",
                property: "no sample lies below the hull",
                run: |answer| for_all(200, &samples(), |s| below_samples(s, &answer(&s.0, &s.1))),
            },
            Check {
                name: "many-samples",
                property: "300,000 samples take no longer than a blink: the work is linear",
                run: many_samples,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "looks-back-once",
                misconception: "a new sample can push out several hull points: repeat until the turn is convex",
                subject: |us, fs| {
                    let mut hull: Vec<usize> = Vec::new();
                    for c in 0..us.len() {
                        if let [.., a, b] = hull[..]
                            && !turns_left(us, fs, a, b, c)
                        {
                            hull.pop();
                        }
                        hull.push(c);
                    }
                    hull
                },
                caught_by: "convex",
            },
            Chaff {
                name: "upper-hull",
                misconception: "this is the upper hull: the comparison of the slopes is the wrong way round",
                subject: |us, fs| {
                    let negated: Vec<f64> = fs.iter().map(|f| -f).collect();
                    reference::lower_hull(us, &negated)
                },
                caught_by: "below-all-samples",
            },
            Chaff {
                name: "last-sample-lost",
                misconception: "the last sample always belongs to the hull",
                subject: |us, fs| {
                    let n = us.len().saturating_sub(1);
                    reference::lower_hull(&us[..n], &fs[..n])
                },
                caught_by: "ends-and-order",
            },
            Chaff {
                name: "all-samples",
                misconception: "samples above a chord between two others do not belong to the hull",
                subject: |us, _| (0..us.len()).collect(),
                caught_by: "convex",
            },
            Chaff {
                name: "equal-steps-assumed",
                misconception: "comparing differences of f without dividing by the steps assumes equally spaced points",
                subject: |us, fs| {
                    let steps: Vec<f64> = (0..us.len()).map(|k| k as f64).collect();
                    reference::lower_hull(&steps, fs)
                },
                caught_by: "convex",
            },
            Chaff {
                name: "loses-long-runs",
                misconception: "an index kept in 16 bits wraps around on long inputs",
                subject: |us, fs| reference::lower_hull(us, fs).into_iter().map(|i| i & 0xffff).collect(),
                caught_by: "many-samples",
            },
        ],
        fingerprint: |answer| {
            let sets: [(&[f64], &[f64]); 4] = [
                (&[0.0, 1.0, 2.0, 3.0, 5.0], &[2.0, 0.5, 1.0, -1.0, 4.0]),
                (&[0.0, 1.0, 4.0, 5.0, 6.0, 7.0], &[0.0, 3.0, 3.5, 3.25, 3.0, -1.0]),
                (&[0.0, 1.0, 1.5], &[0.0, 1.0, 1.6]),
                (&[0.0, 1.0, 2.0, 3.0, 4.0], &[0.0, -1.0, -1.5, -1.75, -9.0]),
            ];
            let us: Vec<f64> = (0..70_000).map(f64::from).collect();
            let bowl: Vec<f64> = us.iter().map(|u| u * u).collect();
            let short = sets.iter().flat_map(|(us, fs)| answer(us, fs));
            short.chain(answer(&us, &bowl).last().copied()).map(|i| i as f64).collect()
        },
    }
}

/// Do the slopes from a to b to c increase?
fn turns_left(us: &[f64], fs: &[f64], a: usize, b: usize, c: usize) -> bool {
    (fs[b] - fs[a]) * (us[c] - us[b]) < (fs[c] - fs[b]) * (us[b] - us[a])
}

fn ends_and_order(s: &Samples, hull: &[usize]) -> Result<f64, Box<Broken>> {
    let last = s.0.len() - 1;
    let ordered = hull.windows(2).all(|pair| pair[0] < pair[1]);
    if hull.first() == Some(&0) && hull.last() == Some(&last) && ordered {
        return Ok(0.0);
    }
    Err(Broken::new(shown(s), format!("increasing indices from 0 to {last}"), format!("{hull:?}")))
}

fn convex(s: &Samples, hull: &[usize]) -> Result<f64, Box<Broken>> {
    for corner in hull.windows(3) {
        let [a, b, c] = [corner[0], corner[1], corner[2]];
        if c >= s.0.len() || !turns_left(&s.0, &s.1, a, b, c) {
            let place = format!("{}, hull {hull:?}", shown(s));
            return Err(Broken::new(place, format!("a larger slope after sample {b}"), "one not larger"));
        }
    }
    Ok(0.0)
}

fn below_samples(s: &Samples, hull: &[usize]) -> Result<f64, Box<Broken>> {
    let (us, fs) = s;
    for side in hull.windows(2) {
        let (a, b) = (side[0], side[1]);
        for i in a..=b.min(us.len() - 1) {
            let chord = fs[a] + (fs[b] - fs[a]) * (us[i] - us[a]) / (us[b] - us[a]);
            let place = format!("{}, hull {hull:?}, sample {i}", shown(s));
            at_least(
                place,
                "a sample on or above the hull",
                fs[i],
                chord,
                tolerance::of_terms(&[fs[a], fs[b]]),
            )?;
        }
    }
    Ok(0.0)
}

/// A parabola keeps all its samples, a cap only its ends: the two extremes of the
/// work that the hull takes.
fn many_samples(answer: Hull) -> Verdict {
    const N: usize = 300_000;
    let us: Vec<f64> = (0..N).map(|k| k as f64).collect();
    let bowl: Vec<f64> = us.iter().map(|u| u * u).collect();
    let cap: Vec<f64> = us.iter().map(|u| -u * u).collect();
    let mut tally = Tally::default();
    for (name, fs, due) in [("f = u²", bowl, N), ("f = −u²", cap, 2)] {
        let hull = answer(&us, &fs);
        if hull.len() != due || hull.windows(2).any(|pair| pair[0] >= pair[1]) {
            let found = format!("{} indices", hull.len());
            return Err(Broken::new(
                format!("{N} samples of {name}"),
                format!("{due} increasing indices"),
                found,
            ));
        }
        tally.count(0.0);
    }
    Ok(tally)
}

/// The signature of 3.11.
type Legendre = fn(&[f64], &[f64], &[usize], &[f64]) -> Vec<f64>;

/// 3.11
pub fn legendre() -> Exercise<Legendre> {
    Exercise {
        meta: meta("3.11", "legendre", "All slopes in one sweep", 3, 20),
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

/// The signature of 3.12.
type Biconjugate = fn(&[f64], &[f64]) -> Vec<f64>;

/// f\*\* at sample i by enumeration: the lowest chord between a sample on its left
/// and one on its right (or itself).
fn lowest_chord((us, fs): &Samples, i: usize) -> f64 {
    let mut lowest = fs[i];
    for j in 0..i {
        for k in i + 1..us.len() {
            let share = (us[i] - us[j]) / (us[k] - us[j]);
            lowest = lowest.min(fs[j] * (1.0 - share) + fs[k] * share);
        }
    }
    lowest
}

/// 3.12
pub fn grid_biconjugate() -> Exercise<Biconjugate> {
    Exercise {
        meta: meta("3.12", "grid_biconjugate", "The biconjugate of samples", 3, 20),
        reference: reference::grid_biconjugate,
        checks: vec![
            Check {
                name: "lowest-chord",
                property: "f**(u) is the lowest value at u of a chord between two samples around it",
                run: |answer| {
                    for_all(200, &samples(), |s| {
                        let due: Vec<f64> = (0..s.0.len()).map(|i| lowest_chord(s, i)).collect();
                        let near = tolerance::of_terms(&s.1) + tolerance::of_terms(&[1.0]);
                        agree_all(&shown(s), &due, &answer(&s.0, &s.1), near)
                    })
                },
            },
            Check {
                name: "below-the-samples",
                property: "f** ≤ f at every sample, exactly",
                run: |answer| {
                    for_all(200, &samples(), |s| {
                        for (i, value) in answer(&s.0, &s.1).iter().enumerate().take(s.0.len()) {
                            at_least(format!("{}, sample {i}", shown(s)), "f** ≤ f", s.1[i], *value, 0.0)?;
                        }
                        Ok(0.0)
                    })
                },
            },
            Check {
                name: "keeps-convex-functions",
                property: "a convex function is its own biconjugate",
                run: |answer| {
                    let us: Vec<f64> = (0..40).map(|k| f64::from(k * k) / 64.0).collect();
                    let fs: Vec<f64> = us.iter().map(|u| (u - 1.0).powi(2)).collect();
                    let found = answer(&us, &fs);
                    for_each([()], |()| agree_all("samples of (u − 1)²", &fs, &found, 0.0))
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "the-samples-themselves",
                misconception: "f** = f holds for convex closed f only; a bump is bridged by a chord",
                subject: |_, fs| fs.to_vec(),
                caught_by: "lowest-chord",
            },
            Chaff {
                name: "chord-between-the-ends",
                misconception: "one chord from end to end lies above the samples that sag below it",
                subject: |us, fs| {
                    let n = us.len() - 1;
                    let slope = if n == 0 { 0.0 } else { (fs[n] - fs[0]) / (us[n] - us[0]) };
                    us.iter().map(|u| fs[0] + slope * (u - us[0])).collect()
                },
                caught_by: "below-the-samples",
            },
            Chaff {
                name: "nearest-hull-value",
                misconception: "between two hull points f** is the straight line, not the value of one of them",
                subject: |us, fs| {
                    let mut envelope = fs.to_vec();
                    for corner in reference::lower_hull(us, fs).windows(2) {
                        envelope[corner[0] + 1..corner[1]].fill(fs[corner[0]].min(fs[corner[1]]));
                    }
                    envelope
                },
                caught_by: "lowest-chord",
            },
            Chaff {
                name: "interpolates-by-index",
                misconception: "the share along a chord is (u − u_a)/(u_b − u_a), not (i − a)/(b − a)",
                subject: |us, fs| {
                    let mut envelope = fs.to_vec();
                    for corner in reference::lower_hull(us, fs).windows(2) {
                        let (a, b) = (corner[0], corner[1]);
                        for i in a + 1..b {
                            let share = (i - a) as f64 / (b - a) as f64;
                            envelope[i] = fs[a] + share * (fs[b] - fs[a]);
                        }
                    }
                    envelope
                },
                caught_by: "lowest-chord",
            },
            Chaff {
                name: "running-minimum",
                misconception: "a running minimum is monotone, not convex: it changes convex functions too",
                subject: |_, fs| {
                    fs.iter()
                        .scan(f64::INFINITY, |low, f| {
                            *low = low.min(*f);
                            Some(*low)
                        })
                        .collect()
                },
                caught_by: "keeps-convex-functions",
            },
        ],
        fingerprint: |answer| {
            let (us, fs) = ([0.0, 1.0, 1.5, 4.0, 5.0], [1.0, 2.0, 0.25, 3.0, 2.5]);
            answer(&us, &fs)
        },
    }
}
