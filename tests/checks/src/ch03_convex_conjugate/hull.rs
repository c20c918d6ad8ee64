//! 3.10: the lower convex hull of samples.

use super::samples::{SIZES, Samples, samples, shown, two_wells};
use crate::check::{Broken, Chaff, Check, Tally, Verdict, at_least};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::ch03_convex_conjugate::exercises as reference;

/// The signature of 3.10.
type Hull = fn(&[f64], &[f64]) -> Vec<usize>;

/// 3.10
pub fn lower_hull() -> Exercise<Hull> {
    Exercise {
        meta: Meta::implement("3.10", "lower_hull", "The lower convex hull in linear time", 4, 25),
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
                name: "middle-sizes",
                property: "all of the above for 0, 5, 9, 17, 65, … up to 4,097 samples",
                run: middle_sizes,
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
                name: "hulls-of-parts",
                misconception: "the hulls of parts, side by side, are not the hull of the whole",
                subject: |us, fs| {
                    const PART: usize = 32;
                    let part = |k: usize| k * PART..us.len().min((k + 1) * PART);
                    let hull_of = |k: usize| reference::lower_hull(&us[part(k)], &fs[part(k)]);
                    let parts = 0..us.len().div_ceil(PART);
                    parts.flat_map(|k| hull_of(k).into_iter().map(move |i| k * PART + i)).collect()
                },
                caught_by: "middle-sizes",
            },
            Chaff {
                name: "panics-without-samples",
                misconception: "there is no first sample when there are none",
                subject: |us, fs| {
                    let (first, _) = (us[0], fs[0]);
                    debug_assert!(first.is_finite());
                    reference::lower_hull(us, fs)
                },
                caught_by: "middle-sizes",
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
            let wells = two_wells(200);
            let short = sets.iter().flat_map(|(us, fs)| answer(us, fs));
            let count = answer(&wells.0, &wells.1).len();
            short.chain([count]).chain(answer(&us, &bowl).last().copied()).map(|i| i as f64).collect()
        },
    }
}

/// Do the slopes from a to b to c increase?
fn turns_left(us: &[f64], fs: &[f64], a: usize, b: usize, c: usize) -> bool {
    (fs[b] - fs[a]) * (us[c] - us[b]) < (fs[c] - fs[b]) * (us[b] - us[a])
}

/// The empty set of samples, and sets of two wells: hulls of a few long sides.
fn middle_sizes(answer: Hull) -> Verdict {
    let none = answer(&[], &[]);
    if !none.is_empty() {
        return Err(Broken::new("no samples", "no indices", format!("{none:?}")));
    }
    for_each(SIZES, |n| {
        let s = two_wells(n);
        let hull = answer(&s.0, &s.1);
        for verdict in [ends_and_order(&s, &hull), convex(&s, &hull), below_samples(&s, &hull)] {
            // Thousands of samples are not shown one by one.
            verdict.map_err(|why| {
                let place = format!("{} samples of ||u| − 1| from −2 to 2", n + 1);
                Broken::new(place, why.expected, if n > 16 { "another hull".into() } else { why.found })
            })?;
        }
        Ok(0.0)
    })
}

fn ends_and_order(s: &Samples, hull: &[usize]) -> Result<f64, Box<Broken>> {
    let last = s.0.len() - 1;
    let ordered = hull.windows(2).all(|pair| pair[0] < pair[1]);
    if hull.first() == Some(&0) && hull.last() == Some(&last) && ordered {
        return Ok(0.0);
    }
    Err(Broken::new(shown(s), format!("increasing indices from 0 to {last}"), format!("{hull:?}")))
}

/// Indices of samples that exist.
fn in_range(s: &Samples, hull: &[usize]) -> Result<(), Box<Broken>> {
    let n = s.0.len();
    if hull.iter().all(|i| *i < n) {
        return Ok(());
    }
    Err(Broken::new(shown(s), format!("indices below {n}, the number of samples"), format!("{hull:?}")))
}

fn convex(s: &Samples, hull: &[usize]) -> Result<f64, Box<Broken>> {
    in_range(s, hull)?;
    for corner in hull.windows(3) {
        let [a, b, c] = [corner[0], corner[1], corner[2]];
        if !turns_left(&s.0, &s.1, a, b, c) {
            let place = format!("{}, hull {hull:?}", shown(s));
            return Err(Broken::new(place, format!("a larger slope after sample {b}"), "one not larger"));
        }
    }
    Ok(0.0)
}

fn below_samples(s: &Samples, hull: &[usize]) -> Result<f64, Box<Broken>> {
    in_range(s, hull)?;
    let (us, fs) = s;
    for side in hull.windows(2) {
        let (a, b) = (side[0], side[1]);
        for i in a..=b {
            let chord = fs[a] + (fs[b] - fs[a]) * (us[i] - us[a]) / (us[b] - us[a]);
            let near = tolerance::of_terms(&[fs[a], fs[b]]);
            at_least("", "a sample on or above the hull", fs[i], chord, near).map_err(|mut why| {
                why.at = format!("{}, hull {hull:?}, sample {i}", shown(s));
                why
            })?;
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
