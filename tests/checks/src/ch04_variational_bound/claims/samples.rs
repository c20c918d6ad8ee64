//! What samples do to the bound: unbiased for one critic, too large for the best one.

use super::super::maximised::{Maximised, mean_over_batches};
use super::super::samples::{cases, conjugates, over_all_samples, sizes, variance};
use super::super::shared::{BOUNDED, by_definition, two_terms};
use crate::check::{agree, at_least};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, tolerance};
use vdm::Divergence;
use vdm::ch04_variational_bound::exercises::{empirical_bound, maximised_empirical_bound};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(moments().stating(
            r"
\mathbb{E}\bigl[\hat F(T)\bigr] = F(T), \qquad
\operatorname{Var}\bigl[\hat F(T)\bigr] = \frac{\operatorname{Var}_P[T]}{n} + \frac{\operatorname{Var}_Q[f^*(T)]}{m}",
        )),
        Box::new(too_large().stating(
            r"
\mathbb{E}\Bigl[\, \max_{T} \hat F(T) \Bigr] \;\ge\; \max_{T} \mathbb{E}\bigl[\hat F(T)\bigr] = \max_{T} F(T)",
        )),
        Box::new(coin().stating(
            r"
P = Q = (\tfrac12, \tfrac12), \quad n = m = 2: \qquad
\mathbb{E}\Bigl[\, \max_{T} \hat F(T) \Bigr] = \tfrac38, \qquad \mathrm{TV}(P, Q) = 0",
        )),
    ]
}

/// The displayed mean and variance, from F, the two variances and the two counts.
#[derive(Clone, Copy)]
struct Moments {
    estimate: fn(&dyn Divergence, &[f64], &[f64]) -> f64,
    variance: fn(f64, f64, f64, f64) -> f64,
}

const MOMENTS: Moments = Moments { estimate: empirical_bound, variance: |vp, vq, n, m| vp / n + vq / m };

fn moments() -> Law<Moments> {
    Law {
        name: "empirical-bound-moments",
        statement: "over all samples the empirical bound of one critic has the mean F(T) and the variance Var_P T/n + Var_Q f*(T)/m",
        members: || vec![("all-samples".into(), MOMENTS)],
        check: |lines| {
            cases(12, |p, q, critic, f, at| {
                let (first, second) = two_terms(f, p, q, critic);
                let (n, m) = (2, 3);
                let mean = over_all_samples(p, q, critic, (n, m), &|xs, ys| (lines.estimate)(f, xs, ys));
                let square =
                    |xs: &[f64], ys: &[f64]| ((lines.estimate)(f, xs, ys) - (first - second)).powi(2);
                let spread = over_all_samples(p, q, critic, (n, m), &square);
                let due =
                    (lines.variance)(variance(p, critic), variance(q, &conjugates(f, critic)), 2.0, 3.0);
                let size = sizes(f, critic);
                let unbiased =
                    agree(format!("{at}: mean"), first - second, mean, tolerance::of_terms(&[4.0 * size]))?;
                let near = tolerance::of_terms(&[16.0 * size * size]);
                Ok(unbiased.max(agree(format!("{at}: variance"), spread, due, near)?))
            })
        },
        chaffs: || {
            vec![
                ("variances subtracted", Moments { variance: |vp, vq, n, m| vp / n - vq / m, ..MOMENTS }),
                (
                    "divided by n − 1",
                    Moments { variance: |vp, vq, n, m| vp / (n - 1.0) + vq / (m - 1.0), ..MOMENTS },
                ),
                ("divided by n + m", Moments { variance: |vp, vq, n, m| (vp + vq) / (n + m), ..MOMENTS }),
                (
                    "f* of the mean",
                    Moments {
                        estimate: |f, xs, ys| {
                            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
                            mean(xs) - f.conjugate(mean(ys))
                        },
                        ..MOMENTS
                    },
                ),
            ]
        },
    }
}

fn too_large() -> Law<Maximised> {
    Law {
        name: "maximised-is-too-large",
        statement: "the mean over all batches of the largest empirical bound is at least D_f",
        members: || vec![("histograms".into(), maximised_empirical_bound as Maximised)],
        check: |maximised| {
            for_all(12, &(1u32..8, 1u32..8, 1usize..=3), |&(a, b, n)| {
                let coin = |a: u32| [f64::from(a) / 8.0, 1.0 - f64::from(a) / 8.0];
                let mut worst = 0.0_f64;
                for f in BOUNDED {
                    let (truth, size) = by_definition(f, &coin(a), &coin(b));
                    let mean = mean_over_batches(*maximised, f, &coin(a), &coin(b), n);
                    let at = format!("{}, P = {:?}, Q = {:?}, n = m = {n}", f.name(), coin(a), coin(b));
                    worst = worst.max(at_least(
                        at,
                        "mean at least D_f",
                        mean,
                        truth,
                        tolerance::of_terms(&[size]),
                    )?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("one constant for all bins", |_, _, _, _| 0.0),
                ("half of it", |f, p, q, bins| maximised_empirical_bound(f, p, q, bins) / 2.0),
                ("bins pulled together by one count", |f, p, q, bins| {
                    let more = |samples: &[usize]| [samples, &(0..bins).collect::<Vec<_>>()].concat();
                    maximised_empirical_bound(f, &more(p), &more(q), bins)
                }),
            ]
        },
    }
}

/// The two displayed numbers.
type Coin = (f64, f64);

fn coin() -> Law<Coin> {
    Law {
        name: "maximised-on-a-fair-coin",
        statement: "equal laws, two flips each: the best critic on the batch claims 3/8 on average, the truth is 0",
        members: || vec![("fair-coin".into(), (0.375, 0.0))],
        check: |&(claimed, truth)| {
            for_each([0, 1], |line| {
                if line == 0 {
                    // Of the 16 batches, |p̂ − q̂| is 1 in 2 and ½ in 8.
                    let all = [[0, 0], [0, 1], [1, 0], [1, 1]];
                    let share = |flips: [usize; 2]| flips.iter().sum::<usize>() as f64 / 2.0;
                    let pairs =
                        all.iter().flat_map(|p| all.iter().map(move |q| (share(*p) - share(*q)).abs()));
                    return agree(
                        "the mean over 16 batches",
                        pairs.sum::<f64>() / 16.0,
                        claimed,
                        tolerance::FORMULA,
                    );
                }
                let fair = [0.5, 0.5];
                agree("TV(P, Q)", by_definition(BOUNDED[0], &fair, &fair).0, truth, 0.0)
            })
        },
        chaffs: || vec![("unbiased", (0.0, 0.0)), ("¼", (0.25, 0.0)), ("the truth is 3/8", (0.375, 0.375))],
    }
}
