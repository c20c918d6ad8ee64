//! What a mini-batch estimates, and the gradient of the bound at the best critic.

use super::difference::{Family, families, near_slope, slope};
use crate::check::{Verdict, agree, number};
use crate::for_all::for_all;
use crate::{AnyLaw, Law, tolerance};
use proptest::prelude::*;

/// The estimate from T on data and f\*(T) on generated points.
type Estimate = fn(&[f64], &[f64]) -> f64;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The expectation of an estimate over all batches of n points of each of two laws on
/// two points, one by one.
fn over_all_batches(n: u32, share: (f64, f64), values: [[f64; 2]; 2], estimate: Estimate) -> f64 {
    let batch = |bits: u32, values: [f64; 2]| -> Vec<f64> {
        (0..n).map(|i| values[(bits >> i & 1) as usize]).collect()
    };
    let chance = |bits: u32, share: f64| -> f64 {
        (0..n).map(|i| if bits >> i & 1 == 1 { share } else { 1.0 - share }).product()
    };
    let mut sum = 0.0;
    for real in 0..1 << n {
        for made in 0..1 << n {
            let chance = chance(real, share.0) * chance(made, share.1);
            sum += chance * estimate(&batch(real, values[0]), &batch(made, values[1]));
        }
    }
    sum
}

fn is_unbiased(estimate: &Estimate) -> Verdict {
    let quarters = || (-8i32..=8).prop_map(|k| f64::from(k) / 4.0);
    let values = || (quarters(), quarters());
    for_all(60, &(2u32..=4, 1i32..8, 1i32..8, values(), values()), |&(n, p, q, real, made)| {
        let (p, q) = (f64::from(p) / 8.0, f64::from(q) / 8.0);
        let due = (1.0 - p) * real.0 + p * real.1 - ((1.0 - q) * made.0 + q * made.1);
        let values = [[real.0, real.1], [made.0, made.1]];
        let found = over_all_batches(n, (p, q), values, *estimate);
        let at = format!("n = {n}, P = {}, Q = {}, T = {real:?}, f*(T) = {made:?}", number(p), number(q));
        agree(at, due, found, tolerance::of_terms(&[8.0, 8.0]))
    })
}

fn minibatch() -> Law<Estimate> {
    Law {
        name: "minibatch-is-unbiased",
        statement: "the mean of the estimate over all batches is E_P T − E_Q f*(T), for every n",
        members: || vec![("means".into(), |real, made| mean(real) - mean(made))],
        check: is_unbiased,
        chaffs: || {
            vec![
                ("sums, not means", |real, made| real.iter().sum::<f64>() - made.iter().sum::<f64>()),
                ("n − 1 below the sum", |real, made| {
                    let n = real.len() as f64;
                    (mean(real) - mean(made)) * n / (n - 1.0)
                }),
                ("the better of two critics, chosen on the batch", |real, made| {
                    (mean(real) - mean(made)).max(0.0)
                }),
                ("medians", |real, made| {
                    let middle = |values: &[f64]| {
                        let mut sorted = values.to_vec();
                        sorted.sort_by(f64::total_cmp);
                        sorted[sorted.len() / 2]
                    };
                    middle(real) - middle(made)
                }),
            ]
        },
    }
}

/// A generator with its slope, and the gradient displayed for its bound with the critic
/// held: of p, q and ∂q at one point.
#[derive(Clone, Copy)]
struct Held {
    f: fn(f64) -> f64,
    slope: fn(f64) -> f64,
    /// f\*(t)
    conjugate: fn(f64) -> f64,
    term: fn(&Held, f64, f64, f64) -> f64,
}

fn displayed(row: &Held, p: f64, q: f64, dq: f64) -> f64 {
    -(row.conjugate)((row.slope)(p / q)) * dq
}

const KL: Held =
    Held { f: |u| u * u.ln(), slope: |u| 1.0 + u.ln(), conjugate: |t| (t - 1.0).exp(), term: displayed };

