//! The exercises of lab A with their reference solutions.
//!
//! The stubs in `labs/chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there.

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

// EXERCISE A.1
/// T = g_f(v) for f-GAN JS, number by number: log(2/(1 + e^{−v})), increasing, onto
/// (−∞, log 2).
///
/// Out of candle's own operations, which have no softplus and no log(1 + x): right for
/// |v| ≤ 1e4 in value and in slope, to the rounding of numbers near 1.
// SOLUTION
///
/// log 2 − softplus(x) with x = −v and softplus(x) = max(x, 0) + log(1 + e^{−|x|}). Both
/// kinks are taken of the same x: at 0 candle's slopes are relu′ = 1 and |·|′ = 1, and
/// 1 − ½ is right.
// END
pub fn activation(v: &Tensor) -> Result<Tensor> {
    // SOLUTION
    let x = v.neg()?;
    let rest = (x.abs()?.neg()?.exp()? + 1.0)?.log()?;
    LN_2 - (x.relu()? + rest)?
    // END
}

// EXERCISE A.2
/// f\*(g_f(v)) for f-GAN JS, number by number, in one closed form:
/// f\*(t) = −log(2 − e^t), and g_f as in A.1. Right for |v| ≤ 1e4 in value and in slope.
///
/// `softplus` is there for it: log(1 + e^v), with the sigmoid as its slope.
// SOLUTION
///
/// 2 − 2/(1 + e^{−v}) = 2/(1 + e^v), so that the value is log((1 + e^v)/2).
// END
pub fn conjugate(v: &Tensor) -> Result<Tensor> {
    // SOLUTION
    softplus(v)? - LN_2
    // END
}

// EXERCISE A.3
/// F = E_p g_f(V) − E_q f\*(g_f(V)) on a batch: a scalar, in nats.
///
/// `on_data` holds the critic's raw outputs V on data, (n, 1), `on_made` those on generated
/// points, (m, 1); n and m may differ. `loss.activation` is g_f and `loss.conjugate` is
/// f\* ∘ g_f, both number by number.
// SOLUTION
///
/// The mean of g_f(V) over the data minus the mean of f\*(g_f(V)) over the generated points.
// END
pub fn objective(loss: &Loss, on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    // SOLUTION
    loss.activation(on_data)?.mean_all()? - loss.conjugate(on_made)?.mean_all()?
    // END
}

// EXERCISE A.4
/// The two losses of a batch, each for its own player to descend: the critic's, −F, and the
/// generator's, −E_q f\*(g_f(V)).
///
/// `backward` on the first brings a gradient to ω and none to θ; on the second to θ and none
/// to ω. `x` are data, `noise` what `players.make` takes.
// SOLUTION
///
/// Whoever stands still enters with its frozen parameters. The gradient still flows
/// *through* the frozen critic: it is the only way from the loss to the samples.
// END
pub fn losses(players: &Players, x: &Tensor, noise: &Tensor) -> Result<(Tensor, Tensor)> {
    // SOLUTION
    let (theta, omega) = (&players.theta, &players.omega);
    let made = players.make(&theta.frozen(), noise)?;
    let on_data = players.judge(omega.tracked(), x)?;
    let bound = players.loss.bound(&on_data, &players.judge(omega.tracked(), &made)?)?;

    let made = players.make(theta.tracked(), noise)?;
    let raw = players.judge(&omega.frozen(), &made)?;
    Ok((bound.neg()?, players.loss.conjugate(&raw)?.mean_all()?.neg()?))
    // END
}

// EXERCISE A.5
/// One step of the critic: ω ← ω + η ∂F/∂ω on a batch, with η = `rate`; θ stays as it is.
///
/// `gradient_of(loss, &players.omega)` is the gradient of a scalar; `players.omega` changes
/// by `players.omega.variable().set(…)`.
// SOLUTION
///
/// F is to be maximised: up, by the mean over the batch.
// END
pub fn critic_step(players: &Players, x: &Tensor, noise: &Tensor, rate: f64) -> Result<()> {
    // SOLUTION
    let omega = players.omega.tracked();
    let made = players.make(&players.theta.frozen(), noise)?;
    let bound = players.loss.bound(&players.judge(omega, x)?, &players.judge(omega, &made)?)?;
    let up = gradient_of(&bound, &players.omega)?;
    players.omega.variable().set(&(omega + (up * rate)?)?)
    // END
}

// EXERCISE A.6
/// One step of the generator: θ ← θ − η ∂L/∂θ on a batch, with η = `rate`; ω stays as it is.
///
/// L = −E_q f\*(g_f(V)) for the aim `Saddle`, L = −E_q g_f(V) for `Heuristic`.
// SOLUTION
///
/// Down, through the critic, whose own parameters are frozen.
// END
pub fn generator_step(players: &Players, noise: &Tensor, rate: f64, aim: Aim) -> Result<()> {
    // SOLUTION
    let theta = players.theta.tracked();
    let raw = players.judge(&players.omega.frozen(), &players.make(theta, noise)?)?;
    let value = match aim {
        Aim::Saddle => players.loss.conjugate(&raw)?,
        Aim::Heuristic => players.loss.activation(&raw)?,
    };
    let down = gradient_of(&value.mean_all()?.neg()?, &players.theta)?;
    players.theta.variable().set(&(theta - (down * rate)?)?)
    // END
}

