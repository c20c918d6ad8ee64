//! What is learned from: laws that can be sampled, and a reader's own points.

mod file;
mod modes;

pub use modes::{Modes, Quality};

use crate::random::Random;
use crate::{LabError, Result};
use std::path::Path;

/// The univariate target: 0.33·N(−1, 0.255²) + 0.67·N(2, 1.415²).
///
/// The f-GAN paper does not print its mixture; this one reproduces the fifteen optima
/// of its table 3 to 3.1e-4.
pub const LINE: [(f64, f64, f64); 2] = [(0.33, -1.0, 0.255), (0.67, 2.0, 1.415)];

/// A source of data.
#[derive(Clone, Debug)]
pub enum Data {
    /// The mixture [`LINE`], whose divergences are known.
    Line,
    /// Well separated modes in the plane.
    Plane(Modes),
    /// Every coordinate N(1, ½²): what the peers' benchmark draws.
    Gaussian {
        /// How many coordinates.
        dimension: usize,
    },
    /// The rows of a file, each column brought to mean 0 and deviation 1.
    Points(file::Points),
}

impl Data {
    /// `line`, `ring`, `grid`, or the path of a CSV file.
    ///
    /// # Errors
    /// [`LabError::Data`] or [`LabError::File`] for a file that cannot be used.
    ///
    /// ```
    /// use labs::data::Data;
    /// assert_eq!(Data::find("ring")?.dimension(), 2);
    /// assert!(Data::find("rings").is_err());
    /// # Ok::<(), labs::LabError>(())
    /// ```
    pub fn find(name: &str) -> Result<Self> {
        match name {
            "line" => Ok(Self::Line),
            "ring" => Ok(Self::Plane(Modes::ring())),
            "grid" => Ok(Self::Plane(Modes::grid())),
            file if file.to_lowercase().ends_with(".csv") => file::read(Path::new(file)).map(Self::Points),
            other => Err(LabError::Setting {
                setting: "--data",
                reason: format!("`{other}` is neither line, ring nor grid, nor a file that ends in .csv"),
            }),
        }
    }

    /// The number of coordinates of a point.
    pub fn dimension(&self) -> usize {
        match self {
            Self::Line => 1,
            Self::Plane(_) => 2,
            Self::Gaussian { dimension } => *dimension,
            Self::Points(points) => points.dimension(),
        }
    }

    /// Points, coordinate after coordinate, in the units that a reader gave them in.
    pub fn unscaled(&self, points: &[f64]) -> Vec<f64> {
        match self {
            Self::Points(scaling) => scaling.unscaled(points),
            _ => points.to_vec(),
        }
    }

    /// `count` independent points, one after another.
    pub fn sample(&self, count: usize, random: &mut Random) -> Vec<f32> {
        match self {
            Self::Line => {
                let [(first, ..), _] = LINE;
                let parts = random.uniforms(count);
                let mut draws = random.normals(count);
                for (x, part) in draws.iter_mut().zip(parts) {
                    let (_, mean, deviation) = LINE[usize::from(f64::from(part) >= first)];
                    *x = (mean + deviation * f64::from(*x)) as f32;
                }
                draws
            }
            Self::Plane(modes) => modes.sample(count, random),
            Self::Gaussian { dimension } => {
                let mut draws = random.normals(count * dimension);
                draws.iter_mut().for_each(|x| *x = 1.0 + 0.5 * *x);
                draws
            }
            Self::Points(points) => points.sample(count, random),
        }
    }
}
