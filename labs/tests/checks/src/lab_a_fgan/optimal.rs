//! Batches on which the best critic is known.

use crate::tensors::column;
use candle_core::{DType, Result, Tensor};
use vdm::Divergence;
use vdm::density::{Density, Finite, Gaussian};
use vdm::divergence::{between, between_finite};

/// A critic's raw outputs on data and on generated points, and the divergence that the
/// bound is due to be.
pub(super) struct Batches {
    pub(super) on_data: Tensor,
    pub(super) on_made: Tensor,
    pub(super) divergence: f64,
}

/// The v with g_f(v) nearest to a critic's value, by bisection: g_f increases.
fn raw(f: &dyn Divergence, value: f64) -> f64 {
    let (mut low, mut high) = (-700.0, 700.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if f.output_activation(middle) < value { low = middle } else { high = middle }
    }
    low
}

/// What the checks here may fail to have: a law or a tensor.
type Made<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// P = (½, ¼, ¼) as a batch of four and Q = (¼, ¼, ½) as one of eight: every share exact.
pub(super) fn on_three_points(f: &dyn Divergence) -> Made<Batches> {
    let best = [2.0, 1.0, 0.5].map(|u: f64| raw(f, f.optimal_critic(u.ln())));
    let batch = |points: &[usize]| -> Result<Tensor> {
        column(&points.iter().map(|point| best[*point]).collect::<Vec<_>>(), DType::F64)
    };
    let (p, q) = (Finite::new(&[0.5, 0.25, 0.25])?, Finite::new(&[0.25, 0.25, 0.5])?);
    Ok(Batches {
        on_data: batch(&[0, 0, 1, 2])?,
        on_made: batch(&[0, 0, 1, 1, 2, 2, 2, 2])?,
        divergence: between_finite(f, &p, &q)?,
    })
}

/// Points of a batch on the line.
pub(super) const COUNT: usize = 4000;

/// P = N(0, 1) and Q = N(1, 1.5²), each as the middles of [`COUNT`] parts of equal mass; the
/// divergence by quadrature.
///
/// The mean over such points is the midpoint rule in the probability: off by at most the
/// function's variation over `COUNT`, and the tails. Here critics vary by less than 20.
pub(super) fn on_the_line(f: &dyn Divergence) -> Made<Batches> {
    let (p, q) = (Gaussian::new(0.0, 1.0)?, Gaussian::new(1.0, 1.5)?);
    let batch = |law: &Gaussian| -> Made<Tensor> {
        let mut outputs = Vec::with_capacity(COUNT);
        for k in 0..COUNT {
            let x = law.quantile((k as f64 + 0.5) / COUNT as f64)?;
            outputs.push(raw(f, f.optimal_critic(p.ln_density(x) - q.ln_density(x))));
        }
        Ok(column(&outputs, DType::F64)?)
    };
    let divergence = between(f, &p, &q)?.value;
    Ok(Batches { on_data: batch(&p)?, on_made: batch(&q)?, divergence })
}

/// How far the mean over a batch [`on_the_line`] may be off: 20 of variation a mean.
pub(super) const ON_THE_LINE: f64 = 2.0 * 20.0 / COUNT as f64;
