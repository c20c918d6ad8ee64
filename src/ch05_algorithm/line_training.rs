//! The smallest f-GAN: a Gaussian generator and a critic linear in three features,
//! trained on samples, on the line, where the divergence itself is known.

use super::{CriticHead, Updates};
use crate::density::{Density, Gaussian};
use crate::divergence::between;
use crate::quadrature::{Quadrature, QuadratureError};
use crate::shown::number;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};
use thiserror::Error;

/// Which loss the generator descends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratorLoss {
    /// −E_q f\*(T), its part of the objective F: with a perfect critic the gradient of
    /// D_f(P‖Q_θ).
    Saddle,
    /// −E_q T: the GAN's −log D.
    Heuristic,
}

/// A training run: Q_θ = N(μ, σ²) with θ = (μ, log σ) as x = μ + σz, and the critic
/// T = g_f(V) with V(x) = ω₀ + ω₁x + ω₂x², which starts at ω = 0.
///
/// Each step draws a batch of data and one of noise, and moves both players by the
/// gradients of
///
/// F(θ, ω) = (1/n) Σ g_f(V(xᵢ)) − (1/n) Σ f\*(g_f(V(μ + σzᵢ))).
///
/// For Gaussian data and [`CriticHead::FganJs`] the best critic of all is in the
/// class: V = log p/q is a parabola.
///
/// ```
/// use rand::SeedableRng;
/// use vdm::ch05_algorithm::{CriticHead, GeneratorLoss, LineTraining, Updates};
/// use vdm::density::Gaussian;
/// let run = LineTraining {
///     data: &Gaussian::new(0.0, 1.0)?,
///     start: Gaussian::new(-2.0, 0.5)?,
///     head: CriticHead::FganJs,
///     loss: GeneratorLoss::Saddle,
///     updates: Updates::Simultaneous,
///     batch: 64,
///     step: 0.05,
///     steps: 100,
///     record_every: 50,
/// };
/// let seen = run.run(&mut rand_chacha::ChaCha8Rng::seed_from_u64(1))?;
/// assert_eq!(seen.len(), 3); // after 0, 50 and 100 steps
/// assert!(seen[2].divergence < seen[0].divergence);
/// assert!(seen.iter().all(|s| s.bound <= s.divergence + 1e-9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LineTraining<'a> {
    /// The law of the data.
    pub data: &'a dyn Density,
    /// The generator's law at the start.
    pub start: Gaussian,
    /// The critic's last layer, and with it the divergence.
    pub head: CriticHead,
    /// What the generator descends.
    pub loss: GeneratorLoss,
    /// Who moves when.
    pub updates: Updates,
    /// Points of each law in a batch, n.
    pub batch: usize,
    /// The step size of both players.
    pub step: f64,
    /// How many steps.
    pub steps: usize,
    /// After how many steps each a snapshot is taken.
    pub record_every: usize,
}

/// Where a run stands after some steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    /// How many steps were made.
    pub step: usize,
    /// The generator's law, N(μ, σ²).
    pub generator: Gaussian,
    /// ω, the critic's weights.
    pub weights: [f64; 3],
    /// F on the batch that the next step will use.
    pub estimate: f64,
    /// F in expectation, by quadrature: never above `divergence`.
    pub bound: f64,
    /// D_f(P‖Q_θ), by quadrature.
    pub divergence: f64,
}

/// Why a run was refused or ended.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum TrainingError {
    /// No samples in a batch.
    #[error("a batch of 0 samples has no mean: take at least one")]
    EmptyBatch,
    /// No snapshot is ever due.
    #[error("a snapshot every 0 steps: take at least one")]
    NoSnapshots,
    /// A step size that is not positive and finite.
    #[error("the step size is {}: it must be positive and finite", number(*.value))]
    StepSize {
        /// Its value.
        value: f64,
    },
    /// A parameter left the range of numbers.
    #[error("after {step} steps a parameter is no finite number any more: take smaller steps")]
    Diverged {
        /// How many steps were made.
        step: usize,
    },
    /// The bound or the divergence could not be integrated.
    #[error("after {step} steps the bound or the divergence has no value by quadrature")]
    Quadrature {
        /// How many steps were made.
        step: usize,
        /// What went wrong.
        source: QuadratureError,
    },
}

/// The features of the critic, of which V is a linear combination.
fn features(x: f64) -> [f64; 3] {
    [1.0, x, x * x]
}

/// V(x).
fn raw(omega: &[f64], x: f64) -> f64 {
    features(x).iter().zip(omega).map(|(feature, weight)| feature * weight).sum()
}

/// The samples of one step.
struct Batch {
    data: Vec<f64>,
    noise: Vec<f64>,
}