// EXERCISE A.7
/// The gradients of one player, part by part, scaled so that their common norm is at most
/// `limit` > 0: the square root of the sum of the squares of *all* numbers.
///
/// Below the limit they stay as they are. In f32 too, where a square may overflow.
// SOLUTION
///
/// Every part times min(1, limit/‖g‖), one factor for all: the direction stays.
// END
pub fn clipped(gradients: &[Tensor], limit: f64) -> Result<Vec<Tensor>> {
    // SOLUTION
    let mut squares = 0.0;
    for gradient in gradients {
        squares += gradient.to_dtype(DType::F64)?.sqr()?.sum_all()?.to_scalar::<f64>()?;
    }
    let factor = (limit / squares.sqrt()).min(1.0);
    gradients.iter().map(|gradient| gradient * factor).collect()
    // END
}

// EXERCISE A.8
/// The bound F and its standard error from independent samples: raw outputs on n data
/// points, (n, 1), and on m generated ones, (m, 1); n, m ≥ 2. In f64, whatever they are in.
// SOLUTION
///
/// F is a difference of two independent means: its variance is s_p²/n + s_q²/m, with the
/// variances of g_f(V) on data and of f\*(g_f(V)) on generated points.
// END
pub fn bound_with_error(loss: &Loss, on_data: &Tensor, on_made: &Tensor) -> Result<(f64, f64)> {
    // SOLUTION
    let moments = |values: Tensor| -> Result<(f64, f64)> {
        let count = values.elem_count() as f64;
        let mean = values.mean_all()?.to_scalar::<f64>()?;
        let squares = (values - mean)?.sqr()?.sum_all()?.to_scalar::<f64>()?;
        Ok((mean, squares / (count - 1.0) / count))
    };
    let (on_data, square) = moments(loss.activation(&on_data.to_dtype(DType::F64)?)?)?;
    let (on_made, other) = moments(loss.conjugate(&on_made.to_dtype(DType::F64)?)?)?;
    Ok((on_data - on_made, (square + other).sqrt()))
    // END
}

// EXERCISE A.9
/// How many modes the samples cover, and the share of samples of high quality.
///
/// `samples` are points of the plane, (n, 2), `centres` those of the modes, (k, 2), each a
/// Gaussian of this deviation. A sample is of high quality within three deviations (inclusive)
/// of its nearest centre; a mode is covered if it is the nearest of such a sample.
// SOLUTION
///
/// The squared distances as an (n, k) tensor by broadcasting; its smallest entry a row, and
/// where that stands.
// END
pub fn coverage(samples: &Tensor, centres: &Tensor, deviation: f64) -> Result<(usize, f64)> {
    // SOLUTION
    let difference = samples.unsqueeze(1)?.broadcast_sub(&centres.unsqueeze(0)?)?;
    let squares = difference.to_dtype(DType::F64)?.sqr()?.sum(2)?;
    let nearest = squares.argmin(1)?.to_vec1::<u32>()?;
    let distances = squares.min(1)?.sqrt()?.to_vec1::<f64>()?;
    let good: Vec<u32> =
        nearest.into_iter().zip(distances).filter(|(_, d)| *d <= 3.0 * deviation).map(|(k, _)| k).collect();
    let covered: std::collections::BTreeSet<&u32> = good.iter().collect();
    Ok((covered.len(), good.len() as f64 / samples.dim(0)? as f64))
    // END
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

// EXERCISE A.10
/// `loss_as_found`, repaired: what the critic of f-GAN JS *descends*, a scalar, from its raw
/// outputs on data, (n, 1), and on generated points, (m, 1). Right in value and in slope for
/// |v| ≤ 1e4, in f64 and f32.
// SOLUTION
///
/// −F = E_q\[softplus(V) − log 2\] − E_p\[log 2 − softplus(−V)\].
// END
pub fn repaired_loss(on_data: &Tensor, on_made: &Tensor) -> Result<Tensor> {
    // SOLUTION
    let on_data = (LN_2 - softplus(&on_data.neg()?)?)?;
    let on_made = (softplus(on_made)? - LN_2)?;
    on_made.mean_all()? - on_data.mean_all()?
    // END
}

// EXERCISE A.11
/// Trains both players on fresh batches of `data`: `steps` steps of each, until the
/// generator is near the best Gaussian and the critic's bound near D_f(P‖Q).
///
/// `players.batch` and `players.noise` draw from `random`, the only source of chance;
/// `Adam::step(&parameters, &gradient, 1.0, rate)` descends, with −1.0 it climbs. Batch size,
/// learning rates, order of moves are yours. The checks take a few hundred steps, on KL and
/// reverse KL.
// SOLUTION
///
/// Simultaneous steps: one objective, both gradients before either player moves, a rate that
/// falls to 0 along half a cosine.
// END
pub fn train(players: &Players, data: &Data, random: &mut Random, steps: u64) -> Result<()> {
    // SOLUTION
    let (theta, omega) = (&players.theta, &players.omega);
    let mut descent = Adam::new(theta, Betas::default(), Kernels::Plain)?;
    let mut climb = Adam::new(omega, Betas::default(), Kernels::Plain)?;
    for step in 0..steps {
        let (x, noise) = (players.batch(data, 256, random)?, players.noise(256, random)?);
        let made = players.make(theta.tracked(), &noise)?;
        let on_data = players.judge(omega.tracked(), &x)?;
        let bound = players.loss.bound(&on_data, &players.judge(omega.tracked(), &made)?)?;
        let (down, up) = (gradient_of(&bound, theta)?, gradient_of(&bound, omega)?);
        let rate = 0.02 * Schedule::Cosine.share(step, steps);
        descent.step(theta, &down, 1.0, rate)?;
        climb.step(omega, &up, -1.0, rate)?;
    }
    Ok(())
    // END
}
