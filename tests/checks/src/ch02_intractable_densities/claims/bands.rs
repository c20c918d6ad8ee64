//! The interval of ± z standard errors, and the effective sample size.

use super::super::draws::{distance, normal};
use crate::check::{agree, at_least};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, strategies, tolerance};
use vdm::ch02_intractable_densities::exercises::{effective_sample_size, mean_and_standard_error};
use vdm::density::{Density, Gaussian, StudentT};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(normal_band().stating(
            r"
\begin{aligned}
h(x_i) \text{ normal:} \qquad
\Pr\Bigl[\, |\bar h_n - \mu| \le z \cdot \frac{s}{\sqrt{n}} \,\Bigr] &= \Pr\bigl[\, |T_{n-1}| \le z \,\bigr] \\
\Pr\bigl[\, |T_{n-1}| \le 2 \,\bigr] &\xrightarrow[n \to \infty]{} .9545
\end{aligned}",
        )),
        Box::new(sample_size().stating(
            r"
\frac{\bigl(\sum_i w_i\bigr)^2}{\sum_i w_i^2} = \frac{n}{1 + \widehat{\chi^2}},
\qquad
\widehat{\chi^2} = \frac1n \sum_{i=1}^n \Bigl(\frac{w_i}{\bar w} - 1\Bigr)^2
\;\longrightarrow\; \chi^2(p \,\|\, q)",
        )),
    ]
}

/// The statistic (mean − μ)/error of a sample with μ = 0, and what is said of its law:
/// from n and z, the probability that it exceeds z.
#[derive(Clone, Copy)]
struct Band {
    statistic: fn(&[f64]) -> f64,
    above: fn(f64, f64) -> f64,
}

fn student(freedom: f64, z: f64) -> f64 {
    StudentT::new(0.0, 1.0, freedom).map_or(f64::NAN, |law| law.survival(z))
}

const BAND: Band = Band {
    statistic: |xs| {
        let (mean, error) = mean_and_standard_error(xs);
        mean / error
    },
    above: |n, z| student(n - 1.0, z),
};

fn normal_band() -> Law<Band> {
    const SAMPLES: usize = 20_000;
    Law {
        name: "normal-band",
        statement: "for normal values (mean − μ)/(s/√n) follows Student's t with n − 1 degrees of freedom",
        members: || vec![("student".into(), BAND)],
        check: |band| {
            let mut tally = for_each([2usize, 3, 10], |n| {
                let samples = normal()[..SAMPLES * n].chunks(n);
                let found: Vec<f64> = samples.map(band.statistic).collect();
                let apart = distance(found, |z| 1.0 - (band.above)(n as f64, z));
                let near = tolerance::of_distribution(SAMPLES);
                at_least(format!("n = {n}"), "distance ≤ DKW", near, apart, 0.0)?;
                Ok(apart / near)
            })?;
            // The displayed limit, four digits of it.
            tally.merge(for_each([1e5], |n| {
                agree("n = 10⁵, z = 2", 0.9545, 1.0 - 2.0 * (band.above)(n, 2.0), 5e-5)
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                (
                    "normal whatever n",
                    Band {
                        above: |_, z| Gaussian::new(0.0, 1.0).map_or(f64::NAN, |law| law.survival(z)),
                        ..BAND
                    },
                ),
                ("n degrees of freedom", Band { above: student, ..BAND }),
                (
                    "standard deviation for standard error",
                    Band { statistic: |xs| (BAND.statistic)(xs) / (xs.len() as f64).sqrt(), ..BAND },
                ),
                (
                    "n for n − 1 in s²",
                    Band {
                        statistic: |xs| {
                            let n = xs.len() as f64;
                            (BAND.statistic)(xs) * (n / (n - 1.0)).sqrt()
                        },
                        ..BAND
                    },
                ),
            ]
        },
    }
}

/// From log-weights, the two displayed expressions: (Σw)²/Σw² and χ̂².
#[derive(Clone, Copy)]
struct Size {
    size: fn(&[f64]) -> f64,
    chi_square: fn(&[f64]) -> f64,
}

fn spread_of(ln_weights: &[f64]) -> f64 {
    let weights: Vec<f64> = ln_weights.iter().map(|ln| ln.exp()).collect();
    let n = weights.len() as f64;
    let mean = weights.iter().sum::<f64>() / n;
    weights.iter().map(|w| (w / mean - 1.0).powi(2)).sum::<f64>() / n
}

const SIZE: Size = Size { size: effective_sample_size, chi_square: spread_of };

/// Weights p/q for draws of q in its exact proportions: 1 + χ̂² is then 1 + χ²(p‖q).
fn sample_size() -> Law<Size> {
    Law {
        name: "effective-sample-size",
        statement: "(Σw)²/Σw² = n/(1 + χ̂²), and χ̂² is χ²(p‖q) for draws in the proportions of q",
        members: || vec![("size".into(), SIZE)],
        check: |claim| {
            let mut tally = for_all(200, &proptest::collection::vec(strategies::reals(3.0), 1..9), |ln| {
                let due = ln.len() as f64 / (1.0 + (claim.chi_square)(ln));
                let near = 64.0 * tolerance::of_terms(&[due]);
                agree(format!("log w = {ln:?}"), due, (claim.size)(ln), near)
            })?;
            let laws = [
                ([0.5, 0.25, 0.25], [2_usize, 1, 1]),
                ([0.125, 0.75, 0.125], [1, 1, 2]),
                ([0.0, 0.5, 0.5], [2, 3, 3]),
            ];
            tally.merge(for_each(laws, |(p, units)| {
                let total = units.iter().sum::<usize>() as f64;
                let mut ln_weights = Vec::new();
                let mut chi_square = -1.0;
                for (p, unit) in p.into_iter().zip(units) {
                    let q = unit as f64 / total;
                    chi_square += p * p / q;
                    ln_weights.extend(std::iter::repeat_n((p / q).ln(), unit));
                }
                let at = format!("p = {p:?}, q ∝ {units:?}");
                agree(at, chi_square, (claim.chi_square)(&ln_weights), tolerance::of_terms(&[4.0, 4.0]))
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("Σw²/(Σw)²", Size { size: |ln| 1.0 / effective_sample_size(ln), ..SIZE }),
                (
                    "the square forgotten",
                    Size {
                        size: |ln| {
                            let weights: Vec<f64> = ln.iter().map(|ln| ln.exp()).collect();
                            weights.iter().sum::<f64>() / weights.iter().map(|w| w * w).sum::<f64>()
                        },
                        ..SIZE
                    },
                ),
                (
                    "n − 1 in χ̂²",
                    Size {
                        chi_square: |ln| {
                            let n = ln.len() as f64;
                            spread_of(ln) * n / (n - 1.0)
                        },
                        ..SIZE
                    },
                ),
                (
                    "weights q/p",
                    Size {
                        chi_square: |ln| {
                            spread_of(
                                &ln.iter()
                                    .map(|ln| if ln.is_finite() { -ln } else { *ln })
                                    .collect::<Vec<_>>(),
                            )
                        },
                        ..SIZE
                    },
                ),
            ]
        },
    }
}
