//! A.4: whose gradient is it?

use super::meta;
use super::small::{ROWS, Small, differences, small};
use crate::tensors::{Tried, numbers, scalar, told};
use crate::tolerance;
use candle_core::{Result, Tensor};
use checks::check::{Chaff, Check, Verdict, agree};
use checks::for_all::for_each;
use checks::{Broken, Exercise};
use labs::lab_a_fgan::{Aim, Players, exercises as reference};
use labs::parameters::Parameters;

/// Both losses of a batch: the critic's and the generator's.
type Losses = fn(&Players, &Tensor, &Tensor) -> Result<(Tensor, Tensor)>;

/// The two losses of the small game, each a scalar.
fn both(answer: Losses, game: &Small, at: &str) -> Tried<[Tensor; 2]> {
    let (critic, generator) = told(at, answer(&game.players, &game.x, &game.noise))?;
    scalar(&format!("{at}: the critic's loss"), &critic)?;
    scalar(&format!("{at}: the generator's loss"), &generator)?;
    Ok([critic, generator])
}

/// The gradient that reaches these parameters, if one does.
fn gradient(loss: &Tensor, parameters: &Parameters) -> Result<Option<Tensor>> {
    Ok(loss.backward()?.get(parameters.tracked()).cloned())
}

/// The gradient of a loss reaches every part of `mover` and nothing of `other`.
fn reaches(at: &str, loss: &Tensor, mover: &Parameters, other: &Parameters) -> Tried<f64> {
    if told(at, gradient(loss, other))?.is_some() {
        return Err(Broken::new(at, "no gradient for the player who stands still", "one reaches it"));
    }
    let Some(found) = told(at, gradient(loss, mover))? else {
        return Err(Broken::new(at, "a gradient for the player who moves", "none reaches it"));
    };
    for (part, numbers_of) in told(at, mover.split(&found))? {
        if told(at, numbers(&numbers_of))?.iter().all(|g| *g == 0.0) {
            return Err(Broken::new(at, format!("a gradient of {part} that is not 0"), "all zeros"));
        }
    }
    Ok(0.0)
}

fn each(run: impl Fn(&str, Small) -> Tried<f64>) -> Verdict {
    for_each(ROWS, |row| run(row, small(row)?))
}

