//! The parameters of a player: one long vector θ with named parts, in order.
//!
//! One vector makes the rest short: its gradient is one tensor, the optimiser's step
//! one operation, the norm that clipping needs one number. And it has an order, which
//! candle's own `VarMap`, a hash map, has not.

use candle_core::{DType, Device, Result, Tensor, Var};

/// A named part of θ: a matrix or a vector, with its first values.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Such as `layer1.weight`.
    pub name: String,
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its first values, row after row.
    pub initial: Vec<f64>,
}

/// θ and the names of its parts.
#[derive(Debug)]
pub struct Parameters {
    theta: Var,
    parts: Vec<(String, Vec<usize>)>,
}

impl Parameters {
    /// θ with the first values of its parts.
    ///
    /// # Errors
    /// Those of candle.
    pub fn new(parts: Vec<Part>, dtype: DType, device: &Device) -> Result<Self> {
        let initial: Vec<f64> = parts.iter().flat_map(|part| part.initial.iter().copied()).collect();
        let theta =
            Tensor::from_vec(initial, parts.iter().map(|part| part.initial.len()).sum::<usize>(), device)?;
        Ok(Self {
            theta: Var::from_tensor(&theta.to_dtype(dtype)?)?,
            parts: parts.into_iter().map(|part| (part.name, part.shape)).collect(),
        })
    }

    /// θ as it is trained: gradients flow back to it.
    pub fn tracked(&self) -> &Tensor {
        self.theta.as_tensor()
    }

    /// θ for a pass in which this player stands still: no gradient flows to it.
    pub fn frozen(&self) -> Tensor {
        self.theta.detach()
    }

    /// The variable itself, for an optimiser to change.
    pub fn variable(&self) -> &Var {
        &self.theta
    }

    /// A copy of θ that later steps leave alone. (`frozen` shares its storage.)
    ///
    /// # Errors
    /// Those of candle.
    pub fn snapshot(&self) -> Result<Tensor> {
        self.theta.detach().copy()
    }

    /// The parts of a vector that is laid out as θ is: θ itself, its gradient, the
    /// optimiser's moments.
    ///
    /// # Errors
    /// Those of candle, if the vector has another length.
    pub fn split(&self, vector: &Tensor) -> Result<Vec<(String, Tensor)>> {
        let mut offset = 0;
        self.parts
            .iter()
            .map(|(name, shape)| {
                let count = shape.iter().product();
                let part = vector.narrow(0, offset, count)?.reshape(shape.as_slice())?;
                offset += count;
                Ok((name.clone(), part))
            })
            .collect()
    }
}
