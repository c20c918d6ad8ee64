//! 4.5 and 4.6: the empirical bound and its standard error.
//!
//! Nothing here is random: the mean and the variance of an estimate over *all* samples
//! of a finite law are sums, and are compared as such.

use super::shared::{every_sample, full_pairs, into_domain, quarters, shown, two_terms};
use crate::check::{Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2, ReverseKl, TotalVariation};
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.5 and of 4.6.
type OfValues = fn(&dyn Divergence, &[f64], &[f64]) -> f64;

const MEMBERS: [&dyn Divergence; 3] = [&Kl, &PearsonChi2, &FganJs];

/// Σ over all pairs of samples of `sizes` of their probability times `of` the critic's
/// values on them: an expectation, exactly.
pub(super) fn over_all_samples(
    p: &[f64],
    q: &[f64],
    critic: &[f64],
    sizes: (usize, usize),
    of: &dyn Fn(&[f64], &[f64]) -> f64,
) -> f64 {
    let values = |points: &[usize]| -> Vec<f64> { points.iter().map(|i| critic[*i]).collect() };
    let mut sum = 0.0;
    let on_q = every_sample(q, sizes.1);
    for (xs, weight) in every_sample(p, sizes.0) {
        let xs = values(&xs);
        sum += on_q.iter().map(|(ys, other)| weight * other * of(&xs, &values(ys))).sum::<f64>();
    }
    sum
}

/// Runs `case` on random laws, critics and members: p, q, T, f, and where.
pub(super) fn cases(
    count: u32,
    case: impl Fn(&[f64], &[f64], &[f64], &dyn Divergence, String) -> Result<f64, Box<crate::Broken>>,
) -> Verdict {
    for_all(count, &(full_pairs(), quarters()), |(pair, critic)| {
        // Three points at most: the number of samples is a power of theirs.
        let n = pair.0.len().min(3);
        let cut = |law: &[f64]| -> Vec<f64> {
            let total: f64 = law[..n].iter().sum();
            law[..n].iter().map(|mass| mass / total).collect()
        };
        let pair = (cut(&pair.0), cut(&pair.1));
        let mut worst = 0.0_f64;
        for f in MEMBERS {
            let critic: Vec<f64> = critic[..n].iter().map(|t| into_domain(f, *t)).collect();
            let at = format!("{}, {}, T = {critic:?}", f.title(), shown(&pair));
            worst = worst.max(case(&pair.0, &pair.1, &critic, f, at)?);
        }
        Ok(worst)
    })
}

/// Σ mass·(g(T) − mean)²: the variance of one value.
pub(super) fn variance(law: &[f64], values: &[f64]) -> f64 {
    let mean: f64 = law.iter().zip(values).map(|(mass, value)| mass * value).sum();
    law.iter().zip(values).map(|(mass, value)| mass * (value - mean).powi(2)).sum()
}

pub(super) fn conjugates(f: &dyn Divergence, critic: &[f64]) -> Vec<f64> {
    critic.iter().map(|t| f.conjugate(*t)).collect()
}

/// The sizes of values and conjugates: what rounding is relative to.
pub(super) fn sizes(f: &dyn Divergence, critic: &[f64]) -> f64 {
    critic.iter().chain(&conjugates(f, critic)).fold(1.0, |most: f64, x| most.max(x.abs()))
}

