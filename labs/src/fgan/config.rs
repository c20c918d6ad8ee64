//! The settings of a run: all that decides its numbers, and the file that keeps them.

use crate::adam::Betas;
use crate::mlp::Kernels;
use crate::schedule::Schedule;
use crate::sgd::Optimizer;
use crate::{LabError, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// Who moves when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Updates {
    /// One backward pass gives both players' gradients; both step at once.
    #[default]
    Single,
    /// Critic steps on its own batches, then one of the generator.
    Alternating,
}

/// How noise becomes samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GeneratorKind {
    /// x = μ + σz: the law N(μ, σ²), as in the f-GAN paper's table.
    #[default]
    Gaussian,
    /// A network of two hidden layers.
    Mlp,
}

/// The precision of a run's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 32 bits.
    #[default]
    F32,
    /// 64 bits.
    F64,
}

/// All settings of a run. With the same settings on the same machine, the same bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// The divergence's name in the catalogue.
    pub divergence: String,
    /// `line`, `ring`, `grid` or a CSV file.
    pub data: String,
    /// How noise becomes samples.
    pub generator: GeneratorKind,
    /// Numbers of noise a sample is made from (a network's; a Gaussian takes as many as
    /// the data have coordinates).
    pub noise: usize,
    /// Units of each hidden layer of the critic and of a generating network.
    pub hidden: usize,
    /// Samples in a batch.
    pub batch: usize,
    /// Steps in which both players move.
    pub steps: u64,
    /// Further steps of the critic alone, which tighten the bound.
    pub polish: u64,
    /// Who moves when.
    pub updates: Updates,
    /// Critic steps before each generator step, if they alternate.
    pub critic_steps: u32,
    /// The generator maximises E_q g_f(V) instead of minimising −E_q f\*(g_f(V)).
    pub heuristic: bool,
    /// The critic's learning rate.
    pub critic_rate: f64,
    /// The generator's learning rate.
    pub generator_rate: f64,
    /// How the learning rates fall.
    pub schedule: Schedule,
    /// The deviation at first of Gaussian noise on data and samples alike, which falls to
    /// nothing over the run; 0 for none.
    pub blur: f64,
    /// The last part of the steps of both players, over which the generator is averaged: a
    /// share of 1, or 0 for none. The mean takes its place before the critic's further steps.
    pub average: f64,
    /// How a player moves along its gradient.
    #[serde(default)]
    pub optimizer: Optimizer,
    /// Adam's memories.
    pub betas: Betas,
    /// The norm that a gradient is clipped to.
    pub clip: Option<f64>,
    /// How networks are computed.
    pub kernels: Kernels,
    /// The precision of the numbers.
    pub precision: Precision,
    /// The seed of everything.
    pub seed: u64,
}

impl Config {
    /// The lab's own settings for some data.
    ///
    /// # Errors
    /// Those of [`crate::data::Data::find`].
    pub fn for_data(data: &str) -> Self {
        let line = Self {
            divergence: "kl".into(),
            data: data.into(),
            generator: GeneratorKind::Gaussian,
            noise: 1,
            hidden: 64,
            batch: 1024,
            steps: 6000,
            polish: 2000,
            updates: Updates::Single,
            critic_steps: 1,
            heuristic: false,
            critic_rate: 0.01,
            generator_rate: 0.01,
            schedule: Schedule::Cosine,
            blur: 0.0,
            average: 0.3,
            optimizer: Optimizer::Adam,
            betas: Betas::default(),
            clip: Some(10.0),
            kernels: Kernels::Fused,
            precision: Precision::F32,
            seed: 0,
        };
        match data {
            "line" => line,
            _ => Self {
                generator: GeneratorKind::Mlp,
                noise: 2,
                hidden: 64,
                batch: 256,
                steps: 72_000,
                polish: 0,
                updates: Updates::Alternating,
                heuristic: true,
                critic_rate: 2e-3,
                generator_rate: 4e-3,
                blur: 0.5,
                average: 0.0,
                betas: Betas { first: 0.5, second: 0.999 },
                ..line
            },
        }
    }

    /// Are the numbers of a size that makes sense?
    ///
    /// # Errors
    /// [`LabError::Setting`], which names the first that is not.
    pub fn check(&self) -> Result<()> {
        let positive = |setting, value: f64| {
            if value.is_finite() && value > 0.0 {
                return Ok(());
            }
            Err(LabError::Setting { setting, reason: format!("{value} is not a number above 0") })
        };
        let counts = [
            ("--hidden", self.hidden as u64),
            ("--batch", self.batch as u64),
            ("--noise", self.noise as u64),
            ("--critic-steps", u64::from(self.critic_steps)),
        ];
        for (setting, value) in counts {
            if !(1..=1 << 20).contains(&value) {
                let reason = format!("{value} is not between 1 and {}", 1 << 20);
                return Err(LabError::Setting { setting, reason });
            }
        }
        if !(0.0..=1e6).contains(&self.blur) {
            let reason = format!("{} is not between 0 and a million", self.blur);
            return Err(LabError::Setting { setting: "--blur", reason });
        }
        if !(0.0..=1.0).contains(&self.average) {
            let reason = format!("{} is no share between 0 and 1", self.average);
            return Err(LabError::Setting { setting: "--average", reason });
        }
        // A layer's weights, and a batch on its way through it.
        let most = self.hidden.max(self.batch) as u64 * self.hidden.max(self.noise) as u64;
        if most > 1 << 28 {
            let reason = format!("{} units and batches of {} need too much memory", self.hidden, self.batch);
            return Err(LabError::Setting { setting: "--hidden", reason });
        }
        for (setting, steps) in [("--steps", self.steps), ("--polish", self.polish)] {
            if steps > 1 << 40 {
                let reason = format!("{steps} are more than a lifetime takes");
                return Err(LabError::Setting { setting, reason });
            }
        }
        for (setting, beta) in [("--beta1", self.betas.first), ("Adam's second memory", self.betas.second)] {
            if !(0.0..1.0).contains(&beta) {
                let reason = format!("{beta} is not at least 0 and below 1");
                return Err(LabError::Setting { setting, reason });
            }
        }
        positive("--critic-rate", self.critic_rate)?;
        positive("--generator-rate", self.generator_rate)?;
        self.clip.map_or(Ok(()), |clip| positive("--clip", clip))
    }
}
