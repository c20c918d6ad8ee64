//! A run's folder: its settings, its metrics line by line, its checkpoint.
//!
//! ```text
//! config.json             the settings
//! metrics.jsonl           one line of JSON for every few steps
//! checkpoint.safetensors  everything that the next step depends on
//! result.json             what came out
//! lock                    held by the process that trains here
//! ```

use crate::fgan::Game;
use crate::{LabError, Result, checkpoint};
use candle_core::Device;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
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
}

/// A folder that a run is kept in.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    metrics: File,
    /// Held as long as the folder is; the system lets go of it when the process ends.
    _lock: File,
}

impl Folder {
    /// A new folder for a run. An old run in it is not overwritten.
    ///
    /// # Errors
    /// [`LabError::File`], [`LabError::InUse`], or [`LabError::Setting`] if a run is there
    /// already.
    pub fn create(path: &Path, game: &Game) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(LabError::file(path))?;
        let lock = lock(path)?;
        if checkpoint_in(path).exists() {
            let reason =
                format!("{} holds a run already; go on with --resume, or choose another", path.display());
            return Err(LabError::Setting { setting: "--run", reason });
        }
        write_json(&path.join("config.json"), &game.config)?;
        let metrics = path.join("metrics.jsonl");
        let file = File::create(&metrics).map_err(LabError::file(&metrics))?;
        let folder = Self { path: path.into(), metrics: file, _lock: lock };
        folder.save(game)?;
        Ok(folder)
    }

    /// The run in a folder, as its checkpoint has it; metrics of later steps, which the
    /// run wrote before it was killed, are taken back.
    ///
    /// # Errors
    /// Those of [`checkpoint::load`], [`LabError::File`] and [`LabError::InUse`].
    pub fn resume(path: &Path, device: &Device) -> Result<(Self, Game)> {
        let lock = lock(path)?;
        let game = checkpoint::load(&checkpoint_in(path), device)?;
        let metrics = path.join("metrics.jsonl");
        let text = std::fs::read_to_string(&metrics).map_err(LabError::file(&metrics))?;
        let before =
            |line: &&str| serde_json::from_str::<Metrics>(line).is_ok_and(|line| line.step <= game.step);
        let kept: String = text.lines().take_while(before).flat_map(|line| [line, "\n"]).collect();
        checkpoint::replace(&metrics, kept.as_bytes())?;
        let file = OpenOptions::new().append(true).open(&metrics).map_err(LabError::file(&metrics))?;
        Ok((Self { path: path.into(), metrics: file, _lock: lock }, game))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
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
        let path = self.path.join("metrics.jsonl");
        let line =
            serde_json::to_string(metrics).map_err(std::io::Error::from).map_err(LabError::file(&path))?;
        writeln!(self.metrics, "{line}").map_err(LabError::file(&path))
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

/// The right to train in a folder: one process at a time has it.
fn lock(folder: &Path) -> Result<File> {
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
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn checkpoint_in(folder: &Path) -> PathBuf {
    folder.join("checkpoint.safetensors")
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<()> {
    let text =
        serde_json::to_string_pretty(value).map_err(std::io::Error::from).map_err(LabError::file(path))?;
    checkpoint::replace(path, format!("{text}\n").as_bytes())
}
