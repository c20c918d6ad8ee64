//! `labs bench fgan`.

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand};
use labs::bench::{Workload, run as time};
use labs::mlp::Kernels;
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
    /// Steps to time
    #[arg(long, default_value_t = 1000, value_parser = size())]
    steps: u64,
    /// How networks are computed
    #[arg(long, value_enum, default_value_t)]
    kernels: Kernels,
    /// Where
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
    let &FganBench { hidden, batch, dim, steps, kernels, device, json } = arguments;
    let (device, note) = device.open()?;
    if let Some(note) = note {
        eprintln!("{note}");
    }
    let [hidden, batch, dim] = [hidden, batch, dim].map(|size| size as usize);
    let timing = time(&Workload { hidden, batch, dim, steps, kernels }, &device)?;
    if json {
        super::show::json(&timing)
    } else {
        println!("{:.1} steps a second on {} threads", timing.steps_per_s, timing.threads);
        Ok(())
    }
}
