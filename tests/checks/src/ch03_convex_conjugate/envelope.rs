//! 3.12: the biconjugate of samples.

use super::samples::{SIZES, Samples, agree_all, samples, shown, two_wells};
use crate::check::{Chaff, Check, at_least};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::ch03_convex_conjugate::exercises as reference;

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
        meta: Meta::implement("3.12", "grid_biconjugate", "The biconjugate of samples", 3, 20),
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
                name: "middle-sizes",
                property: "two wells ||u| − 1| are bridged at 0, with 0, 5, 9, 17, 65, … up to 4,097 samples",
                run: |answer| {
                    let none = answer(&[], &[]);
                    agree_all("no samples", &[], &none, 0.0)?;
                    for_each(SIZES, |n| {
                        let (us, fs) = two_wells(n);
                        let due: Vec<f64> = us.iter().map(|u| (u.abs() - 1.0).max(0.0)).collect();
                        let place = format!("{} samples of ||u| − 1| from −2 to 2", n + 1);
                        agree_all(&place, &due, &answer(&us, &fs), tolerance::of_terms(&[1.0]))
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
                        for (i, value) in envelope.iter_mut().enumerate().take(b).skip(a + 1) {
                            let share = (i - a) as f64 / (b - a) as f64;
                            *value = fs[a] + share * (fs[b] - fs[a]);
                        }
                    }
                    envelope
                },
                caught_by: "lowest-chord",
            },
            Chaff {
                name: "hulls-of-parts",
                misconception: "the biconjugates of parts, side by side, are not that of the whole: a chord may span both",
                subject: |us, fs| {
                    let parts = us.chunks(32).zip(fs.chunks(32));
                    parts.flat_map(|(us, fs)| reference::grid_biconjugate(us, fs)).collect()
                },
                caught_by: "middle-sizes",
            },
            Chaff {
                name: "panics-without-samples",
                misconception: "there is no first sample when there are none",
                subject: |us, fs| {
                    let first = fs[0];
                    debug_assert!(!first.is_nan());
                    reference::grid_biconjugate(us, fs)
                },
                caught_by: "middle-sizes",
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
            let wells = two_wells(200);
            answer(&us, &fs).into_iter().chain(answer(&wells.0, &wells.1)).collect()
        },
    }
}
