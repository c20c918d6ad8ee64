//! 2.6 and 2.7: D_f from counts, and its bias taken out by the jackknife.

use crate::check::{Broken, Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use std::cell::Cell;
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{self, Kl, PearsonChi2, SquaredHellinger, TotalVariation};
use vdm::ch02_intractable_densities::exercises as reference;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// The signature of 2.6.
type PlugIn = fn(&dyn Divergence, &[u64], &[f64]) -> f64;
/// The signature of 2.7.
type Jackknife = fn(&dyn Fn(&[u64]) -> f64, &[u64]) -> f64;

/// Every sample of `n` draws from a finite law, as counts with their probability.
pub(super) fn all_samples(p: &[f64], n: u64) -> Vec<(Vec<u64>, f64)> {
    let Some((first, rest)) = p.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return vec![(vec![n], first.powi(n as i32))];
    }
    let mut found = Vec::new();
    let mut ways = 1.0;
    for here in 0..=n {
        for (counts, probability) in all_samples(rest, n - here) {
            let all = std::iter::once(here).chain(counts).collect();
            found.push((all, ways * first.powi(here as i32) * probability));
        }
        ways *= (n - here) as f64 / (here + 1) as f64;
    }
    found
}

/// The mean of `statistic` over every sample of `n` draws from `p`.
pub(super) fn expected(p: &[f64], n: u64, statistic: impl Fn(&[u64]) -> f64) -> f64 {
    all_samples(p, n).iter().map(|(counts, probability)| probability * statistic(counts)).sum()
}

/// Counts with zeros, and a law q with zeros, on two to four points.
fn counts_and_law() -> impl Strategy<Value = (Vec<u64>, Vec<u32>)> {
    let pairs = (2usize..=4)
        .prop_flat_map(|k| (proptest::collection::vec(0u64..6, k), proptest::collection::vec(0u32..5, k)));
    pairs.prop_filter("draws and mass", |(counts, q)| {
        counts.iter().sum::<u64>() > 0 && q.iter().sum::<u32>() > 0
    })
}

/// Against D_f of the two finite laws, which sums a centred generator in log space.
fn every_divergence(answer: PlugIn) -> Verdict {
    let members: Vec<Arc<dyn Divergence>> = catalogue::all();
    for_all(300, &(counts_and_law(), 0..members.len()), |((counts, weights), which)| {
        let f = &members[*which];
        let (n, total) = (counts.iter().sum::<u64>() as f64, f64::from(weights.iter().sum::<u32>()));
        let p: Vec<f64> = counts.iter().map(|count| *count as f64 / n).collect();
        let q: Vec<f64> = weights.iter().map(|weight| f64::from(*weight) / total).collect();
        let laws = Finite::new(&p).and_then(|p| Ok((p, Finite::new(&q)?)));
        let due = laws.map_or(f64::NAN, |(p, q)| between_finite(f, &p, &q).unwrap_or(f64::NAN));
        // The uncentred terms q·f(p/q) and the slope 1 that centring takes away.
        let terms: Vec<f64> = p.iter().zip(&q).map(|(p, q)| q * f.generator(p / q)).collect();
        let near =
            tolerance::of_terms(&terms) + tolerance::of_terms(&[due, 1.0, f.slope_at_one().representative()]);
        let at = format!("{}, counts {counts:?}, q ∝ {weights:?}", f.title());
        agree(at, due, answer(f, counts, &q), near)
    })
}

