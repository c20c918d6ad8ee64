//! A.10: a loss to repair.

use super::meta;
use crate::tensors::{Tried, column, numbers, scalar, told};
use crate::tolerance;
use candle_core::{DType, Result, Tensor, Var};
use checks::check::{Chaff, Check, Verdict, agree};
use checks::for_all::for_each;
use checks::{Broken, Exercise};
use labs::Loss;
use labs::lab_a_fgan::exercises as reference;
use labs::loss::softplus;
use std::f64::consts::LN_2;

/// The critic's loss from the raw outputs on data and on generated points.
type CriticLoss = fn(&Tensor, &Tensor) -> Result<Tensor>;

/// The loss and its slopes in every output.
struct Seen {
    value: f64,
    of_data: Vec<f64>,
    of_made: Vec<f64>,
}

fn look(answer: CriticLoss, at: &str, data: &[f64], made: &[f64], dtype: DType) -> Tried<Seen> {
    let variable = |values: &[f64]| column(values, dtype).and_then(|t| Var::from_tensor(&t));
    let (data, made) = (told(at, variable(data))?, told(at, variable(made))?);
    let loss = told(at, answer(&data, &made))?;
    let value = scalar(at, &loss)?;
    let gradients = told(at, loss.backward())?;
    let slopes = |v: &Var, who: &str| {
        let none = || Broken::new(at, format!("a gradient at the outputs on {who}"), "none");
        told(at, numbers(gradients.get(v).ok_or_else(none)?))
    };
    Ok(Seen { value, of_data: slopes(&data, "data")?, of_made: slopes(&made, "generated points")? })
}

/// Ordinary outputs: three on data, two on generated points.
const ON_DATA: [f64; 3] = [0.5, -1.25, 2.0];
const ON_MADE: [f64; 2] = [-0.75, 0.25];

/// −F by `vdm`'s g_f and f\* ∘ g_f, number by number.
fn due(data: &[f64], made: &[f64]) -> Tried<f64> {
    let loss = told("f-GAN JS", Loss::find("fgan_js"))?;
    let f = loss.divergence();
    let on_data = data.iter().map(|v| f.output_activation(*v)).sum::<f64>() / data.len() as f64;
    Ok(made.iter().map(|v| f.conjugate_of_activation(*v)).sum::<f64>() / made.len() as f64 - on_data)
}

fn values(answer: CriticLoss) -> Verdict {
    let batches: [(&[f64], &[f64]); 3] =
        [(&ON_DATA, &ON_MADE), (&[0.0], &[0.0]), (&[3.0, 1.0, -0.5, 8.0], &[-6.0, 2.0])];
    for_each(batches, |(data, made)| {
        let at = format!("V = {data:?} on data, {made:?} on generated points");
        let seen = look(answer, &at, data, made, DType::F64)?;
        agree(at, due(data, made)?, seen.value, tolerance::of_mean(6, 10.0))
    })
}

fn slopes(answer: CriticLoss) -> Verdict {
    let at = format!("V = {ON_DATA:?} on data, {ON_MADE:?} on generated points");
    let seen = look(answer, &at, &ON_DATA, &ON_MADE, DType::F64)?;
    let quotient = |on_data: bool, i: usize| -> Tried<f64> {
        let moved = |by: f64| {
            let (mut data, mut made) = (ON_DATA, ON_MADE);
            if on_data {
                data[i] += by;
            } else {
                made[i] += by;
            }
            due(&data, &made)
        };
        Ok((moved(tolerance::STEP)? - moved(-tolerance::STEP)?) / (2.0 * tolerance::STEP))
    };
    let places = (0..3).map(|i| (true, i)).chain((0..2).map(|i| (false, i)));
    for_each(places, |(on_data, i)| {
        let found = if on_data { seen.of_data[i] } else { seen.of_made[i] };
        let who = if on_data { "data" } else { "generated points" };
        agree(
            format!("{at}: the slope in output {} on {who}", i + 1),
            quotient(on_data, i)?,
            found,
            tolerance::of_difference(4.0),
        )
    })
}

/// Sure and wrong, sure and right: (V on data, V on generated points, loss, slopes).
const FAR: [(f64, f64, f64, f64, f64); 3] = [
    (-1e4, 1e4, 2e4 - 2.0 * LN_2, -1.0, 1.0),
    (1e4, -1e4, -2.0 * LN_2, 0.0, 0.0),
    (-90.0, 90.0, 180.0 - 2.0 * LN_2, -1.0, 1.0),
];

fn far_out(answer: CriticLoss) -> Verdict {
    let cases = FAR.into_iter().flat_map(|row| [(row, DType::F64), (row, DType::F32)]);
    for_each(cases, |((data, made, value, of_data, of_made), dtype)| {
        let at = format!("V = {data} on data, {made} on generated points, {dtype:?}");
        let seen = look(answer, &at, &[data], &[made], dtype)?;
        let near = |size: f64| match dtype {
            DType::F32 => tolerance::of_f32(size),
            _ => tolerance::of_mean(2, size),
        };
        let first = agree(format!("{at}: the loss"), value, seen.value, near(1.0 + value.abs()))?;
        let second = agree(format!("{at}: the slope on data"), of_data, seen.of_data[0], near(1.0))?;
        let place = format!("{at}: the slope on generated points");
        Ok(first.max(second).max(agree(place, of_made, seen.of_made[0], near(1.0))?))
    })
}

