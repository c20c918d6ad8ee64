//! A run from its first step, or from a checkpoint, to its result.

use super::exact::{self, Fit};
use super::game::Game;
use super::measure::{self, Mean};
use crate::data::{Data, Quality};
use crate::folder::{Cloud, Folder, Metrics};
use crate::random::{Random, Stream};
use crate::{LabError, Result, interrupt};
use candle_core::DType;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// Time between two checkpoints, where no number of steps is asked for.
const SAVE_AFTER: Duration = Duration::from_secs(5);
/// Samples that modes are counted on, as in the literature.
const POINTS: usize = 2500;

/// When a run tells of itself.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Steps between two lines of metrics, and two reports.
    pub lines: u64,
    /// Lines of metrics between two checkpoints; every five seconds if none.
    pub saves: Option<u64>,
    /// Samples that are drawn at some [`moments`], to be seen over time; 0 for none.
    pub cloud: usize,
}

/// What a run tells of.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// A line of metrics.
    Line(&'a Metrics),
    /// Samples at a moment.
    Cloud(&'a Cloud),
}

/// The steps after which samples are shown: dense at first, when much happens.
pub fn moments(steps: u64) -> [u64; 8] {
    [0, steps / 50, steps / 20, steps / 10, steps / 5, steps * 2 / 5, steps * 7 / 10, steps]
}

impl Default for Pace {
    fn default() -> Self {
        Self { lines: 100, saves: None, cloud: 0 }
    }
}

/// What came out of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The divergence.
    pub divergence: String,
    /// The data.
    pub data: String,
    /// The seed.
    pub seed: u64,
    /// Steps taken.
    pub steps: u64,
    /// The learned bound on fresh samples.
    pub bound: Mean,
    /// On the line: what the truth is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<OnTheLine>,
    /// In the plane: how well the modes are covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<Quality>,
    /// Seconds of training (since the start or the resumption).
    pub seconds: f64,
}

/// A Gaussian learned on the line, beside the truth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OnTheLine {
    /// μ̂, σ̂ and the exact divergence there.
    pub learned: Fit,
    /// μ\*, σ\* and the exact divergence there; none if it is infinite everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Fit>,
}

/// Trains to the end, or until the process is asked to stop.
///
/// `report` is told of the progress, now and then. With a folder, metrics are noted
/// and the state is saved; also if a number stops being one, which ends the run.
///
/// # Errors
/// [`LabError::NotFinite`], [`LabError::Stopped`], and [`LabError::NotKept`] if the folder
/// takes nothing more: what it held last is then still whole.
pub fn train(
    game: &mut Game,
    mut folder: Option<&mut Folder>,
    pace: Pace,
    mut report: impl FnMut(News<'_>),
) -> Result<()> {
    let mut saved = Instant::now();
    let (mut sum, mut count) = (0.0, 0.0);
    let moments = moments(game.all_steps());
    let show = |game: &Game, folder: &mut Option<&mut Folder>, report: &mut dyn FnMut(News<'_>)| {
        if pace.cloud == 0 || !moments.contains(&game.step) {
            return Ok(());
        }
        let cloud = measure::cloud(game, pace.cloud)?;
        report(News::Cloud(&cloud));
        folder
            .as_deref_mut()
            .map_or(Ok(()), |folder| folder.note_cloud(&cloud).map_err(|problem| folder.not_kept(problem)))
    };
    if game.step == 0 {
        show(game, &mut folder, &mut report)?;
    }
    while game.step < game.all_steps() {
        let advanced = match interrupt::asked() {
            true => Err(LabError::Stopped { step: Some(game.step), kept: None }),
            false => game.advance(),
        };
        let seen = match advanced {
            Ok(seen) => seen,
            Err(error) => {
                let Some(folder) = folder else { return Err(error) };
                folder.save(game).map_err(|problem| folder.not_kept(problem))?;
                return Err(error.kept_in(folder.path()));
            }
        };
        (sum, count) = (sum + seen.bound, count + 1.0);
        show(game, &mut folder, &mut report)?;
        if game.step.is_multiple_of(pace.lines) || game.step == game.all_steps() {
            let (mean, deviation) = fit(game)?.unzip();
            let metrics = Metrics {
                step: game.step,
                bound: sum / count,
                critic_norm: seen.critic_norm,
                generator_norm: seen.generator_norm,
                mean,
                deviation,
            };
            (sum, count) = (0.0, 0.0);
            report(News::Line(&metrics));
            if let Some(folder) = folder.as_deref_mut() {
                folder.note(&metrics).map_err(|problem| folder.not_kept(problem))?;
                // At a line of metrics: a run that goes on from here begins a new average.
                let due = match pace.saves {
                    Some(lines) => game.step.is_multiple_of(pace.lines * lines),
                    None => saved.elapsed() > SAVE_AFTER,
                };
                if due || game.step == game.all_steps() {
                    folder.save(game).map_err(|problem| folder.not_kept(problem))?;
                    saved = Instant::now();
                }
            }
        }
    }
    Ok(())
}

/// μ and σ of a Gaussian generator on the line.
fn fit(game: &Game) -> Result<Option<(f64, f64)>> {
    measure::is_gaussian_on_the_line(game).then(|| measure::gaussian(game)).transpose()
}

/// Measures a trained game.
///
/// # Errors
/// Those of candle and of the quadrature.
pub fn outcome(game: &Game, samples: usize, best: Option<Fit>, seconds: f64) -> Result<Outcome> {
    let line = if let Some((mean, deviation)) = fit(game)? {
        let f = game.loss().divergence();
        let learned = Fit { mean, deviation, divergence: exact::divergence(f, mean, deviation)? };
        Some(OnTheLine { learned, best: best.or_else(|| exact::best(f).ok()) })
    } else {
        None
    };
    let quality = if let Data::Plane(modes) = &game.data {
        let mut random = Random::new(game.config.seed, Stream::Evaluation);
        let points = game.samples(POINTS, &mut random)?.to_dtype(DType::F32)?.flatten_all()?.to_vec1()?;
        Some(modes.quality(&points))
    } else {
        None
    };
    Ok(Outcome {
        divergence: game.config.divergence.clone(),
        data: game.config.data.clone(),
        seed: game.config.seed,
        steps: game.step,
        bound: measure::bound(game, samples)?,
        line,
        quality,
        seconds,
    })
}
