//! 2.4: what weighted draws are worth.

use super::weights::{MOVES, near};
use crate::check::{Chaff, Check, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use vdm::ch02_intractable_densities::exercises as reference;

/// The signature of 2.4.
type SampleSize = fn(&[f64]) -> f64;

/// Log-weights of moderate size, zeros of weight among them.
fn ln_weights() -> impl Strategy<Value = Vec<f64>> {
    let ln = (0u32..=25, -40i32..=40);
    let ln = ln.prop_map(|(zero, k)| if zero == 0 { f64::NEG_INFINITY } else { f64::from(k) / 8.0 });
    proptest::collection::vec(ln, 1..8)
}

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
