//! 2.3 to 2.5: importance sampling from log-weights.

use super::estimates::{agree_both, by_pairs};
use crate::check::{Chaff, Check, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use vdm::ch02_intractable_densities::exercises as reference;

/// The signature of 2.3.
type ImportanceMean = fn(&[f64], &[f64]) -> (f64, f64);
/// The signature of 2.4.
type SampleSize = fn(&[f64]) -> f64;
/// The signature of 2.5.
type Normalised = fn(&[f64], &[f64]) -> f64;

/// Weights k/8, zeros among them, with a value each.
fn weighted() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let draw = (0u32..=24, -20i32..=20).prop_map(|(w, h)| (f64::from(w) / 8.0, f64::from(h) / 4.0));
    proptest::collection::vec(draw, 2..8)
}

/// The same with a weight above 0 among them.
fn with_weight() -> impl Strategy<Value = Vec<(f64, f64)>> {
    weighted().prop_filter("some weight", |draws| draws.iter().any(|(weight, _)| *weight > 0.0))
}

/// Log-weights and values, apart.
fn apart(draws: &[(f64, f64)]) -> (Vec<f64>, Vec<f64>) {
    draws.iter().map(|(weight, value)| (weight.ln(), *value)).unzip()
}

/// A draw for each unit of q: with such draws the sample is q itself, and the plain mean
/// is Σ p·h without any error.
fn by_shares(p: &[u32], q: &[u32], h: &[i32]) -> (Vec<f64>, Vec<f64>, f64) {
    let (all_p, all_q) = (f64::from(p.iter().sum::<u32>()), f64::from(q.iter().sum::<u32>()));
    let (mut ln_weights, mut values, mut mean) = (Vec::new(), Vec::new(), 0.0);
    for ((p, q), h) in p.iter().zip(q).zip(h) {
        let (share, h) = (f64::from(*p) / all_p, f64::from(*h) / 4.0);
        mean += share * h;
        for _ in 0..*q {
            ln_weights.push((share / (f64::from(*q) / all_q)).ln());
            values.push(h);
        }
    }
    (ln_weights, values, mean)
}

/// exp(ln w) errs by ε|ln w| beside its rounding; log-weights here are below 8.
fn near(values: &[f64]) -> f64 {
    tolerance::of_terms(values) + 8.0 * tolerance::EPS * values.iter().map(|x| x.abs()).sum::<f64>()
}

