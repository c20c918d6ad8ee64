//! Some rows of a batch, up through all layers and back down.
//!
//! Plain slices, one thread. θ holds for every layer its weights, inputs × outputs row
//! after row, and then its bias.

use super::dots::dots;
use super::ends::{BackThroughTanh, Bare, Bias, BiasTanh};
use super::product::{Matrix, product};
use super::real::Real;
use super::transpose::transpose;
use super::{lanes, stock};
use std::ops::Range;

/// Up to so many outputs (or inputs) of a layer go number by number: a vector of them
/// would be mostly empty. The critic's one output is the case that counts.
const NARROW: usize = 4;

/// The sizes of a network.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    sizes: Vec<usize>,
}

/// One layer: its sizes, and where it lies in θ.
struct Layer {
    inputs: usize,
    outputs: usize,
    weight: Range<usize>,
    bias: Range<usize>,
}

/// The transposed weights of the layers that a backward pass goes through.
pub(super) struct Transposed<T: Real> {
    weights: Vec<stock::Buffer<T>>,
}

impl Layers {
    pub(super) fn new(sizes: &[usize]) -> Self {
        Self { sizes: sizes.to_vec() }
    }

    pub(super) fn inputs(&self) -> usize {
        self.sizes[0]
    }

    pub(super) fn outputs(&self) -> usize {
        self.sizes[self.count()]
    }

    fn count(&self) -> usize {
        self.sizes.len() - 1
    }

    /// The length of θ.
    pub(super) fn parameters(&self) -> usize {
        self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// Hidden units in all.
    pub(super) fn hidden(&self) -> usize {
        self.sizes[1..self.count()].iter().sum()
    }

    fn widest(&self) -> usize {
        self.sizes.iter().copied().max().unwrap_or_default()
    }

    fn layer(&self, layer: usize) -> Layer {
        let start: usize = self.sizes.windows(2).take(layer).map(|pair| (pair[0] + 1) * pair[1]).sum();
        let (inputs, outputs) = (self.sizes[layer], self.sizes[layer + 1]);
        let end = start + inputs * outputs;
        Layer { inputs, outputs, weight: start..end, bias: end..end + outputs }
    }

    /// Where a hidden layer's values of so many rows lie among those of all.
    fn place(&self, layer: usize, rows: usize) -> Range<usize> {
        let start = rows * self.sizes[1..layer].iter().sum::<usize>();
        start..start + rows * self.sizes[layer]
    }

    /// The network's output for the rows of `x`; keeps the values of the hidden layers,
    /// one layer after another.
    pub(super) fn up<T: Real>(&self, theta: &[T], x: &[T], hidden: &mut [T], output: &mut [T]) {
        let rows = x.len() / self.inputs();
        for at in 0..self.count() {
            let Layer { inputs, outputs, weight, bias } = self.layer(at);
            let (weight, bias) = (&theta[weight], &theta[bias]);
            let last = at + 1 == self.count();
            let (before, after) = if last {
                (&*hidden, &mut *output)
            } else {
                let (before, after) = hidden.split_at_mut(self.place(at + 1, rows).start);
                (&*before, &mut after[..rows * outputs])
            };
            let input = if at == 0 { x } else { &before[self.place(at, rows)] };
            let shape = (rows, outputs, inputs);
            match last {
                false => product(Matrix::new(input, inputs), weight, after, shape, BiasTanh { bias }),
                true if outputs <= NARROW => {
                    let mut columns = stock::take(weight.len());
                    transpose(weight, outputs, &mut columns);
                    dots(input, &columns, after, (outputs, inputs), Some(bias));
                }
                true => product(Matrix::new(input, inputs), weight, after, shape, Bias { bias }),
            }
        }
    }

    /// What [`Layers::down`] needs of the weights; of the first layer's only for the
    /// gradient of x.
    pub(super) fn transposed<T: Real>(&self, theta: &[T], for_x: bool) -> Transposed<T> {
        let weights = (0..self.count()).map(|at| {
            let Layer { outputs, inputs, weight, .. } = self.layer(at);
            let needed = at > 0 || (for_x && inputs > NARROW);
            let mut columns = stock::take(if needed { weight.len() } else { 0 });
            if needed {
                transpose(&theta[weight], outputs, &mut columns);
            }
            columns
        });
        Transposed { weights: weights.collect() }
    }

    /// The gradients of x and θ, where there is room for them, from that of the output.
    pub(super) fn down<T: Real>(
        &self,
        (theta, transposed): (&[T], &Transposed<T>),
        (x, hidden, of_output): (&[T], &[T], &[T]),
        of_x: Option<&mut [T]>,
        mut of_theta: Option<&mut [T]>,
    ) {
        let rows = x.len() / self.inputs();
        let (mut above, mut below) = (stock::take(rows * self.widest()), stock::take(rows * self.widest()));
        above[..of_output.len()].copy_from_slice(of_output);
        for at in (0..self.count()).rev() {
            let layer = self.layer(at);
            let Layer { inputs, outputs, .. } = layer;
            let input = if at == 0 { x } else { &hidden[self.place(at, rows)] };
            let gradient = &above[..rows * outputs];
            if let Some(of_theta) = &mut of_theta {
                of_layer(&layer, input, gradient, of_theta);
            }
            let shape = (rows, inputs, outputs);
            let columns = &transposed.weights[at];
            if at > 0 {
                let ends = BackThroughTanh { h: input, columns: inputs };
                product(Matrix::new(gradient, outputs), columns, &mut below[..rows * inputs], shape, ends);
                std::mem::swap(&mut above, &mut below);
            } else if let Some(of_x) = of_x {
                if inputs <= NARROW {
                    dots(gradient, &theta[layer.weight], of_x, (inputs, outputs), None);
                } else {
                    product(Matrix::new(gradient, outputs), columns, of_x, shape, Bare);
                }
                return;
            }
        }
    }
}

/// The gradients of a layer's weights and bias: inputᵀ·gradient, and the gradient's
/// column sums.
fn of_layer<T: Real>(layer: &Layer, input: &[T], gradient: &[T], of_theta: &mut [T]) {
    let &Layer { inputs, outputs, .. } = layer;
    let rows = gradient.len() / outputs;
    let of_weight = &mut of_theta[layer.weight.clone()];
    if outputs <= NARROW {
        // The other way round: its rows are long.
        let mut columns = stock::take(inputs * outputs);
        let shape = (outputs, inputs, rows);
        product(Matrix::transposed(gradient, outputs), input, &mut columns, shape, Bare);
        transpose(&columns, inputs, of_weight);
    } else {
        product(Matrix::transposed(input, inputs), gradient, of_weight, (inputs, outputs, rows), Bare);
    }
    let of_bias = &mut of_theta[layer.bias.clone()];
    of_bias.fill(T::zero());
    lanes::column_sums(gradient, of_bias);
}
