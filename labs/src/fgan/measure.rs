//! The learned bound on fresh samples, with its standard error.

use super::config::GeneratorKind;
use super::game::Game;
use crate::data::Data;
use crate::folder::Cloud;
use crate::random::{Random, Stream};
use crate::{LabError, Result, interrupt};
use candle_core::{DType, Tensor};
use serde::{Deserialize, Serialize};
use vdm::ch02_intractable_densities::estimate;

/// A mean with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// The mean.
    #[serde(with = "crate::extended")]
    pub mean: f64,
    /// Its standard error; none of fewer than two numbers, or of infinite ones.
    pub standard_error: Option<f64>,
}

impl Mean {
    /// Of some numbers.
    pub fn of(numbers: &[f64]) -> Self {
        match estimate(numbers) {
            Ok(found) => Self { mean: found.mean, standard_error: Some(found.standard_error) },
            Err(_) => Self { mean: numbers.iter().sum::<f64>() / numbers.len() as f64, standard_error: None },
        }
    }
}

/// A tensor's numbers.
///
/// # Errors
/// Those of candle.
pub(crate) fn numbers(tensor: &Tensor) -> Result<Vec<f64>> {
    Ok(tensor.to_dtype(DType::F64)?.flatten_all()?.to_vec1()?)
}

/// Samples that go through the critic together.
const CHUNK: usize = 1024;

/// F = E_p g_f(V) − E_q f\*(g_f(V)) on `samples` fresh points of each law (two at
/// least), from a stream that the training never sees. Of a file's points there are no fresh
/// ones: they are those that were trained on.
///
/// # Errors
/// Those of candle, and [`LabError::Stopped`] if the process is asked to stop.
pub fn bound(game: &Game, samples: usize) -> Result<Mean> {
    let mut random = Random::new(game.config.seed, Stream::Evaluation);
    let (mut on_data, mut on_made) = (Vec::with_capacity(samples), Vec::with_capacity(samples));
    let mut left = samples.max(2);
    while left > 0 {
        if interrupt::asked() {
            return Err(LabError::Stopped { step: Some(game.step), kept: None });
        }
        let count = left.min(CHUNK);
        left -= count;
        let (x, made) = (game.batch(count, &mut random)?, game.samples(count, &mut random)?);
        on_data.extend(numbers(&game.loss().activation(&game.raw(&x)?)?)?);
        on_made.extend(numbers(&game.loss().conjugate(&game.raw(&made)?)?)?);
    }
    let (on_data, on_made) = (Mean::of(&on_data), Mean::of(&on_made));
    // Independent samples: the variances add.
    let error = on_data.standard_error.zip(on_made.standard_error).map(|(a, b)| a.hypot(b));
    Ok(Mean { mean: on_data.mean - on_made.mean, standard_error: error })
}

/// Is it a Gaussian that is learned, and the truth about it known?
pub fn is_gaussian_on_the_line(game: &Game) -> bool {
    game.config.generator == GeneratorKind::Gaussian && matches!(game.data, Data::Line)
}

/// μ̂ and σ̂ of a Gaussian generator on the line.
///
/// # Errors
/// Those of candle.
pub fn gaussian(game: &Game) -> Result<(f64, f64)> {
    let theta = numbers(&game.generator.parameters.frozen())?;
    Ok((theta[0], theta[1].exp()))
}

/// Where the critic on the line is looked at: from −4 to 8, which is within four
/// deviations of all that there is.
const LOOKS: (f64, f64, u32) = (-4.0, 8.0, 120);

/// The critic on the line: pairs (x, T(x)).
///
/// # Errors
/// Those of candle.
pub fn critic(game: &Game) -> Result<Vec<(f64, f64)>> {
    let (from, to, count) = LOOKS;
    let x: Vec<f64> = (0..=count).map(|i| from + (to - from) * f64::from(i) / f64::from(count)).collect();
    let points = game.points(x.iter().map(|&x| x as f32).collect())?;
    let t = numbers(&game.loss().activation(&game.raw(&points)?)?)?;
    Ok(x.into_iter().zip(t).collect())
}

/// `count` samples of the generator, always from the same noise: seen one after another
/// they show how the generator moves. A file's points are in its own units.
///
/// # Errors
/// Those of candle.
pub fn cloud(game: &Game, count: usize) -> Result<Cloud> {
    let mut random = Random::new(game.config.seed, Stream::Evaluation);
    let points = numbers(&game.samples(count, &mut random)?)?;
    // Four decimals: modes are at least 0.01 wide.
    let points: Vec<f64> = points.into_iter().map(|x| (x * 1e4).round() / 1e4).collect();
    Ok(Cloud { step: game.step, points: game.data.unscaled(&points) })
}
