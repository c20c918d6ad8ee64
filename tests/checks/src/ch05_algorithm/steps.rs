//! 5.7, 5.8: one simultaneous and one alternating step of two players.

use crate::check::{Broken, Chaff, Check, Verdict, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::ch05_algorithm::exercises::{self as reference, Gradients};

/// One step of both players.
type Step = fn(&Gradients, &mut [f64], &mut [f64], f64);

/// F = θω, whose gradients are (ω, θ).
fn product(theta: &[f64], omega: &[f64]) -> (Vec<f64>, Vec<f64>) {
    (omega.to_vec(), theta.to_vec())
}

/// Small whole numbers and a step in sixteenths: every product is exact.
fn games() -> impl proptest::strategy::Strategy<Value = (i32, i32, i32)> {
    (-8i32..=8, -8i32..=8, 1i32..=24)
}

/// One step on F = θω from small whole numbers: where it starts and ends.
fn on_product(answer: Step, &(theta, omega, step): &(i32, i32, i32)) -> ([f64; 2], [f64; 2], f64, String) {
    let (start, eta) = ([f64::from(theta), f64::from(omega)], f64::from(step) / 16.0);
    let (mut theta, mut omega) = ([start[0]], [start[1]]);
    answer(&product, &mut theta, &mut omega, eta);
    let at = format!("F = θω, θ = {}, ω = {}, η = {}", number(start[0]), number(start[1]), number(eta));
    (start, [theta[0], omega[0]], eta, at)
}

/// A small step helps the one who makes it: with the other player held where this one
/// saw it, F falls for θ and rises for ω.
fn each_player_gains(answer: Step, critic_first: bool) -> Verdict {
    for_all(60, &(-16i32..=16, -16i32..=16), |&(theta, omega)| {
        let (old_theta, old_omega) = (f64::from(theta) / 4.0, f64::from(omega) / 4.0);
        let f =
            |theta: f64, omega: f64| (theta - omega).powi(2) + theta * omega - 1.5 * (omega + 1.0).powi(2);
        let gradients = |theta: &[f64], omega: &[f64]| {
            let (x, y) = (theta[0], omega[0]);
            (vec![2.0 * (x - y) + y], vec![-2.0 * (x - y) + x - 3.0 * (y + 1.0)])
        };
        let (mut theta, mut omega) = ([old_theta], [old_omega]);
        answer(&gradients, &mut theta, &mut omega, 1e-3);
        let at = format!("θ = {}, ω = {}, η = 0.001", number(old_theta), number(old_omega));
        let near = tolerance::of_terms(&[f(old_theta, old_omega), 100.0]);
        // Against which ω did θ move?
        let seen = if critic_first { omega[0] } else { old_omega };
        let falls =
            at_least(at.clone(), "θ moves so that F falls", f(old_theta, seen), f(theta[0], seen), near)?;
        let rises =
            at_least(at, "ω moves so that F rises", f(old_theta, omega[0]), f(old_theta, old_omega), near)?;
        Ok(falls.max(rises))
    })
}

/// F = Σ½(θᵢ − i)² − Σ½(ωⱼ + j)²: a step of size 1 lands on the saddle, in every
/// coordinate and whatever the numbers of coordinates are.
fn lands(answer: Step) -> Verdict {
    for_each([(1, 1), (3, 2), (2, 4), (1, 0)], |(of_theta, of_omega)| {
        let gradients = |theta: &[f64], omega: &[f64]| {
            let in_theta = theta.iter().enumerate().map(|(i, x)| x - i as f64).collect();
            let in_omega = omega.iter().enumerate().map(|(j, y)| -(y + j as f64)).collect();
            (in_theta, in_omega)
        };
        let (mut theta, mut omega) = (vec![7.0; of_theta], vec![-5.0; of_omega]);
        answer(&gradients, &mut theta, &mut omega, 1.0);
        let due: Vec<f64> =
            (0..of_theta).map(|i| i as f64).chain((0..of_omega).map(|j| -(j as f64))).collect();
        let found: Vec<f64> = theta.iter().chain(&omega).copied().collect();
        if found == due {
            return Ok(0.0);
        }
        let at = format!("F = Σ½(θᵢ − i)² − Σ½(ωⱼ + j)², {of_theta} and {of_omega} coordinates, η = 1");
        Err(Broken::new(at, format!("the saddle {due:?}"), format!("{found:?}")))
    })
}

fn shift(x: &mut [f64], by: &[f64], step: f64) {
    x.iter_mut().zip(by).for_each(|(x, slope)| *x += step * slope);
}

fn fingerprint(answer: Step) -> Vec<f64> {
    let gradients = |theta: &[f64], omega: &[f64]| {
        (vec![theta[0] + 2.0 * omega[0], theta[1]], vec![2.0 * theta[0] - omega[0], -omega[1] - 1.0])
    };
    let (mut theta, mut omega) = (vec![1.0, -2.0], vec![0.5, 3.0]);
    answer(&gradients, &mut theta, &mut omega, 0.25);
    theta.into_iter().chain(omega).collect()
}

/// The critic first, then the generator.
fn critic_first(gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
    let (_, up) = gradients(theta, omega);
    shift(omega, &up, step);
    let (down, _) = gradients(theta, omega);
    shift(theta, &down, -step);
}

/// The generator first, then the critic.
fn generator_first(gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
    let (down, _) = gradients(theta, omega);
    shift(theta, &down, -step);
    let (_, up) = gradients(theta, omega);
    shift(omega, &up, step);
}

/// 5.7
pub fn simultaneous_step() -> Exercise<Step> {
    Exercise {
        meta: Meta::implement("5.7", "simultaneous_step", "One simultaneous step", 2, 10),
        reference: reference::simultaneous_step,
        checks: vec![
            Check {
                name: "growth",
                property: "on F = θω a step multiplies θ² + ω² by 1 + η²",
                run: |answer| {
                    for_all(100, &games(), |game| {
                        let (start, end, eta, at) = on_product(answer, game);
                        let size = |z: [f64; 2]| z[0] * z[0] + z[1] * z[1];
                        let due = (1.0 + eta * eta) * size(start);
                        agree(format!("{at}: θ² + ω²"), due, size(end), 0.0)
                    })
                },
            },
            Check {
                name: "each-player-gains",
                property: "for a small step F falls as θ moves and rises as ω moves",
                run: |answer| each_player_gains(answer, false),
            },
            Check {
                name: "every-coordinate",
                property: "every coordinate of θ and of ω moves by its own slope",
                run: lands,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "sequential",
                misconception: "the second player reads the gradient after the first has moved: that is an alternating step",
                subject: critic_first,
                caught_by: "growth",
            },
            Chaff {
                name: "sequential-generator-first",
                misconception: "ω reads the gradient after θ has moved: simultaneous means that both read the old point",
                subject: generator_first,
                caught_by: "growth",
            },
            Chaff {
                name: "both-descend",
                misconception: "the critic maximises: ω goes up the gradient, θ goes down",
                subject: |gradients, theta, omega, step| {
                    let (down, up) = gradients(theta, omega);
                    shift(theta, &down, -step);
                    shift(omega, &up, -step);
                },
                caught_by: "growth",
            },
            Chaff {
                name: "roles-exchanged",
                misconception: "the generator θ minimises F and the critic ω maximises it, not the other way round",
                subject: |gradients, theta, omega, step| {
                    let (down, up) = gradients(theta, omega);
                    shift(theta, &down, step);
                    shift(omega, &up, -step);
                },
                caught_by: "each-player-gains",
            },
            Chaff {
                name: "step-forgotten",
                misconception: "the slope is multiplied by the step size",
                subject: |gradients, theta, omega, _| {
                    let (down, up) = gradients(theta, omega);
                    shift(theta, &down, -1.0);
                    shift(omega, &up, 1.0);
                },
                caught_by: "growth",
            },
            Chaff {
                name: "first-coordinate-only",
                misconception: "θ and ω are lists of parameters: each moves by its own slope",
                subject: |gradients, theta, omega, step| {
                    let (down, up) = gradients(theta, omega);
                    shift(&mut theta[..1], &down, -step);
                    let first = omega.len().min(1);
                    shift(&mut omega[..first], &up, step);
                },
                caught_by: "every-coordinate",
            },
        ],
        fingerprint,
    }
}

/// 5.8
pub fn alternating_step() -> Exercise<Step> {
    Exercise {
        meta: Meta::implement("5.8", "alternating_step", "One alternating step", 2, 8),
        reference: reference::alternating_step,
        checks: vec![
            Check {
                name: "invariant",
                property: "on F = θω a step leaves θ² + ω² + ηθω as it is",
                run: |answer| {
                    for_all(100, &games(), |game| {
                        let (start, end, eta, at) = on_product(answer, game);
                        let size = |z: [f64; 2]| z[0] * z[0] + z[1] * z[1] + eta * z[0] * z[1];
                        agree(format!("{at}: θ² + ω² + ηθω"), size(start), size(end), 0.0)
                    })
                },
            },
            Check {
                name: "each-player-gains",
                property: "for a small step F rises as ω moves, then falls as θ moves against the new ω",
                run: |answer| each_player_gains(answer, true),
            },
            Check {
                name: "every-coordinate",
                property: "every coordinate of θ and of ω moves by its own slope",
                run: lands,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "simultaneous",
                misconception: "θ must read its gradient again after ω has moved",
                subject: |gradients, theta, omega, step| {
                    let (down, up) = gradients(theta, omega);
                    shift(theta, &down, -step);
                    shift(omega, &up, step);
                },
                caught_by: "invariant",
            },
            Chaff {
                name: "generator-first",
                misconception: "here the critic moves first, so that the generator answers the better critic",
                subject: generator_first,
                caught_by: "invariant",
            },
            Chaff {
                name: "roles-exchanged",
                misconception: "the generator θ minimises F and the critic ω maximises it, not the other way round",
                subject: |gradients, theta, omega, step| {
                    let (_, up) = gradients(theta, omega);
                    shift(omega, &up, -step);
                    let (down, _) = gradients(theta, omega);
                    shift(theta, &down, step);
                },
                caught_by: "each-player-gains",
            },
            Chaff {
                name: "both-descend",
                misconception: "the critic maximises: ω goes up the gradient, θ goes down",
                subject: |gradients, theta, omega, step| {
                    let (_, up) = gradients(theta, omega);
                    shift(omega, &up, -step);
                    let (down, _) = gradients(theta, omega);
                    shift(theta, &down, -step);
                },
                caught_by: "invariant",
            },
            Chaff {
                name: "first-coordinate-only",
                misconception: "θ and ω are lists of parameters: each moves by its own slope",
                subject: |gradients, theta, omega, step| {
                    let (_, up) = gradients(theta, omega);
                    let first = omega.len().min(1);
                    shift(&mut omega[..first], &up, step);
                    let (down, _) = gradients(theta, omega);
                    shift(&mut theta[..1], &down, -step);
                },
                caught_by: "every-coordinate",
            },
        ],
        fingerprint,
    }
}