/// 2.3
pub fn importance_mean() -> Exercise<ImportanceMean> {
    Exercise {
        meta: Meta::implement("2.3", "importance_mean", "An expectation under another law", 3, 15),
        reference: reference::importance_mean,
        checks: vec![
            Check {
                name: "under-p",
                property: "draws in the proportions of q give E_p h exactly",
                run: |answer| {
                    let laws = (2usize..=4).prop_flat_map(|k| {
                        let p = proptest::collection::vec(0u32..6, k);
                        let q = proptest::collection::vec(1u32..4, k);
                        (p, q, proptest::collection::vec(-12i32..=12, k))
                    });
                    let laws = laws.prop_filter("a law needs mass", |(p, _, _)| p.iter().sum::<u32>() > 0);
                    for_all(200, &laws, |(p, q, h)| {
                        let (ln_weights, values, due) = by_shares(p, q, h);
                        let place = format!("p ∝ {p:?}, q ∝ {q:?}, 4h = {h:?}, one draw a unit of q");
                        agree(place, due, answer(&ln_weights, &values).0, near(&[12.0, 12.0]))
                    })
                },
            },
            Check {
                name: "products",
                property: "mean and standard error are those of the products w·h, zeros among them",
                run: |answer| {
                    for_all(200, &weighted(), |draws| {
                        let (ln_weights, values) = apart(draws);
                        let products: Vec<f64> = draws.iter().map(|(w, h)| w * h).collect();
                        let near = near(&[15.0, 15.0]);
                        let found = answer(&ln_weights, &values);
                        agree_both(&format!("(w, h) = {draws:?}"), by_pairs(&products), found, (near, near))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "weight-upside-down",
                misconception: "to go from q to p the weight is p/q: the law from which you draw stands below",
                subject: |ln, h| {
                    let inverted: Vec<f64> =
                        ln.iter().map(|ln| if ln.is_finite() { -ln } else { *ln }).collect();
                    reference::importance_mean(&inverted, h)
                },
                caught_by: "under-p",
            },
            Chaff {
                name: "logarithm-not-undone",
                misconception: "these are log-weights: the weight is their exponential",
                subject: |ln, h| {
                    let wrong: Vec<f64> = ln.iter().map(|ln| ln.max(-30.0)).collect();
                    let products: Vec<f64> = wrong.iter().zip(h).map(|(ln, h)| ln * h).collect();
                    reference::mean_and_standard_error(&products)
                },
                caught_by: "under-p",
            },
            Chaff {
                name: "unweighted",
                misconception: "without weights this is E_q h: the draws come from q",
                subject: |_, h| reference::mean_and_standard_error(h),
                caught_by: "under-p",
            },
            Chaff {
                name: "self-normalised",
                misconception: "dividing by Σw is the other estimate, for a p known up to a factor; the plain one divides by n",
                subject: |ln, h| {
                    let (mean, error) = reference::importance_mean(ln, h);
                    let (total, _) = reference::importance_mean(ln, &vec![1.0; h.len()]);
                    if total == 0.0 { (0.0, 0.0) } else { (mean / total, error) }
                },
                caught_by: "products",
            },
            Chaff {
                name: "error-of-the-values",
                misconception: "what is averaged is w·h, so the scatter of w·h makes the error, not that of h",
                subject: |ln, h| {
                    (reference::importance_mean(ln, h).0, reference::mean_and_standard_error(h).1)
                },
                caught_by: "products",
            },
            Chaff {
                name: "zero-weights-dropped",
                misconception: "a draw of weight 0 is a draw: n counts it",
                subject: |ln, h| {
                    let kept: Vec<(f64, f64)> =
                        ln.iter().zip(h).filter(|(ln, _)| ln.is_finite()).map(|(ln, h)| (*ln, *h)).collect();
                    let (ln, h): (Vec<f64>, Vec<f64>) = kept.into_iter().unzip();
                    if h.len() < 2 { (0.0, 0.0) } else { reference::importance_mean(&ln, &h) }
                },
                caught_by: "products",
            },
        ],
        fingerprint: |answer| {
            let (mean, error) = answer(&[0.2, -0.4, 0.7, f64::NEG_INFINITY], &[1.0, 2.0, -0.5, 3.0]);
            let (mean_2, error_2) = answer(&[-0.3, 0.6, 0.1], &[2.0, 0.25, -1.0]);
            vec![mean, error, mean_2, error_2]
        },
    }
}

/// Log-weights of moderate size, zeros of weight among them.
fn ln_weights() -> impl Strategy<Value = Vec<f64>> {
    let ln = (0u32..=25, -40i32..=40);
    let ln = ln.prop_map(|(zero, k)| if zero == 0 { f64::NEG_INFINITY } else { f64::from(k) / 8.0 });
    proptest::collection::vec(ln, 1..8)
}

/// How far log-weights are moved: by nothing, and out of the range of exp on both sides.
const MOVES: [f64; 5] = [0.0, -1e4, -800.0, 750.0, 1e4];

/// 2.4
pub fn effective_sample_size() -> Exercise<SampleSize> {
    Exercise {
        meta: Meta::implement("2.4", "effective_sample_size", "What weighted draws are worth", 3, 15),
        reference: reference::effective_sample_size,
        checks: vec![
            Check {
                name: "definition",
                property: "(Σw)²/Σw²",
                run: |answer| {
                    for_all(200, &ln_weights(), |ln| {
                        let (mut ones, mut pairs) = (0.0, 0.0);
                        for (i, a) in ln.iter().enumerate() {
                            ones += (2.0 * a).exp();
                            pairs += ln[..i].iter().map(|b| (a + b).exp()).sum::<f64>();
                        }
                        // (Σw)² = Σw² + 2 Σ over pairs; without any weight 0.
                        let due = if ones > 0.0 { 1.0 + 2.0 * pairs / ones } else { 0.0 };
                        agree(format!("log w = {ln:?}"), due, answer(ln), near(&[due, due]))
                    })
                },
            },
            Check {
                name: "any-size",
                property: "adding the same number to all log-weights changes nothing: ± 10,000 is no trouble",
                run: |answer| {
                    for_all(100, &(ln_weights(), 0..MOVES.len()), |(ln, which)| {
                        let moved: Vec<f64> = ln.iter().map(|ln| ln + MOVES[*which]).collect();
                        let due = reference::effective_sample_size(ln);
                        // A log-weight of 10⁴ is itself rounded to ε·10⁴.
                        let near = near(&[due, due]) + due * tolerance::of_terms(&[MOVES[*which]]);
                        agree(format!("log w = {moved:?}"), due, answer(&moved), near)
                    })
                },
            },
            Check {
                name: "ends",
                property: "n for n equal weights, 1 where one weight dominates, 0 without any weight",
                run: |answer| {
                    const NONE: f64 = f64::NEG_INFINITY;
                    let cases: [(&[f64], f64); 5] = [
                        (&[3.0; 7], 7.0),
                        (&[0.0, -1e4, -1e4], 1.0),
                        (&[NONE, 2.0], 1.0),
                        (&[NONE; 3], 0.0),
                        (&[], 0.0),
                    ];
                    for_each(cases, |(ln, due)| {
                        agree(format!("log w = {ln:?}"), due, answer(ln), tolerance::of_terms(&[due]))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "exponential-first",
                misconception: "exp(log w) overflows, or all weights become 0: divide by the largest before the exponential",
                subject: |ln| {
                    let (sum, squares) = ln
                        .iter()
                        .fold((0.0, 0.0), |(sum, squares), ln| (sum + ln.exp(), squares + (2.0 * ln).exp()));
                    if squares == 0.0 { 0.0 } else { sum * sum / squares }
                },
                caught_by: "any-size",
            },
            Chaff {
                name: "one-over-sum-of-squares",
                misconception: "1/Σw² is right for weights that add up to 1: divide by (Σw)² first",
                subject: |ln| {
                    let squares: f64 = ln.iter().map(|ln| (2.0 * ln).exp()).sum();
                    if squares == 0.0 { 0.0 } else { 1.0 / squares }
                },
                caught_by: "definition",
            },
            Chaff {
                name: "inverted",
                misconception: "Σw²/(Σw)² is 1/n for equal weights: the size is its reciprocal",
                subject: |ln| {
                    let size = reference::effective_sample_size(ln);
                    if size == 0.0 { 0.0 } else { 1.0 / size }
                },
                caught_by: "ends",
            },
            Chaff {
                name: "share-of-n",
                misconception: "this is the share of n; a sample size is n itself for equal weights",
                subject: |ln| reference::effective_sample_size(ln) / ln.len().max(1) as f64,
                caught_by: "ends",
            },
            Chaff {
                name: "mean-over-largest",
                misconception: "Σw / max w counts how many weights the largest is worth: another measure, never smaller",
                subject: |ln| {
                    let largest = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    if largest.is_finite() { ln.iter().map(|ln| (ln - largest).exp()).sum() } else { 0.0 }
                },
                caught_by: "definition",
            },
            Chaff {
                name: "nan-without-weight",
                misconception: "where every weight is 0, −∞ − (−∞) is no number: that case comes first",
                subject: |ln| {
                    let largest = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let (sum, squares) = ln.iter().fold((0.0, 0.0), |(sum, squares), ln| {
                        let weight = (ln - largest).exp();
                        (sum + weight, squares + weight * weight)
                    });
                    sum * sum / squares
                },
                caught_by: "ends",
            },
        ],
        fingerprint: |answer| {
            let probes: [&[f64]; 5] = [
                &[0.1, -0.7, 1.3, 0.4],
                &[2.0, 2.5],
                &[900.0, 901.0, 899.0],
                &[-0.2, f64::NEG_INFINITY, 0.3],
                &[f64::NEG_INFINITY; 2],
            ];
            probes.iter().map(|ln| answer(ln)).collect()
        },
    }
}

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
                subject: |ln, h| {
                    let inverted: Vec<f64> =
                        ln.iter().map(|ln| if ln.is_finite() { -ln } else { *ln }).collect();
                    reference::self_normalised_mean(&inverted, h)
                },
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
