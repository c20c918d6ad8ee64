//! A multilayer perceptron: linear layers with tanh between them.
//!
//! Two ways to compute one function. [`Kernels::Plain`] is the readable one, out of
//! candle's operations: it runs on every device, and the tests hold the other to it.
//! [`Kernels::Fused`] is one operation for the whole network, written for the CPU:
//!
//! | file | holds | worth, measured on two cores with AVX-512 |
//! |---|---|---|
//! | `fused` | the network as one operation of candle, forward and backward | no graph within the network: candle's own part of a step is 3 % |
//! | `pass` | some rows up through all layers and back down | |
//! | `product` | matrix products in register tiles | 250–260 GFLOP/s a core of 262, `gemm` 213–255; and candle's product reads /proc/cpuinfo each time, four fifths of the smallest step |
//! | `ends` | bias, tanh and its slope within a product | the way down a quarter quicker |
//! | `dots` | layers of one or two outputs or inputs | a vector would be mostly empty |
//! | `transpose` | Wᵀ for the way down | 14 % of a step at 400 units |
//! | `stock` | buffers used again, on whole lines of the cache | the way up 5 % quicker |
//! | `team` | threads that stand by | 1 to 3 µs a fork |
//! | `collect` | gradients of θ past the graph's sums | 8 % at 400 units |
//! | `lanes` | loops over numbers: Adam, norms, sums | 0.25 ns a parameter for Adam, in candle's operations 1.5 |
//!
//! Tried and dropped, having gained nothing: blocks of rows that stay in the first cache
//! on the way down, one division for two tanhs, column sums by eight rows, four shards
//! instead of two on two cores.

mod collect;
mod dots;
mod ends;
mod fused;
pub mod lanes;
mod pass;
mod product;
mod rate;
pub mod real;
mod stock;
pub mod team;
mod transpose;

pub use collect::gradients;
pub use rate::multiply_adds_per_second;

use crate::parameters::Part;
use crate::random::Random;
use candle_core::{Device, Result, Tensor};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// How a network is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kernels {
    /// candle's own operations, one after another.
    Plain,
    /// One operation for the network; on a GPU the plain one.
    #[default]
    Fused,
}

impl Kernels {
    /// What runs on a device: the fused kernels are for the CPU.
    pub fn on(self, device: &Device) -> Self {
        if device.is_cpu() { self } else { Self::Plain }
    }
}

/// The shape of a network; its weights are a part of θ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mlp {
    sizes: Vec<usize>,
    kernels: Kernels,
}

impl Mlp {
    /// A network with these numbers of inputs, hidden units and outputs.
    pub fn new(sizes: &[usize], kernels: Kernels) -> Self {
        Self { sizes: sizes.to_vec(), kernels }
    }

    /// Its parameters at first: weights and biases N(0, 1/inputs), so that what a unit
    /// receives keeps its size from layer to layer, and the units of the first bend at
    /// different places. (With biases of 0 all would bend at x = 0.)
    pub fn parts(&self, random: &mut Random) -> Vec<Part> {
        let mut parts = Vec::new();
        for (layer, pair) in self.sizes.windows(2).enumerate() {
            let (inputs, outputs) = (pair[0], pair[1]);
            let scale = (inputs as f64).sqrt().recip();
            let mut normals = |count| -> Vec<f64> {
                random.normals(count).into_iter().map(|z| scale * f64::from(z)).collect()
            };
            parts.push(Part {
                name: format!("layer{}.weight", layer + 1),
                shape: vec![inputs, outputs],
                initial: normals(inputs * outputs),
            });
            parts.push(Part {
                name: format!("layer{}.bias", layer + 1),
                shape: vec![outputs],
                initial: normals(outputs),
            });
        }
        parts
    }

    /// The network's output for every row of `x`.
    ///
    /// # Errors
    /// Those of candle, if the shapes do not fit.
    pub fn forward(&self, theta: &Tensor, x: &Tensor) -> Result<Tensor> {
        match self.kernels.on(x.device()) {
            Kernels::Fused => fused::forward(&self.sizes, theta, x),
            Kernels::Plain => self.plain(theta, x),
        }
    }

    /// Layer by layer: x ↦ tanh(x·W + b), and without tanh at the end.
    fn plain(&self, theta: &Tensor, x: &Tensor) -> Result<Tensor> {
        let mut x = x.clone();
        let mut offset = 0;
        for (layer, pair) in self.sizes.windows(2).enumerate() {
            let (inputs, outputs) = (pair[0], pair[1]);
            let weight = theta.narrow(0, offset, inputs * outputs)?.reshape((inputs, outputs))?;
            offset += inputs * outputs;
            let bias = theta.narrow(0, offset, outputs)?;
            offset += outputs;
            x = x.matmul(&weight)?.broadcast_add(&bias)?;
            if layer + 2 < self.sizes.len() {
                x = x.tanh()?;
            }
        }
        Ok(x)
    }
}
