//! 4.7: the largest value on one batch.

use super::shared::{BOUNDED, by_definition, every_sample, into_domain};
use crate::check::{Broken, Chaff, Check, agree, at_least};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, oracle, tolerance};
use proptest::strategy::Strategy;
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2, ReverseKl, SquaredHellinger, TotalVariation};
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.7.
pub(super) type Maximised = fn(&dyn Divergence, &[usize], &[usize], usize) -> f64;

/// How many bins the random batches fall into.
const BINS: usize = 4;

const MEMBERS: [&dyn Divergence; 5] = [&Kl, &PearsonChi2, &TotalVariation, &SquaredHellinger, &FganJs];

/// Two batches of one to eight samples each, as bins.
fn batches() -> impl Strategy<Value = (Vec<usize>, Vec<usize>)> {
    let batch = || proptest::collection::vec(0..BINS, 1..=8);
    (batch(), batch())
}

/// The share of samples in bin b.
fn share(samples: &[usize], bin: usize) -> f64 {
    samples.iter().filter(|sample| **sample == bin).count() as f64 / samples.len() as f64
}

/// F̂(T) for the critic with these values on the bins, sample by sample.
fn of_critic(f: &dyn Divergence, (p, q): (&[usize], &[usize]), values: &[f64]) -> f64 {
    let first: f64 = p.iter().map(|bin| values[*bin]).sum();
    let second: f64 = q.iter().map(|bin| f.conjugate(values[*bin])).sum();
    first / p.len() as f64 - second / q.len() as f64
}

/// The supremum bin by bin, searched for, sup over t of p̂·t − q̂·f\*(t), and the size of
/// its terms.
fn searched(f: &dyn Divergence, (p, q): (&[usize], &[usize])) -> (f64, f64) {
    let end = f.conjugate_domain().high().min(1e6).asinh();
    let of_bin = |bin| match (share(p, bin), share(q, bin)) {
        (0.0, 0.0) => (0.0, 0.0),
        (p, 0.0) => (p * f.slope_at_infinity(), f.slope_at_infinity().abs()),
        (p, q) => {
            // As far as −10¹⁵: there f* has reached its limit −f(0).
            let best = oracle::biconjugate(|t| f.conjugate(t), p / q, (-36.0, end));
            (q * best.value, best.terms)
        }
    };
    (0..BINS).map(of_bin).fold((0.0, 1.0), |(sum, size), (value, terms)| (sum + value, size + terms))
}

/// The mean of the answer over all batches of n samples of P and n of Q.
pub(super) fn mean_over_batches(
    answer: Maximised,
    f: &dyn Divergence,
    p: &[f64],
    q: &[f64],
    n: usize,
) -> f64 {
    let on_q = every_sample(q, n);
    let of = |xs: &[usize], ys: &[usize]| answer(f, xs, ys, p.len());
    every_sample(p, n)
        .iter()
        .map(|(xs, weight)| on_q.iter().map(|(ys, other)| weight * other * of(xs, ys)).sum::<f64>())
        .sum()
}

