//! A.8: the bound with its standard error.

use super::meta;
use super::objective::ROWS;
use crate::tensors::{Tried, column, numbers, told};
use crate::tolerance;
use candle_core::{DType, Result, Tensor};
use checks::check::{Chaff, Check, agree};
use checks::for_all::for_each;
use checks::tolerance::of_normal_mean;
use checks::{Broken, Exercise};
use labs::Loss;
use labs::lab_a_fgan::exercises as reference;
use labs::random::{Random, Stream};
use vdm::ch02_intractable_densities::estimate;

/// F and its standard error from the raw outputs on data and on generated points.
type WithError = fn(&Loss, &Tensor, &Tensor) -> Result<(f64, f64)>;

/// Raw outputs on data and on generated points.
const ON_DATA: [f64; 5] = [0.5, -1.25, 2.0, 0.75, -0.25];
const ON_MADE: [f64; 3] = [-0.5, 0.25, -2.0];

/// F and its error on the batch above, one of both in f32.
fn on_the_batch(answer: WithError, row: &str) -> Tried<(f64, f64)> {
    let loss = told(row, Loss::find(row))?;
    let (data, made) = (told(row, column(&ON_DATA, DType::F64))?, told(row, column(&ON_MADE, DType::F64))?);
    told(row, answer(&loss, &data, &made))
}

/// Replicates of a batch, and their sizes.
const REPLICATES: usize = 2000;
const SIZES: (usize, usize) = (40, 90);

