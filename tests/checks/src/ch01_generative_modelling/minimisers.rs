//! 1.6: the argmin is a set.

use crate::check::{Broken, Chaff, Check, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::prelude::*;
use vdm::ch01_generative_modelling::exercises as reference;

/// The signature of 1.6.
type Minimisers = fn(&[f64], f64) -> Vec<usize>;

const INF: f64 = f64::INFINITY;

/// Small integers with ties, and now and then +∞.
fn values() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![4 => (-3i32..6).prop_map(f64::from), 1 => Just(INF)];
    proptest::collection::vec(value, 1..9)
}

/// A few values as they are.
fn shown(values: &[f64], near: f64) -> String {
    let values: Vec<String> = values.iter().map(|v| number(*v)).collect();
    format!("values ({}), tolerance {near}", values.join(", "))
}

/// i is a minimiser unless some value lies below its own by more than the tolerance.
fn compare(
    answer: Minimisers,
    values: &[f64],
    near: f64,
    at: impl Fn() -> String,
) -> Result<f64, Box<Broken>> {
    let beaten = |i: usize| values.iter().any(|other| other + near < values[i]);
    let due: Vec<usize> = (0..values.len()).filter(|&i| !beaten(i)).collect();
    let found = answer(values, near);
    if found == due {
        return Ok(0.0);
    }
    Err(Broken::new(at(), format!("{due:?}"), format!("{found:?}")))
}

/// 1.6
pub fn all_minimisers() -> Exercise<Minimisers> {
    Exercise {
        meta: Meta::implement("1.6", "all_minimisers", "The argmin is a set", 2, 10),
        reference: reference::all_minimisers,
        checks: vec![
            Check {
                name: "unbeaten",
                property: "exactly the indices that no value beats, in order",
                run: |answer| {
                    for_all(300, &values(), |values| compare(answer, values, 0.0, || shown(values, 0.0)))
                },
            },
            Check {
                name: "within-the-tolerance",
                property: "a value counts as minimal if it is within the tolerance of the least",
                run: |answer| {
                    for_all(200, &(values(), 1i32..=6), |(values, half)| {
                        let near = f64::from(*half) / 2.0;
                        compare(answer, values, near, || shown(values, near))
                    })
                },
            },
            Check {
                name: "all-infinite",
                property: "if every value is +∞, every index is a minimiser",
                run: |answer| {
                    let all = [INF, INF, INF];
                    for_each([0.0, 1.0], |near| compare(answer, &all, near, || shown(&all, near)))
                },
            },
            Check {
                name: "a-mirrored-generator",
                property: "the scales θ of g(z) = θz that fit N(0, 1) best by KL: −1 and 1 on a grid of quarters",
                run: |answer| {
                    // KL(N(0, 1) ‖ N(0, θ²)) = log|θ| + 1/(2θ²) − ½; at θ = 0 the model is a point.
                    let kl = |theta: f64| match theta {
                        0.0 => INF,
                        theta => theta.abs().ln() + 0.5 / (theta * theta) - 0.5,
                    };
                    let grid: Vec<f64> = (-12..=12).map(|k| kl(f64::from(k) / 4.0)).collect();
                    let at = || {
                        "the KL of N(0, 1) from N(0, θ²) at 25 places, θ = −3, −2.75, …, 3: θ = −1 has the \
                         index 8 and θ = 1 the index 16, and both are 0 up to rounding"
                            .to_owned()
                    };
                    for_each([tolerance::FORMULA], |near| compare(answer, &grid, near, at))
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "first-only",
                misconception: "the argmin is a set: the first minimiser is one of its elements",
                subject: |values, near| reference::all_minimisers(values, near).into_iter().take(1).collect(),
                caught_by: "a-mirrored-generator",
            },
            Chaff {
                name: "from-zero",
                misconception: "a running minimum that starts at 0 never finds a least value above 0: start at +∞",
                subject: |values, near| {
                    let least = values.iter().copied().fold(0.0, f64::min);
                    (0..values.len()).filter(|&i| values[i] <= least + near).collect()
                },
                caught_by: "unbeaten",
            },
            Chaff {
                name: "infinity-minus-infinity",
                misconception: "a divergence of +∞ for every θ means that no θ is better than another: all are minimal. ∞ − ∞ is NaN, so compare v with least + tolerance",
                subject: |values, near| {
                    let least = values.iter().copied().fold(INF, f64::min);
                    (0..values.len()).filter(|&i| values[i] - least <= near).collect()
                },
                caught_by: "all-infinite",
            },
            Chaff {
                name: "tolerance-ignored",
                misconception: "two computed minima rarely agree to the last digit: use the tolerance",
                subject: |values, _| reference::all_minimisers(values, 0.0),
                caught_by: "within-the-tolerance",
            },
            Chaff {
                name: "maximisers",
                misconception: "a divergence is to be small: these are the maximisers",
                subject: |values, near| {
                    let most = values.iter().copied().fold(-INF, f64::max);
                    (0..values.len()).filter(|&i| values[i] >= most - near).collect()
                },
                caught_by: "unbeaten",
            },
        ],
        fingerprint: |answer| {
            let probes: [(&[f64], f64); 4] = [
                (&[3.0, 1.0, 2.0, 1.0], 0.0),
                (&[3.0, 1.0, 2.0, 1.5], 0.5),
                (&[INF, INF], 0.25),
                (&[-1.0, INF, -1.0, 4.0], 0.0),
            ];
            let found = |(values, near): (&[f64], f64)| {
                let indices = answer(values, near);
                std::iter::once(indices.len()).chain(indices).map(|i| i as f64).collect::<Vec<_>>()
            };
            probes.into_iter().flat_map(found).collect()
        },
    }
}
