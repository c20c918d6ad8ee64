//! Recorded runs: what the book shows of this lab, with the recipe beside it.
//!
//! A record is one JSON file. It is written anew after every run, whole or not at all,
//! and a recording that was killed goes on where it was. Of every run it keeps the final
//! numbers; of the first seed of some divergences also a trace: the curves, the critic,
//! and samples over time, thinned.

use crate::data::Data;
use crate::fgan::exact::{self, Fit};
use crate::fgan::run::{self, News, Outcome, Pace};
use crate::fgan::{Config, Game, measure};
use crate::folder::Cloud;
use crate::loss::Loss;
use crate::{LabError, Result, checkpoint};
use candle_core::Device;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Instant;

/// A file of recorded runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// How to make it again.
    pub recipe: Recipe,
    /// The settings of every run; divergence and seed stand with the run.
    pub settings: Config,
    /// Fresh samples that each bound was measured on.
    pub samples: usize,
    /// One entry a divergence.
    pub divergences: Vec<Entry>,
}

/// How a record was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// What was typed.
    pub commands: Vec<String>,
    /// This crate's version and candle's.
    pub versions: Vec<String>,
    /// The kind of machine.
    pub machine: String,
}

/// The runs of one divergence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its name in the catalogue.
    pub divergence: String,
    /// Is its loss a formula?
    pub closed: bool,
    /// On the line: the best Gaussian; none if it is infinite everywhere or was not found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Fit>,
    /// One a seed.
    pub runs: Vec<Recorded>,
    /// The course of the first seed's run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
}

/// One run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// Its seed.
    pub seed: u64,
    /// What came out; none of a run that ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What a run that ended early said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// The course of a run, thinned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Steps taken, at each of the places below.
    pub steps: Vec<u64>,
    /// The bound on the batches, averaged since the place before.
    pub bound: Vec<f64>,
    /// On the line: μ.
    pub mean: Vec<f64>,
    /// On the line: σ.
    pub deviation: Vec<f64>,
    /// On the line: the trained critic, as pairs (x, T(x)).
    pub critic: Vec<[f64; 2]>,
    /// Samples over time; in the plane only.
    pub clouds: Vec<Cloud>,
}

/// Places of a trace's curves.
const PLACES: u64 = 100;
/// Samples of a cloud.
const CLOUD: usize = 200;

/// Six digits, enough for a figure.
fn rounded(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

impl Record {
    /// The record in a file, or a new one.
    ///
    /// # Errors
    /// [`LabError::Setting`] if the file was made with other settings, [`LabError::File`]
    /// if it cannot be read.
    pub fn open(path: &Path, settings: &Config, samples: usize) -> Result<Self> {
        let settings = Config { divergence: String::new(), seed: 0, ..settings.clone() };
        if !path.exists() {
            let recipe = Recipe { commands: Vec::new(), versions: versions(), machine: machine() };
            return Ok(Self { recipe, settings, samples, divergences: Vec::new() });
        }
        let record = Self::read(path)?;
        if record.settings != settings || record.samples != samples {
            let reason = format!("{} was made with other settings; choose another file", path.display());
            return Err(LabError::Setting { setting: "--out", reason });
        }
        Ok(record)
    }

    /// The record in a file.
    ///
    /// # Errors
    /// [`LabError::File`]
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(LabError::file(path))?;
        serde_json::from_str(&text).map_err(std::io::Error::from).map_err(LabError::file(path))
    }

    /// Writes the record, whole or not at all.
    ///
    /// # Errors
    /// [`LabError::File`]
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string(self).map_err(std::io::Error::from).map_err(LabError::file(path))?;
        // One run a line: what changed can be read from a difference.
        let text =
            text.replace("{\"seed\":", "\n{\"seed\":").replace("{\"divergence\":", "\n{\"divergence\":");
        checkpoint::replace(path, format!("{text}\n").as_bytes())
    }

    /// Is this run there?
    pub fn has(&self, name: &str, seed: u64) -> bool {
        let mut entries = self.divergences.iter().filter(|entry| entry.divergence == name);
        entries.any(|entry| entry.runs.iter().any(|run| run.seed == seed))
    }

    /// The settings of one of its runs.
    pub fn config(&self, name: &str, seed: u64) -> Config {
        Config { divergence: name.into(), seed, ..self.settings.clone() }
    }

    /// Puts a run in its place.
    ///
    /// # Errors
    /// For an unknown divergence.
    pub fn put(&mut self, name: &str, recorded: Recorded, trace: Option<Trace>) -> Result<()> {
        let at = match self.divergences.iter().position(|entry| entry.divergence == name) {
            Some(at) => at,
            None => {
                let loss = Loss::find(name)?;
                let on_line = matches!(Data::find(&self.settings.data)?, Data::Line);
                let best = on_line.then(|| exact::best(loss.divergence()).ok()).flatten();
                let closed = loss.is_closed();
                self.divergences.push(Entry {
                    divergence: name.into(),
                    closed,
                    best,
                    runs: Vec::new(),
                    trace: None,
                });
                self.divergences.len() - 1
            }
        };
        let entry = &mut self.divergences[at];
        entry.runs.push(recorded);
        entry.runs.sort_by_key(|run| run.seed);
        entry.trace = trace.or(entry.trace.take());
        Ok(())
    }
}

