//! 4.8: the best critic that is constant on bins.

use super::shared::{MEMBERS, by_definition, into_domain, pairs, quarters, shown, two_terms};
use crate::check::{Broken, Chaff, Check, agree, at_least, not_a_number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use vdm::Divergence;
use vdm::catalogue::{Kl, PearsonChi2, SquaredHellinger, TotalVariation};
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.8.
type OnBins = fn(&dyn Divergence, &[f64], &[f64], &[usize]) -> Vec<f64>;

/// Laws on a few points and the bin of each, out of three.
fn binned_pairs() -> impl Strategy<Value = ((Vec<f64>, Vec<f64>), Vec<usize>)> {
    (pairs(), proptest::collection::vec(0usize..3, 5)).prop_map(|(pair, bins)| {
        let n = pair.0.len();
        (pair, bins[..n].to_vec())
    })
}

/// The mass of each of the three bins, by one pass a bin.
fn masses(law: &[f64], bin_of: &[usize]) -> Vec<f64> {
    let of = |bin| law.iter().zip(bin_of).filter(|(_, b)| **b == bin).map(|(mass, _)| mass).sum();
    (0..3).map(of).collect()
}

fn asked(
    answer: OnBins,
    f: &dyn Divergence,
    pair: &(Vec<f64>, Vec<f64>),
    bins: &[usize],
) -> Result<(Vec<f64>, String), Box<Broken>> {
    let critic = answer(f, &pair.0, &pair.1, bins);
    let at = format!("{}, {}, bins {bins:?}, T = {critic:.4?}", f.title(), shown(pair));
    if critic.len() != bins.len() {
        return Err(Broken::new(at, format!("{} values", bins.len()), format!("{} values", critic.len())));
    }
    // Said of the critic itself: all that is made of it would be no number either.
    if let Some(point) = critic.iter().position(|t| t.is_nan()) {
        let at = format!("{at}, point {point}");
        return Err(not_a_number(
            at,
            "a slope of f, or an end of dom f* where its bin has mass under one law",
        ));
    }
    Ok((critic, at))
}

/// 4.8
pub fn best_critic_on_bins() -> Exercise<OnBins> {
    Exercise {
        meta: Meta::implement("4.8", "best_critic_on_bins", "The best critic on bins", 3, 15),
        reference: reference::best_critic_on_bins,
        checks: vec![
            Check {
                name: "constant-on-each-bin",
                property: "points of one bin have one value",
                run: |answer| {
                    for_all(100, &binned_pairs(), |(pair, bins)| {
                        let (critic, at) = asked(answer, &Kl, pair, bins)?;
                        for (i, bin) in bins.iter().enumerate() {
                            let first = bins.iter().position(|b| b == bin).unwrap_or(i);
                            agree(format!("{at}, points {first} and {i}"), critic[first], critic[i], 0.0)?;
                        }
                        Ok(0.0)
                    })
                },
            },
            Check {
                name: "divergence-of-the-binned-laws",
                property: "its bound is D_f of the laws of the bins",
                run: |answer| {
                    for_all(120, &binned_pairs(), |(pair, bins)| {
                        let mut worst = 0.0_f64;
                        for f in MEMBERS {
                            let (critic, at) = asked(answer, f, pair, bins)?;
                            let (due, size) =
                                by_definition(f, &masses(&pair.0, bins), &masses(&pair.1, bins));
                            let (first, second) = two_terms(f, &pair.0, &pair.1, &critic);
                            worst = worst.max(agree(
                                at,
                                due,
                                first - second,
                                tolerance::of_terms(&[size, first, second]),
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "no-critic-on-the-bins-does-better",
                property: "no other critic that is constant on the bins has a larger bound",
                run: |answer| {
                    for_all(120, &(binned_pairs(), quarters()), |((pair, bins), values)| {
                        let mut worst = 0.0_f64;
                        for f in MEMBERS {
                            let (critic, at) = asked(answer, f, pair, bins)?;
                            let other: Vec<f64> =
                                bins.iter().map(|bin| into_domain(f, values[*bin])).collect();
                            let bound = |critic: &[f64]| {
                                let (first, second) = two_terms(f, &pair.0, &pair.1, critic);
                                (first - second, first.abs() + second.abs())
                            };
                            let ((best, size), (rival, other_size)) = (bound(&critic), bound(&other));
                            let near = tolerance::of_terms(&[size, other_size]);
                            worst = worst.max(at_least(
                                at,
                                &format!("at least F of {other:?}"),
                                best,
                                rival,
                                near,
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "one-bin-one-point",
                property: "one bin for all gives f′(1), a bin for each point the optimal critic",
                run: |answer| {
                    let (p, q) = ([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]);
                    let due = |bins: [usize; 3]| match bins {
                        [7, 7, 7] => [0.0, 0.0, 0.0],
                        _ => [2.0, 0.0, -1.0],
                    };
                    for_each([[7, 7, 7], [2, 0, 1]], |bins| {
                        let found = answer(&PearsonChi2, &p, &q, &bins);
                        if found.len() != 3 {
                            return Err(Broken::new(
                                format!("bins {bins:?}"),
                                "3 values",
                                format!("{} values", found.len()),
                            ));
                        }
                        for (i, due) in due(bins).into_iter().enumerate() {
                            agree(
                                format!("{}, bins {bins:?}, point {i}", PearsonChi2.title()),
                                due,
                                found[i],
                                tolerance::of_terms(&[2.0]),
                            )?;
                        }
                        Ok(0.0)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "every-point-its-own",
                misconception: "this is the optimal critic: it takes several values in one bin, which the class does not allow",
                subject: |f, p, q, _| reference::optimal_critic(f, p, q),
                caught_by: "constant-on-each-bin",
            },
            Chaff {
                name: "mean-of-the-slopes",
                misconception: "the slope at the ratio of the masses, not the mean of the slopes over the bin",
                subject: |f, p, q, bins| mean_on_bins(q, bins, &reference::optimal_critic(f, p, q)),
                caught_by: "divergence-of-the-binned-laws",
            },
            Chaff {
                name: "plain-mean-of-the-slopes",
                misconception: "the best value of a bin is no average of the points' own best values: it is the slope at the ratio of the bin's masses",
                subject: |f, p, q, bins| {
                    mean_on_bins(&vec![1.0; p.len()], bins, &reference::optimal_critic(f, p, q))
                },
                caught_by: "divergence-of-the-binned-laws",
            },
            Chaff {
                name: "mean-of-the-slopes-under-p",
                misconception: "averaged under P the points' own best values still make no best value: the masses are added first, and the slope comes last",
                subject: |f, p, q, bins| mean_on_bins(p, bins, &reference::optimal_critic(f, p, q)),
                caught_by: "divergence-of-the-binned-laws",
            },
            Chaff {
                name: "mean-of-the-ratios",
                misconception: "the ratio of the sums is not the plain mean of the ratios: points with more mass under Q weigh more",
                subject: |f, p, q, bins| {
                    let ratios: Vec<f64> =
                        p.iter().zip(q).map(|(p, q)| if *q > 0.0 { p / q } else { 1.0 }).collect();
                    let flat = vec![1.0; p.len()];
                    let slope = |u: &f64| f.subdifferential(*u).representative();
                    mean_on_bins(&flat, bins, &ratios).iter().map(slope).collect()
                },
                caught_by: "divergence-of-the-binned-laws",
            },
            Chaff {
                name: "first-point-speaks-for-all",
                misconception: "a bin's ratio is made of the masses of all its points",
                subject: |f, p, q, bins| {
                    let best = reference::optimal_critic(f, p, q);
                    bins.iter().map(|bin| best[bins.iter().position(|b| b == bin).unwrap_or(0)]).collect()
                },
                caught_by: "no-critic-on-the-bins-does-better",
            },
            Chaff {
                name: "ratio-upside-down",
                misconception: "the ratio of the bins is P over Q",
                subject: |f, p, q, bins| reference::best_critic_on_bins(f, q, p, bins),
                caught_by: "divergence-of-the-binned-laws",
            },
            Chaff {
                name: "one-value-a-bin",
                misconception: "asked for is a value for each point; these are values of bins, and bin numbers may have gaps",
                subject: |f, p, q, bins| {
                    let spread = reference::best_critic_on_bins(f, p, q, bins);
                    let mut numbers = bins.to_vec();
                    numbers.sort_unstable();
                    numbers.dedup();
                    numbers
                        .iter()
                        .filter_map(|n| bins.iter().position(|b| b == n))
                        .map(|i| spread[i])
                        .collect()
                },
                caught_by: "one-bin-one-point",
            },
        ],
        fingerprint: |answer| {
            let members: [&dyn Divergence; 3] = [&Kl, &SquaredHellinger, &TotalVariation];
            let (p, q) = ([0.4, 0.1, 0.3, 0.2], [0.1, 0.2, 0.4, 0.3]);
            members.iter().flat_map(|f| answer(*f, &p, &q, &[2, 0, 2, 0])).collect()
        },
    }
}

/// At each point the weighted mean of `values` over its bin.
fn mean_on_bins(weights: &[f64], bins: &[usize], values: &[f64]) -> Vec<f64> {
    let mean = |bin: &usize| {
        let inside =
            || weights.iter().zip(values).zip(bins).filter(move |(_, b)| *b == bin).map(|(pair, _)| pair);
        let total: f64 = inside().map(|(w, _)| w).sum();
        inside().filter(|(w, _)| **w > 0.0).map(|(w, value)| w * value).sum::<f64>() / total
    };
    bins.iter().map(mean).collect()
}
