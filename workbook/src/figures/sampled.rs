//! Draws for figures, from seeds that are fixed: each build draws the same picture.

use super::axis::Axis;
use super::error::FigureError;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use vdm::ch02_intractable_densities::{Estimate, running};
use vdm::density::Density;

/// `n` draws of a law. Laws of the same family and the same seed give draws that go
/// together.
pub(super) fn draws(law: &dyn Density, n: usize, seed: u64) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..n).map(|_| law.sample(&mut rng)).collect()
}

/// Numbers of draws at which a path is drawn: from 10 to the number at the axis's end,
/// equally far apart on a logarithmic axis.
pub(super) fn counts(axis: &Axis, places: u32) -> Vec<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for exponent in axis.places(places) {
        let count = 10_f64.powf(exponent).round() as usize;
        if counts.last().is_none_or(|last| count >= last + 2) {
            counts.push(count);
        }
    }
    counts
}

/// A running mean: its estimates at `counts`.
pub(super) fn path(law: &dyn Density, counts: &[usize], seed: u64) -> Result<Vec<Estimate>, FigureError> {
    let most = counts.last().copied().unwrap_or(0);
    Ok(running(&draws(law, most, seed), counts)?)
}

/// A path as a line on a logarithmic axis; what leaves the panel runs along its edge.
pub(super) fn line(path: &[Estimate], y: &Axis, of: impl Fn(&Estimate) -> f64) -> Vec<(f64, f64)> {
    path.iter().map(|e| ((e.count as f64).log10(), of(e).clamp(y.low, y.high))).collect()
}
