//! What candle lacks: softplus and its relatives, as operations with exact slopes.
//!
//! Each is a function of one number with its derivative, computed in f64 on the CPU, by
//! all threads where the batch is long: a number of Jeffreys' loss costs as much as a
//! thousand multiply-adds of its critic. Critic outputs are short (one number a sample), so
//! that on a GPU the way to the CPU and back costs little, and both devices see the same
//! losses.

use crate::mlp::team::Team;
use candle_core::{CpuStorage, CustomOp1, DType, Device, Layout, Result, Shape, Tensor, bail};
use vdm::special;

/// A function of one number, applied to each.
#[derive(Clone, Copy)]
pub(super) struct Pointwise<F, G> {
    pub(super) name: &'static str,
    pub(super) value: F,
    pub(super) slope: G,
}

/// Applies a function of one number to a tensor on any device.
pub(super) fn apply<F, G>(v: &Tensor, op: Pointwise<F, G>) -> Result<Tensor>
where
    F: Fn(f64) -> f64 + Clone + Send + Sync + 'static,
    G: Fn(f64) -> f64 + Clone + Send + Sync + 'static,
{
    v.to_device(&Device::Cpu)?.apply_op1(op)?.to_device(v.device())
}

/// Numbers that a thread takes at least: a few microseconds of its time.
const LEAST: usize = 256;

/// The function at every number of a storage.
fn map(
    storage: &CpuStorage,
    layout: &Layout,
    function: impl Fn(f64) -> f64 + Send + Sync + 'static,
) -> Result<(CpuStorage, Shape)> {
    let Some((start, end)) = layout.contiguous_offsets() else {
        bail!("a function of one number needs a contiguous tensor")
    };
    let numbers: Vec<f64> = match storage {
        CpuStorage::F32(numbers) => numbers[start..end].iter().map(|&x| x.into()).collect(),
        CpuStorage::F64(numbers) => numbers[start..end].to_vec(),
        _ => bail!("a function of one number takes f32 and f64"),
    };
    let team = Team::current();
    let shards = (numbers.len() / LEAST).clamp(1, team.threads());
    let mapped = team.run(shards, move |shard| {
        let count = numbers.len();
        let part = &numbers[shard * count / shards..(shard + 1) * count / shards];
        part.iter().map(|&x| function(x)).collect::<Vec<f64>>()
    });
    let Some(mapped) = mapped.into_iter().collect::<Option<Vec<_>>>().map(|parts| parts.concat()) else {
        bail!("a function of one number panicked")
    };
    let mapped = match storage {
        CpuStorage::F32(_) => CpuStorage::F32(mapped.into_iter().map(|x| x as f32).collect()),
        _ => CpuStorage::F64(mapped),
    };
    Ok((mapped, layout.shape().clone()))
}

/// Only the slope, as an operation without one of its own.
struct Slope<G>(G);

impl<G: Fn(f64) -> f64 + Clone + Send + Sync + 'static> CustomOp1 for Slope<G> {
    fn name(&self) -> &'static str {
        "slope"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        map(storage, layout, self.0.clone())
    }
}

impl<F, G> CustomOp1 for Pointwise<F, G>
where
    F: Fn(f64) -> f64 + Clone + Send + Sync + 'static,
    G: Fn(f64) -> f64 + Clone + Send + Sync + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        map(storage, layout, self.value.clone())
    }

    fn bwd(&self, v: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        // In f64: a slope beyond f32 times a gradient of 0 would be NaN.
        let slope = v.to_dtype(DType::F64)?.apply_op1_no_bwd(&Slope(self.slope.clone()))?;
        Ok(Some((gradient.to_dtype(DType::F64)? * slope)?.to_dtype(v.dtype())?))
    }
}

/// Declares tensor functions from a value and a slope.
macro_rules! pointwise {
    ($($(#[$doc:meta])* $name:ident: $value:expr, $slope:expr;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// Those of candle.
        pub fn $name(v: &Tensor) -> Result<Tensor> {
            let (value, slope): (fn(f64) -> f64, fn(f64) -> f64) = ($value, $slope);
            apply(v, Pointwise { name: stringify!($name), value, slope })
        }
    )+};
}

/// Below this, eˣ is lost beside 1.
const NO_EXP: f64 = -40.0;

/// σ(x) = 1/(1 + e^{−x}).
fn sigmoid(x: f64) -> f64 {
    if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }
}

/// ln ω(x) with Wright's ω: the l with l + eˡ = x.
fn ln_omega_value(x: f64) -> f64 {
    if x < NO_EXP { x } else { special::wright_omega(x).ln() }
}

pointwise! {
    /// softplus(v) = log(1 + eᵛ), with the sigmoid as its slope.
    softplus: special::softplus, sigmoid;

    /// log softplus(v), also where softplus(v) is 0 in f32.
    ln_softplus: special::ln_softplus, |x| {
        if x < NO_EXP { 1.0 } else { sigmoid(x) / special::softplus(x) }
    };

    /// eᵛ − 1, accurate at 0.
    exp_m1: f64::exp_m1, f64::exp;

    /// log ω(v) with Wright's ω: the l with l + eˡ = v; eˡ is Lambert's W(eᵛ).
    ln_omega: ln_omega_value, |x| 1.0 / (1.0 + ln_omega_value(x).exp());

    /// log(1 − e^{−x}) at x = eᵛ.
    ln_gap: |v| if v < NO_EXP { v } else { special::ln_one_minus_exp_neg(v.exp()) }, |v| {
        let x = v.exp();
        if v < NO_EXP { 1.0 } else if x > 700.0 { 0.0 } else { x / x.exp_m1() }
    };
}