/// log(2σ(v)) in pieces, as it was found.
fn found_critic(v: &Tensor) -> Result<Tensor> {
    ((v.neg()?.exp()? + 1.0)?.recip()? * 2.0)?.log()
}

/// A.10
pub fn repaired_loss() -> Exercise<CriticLoss> {
    Exercise {
        meta: meta("repaired_loss"),
        reference: reference::repaired_loss,
        checks: vec![
            Check {
                name: "value",
                property: "a scalar: E_q f*(g_f(V)) − E_p g_f(V) for f-GAN JS",
                run: values,
            },
            Check {
                name: "slopes",
                property: "the gradient at every output is a difference quotient of −F",
                run: slopes,
            },
            Check {
                name: "far-out",
                property: "right for a critic that is sure, whether it is right or wrong: |V| = 90 and 10⁴, in f64 and f32",
                run: far_out,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "as-found",
                misconception: "nothing is repaired yet: look at the conjugate, at the logarithms, at the sign and at the shape",
                subject: reference::loss_as_found,
                caught_by: "value",
            },
            Chaff {
                name: "sign-left",
                misconception: "this is F, which the critic maximises; what an optimiser is given to descend is −F",
                subject: |data, made| reference::repaired_loss(data, made)?.neg(),
                caught_by: "value",
            },
            Chaff {
                name: "conjugate-of-gan-left",
                misconception: "−log(1 − e^t) is the conjugate of the GAN row; with T up to log 2 its argument is negative",
                subject: |data, made| {
                    let on_made = (1.0 - found_critic(made)?.exp()?)?.log()?.neg()?;
                    on_made.mean_all()? - (LN_2 - softplus(&data.neg()?)?)?.mean_all()?
                },
                caught_by: "value",
            },
            Chaff {
                name: "composition-left",
                misconception: "−log(2 − e^t) is right on paper, and +∞ as soon as e^t rounds to 2: one closed form for f* ∘ g_f",
                subject: |data, made| {
                    let on_made = (2.0 - found_critic(made)?.exp()?)?.log()?.neg()?;
                    on_made.mean_all()? - (LN_2 - softplus(&data.neg()?)?)?.mean_all()?
                },
                caught_by: "far-out",
            },
            Chaff {
                name: "logarithm-of-the-sigmoid-left",
                misconception: "on data the loss is still the logarithm of a sigmoid that rounds to 0: where the critic is most wrong it learns nothing",
                subject: |data, made| {
                    (softplus(made)? - LN_2)?.mean_all()? - found_critic(data)?.mean_all()?
                },
                caught_by: "far-out",
            },
            Chaff {
                name: "shape-left",
                misconception: "`mean(0)` keeps an axis: the loss is a tensor of shape (1), no scalar",
                subject: |data, made| {
                    (softplus(made)? - LN_2)?.mean(0)? - (LN_2 - softplus(&data.neg()?)?)?.mean(0)?
                },
                caught_by: "value",
            },
            Chaff {
                name: "silenced-by-a-clamp",
                misconception: "clamping V keeps the loss finite and its gradient 0 exactly where the critic is sure and wrong",
                subject: |data, made| {
                    reference::repaired_loss(&data.clamp(-10.0, 10.0)?, &made.clamp(-10.0, 10.0)?)
                },
                caught_by: "far-out",
            },
            Chaff {
                name: "learns-from-data-alone",
                misconception: "the value is right, but the outputs on generated points are detached and teach nothing",
                subject: |data, made| reference::repaired_loss(data, &made.detach()),
                caught_by: "slopes",
            },
        ],
        fingerprint: |answer| {
            let mut found = Vec::new();
            let cases: [(&[f64], &[f64]); 3] =
                [(&ON_DATA, &ON_MADE), (&[-800.0], &[1.0]), (&[1.0], &[800.0])];
            for (data, made) in cases {
                match look(answer, "a probe", data, made, DType::F64) {
                    Ok(seen) => found.extend([vec![seen.value], seen.of_data, seen.of_made].concat()),
                    Err(_) => found.extend(alone(answer, data, made).unwrap_or_else(|_| vec![f64::NAN])),
                }
            }
            found
        },
    }
}

/// Rank and numbers of what is no scalar, or has no slopes.
fn alone(answer: CriticLoss, data: &[f64], made: &[f64]) -> Result<Vec<f64>> {
    let loss = answer(&column(data, DType::F64)?, &column(made, DType::F64)?)?;
    Ok([vec![loss.rank() as f64], numbers(&loss)?].concat())
}
