//! 2.5: the same where the density is known up to a factor.

use super::weights::{MOVES, apart, near, upside_down, with_weight};
use crate::check::{Chaff, Check, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::ch02_intractable_densities::exercises as reference;

/// The signature of 2.5.
type Normalised = fn(&[f64], &[f64]) -> f64;

/// 2.5
pub fn self_normalised_mean() -> Exercise<Normalised> {
    Exercise {
        meta: Meta::implement("2.5", "self_normalised_mean", "A density known up to a factor", 2, 10),
        reference: reference::self_normalised_mean,
        checks: vec![
            Check {
                name: "weighted-mean",
                property: "Σwh/Σw",
                run: |answer| {
                    for_all(200, &with_weight(), |draws| {
                        let (ln, values) = apart(draws);
                        // By merging two draws at a time into one of both weights.
                        let merged = draws.iter().copied().reduce(|(v, g), (w, h)| {
                            if v + w > 0.0 { (v + w, g + (h - g) * (w / (v + w))) } else { (0.0, h) }
                        });
                        let due = merged.map_or(f64::NAN, |(_, mean)| mean);
                        agree(format!("(w, h) = {draws:?}"), due, answer(&ln, &values), near(&[5.0, 5.0]))
                    })
                },
            },
            Check {
                name: "factor-cancels",
                property: "adding the same number to all log-weights changes nothing: ± 10,000 is no trouble",
                run: |answer| {
                    for_all(100, &(with_weight(), 0..MOVES.len()), |(draws, which)| {
                        let (ln, values) = apart(draws);
                        let due = reference::self_normalised_mean(&ln, &values);
                        let moved: Vec<f64> = ln.iter().map(|ln| ln + MOVES[*which]).collect();
                        let near = near(&[5.0, 5.0]) + 5.0 * tolerance::of_terms(&[MOVES[*which]]);
                        agree(
                            format!("log w = {moved:?}, h = {values:?}"),
                            due,
                            answer(&moved, &values),
                            near,
                        )
                    })
                },
            },
            Check {
                name: "constant",
                property: "the mean of a constant is that constant",
                run: |answer| {
                    for_each([-2.5, 1.0, 7.0], |c| {
                        agree(format!("h = {c}"), c, answer(&[0.5, -1.0, 2.0], &[c; 3]), near(&[c, c]))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "divided-by-n",
                misconception: "divided by n the unknown factor stays in: it cancels against Σw only",
                subject: |ln, h| ln.iter().zip(h).map(|(ln, h)| ln.exp() * h).sum::<f64>() / h.len() as f64,
                caught_by: "constant",
            },
            Chaff {
                name: "largest-taken-out-and-divided-by-n",
                misconception: "with the largest weight taken out, the mean over n is off by that factor: divide by the sum of the weights, not by n",
                subject: |ln, h| {
                    let largest = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let sum: f64 = ln.iter().zip(h).map(|(ln, h)| (ln - largest).exp() * h).sum();
                    sum / h.len() as f64
                },
                caught_by: "constant",
            },
            Chaff {
                name: "exponential-first",
                misconception: "exp(log w) overflows, or all weights become 0: divide by the largest before the exponential",
                subject: |ln, h| {
                    let sum: f64 = ln.iter().zip(h).map(|(ln, h)| ln.exp() * h).sum();
                    sum / ln.iter().map(|ln| ln.exp()).sum::<f64>()
                },
                caught_by: "factor-cancels",
            },
            Chaff {
                name: "weight-upside-down",
                misconception: "to go from q to p the weight is p/q: the law from which you draw stands below",
                subject: |ln, h| reference::self_normalised_mean(&upside_down(ln), h),
                caught_by: "weighted-mean",
            },
            Chaff {
                name: "unweighted",
                misconception: "without weights this is E_q h: the draws come from q",
                subject: |_, h| reference::mean_and_standard_error(h).0,
                caught_by: "weighted-mean",
            },
            Chaff {
                name: "weights-squared",
                misconception: "Σw² belongs to the effective sample size; a mean is divided by Σw",
                subject: |ln, h| {
                    let doubled: Vec<f64> = ln.iter().map(|ln| 2.0 * ln).collect();
                    let largest = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let total: f64 = doubled.iter().map(|ln| (ln - 2.0 * largest).exp()).sum();
                    ln.iter().zip(h).map(|(ln, h)| (ln - largest).exp() * h).sum::<f64>() / total
                },
                caught_by: "constant",
            },
        ],
        fingerprint: |answer| {
            let values = [1.0, -2.0, 0.5, 4.0];
            let probes = [[0.1, -0.7, 1.3, 0.4], [2.0, 2.5, 0.0, 1.0], [900.0, 901.0, 899.0, 900.5]];
            probes.iter().map(|ln| answer(ln, &values)).collect()
        },
    }
}
