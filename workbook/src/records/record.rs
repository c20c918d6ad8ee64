//! What a record holds: its recipe, its settings, and the runs of each divergence.

use serde::{Deserialize, Deserializer, de::Error};

/// A file of recorded runs.
#[derive(Clone, Debug, Deserialize)]
pub struct Record {
    /// How it was made.
    pub recipe: Recipe,
    /// The settings of every run.
    pub settings: Settings,
    /// Fresh samples that each bound was measured on.
    pub samples: u64,
    /// One entry a divergence.
    pub divergences: Vec<Entry>,
}

/// How a record was made.
#[derive(Clone, Debug, Deserialize)]
pub struct Recipe {
    /// What was typed.
    pub commands: Vec<String>,
    /// Programs and their versions.
    pub versions: Vec<String>,
    /// The kind of machine.
    pub machine: String,
}

/// Those settings that a page tells.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// `line`, `ring` or `grid`.
    pub data: String,
    /// Units of a hidden layer.
    pub hidden: u64,
    /// Samples in a batch.
    pub batch: u64,
    /// Steps of both players.
    pub steps: u64,
    /// Further steps of the critic.
    pub polish: u64,
    /// The share of the steps over which the generator is averaged.
    pub average: f64,
    /// The critic's learning rate.
    pub critic_rate: f64,
    /// The generator's learning rate.
    pub generator_rate: f64,
}

/// The runs of one divergence.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// Its name in the catalogue.
    pub divergence: String,
    /// Is its loss a formula?
    pub closed: bool,
    /// On the line: the best Gaussian.
    pub best: Option<Fit>,
    /// One a seed.
    pub runs: Vec<Run>,
    /// The course of the first seed's run.
    pub trace: Option<Trace>,
}

/// A Gaussian and its divergence from the data.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Fit {
    /// μ
    pub mean: f64,
    /// σ
    pub deviation: f64,
    /// D_f(P‖N(μ, σ²)), in nats.
    #[serde(deserialize_with = "extended")]
    pub divergence: f64,
}

/// One run.
#[derive(Clone, Debug, Deserialize)]
pub struct Run {
    /// Its seed.
    pub seed: u64,
    /// What came out, if it came to its end.
    pub outcome: Option<Outcome>,
    /// What it said if not.
    pub failed: Option<String>,
}

/// What came out of a run.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    /// The learned bound on fresh samples.
    pub bound: Bound,
    /// On the line.
    pub line: Option<OnTheLine>,
    /// In the plane.
    pub quality: Option<Quality>,
    /// How long it took.
    pub seconds: f64,
}

/// A mean of samples.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Bound {
    /// The mean.
    #[serde(deserialize_with = "extended")]
    pub mean: f64,
    /// Its standard error.
    pub standard_error: Option<f64>,
}

/// A result on the line.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct OnTheLine {
    /// μ̂, σ̂ and the divergence there.
    pub learned: Fit,
}

/// A result in the plane.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Quality {
    /// Modes with at least one sample within three deviations.
    pub modes: u32,
    /// The share of such samples.
    pub high_quality: f64,
    /// KL of the shares of the modes from equal ones.
    pub reverse_kl: f64,
}

/// The course of a run.
#[derive(Clone, Debug, Deserialize)]
pub struct Trace {
    /// Steps taken, at each place.
    pub steps: Vec<u64>,
    /// The bound on the batches.
    pub bound: Vec<f64>,
    /// μ
    pub mean: Vec<f64>,
    /// σ
    pub deviation: Vec<f64>,
    /// (x, T(x)) of the trained critic.
    pub critic: Vec<(f64, f64)>,
    /// Samples over time.
    pub clouds: Vec<Cloud>,
}

/// Samples at one moment.
#[derive(Clone, Debug, Deserialize)]
pub struct Cloud {
    /// Steps taken.
    pub step: u64,
    /// Coordinates, point after point.
    pub points: Vec<f64>,
}

/// ∞ stands in JSON as a word.
fn extended<'d, D: Deserializer<'d>>(deserializer: D) -> Result<f64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Finite(f64),
        Words(String),
    }
    match Written::deserialize(deserializer)? {
        Written::Finite(x) => Ok(x),
        Written::Words(words) => {
            words.parse().map_err(|_| D::Error::custom(format!("`{words}` is no number")))
        }
    }
}

impl Record {
    /// The entry of a divergence.
    pub fn entry(&self, divergence: &str) -> Option<&Entry> {
        self.divergences.iter().find(|entry| entry.divergence == divergence)
    }
}

impl Entry {
    /// What came out of the runs that came to their end.
    pub fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.runs.iter().filter_map(|run| run.outcome.as_ref())
    }

    /// How many runs ended early.
    pub fn failures(&self) -> usize {
        self.runs.iter().filter(|run| run.failed.is_some()).count()
    }

    /// The Gaussians learned on the line.
    pub fn learned(&self) -> impl Iterator<Item = Fit> {
        self.outcomes().filter_map(|outcome| outcome.line.map(|line| line.learned))
    }

    /// How well the modes are covered in the plane.
    pub fn qualities(&self) -> impl Iterator<Item = Quality> {
        self.outcomes().filter_map(|outcome| outcome.quality)
    }
}
