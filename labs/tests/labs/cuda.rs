//! The labs on a GPU, against the CPU. Compiled with the feature `cuda`; where there is no
//! GPU, each test says so.

use crate::numbers::{near, numbers};
use crate::same_run::{STEPS, apart, each_run, go, parameters, trained};
use candle_core::{DType, Device, Tensor, Var};
use labs::fgan::{Config, Game, Precision, measure};
use labs::mlp::Kernels;
use labs::{DeviceChoice, Loss, checkpoint};
use std::io::Write;

/// The GPU, or a line that says why nothing was tested.
fn gpu() -> Option<Device> {
    match DeviceChoice::Cuda.open() {
        Ok((device, _)) => Some(device),
        Err(why) => {
            // Not `eprintln!`, which the harness keeps to itself if a test passes.
            writeln!(std::io::stderr(), "not run: {why}").expect("a line on stderr");
            None
        }
    }
}

#[test]
fn cuda_agrees_with_cpu_over_50_steps() {
    let Some(device) = gpu() else { return };
    each_run(|config, allowed| {
        let on_gpu = trained(config, &device);
        for kernels in [Kernels::Plain, Kernels::Fused] {
            let on_cpu = trained(&Config { kernels, ..config.clone() }, &Device::Cpu);
            let far = apart(&on_cpu, &on_gpu);
            assert!(far <= allowed, "{kernels:?}, {config:?}: {far:e} apart, {allowed:e} allowed");
        }
    });
}

#[test]
fn a_checkpoint_moves_between_cuda_and_cpu() {
    let Some(device) = gpu() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run.safetensors");
    each_run(|config, allowed| {
        for (from, to) in [(&device, &Device::Cpu), (&Device::Cpu, &device)] {
            let here = go(Game::new(config.clone(), from).expect("a game"), STEPS / 2);
            checkpoint::save(&here, &path).expect("saved");
            let there = checkpoint::load(&path, to).expect("loaded");
            assert!(parameters(&here) == parameters(&there), "{config:?}: changed on the way");
            let far = apart(&go(here, STEPS / 2), &go(there, STEPS / 2));
            assert!(far <= allowed, "{config:?}: {far:e} apart, {allowed:e} allowed");
        }
    });
}

#[test]
fn cuda_measures_what_the_cpu_measures() {
    let Some(device) = gpu() else { return };
    each_run(|config, _| {
        // Games that have not begun have the same parameters: each sample's number differs by
        // some units in the last place, and so do their means.
        let unit = match config.precision {
            Precision::F64 => f64::EPSILON,
            Precision::F32 => f64::from(f32::EPSILON),
        };
        let on = |device| measure::bound(&Game::new(config.clone(), device).expect("a game"), 5000);
        let [gpu, cpu] = [on(&device), on(&Device::Cpu)].map(|bound| bound.expect("a bound"));
        assert!(near(gpu.mean, cpu.mean, UNITS * unit, 1.0), "{gpu:?} {cpu:?}");
        let [gpu, cpu] = [gpu, cpu].map(|bound| bound.standard_error.expect("an error"));
        assert!(near(gpu, cpu, UNITS * unit, 1.0), "{gpu} {cpu}");
    });
}

/// Functions of the hardware are good to a few units in the last place; a formula has a dozen
/// of them, and exponents of up to 20.
const UNITS: f64 = 500.0;

#[test]
fn cuda_losses_are_those_of_the_cpu() {
    let Some(device) = gpu() else { return };
    let v: Vec<f64> = (-80..=80).map(|quarter| 0.25 * f64::from(quarter) + 0.01).collect();
    for f in vdm::catalogue::all() {
        let loss = Loss::find(&f.name()).expect("a loss");
        for (dtype, unit) in [(DType::F64, f64::EPSILON), (DType::F32, f64::from(f32::EPSILON))] {
            let on = |device: &Device| {
                let v = Tensor::from_slice(&v, (v.len(), 1), device)?.to_dtype(dtype)?;
                let v = Var::from_tensor(&v)?;
                let values = [loss.activation(&v)?, loss.conjugate(&v)?];
                let mut all = Vec::new();
                for value in values {
                    let slope = value.sum_all()?.backward()?.get(&v).map(numbers);
                    all.push([numbers(&value), slope.expect("a slope")].concat());
                }
                candle_core::Result::Ok(all.concat())
            };
            let (gpu, cpu) = (on(&device).expect("on the GPU"), on(&Device::Cpu).expect("on the CPU"));
            for (at, (gpu, cpu)) in gpu.iter().zip(&cpu).enumerate() {
                let same = near(*gpu, *cpu, UNITS * unit, 1.0);
                assert!(same, "{}, {dtype:?}, number {at}: {gpu} {cpu}", f.name());
            }
        }
    }
}
