//! The whole network as one operation of candle, for the CPU.
//!
//! Where candle's operations lose time: a tanh from the C library (19 ns a number; here
//! 0.2), a bias gradient summed with a division per element, gradients of both sides of
//! every product whether asked for or not, a sum with zeros for every edge of the graph,
//! and, unless `RAYON_NUM_THREADS` is set, a look into /proc/cpuinfo for the number of
//! cores before every product. Here the hidden layers never enter the graph: the batch is
//! cut into shards of rows that the threads take through all layers.
//!
//! The number of shards depends on the sizes alone, and their gradients are added in
//! order: the same bits on any number of threads.

use super::collect;
use super::pass::Layers;
use super::real::Real;
use super::stock::{self, Buffer};
use super::team::Team;
use candle_core::{CpuStorage, CustomOp2, DType, Layout, Result, Shape, Storage, Tensor, bail};
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// A shard has at least so many rows.
const LEAST_ROWS: usize = 64;
/// Into at most how many shards a batch is cut: as many gradients of θ are added up,
/// which costs more than it gains where θ is longer than the second cache.
const SHARDS: usize = 2;

/// The network's output for every row of `x`.
pub(super) fn forward(sizes: &[usize], theta: &Tensor, x: &Tensor) -> Result<Tensor> {
    let layers = Layers::new(sizes);
    if x.rank() != 2 || x.dims()[1] != layers.inputs() {
        bail!("a network of {} inputs cannot take {:?}", layers.inputs(), x.dims())
    }
    if theta.elem_count() != layers.parameters() {
        bail!("a network of {sizes:?} units takes {} parameters, not {:?}", layers.parameters(), theta.dims())
    }
    let (theta, x) = (theta.contiguous()?, x.contiguous()?);
    match x.dtype() {
        DType::F32 => run_up::<f32>(layers, &theta, &x),
        DType::F64 => run_up::<f64>(layers, &theta, &x),
        other => bail!("the fused network knows f32 and f64, not {other:?}"),
    }
}

fn shards(rows: usize) -> Vec<Range<usize>> {
    let count = (rows / LEAST_ROWS).clamp(1, SHARDS);
    (0..count).map(|shard| shard * rows / count..(shard + 1) * rows / count).collect()
}

/// Lends the numbers of a contiguous tensor on the CPU.
fn with_numbers<T: Real, R>(tensor: &Tensor, run: impl FnOnce(&[T]) -> R) -> Result<R> {
    let (storage, layout) = tensor.storage_and_layout();
    match (&*storage, layout.contiguous_offsets()) {
        (Storage::Cpu(numbers), Some((start, end))) => Ok(run(&numbers.as_slice::<T>()?[start..end])),
        _ => bail!("the fused network takes contiguous tensors on the CPU, not {layout:?}"),
    }
}

/// What all shards gave, or the first error.
fn all<R>(results: Vec<Option<Result<R>>>) -> Result<Vec<R>> {
    let panicked = || Err(candle_core::Error::Msg("a shard of the fused network panicked".into()));
    results.into_iter().map(|result| result.unwrap_or_else(panicked)).collect()
}

fn run_up<T: Real>(layers: Layers, theta: &Tensor, x: &Tensor) -> Result<Tensor> {
    let (rows, outputs) = (x.dims()[0], layers.outputs());
    let shards = shards(rows);
    let count = shards.len();
    let work = {
        let (layers, theta, x) = (layers.clone(), theta.clone(), x.clone());
        move |shard: usize| {
            let Range { start, end } = shards[shard];
            let mut hidden = stock::take::<T>((end - start) * layers.hidden());
            let mut output = vec![T::zero(); (end - start) * outputs];
            let inputs = layers.inputs();
            with_numbers(&theta, |theta| {
                with_numbers(&x, |x| {
                    layers.up(theta, &x[start * inputs..end * inputs], &mut hidden, &mut output);
                })
            })??;
            Ok((hidden, output))
        }
    };
    let passes = all(Team::current().run(count, work))?;
    let mut output = Vec::with_capacity(rows * outputs);
    let mut hidden = Vec::with_capacity(count);
    for (part_hidden, part) in passes {
        output.extend_from_slice(&part);
        hidden.push(part_hidden);
    }
    let output = Mutex::new(Some((T::to_cpu_storage_owned(output), Shape::from((rows, outputs)))));
    x.apply_op2(theta, Network { layers, hidden: Arc::new(hidden), output })
}

/// One application of a network; keeps what its hidden layers were, shard by shard.
struct Network<T: Real> {
    layers: Layers,
    hidden: Arc<Vec<Buffer<T>>>,
    /// Computed before candle asks for it: work for other threads owns what it reads, and
    /// candle only lends.
    output: Mutex<Option<(CpuStorage, Shape)>>,
}

impl<T: Real> CustomOp2 for Network<T> {
    fn name(&self) -> &'static str {
        "fused-mlp"
    }

    fn cpu_fwd(&self, _: &CpuStorage, _: &Layout, _: &CpuStorage, _: &Layout) -> Result<(CpuStorage, Shape)> {
        match self.output.lock().ok().and_then(|mut output| output.take()) {
            Some(output) => Ok(output),
            None => bail!("a fused network is applied once"),
        }
    }

    fn bwd(
        &self,
        x: &Tensor,
        theta: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let gradient = gradient.contiguous()?;
        let (for_x, for_theta) = (x.track_op(), theta.track_op());
        let shards = shards(x.dims()[0]);
        let count = shards.len();
        let transposed = with_numbers(theta, |theta| self.layers.transposed::<T>(theta, for_x))?;
        let work = {
            let (layers, hidden) = (self.layers.clone(), Arc::clone(&self.hidden));
            let (x, theta) = (x.clone(), theta.clone());
            move |shard: usize| {
                let Range { start, end } = shards[shard];
                let (inputs, outputs) = (layers.inputs(), layers.outputs());
                let mut of_x = for_x.then(|| vec![T::zero(); (end - start) * inputs]);
                let mut of_theta = for_theta.then(|| stock::take::<T>(layers.parameters()));
                let mut down = |theta: &[T], x: &[T], gradient: &[T]| {
                    let x = &x[start * inputs..end * inputs];
                    let gradient = &gradient[start * outputs..end * outputs];
                    let (of_x, of_theta) = (of_x.as_deref_mut(), of_theta.as_deref_mut());
                    layers.down((theta, &transposed), (x, &hidden[shard], gradient), of_x, of_theta);
                };
                with_numbers(&theta, |theta| {
                    with_numbers(&x, |x| with_numbers(&gradient, |gradient| down(theta, x, gradient)))
                })???;
                Ok((of_x, of_theta))
            }
        };
        let passes = all(Team::current().run(count, work))?;
        let (mut of_x, mut of_theta): (Vec<T>, Vec<Buffer<T>>) = (Vec::new(), Vec::new());
        for (part_x, part_theta) in passes {
            of_x.extend(part_x.unwrap_or_default());
            of_theta.extend(part_theta);
        }
        let tensor = |numbers, like: &Tensor| Tensor::from_vec(numbers, like.shape(), like.device());
        let of_x = for_x.then(|| tensor(of_x, x)).transpose()?;
        if !for_theta || collect::add(theta, &of_theta)? {
            return Ok((of_x, None));
        }
        Ok((of_x, Some(tensor(collect::total(&of_theta), theta)?)))
    }
}
