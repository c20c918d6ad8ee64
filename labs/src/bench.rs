//! The step that is timed against other frameworks.
//!
//! Draw a batch of data and noise, one critic step in the form of KL, fresh noise, one
//! generator step; two tanh layers each; Adam at 1e-3.

use crate::Result;
use crate::data::Data;
use crate::fgan::{Config, Game, GeneratorKind, Updates};
use crate::mlp::Kernels;
use crate::mlp::team::Team;
use crate::schedule::Schedule;
use candle_core::Device;
use serde::Serialize;
use std::time::Instant;

/// Which step to time.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Samples in a batch.
    pub batch: usize,
    /// Coordinates of data and noise.
    pub dim: usize,
    /// Steps to time, after a warm-up of 20.
    pub steps: u64,
    /// How networks are computed.
    pub kernels: Kernels,
}

/// How quick it was.
#[derive(Clone, Debug, Serialize)]
pub struct Timing {
    /// Whose step.
    pub peer: &'static str,
    /// `plain` or `fused`.
    pub kernels: Kernels,
    /// Threads that were at hand.
    pub threads: usize,
    /// Steps a second.
    pub steps_per_s: f64,
}

/// Steps before the clock starts.
const WARM_UP: u64 = 20;

/// Times the step.
///
/// # Errors
/// Those of [`Game`].
pub fn run(workload: &Workload, device: &Device) -> Result<Timing> {
    let config = Config {
        divergence: "kl".into(),
        generator: GeneratorKind::Mlp,
        noise: workload.dim,
        hidden: workload.hidden,
        batch: workload.batch,
        steps: WARM_UP + workload.steps,
        polish: 0,
        updates: Updates::Alternating,
        critic_rate: 1e-3,
        generator_rate: 1e-3,
        schedule: Schedule::Constant,
        clip: None,
        kernels: workload.kernels,
        ..Config::for_data("line")
    };
    let mut game = Game::on(config, Data::Gaussian { dimension: workload.dim }, device)?;
    for _ in 0..WARM_UP {
        game.advance()?;
    }
    let start = Instant::now();
    for _ in 0..workload.steps {
        game.advance()?;
    }
    device.synchronize()?;
    Ok(Timing {
        peer: "labs",
        kernels: workload.kernels,
        threads: Team::current().threads(),
        steps_per_s: workload.steps as f64 / start.elapsed().as_secs_f64(),
    })
}
