//! Modes in the plane, and how well samples cover them.
//!
//! The benchmarks of Srivastava and others (2017) and Lin, Khetan, Fanti and Oh
//! (PacGAN, 2018): 8 modes on a ring, 25 on a grid.

use crate::random::Random;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Equally likely Gaussian modes of one deviation.
#[derive(Clone, Debug)]
pub struct Modes {
    centres: Vec<[f64; 2]>,
    deviation: f64,
}

/// How well samples cover the modes.
///
/// A perfect sampler has a high-quality share of 1 − e^{−4.5} = 98.9 %: the share of a
/// Gaussian in the plane within three deviations. Clearly more than that is itself a
/// sign of collapse.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Modes with at least one high-quality sample.
    pub modes: usize,
    /// The share of high-quality samples: within three deviations of a mode.
    pub high_quality: f64,
    /// KL of the samples' shares, by nearest mode, to the uniform law; in nats.
    pub reverse_kl: f64,
}

impl Modes {
    /// Eight modes on the unit circle, deviation 0.01.
    pub fn ring() -> Self {
        let centre = |k: u32| {
            let angle = TAU * f64::from(k) / 8.0;
            [angle.cos(), angle.sin()]
        };
        Self { centres: (0..8).map(centre).collect(), deviation: 0.01 }
    }

    /// Twenty-five modes at {−4, −2, 0, 2, 4}², deviation 0.05.
    pub fn grid() -> Self {
        let places = [-4.0, -2.0, 0.0, 2.0, 4.0];
        let centres = places.iter().flat_map(|&x| places.iter().map(move |&y| [x, y])).collect();
        Self { centres, deviation: 0.05 }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.centres.len()
    }

    pub(super) fn sample(&self, count: usize, random: &mut Random) -> Vec<f32> {
        let modes = random.indices(count, self.centres.len());
        let mut points = random.normals(2 * count);
        for (point, mode) in points.chunks_exact_mut(2).zip(modes) {
            for (x, centre) in point.iter_mut().zip(self.centres[mode]) {
                *x = (centre + self.deviation * f64::from(*x)) as f32;
            }
        }
        points
    }

    /// How well these points, x and y in turn, cover the modes.
    ///
    /// ```
    /// use labs::data::Modes;
    /// let collapsed = Modes::ring().quality(&[1.0, 0.0, 1.0, 0.005]);
    /// assert_eq!((collapsed.modes, collapsed.high_quality), (1, 1.0));
    /// assert!((collapsed.reverse_kl - 8_f64.ln()).abs() < 1e-12);
    /// ```
    pub fn quality(&self, points: &[f32]) -> Quality {
        let mut nearest = vec![0_u32; self.count()];
        let mut good = vec![0_u32; self.count()];
        for point in points.chunks_exact(2) {
            let distance = |c: &[f64; 2]| (f64::from(point[0]) - c[0]).hypot(f64::from(point[1]) - c[1]);
            let closest = (0..self.count())
                .min_by(|&a, &b| distance(&self.centres[a]).total_cmp(&distance(&self.centres[b])));
            if let Some(mode) = closest {
                nearest[mode] += 1;
                good[mode] += u32::from(distance(&self.centres[mode]) <= 3.0 * self.deviation);
            }
        }
        let count = (points.len() / 2).max(1) as f64;
        let uniform = 1.0 / self.count() as f64;
        let shares = nearest.iter().map(|&n| f64::from(n) / count).filter(|&share| share > 0.0);
        Quality {
            modes: good.iter().filter(|&&n| n > 0).count(),
            high_quality: f64::from(good.iter().sum::<u32>()) / count,
            reverse_kl: shares.map(|share| share * (share / uniform).ln()).sum(),
        }
    }
}
