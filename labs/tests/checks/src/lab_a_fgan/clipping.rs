//! A.7: clipping a gradient by its norm.

use super::meta;
use crate::tensors::{Tried, numbers, told};
use crate::tolerance;
use candle_core::{DType, Device, Result, Tensor};
use checks::check::{Broken, Chaff, Check, agree, number};
use checks::for_all::{for_all, for_each};
use checks::{Exercise, tolerance::of_terms};
use labs::lab_a_fgan::exercises as reference;
use proptest::strategy::Strategy;

/// A player's gradients part by part, and a limit.
type Clipped = fn(&[Tensor], f64) -> Result<Vec<Tensor>>;

/// A gradient of two parts: a 2 × 2 matrix and a vector of three.
fn parts(numbers: &[f64; 7], dtype: DType) -> Result<Vec<Tensor>> {
    let part =
        |numbers: &[f64], shape: &[usize]| Tensor::from_slice(numbers, shape, &Device::Cpu)?.to_dtype(dtype);
    Ok(vec![part(&numbers[..4], &[2, 2])?, part(&numbers[4..], &[3])?])
}

/// What became of them, as numbers; parts must keep their shapes.
fn clip(answer: Clipped, at: &str, given: &[f64; 7], limit: f64, dtype: DType) -> Tried<Vec<f64>> {
    let parts = told(at, parts(given, dtype))?;
    let found = told(at, answer(&parts, limit))?;
    let shapes = |parts: &[Tensor]| parts.iter().map(|part| part.dims().to_vec()).collect::<Vec<_>>();
    if shapes(&found) != shapes(&parts) {
        let due = format!("parts of the shapes {:?}", shapes(&parts));
        return Err(Broken::new(at, due, format!("{:?}", shapes(&found))));
    }
    let all: Result<Vec<Vec<f64>>> = found.iter().map(numbers).collect();
    Ok(told(at, all)?.concat())
}

fn norm(numbers: &[f64]) -> f64 {
    numbers.iter().map(|g| g * g).sum::<f64>().sqrt()
}

/// Seven quarters, not all 0, and a limit in quarters.
fn gradients() -> impl Strategy<Value = ([f64; 7], f64)> {
    (proptest::array::uniform7(-12i32..=12), 1u32..=20)
        .prop_map(|(g, limit)| (g.map(|g| f64::from(g) / 4.0), f64::from(limit) / 4.0))
        .prop_filter("a gradient that is 0", |(g, _)| norm(g) > 0.0)
}

fn place(given: &[f64; 7], limit: f64) -> String {
    format!("parts {:?} and {:?}, limit {}", &given[..4], &given[4..], number(limit))
}

