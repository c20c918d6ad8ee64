//! The steps that are timed: the one of the peers, and the lab's own.
//!
//! The peers' step: draw a batch of data and noise, one critic step in the form of KL,
//! fresh noise, one generator step; two tanh layers each; Adam at 1e-3.

use crate::data::Data;
use crate::fgan::{Config, Game, GeneratorKind, Updates, cost};
use crate::mlp::team::Team;
use crate::mlp::{Kernels, multiply_adds_per_second};
use crate::schedule::Schedule;
use crate::sgd::Optimizer;
use crate::{DeviceChoice, Result};
use candle_core::Device;
use serde::Serialize;
use std::time::Instant;

/// Which step to time.
#[derive(Clone, Debug)]
pub struct Workload {
    config: Config,
    data: Data,
}

/// How quick it was.
#[derive(Clone, Debug, Serialize)]
pub struct Timing {
    /// Whose step.
    pub peer: &'static str,
    /// `cpu` or `cuda`.
    pub device: DeviceChoice,
    /// `plain` or `fused`.
    pub kernels: Kernels,
    /// `adam` or `sgd`.
    pub optimizer: Optimizer,
    /// Where the data come from.
    pub data: String,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Samples in a batch.
    pub batch: usize,
    /// Threads that were at hand.
    pub threads: usize,
    /// Steps a second.
    pub steps_per_s: f64,
    /// Multiply-adds that a step needs.
    pub multiply_adds_per_step: u64,
    /// Of these, 10⁹ operations a second, a multiply-add being two.
    pub gflops: f64,
    /// What the CPU could do; nothing is known of a GPU.
    #[serde(flatten)]
    pub limit: Option<Limit>,
}

/// How quick it could be.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Limit {
    /// 10⁹ operations a second where nothing but matrices is multiplied, measured now on
    /// these threads.
    pub matmul_gflops: f64,
    /// Steps a second if all else cost nothing.
    pub limit_steps_per_s: f64,
    /// How much of that was reached.
    pub share_of_limit: f64,
}

/// Steps before the clock starts.
const WARM_UP: u64 = 20;

impl Workload {
    /// The step of the peers: `dim` coordinates of data and noise.
    pub fn peers(hidden: usize, batch: usize, dim: usize) -> Self {
        let config = Config {
            divergence: "kl".into(),
            generator: GeneratorKind::Mlp,
            noise: dim,
            hidden,
            batch,
            polish: 0,
            updates: Updates::Alternating,
            critic_rate: 1e-3,
            generator_rate: 1e-3,
            schedule: Schedule::Constant,
            clip: None,
            ..Config::for_data("line")
        };
        Self { config, data: Data::Gaussian { dimension: dim } }
    }

    /// The lab's own step for `line`, `ring`, `grid` or a file.
    ///
    /// # Errors
    /// Those of [`Data::find`].
    pub fn own(data: &str) -> Result<Self> {
        Ok(Self { config: Config::for_data(data), data: Data::find(data)? })
    }

    /// With other kernels and another optimiser.
    pub fn with(mut self, kernels: Kernels, optimizer: Optimizer) -> Self {
        self.config = Config { kernels, optimizer, ..self.config };
        self
    }

    /// A game of this step that has not begun and lasts for so many.
    ///
    /// # Errors
    /// Those of [`Game::on`].
    pub fn game(&self, steps: u64, device: &Device) -> Result<Game> {
        Game::on(Config { steps, ..self.config.clone() }, self.data.clone(), device)
    }

    /// Times so many steps.
    ///
    /// # Errors
    /// Those of [`Game`].
    pub fn time(&self, steps: u64, device: &Device) -> Result<Timing> {
        let mut game = self.game(WARM_UP + steps, device)?;
        for _ in 0..WARM_UP {
            game.advance()?;
        }
        let start = Instant::now();
        for _ in 0..steps {
            game.advance()?;
        }
        device.synchronize()?;
        let steps_per_s = steps as f64 / start.elapsed().as_secs_f64();
        let products = cost::multiply_adds(&self.config, self.data.dimension());
        let limit = device.is_cpu().then(|| {
            let rate = multiply_adds_per_second();
            let limit = rate / products as f64;
            Limit {
                matmul_gflops: 2e-9 * rate,
                limit_steps_per_s: limit,
                share_of_limit: steps_per_s / limit,
            }
        });
        Ok(Timing {
            peer: "labs",
            device: if device.is_cpu() { DeviceChoice::Cpu } else { DeviceChoice::Cuda },
            kernels: self.config.kernels.on(device),
            optimizer: self.config.optimizer,
            data: self.config.data.clone(),
            hidden: self.config.hidden,
            batch: self.config.batch,
            threads: Team::current().threads(),
            steps_per_s,
            multiply_adds_per_step: products,
            gflops: 2e-9 * products as f64 * steps_per_s,
            limit,
        })
    }
}
