//! 2.8: how heavy a tail is.

use super::draws::{cauchy, heavy};
use crate::check::{Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use vdm::ch02_intractable_densities::exercises as reference;

/// The signature of 2.8.
type TailIndex = fn(&[f64], usize) -> f64;

/// Values of both signs, distinct in size, and a k below their number.
fn values_and_k() -> impl Strategy<Value = (Vec<f64>, usize)> {
    let values = proptest::collection::vec((1i32..400, proptest::bool::ANY), 3..10);
    let values = values.prop_map(|all| -> Vec<f64> {
        let mut at = 0.0;
        let mut climbing: Vec<f64> = all
            .iter()
            .map(|(step, negative)| {
                at += f64::from(*step) / 8.0;
                if *negative { -at } else { at }
            })
            .collect();
        // The largest are not all at one end.
        let half = climbing.len() / 2;
        climbing.rotate_left(half);
        climbing
    });
    values.prop_flat_map(|values| {
        let most = values.len();
        (proptest::strategy::Just(values), 1..most)
    })
}

/// 1/α̂ by spacings: the mean over i ≤ k of i·log(x₍ᵢ₎/x₍ᵢ₊₁₎).
fn by_spacings(values: &[f64], k: usize) -> f64 {
    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.reverse();
    let spacings = sizes.windows(2).take(k).zip(1u32..);
    k as f64 / spacings.map(|(pair, i)| f64::from(i) * (pair[0] / pair[1]).ln()).sum::<f64>()
}

/// The logarithms of sizes below 2¹⁰ and their differences, relative to the result.
fn near(due: f64, k: usize) -> f64 {
    due * due * tolerance::of_terms(&[7.0, 7.0]) * (1.0 + 1.0 / k as f64)
}

/// How many of the largest draws: one in a hundred.
const LARGEST: usize = 2_000;

/// Of draws with a power-law tail. Beyond its hundredth part a tail of Student's t
/// differs from a power law by (ν + 1)ν/2 · z⁻² of itself, less than this.
fn of_draws(answer: TailIndex, draws: &[f64], alpha: f64, name: &str) -> Result<f64, Box<crate::Broken>> {
    const NOT_YET_A_POWER: f64 = 0.03;
    let near = tolerance::of_exponential_mean(LARGEST) + NOT_YET_A_POWER;
    agree(format!("α/α̂ for {name}"), 1.0, alpha / answer(draws, LARGEST), near)
}

fn tells_apart(answer: TailIndex) -> Verdict {
    for_each([(heavy(), 1.5, "t with ν = 1.5"), (cauchy(), 1.0, "Cauchy")], |(draws, alpha, name)| {
        of_draws(answer, draws, alpha, name)
    })
}

/// 2.8
pub fn tail_index() -> Exercise<TailIndex> {
    Exercise {
        meta: Meta::implement("2.8", "tail_index", "Is there a mean, is there a variance?", 4, 20),
        reference: reference::tail_index,
        checks: vec![
            Check {
                name: "definition",
                property: "1/α̂ is the mean of log(|x|₍ᵢ₎/|x|₍ₖ₊₁₎) over the k largest sizes",
                run: |answer| {
                    for_all(200, &values_and_k(), |(values, k)| {
                        let due = by_spacings(values, *k);
                        agree(format!("{values:?}, k = {k}"), due, answer(values, *k), near(due, *k))
                    })
                },
            },
            Check {
                name: "any-unit",
                property: "the index of 1000·x and of −x/1000 is that of x",
                run: |answer| {
                    for_all(100, &values_and_k(), |(values, k)| {
                        let due = by_spacings(values, *k);
                        let mut worst = 0.0_f64;
                        for unit in [1000.0, -0.001] {
                            let scaled: Vec<f64> = values.iter().map(|x| unit * x).collect();
                            let found = answer(&scaled, *k);
                            // The logarithm of the unit adds to those of the sizes.
                            let near = 3.0 * near(due, *k);
                            worst = worst.max(agree(format!("{scaled:?}, k = {k}"), due, found, near)?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "tells-apart",
                property: "200,000 draws: α = 1.5 for t with ν = 1.5 (a mean, no variance), α = 1 for Cauchy (no mean)",
                run: tells_apart,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "reciprocal",
                misconception: "the mean of the logarithms is 1/α: heavy tails have large logarithms and a small index",
                subject: |values, k| 1.0 / reference::tail_index(values, k),
                caught_by: "tells-apart",
            },
            Chaff {
                name: "signs-kept",
                misconception: "both tails count: take sizes |x| before sorting",
                subject: |values, k| {
                    let mut sorted = values.to_vec();
                    sorted.sort_by(|a, b| b.total_cmp(a));
                    let threshold = sorted[k];
                    k as f64 / sorted[..k].iter().map(|x| (x / threshold).abs().ln()).sum::<f64>()
                },
                caught_by: "definition",
            },
            Chaff {
                name: "smallest",
                misconception: "the tail is made of the largest sizes, not of the smallest",
                subject: |values, k| {
                    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
                    sizes.sort_by(f64::total_cmp);
                    k as f64 / sizes[..k].iter().map(|x| (sizes[k] / x).ln()).sum::<f64>()
                },
                caught_by: "tells-apart",
            },
            Chaff {
                name: "threshold-among-the-k",
                misconception: "the threshold is the next size after the k largest; among them it adds a zero",
                subject: |values, k| {
                    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
                    sizes.sort_by(|a, b| b.total_cmp(a));
                    k as f64 / sizes[..k].iter().map(|x| (x / sizes[k - 1]).ln()).sum::<f64>()
                },
                caught_by: "definition",
            },
            Chaff {
                name: "logarithm-of-the-mean",
                misconception: "the mean of the logarithms, not the logarithm of the mean, which one large draw decides",
                subject: |values, k| {
                    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
                    sizes.sort_by(|a, b| b.total_cmp(a));
                    1.0 / (sizes[..k].iter().map(|x| x / sizes[k]).sum::<f64>() / k as f64).ln()
                },
                caught_by: "definition",
            },
            Chaff {
                name: "no-threshold",
                misconception: "sizes are compared with the threshold: without it the index depends on the unit",
                subject: |values, k| {
                    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
                    sizes.sort_by(|a, b| b.total_cmp(a));
                    k as f64 / sizes[..k].iter().map(|x| x.ln()).sum::<f64>()
                },
                caught_by: "any-unit",
            },
        ],
        fingerprint: |answer| {
            let values = [0.5, -7.0, 2.0, 31.0, -1.25, 4.5, -12.0];
            [1, 2, 4, 6].map(|k| answer(&values, k)).to_vec()
        },
    }
}
