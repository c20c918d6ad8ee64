//! Gradient descent without memory: θ ← θ − η·g.

use crate::mlp::Kernels;
use crate::mlp::lanes;
use crate::mlp::real::Real;
use crate::parameters::Parameters;
use candle_core::backend::BackendStorage;
use candle_core::{CpuStorage, DType, InplaceOp2, Layout, Result, Tensor, bail};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// How a player moves along its gradient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Optimizer {
    /// Adam: by its average, over the root of the average of its squares
    #[default]
    Adam,
    /// Straight down it
    Sgd,
}

/// One step down along `scale`·`gradient` with learning rate `rate`.
///
/// # Errors
/// Those of candle.
///
/// ```
/// use candle_core::{DType, Device, Tensor};
/// use labs::mlp::Kernels;
/// use labs::parameters::{Parameters, Part};
/// let part = Part { name: "x".into(), shape: vec![2], initial: vec![1.0, 2.0] };
/// let theta = Parameters::new(vec![part], DType::F64, &Device::Cpu)?;
/// let gradient = Tensor::new(&[10.0, -10.0], &Device::Cpu)?;
/// labs::sgd::step(&theta, &gradient, 1.0, 0.25, Kernels::Fused)?;
/// assert_eq!(theta.frozen().to_vec1::<f64>()?, [-1.5, 4.5]);
/// # Ok::<(), candle_core::Error>(())
/// ```
pub fn step(
    parameters: &Parameters,
    gradient: &Tensor,
    scale: f64,
    rate: f64,
    kernels: Kernels,
) -> Result<()> {
    let theta = parameters.variable();
    if kernels.on(theta.device()) == Kernels::Fused {
        return theta.inplace_op2(&gradient.contiguous()?, &Descend { rate: scale * rate });
    }
    theta.set(&(theta.as_tensor() - (gradient * (scale * rate))?)?.detach())
}

struct Descend {
    rate: f64,
}

impl Descend {
    fn run<T: Real>(
        &self,
        (theta, theta_l): (&mut CpuStorage, &Layout),
        (g, g_l): (&CpuStorage, &Layout),
    ) -> Result<()> {
        let (Some((start, end)), Some((g_start, g_end))) =
            (theta_l.contiguous_offsets(), g_l.contiguous_offsets())
        else {
            bail!("gradient descent needs contiguous tensors")
        };
        let theta = &mut T::numbers(theta)?[start..end];
        lanes::add_scaled(theta, &g.as_slice::<T>()?[g_start..g_end], T::from_f64(-self.rate));
        Ok(())
    }
}

impl InplaceOp2 for Descend {
    fn name(&self) -> &'static str {
        "sgd-step"
    }

    fn cpu_fwd(&self, theta: &mut CpuStorage, theta_l: &Layout, g: &CpuStorage, g_l: &Layout) -> Result<()> {
        match g.dtype() {
            DType::F32 => self.run::<f32>((theta, theta_l), (g, g_l)),
            DType::F64 => self.run::<f64>((theta, theta_l), (g, g_l)),
            other => bail!("gradient descent knows f32 and f64, not {other:?}"),
        }
    }
}
