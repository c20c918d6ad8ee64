//! The whole network as one operation of candle, for the CPU.
//!
//! Where candle's operations lose time: a tanh from the C library, a bias gradient
//! summed with a division per element, gradients of both sides of every product
//! whether asked for or not, and a sum with zeros for every edge of the graph. Here
//! the hidden layers never enter the graph. The batch is cut into shards of rows that
//! the threads take through all layers; the products themselves are candle's. Their
//! number does not depend on the machine, and their gradients are added in order: the
//! same bits on any number of threads.

use super::lanes::{self, Real};
use candle_core::backend::BackendStorage;
use candle_core::{CpuStorage, CustomOp2, DType, Layout, Result, Shape, Storage, Tensor, bail};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Mutex, Once};

/// Into how many shards a batch is cut.
const SHARDS: usize = 2;
/// A shard has at least so many rows.
const LEAST_ROWS: usize = 64;

/// The network's output for every row of `x`.
pub(super) fn forward(sizes: &[usize], theta: &Tensor, x: &Tensor) -> Result<Tensor> {
    // The shards are the parallelism: within one, a product of its own threads would
    // wait for those of the others.
    static ONE_THREAD_A_PRODUCT: Once = Once::new();
    ONE_THREAD_A_PRODUCT.call_once(|| gemm::set_threading_threshold(usize::MAX));
    let network = Network { sizes: sizes.to_vec(), hidden: Mutex::new(Vec::new()) };
    x.contiguous()?.apply_op2(&theta.contiguous()?, network)
}

/// One application of a network; keeps what its hidden layers were.
struct Network {
    sizes: Vec<usize>,
    /// Per shard, per hidden layer.
    hidden: Mutex<Vec<Vec<CpuStorage>>>,
}

/// The gradients of x and of θ, those that are wanted.
type Gradients<T> = (Option<Vec<T>>, Option<Vec<T>>);

/// A matrix inside a storage, row after row.
#[derive(Clone, Copy)]
struct View<'a> {
    storage: &'a CpuStorage,
    offset: usize,
    shape: (usize, usize),
}

impl<'a> View<'a> {
    fn whole(storage: &'a CpuStorage, shape: (usize, usize)) -> Self {
        Self { storage, offset: 0, shape }
    }

    fn rows(self, rows: &Range<usize>) -> Self {
        let columns = self.shape.1;
        Self { offset: self.offset + rows.start * columns, shape: (rows.len(), columns), ..self }
    }

    fn numbers<T: Real>(&self) -> Result<&'a [T]> {
        let numbers = self.storage.as_slice::<T>()?;
        Ok(&numbers[self.offset..self.offset + self.shape.0 * self.shape.1])
    }

    fn layout(&self) -> Layout {
        Layout::contiguous_with_offset(self.shape, self.offset)
    }
}

/// self·other
fn product(a: View, b: View) -> Result<CpuStorage> {
    let sizes = (1, a.shape.0, b.shape.1, a.shape.1);
    a.storage.matmul(b.storage, sizes, &a.layout(), &b.layout())
}

/// aᵀ·b
fn transposed_product(a: View, b: View) -> Result<CpuStorage> {
    let sizes = (1, a.shape.1, b.shape.1, a.shape.0);
    a.storage.matmul(b.storage, sizes, &a.layout().transpose(0, 1)?, &b.layout())
}

/// a·bᵀ
fn product_transposed(a: View, b: View) -> Result<CpuStorage> {
    let sizes = (1, a.shape.0, b.shape.0, a.shape.1);
    a.storage.matmul(b.storage, sizes, &a.layout(), &b.layout().transpose(0, 1)?)
}

impl Network {
    fn layers(&self) -> usize {
        self.sizes.len() - 1
    }

