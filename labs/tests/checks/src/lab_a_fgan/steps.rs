//! A.5, A.6: one step of the critic, one of the generator.

use super::losses::tracked_bound;
use super::meta;
use super::small::{ROWS, Small, differences, put, small, theta};
use crate::tensors::{Tried, told};
use crate::tolerance::of_difference;
use candle_core::{Result, Tensor};
use checks::Exercise;
use checks::check::{Broken, Chaff, Check, Verdict, agree, at_least};
use checks::for_all::for_each;
use labs::lab_a_fgan::{Aim, Players, exercises as reference, gradient_of};
use labs::parameters::Parameters;

/// The step size of the checks: a power of two, so that its product is exact.
const RATE: f64 = 1.0 / 64.0;

/// A step ends at old + `sign`·η·gradient, coordinate by coordinate; the gradient by
/// differences.
fn lands(
    at: &str,
    parameters: &Parameters,
    step: impl FnOnce() -> Result<()>,
    gradient: &[f64],
    sign: f64,
) -> Tried<f64> {
    let old = theta(parameters)?;
    told(at, step())?;
    let new = theta(parameters)?;
    let mut worst = 0.0_f64;
    for (i, (new, old)) in new.iter().zip(&old).enumerate() {
        let at = format!("{at}, parameter {i}, η = 1/64");
        worst = worst.max(agree(at, old + sign * RATE * gradient[i], *new, RATE * of_difference(20.0))?);
    }
    Ok(worst)
}

/// Who stands still keeps every bit.
fn stays(at: &str, who: &str, parameters: &Parameters, step: impl FnOnce() -> Result<()>) -> Tried<f64> {
    let old = theta(parameters)?;
    told(at, step())?;
    if theta(parameters)? != old {
        return Err(Broken::new(at, format!("{who} as it was, to the bit"), "it has moved"));
    }
    Ok(0.0)
}

fn each(run: impl Fn(&str, Small) -> Tried<f64>) -> Verdict {
    for_each(ROWS, |row| run(row, small(row)?))
}

/// θ and ω of the small game after a step; NaN if it fails.
fn after(step: impl FnOnce(&Small) -> Result<()>) -> Vec<f64> {
    let end = || -> Tried<Vec<f64>> {
        let game = small("fgan_js")?;
        told("a probe", step(&game))?;
        Ok([theta(&game.players.theta)?, theta(&game.players.omega)?].concat())
    };
    end().unwrap_or_else(|_| vec![f64::NAN])
}

/// Moves parameters by `by` times a vector laid out as they are.
fn shift(parameters: &Parameters, gradient: &Tensor, by: f64) -> Result<()> {
    parameters.variable().set(&(parameters.tracked() + (gradient * by)?)?)
}

/// A step of the critic on a batch.
type CriticStep = fn(&Players, &Tensor, &Tensor, f64) -> Result<()>;

