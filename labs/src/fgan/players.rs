//! The two players: a generator that makes samples and a critic that tells them apart.

use super::average::Average;
use super::config::{Config, GeneratorKind};
use crate::adam::{Adam, Betas};
use crate::mlp::{Kernels, Mlp};
use crate::parameters::{Parameters, Part};
use crate::random::Random;
use candle_core::{DType, Device, Result as TensorResult, Tensor};

/// How noise becomes samples.
#[derive(Clone, Debug)]
pub enum Generator {
    /// x = μ + σz in every coordinate, with θ = (μ, log σ).
    Gaussian {
        /// How many coordinates.
        dimension: usize,
    },
    /// A network.
    Mlp(Mlp),
}

impl Generator {
    /// The generator of a configuration, for data of so many coordinates.
    pub fn new(config: &Config, dimension: usize) -> Self {
        match config.generator {
            GeneratorKind::Gaussian => Self::Gaussian { dimension },
            GeneratorKind::Mlp => {
                let hidden = config.hidden;
                Self::Mlp(Mlp::new(&[config.noise, hidden, hidden, dimension], config.kernels))
            }
        }
    }

    /// Numbers of noise a sample is made from.
    pub fn noise(&self, config: &Config) -> usize {
        match self {
            Self::Gaussian { dimension } => *dimension,
            Self::Mlp(_) => config.noise,
        }
    }

    /// θ at first: N(0, 1), or a network's own.
    pub fn parts(&self, random: &mut Random) -> Vec<Part> {
        match self {
            Self::Gaussian { dimension } => ["mean", "ln_deviation"]
                .map(|name| Part {
                    name: name.into(),
                    shape: vec![*dimension],
                    initial: vec![0.0; *dimension],
                })
                .into(),
            Self::Mlp(network) => network.parts(random),
        }
    }

    /// Samples from noise.
    ///
    /// # Errors
    /// Those of candle.
    pub fn forward(&self, theta: &Tensor, noise: &Tensor) -> TensorResult<Tensor> {
        match self {
            Self::Gaussian { dimension } => {
                let mean = theta.narrow(0, 0, *dimension)?;
                let deviation = theta.narrow(0, *dimension, *dimension)?.exp()?;
                noise.broadcast_mul(&deviation)?.broadcast_add(&mean)
            }
            Self::Mlp(network) => network.forward(theta, noise),
        }
    }
}

/// One player's parameters with their optimiser.
#[derive(Debug)]
pub struct Player {
    /// θ.
    pub parameters: Parameters,
    /// Its optimiser.
    pub adam: Adam,
    /// Its mean over the last part of the run; the critic has none.
    pub average: Average,
}

impl Player {
    /// A player that has not moved yet.
    ///
    /// # Errors
    /// Those of candle.
    pub fn new(
        parts: Vec<Part>,
        betas: Betas,
        kernels: Kernels,
        (dtype, device): (DType, &Device),
    ) -> TensorResult<Self> {
        let parameters = Parameters::new(parts, dtype, device)?;
        let adam = Adam::new(&parameters, betas, kernels)?;
        let average = Average::new(&parameters)?;
        Ok(Self { parameters, adam, average })
    }
}