/// Trains once and keeps what came out; with `traced` also the course of it.
///
/// # Errors
/// Those of settings; a run that ends early is a result.
pub fn run(
    config: &Config,
    samples: usize,
    traced: bool,
    device: &Device,
) -> Result<(Recorded, Option<Trace>)> {
    let start = Instant::now();
    let mut game = Game::new(config.clone(), device)?;
    let mut trace = Trace::default();
    let pace = Pace { lines: (game.all_steps() / PLACES).max(1), saves: None, cloud: CLOUD };
    let trained = run::train(&mut game, None, pace, |news| match news {
        News::Line(metrics) => {
            trace.steps.push(metrics.step);
            trace.bound.push(rounded(metrics.bound));
            trace.mean.extend(metrics.mean.map(rounded));
            trace.deviation.extend(metrics.deviation.map(rounded));
        }
        News::Cloud(cloud) => trace.clouds.push(cloud.clone()),
    });
    let seed = config.seed;
    let outcome = trained.and_then(|()| run::outcome(&game, samples, None, start.elapsed().as_secs_f64()));
    let recorded = match outcome {
        Ok(mut outcome) => {
            outcome.seconds = (outcome.seconds * 10.0).round() / 10.0;
            Recorded { seed, outcome: Some(outcome), failed: None }
        }
        Err(error @ LabError::Stopped { .. }) => return Err(error),
        Err(error) => Recorded { seed, outcome: None, failed: Some(error.to_string()) },
    };
    if !traced || recorded.outcome.is_none() {
        return Ok((recorded, None));
    }
    if matches!(game.data, Data::Line) {
        trace.clouds.clear();
        trace.critic = measure::critic(&game)?.into_iter().map(|(x, t)| [rounded(x), rounded(t)]).collect();
    }
    Ok((recorded, Some(trace)))
}

/// This crate's version, and candle's as the lock file has it.
fn versions() -> Vec<String> {
    let lock = include_str!("../../Cargo.lock");
    let candle = lock
        .split_once("name = \"candle-core\"\nversion = \"")
        .map_or("?", |(_, rest)| rest.split('"').next().unwrap_or("?"));
    vec![format!("labs {}", env!("CARGO_PKG_VERSION")), format!("candle-core {candle}")]
}

/// The kind of machine, without its name.
fn machine() -> String {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    #[cfg(target_arch = "x86_64")]
    let lanes = if std::arch::is_x86_feature_detected!("avx512f") {
        " with AVX-512"
    } else if std::arch::is_x86_feature_detected!("avx2") {
        " with AVX2"
    } else {
        ""
    };
    #[cfg(not(target_arch = "x86_64"))]
    let lanes = "";
    format!("{threads} threads, {}{lanes}", std::env::consts::ARCH)
}