fn agrees_with_differences(row: &Held) -> Verdict {
    for_all(100, &families(), |family: &Family| {
        let divergence = |theta: f64| {
            let law = family.law(theta);
            Family::sum(|i| law[i] * (row.f)(family.p[i] / law[i]))
        };
        let held = Family::sum(|i| (row.term)(row, family.p[i], family.q[i], family.d[i]));
        let size = Family::sum(|i| {
            let u = family.p[i] / family.q[i];
            family.q[i] * ((row.f)(u).abs() + (u * (row.slope)(u)).abs() + u * u + 1.0)
        });
        agree(family.told(), slope(divergence, 0.0), held, near_slope(size))
    })
}

fn envelope() -> Law<Held> {
    Law {
        name: "envelope",
        statement: "∂D_f(P‖Q_θ)/∂θ = −Σ f*(T*)·∂q_θ with T* = f'(p/q_θ) held fixed",
        members: || {
            let rows = [
                ("kl", KL),
                (
                    "reverse_kl",
                    Held { f: |u| -u.ln(), slope: |u| -1.0 / u, conjugate: |t| -1.0 - (-t).ln(), ..KL },
                ),
                (
                    "pearson_chi2",
                    Held {
                        f: |u| (u - 1.0).powi(2),
                        slope: |u| 2.0 * (u - 1.0),
                        conjugate: |t| t + t * t / 4.0,
                        ..KL
                    },
                ),
                (
                    "squared_hellinger",
                    Held {
                        f: |u| (u.sqrt() - 1.0).powi(2),
                        slope: |u| 1.0 - u.powf(-0.5),
                        conjugate: |t| t / (1.0 - t),
                        ..KL
                    },
                ),
                (
                    "gan",
                    Held {
                        f: |u| u * u.ln() - (u + 1.0) * u.ln_1p(),
                        slope: |u| (u / (u + 1.0)).ln(),
                        conjugate: |t| -(1.0 - t.exp()).ln(),
                        ..KL
                    },
                ),
            ];
            rows.map(|(name, row)| (name.to_owned(), row)).into()
        },
        check: agrees_with_differences,
        chaffs: || {
            vec![
                ("the sign of the critic", Held { term: |row, p, q, dq| -displayed(row, p, q, dq), ..KL }),
                ("f for f*", Held { term: |row, p, q, dq| -(row.f)((row.slope)(p / q).abs()) * dq, ..KL }),
                ("T for f*(T): the heuristic", Held { term: |row, p, q, dq| -(row.slope)(p / q) * dq, ..KL }),
                ("f(p/q)·∂q: the ratio moves too", Held { term: |row, p, q, dq| (row.f)(p / q) * dq, ..KL }),
                ("the ratio upside down", Held { term: |row, p, q, dq| displayed(row, q, p, dq), ..KL }),
            ]
        },
    }
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(minibatch().stating(
            r"
\begin{aligned}
\mathbb{E}\Bigl[\, \frac1n \sum_{i=1}^n T(x_i) - \frac1n \sum_{i=1}^n f^*(T(\hat x_i)) \Bigr] &= \mathbb{E}_{P}[T] - \mathbb{E}_{Q_\theta}[f^*(T)] \\
&\qquad \text{for fixed } T \text{ and } \theta
\end{aligned}",
        )),
        Box::new(envelope().stating(
            r"
\begin{aligned}
\frac{\partial}{\partial \theta} D_f(P \| Q_\theta)
  &= -\int f^*\bigl(T^*(x)\bigr)\, \frac{\partial q_\theta(x)}{\partial \theta}\, dx, \qquad T^* = f'\Bigl(\frac{p}{q_\theta}\Bigr) \\
  &= -\frac{\partial}{\partial \theta}\, \mathbb{E}_{Q_\theta}[f^*(T)] \,\Big|_{T = T^*}
\end{aligned}",
        )),
    ]
}