    /// Weights and bias of a layer inside θ.
    fn layer<'a>(&self, theta: View<'a>, layer: usize) -> (View<'a>, View<'a>) {
        let before: usize = self.sizes.windows(2).take(layer).map(|pair| (pair[0] + 1) * pair[1]).sum();
        let (inputs, outputs) = (self.sizes[layer], self.sizes[layer + 1]);
        let offset = theta.offset + before;
        let weight = View { offset, shape: (inputs, outputs), ..theta };
        (weight, View { offset: offset + inputs * outputs, shape: (1, outputs), ..theta })
    }

    fn shards(rows: usize) -> Vec<Range<usize>> {
        let count = (rows / LEAST_ROWS).clamp(1, SHARDS);
        (0..count).map(|shard| shard * rows / count..(shard + 1) * rows / count).collect()
    }

    /// The outputs of all layers for some rows; the last is the network's.
    fn up<T: Real>(&self, x: View, theta: View) -> Result<Vec<CpuStorage>> {
        let mut outputs: Vec<CpuStorage> = Vec::with_capacity(self.layers());
        for layer in 0..self.layers() {
            let (weight, bias) = self.layer(theta, layer);
            let shape = (x.shape.0, self.sizes[layer]);
            let input = outputs.last().map_or(x, |below| View::whole(below, shape));
            let mut output = product(input, weight)?;
            lanes::add_bias(T::numbers(&mut output)?, bias.numbers()?, layer + 1 < self.layers());
            outputs.push(output);
        }
        Ok(outputs)
    }

    /// The gradients of x (if `for_x`) and θ (if `for_theta`; else it stays empty) from
    /// that of the output.
    fn down<T: Real>(
        &self,
        (x, theta): (View, View),
        hidden: &[CpuStorage],
        output: View,
        (for_x, for_theta): (bool, bool),
    ) -> Result<(Option<CpuStorage>, Vec<T>)> {
        let rows = x.shape.0;
        let mut of_theta = vec![T::zero(); if for_theta { theta.shape.1 } else { 0 }];
        let mut above: Option<CpuStorage> = None;
        for layer in (0..self.layers()).rev() {
            let (weight, bias) = self.layer(theta, layer);
            let gradient = above.as_ref().map_or(output, |g| View::whole(g, (rows, self.sizes[layer + 1])));
            if for_theta {
                let input = match layer {
                    0 => x,
                    _ => View::whole(&hidden[layer - 1], (rows, self.sizes[layer])),
                };
                let of_weight = transposed_product(input, gradient)?;
                let (start, end) = (weight.offset - theta.offset, bias.offset - theta.offset);
                of_theta[start..end].copy_from_slice(of_weight.as_slice()?);
                lanes::column_sums(gradient.numbers()?, &mut of_theta[end..end + bias.shape.1]);
            }
            if layer == 0 && !for_x {
                return Ok((None, of_theta));
            }
            let mut below = product_transposed(gradient, weight)?;
            if layer > 0 {
                lanes::back_through_tanh(T::numbers(&mut below)?, hidden[layer - 1].as_slice()?);
            }
            above = Some(below);
        }
        Ok((above, of_theta))
    }

    fn run_up<T: Real>(&self, x: View, theta: View) -> Result<CpuStorage> {
        let shards = Self::shards(x.shape.0);
        let passes: Vec<_> =
            shards.par_iter().map(|rows| self.up::<T>(x.rows(rows), theta)).collect::<Result<_>>()?;
        let mut output = Vec::with_capacity(x.shape.0 * self.sizes[self.layers()]);
        let mut hidden = Vec::with_capacity(passes.len());
        for mut layers in passes {
            if let Some(last) = layers.pop() {
                output.extend_from_slice(last.as_slice::<T>()?);
            }
            hidden.push(layers);
        }
        if let Ok(mut kept) = self.hidden.lock() {
            *kept = hidden;
        }
        Ok(T::to_cpu_storage_owned(output))
    }

    fn run_down<T: Real>(
        &self,
        (x, theta): (View, View),
        gradient: View,
        (for_x, for_theta): (bool, bool),
    ) -> Result<Gradients<T>> {
        let Ok(hidden) = self.hidden.lock() else { bail!("a thread of the forward pass panicked") };
        let shards = Self::shards(x.shape.0);
        let passes: Vec<_> = shards
            .par_iter()
            .zip(hidden.par_iter())
            .map(|(rows, hidden)| {
                self.down::<T>((x.rows(rows), theta), hidden, gradient.rows(rows), (for_x, for_theta))
            })
            .collect::<Result<_>>()?;
        let mut of_x = Vec::with_capacity(if for_x { x.shape.0 * x.shape.1 } else { 0 });
        let mut of_theta: Option<Vec<T>> = None;
        for (part_x, part_theta) in passes {
            if let Some(part) = part_x {
                of_x.extend_from_slice(part.as_slice::<T>()?);
            }
            match &mut of_theta {
                None => of_theta = Some(part_theta),
                Some(sum) => sum.iter_mut().zip(part_theta).for_each(|(sum, part)| *sum += part),
            }
        }
        Ok((for_x.then_some(of_x), of_theta.filter(|_| for_theta)))
    }
}

