//! Mean and variance of a sample mean, and the law of large numbers.

use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, tolerance};
use proptest::strategy::Strategy;
use std::sync::Arc;
use vdm::ch02_intractable_densities::exercises::mean_and_standard_error;
use vdm::density::{Cauchy, Density, Uniform};

use super::super::draws::{MANY, draws};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(moments().stating(
            r"
\mathbb{E}[\bar h_n] = \mu, \qquad
\operatorname{Var}[\bar h_n] = \frac{\sigma^2}{n}, \qquad
\mathbb{E}[s^2] = \sigma^2",
        )),
        Box::new(large_numbers().stating(
            r"
\mathbb{E}_P|h| < \infty
\quad\Longrightarrow\quad
\Pr\Bigl[\, \lim_{n \to \infty} \frac1n \sum_{i=1}^n h(x_i) = \mathbb{E}_P[h] \,\Bigr] = 1",
        )),
    ]
}

/// What is computed from a sample, and what is said of its mean over all samples.
#[derive(Clone, Copy)]
struct Moments {
    mean: fn(&[f64]) -> f64,
    /// From σ² and n.
    variance_of_mean: fn(f64, f64) -> f64,
    square: fn(&[f64]) -> f64,
}

const MOMENTS: Moments = Moments {
    mean: |xs| mean_and_standard_error(xs).0,
    variance_of_mean: |variance, n| variance / n,
    square: |xs| mean_and_standard_error(xs).1.powi(2) * xs.len() as f64,
};

/// Every sample of n draws from a law on three points, with its probability.
fn samples(points: &[f64; 3], p: &[f64; 3], n: u32) -> Vec<(Vec<f64>, f64)> {
    let mut all = vec![(Vec::new(), 1.0)];
    for _ in 0..n {
        let longer = |(sample, probability): &(Vec<f64>, f64)| {
            [0, 1, 2].map(|i| ([sample.as_slice(), &[points[i]]].concat(), probability * p[i]))
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

fn moments() -> Law<Moments> {
    Law {
        name: "sample-mean-moments",
        statement: "over all samples the mean of the sample mean is μ, its variance σ²/n, and the mean of s² is σ²",
        members: || vec![("welford".into(), MOMENTS)],
        check: |claim| {
            let value = || (-16i32..=16).prop_map(|k| f64::from(k) / 4.0);
            let cases = ([value(), value(), value()], [1u32..6, 1..6, 1..6], 2u32..=4);
            for_all(60, &cases, |(points, weights, n)| {
                let total = f64::from(weights.iter().sum::<u32>());
                let p = weights.map(|w| f64::from(w) / total);
                let mean = |of: &dyn Fn(f64) -> f64| (0..3).map(|i| p[i] * of(points[i])).sum::<f64>();
                let mu = mean(&|x| x);
                let variance = mean(&|x| (x - mu).powi(2));
                let all = samples(points, &p, *n);
                let over = |of: &dyn Fn(&[f64]) -> f64| all.iter().map(|(xs, p)| p * of(xs)).sum::<f64>();
                let at = format!("values {points:?}, p = {weights:?}/{total}, n = {n}");
                let near = tolerance::of_terms(&[16.0, 16.0, 16.0]);
                let mut worst = agree(format!("{at}: E mean"), mu, over(&claim.mean), near)?;
                let spread = over(&|xs| ((claim.mean)(xs) - mu).powi(2));
                let due = (claim.variance_of_mean)(variance, f64::from(*n));
                worst = worst.max(agree(format!("{at}: Var mean"), spread, due, near)?);
                Ok(worst.max(agree(format!("{at}: E s²"), variance, over(&claim.square), near)?))
            })
        },
        chaffs: || {
            vec![
                ("the forgotten 1/n", Moments { mean: |xs| xs.iter().sum(), ..MOMENTS }),
                ("the variance of one draw", Moments { variance_of_mean: |variance, _| variance, ..MOMENTS }),
                ("σ²/n²", Moments { variance_of_mean: |variance, n| variance / (n * n), ..MOMENTS }),
                (
                    "n for n − 1",
                    Moments {
                        square: |xs| {
                            let n = xs.len() as f64;
                            (MOMENTS.square)(xs) * (n - 1.0) / n
                        },
                        ..MOMENTS
                    },
                ),
            ]
        },
    }
}

/// A law on an interval of length `range`, the averages of its draws, and their limit.
#[derive(Clone)]
struct Settling {
    law: Arc<dyn Density>,
    h: fn(f64) -> f64,
    range: f64,
    limit: f64,
    average: fn(f64, f64) -> f64,
}

fn settling(h: fn(f64) -> f64, limit: f64) -> Settling {
    let law = Uniform::new(0.0, 1.0).map_or_else(|_| unreachable!("0 < 1"), Arc::new);
    Settling { law, h, range: 1.0, limit, average: |sum, n| sum / n }
}

/// No run can show a limit. What a run can contradict is this: for a bounded h the
/// averages are a reversed martingale, so that Hoeffding's bound for n draws holds for
/// all later averages *at once* (Doob's inequality). The path must enter each of these
/// narrowing strips in time and never leave it again.
fn large_numbers() -> Law<Settling> {
    Law {
        name: "law-of-large-numbers",
        statement: "from the n-th draw on, all averages stay within Hoeffding's bound for n of E h",
        members: || {
            vec![
                ("x".into(), settling(|x| x, 0.5)),
                ("x²".into(), settling(|x| x * x, 1.0 / 3.0)),
                ("1[x < 0.02]".into(), settling(|x| f64::from(u8::from(x < 0.02)), 0.02)),
            ]
        },
        check: |case| {
            let values: Vec<f64> = draws(&case.law, MANY / 2, 11).iter().map(|x| (case.h)(*x)).collect();
            for_each([30usize, 300, 3_000, 30_000], |from| {
                let (mut sum, mut farthest) = (0.0, 0.0_f64);
                for (i, value) in values.iter().enumerate() {
                    sum += value;
                    if i + 1 >= from {
                        farthest = farthest.max(((case.average)(sum, i as f64 + 1.0) - case.limit).abs());
                    }
                }
                let strip = tolerance::of_bounded_mean(from, case.range);
                let at = format!("from draw {from} on, strip of half-width {}", number(strip));
                at_least(at, "farthest ≤ half-width", strip, farthest, 0.0)?;
                Ok(farthest / strip)
            })
        },
        chaffs: || {
            let cauchy = Cauchy::new(0.5, 1.0).map_or_else(|_| unreachable!("1 > 0"), Arc::new);
            vec![
                ("the forgotten 1/n", Settling { average: |sum, _| sum, ..settling(|x| x, 0.5) }),
                ("divided by √n", Settling { average: |sum, n| sum / n.sqrt(), ..settling(|x| x, 0.5) }),
                ("another limit", settling(|x| x * x, 0.25)),
                ("Cauchy: no mean to settle at", Settling { law: cauchy, ..settling(|x| x, 0.5) }),
            ]
        },
    }
}
