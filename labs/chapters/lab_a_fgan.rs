//! Lab A, The f-GAN: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test -p labs lab_a` grades it. A hint:
//! `cargo workbook hint A.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset A.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use candle_core::{DType, Result, Tensor};
use labs::Loss;
use labs::adam::{Adam, Betas};
use labs::data::Data;
use labs::lab_a_fgan::{Aim, Players, gradient_of};
use labs::loss::softplus;
use labs::mlp::Kernels;
use labs::random::Random;
use labs::schedule::Schedule;
use std::f64::consts::LN_2;

// ── A.1 The last layer, in tensors ──
/// T = g_f(v) for f-GAN JS, number by number: log(2/(1 + e^{−v})), increasing, onto
/// (−∞, log 2).
///
/// Out of candle's own operations, which have no softplus and no log(1 + x): right for
/// |v| ≤ 1e4 in value and in slope, to the rounding of numbers near 1.
pub fn activation(v: &Tensor) -> Result<Tensor> {
    todo!("A.1 activation")
}

// ── A.2 The loss on generated points ──
/// f\*(g_f(v)) for f-GAN JS, number by number, in one closed form:
/// f\*(t) = −log(2 − e^t), and g_f as in A.1. Right for |v| ≤ 1e4 in value and in slope.
///
/// `softplus` is there for it: log(1 + e^v), with the sigmoid as its slope.
pub fn conjugate(v: &Tensor) -> Result<Tensor> {
    todo!("A.2 conjugate")
}

// ── A.3 The objective on a batch ──
/// F = E_p g_f(V) − E_q f\*(g_f(V)) on a batch: a scalar, in nats.
///
/// `on_data` holds the critic's raw outputs V on data, (n, 1), `on_made` those on generated
/// points, (m, 1); n and m may differ. `loss.activation` is g_f and `loss.conjugate` is
/// f\* ∘ g_f, both number by number.
pub fn objective(loss: &Loss, on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    todo!("A.3 objective")
}

// ── A.4 Whose gradient is it? ──
/// The two losses of a batch, each for its own player to descend: the critic's, −F, and the
/// generator's, −E_q f\*(g_f(V)).
///
/// `backward` on the first brings a gradient to ω and none to θ; on the second to θ and none
/// to ω. `x` are data, `noise` what `players.make` takes.
pub fn losses(players: &Players, x: &Tensor, noise: &Tensor) -> Result<(Tensor, Tensor)> {
    todo!("A.4 losses")
}

// ── A.5 One step of the critic ──
/// One step of the critic: ω ← ω + η ∂F/∂ω on a batch, with η = `rate`; θ stays as it is.
///
/// `gradient_of(loss, &players.omega)` is the gradient of a scalar; `players.omega` changes
/// by `players.omega.variable().set(…)`.
pub fn critic_step(players: &Players, x: &Tensor, noise: &Tensor, rate: f64) -> Result<()> {
    todo!("A.5 critic_step")
}

// ── A.6 One step of the generator ──
/// One step of the generator: θ ← θ − η ∂L/∂θ on a batch, with η = `rate`; ω stays as it is.
///
/// L = −E_q f\*(g_f(V)) for the aim `Saddle`, L = −E_q g_f(V) for `Heuristic`.
pub fn generator_step(players: &Players, noise: &Tensor, rate: f64, aim: Aim) -> Result<()> {
    todo!("A.6 generator_step")
}

// ── A.7 Clipping by the norm ──
/// The gradients of one player, part by part, scaled so that their common norm is at most
/// `limit` > 0: the square root of the sum of the squares of *all* numbers.
///
/// Below the limit they stay as they are. In f32 too, where a square may overflow.
pub fn clipped(gradients: &[Tensor], limit: f64) -> Result<Vec<Tensor>> {
    todo!("A.7 clipped")
}

// ── A.8 The bound and its error bar ──
/// The bound F and its standard error from independent samples: raw outputs on n data
/// points, (n, 1), and on m generated ones, (m, 1); n, m ≥ 2. In f64, whatever they are in.
pub fn bound_with_error(loss: &Loss, on_data: &Tensor, on_made: &Tensor) -> Result<(f64, f64)> {
    todo!("A.8 bound_with_error")
}

// ── A.9 Has it collapsed? ──
/// How many modes the samples cover, and the share of samples of high quality.
///
/// `samples` are points of the plane, (n, 2), `centres` those of the modes, (k, 2), each a
/// Gaussian of this deviation. A sample is of high quality within three deviations (inclusive)
/// of its nearest centre; a mode is covered if it is the nearest of such a sample.
pub fn coverage(samples: &Tensor, centres: &Tensor, deviation: f64) -> Result<(usize, f64)> {
    todo!("A.9 coverage")
}

/// A critic's loss for f-GAN JS with mistakes that public code makes; exercise A.10 is to
/// repair it.
///
/// # Errors
/// Those of candle.
pub fn loss_as_found(on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    let critic = |v: &Tensor| ((v.neg()?.exp()? + 1.0)?.recip()? * 2.0)?.log();
    let conjugate = |t: &Tensor| (1.0 - t.exp()?)?.log()?.neg();
    let on_data = critic(on_data)?.mean(0)?;
    let on_made = conjugate(&critic(on_made)?)?.mean(0)?;
    on_data - on_made
}

// ── A.10 A loss to repair ──
/// `loss_as_found`, repaired: what the critic of f-GAN JS *descends*, a scalar, from its raw
/// outputs on data, (n, 1), and on generated points, (m, 1). Right in value and in slope for
/// |v| ≤ 1e4, in f64 and f32.
pub fn repaired_loss(on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    todo!("A.10 repaired_loss")
}

// ── A.11 A training that reaches its mark ──
/// Trains both players on fresh batches of `data`: `steps` steps of each, until the
/// generator is near the best Gaussian and the critic's bound near D_f(P‖Q).
///
/// `players.batch` and `players.noise` draw from `random`, the only source of chance;
/// `Adam::step(&parameters, &gradient, 1.0, rate)` descends, with −1.0 it climbs. Batch size,
/// learning rates, order of moves are yours. The checks take a few hundred steps, on KL and
/// reverse KL.
pub fn train(players: &Players, data: &Data, random: &mut Random, steps: u64) -> Result<()> {
    todo!("A.11 train")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use lab_checks::lab_a_fgan as exercises;

    checks::reader::answer(&[
        exercises::activation().on(activation),
        exercises::conjugate().on(conjugate),
        exercises::objective().on(objective),
        exercises::losses().on(losses),
        exercises::critic_step().on(critic_step),
        exercises::generator_step().on(generator_step),
        exercises::clipped().on(clipped),
        exercises::bound_with_error().on(bound_with_error),
        exercises::coverage().on(coverage),
        exercises::repaired_loss().on(repaired_loss),
        exercises::train().on(train),
    ])
}
