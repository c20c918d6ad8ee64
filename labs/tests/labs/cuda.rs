//! One run on two devices. Compiled with the feature `cuda`; on a machine without a GPU it
//! says so and passes.

use crate::numbers::numbers;
use candle_core::Device;
use labs::DeviceChoice;
use labs::fgan::{Config, Game, GeneratorKind, Precision, Updates};

/// Steps that the two runs take together.
const STEPS: u64 = 50;

/// θ and ω after [`STEPS`] steps.
fn parameters(config: &Config, device: &Device) -> Vec<f64> {
    let mut game = Game::new(config.clone(), device).expect("a game");
    for _ in 0..STEPS {
        game.advance().expect("a step");
    }
    [&game.generator, &game.critic].into_iter().flat_map(|p| numbers(p.parameters.tracked())).collect()
}

/// The largest difference of two parameters of the runs.
fn apart(config: &Config, one: &Device, other: &Device) -> f64 {
    let (one, other) = (parameters(config, one), parameters(config, other));
    assert_eq!(one.len(), other.len());
    one.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn cuda_agrees_with_cpu_over_50_steps() {
    let device = match DeviceChoice::Cuda.open() {
        Ok((device, _)) => device,
        Err(why) => {
            eprintln!("not run: {why}");
            return;
        }
    };
    for config in runs() {
        // Both see the same draws; sums in another order differ by units of rounding, which
        // the game amplifies: in f64 from 1e-16, in f32 from 1e-7. A learning rate is 1e-2.
        let near = match config.precision {
            Precision::F64 => 1e-9,
            Precision::F32 => 2e-3,
        };
        let apart = apart(&config, &Device::Cpu, &device);
        assert!(apart <= near, "{config:?}: {apart} apart");
    }
}

/// A run on the line with simultaneous steps, and one in the plane that alternates.
fn runs() -> Vec<Config> {
    let line = Config { hidden: 16, batch: 128, steps: STEPS, polish: 0, ..Config::for_data("line") };
    let ring = Config {
        generator: GeneratorKind::Mlp,
        updates: Updates::Alternating,
        divergence: "fgan_js".into(),
        hidden: 16,
        batch: 128,
        steps: STEPS,
        ..Config::for_data("ring")
    };
    let both = [Precision::F64, Precision::F32];
    [line, ring].iter().flat_map(|run| both.map(|precision| Config { precision, ..run.clone() })).collect()
}
