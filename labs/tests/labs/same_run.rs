//! One run computed in two ways: by the plain and the fused kernels, and (see `cuda`) on two
//! devices. The draws are the same, but sums are taken in another order; how far may the
//! parameters be apart after 50 steps?
//!
//! As far as roundings take them. What a rounding becomes depends on the game, which is asked:
//! in f64 it is run once more from parameters that are moved by 1e-9, and the difference at
//! the end, in units of the move, is by how much the game amplifies.

use crate::numbers::numbers;
use candle_core::{Device, Tensor};
use labs::fgan::{Config, Game, GeneratorKind, Precision, Updates};
use labs::mlp::Kernels;
use labs::random::{Random, Stream};

/// Steps that the runs take together.
pub(crate) const STEPS: u64 = 50;
/// A step moves the parameters by as many units in the last place, where it is computed in
/// another way: a tanh is good to a few units, a sum of 128 numbers errs by √128 of their
/// units, and both are of samples, over which the gradient is a mean. All 50 steps may err to
/// the same side.
const UNITS: f64 = 2.0;
/// Far above f64's roundings, and so small that twice the move is twice the difference.
const MOVE: f64 = 1e-9;
/// Directions that a run is moved in; the one that is amplified most counts.
const MOVES: u64 = 3;

/// Calls `check` with two runs, in f64 and f32 each, and with how far apart the parameters of
/// two ways to compute it may be.
pub(crate) fn each_run(check: impl Fn(&Config, f64)) {
    for run in [line(), ring()] {
        let amplified = amplification(&run);
        for (precision, unit) in [(Precision::F64, f64::EPSILON), (Precision::F32, f64::from(f32::EPSILON))] {
            let roundings = STEPS as f64 * UNITS * unit / 2.0;
            check(&Config { precision, ..run.clone() }, roundings * amplified);
        }
    }
}

/// On the line, both players at once, KL.
fn line() -> Config {
    Config { hidden: 16, batch: 128, steps: STEPS, polish: 0, ..Config::for_data("line") }
}

/// In the plane, one after the other, two networks, with blur and the heuristic.
fn ring() -> Config {
    Config {
        generator: GeneratorKind::Mlp,
        updates: Updates::Alternating,
        divergence: "fgan_js".into(),
        hidden: 16,
        batch: 128,
        steps: STEPS,
        ..Config::for_data("ring")
    }
}

/// Takes so many steps.
pub(crate) fn go(mut game: Game, steps: u64) -> Game {
    for _ in 0..steps {
        game.advance().expect("a step");
    }
    game
}

/// A game after [`STEPS`] steps.
pub(crate) fn trained(config: &Config, device: &Device) -> Game {
    go(Game::new(config.clone(), device).expect("a game"), STEPS)
}

/// All parameters of both players.
pub(crate) fn parameters(game: &Game) -> Vec<f64> {
    [&game.generator, &game.critic].into_iter().flat_map(|p| numbers(p.parameters.tracked())).collect()
}

/// The largest difference of two parameters of the games.
pub(crate) fn apart(one: &Game, other: &Game) -> f64 {
    let (one, other) = (parameters(one), parameters(other));
    assert_eq!(one.len(), other.len());
    one.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Moves every parameter by ±[`MOVE`].
fn moved(game: Game, seed: u64) -> Game {
    let mut random = Random::new(seed, Stream::Evaluation);
    for player in [&game.generator, &game.critic] {
        let theta = player.parameters.variable();
        let signs = random.normals(theta.elem_count()).into_iter().map(|z| MOVE * f64::from(z).signum());
        let by = Tensor::new(signs.collect::<Vec<f64>>(), &Device::Cpu).expect("a move");
        theta.set(&(player.parameters.frozen() + by).expect("moved parameters")).expect("set");
    }
    game
}

/// By how much the game amplifies a move of its parameters; at least 1.
fn amplification(config: &Config) -> f64 {
    let config = Config { precision: Precision::F64, ..config.clone() };
    let begun = || Game::new(config.clone(), &Device::Cpu).expect("a game");
    let still = go(begun(), STEPS);
    let far = |seed| apart(&go(moved(begun(), seed), STEPS), &still) / MOVE;
    (0..MOVES).map(far).fold(1.0, f64::max)
}

#[test]
fn plain_and_fused_runs_agree() {
    each_run(|config, allowed| {
        let on_cpu = |config: &Config| trained(config, &Device::Cpu);
        let fused = on_cpu(config);
        let plain = on_cpu(&Config { kernels: Kernels::Plain, ..config.clone() });
        let far = apart(&plain, &fused);
        assert!(far <= allowed, "{config:?}: {far:e} apart, {allowed:e} allowed");
        // The allowance is narrow: a learning rate that is off by a thousandth is seen.
        let off = on_cpu(&Config { critic_rate: 1.001 * config.critic_rate, ..config.clone() });
        let far = apart(&off, &fused);
        assert!(far > allowed, "{config:?}: {far:e} apart is not seen, {allowed:e} allowed");
    });
}