/// A.8
pub fn bound_with_error() -> Exercise<WithError> {
    Exercise {
        meta: meta("bound_with_error"),
        reference: reference::bound_with_error,
        checks: vec![
            Check {
                name: "bound",
                property: "the first number is F = (1/n) Σ g_f(V) on data − (1/m) Σ f*(g_f(V)) on generated points",
                run: |answer| {
                    for_each(ROWS, |row| {
                        let loss = told(row, Loss::find(row))?;
                        let f = loss.divergence();
                        let due = ON_DATA.iter().map(|v| f.output_activation(*v)).sum::<f64>() / 5.0
                            - ON_MADE.iter().map(|v| f.conjugate_of_activation(*v)).sum::<f64>() / 3.0;
                        let (found, _) = on_the_batch(answer, row)?;
                        agree(format!("{row}: F"), due, found, tolerance::of_mean(8, 8.0))
                    })
                },
            },
            Check {
                name: "error-of-a-small-batch",
                property: "the second number is √(s_p²/n + s_q²/m), with the unbiased variances of the terms",
                run: |answer| {
                    for_each(ROWS, |row| {
                        let loss = told(row, Loss::find(row))?;
                        let f = loss.divergence();
                        let error = |terms: Vec<f64>| told(row, estimate(&terms)).map(|e| e.standard_error);
                        let of_data = error(ON_DATA.map(|v| f.output_activation(v)).into())?;
                        let of_made = error(ON_MADE.map(|v| f.conjugate_of_activation(v)).into())?;
                        let (_, found) = on_the_batch(answer, row)?;
                        let due = of_data.hypot(of_made);
                        agree(format!("{row}: the error"), due, found, tolerance::of_mean(8, 8.0))
                    })
                },
            },
            Check {
                name: "spread-of-repetitions",
                property: "over 2000 batches of normal outputs, the mean square of the error is the variance of F",
                run: spread,
            },
            Check {
                name: "in-f64",
                property: "outputs that come in f32 are averaged in f64: 200 000 of them, all near 1000",
                run: |answer| {
                    for_each(["kl"], |row| {
                        let loss = told(row, Loss::find(row))?;
                        let (data, made) = told(row, many())?;
                        let terms = told(row, numbers(&data))?;
                        let truth = told(row, estimate(&terms))?;
                        let (found, error) = told(row, answer(&loss, &data, &made))?;
                        let at = "V near 1000 on data, V = 1 on generated points, both f32";
                        // At V = 1 on generated points, f* is 1.
                        let near = tolerance::of_mean(terms.len(), 1000.0);
                        let first = agree(format!("{at}: F"), truth.mean - 1.0, found, near)?;
                        let near = 1e-6 * truth.standard_error;
                        let due = truth.standard_error;
                        Ok(first.max(agree(format!("{at}: the error"), due, error, near)?))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "deviation-for-error",
                misconception: "this is the spread of single terms: the error of their mean is smaller by √n",
                subject: |loss, data, made| {
                    let (p, q) = terms(loss, data, made)?;
                    Ok((p.mean - q.mean, p.variance.sqrt().hypot(q.variance.sqrt())))
                },
                caught_by: "error-of-a-small-batch",
            },
            Chaff {
                name: "errors-added",
                misconception: "independent errors add as squares: √(a² + b²), not a + b",
                subject: |loss, data, made| {
                    let (p, q) = terms(loss, data, made)?;
                    Ok((p.mean - q.mean, p.error() + q.error()))
                },
                caught_by: "spread-of-repetitions",
            },
            Chaff {
                name: "data-alone",
                misconception: "the mean over generated points is uncertain too: its square error adds",
                subject: |loss, data, made| {
                    let (p, q) = terms(loss, data, made)?;
                    Ok((p.mean - q.mean, p.error()))
                },
                caught_by: "spread-of-repetitions",
            },
            Chaff {
                name: "biased-variance",
                misconception: "around its own mean a sample varies too little: divide by n − 1",
                subject: |loss, data, made| {
                    let (p, q) = terms(loss, data, made)?;
                    let shrunk = |m: &Moments| m.error() * ((m.count - 1.0) / m.count).sqrt();
                    Ok((p.mean - q.mean, shrunk(&p).hypot(shrunk(&q))))
                },
                caught_by: "error-of-a-small-batch",
            },
            Chaff {
                name: "conjugate-of-the-critic",
                misconception: "`loss.conjugate` is f* ∘ g_f already: it takes V, not T",
                subject: |loss, data, made| reference::bound_with_error(loss, data, &loss.activation(made)?),
                caught_by: "bound",
            },
            Chaff {
                name: "averaged-in-f32",
                misconception: "in f32 a sum of 200 000 numbers near 1000 has lost the digits that F is made of: `to_dtype(DType::F64)` first",
                subject: |loss, data, made| {
                    let moments = |values: &Tensor| -> Result<Moments> {
                        let count = values.elem_count() as f64;
                        let single = |t: Tensor| t.to_dtype(DType::F64)?.to_scalar::<f64>();
                        let mean = single(values.mean_all()?)?;
                        let square = single(values.sqr()?.mean_all()?)?;
                        let variance = (square - mean * mean) * count / (count - 1.0);
                        Ok(Moments { mean, variance, count })
                    };
                    let (p, q) = (moments(&loss.activation(data)?)?, moments(&loss.conjugate(made)?)?);
                    Ok((p.mean - q.mean, p.error().hypot(q.error())))
                },
                caught_by: "in-f64",
            },
        ],
        fingerprint: |answer| {
            let mut found = Vec::new();
            for row in ["reverse_kl", "fgan_js"] {
                let (bound, error) = on_the_batch(answer, row).unwrap_or((f64::NAN, f64::NAN));
                found.extend([bound, error]);
            }
            let large = || -> Tried<(f64, f64)> {
                let (data, made) = told("a probe", many())?;
                told("a probe", answer(&told("a probe", Loss::find("kl"))?, &data, &made))
            };
            let (bound, error) = large().unwrap_or((f64::NAN, f64::NAN));
            found.extend([bound, error]);
            found
        },
    }
}

/// Mean and variance of some terms.
struct Moments {
    mean: f64,
    variance: f64,
    count: f64,
}

impl Moments {
    fn of(terms: &[f64]) -> Self {
        let count = terms.len() as f64;
        let mean = terms.iter().sum::<f64>() / count;
        let variance = terms.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Self { mean, variance, count }
    }

    fn error(&self) -> f64 {
        (self.variance / self.count).sqrt()
    }
}

/// The terms of F on data and on generated points.
fn terms(loss: &Loss, data: &Tensor, made: &Tensor) -> Result<(Moments, Moments)> {
    let (data, made) = (data.to_dtype(DType::F64)?, made.to_dtype(DType::F64)?);
    let (data, made) = (numbers(&loss.activation(&data)?)?, numbers(&loss.conjugate(&made)?)?);
    Ok((Moments::of(&data), Moments::of(&made)))
}

/// 200 000 outputs of both kinds, in f32: 1000 + z/8 on data, 1 and near it on generated
/// points in such pairs that the mean of f\* is 1 to rounding.
fn many() -> Result<(Tensor, Tensor)> {
    let mut random = Random::new(11, Stream::Evaluation);
    let data: Vec<f64> = random.normals(200_000).iter().map(|z| 1000.0 + f64::from(*z) / 8.0).collect();
    Ok((column(&data, DType::F32)?, column(&[1.0, 1.0], DType::F32)?))
}

/// The mean square of the error against the variance of F over replicates.
///
/// Of R replicates the variance of F has a relative deviation of √(2/(R − 1)), F being
/// nearly normal; that of the mean square error is far smaller.
fn spread(answer: WithError) -> checks::check::Verdict {
    for_each(["fgan_js", "kl"], |row| {
        let loss = told(row, Loss::find(row))?;
        let mut random = Random::new(12, Stream::Evaluation);
        let (mut bounds, mut squares) = (Vec::new(), 0.0);
        for _ in 0..REPLICATES {
            let mut draw = |count: usize| -> Result<Tensor> {
                let normals: Vec<f64> = random.normals(count).iter().map(|z| f64::from(*z) / 2.0).collect();
                column(&normals, DType::F64)
            };
            let (data, made) = (told(row, draw(SIZES.0))?, told(row, draw(SIZES.1))?);
            let (bound, error) = told(row, answer(&loss, &data, &made))?;
            if !(bound.is_finite() && error.is_finite()) {
                let at = format!("{row}: a batch of {} and {} outputs N(0, ½²)", SIZES.0, SIZES.1);
                return Err(Broken::new(at, "two numbers", format!("F = {bound}, error {error}")));
            }
            bounds.push(bound);
            squares += error * error / REPLICATES as f64;
        }
        let variance = Moments::of(&bounds).variance;
        let near = variance * of_normal_mean((2.0 / (REPLICATES as f64 - 1.0)).sqrt());
        let at =
            format!("{row}: batches of {} and {} outputs N(0, ½²), the mean square error", SIZES.0, SIZES.1);
        agree(at, variance, squares, near)
    })
}