impl LineTraining<'_> {
    /// Runs, with randomness from `rng` alone.
    ///
    /// # Errors
    /// [`TrainingError`] for settings without a meaning, and where a run diverges.
    pub fn run(&self, rng: &mut dyn Rng) -> Result<Vec<Snapshot>, TrainingError> {
        if self.batch == 0 {
            return Err(TrainingError::EmptyBatch);
        }
        if self.record_every == 0 {
            return Err(TrainingError::NoSnapshots);
        }
        if !(self.step > 0.0 && self.step.is_finite()) {
            return Err(TrainingError::StepSize { value: self.step });
        }
        let mut theta = [self.start.mean(), self.start.deviation().ln()];
        let mut omega = [0.0; 3];
        let mut seen = Vec::new();
        for step in 0..=self.steps {
            let batch = Batch {
                data: (0..self.batch).map(|_| self.data.sample(rng)).collect(),
                noise: (0..self.batch).map(|_| StandardNormal.sample(rng)).collect(),
            };
            if step % self.record_every == 0 {
                seen.push(self.snapshot(step, &theta, omega, &batch)?);
            }
            let gradients = |theta: &[f64], omega: &[f64]| self.gradients(theta, omega, &batch);
            self.updates.step(&gradients, &mut theta, &mut omega, self.step);
            if theta.iter().chain(&omega).any(|x| !x.is_finite()) {
                return Err(TrainingError::Diverged { step: step + 1 });
            }
        }
        Ok(seen)
    }

    /// What θ descends and what ω ascends, on one batch.
    fn gradients(&self, theta: &[f64], omega: &[f64], batch: &Batch) -> (Vec<f64>, Vec<f64>) {
        let (mean, deviation) = (theta[0], theta[1].exp());
        let share = 1.0 / self.batch as f64;
        let (mut in_theta, mut in_omega) = (vec![0.0; 2], vec![0.0; 3]);
        let mut add = |slope: f64, x: f64| {
            in_omega.iter_mut().zip(features(x)).for_each(|(sum, feature)| *sum += slope * share * feature);
        };
        for &x in &batch.data {
            add(self.head.activation_slope(raw(omega, x)), x);
        }
        for &z in &batch.noise {
            let x = mean + deviation * z;
            let v = raw(omega, x);
            add(-self.head.composite_slope(v), x);
            let loss_slope = match self.loss {
                GeneratorLoss::Saddle => -self.head.composite_slope(v),
                GeneratorLoss::Heuristic => -self.head.activation_slope(v),
            };
            // Pathwise: dV/dx times dx/dμ = 1 and dx/d log σ = σz.
            let in_x = loss_slope * share * (omega[1] + 2.0 * omega[2] * x);
            in_theta[0] += in_x;
            in_theta[1] += in_x * deviation * z;
        }
        (in_theta, in_omega)
    }

    fn snapshot(
        &self,
        step: usize,
        theta: &[f64; 2],
        weights: [f64; 3],
        batch: &Batch,
    ) -> Result<Snapshot, TrainingError> {
        let diverged = |_| TrainingError::Diverged { step };
        let generator = Gaussian::new(theta[0], theta[1].exp()).map_err(diverged)?;
        let wrong = |source| TrainingError::Quadrature { step, source };
        let real = batch.data.iter().map(|x| self.head.activation(raw(&weights, *x)));
        let made = batch.noise.iter().map(|z| generator.mean() + generator.deviation() * z);
        let made = made.map(|x| self.head.composite(raw(&weights, x)));
        let estimate = (real.sum::<f64>() - made.sum::<f64>()) / self.batch as f64;
        let bound = self.bound(&generator, &weights).map_err(wrong)?;
        let divergence = between(self.head.divergence(), self.data, &generator).map_err(wrong)?.value;
        Ok(Snapshot { step, generator, weights, estimate, bound, divergence })
    }

    /// E_p T − E_q f\*(T), each expectation over its own law.
    fn bound(&self, generator: &Gaussian, weights: &[f64; 3]) -> Result<f64, QuadratureError> {
        let mean = |law: &dyn Density, of: &dyn Fn(f64) -> f64| {
            let integrand = |x: f64| {
                let density = law.ln_density(x).exp();
                // 0·∞ far out, where the density underflows, is 0.
                if density == 0.0 { 0.0 } else { density * of(raw(weights, x)) }
            };
            // Near the saddle the value is near 0: an absolute target.
            let quadrature = Quadrature { absolute: 1e-10, ..Quadrature::default() };
            Ok(quadrature.integrate(integrand, law.support(), &law.landmarks())?.value)
        };
        let (real, made) = (|v| self.head.activation(v), |v| self.head.composite(v));
        Ok(mean(self.data, &real)? - mean(generator, &made)?)
    }
}