/// A.4
pub fn losses() -> Exercise<Losses> {
    Exercise {
        meta: meta("losses"),
        reference: reference::losses,
        checks: vec![
            Check {
                name: "values",
                property: "the critic's loss is −F, the generator's −E_q f*(g_f(V))",
                run: |answer| {
                    each(|row, game| {
                        let [critic, generator] = both(answer, &game, row)?;
                        let near = tolerance::of_mean(9, 8.0);
                        let at = format!("{row}: the critic's loss");
                        let first = agree(&*at, -game.bound()?, scalar(&at, &critic)?, near)?;
                        let at = format!("{row}: the generator's loss");
                        let due = game.generator_loss(Aim::Saddle)?;
                        Ok(first.max(agree(&*at, due, scalar(&at, &generator)?, near)?))
                    })
                },
            },
            Check {
                name: "no-leak",
                property: "each loss brings a gradient to every part of its own player and none to the other",
                run: |answer| {
                    each(|row, game| {
                        let [critic, generator] = both(answer, &game, row)?;
                        let Players { theta, omega, .. } = &game.players;
                        reaches(&format!("{row}: the critic's loss"), &critic, omega, theta)?;
                        reaches(&format!("{row}: the generator's loss"), &generator, theta, omega)
                    })
                },
            },
            Check {
                name: "gradients",
                property: "each gradient is the difference quotient of its loss",
                run: |answer| {
                    each(|row, game| {
                        let [critic, generator] = both(answer, &game, row)?;
                        let Players { theta, omega, .. } = &game.players;
                        let of_critic = differences(omega, || game.bound().map(|bound| -bound))?;
                        let of_generator = differences(theta, || game.generator_loss(Aim::Saddle))?;
                        let mut worst = 0.0_f64;
                        for (who, loss, parameters, due) in [
                            ("critic", critic, omega, of_critic),
                            ("generator", generator, theta, of_generator),
                        ] {
                            let at = format!("{row}: the {who}'s gradient");
                            let found = told(&at, gradient(&loss, parameters))?;
                            let found = found.ok_or_else(|| Broken::new(&at, "a gradient", "none"))?;
                            for (due, found) in due.iter().zip(told(&at, numbers(&found))?) {
                                worst = worst.max(agree(&*at, *due, found, tolerance::of_difference(20.0))?);
                            }
                        }
                        Ok(worst)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "generator-not-frozen",
                misconception: "the samples of the critic's loss come from the tracked θ: its gradient leaks to the generator, which then helps the critic",
                subject: |players, x, noise| {
                    let bound = tracked_bound(players, x, noise)?;
                    Ok((bound.neg()?, reference::losses(players, x, noise)?.1))
                },
                caught_by: "no-leak",
            },
            Chaff {
                name: "critic-not-frozen",
                misconception: "the generator's loss reads the tracked ω: its gradient leaks to the critic, which unlearns what it knows",
                subject: |players, x, noise| {
                    let made = players.make(players.theta.tracked(), noise)?;
                    let raw = players.judge(players.omega.tracked(), &made)?;
                    let loss = players.loss.conjugate(&raw)?.mean_all()?.neg()?;
                    Ok((reference::losses(players, x, noise)?.0, loss))
                },
                caught_by: "no-leak",
            },
            Chaff {
                name: "samples-detached",
                misconception: "the samples of the generator's loss are detached: they are the only way from θ to the loss, and no gradient arrives",
                subject: |players, x, noise| {
                    let made = players.make(players.theta.tracked(), noise)?.detach();
                    let raw = players.judge(&players.omega.frozen(), &made)?;
                    let loss = players.loss.conjugate(&raw)?.mean_all()?.neg()?;
                    Ok((reference::losses(players, x, noise)?.0, loss))
                },
                caught_by: "no-leak",
            },
            Chaff {
                name: "critic-frozen-on-generated-points",
                misconception: "on generated points the critic learns too: only θ is frozen there, not ω",
                subject: |players, x, noise| {
                    let made = players.make(&players.theta.frozen(), noise)?;
                    let on_data = players.judge(players.omega.tracked(), x)?;
                    let on_made = players.judge(&players.omega.frozen(), &made)?;
                    let bound = players.loss.bound(&on_data, &on_made)?;
                    Ok((bound.neg()?, reference::losses(players, x, noise)?.1))
                },
                caught_by: "gradients",
            },
            Chaff {
                name: "critic-descends-the-bound",
                misconception: "the critic maximises F, and what it descends is −F",
                subject: |players, x, noise| {
                    let (critic, generator) = reference::losses(players, x, noise)?;
                    Ok((critic.neg()?, generator))
                },
                caught_by: "values",
            },
            Chaff {
                name: "generator-helps-the-critic",
                misconception: "F contains −E_q f*(T), and the generator descends F: the minus stays",
                subject: |players, x, noise| {
                    let (critic, generator) = reference::losses(players, x, noise)?;
                    Ok((critic, generator.neg()?))
                },
                caught_by: "values",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "data pay g_f(V), generated points f*(g_f(V)): here they have changed places, and the critic bounds D_f(Q‖P)",
                subject: |players, x, noise| {
                    let made = players.make(&players.theta.frozen(), noise)?;
                    let omega = players.omega.tracked();
                    let bound =
                        players.loss.bound(&players.judge(omega, &made)?, &players.judge(omega, x)?)?;
                    Ok((bound.neg()?, reference::losses(players, x, noise)?.1))
                },
                caught_by: "values",
            },
        ],
        fingerprint: |answer| fingerprint(answer).unwrap_or_else(|_| vec![f64::NAN]),
    }
}

/// F with nobody frozen.
pub(super) fn tracked_bound(players: &Players, x: &Tensor, noise: &Tensor) -> Result<Tensor> {
    let made = players.make(players.theta.tracked(), noise)?;
    let omega = players.omega.tracked();
    players.loss.bound(&players.judge(omega, x)?, &players.judge(omega, &made)?)
}

/// Values and gradients, NaN where none arrives.
fn fingerprint(answer: Losses) -> Tried<Vec<f64>> {
    let game = small("fgan_js")?;
    let mut found = Vec::new();
    for loss in both(answer, &game, "a probe")? {
        found.push(scalar("a probe", &loss)?);
        for parameters in [&game.players.theta, &game.players.omega] {
            match told("a probe", gradient(&loss, parameters))? {
                Some(gradient) => found.extend(told("a probe", numbers(&gradient))?),
                None => found.push(f64::NAN),
            }
        }
    }
    Ok(found)
}
