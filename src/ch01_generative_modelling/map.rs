//! Strictly monotone maps of the line: generators g with their inverse and slope.

use crate::density::Density;
use crate::shown::number;
use crate::{Interval, density::DensityError};
use auto_impl::auto_impl;
use std::fmt::Debug;
use thiserror::Error;

/// A strictly monotone, differentiable map g of an interval of the line.
///
/// z is the noise that goes in, x = g(z) what comes out. NaN in gives NaN out.
#[auto_impl(&, Box, Arc)]
pub trait Map: Debug + Send + Sync {
    /// g(z). Beyond the ends of the [`domain`](Self::domain): the image's end.
    fn apply(&self, z: f64) -> f64;

    /// The z with g(z) = x; `None` where g never takes the value x.
    fn preimage(&self, x: f64) -> Option<f64>;

    /// g′(z), never 0 inside the [`domain`](Self::domain); negative if g decreases.
    fn slope(&self, z: f64) -> f64;

    /// Does g increase? Otherwise it decreases.
    fn is_increasing(&self) -> bool;

    /// Where g is defined.
    fn domain(&self) -> Interval {
        Interval::REAL
    }
}

/// A map, or a pushforward through it, that does not exist.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum MapError {
    /// A shift that is not a finite number.
    #[error("the shift must be finite, but is {}", number(*.value))]
    Shift {
        /// Its value.
        value: f64,
    },
    /// A scale that is 0 or not finite.
    #[error(
        "the scale must be finite and not 0, but is {}; a scale of 0 sends all noise to one point, \
         and that law has no density",
        number(*.value)
    )]
    Scale {
        /// Its value.
        value: f64,
    },
    /// A bend outside \[−1, 1\].
    #[error("the bend must lie in [−1, 1], but is {}; stretch the noise with `Affine` instead", number(*.value))]
    Bend {
        /// Its value.
        value: f64,
    },
    /// Noise that the map is not defined for.
    #[error("the noise lives on {support}, but the map is defined on {domain} only; choose noise inside it")]
    Domain {
        /// Where the noise lives.
        support: Interval,
        /// Where the map is defined.
        domain: Interval,
    },
}

/// The affine map g(z) = shift + scale·z, with scale ≠ 0; g′ = scale.
///
/// ```
/// use vdm::ch01_generative_modelling::{Affine, Map};
/// let g = Affine::new(1.0, -2.0)?;
/// assert_eq!((g.apply(3.0), g.preimage(-5.0), g.slope(7.0)), (-5.0, Some(3.0), -2.0));
/// assert!(Affine::new(1.0, 0.0).is_err());
/// # Ok::<(), vdm::ch01_generative_modelling::MapError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    shift: f64,
    scale: f64,
}

impl Affine {
    /// From the shift and the scale, which may be negative.
    ///
    /// # Errors
    /// [`MapError::Shift`] unless `shift` is finite, [`MapError::Scale`] unless `scale`
    /// is finite and not 0.
    pub fn new(shift: f64, scale: f64) -> Result<Self, MapError> {
        if !shift.is_finite() {
            return Err(MapError::Shift { value: shift });
        }
        if !scale.is_finite() || scale == 0.0 {
            return Err(MapError::Scale { value: scale });
        }
        Ok(Self { shift, scale })
    }
}

impl Map for Affine {
    fn apply(&self, z: f64) -> f64 {
        self.shift + self.scale * z
    }

    fn preimage(&self, x: f64) -> Option<f64> {
        Some((x - self.shift) / self.scale)
    }

    fn slope(&self, _: f64) -> f64 {
        self.scale
    }

    fn is_increasing(&self) -> bool {
        self.scale > 0.0
    }
}

/// The bending map g(z) = (e^{θz} − 1)/θ with −1 ≤ θ ≤ 1, and g(z) = z at θ = 0;
/// g′(z) = e^{θz} > 0.
///
/// θ > 0 stretches the right side and squeezes the left, θ < 0 the other way round;
/// g(0) = 0 and g′(0) = 1 always. Its image is x > −1/θ for θ > 0 and x < −1/θ for
/// θ < 0. Source of the family: B. F. J. Manly, "Exponential data transformations",
/// *The Statistician* 25 (1976), whose transformation this is.
///
/// ```
/// use vdm::ch01_generative_modelling::{Bend, Map};
/// let g = Bend::new(1.0)?;
/// assert_eq!((g.apply(0.0), g.preimage(-1.0)), (0.0, None));
/// assert!((g.apply(1.0) - (1f64.exp() - 1.0)).abs() < 1e-15);
/// # Ok::<(), vdm::ch01_generative_modelling::MapError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    theta: f64,
}

/// For |y| below this, (e^y − 1)/y and ln(1 + y)/y are 1 to the last digit.
const STRAIGHT: f64 = 1e-17;

impl Bend {
    /// From the bend θ.
    ///
    /// # Errors
    /// [`MapError::Bend`] unless −1 ≤ θ ≤ 1.
    pub fn new(theta: f64) -> Result<Self, MapError> {
        if (-1.0..=1.0).contains(&theta) { Ok(Self { theta }) } else { Err(MapError::Bend { value: theta }) }
    }
}

impl Map for Bend {
    fn apply(&self, z: f64) -> f64 {
        let y = self.theta * z;
        // θ = 0 with z = ±∞ makes y NaN; g is the identity there.
        if y.abs() < STRAIGHT || self.theta == 0.0 { z } else { y.exp_m1() / self.theta }
    }

    fn preimage(&self, x: f64) -> Option<f64> {
        let y = self.theta * x;
        if y.abs() < STRAIGHT || self.theta == 0.0 {
            Some(x)
        } else if y <= -1.0 {
            None
        } else {
            Some(y.ln_1p() / self.theta)
        }
    }

    fn slope(&self, z: f64) -> f64 {
        if self.theta == 0.0 { 1.0 } else { (self.theta * z).exp() }
    }

    fn is_increasing(&self) -> bool {
        true
    }
}

/// The quantile function g = F⁻¹ of a law with distribution function F, on (0, 1);
/// g′(z) = 1/p(g(z)), the reciprocal of its density.
///
/// Sent through it, uniform noise becomes the law itself. Its reach is that of numbers
/// z in (0, 1): a point x with F(x) below 1e-308, or nearer to 1 than 1e-16, has no
/// preimage.
///
/// ```
/// use vdm::ch01_generative_modelling::{Map, Quantile};
/// use vdm::density::Exponential;
/// let g = Quantile::new(Exponential::new(2.0)?);
/// assert!((g.apply(0.5) - 0.5 * 2f64.ln()).abs() < 1e-15);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Quantile<L> {
    law: L,
}

impl<L: Density> Quantile<L> {
    /// The quantile function of `law`.
    pub fn new(law: L) -> Self {
        Self { law }
    }
}

impl<L: Density> Map for Quantile<L> {
    fn apply(&self, z: f64) -> f64 {
        let inside: Result<f64, DensityError> = self.law.quantile(z.clamp(0.0, 1.0));
        // Only NaN is outside [0, 1] after clamping.
        inside.unwrap_or(f64::NAN)
    }

    fn preimage(&self, x: f64) -> Option<f64> {
        let z = self.law.cdf(x);
        if z <= 0.0 || z >= 1.0 { None } else { Some(z) }
    }

    fn slope(&self, z: f64) -> f64 {
        (-self.law.ln_density(self.apply(z))).exp()
    }

    fn is_increasing(&self) -> bool {
        true
    }

    fn domain(&self) -> Interval {
        Interval::open(0.0, 1.0)
    }
}
