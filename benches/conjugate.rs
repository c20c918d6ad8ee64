//! The conjugate of a million samples at a million slopes, against one sweep of
//! `exp` over as many numbers: `cargo bench --bench conjugate`.
//!
//! Both are timed in turn within one run, so that a noisy machine disturbs both
//! alike; the ratio of the medians is what counts.

use rand::{RngExt, SeedableRng, rngs::SmallRng};
use std::hint::black_box;
use std::time::{Duration, Instant};
use vdm::ch03_convex_conjugate::Sampled;

const SIZE: usize = 1_000_000;
const ROUNDS: usize = 21;

fn main() {
    let us: Vec<f64> = (0..SIZE).map(|k| k as f64 / SIZE as f64 * 4.0).collect();
    let slopes: Vec<f64> = (0..SIZE).map(|k| k as f64 / SIZE as f64 * 8.0 - 4.0).collect();
    println!("{SIZE} samples, {SIZE} slopes, medians of {ROUNDS} rounds");
    println!("{:<12} {:>12} {:>12} {:>8}", "input", "conjugate", "exp sweep", "ratio");
    for (name, fs) in inputs(&us) {
        let (conjugate, sweep) = race(&us, &fs, &slopes);
        let ratio = conjugate.as_secs_f64() / sweep.as_secs_f64();
        println!("{name:<12} {:>9.2} ms {:>9.2} ms {ratio:>7.2}×", millis(conjugate), millis(sweep));
    }
}

/// A convex function, the same with noise, a wavy one, and a random walk.
fn inputs(us: &[f64]) -> Vec<(&'static str, Vec<f64>)> {
    let mut rng = SmallRng::seed_from_u64(3);
    let convex: Vec<f64> = us.iter().map(|u| (u - 1.0).powi(2)).collect();
    let noisy = convex.iter().map(|f| f + rng.random_range(-0.1..0.1)).collect();
    let wavy = us.iter().map(|u| (u - 1.0).powi(2) + (40.0 * u).sin() / 10.0).collect();
    let walk = us
        .iter()
        .scan(0.0, |at, _| {
            *at += rng.random_range(-1e-3..1e-3);
            Some(*at)
        })
        .collect();
    vec![("convex", convex), ("noisy", noisy), ("wavy", wavy), ("random walk", walk)]
}

/// Medians of the conjugate (checks of the input and hull included) and of the
/// sweep, timed in turn.
fn race(us: &[f64], fs: &[f64], slopes: &[f64]) -> (Duration, Duration) {
    let mut conjugates = Vec::new();
    let mut sweeps = Vec::new();
    for _ in 0..ROUNDS {
        conjugates.push(time(|| Sampled::new(us, fs).and_then(|f| f.conjugate(slopes)).map(|c| c.len())));
        sweeps.push(time(|| slopes.iter().map(|t| t.exp()).collect::<Vec<_>>()));
    }
    (median(conjugates), median(sweeps))
}

fn time<R>(work: impl FnOnce() -> R) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
