//! What can go wrong in a lab: each case in one line that says what to do.

use std::path::{Path, PathBuf};
use thiserror::Error;

/// A lab's result.
pub type Result<T, E = LabError> = std::result::Result<T, E>;

/// A tensor, or why candle could not compute it.
pub type Computed = candle_core::Result<candle_core::Tensor>;

/// What can go wrong in a lab.
#[derive(Debug, Error)]
pub enum LabError {
    /// A tensor operation failed.
    #[error("{0}")]
    Tensor(#[from] candle_core::Error),
    /// A name that no divergence answers to.
    #[error("{0}")]
    Divergence(#[from] vdm::catalogue::UnknownDivergence),
    /// A law with impossible parameters.
    #[error("{0}")]
    Law(#[from] vdm::density::DensityError),
    /// An exact value that cannot be computed.
    #[error("the exact divergence: {0}")]
    Quadrature(#[from] vdm::quadrature::QuadratureError),
    /// A device that was asked for and is not there.
    #[error("no CUDA device: {reason}; use --device cpu, or auto to take what is there")]
    NoDevice {
        /// Why.
        reason: String,
    },
    /// A setting that makes no sense.
    #[error("{setting}: {reason}")]
    Setting {
        /// The setting's name.
        setting: &'static str,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// A file that could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A checkpoint that cannot be used.
    #[error("the checkpoint {} cannot be used: {reason}", path.display())]
    Checkpoint {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of data that cannot be used.
    #[error("{}: {reason}", path.display())]
    Data {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it, with the line where it is.
        reason: String,
    },
    /// Training ran into a number that is none.
    #[error(
        "step {step}: the {what} is {value}{}; a smaller --learning-rate or --clip 1 may help",
        kept_before(kept.as_deref())
    )]
    NotFinite {
        /// The step that was not taken.
        step: u64,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The folder that holds the steps before.
        kept: Option<PathBuf>,
    },
    /// Ctrl-C.
    #[error("stopped{}{}", at(*step), going_on(kept.as_deref()))]
    Stopped {
        /// Steps taken, of a single run.
        step: Option<u64>,
        /// The folder that the run is kept in.
        kept: Option<PathBuf>,
    },
    /// The run could not be kept.
    #[error("{problem}; the checkpoint before is whole: make room and go on with --resume {}", folder.display())]
    NotKept {
        /// What went wrong.
        problem: Box<LabError>,
        /// The run's folder.
        folder: PathBuf,
    },
    /// A run's folder that another process works in.
    #[error("another process trains in {}; wait for it, or choose another --run", .0.display())]
    InUse(PathBuf),
    /// Nobody may listen for Ctrl-C.
    #[error("Ctrl-C cannot be listened for: {0}")]
    Interrupt(String),
    /// The minimiser found no optimum.
    #[error("the best Gaussian under {name} was not found: {reason}")]
    NoOptimum {
        /// The divergence.
        name: String,
        /// Why.
        reason: String,
    },
}

fn at(step: Option<u64>) -> String {
    step.map_or_else(String::new, |step| format!(" at step {step}"))
}

fn going_on(folder: Option<&Path>) -> String {
    folder.map_or_else(String::new, |folder| format!("; go on with --resume {}", folder.display()))
}

fn kept_before(folder: Option<&Path>) -> String {
    folder.map_or_else(String::new, |folder| format!("; {} keeps the steps before", folder.display()))
}

impl LabError {
    /// What ended a run that a folder keeps.
    #[must_use]
    pub fn kept_in(mut self, folder: &Path) -> Self {
        if let Self::NotFinite { kept, .. } | Self::Stopped { kept, .. } = &mut self {
            *kept = Some(folder.to_owned());
        }
        self
    }

    /// An error of the file system, with the file that it is about.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }
}
