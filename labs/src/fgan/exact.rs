//! The truth on the line: the best Gaussian for each divergence, by quadrature.

use crate::data::LINE;
use crate::{LabError, Result};
use argmin::core::{CostFunction, Error, Executor, State};
use argmin::solver::neldermead::NelderMead;
use serde::{Deserialize, Serialize};
use vdm::Divergence;
use vdm::density::{Gaussian, Mixture};
use vdm::divergence::between_with;
use vdm::quadrature::Quadrature;

/// A Gaussian and its divergence from the mixture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// μ
    pub mean: f64,
    /// σ
    pub deviation: f64,
    /// D_f(P‖N(μ, σ²)), in nats.
    #[serde(with = "crate::extended")]
    pub divergence: f64,
}

/// D_f(P‖N(μ, σ²)) for the mixture P on the line, to nine digits; +∞ where it is.
///
/// # Errors
/// For σ that is not above 0, and where quadrature does not reach its accuracy.
///
/// ```
/// // The paper prints 0.2831; the mixture, which it does not print, was recovered from
/// // its table to within 3.1e-4.
/// let kl = labs::fgan::exact::divergence(&vdm::catalogue::Kl, 1.01, 1.8308)?;
/// assert!((kl - 0.2831).abs() < 3.1e-4);
/// # Ok::<(), labs::LabError>(())
/// ```
pub fn divergence(f: &dyn Divergence, mean: f64, deviation: f64) -> Result<f64> {
    let p = Mixture::of_gaussians(&LINE)?;
    let q = Gaussian::new(mean, deviation)?;
    let quadrature = Quadrature { relative: 1e-9, ..Quadrature::default() };
    Ok(between_with(&quadrature, f, &p, &q)?.value)
}

/// D_f as a function of (μ, log σ), for the minimiser.
struct Distance<'a>(&'a dyn Divergence);

impl CostFunction for Distance<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, theta: &Self::Param) -> Result<f64, Error> {
        // Far off a divergence may be infinite or out of quadrature's reach: no place for
        // a minimum either way.
        let value = divergence(self.0, theta[0], theta[1].exp()).unwrap_or(f64::MAX);
        Ok(value.min(f64::MAX))
    }
}

/// The Gaussian N(μ\*, σ\*²) nearest to the mixture on the line under D_f(P‖·).
///
/// By Nelder and Mead's simplex method from the first of several widths at which the
/// divergence is finite.
///
/// # Errors
/// [`LabError::NoOptimum`] if it is finite at none of them, or no minimum is found.
///
/// ```
/// let best = labs::fgan::exact::best(&vdm::catalogue::ReverseKl)?;
/// assert!((best.mean - 1.5782).abs() < 1e-3 && (best.deviation - 1.6319).abs() < 1e-3);
/// # Ok::<(), labs::LabError>(())
/// ```
pub fn best(f: &dyn Divergence) -> Result<Fit> {
    let fail = |reason: String| LabError::NoOptimum { name: f.name(), reason };
    let finite = |deviation: &f64| divergence(f, 1.3, *deviation).is_ok_and(f64::is_finite);
    let Some(start) = [1.8, 1.6, 1.4, 1.2].into_iter().find(finite) else {
        return Err(fail("the divergence is infinite wherever it was tried".into()));
    };
    let corner = |mean, deviation: f64| vec![mean, deviation.ln()];
    let simplex = vec![corner(1.3, start), corner(1.0, start), corner(1.3, start * 0.97)];
    let solver =
        NelderMead::new(simplex).with_sd_tolerance(1e-11).map_err(|error| fail(error.to_string()))?;
    let found = Executor::new(Distance(f), solver)
        .configure(|state| state.max_iters(400))
        .run()
        .map_err(|error| fail(error.to_string()))?;
    let theta = found.state().get_best_param().ok_or_else(|| fail("the minimiser has no result".into()))?;
    let (mean, deviation) = (theta[0], theta[1].exp());
    Ok(Fit { mean, deviation, divergence: divergence(f, mean, deviation)? })
}
