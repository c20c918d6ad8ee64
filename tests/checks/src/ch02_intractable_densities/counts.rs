//! 2.6: D_f from counts.

use crate::check::{Broken, Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{self, Kl, SquaredHellinger, TotalVariation};
use vdm::ch02_intractable_densities::exercises as reference;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// The signature of 2.6.
type PlugIn = fn(&dyn Divergence, &[u64], &[f64]) -> f64;

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
