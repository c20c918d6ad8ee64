//! Adam, with a state that can be saved.
//!
//! m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and after t steps
//! θ ← θ − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
//! Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2015.

use crate::mlp::Kernels;
use crate::mlp::lanes;
use crate::mlp::real::Real;
use crate::parameters::Parameters;
use candle_core::backend::BackendStorage;
use candle_core::{CpuStorage, DType, InplaceOp2, InplaceOp3, Layout, Result, Tensor, WithDType, bail};
use serde::{Deserialize, Serialize};

/// Adam's two memories: how much of the averages a step keeps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Betas {
    /// Of the gradient: 0.9 by default; 0.5 is common for adversarial training.
    pub first: f64,
    /// Of its square.
    pub second: f64,
}

impl Default for Betas {
    fn default() -> Self {
        Self { first: 0.9, second: 0.999 }
    }
}

const EPSILON: f64 = 1e-8;

/// The optimiser of one player.
#[derive(Debug)]
pub struct Adam {
    betas: Betas,
    kernels: Kernels,
    steps: u64,
    m: Tensor,
    v: Tensor,
}

impl Adam {
    /// An optimiser that has not stepped yet.
    ///
    /// # Errors
    /// Those of candle.
    pub fn new(parameters: &Parameters, betas: Betas, kernels: Kernels) -> Result<Self> {
        let zeros = || parameters.tracked().zeros_like()?.detach().copy();
        Ok(Self { betas, kernels, steps: 0, m: zeros()?, v: zeros()? })
    }

    /// How often it has stepped.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The averages m and v.
    pub fn moments(&self) -> (&Tensor, &Tensor) {
        (&self.m, &self.v)
    }

    /// Takes up a saved state.
    ///
    /// # Errors
    /// Those of candle.
    pub fn restore(&mut self, steps: u64, m: &Tensor, v: &Tensor) -> Result<()> {
        self.steps = steps;
        // Copies: the steps to come change them in place.
        (self.m, self.v) = (m.detach().copy()?, v.detach().copy()?);
        Ok(())
    }

    /// One step down along `scale`·`gradient` with learning rate `rate`.
    ///
    /// # Errors
    /// Those of candle.
    pub fn step(&mut self, parameters: &Parameters, gradient: &Tensor, scale: f64, rate: f64) -> Result<()> {
        self.steps += 1;
        let power = |beta: f64| 1.0 - beta.powf(self.steps as f64);
        let (first, second) = (power(self.betas.first), power(self.betas.second));
        let theta = parameters.variable();
        if self.kernels.on(theta.device()) == Kernels::Fused {
            let gradient = gradient.contiguous()?;
            let Betas { first: keep_m, second: keep_v } = self.betas;
            self.m.inplace_op2(&gradient, &Average { keep: keep_m, scale, squared: false })?;
            self.v.inplace_op2(&gradient, &Average { keep: keep_v, scale, squared: true })?;
            return theta.inplace_op3(
                &self.m,
                &self.v,
                &Descend { rate: rate / first, unbias: 1.0 / second },
            );
        }
        let gradient = (gradient * scale)?;
        self.m = ((&self.m * self.betas.first)? + (&gradient * (1.0 - self.betas.first))?)?.detach();
        self.v = ((&self.v * self.betas.second)? + (gradient.sqr()? * (1.0 - self.betas.second))?)?.detach();
        let denominator = ((&self.v / second)?.sqrt()? + EPSILON)?;
        theta.set(&(theta.as_tensor() - ((&self.m * (rate / first))? / denominator)?)?.detach())
    }
}

/// Calls the function for the type of the numbers.
macro_rules! by_type {
    ($storage:expr, $function:ident($($argument:expr),*)) => {
        match $storage.dtype() {
            DType::F32 => $function::<f32>($($argument),*),
            DType::F64 => $function::<f64>($($argument),*),
            other => bail!("Adam knows f32 and f64, not {other:?}"),
        }
    };
}

/// The numbers of a contiguous layout.
fn slice<'a, T: WithDType>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [T]> {
    match layout.contiguous_offsets() {
        Some((start, end)) => Ok(&storage.as_slice::<T>()?[start..end]),
        None => bail!("Adam needs contiguous tensors"),
    }
}

fn slice_mut<'a, T: Real>(storage: &'a mut CpuStorage, layout: &Layout) -> Result<&'a mut [T]> {
    match layout.contiguous_offsets() {
        Some((start, end)) => Ok(&mut T::numbers(storage)?[start..end]),
        None => bail!("Adam needs contiguous tensors"),
    }
}

/// mean ← keep·mean + (1 − keep)·(scale·g), or of its square.
struct Average {
    keep: f64,
    scale: f64,
    squared: bool,
}

impl InplaceOp2 for Average {
    fn name(&self) -> &'static str {
        "adam-average"
    }

    fn cpu_fwd(&self, mean: &mut CpuStorage, mean_l: &Layout, g: &CpuStorage, g_l: &Layout) -> Result<()> {
        fn run<T: Real>(
            op: &Average,
            (mean, mean_l): (&mut CpuStorage, &Layout),
            (g, g_l): (&CpuStorage, &Layout),
        ) -> Result<()> {
            let (keep, scale) = (T::from_f64(op.keep), T::from_f64(op.scale));
            lanes::average(slice_mut::<T>(mean, mean_l)?, slice(g, g_l)?, keep, scale, op.squared);
            Ok(())
        }
        by_type!(g, run(self, (mean, mean_l), (g, g_l)))
    }
}

/// θ ← θ − rate·m/(√(unbias·v) + ε)
struct Descend {
    rate: f64,
    unbias: f64,
}

impl InplaceOp3 for Descend {
    fn name(&self) -> &'static str {
        "adam-step"
    }

    fn cpu_fwd(
        &self,
        theta: &mut CpuStorage,
        theta_l: &Layout,
        m: &CpuStorage,
        m_l: &Layout,
        v: &CpuStorage,
        v_l: &Layout,
    ) -> Result<()> {
        fn run<T: Real>(
            op: &Descend,
            (theta, theta_l): (&mut CpuStorage, &Layout),
            (m, m_l): (&CpuStorage, &Layout),
            (v, v_l): (&CpuStorage, &Layout),
        ) -> Result<()> {
            let moments = (slice(m, m_l)?, slice(v, v_l)?);
            let (rate, unbias) = (T::from_f64(op.rate), T::from_f64(op.unbias));
            lanes::descend(slice_mut::<T>(theta, theta_l)?, moments, rate, unbias, T::from_f64(EPSILON));
            Ok(())
        }
        by_type!(m, run(self, (theta, theta_l), (m, m_l), (v, v_l)))
    }
}
