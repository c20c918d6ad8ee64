//! A run's folder: its settings, its metrics line by line, its checkpoint.
//!
//! ```text
//! config.json             the settings
//! metrics.jsonl           one line of JSON for every few steps
//! samples.jsonl           samples at some moments
//! checkpoint.safetensors  everything that the next step depends on
//! result.json             what came out
//! *.svg                   the run in pictures
//! lock                    held by the process that trains here
//! ```

use crate::fgan::Game;
use crate::{LabError, Result, checkpoint};
use candle_core::Device;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// One line of the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Steps taken.
    pub step: u64,
    /// The bound F, averaged over the batches since the line before.
    pub bound: f64,
    /// The norm of the critic's last gradient.
    pub critic_norm: f64,
    /// The norm of the generator's last gradient.
    pub generator_norm: f64,
    /// μ of a Gaussian generator on the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// σ of a Gaussian generator on the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<f64>,
}

/// Samples of the generator at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cloud {
    /// Steps taken.
    pub step: u64,
    /// Coordinates, point after point.
    pub points: Vec<f64>,
}

/// A folder that a run is kept in.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    metrics: File,
    samples: File,
    _lock: Lock,
}

impl Folder {
    /// A new folder for a run. An old run in it is not overwritten.
    ///
    /// # Errors
    /// [`LabError::File`], [`LabError::InUse`], or [`LabError::Setting`] if a run is there
    /// already.
    pub fn create(path: &Path, game: &Game) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            let reason = format!("{} is a file; name a folder", path.display());
            return Err(LabError::Setting { setting: "--run", reason });
        }
        std::fs::create_dir_all(path).map_err(LabError::file(path))?;
        let lock = lock(path)?;
        if checkpoint_in(path).exists() {
            let reason =
                format!("{} holds a run already; go on with --resume, or choose another", path.display());
            return Err(LabError::Setting { setting: "--run", reason });
        }
        write_json(&path.join(CONFIG), &game.config)?;
        let create = |name| {
            let file = path.join(name);
            File::create(&file).map_err(LabError::file(&file))
        };
        let folder =
            Self { path: path.into(), metrics: create(METRICS)?, samples: create(SAMPLES)?, _lock: lock };
        folder.save(game)?;
        Ok(folder)
    }

    /// The run in a folder, as its checkpoint has it; metrics of later steps, which the
    /// run wrote before it was killed, are taken back.
    ///
    /// # Errors
    /// Those of [`checkpoint::load`], [`LabError::File`], [`LabError::InUse`], and
    /// [`LabError::Setting`] if no run is there.
    pub fn resume(path: &Path, device: &Device) -> Result<(Self, Game)> {
        if !checkpoint_in(path).exists() {
            let reason = format!("no run is in {}: it has no {CHECKPOINT}", path.display());
            return Err(LabError::Setting { setting: "--resume", reason });
        }
        let lock = lock(path)?;
        let game = checkpoint::load(&checkpoint_in(path), device)?;
        // As they are: the file may be gone, or another run's.
        write_json(&path.join(CONFIG), &game.config)?;
        let metrics = shorten(&path.join(METRICS), |line: &Metrics| line.step <= game.step)?;
        let samples = shorten(&path.join(SAMPLES), |cloud: &Cloud| cloud.step <= game.step)?;
        Ok((Self { path: path.into(), metrics, samples, _lock: lock }, game))
    }

    /// A problem with this folder, and what it means for the run.
    pub fn not_kept(&self, problem: LabError) -> LabError {
        LabError::NotKept { problem: problem.into(), folder: self.path.clone() }
    }

    /// Adds a line to the metrics.
    ///
    /// # Errors
    /// [`LabError::File`].
    pub fn note(&mut self, metrics: &Metrics) -> Result<()> {
        append(&mut self.metrics, &self.path.join(METRICS), metrics)
    }

    /// Adds samples.
    ///
    /// # Errors
    /// [`LabError::File`].
    pub fn note_cloud(&mut self, cloud: &Cloud) -> Result<()> {
        append(&mut self.samples, &self.path.join(SAMPLES), cloud)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All metrics and samples so far.
    ///
    /// # Errors
    /// [`LabError::File`].
    pub fn course(&self) -> Result<(Vec<Metrics>, Vec<Cloud>)> {
        Ok((lines(&self.path.join(METRICS))?, lines(&self.path.join(SAMPLES))?))
    }

    /// Saves the state of the run.
    ///
    /// # Errors
    /// [`LabError::File`].
    pub fn save(&self, game: &Game) -> Result<()> {
        checkpoint::save(game, &checkpoint_in(&self.path))
    }

    /// Keeps what came out.
    ///
    /// # Errors
    /// [`LabError::File`].
    pub fn finish(&self, result: &impl Serialize) -> Result<()> {
        write_json(&self.path.join("result.json"), result)
    }
}

const CHECKPOINT: &str = "checkpoint.safetensors";
const CONFIG: &str = "config.json";
const METRICS: &str = "metrics.jsonl";
const SAMPLES: &str = "samples.jsonl";

fn append(file: &mut File, path: &Path, value: &impl Serialize) -> Result<()> {
    let line = serde_json::to_string(value).map_err(std::io::Error::from).map_err(LabError::file(path))?;
    writeln!(file, "{line}").map_err(LabError::file(path))
}

/// The lines of a file up to the first that cannot be read.
fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = std::fs::read_to_string(path).map_err(LabError::file(path))?;
    Ok(text.lines().map_while(|line| serde_json::from_str(line).ok()).collect())
}

/// Cuts a file of lines after those that are kept, and opens it for more; one that is gone is
/// begun anew.
fn shorten<T: DeserializeOwned>(path: &Path, keep: impl Fn(&T) -> bool) -> Result<File> {
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.map_err(LabError::file(path))?,
    };
    let kept = |line: &&str| serde_json::from_str(line).is_ok_and(|line| keep(&line));
    let kept: String = text.lines().take_while(kept).flat_map(|line| [line, "\n"]).collect();
    checkpoint::replace(path, kept.as_bytes())?;
    OpenOptions::new().append(true).open(path).map_err(LabError::file(path))
}

/// The right to train in a folder: one process at a time has it. The system lets go of it
/// when the process ends.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    /// Closing the file is not enough: a program that another thread is just starting
    /// holds a copy of it until it runs, and the lock with it.
    fn drop(&mut self) {
        // Where it cannot be given back it was never taken.
        let _ = self.0.unlock();
    }
}

fn lock(folder: &Path) -> Result<Lock> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(LabError::file(&path))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(LabError::InUse(folder.to_owned())),
        // Some file systems have no locks: then nobody watches.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(file)),
    }
}

fn checkpoint_in(folder: &Path) -> PathBuf {
    folder.join(CHECKPOINT)
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    let text =
        serde_json::to_string_pretty(value).map_err(std::io::Error::from).map_err(LabError::file(path))?;
    checkpoint::replace(path, format!("{text}\n").as_bytes())
}