/// A.7
pub fn clipped() -> Exercise<Clipped> {
    Exercise {
        meta: meta("clipped"),
        reference: reference::clipped,
        checks: vec![
            Check {
                name: "common-norm",
                property: "afterwards the norm of all numbers together is min(‖g‖, limit)",
                run: |answer| {
                    for_all(200, &gradients(), |(given, limit)| {
                        let at = place(given, *limit);
                        let found = clip(answer, &at, given, *limit, DType::F64)?;
                        let due = norm(given).min(*limit);
                        agree(format!("{at}: the norm"), due, norm(&found), of_terms(&[due]))
                    })
                },
            },
            Check {
                name: "direction",
                property: "every number is multiplied by one and the same factor",
                run: |answer| {
                    for_all(200, &gradients(), |(given, limit)| {
                        let at = place(given, *limit);
                        let found = clip(answer, &at, given, *limit, DType::F64)?;
                        let factor = norm(&found) / norm(given);
                        let mut worst = 0.0_f64;
                        for (g, found) in given.iter().zip(&found) {
                            let due = factor * g;
                            worst = worst.max(agree(
                                format!("{at}: the number {}", number(*g)),
                                due,
                                *found,
                                of_terms(&[3.0]),
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "small-gradients-stay",
                property: "below the limit nothing changes, and a gradient of 0 stays 0",
                run: |answer| {
                    for_each([[0.0; 7], [0.25, 0.0, -0.5, 0.0, 0.125, 0.0, 0.0]], |given| {
                        let at = place(&given, 1.0);
                        let found = clip(answer, &at, &given, 1.0, DType::F64)?;
                        let mut worst = 0.0_f64;
                        for (due, found) in given.iter().zip(found) {
                            worst = worst.max(agree(&*at, *due, found, 0.0)?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "wide",
                property: "in f32 numbers of 10²⁵, whose squares are beyond f32, are brought to the limit as well",
                run: |answer| {
                    let given = [1e25, 0.0, -1e25, 1e25, 0.0, 0.0, 1e25];
                    for_each([1.0, 100.0], |limit| {
                        let at = format!("{} in f32", place(&given, limit));
                        let found = clip(answer, &at, &given, limit, DType::F32)?;
                        agree(format!("{at}: the norm"), limit, norm(&found), tolerance::of_f32(limit))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "each-part-by-itself",
                misconception: "every part is clipped by its own norm: the norm of the whole is above the limit, and its direction another",
                subject: |gradients, limit| {
                    let part = |g: &Tensor| Ok(reference::clipped(std::slice::from_ref(g), limit)?.remove(0));
                    gradients.iter().map(part).collect()
                },
                caught_by: "common-norm",
            },
            Chaff {
                name: "each-number-by-itself",
                misconception: "`clamp` cuts each number to [−limit, limit]: that turns the gradient towards the diagonal",
                subject: |gradients, limit| gradients.iter().map(|g| g.clamp(-limit, limit)).collect(),
                caught_by: "direction",
            },
            Chaff {
                name: "always-scaled",
                misconception: "a gradient below the limit stays as it is: scaled up, the steps never become small, and 0 becomes NaN",
                subject: |gradients, limit| scaled(gradients, |norm| limit / norm),
                caught_by: "small-gradients-stay",
            },
            Chaff {
                name: "root-forgotten",
                misconception: "the norm is the root of the sum of squares",
                subject: |gradients, limit| scaled(gradients, |norm| (limit / (norm * norm)).min(1.0)),
                caught_by: "common-norm",
            },
            Chaff {
                name: "mean-of-squares",
                misconception: "the norm is the root of the sum of squares, not of their mean: the limit would grow with the network",
                subject: |gradients, limit| {
                    let count: usize = gradients.iter().map(Tensor::elem_count).sum();
                    scaled(gradients, |norm| (limit / (norm / (count as f64).sqrt())).min(1.0))
                },
                caught_by: "common-norm",
            },
            Chaff {
                name: "squares-overflow",
                misconception: "squares of 10²⁵ are infinite in f32, and limit/∞ = 0 stops the training: sum them in f64",
                subject: |gradients, limit| {
                    let mut squares = 0.0;
                    for gradient in gradients {
                        squares += gradient.sqr()?.sum_all()?.to_dtype(DType::F64)?.to_scalar::<f64>()?;
                    }
                    let factor = (limit / squares.sqrt()).min(1.0);
                    gradients.iter().map(|gradient| gradient * factor).collect()
                },
                caught_by: "wide",
            },
        ],
        fingerprint: |answer| {
            let probe = |given: &[f64; 7], dtype| {
                clip(answer, "a probe", given, 1.5, dtype).unwrap_or_else(|_| vec![f64::NAN])
            };
            [
                probe(&[1.0, -2.0, 0.5, 3.0, 0.25, -1.0, 2.0], DType::F64),
                probe(&[0.25, 0.0, -0.5, 0.0, 0.125, 0.0, 0.0], DType::F64),
                probe(&[1e25, 0.0, -1e25, 1e25, 0.0, 0.0, 1e25], DType::F32),
            ]
            .concat()
        },
    }
}

/// All parts times a factor of their norm.
fn scaled(gradients: &[Tensor], factor: impl Fn(f64) -> f64) -> Result<Vec<Tensor>> {
    let all: Result<Vec<Vec<f64>>> = gradients.iter().map(numbers).collect();
    let factor = factor(norm(&all?.concat()));
    gradients.iter().map(|gradient| gradient * factor).collect()
}