/// 4.5
pub fn empirical_bound() -> Exercise<OfValues> {
    Exercise {
        meta: Meta::implement("4.5", "empirical_bound", "The empirical bound", 2, 10),
        reference: reference::empirical_bound,
        checks: vec![
            Check {
                name: "unbiased",
                property: "the mean over all samples of n points of P and m of Q is F(T), for n, m up to 3",
                run: |answer| {
                    cases(20, |p, q, critic, f, at| {
                        let (first, second) = two_terms(f, p, q, critic);
                        let near = tolerance::of_terms(&[4.0 * sizes(f, critic)]);
                        let mut worst = 0.0_f64;
                        for (n, m) in [(1, 1), (2, 1), (1, 3), (3, 2)] {
                            let mean = over_all_samples(p, q, critic, (n, m), &|xs, ys| answer(f, xs, ys));
                            worst = worst.max(agree(
                                format!("{at}, n = {n}, m = {m}"),
                                first - second,
                                mean,
                                near,
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "by-hand",
                property: "KL, T = 1, 2, 3 on P and 1, 1 + log 2 on Q: 2 − (1 + 2)/2 = ½",
                run: |answer| {
                    let on_q = [1.0, 1.0 + std::f64::consts::LN_2];
                    let near = tolerance::of_terms(&[4.0]);
                    for_each([()], |()| agree("this batch", 0.5, answer(&Kl, &[1.0, 2.0, 3.0], &on_q), near))
                },
            },
            Check {
                name: "outside-the-domain",
                property: "one sample of Q with T outside dom f* makes the value −∞; a sample of P does not",
                run: |answer| {
                    let at = |what: &str| format!("total variation, {what}");
                    let near = tolerance::FORMULA;
                    let bad_q = answer(&TotalVariation, &[0.5, 0.5], &[0.0, 0.0, 0.75]);
                    let bad_p = answer(&TotalVariation, &[0.5, 1.5], &[0.25]);
                    for_each(
                        [
                            (f64::NEG_INFINITY, bad_q, "T = ¾ at a sample of Q"),
                            (0.75, bad_p, "T = 1½ at a sample of P"),
                        ],
                        |(due, found, what)| agree(at(what), due, found, near),
                    )
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "sums-for-means",
                misconception: "the 1/n and 1/m are lost: a sum grows with the batch, a mean does not",
                subject: |f, xs, ys| xs.iter().sum::<f64>() - conjugates(f, ys).iter().sum::<f64>(),
                caught_by: "unbiased",
            },
            Chaff {
                name: "one-count-for-both",
                misconception: "the two samples have counts of their own: the second sum is divided by m, not by n",
                subject: |f, xs, ys| {
                    (xs.iter().sum::<f64>() - conjugates(f, ys).iter().sum::<f64>()) / xs.len() as f64
                },
                caught_by: "unbiased",
            },
            Chaff {
                name: "conjugate-of-the-mean",
                misconception: "f* is taken of each value and then averaged: f* of the mean is smaller, by Jensen, and the bound too large",
                subject: |f, xs, ys| mean(xs) - f.conjugate(mean(ys)),
                caught_by: "unbiased",
            },
            Chaff {
                name: "no-conjugate",
                misconception: "under Q it is f*(T) that is averaged: the difference of the means of T is the bound for total variation only",
                subject: |_, xs, ys| mean(xs) - mean(ys),
                caught_by: "unbiased",
            },
            Chaff {
                name: "samples-exchanged",
                misconception: "the first slice comes from P and keeps its T; the second comes from Q and gets f*",
                subject: |f, xs, ys| reference::empirical_bound(f, ys, xs),
                caught_by: "unbiased",
            },
            Chaff {
                name: "terms-added",
                misconception: "the second mean is subtracted",
                subject: |f, xs, ys| mean(xs) + mean(&conjugates(f, ys)),
                caught_by: "by-hand",
            },
            Chaff {
                name: "infinite-values-dropped",
                misconception: "a sample outside dom f* cannot be left out: the bound is −∞ and has to say so",
                subject: |f, xs, ys| {
                    let finite: Vec<f64> = conjugates(f, ys).into_iter().filter(|c| c.is_finite()).collect();
                    mean(xs) - mean(&finite)
                },
                caught_by: "outside-the-domain",
            },
        ],
        fingerprint: |answer| {
            let mut seen: Vec<f64> =
                MEMBERS.iter().map(|f| answer(*f, &[0.4, 0.1, 0.3], &[0.2, -0.3])).collect();
            seen.push(answer(&TotalVariation, &[0.4, 0.1], &[0.2, 0.75, 0.1]));
            seen
        },
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The variance of the mean of independent values, divided by n − 1.
fn of_mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    values.iter().map(|x| (x - mean(values)).powi(2)).sum::<f64>() / (n - 1.0) / n
}

/// 4.6
pub fn standard_error_of_bound() -> Exercise<OfValues> {
    Exercise {
        meta: Meta::implement("4.6", "standard_error_of_bound", "The standard error of the bound", 3, 12),
        reference: reference::standard_error_of_bound,
        checks: vec![
            Check {
                name: "right-on-average",
                property: "the mean of its square over all samples is the variance of the empirical bound, Var_P T/n + Var_Q f*(T)/m",
                run: |answer| {
                    cases(20, |p, q, critic, f, at| {
                        let near = tolerance::of_terms(&[8.0 * sizes(f, critic).powi(2)]);
                        let mut worst = 0.0_f64;
                        for (n, m) in [(2, 2), (3, 2), (2, 3)] {
                            let due = variance(p, critic) / n as f64
                                + variance(q, &conjugates(f, critic)) / m as f64;
                            let square = |xs: &[f64], ys: &[f64]| answer(f, xs, ys).powi(2);
                            let mean = over_all_samples(p, q, critic, (n, m), &square);
                            worst = worst.max(agree(format!("{at}, n = {n}, m = {m}"), due, mean, near)?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "one-side-alone",
                property: "if T does not vary on one of the samples, what is left is the standard error of the other",
                run: |answer| {
                    let third = (1.0_f64 / 3.0).sqrt();
                    let near = tolerance::of_terms(&[4.0]);
                    let on_p = answer(&Kl, &[1.0, 2.0, 3.0], &[0.5, 0.5]);
                    // −1 − log(−t) at −1 and −e²: −1 and −3, apart by 2: s/√2 = 1.
                    let on_q = answer(&ReverseKl, &[-1.0, -1.0], &[-1.0, -2.0_f64.exp()]);
                    for_each(
                        [(third, on_p, "varies on P: 1, 2, 3"), (1.0, on_q, "f*(T) = −1, −3 on Q")],
                        |(due, found, at)| agree(at, due, found, near),
                    )
                },
            },
            Check {
                name: "far-from-zero",
                property: "a common shift of a billion in T on P leaves it as it is",
                run: |answer| {
                    let shifted = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0];
                    let third = (1.0_f64 / 3.0).sqrt();
                    for_each([()], |()| {
                        agree(
                            "T = 10⁹ + 1, 2, 3 on P",
                            third,
                            answer(&Kl, &shifted, &[0.5, 0.5]),
                            tolerance::FORMULA,
                        )
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "divides-by-n",
                misconception: "the sample variance divides by n − 1: the deviations are from the sample's own mean, which is too close",
                subject: |f, xs, ys| {
                    let biased =
                        |values: &[f64]| of_mean(values) * (values.len() as f64 - 1.0) / values.len() as f64;
                    (biased(xs) + biased(&conjugates(f, ys))).sqrt()
                },
                caught_by: "right-on-average",
            },
            Chaff {
                name: "spread-of-one-value",
                misconception: "this is the deviation of single values; a mean of n of them is √n times more certain",
                subject: |f, xs, ys| {
                    let one = |values: &[f64]| of_mean(values) * values.len() as f64;
                    (one(xs) + one(&conjugates(f, ys))).sqrt()
                },
                caught_by: "right-on-average",
            },
            Chaff {
                name: "variance-for-error",
                misconception: "a standard error has the unit of the values: the root of the variance is missing",
                subject: |f, xs, ys| of_mean(xs) + of_mean(&conjugates(f, ys)),
                caught_by: "one-side-alone",
            },
            Chaff {
                name: "errors-added",
                misconception: "variances of independent terms add, standard errors do not",
                subject: |f, xs, ys| of_mean(xs).sqrt() + of_mean(&conjugates(f, ys)).sqrt(),
                caught_by: "right-on-average",
            },
            Chaff {
                name: "variances-subtracted",
                misconception: "the terms are subtracted, their variances are added all the same",
                subject: |f, xs, ys| (of_mean(xs) - of_mean(&conjugates(f, ys))).abs().sqrt(),
                caught_by: "right-on-average",
            },
            Chaff {
                name: "only-the-first-term",
                misconception: "the second mean is a sample mean as well and has its own error",
                subject: |_, xs, _| of_mean(xs).sqrt(),
                caught_by: "right-on-average",
            },
            Chaff {
                name: "spread-of-t-under-q",
                misconception: "under Q it is f*(T) that is averaged, so its variance counts, not that of T",
                subject: |_, xs, ys| (of_mean(xs) + of_mean(ys)).sqrt(),
                caught_by: "one-side-alone",
            },
            Chaff {
                name: "square-of-mean-subtracted",
                misconception: "E x² − (E x)² is right on paper and noise in floating point: subtract the mean first",
                subject: |f, xs, ys| {
                    let of = |values: &[f64]| {
                        let n = values.len() as f64;
                        let squares: Vec<f64> = values.iter().map(|x| x * x).collect();
                        (mean(&squares) - mean(values).powi(2)).max(0.0) / (n - 1.0)
                    };
                    (of(xs) + of(&conjugates(f, ys))).sqrt()
                },
                caught_by: "far-from-zero",
            },
        ],
        fingerprint: |answer| {
            let mut seen: Vec<f64> =
                MEMBERS.iter().map(|f| answer(*f, &[0.4, 0.1, 0.3], &[0.2, -0.3])).collect();
            seen.push(answer(&Kl, &[1e9 + 0.4, 1e9 + 0.1, 1e9 + 0.3], &[0.2, -0.3]));
            seen
        },
    }
}