/// The numbers of a contiguous layout as a matrix of so many columns.
fn view<'a>(storage: &'a CpuStorage, layout: &Layout, columns: usize) -> Result<View<'a>> {
    let Some((start, end)) = layout.contiguous_offsets() else {
        bail!("the fused network needs contiguous tensors, not {layout:?}")
    };
    if columns == 0 || !(end - start).is_multiple_of(columns) {
        bail!("a tensor of {} numbers is no matrix of {columns} columns", end - start)
    }
    Ok(View { storage, offset: start, shape: ((end - start) / columns, columns) })
}

impl CustomOp2 for Network {
    fn name(&self) -> &'static str {
        "fused-mlp"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        theta: &CpuStorage,
        theta_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let count: usize = self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
        if theta_layout.shape().elem_count() != count || x_layout.shape().rank() != 2 {
            bail!("a network of {:?} units takes a matrix and {count} parameters", self.sizes)
        }
        if x_layout.dims()[1] != self.sizes[0] {
            bail!("a network of {} inputs cannot take {:?}", self.sizes[0], x_layout.dims())
        }
        let (x, theta) = (view(x, x_layout, self.sizes[0])?, view(theta, theta_layout, count)?);
        let output = match x.storage.dtype() {
            DType::F32 => self.run_up::<f32>(x, theta)?,
            DType::F64 => self.run_up::<f64>(x, theta)?,
            other => bail!("the fused network knows f32 and f64, not {other:?}"),
        };
        Ok((output, Shape::from((x.shape.0, self.sizes[self.layers()]))))
    }

    fn bwd(
        &self,
        x: &Tensor,
        theta: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let gradient = gradient.contiguous()?;
        let wanted = (x.track_op(), theta.track_op());
        let guards = (x.storage_and_layout(), theta.storage_and_layout(), gradient.storage_and_layout());
        let ((x_storage, x_layout), (theta_storage, theta_layout), (g_storage, g_layout)) = &guards;
        let (Storage::Cpu(x_cpu), Storage::Cpu(theta_cpu), Storage::Cpu(g_cpu)) =
            (&**x_storage, &**theta_storage, &**g_storage)
        else {
            bail!("the fused network runs on the CPU alone")
        };
        let parameters = theta_layout.shape().elem_count();
        let views = (view(x_cpu, x_layout, self.sizes[0])?, view(theta_cpu, theta_layout, parameters)?);
        let gradient = view(g_cpu, g_layout, self.sizes[self.layers()])?;
        match x.dtype() {
            DType::F32 => tensors(self.run_down::<f32>(views, gradient, wanted)?, x, theta),
            _ => tensors(self.run_down::<f64>(views, gradient, wanted)?, x, theta),
        }
    }
}

/// The gradients as tensors of the shapes of what they belong to.
fn tensors<T: Real>(
    (of_x, of_theta): Gradients<T>,
    x: &Tensor,
    theta: &Tensor,
) -> Result<(Option<Tensor>, Option<Tensor>)> {
    let tensor = |numbers: Option<Vec<T>>, like: &Tensor| {
        numbers.map(|numbers| Tensor::from_vec(numbers, like.shape(), like.device())).transpose()
    };
    Ok((tensor(of_x, x)?, tensor(of_theta, theta)?))
}