/// 4.7
pub fn maximised_empirical_bound() -> Exercise<Maximised> {
    Exercise {
        meta: Meta::implement("4.7", "maximised_empirical_bound", "The best value on one batch", 3, 15),
        reference: reference::maximised_empirical_bound,
        checks: vec![
            Check {
                name: "no-critic-does-better",
                property: "no critic on the bins has a larger empirical bound on the same batch",
                run: |answer| {
                    let values = proptest::collection::vec(-24i32..=24, BINS);
                    for_all(200, &(batches(), values), |((p, q), values)| {
                        let mut worst = 0.0_f64;
                        for f in MEMBERS {
                            let critic: Vec<f64> =
                                values.iter().map(|k| into_domain(f, f64::from(*k) / 8.0)).collect();
                            let other = of_critic(f, (p, q), &critic);
                            let found = answer(f, p, q, BINS);
                            let at = format!(
                                "{}, P's bins {p:?}, Q's {q:?}, T = {critic:?} on the bins",
                                f.title()
                            );
                            let near = tolerance::of_terms(&[other, found, 8.0]);
                            worst =
                                worst.max(at_least(at, "at least this critic's value", found, other, near)?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "supremum",
                property: "it is the supremum, searched for in each bin",
                run: |answer| {
                    for_all(60, &batches(), |(p, q)| {
                        let mut worst = 0.0_f64;
                        for f in MEMBERS {
                            let (due, size) = searched(f, (p, q));
                            let at = format!("{}, P's bins {p:?}, Q's {q:?}", f.title());
                            worst = worst.max(agree(
                                at,
                                due,
                                answer(f, p, q, BINS),
                                tolerance::of_terms(&[size]),
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "too-large-on-average",
                property: "P = Q = a fair coin, two samples each, total variation: the mean over all batches is 3/8, and the truth 0",
                run: |answer| {
                    let coin = [0.5, 0.5];
                    for_each([()], |()| {
                        let mean = mean_over_batches(answer, &TotalVariation, &coin, &coin, 2);
                        agree("all 16 batches", 0.375, mean, tolerance::FORMULA)
                    })
                },
            },
            Check {
                name: "above-the-truth",
                property: "its mean over all batches is never below D_f(P‖Q): the maximum of unbiased estimates is no unbiased one",
                run: |answer| {
                    for_all(12, &(1u32..8, 1u32..8), |&(a, b)| {
                        let (p, q) = (
                            [f64::from(a) / 8.0, 1.0 - f64::from(a) / 8.0],
                            [f64::from(b) / 8.0, 1.0 - f64::from(b) / 8.0],
                        );
                        let mut worst = 0.0_f64;
                        for f in BOUNDED {
                            let (truth, size) = by_definition(f, &p, &q);
                            let mean = mean_over_batches(answer, f, &p, &q, 2);
                            let at = format!("{}, P = {p:?}, Q = {q:?}, n = m = 2", f.title());
                            worst = worst.max(at_least(
                                at,
                                "mean ≥ D_f",
                                mean,
                                truth,
                                tolerance::of_terms(&[size]),
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "infinite",
                property: "a bin with samples of P and none of Q makes it +∞ for KL, the reverse for reverse KL",
                run: |answer| {
                    for_each(
                        [(&Kl as &dyn Divergence, [0, 1], [0, 0]), (&ReverseKl, [0, 0], [0, 1])],
                        |(f, p, q)| {
                            let found = answer(f, &p, &q, 2);
                            if found == f64::INFINITY {
                                return Ok(0.0);
                            }
                            Err(Broken::new(
                                format!("{}, P's bins {p:?}, Q's {q:?}", f.title()),
                                "+∞",
                                crate::check::number(found),
                            ))
                        },
                    )
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "one-added-to-each-count",
                misconception: "smoothed shares make another estimate: the maximum over critics is taken on the shares as they are",
                subject: |f, p, q, bins| {
                    let extend = |samples: &[usize]| [samples, &(0..bins).collect::<Vec<_>>()].concat();
                    reference::maximised_empirical_bound(f, &extend(p), &extend(q), bins)
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "batches-exchanged",
                misconception: "P's samples come first: T is averaged over them, f*(T) over those of Q",
                subject: |f, p, q, bins| reference::maximised_empirical_bound(f, q, p, bins),
                caught_by: "no-critic-does-better",
            },
            Chaff {
                name: "empty-bins-left-out",
                misconception: "a bin that only one batch hits still counts: f′(∞) or f(0) is the price",
                subject: |f, p, q, bins| {
                    let both = |bin: &usize| p.contains(bin) && q.contains(bin);
                    (0..bins)
                        .filter(both)
                        .map(|bin| share(q, bin) * f.generator(share(p, bin) / share(q, bin)))
                        .sum()
                },
                caught_by: "no-critic-does-better",
            },
            Chaff {
                name: "shares-of-the-union",
                misconception: "each batch is divided by its own size: the shares of each add up to 1",
                subject: |f, p, q, bins| {
                    let half = |samples: &[usize], bin| {
                        share(samples, bin) * samples.len() as f64 / (p.len() + q.len()) as f64
                    };
                    let term = |bin| match (half(p, bin), half(q, bin)) {
                        (0.0, 0.0) => 0.0,
                        (p, 0.0) => p * f.slope_at_infinity(),
                        (p, q) => q * f.generator(p / q),
                    };
                    (0..bins).map(term).sum()
                },
                caught_by: "supremum",
            },
            Chaff {
                name: "evaluated-on-fresh-samples",
                misconception: "that is the honest estimate, from the half that the critic has not seen; asked for is the value on the batch that it was fitted to",
                subject: |f, p, q, bins| {
                    let (fit_p, new_p) = p.split_at(p.len().div_ceil(2));
                    let (fit_q, new_q) = q.split_at(q.len().div_ceil(2));
                    let shares =
                        |samples: &[usize]| (0..bins).map(|bin| share(samples, bin)).collect::<Vec<_>>();
                    let critic = reference::optimal_critic(f, &shares(fit_p), &shares(fit_q));
                    let (new_p, new_q) =
                        if new_p.is_empty() || new_q.is_empty() { (fit_p, fit_q) } else { (new_p, new_q) };
                    of_critic(f, (new_p, new_q), &critic)
                },
                caught_by: "above-the-truth",
            },
            Chaff {
                name: "best-constant",
                misconception: "one number for all bins sees nothing: the critic has a value for each bin",
                subject: |f, _, _, _| f.at_one(),
                caught_by: "too-large-on-average",
            },
            Chaff {
                name: "infinite-bins-capped",
                misconception: "one sample of P in a bin without samples of Q lets KL's critic grow for ever: the maximum is +∞",
                subject: |f, p, q, bins| reference::maximised_empirical_bound(f, p, q, bins).min(1e3),
                caught_by: "infinite",
            },
        ],
        fingerprint: |answer| {
            let (p, q) = ([0, 0, 1, 2, 0], [0, 1, 1, 2, 3, 2]);
            let mut seen: Vec<f64> = MEMBERS.iter().map(|f| answer(*f, &p, &q, BINS)).collect();
            seen.push(answer(&Kl, &[0, 1], &[0, 0], 2));
            seen
        },
    }
}
