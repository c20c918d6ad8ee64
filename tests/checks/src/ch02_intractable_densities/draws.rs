//! Draws from fixed seeds, made once however many subjects they are tried on.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::sync::OnceLock;
use vdm::density::{Cauchy, Density, Gaussian, StudentT};

/// `n` independent draws.
pub(super) fn draws(law: &dyn Density, n: usize, seed: u64) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..n).map(|_| law.sample(&mut rng)).collect()
}

/// How many draws each of the lists below holds.
pub(super) const MANY: usize = 200_000;

/// Standard normal draws.
pub(super) fn normal() -> &'static [f64] {
    static DRAWS: OnceLock<Vec<f64>> = OnceLock::new();
    DRAWS.get_or_init(|| Gaussian::new(0.0, 1.0).map_or_else(|_| Vec::new(), |law| draws(&law, MANY, 2)))
}

/// Draws of Student's t with ν = 1.5: a mean and no variance.
pub(super) fn heavy() -> &'static [f64] {
    static DRAWS: OnceLock<Vec<f64>> = OnceLock::new();
    DRAWS.get_or_init(|| StudentT::new(0.0, 1.0, 1.5).map_or_else(|_| Vec::new(), |law| draws(&law, MANY, 3)))
}

/// Cauchy draws: no mean.
pub(super) fn cauchy() -> &'static [f64] {
    static DRAWS: OnceLock<Vec<f64>> = OnceLock::new();
    DRAWS.get_or_init(|| Cauchy::new(0.0, 1.0).map_or_else(|_| Vec::new(), |law| draws(&law, MANY, 4)))
}

/// The largest distance of the draws' distribution function from `cdf`.
pub(super) fn distance(mut draws: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    draws.iter().enumerate().fold(0.0_f64, |worst, (i, &x)| {
        let at = cdf(x);
        worst.max(at - i as f64 / n).max((i + 1) as f64 / n - at)
    })
}
