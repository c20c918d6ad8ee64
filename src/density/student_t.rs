//! Student's t law: tails of any weight, from the Cauchy law to the Gaussian.

use super::cauchy::ln_one_plus_square;
use super::{Density, DensityError, error};
use crate::{Interval, bisection};
use libm::lgamma;
use rand::{Rng, RngExt};
use statrs::function::beta::beta_reg;
use std::f64::consts::PI;

/// Beyond, ln Γ((ν + 1)/2) − ln Γ(ν/2) has lost half of its digits.
const MOST_FREEDOM: f64 = 1e6;

/// Student's t law with ν degrees of freedom:
/// p(x) = (1 + z²/ν)^(−(ν+1)/2) / (γ√ν·B(ν/2, ½)) with z = (x − m)/γ.
///
/// Its tails fall like |x|^(−ν−1): E|X|^r is finite for r < ν only. So it has a mean
/// for ν > 1 and a variance, γ²ν/(ν − 2), for ν > 2. ν = 1 is the Cauchy law, ν → ∞ the
/// Gaussian. The relative error of the tails grows with ν, to about 20·ν·2⁻⁵²; the law
/// is meant for heavy tails.
///
/// ```
/// use vdm::density::{Cauchy, Density, StudentT};
/// let heavy = StudentT::new(0.0, 1.0, 1.5)?;
/// assert_eq!((heavy.mean(), heavy.variance()), (Some(0.0), None));
/// let (t, cauchy) = (StudentT::new(0.0, 1.0, 1.0)?, Cauchy::new(0.0, 1.0)?);
/// assert!((t.survival(3.0) - cauchy.survival(3.0)).abs() < 1e-15);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    location: f64,
    scale: f64,
    freedom: f64,
    /// γ√ν, the scale of z/√ν.
    stretched: f64,
    /// ln of the density's peak for γ = 1.
    ln_peak: f64,
}

impl StudentT {
    /// From the location m (median and mode), the scale γ and the degrees of freedom ν,
    /// any number in (0, 10⁶].
    ///
    /// # Errors
    /// [`DensityError::Location`] unless m is finite, [`DensityError::Scale`] unless γ
    /// is positive and finite, [`DensityError::Freedom`] for ν out of its range.
    pub fn new(location: f64, scale: f64, freedom: f64) -> Result<Self, DensityError> {
        let location = error::finite("location", location)?;
        let scale = error::positive("scale", scale)?;
        if !(freedom > 0.0 && freedom <= MOST_FREEDOM) {
            return Err(DensityError::Freedom { value: freedom });
        }
        let ln_peak = lgamma((freedom + 1.0) / 2.0) - lgamma(freedom / 2.0) - (PI * freedom).ln() / 2.0;
        Ok(Self { location, scale, freedom, stretched: scale * freedom.sqrt(), ln_peak })
    }

    /// ν, the degrees of freedom.
    pub fn freedom(&self) -> f64 {
        self.freedom
    }

    /// The mean m; none for ν ≤ 1.
    pub fn mean(&self) -> Option<f64> {
        (self.freedom > 1.0).then_some(self.location)
    }

    /// The variance γ²ν/(ν − 2); none for ν ≤ 2, where it is infinite, or there is no
    /// mean to vary about.
    pub fn variance(&self) -> Option<f64> {
        (self.freedom > 2.0).then(|| self.scale.powi(2) * self.freedom / (self.freedom - 2.0))
    }

    /// E|X − m| = 2γ√ν / ((ν − 1)·B(ν/2, ½)); none for ν ≤ 1.
    pub fn mean_distance(&self) -> Option<f64> {
        // The peak is 1/(√ν·B).
        let peak = self.ln_peak.exp();
        (self.freedom > 1.0).then(|| 2.0 * self.scale * self.freedom * peak / (self.freedom - 1.0))
    }

    /// P\[Z > z\] at z = `distance`/γ ≥ 0.
    fn upper(&self, distance: f64) -> f64 {
        let (nu, y) = (self.freedom, distance / self.stretched);
        if y > 1e8 {
            // The leading term of the tail: the next one is smaller by a factor y².
            let ln_y = if y.is_finite() { y.ln() } else { distance.ln() - self.stretched.ln() };
            return (self.ln_peak - nu.ln() / 2.0 - nu * ln_y).exp();
        }
        let (square, rest) = (y * y / (1.0 + y * y), 1.0 / (1.0 + y * y));
        // Both are P[|Z| > z]; of each the part where it does not take 1 − x itself.
        if square < 1.5 / (nu / 2.0 + 2.5) {
            0.5 - beta_reg(0.5, nu / 2.0, square) / 2.0
        } else {
            beta_reg(nu / 2.0, 0.5, rest) / 2.0
        }
    }

    fn lower_at(&self, distance: f64) -> f64 {
        if distance.is_nan() {
            f64::NAN
        } else if distance < 0.0 {
            self.upper(-distance)
        } else {
            1.0 - self.upper(distance)
        }
    }

    /// The distance that is exceeded with probability `p`; 1 − p is exact where it is
    /// used.
    fn upper_inverse(&self, p: f64) -> f64 {
        if p > 0.5 {
            -self.upper_inverse(1.0 - p)
        } else if p == 0.0 {
            // The tail itself underflows long before.
            f64::INFINITY
        } else {
            bisection::first(0.0, f64::INFINITY, |distance| self.upper(distance) <= p)
        }
    }
}

impl Density for StudentT {
    fn ln_density(&self, x: f64) -> f64 {
        let distance = (x - self.location).abs();
        self.ln_peak
            - self.scale.ln()
            - (self.freedom + 1.0) / 2.0 * ln_one_plus_square(distance, self.stretched)
    }

    /// Two uniform variables a draw, whatever ν: laws that differ in ν alone give draws
    /// that go together, from generators that are in the same state.
    ///
    /// Source: R. W. Bailey, "Polar generation of random variates with the
    /// t-distribution", Mathematics of Computation 62 (1994).
    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        let (radius, angle): (f64, f64) = (rng.sample(rand::distr::Open01), rng.random());
        let square = (-2.0 * radius.ln() / self.freedom).exp_m1();
        self.location + self.stretched * square.sqrt() * (2.0 * PI * angle).cos()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.lower_at(x - self.location)
    }

    fn survival(&self, x: f64) -> f64 {
        self.lower_at(self.location - x)
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(self.location - self.upper_inverse(p))
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(self.location + self.upper_inverse(p))
    }

    fn support(&self) -> Interval {
        Interval::REAL
    }

    fn landmarks(&self) -> Vec<f64> {
        [-50.0, -5.0, -1.0, 0.0, 1.0, 5.0, 50.0].map(|z| self.location + z * self.scale).to_vec()
    }
}
