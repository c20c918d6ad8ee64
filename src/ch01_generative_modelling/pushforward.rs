//! The law of g(z): a generator's model on the line.

use super::exercises::{ln_density_of_generator, sample_generator};
use super::map::{Map, MapError};
use crate::Interval;
use crate::density::{Density, DensityError};
use rand::Rng;

/// The law of x = g(z) with z drawn from the noise: the *pushforward* of the noise
/// through a strictly monotone [`Map`] g.
///
/// Its density is p_θ(x) = p(z)/|g′(z)| at the z with g(z) = x, and 0 where there is no
/// such z. It is a [`Density`] like any other: it can be integrated, compared by
/// [`between`](crate::divergence::between), mixed, and pushed forward again.
///
/// ```
/// use vdm::ch01_generative_modelling::{Affine, Pushforward};
/// use vdm::density::{Density, Gaussian};
/// let noise = Gaussian::new(0.0, 1.0)?;
/// let model = Pushforward::new(noise, Affine::new(3.0, -2.0)?)?;
/// let same = Gaussian::new(3.0, 2.0)?; // a + b·z is N(a, b²)
/// assert!((model.ln_density(0.5) - same.ln_density(0.5)).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pushforward<N, M> {
    noise: N,
    map: M,
    support: Interval,
    /// A place inside the image: its median.
    middle: f64,
}

impl<N: Density, M: Map> Pushforward<N, M> {
    /// The law of `map` applied to `noise`.
    ///
    /// # Errors
    /// [`MapError::Domain`] if the noise may fall where the map is not defined. (Ends
    /// do not count: the noise has no mass in a single point.)
    pub fn new(noise: N, map: M) -> Result<Self, MapError> {
        let (support, domain) = (noise.support(), map.domain());
        if support.low() < domain.low() || support.high() > domain.high() {
            return Err(MapError::Domain { support, domain });
        }
        let image = if map.is_increasing() {
            support.map_ends(|z| map.apply(z))
        } else {
            support.mirrored().map_ends(|z| map.apply(-z))
        };
        // A half is a probability: the median exists.
        let middle = map.apply(noise.quantile(0.5).unwrap_or(f64::NAN));
        Ok(Self { noise, map, support: image, middle })
    }

    /// `n` samples, each made of one draw of the noise, with randomness from `rng` alone.
    pub fn samples(&self, n: usize, rng: &mut dyn Rng) -> Vec<f64> {
        sample_generator(&mut || self.noise.sample(rng), &|z| self.map.apply(z), n)
    }

    /// The noise.
    pub fn noise(&self) -> &N {
        &self.noise
    }

    /// The generator.
    pub fn map(&self) -> &M {
        &self.map
    }

    /// P\[X ≤ x\] or P\[X > x\], from the same tail of the noise or from the other.
    fn tail(&self, x: f64, lower: bool) -> f64 {
        match self.map.preimage(x) {
            Some(z) if lower == self.map.is_increasing() => self.noise.cdf(z),
            Some(z) => self.noise.survival(z),
            // Beyond the image all mass lies on one side.
            None => f64::from(lower == (x > self.middle)),
        }
    }
}

/// Into how many parts a stretch between two landmarks of the noise is cut.
const PARTS: u32 = 4;

impl<N: Density, M: Map> Density for Pushforward<N, M> {
    fn ln_density(&self, x: f64) -> f64 {
        let preimage = |x| self.map.preimage(x);
        ln_density_of_generator(&|z| self.noise.ln_density(z), &preimage, &|z| self.map.slope(z), x)
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        self.map.apply(self.noise.sample(rng))
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tail(x, true)
    }

    fn survival(&self, x: f64) -> f64 {
        self.tail(x, false)
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let z = if self.map.is_increasing() {
            self.noise.quantile(probability)
        } else {
            self.noise.upper_quantile(probability)
        };
        Ok(self.map.apply(z?))
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let z = if self.map.is_increasing() {
            self.noise.upper_quantile(probability)
        } else {
            self.noise.quantile(probability)
        };
        Ok(self.map.apply(z?))
    }

    fn support(&self) -> Interval {
        self.support
    }

    fn landmarks(&self) -> Vec<f64> {
        let marks = self.noise.landmarks();
        // A map may make a far longer stretch of one between two landmarks: it is cut
        // where the noise is.
        let parts = marks.windows(2).flat_map(|pair| {
            (0..PARTS).map(move |k| pair[0] + (pair[1] - pair[0]) * f64::from(k) / f64::from(PARTS))
        });
        let images = parts.chain(marks.last().copied()).map(|z| self.map.apply(z));
        images.filter(|x| x.is_finite()).collect()
    }
}
