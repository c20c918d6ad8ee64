//! A.11: a training that reaches its mark.

use super::meta;
use super::small::{put, theta};
use crate::tensors::{Tried, told};
use candle_core::{Error, Result, Tensor};
use checks::Exercise;
use checks::check::{Broken, Chaff, Check, Verdict, at_least, number};
use checks::for_all::for_each;
use checks::tolerance::of_normal_mean;
use labs::Loss;
use labs::adam::{Adam, Betas};
use labs::data::Data;
use labs::fgan::exact;
use labs::lab_a_fgan::{Players, exercises as reference, gradient_of};
use labs::mlp::Kernels;
use labs::random::{Random, Stream};

/// A training of both players.
type Train = fn(&Players, &Data, &mut Random, u64) -> Result<()>;

/// Steps of a training that is graded.
const STEPS: u64 = 500;

/// How far above the best Gaussian's divergence a trained one may be, in nats. At the start
/// it is 1.08 (KL) and 0.52 (reverse KL) above; reverse KL's optimum is 0.075 above KL's
/// own in KL, KL's 0.10 above the other in reverse KL.
const MARK: f64 = 0.02;

/// How far below D_f the learned bound may be.
const SLACK: f64 = 0.05;

/// Untrained players on the line, from N(0, 1).
fn players(row: &str) -> Tried<Players> {
    let loss = told(row, Loss::find(row))?;
    told(row, Players::on_the_line(loss, 16, (0.0, 1.0), &mut Random::new(21, Stream::Initial)))
}

/// Players after `steps` steps of the training.
fn trained(answer: Train, row: &str, steps: u64) -> Tried<Players> {
    let players = players(row)?;
    let data = told(row, Data::find("line"))?;
    told(row, answer(&players, &data, &mut Random::new(21, Stream::Training), steps))?;
    for (name, parameters) in [("θ", &players.theta), ("ω", &players.omega)] {
        if let Some(value) = theta(parameters)?.into_iter().find(|value| !value.is_finite()) {
            let at = format!("{row}, after {steps} steps");
            let found = format!("{} among {name}: a step too far, by its rate or its sign", number(value));
            return Err(Broken::new(at, "parameters that are numbers", found));
        }
    }
    Ok(players)
}

/// The exact divergence at μ̂ and σ̂, and the least of all Gaussians.
fn divergences(players: &Players, row: &str) -> Tried<(f64, f64, String)> {
    let found = theta(&players.theta)?;
    let (mean, deviation) = (found[0], found[1].exp());
    let f = players.loss.divergence();
    let there = told(row, exact::divergence(f, mean, deviation))?;
    let best = told(row, exact::best(f))?;
    let at = format!(
        "{row}, {STEPS} steps: N({mean:.3}, {deviation:.3}²), the best is N({:.3}, {:.3}²)",
        best.mean, best.deviation
    );
    Ok((there, best.divergence, at))
}

/// The exact divergence comes within the mark of the least.
fn reaches_its_mark(answer: Train, row: &'static str) -> Verdict {
    for_each([row], |row| {
        let (there, best, at) = divergences(&trained(answer, row, STEPS)?, row)?;
        let relation = format!("D_f(P‖Q) within {MARK} nats of the least, {best:.4}");
        at_least(at, &relation, best + MARK, there, 0.0)
    })
}

/// Fresh samples that the bound is measured on.
const FRESH: usize = 40_000;

/// The learned bound lies below D_f, and not far.
fn bounds(answer: Train) -> Verdict {
    for_each(["kl"], |row| {
        let players = trained(answer, row, STEPS)?;
        let (there, _, at) = divergences(&players, row)?;
        let (bound, error) = told(row, on_fresh(&players))?;
        let at = format!("{at}: the critic's bound on {FRESH} fresh samples");
        let near = of_normal_mean(error);
        let above = at_least(&*at, "F ≤ D_f, but for six standard errors", there, bound, near)?;
        let relation = format!("F ≥ D_f − {SLACK}, the critic having learned");
        Ok(above.max(at_least(at, &relation, bound, there - SLACK, near)?))
    })
}

/// F and its error on fresh samples.
fn on_fresh(players: &Players) -> Result<(f64, f64)> {
    let mut random = Random::new(22, Stream::Evaluation);
    let data = Data::find("line").map_err(Error::wrap)?;
    let (x, noise) = (players.batch(&data, FRESH, &mut random)?, players.noise(FRESH, &mut random)?);
    let omega = players.omega.frozen();
    let made = players.make(&players.theta.frozen(), &noise)?;
    reference::bound_with_error(&players.loss, &players.judge(&omega, &x)?, &players.judge(&omega, &made)?)
}

