//! What a step costs: the multiply-adds of its matrix products.
//!
//! Counted is what the gradients need and no more, so that the count is a limit for every
//! program that takes the same step: with matrices multiplied at the machine's full rate
//! and all else free, it could do (rate)/(multiply-adds) steps a second.

use super::config::{Config, GeneratorKind, Updates};

/// The products of one row, up and down.
#[derive(Clone, Copy)]
struct Passes {
    /// Up through all layers; the gradients of all weights cost the same.
    all: u64,
    /// In the first layer: what the gradient of the input costs beyond that of θ.
    first: u64,
}

impl Passes {
    fn of(sizes: &[usize]) -> Self {
        let products: Vec<u64> = sizes.windows(2).map(|pair| (pair[0] * pair[1]) as u64).collect();
        Self { all: products.iter().sum(), first: products[0] }
    }

    /// Down to θ.
    fn to_theta(self) -> u64 {
        2 * self.all - self.first
    }
}

/// Multiply-adds of one step of both players, for data of so many coordinates.
///
/// ```
/// use labs::fgan::{Config, GeneratorKind, Updates, cost};
/// let step = Config { generator: GeneratorKind::Mlp, updates: Updates::Alternating, ..Config::for_data("line") };
/// // Critic 7·4224 − 2·64 and generator 5·4224 − 64 for each of 256 rows of 1-64-64-1.
/// assert_eq!(cost::multiply_adds(&Config { batch: 256, ..step }, 1), 12_926_976);
/// ```
pub fn multiply_adds(config: &Config, dimension: usize) -> u64 {
    let critic = Passes::of(&[dimension, config.hidden, config.hidden, 1]);
    let generator = match config.generator {
        GeneratorKind::Gaussian => Passes { all: 0, first: 0 },
        GeneratorKind::Mlp => Passes::of(&[config.noise, config.hidden, config.hidden, dimension]),
    };
    let rows = match config.updates {
        Updates::Alternating => {
            let critic_step = generator.all + 2 * (critic.all + critic.to_theta());
            // The critic's pass down to its input needs no gradients of its weights.
            let generator_step = generator.all + 2 * critic.all + generator.to_theta();
            u64::from(config.critic_steps) * critic_step + generator_step
        }
        Updates::Single => {
            // One pass down gives both; the heuristic's gradient takes one of its own.
            let to_input = if config.heuristic { critic.all } else { critic.first };
            generator.all + 2 * (critic.all + critic.to_theta()) + to_input + generator.to_theta()
        }
    };
    rows * config.batch as u64
}
