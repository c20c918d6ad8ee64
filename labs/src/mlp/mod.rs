//! A multilayer perceptron: linear layers with tanh between them.
//!
//! Two ways to compute one function. [`Kernels::Plain`] is the readable one, out of
//! candle's operations: it runs on every device, and the tests hold the other to it.
//! [`Kernels::Fused`] is one operation for the whole network, written for the CPU.

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
use candle_core::{Result, Tensor};
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
        if self.kernels == Kernels::Fused && x.device().is_cpu() {
            fused::forward(&self.sizes, theta, x)
        } else {
            self.plain(theta, x)
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
