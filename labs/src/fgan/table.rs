//! The f-GAN paper's table: what each divergence learns on the line, over seeds.

use super::config::Config;
use super::exact::{self, Fit};
use super::game::Game;
use super::measure::Mean;
use super::run::{self, Outcome, Pace};
use crate::Result;
use crate::device::another_handle;
use crate::mlp::team::Team;
use candle_core::Device;
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use vdm::catalogue::find;

/// The divergences of the paper's table, in its order.
pub const PAPER: [&str; 5] = ["kl", "reverse_kl", "fgan_js", "jeffreys", "pearson_chi2"];

/// One divergence's column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The divergence trained with.
    pub divergence: String,
    /// Is its loss a formula, or numeric?
    pub closed: bool,
    /// The optimum; none if the divergence is infinite everywhere or was not found.
    pub best: Option<Fit>,
    /// F on fresh samples.
    pub bound: Mean,
    /// The exact divergence at (μ̂, σ̂).
    pub exact: Mean,
    /// (F − D_f)/D_f at (μ̂, σ̂).
    pub gap: Mean,
    /// μ̂
    pub mean: Mean,
    /// σ̂
    pub deviation: Mean,
    /// |μ̂ − μ\*|
    pub mean_error: Option<Mean>,
    /// |σ̂ − σ\*|
    pub deviation_error: Option<Mean>,
    /// The exact divergences of the paper's table at (μ̂, σ̂): a row of the cross-table.
    pub across: Vec<Mean>,
    /// Seeds whose run ended early, with what they said.
    pub failed: Vec<String>,
    /// The runs.
    pub runs: Vec<Outcome>,
}

/// Trains with every divergence and seed; `ended` is told of each run how it ended.
///
/// # Errors
/// For an unknown divergence; a run that fails is a line of its column.
pub fn fill(
    names: &[String],
    seeds: &[u64],
    settings: &Config,
    samples: usize,
    device: &Device,
    ended: impl Fn(&str, u64, &str) + Sync,
) -> Result<Vec<Column>> {
    for name in names {
        find(name)?;
    }
    let best: Vec<Option<Fit>> =
        names.par_iter().map(|name| find(name).ok().and_then(|f| exact::best(&f).ok())).collect();
    let jobs: Vec<(usize, u64)> =
        (0..names.len()).flat_map(|at| seeds.iter().map(move |&seed| (at, seed))).collect();
    let results = side_by_side(&jobs, |&(at, seed)| {
        let config = Config { divergence: names[at].clone(), seed, ..settings.clone() };
        let result = one(config, best[at], samples, device);
        let how = result.as_ref().map_or_else(ToString::to_string, |_| "done".into());
        ended(&names[at], seed, &how);
        (at, result)
    });
    let mut columns = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let (mut runs, mut failed) = (Vec::new(), Vec::new());
        for (_, result) in results.iter().filter(|(of, _)| *of == at) {
            match result {
                Ok(outcome) => runs.push(outcome.clone()),
                Err(error) => failed.push(error.to_string()),
            }
        }
        columns.push(column(name, best[at], runs, failed)?);
    }
    Ok(columns)
}

/// Runs jobs on all cores, each on one thread: nothing is lost to waiting for shards.
pub fn side_by_side<J: Sync, R: Send>(jobs: &[J], run: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let work = || {
        while let Some((at, job)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            jobs.get(at).map(|job| (at, job))
        } {
            let result = run(job);
            if let Ok(mut results) = results.lock() {
                results.push((at, result));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..Team::current().threads() {
            scope.spawn(|| Team::new(1).install(work));
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

fn one(config: Config, best: Option<Fit>, samples: usize, device: &Device) -> Result<Outcome> {
    let start = Instant::now();
    let mut game = Game::new(config, &another_handle(device)?)?;
    run::train(&mut game, None, Pace::default(), |_| {})?;
    run::outcome(&game, samples, best, start.elapsed().as_secs_f64())
}

fn column(name: &str, best: Option<Fit>, runs: Vec<Outcome>, failed: Vec<String>) -> Result<Column> {
    let learned: Vec<Fit> = runs.iter().filter_map(|run| run.line.map(|line| line.learned)).collect();
    let over = |value: &dyn Fn(&Fit) -> f64| Mean::of(&learned.iter().map(value).collect::<Vec<_>>());
    let gaps: Vec<f64> = runs
        .iter()
        .zip(&learned)
        .map(|(run, fit)| (run.bound.mean - fit.divergence) / fit.divergence.abs())
        .collect();
    let mut across = Vec::new();
    for other in PAPER {
        let f = find(other)?;
        across.push(over(&|fit| exact::divergence(&f, fit.mean, fit.deviation).unwrap_or(f64::INFINITY)));
    }
    Ok(Column {
        divergence: name.into(),
        closed: crate::Loss::find(name)?.is_closed(),
        best,
        bound: Mean::of(&runs.iter().map(|run| run.bound.mean).collect::<Vec<_>>()),
        exact: over(&|fit| fit.divergence),
        gap: Mean::of(&gaps),
        mean: over(&|fit| fit.mean),
        deviation: over(&|fit| fit.deviation),
        mean_error: best.map(|best| over(&|fit| (fit.mean - best.mean).abs())),
        deviation_error: best.map(|best| over(&|fit| (fit.deviation - best.deviation).abs())),
        across,
        failed,
        runs,
    })
}
