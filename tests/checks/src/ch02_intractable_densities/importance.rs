//! 2.3: an expectation under p from draws of q.

use super::estimates::{agree_both, by_pairs};
use super::weights::{apart, near, upside_down, weighted};
use crate::check::{Chaff, Check, agree};
use crate::for_all::for_all;
use crate::{Exercise, Meta};
use proptest::strategy::Strategy;
use vdm::ch02_intractable_densities::exercises as reference;

/// The signature of 2.3.
type ImportanceMean = fn(&[f64], &[f64]) -> (f64, f64);

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
                subject: |ln, h| reference::importance_mean(&upside_down(ln), h),
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
