//! 2.7: the bias of an estimate taken out by the jackknife.

use super::counts::expected;
use crate::check::{Broken, Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use std::cell::Cell;
use vdm::catalogue::PearsonChi2;
use vdm::ch02_intractable_densities::exercises as reference;

/// The signature of 2.7.
type Jackknife = fn(&dyn Fn(&[u64]) -> f64, &[u64]) -> f64;

/// A statistic of counts, with its name.
type Named = (&'static str, fn(&[u64]) -> f64);

/// Statistics of counts that treat points differently.
const STATISTICS: [Named; 3] = [
    ("Σ i·c²/n", |counts| {
        let n = counts.iter().sum::<u64>() as f64;
        counts.iter().zip(1u32..).map(|(c, i)| f64::from(i) * (*c as f64).powi(2)).sum::<f64>() / n
    }),
    ("the mean point", |counts| {
        let n = counts.iter().sum::<u64>() as f64;
        counts.iter().zip(0u32..).map(|(c, i)| f64::from(i) * *c as f64).sum::<f64>() / n
    }),
    ("how many points were drawn", |counts| counts.iter().filter(|c| **c > 0).count() as f64),
];

/// Against leaving the draws out one by one.
fn one_by_one(answer: Jackknife) -> Verdict {
    let counts = proptest::collection::vec(0u64..6, 1..5);
    let counts = counts.prop_filter("two draws", |counts| counts.iter().sum::<u64>() >= 2);
    for_all(200, &(counts, 0..STATISTICS.len()), |(counts, which)| {
        let (name, statistic) = STATISTICS[*which];
        let draws: Vec<usize> = (0..counts.len()).flat_map(|i| (0..counts[i]).map(move |_| i)).collect();
        let n = draws.len() as f64;
        let mut without = 0.0;
        for skipped in 0..draws.len() {
            let mut left = vec![0; counts.len()];
            for (_, point) in draws.iter().enumerate().filter(|(place, _)| *place != skipped) {
                left[*point] += 1;
            }
            without += statistic(&left) / n;
        }
        let whole = statistic(counts);
        let near = tolerance::of_terms(&[n * whole, n * without]);
        let found = answer(&statistic, counts);
        agree(format!("counts {counts:?}, S = {name}"), n * whole - (n - 1.0) * without, found, near)
    })
}

/// 2.7
pub fn jackknife() -> Exercise<Jackknife> {
    Exercise {
        meta: Meta::implement("2.7", "jackknife", "Taking the bias out", 4, 20),
        reference: reference::jackknife,
        checks: vec![
            Check {
                name: "one-by-one",
                property: "n·S less n − 1 times the mean of S without one draw, over the draws",
                run: one_by_one,
            },
            Check {
                name: "unbiased-for-pearson",
                property: "averaged over all samples of n draws the jackknifed χ² is χ²(p ‖ q), exactly",
                run: |answer| {
                    let (p, q) = ([0.5, 0.3, 0.2], [0.25, 0.25, 0.5]);
                    let pearson = |counts: &[u64]| reference::plug_in_divergence(&PearsonChi2, counts, &q);
                    // Σ p²/q − 1
                    let due = p.iter().zip(q).map(|(p, q)| p * p / q).sum::<f64>() - 1.0;
                    for_each(2..=6u64, |n| {
                        let found = expected(&p, n, |counts| answer(&pearson, counts));
                        agree(format!("n = {n}"), due, found, tolerance::of_terms(&[3.0 * n as f64; 4]))
                    })
                },
            },
            Check {
                name: "few-calls",
                property: "the statistic is called once for all draws and once for each point that was drawn",
                run: |answer| {
                    for_each([vec![300u64, 0, 500, 200], vec![2, 1]], |counts| {
                        let calls = Cell::new(0_u32);
                        let statistic = |_: &[u64]| {
                            calls.set(calls.get() + 1);
                            1.0
                        };
                        let value = answer(&statistic, &counts);
                        let most = 1 + counts.iter().filter(|count| **count > 0).count() as u32;
                        if calls.get() > most {
                            let found = format!("{} calls", calls.get());
                            return Err(Broken::new(
                                format!("counts {counts:?}"),
                                format!("{most} calls"),
                                found,
                            ));
                        }
                        // A statistic that is always 1 stays 1.
                        agree(format!("counts {counts:?}, S = 1"), 1.0, value, tolerance::of_terms(&[2e3]))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "no-correction",
                misconception: "this is the statistic itself, with its bias",
                subject: |statistic, counts| statistic(counts),
                caught_by: "unbiased-for-pearson",
            },
            Chaff {
                name: "points-for-draws",
                misconception: "the mean is over the draws: a point counts as often as it was drawn",
                subject: |statistic, counts| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let drawn: Vec<usize> = (0..counts.len()).filter(|i| counts[*i] > 0).collect();
                    let without = |i: &usize| {
                        let mut left = counts.to_vec();
                        left[*i] -= 1;
                        statistic(&left)
                    };
                    let mean = drawn.iter().map(without).sum::<f64>() / drawn.len() as f64;
                    n * statistic(counts) - (n - 1.0) * mean
                },
                caught_by: "one-by-one",
            },
            Chaff {
                name: "n-for-n-minus-one",
                misconception: "n·S − n·S̄ is the bias with the wrong sign, not the corrected value: the second factor is n − 1",
                subject: |statistic, counts| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let whole = statistic(counts);
                    let mean = (n * whole - reference::jackknife(statistic, counts)) / (n - 1.0);
                    n * whole - n * mean
                },
                caught_by: "few-calls",
            },
            Chaff {
                name: "correction-added",
                misconception: "the bias (n − 1)(S̄ − S) is taken away, not added",
                subject: |statistic, counts| {
                    2.0 * statistic(counts) - reference::jackknife(statistic, counts)
                },
                caught_by: "unbiased-for-pearson",
            },
            Chaff {
                name: "draw-by-draw",
                misconception: "draws at the same point leave the same counts behind: one call a point is enough",
                subject: |statistic, counts| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let mut mean = 0.0;
                    for i in 0..counts.len() {
                        for _ in 0..counts[i] {
                            let mut left = counts.to_vec();
                            left[i] -= 1;
                            mean += statistic(&left) / n;
                        }
                    }
                    n * statistic(counts) - (n - 1.0) * mean
                },
                caught_by: "few-calls",
            },
            Chaff {
                name: "not-put-back",
                misconception: "the draw that was left out must come back before the next one is: the counts melt away",
                subject: |statistic, counts| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let mut left = counts.to_vec();
                    let mut mean = 0.0;
                    for (i, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                        left[i] -= 1;
                        if left.iter().sum::<u64>() > 0 {
                            mean += *count as f64 / n * statistic(&left);
                        }
                    }
                    n * statistic(counts) - (n - 1.0) * mean
                },
                caught_by: "one-by-one",
            },
        ],
        fingerprint: |answer| {
            let cases: [&[u64]; 3] = [&[3, 1, 2], &[5, 0, 1, 4], &[2, 7]];
            let calls = Cell::new(0_u32);
            let mut found: Vec<f64> = cases.iter().map(|counts| answer(&STATISTICS[0].1, counts)).collect();
            answer(
                &|_| {
                    calls.set(calls.get() + 1);
                    0.0
                },
                &[5, 6],
            );
            found.push(f64::from(u8::from(calls.get() > 3)));
            found
        },
    }
}
