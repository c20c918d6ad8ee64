//! A.3: the objective on a batch.

use super::{meta, optimal};
use crate::tensors::{column, numbers, or_nan, scalar, told};
use crate::tolerance;
use candle_core::{DType, Result, Tensor};
use checks::Exercise;
use checks::check::{Chaff, Check, agree};
use checks::for_all::for_each;
use labs::Loss;
use labs::lab_a_fgan::exercises as reference;

/// F from the raw outputs on data and on generated points.
type Objective = fn(&Loss, &Tensor, &Tensor) -> Result<Tensor>;

/// Rows whose g_f and f\* ∘ g_f are all different functions.
pub(super) const ROWS: [&str; 6] =
    ["kl", "reverse_kl", "fgan_js", "pearson_chi2", "squared_hellinger", "jeffreys"];

/// A.3
pub fn objective() -> Exercise<Objective> {
    Exercise {
        meta: meta("objective"),
        reference: reference::objective,
        checks: vec![
            Check {
                name: "divergence-at-the-best-critic",
                property: "at V with g_f(V) = f'(p/q) on three points, F = D_f(P‖Q), for six rows",
                run: |answer| {
                    for_each(ROWS, |row| {
                        let at = format!("{row}, P = (½, ¼, ¼), Q = (¼, ¼, ½), the best critic");
                        let loss = told(&at, Loss::find(row))?;
                        let batches = told(&at, optimal::on_three_points(loss.divergence()))?;
                        let found = told(&at, answer(&loss, &batches.on_data, &batches.on_made))?;
                        // Bisection leaves v some units of rounding off; F is flat there.
                        let near = tolerance::of_mean(8, 4.0);
                        agree(&*at, batches.divergence, scalar(&at, &found)?, near)
                    })
                },
            },
            Check {
                name: "divergence-by-quadrature",
                property: "for P = N(0, 1) and Q = N(1, 1.5²), F at the best critic is the integral D_f(P‖Q)",
                run: |answer| {
                    for_each(["kl", "fgan_js", "squared_hellinger"], |row| {
                        let at = format!("{row}, N(0, 1) against N(1, 1.5²), the best critic");
                        let loss = told(&at, Loss::find(row))?;
                        let batches = told(&at, optimal::on_the_line(loss.divergence()))?;
                        let found = told(&at, answer(&loss, &batches.on_data, &batches.on_made))?;
                        agree(&*at, batches.divergence, scalar(&at, &found)?, optimal::ON_THE_LINE)
                    })
                },
            },
            Check {
                name: "mean-over-the-batch",
                property: "F is a scalar, and a batch given twice over has the same F",
                run: |answer| {
                    for_each(ROWS, |row| {
                        let at =
                            format!("{row}, V = (0.5, −1, 2) on data and (0.25, −0.5) on generated points");
                        let loss = told(&at, Loss::find(row))?;
                        let on = |data: &[f64], made: &[f64]| {
                            let (data, made) = (column(data, DType::F64)?, column(made, DType::F64)?);
                            answer(&loss, &data, &made)
                        };
                        let once = scalar(&at, &told(&at, on(&[0.5, -1.0, 2.0], &[0.25, -0.5]))?)?;
                        let twice = on(&[0.5, -1.0, 2.0, 0.5, -1.0, 2.0], &[0.25, -0.5, 0.25, -0.5]);
                        let twice = scalar(&at, &told(&at, twice)?)?;
                        agree(format!("{at}, each twice"), once, twice, tolerance::of_mean(6, 8.0))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "sum-over-the-batch",
                misconception: "F is a difference of means: sums grow with the batch, and the learning rate with them",
                subject: |loss, data, made| {
                    loss.activation(data)?.sum_all()? - loss.conjugate(made)?.sum_all()?
                },
                caught_by: "mean-over-the-batch",
            },
            Chaff {
                name: "mean-over-the-wrong-axis",
                misconception: "a batch lies along axis 0, one row a point: the mean over axis 1 is over the one output of each",
                subject: |loss, data, made| {
                    loss.activation(data)?.mean(1)? - loss.conjugate(made)?.mean(1)?
                },
                caught_by: "mean-over-the-batch",
            },
            Chaff {
                name: "signs-of-a-cost",
                misconception: "F = E_p T − E_q f*(T) is a lower bound of the divergence and to be maximised; its negative is the critic's loss",
                subject: |loss, data, made| reference::objective(loss, data, made)?.neg(),
                caught_by: "divergence-at-the-best-critic",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "data and generated points have changed places: this bounds D_f(Q‖P), reverse KL where KL is meant",
                subject: |loss, data, made| reference::objective(loss, made, data),
                caught_by: "divergence-at-the-best-critic",
            },
            Chaff {
                name: "raw-output-for-the-critic",
                misconception: "on data the critic's value is T = g_f(V), not V: the two agree for KL, Pearson and Jeffreys alone",
                subject: |loss, data, made| data.mean_all()? - loss.conjugate(made)?.mean_all()?,
                caught_by: "divergence-at-the-best-critic",
            },
            Chaff {
                name: "conjugate-of-the-critic",
                misconception: "`loss.conjugate` is f* ∘ g_f already: it takes V, not T",
                subject: |loss, data, made| {
                    let t = loss.activation(made)?;
                    loss.activation(data)?.mean_all()? - loss.conjugate(&t)?.mean_all()?
                },
                caught_by: "divergence-at-the-best-critic",
            },
            Chaff {
                name: "one-column",
                misconception: "`mean(0)` keeps the column's axis: the result is a tensor of shape (1), not a scalar",
                subject: |loss, data, made| {
                    loss.activation(data)?.mean(0)? - loss.conjugate(made)?.mean(0)?
                },
                caught_by: "mean-over-the-batch",
            },
            Chaff {
                name: "overlooks-the-far-points",
                misconception: "outputs are clamped to [−1, 1] first: what lies beyond has no gradient and the bound is not tight",
                subject: |loss, data, made| {
                    reference::objective(loss, &data.clamp(-1.0, 1.0)?, &made.clamp(-1.0, 1.0)?)
                },
                caught_by: "divergence-by-quadrature",
            },
        ],
        fingerprint: |answer| {
            or_nan((|| {
                let (data, made) =
                    (column(&[0.5, -1.0, 2.0], DType::F64)?, column(&[0.25, -3.0], DType::F64)?);
                let mut found = Vec::new();
                for row in ["reverse_kl", "fgan_js"] {
                    let Ok(loss) = Loss::find(row) else { continue };
                    let value = answer(&loss, &data, &made)?;
                    found.push(value.rank() as f64);
                    found.extend(numbers(&value)?);
                }
                Ok(found)
            })())
        },
    }
}