/// The reference's steps, with another objective, signs of the two players' moves, and who
/// moves at all.
fn with(
    (players, data, random, steps): (&Players, &Data, &mut Random, u64),
    objective: impl Fn(&Tensor, &Tensor) -> Result<Tensor>,
    (down, up): (f64, f64),
) -> Result<()> {
    let (theta, omega) = (&players.theta, &players.omega);
    let mut of_theta = Adam::new(theta, Betas::default(), Kernels::Plain)?;
    let mut of_omega = Adam::new(omega, Betas::default(), Kernels::Plain)?;
    for step in 0..steps {
        let (x, noise) = (players.batch(data, 256, random)?, players.noise(256, random)?);
        let made = players.make(theta.tracked(), &noise)?;
        let bound = objective(&players.judge(omega.tracked(), &x)?, &players.judge(omega.tracked(), &made)?)?;
        let (slope, rise) = (gradient_of(&bound, theta)?, gradient_of(&bound, omega)?);
        let rate = 0.02 * labs::schedule::Schedule::Cosine.share(step, steps);
        if down != 0.0 {
            of_theta.step(theta, &slope, down, rate)?;
        }
        if up != 0.0 {
            of_omega.step(omega, &rise, -up, rate)?;
        }
    }
    Ok(())
}

/// A.11
pub fn train() -> Exercise<Train> {
    Exercise {
        meta: meta("train"),
        reference: reference::train,
        checks: vec![
            Check {
                name: "reaches-its-mark",
                property: "after 500 steps under KL, D_f(P‖Q) is within 0.02 nats of the best Gaussian's",
                run: |answer| reaches_its_mark(answer, "kl"),
            },
            Check {
                name: "optimum-of-its-own-divergence",
                property: "the same under reverse KL, whose best Gaussian is another",
                run: |answer| reaches_its_mark(answer, "reverse_kl"),
            },
            Check {
                name: "critic-bounds",
                property: "after 500 steps under KL, F on fresh samples is below D_f(P‖Q), by at most 0.05 nats",
                run: bounds,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "both-climb",
                misconception: "the generator climbs as well: it runs to where the critic tells it apart best",
                subject: |players, data, random, steps| {
                    with((players, data, random, steps), |x, y| players.loss.bound(x, y), (-1.0, 1.0))
                },
                caught_by: "reaches-its-mark",
            },
            Chaff {
                name: "both-descend",
                misconception: "the critic descends as well: it learns to see no difference, and the generator follows it anywhere",
                subject: |players, data, random, steps| {
                    with((players, data, random, steps), |x, y| players.loss.bound(x, y), (1.0, -1.0))
                },
                caught_by: "reaches-its-mark",
            },
            Chaff {
                name: "critic-alone",
                misconception: "only the critic moves: the bound becomes tight, and the generator stays where it was",
                subject: |players, data, random, steps| {
                    with((players, data, random, steps), |x, y| players.loss.bound(x, y), (0.0, 1.0))
                },
                caught_by: "reaches-its-mark",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "data and generated points have changed places: under KL the generator finds the optimum of reverse KL",
                subject: |players, data, random, steps| {
                    with((players, data, random, steps), |x, y| players.loss.bound(y, x), (1.0, 1.0))
                },
                caught_by: "reaches-its-mark",
            },
            Chaff {
                name: "always-kl",
                misconception: "the loss is KL's whatever the players' divergence is: ask `players.loss`",
                subject: |players, data, random, steps| {
                    let kl = Loss::find("kl").map_err(Error::wrap)?;
                    with((players, data, random, steps), |x, y| kl.bound(x, y), (1.0, 1.0))
                },
                caught_by: "optimum-of-its-own-divergence",
            },
            Chaff {
                name: "critic-thrown-away",
                misconception: "the generator is kept and the critic not: without the one that was trained nothing bounds the divergence",
                subject: |players, data, random, steps| {
                    let failed = |_| Error::Msg("the critic cannot be put back".into());
                    let old = theta(&players.omega).map_err(failed)?;
                    reference::train(players, data, random, steps)?;
                    put(&players.omega, &old).map_err(failed)
                },
                caught_by: "critic-bounds",
            },
        ],
        fingerprint: |answer| {
            let mut found = Vec::new();
            for row in ["kl", "reverse_kl"] {
                let end = trained(answer, row, 3)
                    .and_then(|players| Ok([theta(&players.theta)?, theta(&players.omega)?].concat()));
                found.extend(end.unwrap_or_else(|_| vec![f64::NAN]));
            }
            found
        },
    }
}
