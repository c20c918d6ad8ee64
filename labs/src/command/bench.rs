//! `labs bench fgan`: times the step that the peers are timed on.

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand};
use labs::bench::Workload;
use labs::mlp::Kernels;
use labs::sgd::Optimizer;
use labs::{DeviceChoice, Result};

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// One critic and one generator step: two tanh layers each, KL, Adam
    Fgan(FganBench),
}

#[derive(Debug, Args)]
pub(crate) struct FganBench {
    /// Units of a hidden layer
    #[arg(long, default_value_t = 64, value_parser = size())]
    hidden: u64,
    /// Samples in a batch
    #[arg(long, default_value_t = 256, value_parser = size())]
    batch: u64,
    /// Coordinates of data and noise
    #[arg(long, default_value_t = 1, value_parser = size())]
    dim: u64,
    /// The lab's own step for these data instead: line, ring, grid or a CSV file
    #[arg(long, value_name = "DATA", conflicts_with_all = ["hidden", "batch", "dim"])]
    preset: Option<String>,
    /// Steps to time
    #[arg(long, default_value_t = 1000, value_parser = size())]
    steps: u64,
    /// How the players move along their gradients
    #[arg(long, value_enum, default_value_t)]
    optimizer: Optimizer,
    /// How networks are computed
    #[arg(long, value_enum, default_value_t)]
    kernels: Kernels,
    /// Where it is computed
    #[arg(long, value_enum, default_value_t)]
    device: DeviceChoice,
    /// One line of JSON
    #[arg(long)]
    json: bool,
}

/// A size of something that is there, and fits into memory.
fn size() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=1 << 20)
}

/// Runs the command.
pub(crate) fn run(command: &BenchCommand) -> Result<()> {
    let BenchCommand::Fgan(arguments) = command;
    let &FganBench { hidden, batch, dim, steps, optimizer, kernels, device, json, .. } = arguments;
    let (device, note) = device.open()?;
    if let Some(note) = note {
        super::show::tell(&note);
    }
    let [hidden, batch, dim] = [hidden, batch, dim].map(|size| size as usize);
    let workload = match &arguments.preset {
        Some(data) => Workload::own(data)?,
        None => Workload::peers(hidden, batch, dim),
    };
    let timing = workload.with(kernels, optimizer).time(steps, &device)?;
    if json {
        return super::show::json(&timing);
    }
    let place = if device.is_cpu() { format!("{} threads", timing.threads) } else { "the GPU".into() };
    let limit = timing.limit.map_or_else(String::new, |limit| {
        format!(
            "; products alone reach {:.0} GFLOP/s, so {:.0} % of the limit of {:.0} steps a second",
            limit.matmul_gflops,
            100.0 * limit.share_of_limit,
            limit.limit_steps_per_s,
        )
    });
    super::show::print(&format!(
        "{:.1} steps a second on {place}: {:.1} million multiply-adds a step, {:.0} GFLOP/s{limit}",
        timing.steps_per_s,
        1e-6 * timing.multiply_adds_per_step as f64,
        timing.gflops,
    ))
}
