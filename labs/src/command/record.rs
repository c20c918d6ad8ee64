//! `labs record`: makes the records that the book shows.

use super::fgan::{names, samples};
use super::settings::Settings;
use super::show;
use clap::Args;
use labs::fgan::table::{PAPER, side_by_side};
use labs::record::{self, Record};
use labs::{DeviceChoice, LabError, Result};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

#[derive(Debug, Args)]
pub(crate) struct RecordArguments {
    #[command(flatten)]
    settings: Settings,
    /// The divergences [default: those of the f-GAN paper; `named` or `all` for the catalogue]
    #[arg(long, value_name = "NAME,…")]
    divergences: Option<String>,
    /// The seeds 0 to N − 1
    #[arg(long, value_name = "N", default_value_t = 10)]
    seeds: u64,
    /// Fresh samples that the bound is measured on
    #[arg(long, default_value_t = 1_000_000, value_parser = samples())]
    samples: u64,
    /// The file; runs that it holds already are kept
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs the command.
pub(crate) fn run(arguments: &RecordArguments) -> Result<()> {
    let (device, _) = DeviceChoice::Cpu.open()?;
    let samples = arguments.samples as usize;
    let mut record = Record::open(&arguments.out, &arguments.settings.config(), samples)?;
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let command = format!("cargo run --release -p labs -- {}", typed.join(" "));
    if !record.recipe.commands.contains(&command) {
        record.recipe.commands.push(command);
    }
    // Seed after seed: a recording that is killed has as many of each divergence.
    let names = names(arguments.divergences.as_deref());
    let all = (0..arguments.seeds).flat_map(|seed| names.iter().map(move |name| (name.clone(), seed)));
    let jobs: Vec<(String, u64)> = all.filter(|(name, seed)| !record.has(name, *seed)).collect();
    let (record, start) = (Mutex::new(record), Instant::now());
    let results: Vec<Result<()>> = side_by_side(&jobs, |(name, seed)| {
        let config = locked(&record).config(name, *seed);
        // The course of one run of each of the paper's divergences: what figures show.
        let traced = *seed == 0 && PAPER.contains(&name.as_str());
        let (recorded, trace) = record::run(&config, samples, traced, &device)?;
        let end = recorded.failed.as_deref().unwrap_or("done").to_owned();
        let mut record = locked(&record);
        record.put(name, recorded, trace)?;
        show::tell(&format!("{name}, seed {seed}, after {:.0} s: {end}", start.elapsed().as_secs_f64()));
        record.write(&arguments.out)
    });
    results.into_iter().collect::<Result<(), LabError>>()
}

fn locked(record: &Mutex<Record>) -> std::sync::MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}
