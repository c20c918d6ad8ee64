//! Training on the line: the bound stays below the divergence all the way, whatever the
//! critic knows, and the generator ends at the data.

use crate::check::{Broken, Tally, Verdict, at_least};
use crate::{AnyLaw, Law};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::ch05_algorithm::{CriticHead, GeneratorLoss, LineTraining, Snapshot, Updates};
use vdm::density::Gaussian;

/// A run, and what is read off a snapshot as (bound, divergence).
#[derive(Clone, Copy)]
struct Run {
    start: (f64, f64),
    loss: GeneratorLoss,
    updates: Updates,
    seed: u64,
    read: fn(&Snapshot) -> (f64, f64),
}

const RUN: Run = Run {
    start: (3.0, 0.5),
    loss: GeneratorLoss::Saddle,
    updates: Updates::Simultaneous,
    seed: 5,
    read: |seen| (seen.bound, seen.divergence),
};

/// Both integrals come with an absolute accuracy of 1e-10 at the least.
const QUADRATURE: f64 = 1e-9;
/// At the saddle the batches of 128 push the parameters about: with step η the spread of
/// each is of the order √(η/128) = 0.02, hence D_f of the order 0.02²; five times as far
/// out it is 0.01.
const SETTLED: f64 = 0.01;

fn check(run: &Run) -> Verdict {
    let broken = |why: String| Broken::new("the run", "snapshots", why);
    let (data, start) = (Gaussian::new(0.0, 1.0), Gaussian::new(run.start.0, run.start.1));
    let (Ok(data), Ok(start)) = (data, start) else { return Err(broken("no such laws".into())) };
    let training = LineTraining {
        data: &data,
        start,
        head: CriticHead::FganJs,
        loss: run.loss,
        updates: run.updates,
        batch: 128,
        step: 0.05,
        steps: 1200,
        record_every: 30,
    };
    let seen =
        training.run(&mut ChaCha8Rng::seed_from_u64(run.seed)).map_err(|why| broken(why.to_string()))?;
    let mut tally = Tally::default();
    for snapshot in &seen {
        let (bound, divergence) = (run.read)(snapshot);
        let at = format!("after {} steps", snapshot.step);
        tally.count(at_least(at, "the bound is below the divergence", divergence, bound, QUADRATURE)?);
    }
    let last = seen.last().map_or(f64::INFINITY, |snapshot| (run.read)(snapshot).1);
    tally.count(at_least("the end", "the divergence has all but vanished", SETTLED, last, 0.0)?);
    Ok(tally)
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(Law {
        name: "training-on-the-line",
        statement: "along a training run the bound never exceeds D_f, and D_f nearly vanishes in the end",
        members: || {
            let heuristic = Run { start: (5.0, 0.5), loss: GeneratorLoss::Heuristic, ..RUN };
            vec![
                ("saddle".into(), RUN),
                ("heuristic".into(), heuristic),
                ("alternating".into(), Run { updates: Updates::Alternating, ..RUN }),
            ]
        },
        check,
        chaffs: || {
            vec![
                (
                    "the value on the batch for a bound",
                    Run { read: |seen| (seen.estimate, seen.divergence), ..RUN },
                ),
                (
                    "the bound for the divergence, upside down",
                    Run { read: |seen| (seen.divergence, seen.bound), ..RUN },
                ),
                ("not yet trained: the saddle's loss from afar", Run { start: (9.0, 0.5), ..RUN }),
            ]
        },
    })]
}
