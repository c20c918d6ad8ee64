//! How fast this machine multiplies matrices.

use super::ends::Bare;
use super::product::{Matrix, product};
use super::stock;
use super::team::Team;
use std::time::{Duration, Instant};

/// The sides of the matrices: A, B and C are of the size of the labs' and stay in the
/// second cache.
const SIDE: usize = 128;
/// How long the products are timed.
const ENOUGH: Duration = Duration::from_millis(300);

/// Multiply-adds a second, in f32, of all threads of this thread's team together: the best
/// of many tries, on matrices that lie ready.
pub fn multiply_adds_per_second() -> f64 {
    let team = Team::current();
    let threads = team.threads();
    let start = Instant::now();
    let mut best = 0.0_f64;
    while start.elapsed() < ENOUGH {
        let rates = team.run(threads, move |_| one_thread());
        best = best.max(rates.into_iter().flatten().sum());
    }
    best
}

/// The same of one thread, over a millisecond or so.
fn one_thread() -> f64 {
    const TIMES: usize = 64;
    let mut matrices = stock::take::<f32>(3 * SIDE * SIDE);
    matrices.fill(0.5);
    let (a, rest) = matrices.split_at_mut(SIDE * SIDE);
    let (b, c) = rest.split_at_mut(SIDE * SIDE);
    let start = Instant::now();
    for _ in 0..TIMES {
        product(Matrix::new(a, SIDE), b, c, (SIDE, SIDE, SIDE), Bare);
        std::hint::black_box(&*c);
    }
    (TIMES * SIDE.pow(3)) as f64 / start.elapsed().as_secs_f64()
}