/// A.5
pub fn critic_step() -> Exercise<CriticStep> {
    Exercise {
        meta: meta("critic_step"),
        reference: reference::critic_step,
        checks: vec![
            Check {
                name: "lands",
                property: "ω moves to ω + η ∂F/∂ω, every coordinate of it",
                run: |answer| {
                    each(|row, game| {
                        let Small { players, x, noise } = &game;
                        let gradient = differences(&players.omega, || game.bound())?;
                        let step = || answer(players, x, noise, RATE);
                        lands(row, &players.omega, step, &gradient, 1.0)
                    })
                },
            },
            Check {
                name: "generator-stands-still",
                property: "θ keeps every bit",
                run: |answer| {
                    each(|row, Small { players, x, noise }| {
                        stays(row, "θ", &players.theta, || answer(&players, &x, &noise, RATE))
                    })
                },
            },
            Check {
                name: "climbs",
                property: "twenty small steps raise F, each of them",
                run: |answer| {
                    each(|row, game| {
                        let mut before = game.bound()?;
                        for step in 1..=20 {
                            let at = format!("{row}, step {step} of η = 1/64 on one batch");
                            told(&at, answer(&game.players, &game.x, &game.noise, RATE))?;
                            let now = game.bound()?;
                            at_least(at, "F rises", now, before, 0.0)?;
                            before = now;
                        }
                        Ok(0.0)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "descends",
                misconception: "the critic maximises F: it goes up the gradient",
                subject: |players, x, noise, rate| reference::critic_step(players, x, noise, -rate),
                caught_by: "climbs",
            },
            Chaff {
                name: "rate-forgotten",
                misconception: "the gradient is multiplied by the learning rate",
                subject: |players, x, noise, _| reference::critic_step(players, x, noise, 1.0),
                caught_by: "lands",
            },
            Chaff {
                name: "sum-over-the-batch",
                misconception: "F is a difference of means: with a sum the step grows with the batch",
                subject: |players, x, noise, rate| {
                    let omega = players.omega.tracked();
                    let made = players.make(&players.theta.frozen(), noise)?;
                    let of_data = players.loss.activation(&players.judge(omega, x)?)?.sum_all()?;
                    let of_made = players.loss.conjugate(&players.judge(omega, &made)?)?.sum_all()?;
                    shift(&players.omega, &gradient_of(&(of_data - of_made)?, &players.omega)?, rate)
                },
                caught_by: "lands",
            },
            Chaff {
                name: "generator-moved-too",
                misconception: "the generator stands still while the critic learns: its samples enter frozen, and θ is not set",
                subject: |players, x, noise, rate| {
                    let bound = tracked_bound(players, x, noise)?;
                    // Both gradients before either moves.
                    let (up, down) =
                        (gradient_of(&bound, &players.omega)?, gradient_of(&bound, &players.theta)?);
                    shift(&players.omega, &up, rate)?;
                    shift(&players.theta, &down, -rate)
                },
                caught_by: "generator-stands-still",
            },
            Chaff {
                name: "data-alone",
                misconception: "without the term of the generated points nothing keeps the critic from saying more everywhere",
                subject: |players, x, _, rate| {
                    let raw = players.judge(players.omega.tracked(), x)?;
                    let up = gradient_of(&players.loss.activation(&raw)?.mean_all()?, &players.omega)?;
                    shift(&players.omega, &up, rate)
                },
                caught_by: "lands",
            },
            Chaff {
                name: "nothing-moves",
                misconception: "a gradient alone moves nothing: ω has to be set to its new value",
                subject: |_, _, _, _| Ok(()),
                caught_by: "lands",
            },
        ],
        fingerprint: |answer| after(|game| answer(&game.players, &game.x, &game.noise, RATE)),
    }
}

/// A step of the generator on a batch.
type GeneratorStep = fn(&Players, &Tensor, f64, Aim) -> Result<()>;

/// θ lands where the aim's gradient says.
fn lands_for(answer: GeneratorStep, aim: Aim) -> Verdict {
    each(|row, game| {
        let Small { players, noise, .. } = &game;
        let gradient = differences(&players.theta, || game.generator_loss(aim))?;
        let at = format!("{row}, {aim:?}");
        lands(&at, &players.theta, || answer(players, noise, RATE, aim), &gradient, -1.0)
    })
}

/// −E of a function of the raw outputs, descended by θ.
fn descend(
    players: &Players,
    noise: &Tensor,
    rate: f64,
    value: impl FnOnce(&Tensor) -> Result<Tensor>,
) -> Result<()> {
    let made = players.make(players.theta.tracked(), noise)?;
    let raw = players.judge(&players.omega.frozen(), &made)?;
    let down = gradient_of(&value(&raw)?.mean_all()?.neg()?, &players.theta)?;
    shift(&players.theta, &down, -rate)
}

/// A.6
pub fn generator_step() -> Exercise<GeneratorStep> {
    Exercise {
        meta: meta("generator_step"),
        reference: reference::generator_step,
        checks: vec![
            Check {
                name: "lands-by-the-saddle",
                property: "with the aim Saddle, θ moves to θ + η ∂(E_q f*(g_f(V)))/∂θ",
                run: |answer| lands_for(answer, Aim::Saddle),
            },
            Check {
                name: "lands-by-the-heuristic",
                property: "with the aim Heuristic, θ moves to θ + η ∂(E_q g_f(V))/∂θ",
                run: |answer| lands_for(answer, Aim::Heuristic),
            },
            Check {
                name: "critic-stands-still",
                property: "ω keeps every bit",
                run: |answer| {
                    each(|row, Small { players, noise, .. }| {
                        stays(row, "ω", &players.omega, || answer(&players, &noise, RATE, Aim::Saddle))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "climbs-its-loss",
                misconception: "the generator descends −E_q f*(T): with the other sign it makes the critic's work easy",
                subject: |players, noise, rate, aim| reference::generator_step(players, noise, -rate, aim),
                caught_by: "lands-by-the-saddle",
            },
            Chaff {
                name: "aims-exchanged",
                misconception: "the saddle's loss has f*(T), the heuristic's has T",
                subject: |players, noise, rate, aim| {
                    let other = if aim == Aim::Saddle { Aim::Heuristic } else { Aim::Saddle };
                    reference::generator_step(players, noise, rate, other)
                },
                caught_by: "lands-by-the-saddle",
            },
            Chaff {
                name: "one-aim",
                misconception: "the aim is not read: the heuristic descends another loss than the saddle",
                subject: |players, noise, rate, _| {
                    reference::generator_step(players, noise, rate, Aim::Saddle)
                },
                caught_by: "lands-by-the-heuristic",
            },
            Chaff {
                name: "heuristic-of-the-raw-output",
                misconception: "the heuristic maximises E T with T = g_f(V), not E V: they agree for KL alone of these rows",
                subject: |players, noise, rate, aim| match aim {
                    Aim::Saddle => reference::generator_step(players, noise, rate, aim),
                    Aim::Heuristic => descend(players, noise, rate, |raw| Ok(raw.clone())),
                },
                caught_by: "lands-by-the-heuristic",
            },
            Chaff {
                name: "critic-moved-too",
                misconception: "the critic's parameters are frozen and stay as they are; only θ is set",
                subject: |players, noise, rate, aim| {
                    let made = players.make(players.theta.tracked(), noise)?;
                    let raw = players.judge(players.omega.tracked(), &made)?;
                    let loss = players.loss.conjugate(&raw)?.mean_all()?.neg()?;
                    let down = gradient_of(&loss, &players.omega)?;
                    reference::generator_step(players, noise, rate, aim)?;
                    shift(&players.omega, &down, -rate)
                },
                caught_by: "critic-stands-still",
            },
            Chaff {
                name: "after-the-critic-moved",
                misconception: "`detach` shares the storage: a gradient taken after the critic was set is one of another critic",
                subject: |players, noise, rate, aim| {
                    let old = theta(&players.omega).map_err(|_| candle_core::Error::Msg("θ".into()))?;
                    let moved: Vec<f64> = old.iter().map(|x| x * 1.25).collect();
                    let failed = |_| candle_core::Error::Msg("ω cannot be set".into());
                    put(&players.omega, &moved).map_err(failed)?;
                    reference::generator_step(players, noise, rate, aim)?;
                    put(&players.omega, &old).map_err(failed)
                },
                caught_by: "lands-by-the-saddle",
            },
            Chaff {
                name: "sum-over-the-batch",
                misconception: "the loss is a mean: with a sum the step grows with the batch",
                subject: |players, noise, rate, aim| {
                    reference::generator_step(players, noise, rate * noise.elem_count() as f64, aim)
                },
                caught_by: "lands-by-the-saddle",
            },
        ],
        fingerprint: |answer| {
            let by = |aim| after(|game: &Small| answer(&game.players, &game.noise, RATE, aim));
            [by(Aim::Saddle), by(Aim::Heuristic)].concat()
        },
    }
}