/// 2.6
pub fn plug_in_divergence() -> Exercise<PlugIn> {
    Exercise {
        meta: Meta::implement("2.6", "plug_in_divergence", "A divergence from counts", 3, 15),
        reference: reference::plug_in_divergence,
        checks: vec![
            Check {
                name: "every-divergence",
                property: "D_f of the law of the draws and q, for every member of the catalogue",
                run: every_divergence,
            },
            Check {
                name: "never-drawn",
                property: "a point of q that was never drawn costs q·f(0): +∞ for reverse KL",
                run: |answer| {
                    let reverse = catalogue::find("reverse_kl");
                    let reverse =
                        reverse.map_err(|why| Broken::new("reverse KL", "a member", why.to_string()))?;
                    let cases: [(&dyn Divergence, f64); 3] = [
                        (&TotalVariation, 0.5),
                        (&SquaredHellinger, 2.0 - 2.0_f64.sqrt()),
                        (&reverse, f64::INFINITY),
                    ];
                    for_each(cases, |(f, due)| {
                        let at = format!("{}, counts (4, 0), q = (½, ½)", f.title());
                        agree(at, due, answer(f, &[4, 0], &[0.5, 0.5]), tolerance::of_terms(&[2.0]))
                    })
                },
            },
            Check {
                name: "outside-q",
                property: "draws where q is 0 cost f'(∞) each share of p̂, and nothing where there are none",
                run: |answer| {
                    let cases: [(&dyn Divergence, &[u64], f64); 3] = [
                        (&TotalVariation, &[1, 1, 2], 0.5),
                        (&Kl, &[1, 1, 2], f64::INFINITY),
                        (&Kl, &[2, 2, 0], 0.0),
                    ];
                    for_each(cases, |(f, counts, due)| {
                        let at = format!("{}, counts {counts:?}, q = (½, ½, 0)", f.title());
                        agree(at, due, answer(f, counts, &[0.5, 0.5, 0.0]), tolerance::of_terms(&[2.0]))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "counts-for-shares",
                misconception: "counts are no probabilities: divide them by their number n",
                subject: |f, counts, q| {
                    let terms = counts.iter().zip(q).filter(|(_, q)| **q > 0.0);
                    terms.map(|(count, q)| q * f.generator(*count as f64 / q)).sum()
                },
                caught_by: "every-divergence",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "this is D_f(q ‖ p̂): the law of the draws comes first, and the ratio is p̂/q",
                subject: |f, counts, q| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let (mut inside, mut outside) = (0.0, 0.0);
                    for (count, q) in counts.iter().zip(q) {
                        let p = *count as f64 / n;
                        if p > 0.0 { inside += p * f.generator(q / p) } else { outside += q }
                    }
                    if outside > 0.0 { inside + f.slope_at_infinity() * outside } else { inside }
                },
                caught_by: "every-divergence",
            },
            Chaff {
                name: "averaged-under-p",
                misconception: "the average of f(p̂/q) is taken under q, not under p̂",
                subject: |f, counts, q| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let terms = counts.iter().zip(q).filter(|(count, q)| **count > 0 && **q > 0.0);
                    terms.map(|(count, q)| *count as f64 / n * f.generator(*count as f64 / n / q)).sum()
                },
                caught_by: "every-divergence",
            },
            Chaff {
                name: "never-drawn-skipped",
                misconception: "a point that was never drawn has p̂ = 0, and q·f(0) need not be 0",
                subject: |f, counts, q| {
                    let kept: Vec<(u64, f64)> = counts
                        .iter()
                        .zip(q)
                        .filter(|(count, _)| **count > 0)
                        .map(|(c, q)| (*c, *q))
                        .collect();
                    let (counts, q): (Vec<u64>, Vec<f64>) = kept.into_iter().unzip();
                    reference::plug_in_divergence(f, &counts, &q)
                },
                caught_by: "never-drawn",
            },
            Chaff {
                name: "outside-q-dropped",
                misconception: "draws where q has no mass are not free: each share of p̂ there costs f'(∞)",
                subject: |f, counts, q| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let terms = counts.iter().zip(q).filter(|(_, q)| **q > 0.0);
                    terms.map(|(count, q)| q * f.generator(*count as f64 / n / q)).sum()
                },
                caught_by: "outside-q",
            },
            Chaff {
                name: "nothing-times-infinity",
                misconception: "0 · ∞ is no number: without draws outside q there is nothing to add",
                subject: |f, counts, q| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let term = |(count, q): (&u64, &f64)| {
                        let p = *count as f64 / n;
                        if *q > 0.0 { q * f.generator(p / q) } else { f.slope_at_infinity() * p }
                    };
                    counts.iter().zip(q).map(term).sum()
                },
                caught_by: "outside-q",
            },
        ],
        fingerprint: |answer| {
            let f: [&dyn Divergence; 3] = [&Kl, &TotalVariation, &SquaredHellinger];
            let cases: [(&[u64], &[f64]); 4] = [
                (&[3, 1, 2], &[0.25, 0.5, 0.25]),
                (&[3, 0, 1], &[0.25, 0.5, 0.25]),
                (&[1, 1, 2], &[0.5, 0.5, 0.0]),
                (&[1, 3, 0], &[0.5, 0.5, 0.0]),
            ];
            f.iter().flat_map(|f| cases.iter().map(|(counts, q)| answer(*f, counts, q))).collect()
        },
    }
}

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
