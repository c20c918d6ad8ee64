//! Plug-in estimates err upwards, and by how much.

use super::super::counts::expected;
use crate::check::{agree, at_least};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, tolerance};
use proptest::strategy::Strategy;
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{self, Kl, PearsonChi2};
use vdm::ch02_intractable_densities::exercises::{jackknife, plug_in_divergence};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(upwards().stating(r"\mathbb{E}\bigl[ D_f(\hat p \,\|\, q) \bigr] \;\ge\; D_f(p \,\|\, q) \qquad \text{for every } f")),
        Box::new(pearson().stating(
            r"\mathbb{E}\bigl[ \chi^2(\hat p \,\|\, q) \bigr] - \chi^2(p \,\|\, q) = \frac1n \sum_{i=1}^k \frac{p_i (1 - p_i)}{q_i}",
        )),
        Box::new(kl().stating(
            r"\mathbb{E}\bigl[ \mathrm{KL}(\hat p \,\|\, q) \bigr] - \mathrm{KL}(p \,\|\, q) = \frac{k - 1}{2n} + O\Bigl(\frac{1}{n^2}\Bigr)",
        )),
    ]
}

/// An estimate of D_f(p‖q) from counts.
type Estimator = fn(&dyn Divergence, &[u64], &[f64]) -> f64;

/// Two laws on three points, by weights; q without zeros.
fn laws_on_three() -> impl Strategy<Value = ([f64; 3], [f64; 3])> {
    let shares = |weights: [u32; 3]| {
        let total = f64::from(weights.iter().sum::<u32>());
        weights.map(|w| f64::from(w) / total)
    };
    let some = [0u32..6, 0..6, 0..6].prop_filter("mass", |weights| weights.iter().sum::<u32>() > 0);
    (some, [1u32..6, 1..6, 1..6]).prop_map(move |(p, q)| (shares(p), shares(q)))
}

/// By enumeration of all samples.
fn upwards() -> Law<Estimator> {
    Law {
        name: "plug-in-errs-upwards",
        statement: "the mean over all samples of D_f(p̂‖q) is at least D_f(p‖q), for every member of the catalogue",
        members: || vec![("plug-in".into(), plug_in_divergence as Estimator)],
        check: |estimator| {
            let members: Vec<Arc<dyn Divergence>> = catalogue::all();
            for_all(120, &(laws_on_three(), 0..members.len(), 2u64..=5), |((p, q), which, n)| {
                let f = &members[*which];
                let mean = expected(p, *n, |counts| estimator(f, counts, q));
                let truth: f64 = (0..3).map(|i| q[i] * f.generator(p[i] / q[i])).sum();
                let at = format!("{}, p = {p:?}, q = {q:?}, n = {n}", f.title());
                // f at ratios up to 16, and the terms that cancel in it.
                let near = 64.0 * tolerance::of_terms(&[truth, f.generator(16.0), 1.0]);
                // A sample of probability 0 may have an infinite value: 0·∞ is none.
                if mean.is_nan() {
                    Ok(0.0)
                } else {
                    at_least(at, "E D_f(p̂‖q) ≥ D_f(p‖q)", mean, truth, near)
                }
            })
        },
        chaffs: || {
            vec![
                ("jackknifed", |f, counts, q| jackknife(&|left| plug_in_divergence(f, left, q), counts)),
                ("half a draw of q added to each count", |f, counts, q| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let smooth =
                        counts.iter().zip(q).map(|(c, q)| q * f.generator((*c as f64 / n / q + 1.0) / 2.0));
                    smooth.sum()
                }),
                ("only the largest of the terms", |f, counts, q| {
                    let n = counts.iter().sum::<u64>() as f64;
                    let terms = counts.iter().zip(q).map(|(c, q)| q * f.generator(*c as f64 / n / q));
                    terms.fold(f64::NEG_INFINITY, f64::max) / 2.0
                }),
            ]
        },
    }
}

/// From p, q and n, the displayed bias.
type Bias = fn(&[f64; 3], &[f64; 3], f64) -> f64;

fn pearson() -> Law<Bias> {
    Law {
        name: "plug-in-bias-of-pearson",
        statement: "the bias of the plug-in χ² is Σ p(1 − p)/q, divided by n, exactly",
        members: || {
            vec![(
                "exact".into(),
                (|p, q, n| (0..3).map(|i| p[i] * (1.0 - p[i]) / q[i]).sum::<f64>() / n) as Bias,
            )]
        },
        check: |bias| {
            for_all(150, &(laws_on_three(), 1u64..=6), |((p, q), n)| {
                let chi_square = |p: [f64; 3]| (0..3).map(|i| (p[i] - q[i]).powi(2) / q[i]).sum::<f64>();
                let mean = expected(p, *n, |counts| plug_in_divergence(&PearsonChi2, counts, q));
                let at = format!("p = {p:?}, q = {q:?}, n = {n}");
                let near = 16.0 * tolerance::of_terms(&[11.0, 11.0]);
                agree(at, mean - chi_square(*p), bias(p, q, *n as f64), near)
            })
        },
        chaffs: || {
            vec![
                ("(k − 1)/n, right for p = q only", |_, _, n| 2.0 / n),
                ("(k − 1)/(2n), that of KL", |_, _, n| 1.0 / n),
                ("the forgotten 1/n", |p, q, _| (0..3).map(|i| p[i] * (1.0 - p[i]) / q[i]).sum()),
                ("p and q exchanged", |p, q, n| {
                    (0..3).filter(|i| p[*i] > 0.0).map(|i| q[i] * (1.0 - q[i]) / p[i]).sum::<f64>() / n
                }),
            ]
        },
    }
}

/// The next term of the expansion is (Σ 1/p − 1)/(12n²) (Miller 1955, Harris 1975): the
/// remainder is allowed twice that.
fn kl() -> Law<Bias> {
    Law {
        name: "plug-in-bias-of-kl",
        statement: "the bias of the plug-in KL is (k − 1)/(2n), up to twice (Σ 1/p − 1)/(12n²)",
        members: || vec![("leading-term".into(), (|_, _, n| 1.0 / n) as Bias)],
        check: |bias| {
            let laws: [[f64; 3]; 3] = [[1.0 / 3.0; 3], [0.5, 0.25, 0.25], [0.25, 0.35, 0.4]];
            for_each(laws.into_iter().flat_map(|p| [20_u64, 40, 80].map(|n| (p, n))), |(p, n)| {
                let q = [0.2, 0.3, 0.5];
                let mean = expected(&p, n, |counts| plug_in_divergence(&Kl, counts, &q));
                let truth: f64 = (0..3).map(|i| p[i] * (p[i] / q[i]).ln()).sum();
                let n = n as f64;
                let next = (p.iter().map(|p| 1.0 / p).sum::<f64>() - 1.0) / (12.0 * n * n);
                agree(format!("p = {p:?}, q = {q:?}, n = {n}"), mean - truth, bias(&p, &q, n), 2.0 * next)
            })
        },
        chaffs: || {
            vec![
                ("k/(2n)", |_, _, n| 1.5 / n),
                ("(k − 1)/n, that of χ²", |_, _, n| 2.0 / n),
                ("downwards", |_, _, n| -1.0 / n),
                ("no bias", |_, _, _| 0.0),
                ("the forgotten 1/n", |_, _, _| 1.0),
            ]
        },
    }
}
