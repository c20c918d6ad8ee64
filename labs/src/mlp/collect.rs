//! Gradients of the parameters, past candle's own bookkeeping.
//!
//! Candle keeps a gradient for every tensor of the graph: it begins with zeros, and what
//! each operation adds makes a new tensor. θ is long. Here a fused network adds its part
//! to one vector at once; of 400 × 400 weights that saves two passes over each player's
//! gradient, and an addition long enough for candle to start threads of its own.

use super::real::Real;
use candle_core::{CpuStorage, Result, Tensor, TensorId, bail};
use std::cell::RefCell;

thread_local! {
    /// The parameters whose gradients this thread collects, each with what there is so far.
    static WANTED: RefCell<Vec<(TensorId, Option<CpuStorage>)>> = const { RefCell::new(Vec::new()) };
}

/// Ends the collecting however its function ends.
struct Collecting;

impl Drop for Collecting {
    fn drop(&mut self) {
        WANTED.take();
    }
}

/// The gradients of a loss with respect to some parameters, in their order: by candle's
/// backward pass; fused networks hand theirs over directly.
///
/// # Errors
/// Those of candle; and if the loss does not depend on one of the parameters.
///
/// ```
/// use candle_core::{Device, Var};
/// let theta = Var::new(&[3.0_f64, 4.0], &Device::Cpu)?;
/// let loss = theta.sqr()?.sum_all()?;
/// let gradients = labs::mlp::gradients(&loss, &[&theta])?;
/// assert_eq!(gradients[0].to_vec1::<f64>()?, [6.0, 8.0]);
/// # Ok::<(), candle_core::Error>(())
/// ```
pub fn gradients(loss: &Tensor, of: &[&Tensor]) -> Result<Vec<Tensor>> {
    WANTED.set(of.iter().map(|theta| (theta.id(), None)).collect());
    let collecting = Collecting;
    let store = loss.backward()?;
    let collected = WANTED.take();
    drop(collecting);
    of.iter()
        .zip(collected)
        .map(|(theta, (_, direct))| {
            let direct = match direct {
                Some(CpuStorage::F32(numbers)) => {
                    Some(Tensor::from_vec(numbers, theta.shape(), theta.device())?)
                }
                Some(CpuStorage::F64(numbers)) => {
                    Some(Tensor::from_vec(numbers, theta.shape(), theta.device())?)
                }
                _ => None,
            };
            match (direct, store.get(theta)) {
                (Some(direct), Some(other)) => direct + other,
                (Some(direct), None) => Ok(direct),
                (None, Some(other)) => Ok(other.clone()),
                (None, None) => bail!("the loss does not depend on all of the parameters"),
            }
        })
        .collect()
}

/// Adds the sum of these parts to the gradient of θ, if this thread collects it; returns
/// whether it does. Parts are added in order.
pub(super) fn add<T: Real>(theta: &Tensor, parts: &[impl std::ops::Deref<Target = [T]>]) -> Result<bool> {
    WANTED.with_borrow_mut(|wanted| {
        let Some((_, sum)) = wanted.iter_mut().find(|(id, _)| *id == theta.id()) else { return Ok(false) };
        match sum {
            None => *sum = Some(T::to_cpu_storage_owned(total(parts))),
            Some(sum) => parts.iter().try_for_each(|part| {
                T::numbers(sum)?.iter_mut().zip(&**part).for_each(|(sum, &part)| *sum += part);
                Result::Ok(())
            })?,
        }
        Ok(true)
    })
}

/// The sum of some vectors, in order.
pub(super) fn total<T: Real>(parts: &[impl std::ops::Deref<Target = [T]>]) -> Vec<T> {
    match parts {
        [] => Vec::new(),
        [one] => one.to_vec(),
        [first, second, rest @ ..] => {
            let mut sum: Vec<T> = first.iter().zip(&**second).map(|(&a, &b)| a + b).collect();
            for part in rest {
                sum.iter_mut().zip(&**part).for_each(|(sum, &part)| *sum += part);
            }
            sum
        }
    }
}
