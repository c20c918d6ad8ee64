//! The step of `labs bench fgan` against JAX (jit) and PyTorch (eager):
//! `cargo bench -p labs --bench peers`, with a number for so many rounds instead of five.
//!
//! For each of four workloads the programs run in turn, so that a noisy machine disturbs
//! all alike; the ratios of the medians are what counts. PyTorch runs on one thread and on
//! two, and the better counts. The peers are `benches/peers/fgan_jax.py` and
//! `fgan_torch.py`, run by the interpreter that the environment variable `PYTHON` names
//! (python3 otherwise); one that does not run is left out.

use candle_core::Device;
use labs::bench::Workload;
use std::process::{Command, Stdio};

/// Hidden units, batch, coordinates; and steps of a round, a second of ours or less.
const WORKLOADS: [(usize, usize, usize, u64); 4] =
    [(64, 256, 1, 4000), (64, 1024, 2, 1500), (128, 512, 2, 1000), (400, 128, 64, 400)];
const ROUNDS: usize = 5;

/// Steps a second in the rounds so far.
type Rates = Vec<f64>;

fn main() {
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    let mut logarithms: [Vec<f64>; 2] = Default::default();
    println!("steps a second, medians of {rounds} rounds");
    for (hidden, batch, dim, steps) in WORKLOADS {
        let workload = Workload::peers(hidden, batch, dim);
        let [mut ours, mut jax, mut one, mut two]: [Rates; 4] = Default::default();
        let mut share = 0.0_f64;
        for _ in 0..rounds {
            let timing = workload.time(steps, &Device::Cpu).expect("a timing");
            ours.push(timing.steps_per_s);
            share = timing.limit.map_or(share, |limit| share.max(limit.share_of_limit));
            jax.extend(peer("fgan_jax.py", &[hidden, batch, steps as usize, dim]));
            // Eager steps are slower: a quarter of them lasts as long.
            one.extend(peer("fgan_torch.py", &[hidden, batch, steps as usize / 4, dim, 1]));
            two.extend(peer("fgan_torch.py", &[hidden, batch, steps as usize / 4, dim, 2]));
        }
        let ours = median(ours).unwrap_or(f64::NAN);
        print!("{hidden}/{batch}/{dim}: labs {ours:.0} ({:.0} % of its limit at best)", 100.0 * share);
        let torch = median(one).into_iter().chain(median(two)).reduce(f64::max);
        for ((name, rate), logarithms) in
            [("JAX", median(jax)), ("PyTorch", torch)].iter().zip(&mut logarithms)
        {
            if let Some(rate) = rate {
                print!("; {name} {rate:.0}, ratio {:.2}", ours / rate);
                logarithms.push((ours / rate).ln());
            }
        }
        println!();
    }
    for (name, logarithms) in ["JAX", "PyTorch"].iter().zip(logarithms) {
        if logarithms.len() == WORKLOADS.len() {
            let mean = (logarithms.iter().sum::<f64>() / logarithms.len() as f64).exp();
            println!("geometric mean of the ratios to {name}: {mean:.2}");
        }
    }
}

/// Steps a second of a peer; none if it cannot run.
fn peer(script: &str, arguments: &[usize]) -> Option<f64> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(python)
        .arg(format!("{}/benches/peers/{script}", env!("CARGO_MANIFEST_DIR")))
        .args(arguments.iter().map(ToString::to_string))
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    said["steps_per_s"].as_f64()
}

fn median(mut rates: Rates) -> Option<f64> {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied()
}
