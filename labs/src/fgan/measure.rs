//! The learned bound on fresh samples, with its standard error.

use super::game::Game;
use crate::Result;
use crate::random::{Random, Stream};
use candle_core::{DType, Tensor};
use serde::Serialize;

/// A mean over samples and how far it may be from the expectation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Mean and variance as numbers come in (Welford's recurrence).
#[derive(Default)]
struct Running {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Running {
    fn add(&mut self, numbers: &[f64]) {
        for x in numbers {
            self.count += 1.0;
            let difference = x - self.mean;
            self.mean += difference / self.count;
            self.squares += difference * (x - self.mean);
        }
    }

    /// The square of the mean's standard error.
    fn squared_error(&self) -> f64 {
        self.squares / (self.count - 1.0) / self.count
    }
}

fn numbers(tensor: &Tensor) -> candle_core::Result<Vec<f64>> {
    tensor.to_dtype(DType::F64)?.flatten_all()?.to_vec1()
}

/// Samples that go through the critic together.
const CHUNK: usize = 1024;

/// F = E_p g_f(V) − E_q f\*(g_f(V)) on `samples` fresh points of each law (two at
/// least), from a stream that the training never sees.
///
/// # Errors
/// Those of candle.
pub fn bound(game: &Game, samples: usize) -> Result<Estimate> {
    let mut random = Random::new(game.config.seed, Stream::Evaluation);
    let (mut on_data, mut on_made) = (Running::default(), Running::default());
    let mut left = samples.max(2);
    while left > 0 {
        let count = left.min(CHUNK);
        left -= count;
        let (x, made) = (game.batch(count, &mut random)?, game.samples(count, &mut random)?);
        on_data.add(&numbers(&game.loss().activation(&game.raw(&x)?)?)?);
        on_made.add(&numbers(&game.loss().conjugate(&game.raw(&made)?)?)?);
    }
    Ok(Estimate {
        mean: on_data.mean - on_made.mean,
        standard_error: (on_data.squared_error() + on_made.squared_error()).sqrt(),
    })
}

/// μ̂ and σ̂ of a Gaussian generator on the line.
///
/// # Errors
/// Those of candle.
pub fn gaussian(game: &Game) -> Result<(f64, f64)> {
    let theta = numbers(&game.generator.parameters.frozen())?;
    Ok((theta[0], theta[1].exp()))
}
