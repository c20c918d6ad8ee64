//! The empirical bound for KL from ten million Gaussians of each law, against numpy:
//! `cargo bench --bench bound`.
//!
//! Both programs draw P = N(1, 1) and Q = N(0, 1), apply T(x) = x + ½ and f\*(t) =
//! e^{t−1}, and give the bound with its standard error, one thread each. They are timed
//! in turn within one run, so that a noisy machine disturbs both alike; the ratio of the
//! medians is what counts. numpy's side is `benches/peers/bound_numpy.py`, run by the
//! interpreter that the environment variable `PYTHON` names (python3 otherwise); without
//! numpy only our side is timed.

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use vdm::catalogue::Kl;
use vdm::ch04_variational_bound::EmpiricalBound;
use vdm::density::Gaussian;

const COUNT: usize = 10_000_000;
const ROUNDS: usize = 11;

/// What is timed: our side with two generators, numpy with whole arrays and with chunks.
const SIDES: [&str; 4] = ["vdm, xoshiro", "vdm, ChaCha8", "numpy, arrays", "numpy, chunks"];

fn main() {
    let mut peer = Peer::start();
    let mut small = SmallRng::seed_from_u64(4);
    let mut chacha = ChaCha8Rng::seed_from_u64(4);
    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(ours(&mut small));
        times[2].extend(peer.as_mut().and_then(|peer| peer.round("arrays")));
        times[1].push(ours(&mut chacha));
        times[3].extend(peer.as_mut().and_then(|peer| peer.round("chunks")));
    }
    println!("{COUNT} draws of each law, medians of {ROUNDS} rounds");
    let medians = times.map(median);
    let best = medians[2..].iter().flatten().min().copied();
    for (side, time) in SIDES.iter().zip(medians) {
        match (time, best) {
            (Some(time), Some(best)) => {
                let ratio = time.as_secs_f64() / best.as_secs_f64();
                println!("{side:<16} {:>8.1} ms {ratio:>6.2}×", time.as_secs_f64() * 1e3);
            }
            (Some(time), None) => println!("{side:<16} {:>8.1} ms", time.as_secs_f64() * 1e3),
            (None, _) => println!("{side:<16}  (no numpy here)"),
        }
    }
}

fn ours(rng: &mut dyn Rng) -> Duration {
    let start = Instant::now();
    let p = Gaussian::new(1.0, 1.0).expect("a law");
    let q = Gaussian::new(0.0, 1.0).expect("a law");
    let bound = EmpiricalBound::from_draws(&Kl, |x| x + 0.5, &p, &q, COUNT, rng).expect("finite");
    let took = start.elapsed();
    assert!((black_box(bound).value - 0.5).abs() < 6.0 * bound.standard_error);
    took
}

/// numpy's side: a process that does one round a line.
struct Peer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Peer {
    fn start() -> Option<Self> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/bound_numpy.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg(COUNT.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (to, from) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { child, to, from })
    }

    /// Seconds of one round, as the peer measures them.
    fn round(&mut self, way: &str) -> Option<Duration> {
        writeln!(self.to, "{way}").ok()?;
        let mut line = String::new();
        self.from.read_line(&mut line).ok()?;
        line.trim().parse().ok().map(Duration::from_secs_f64)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort();
    times.get(times.len() / 2).copied()
}
