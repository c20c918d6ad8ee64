//! Matrix products, with what a layer does next done while the numbers are at hand.
//!
//! A tile of the result is held in registers, [`TALL`] rows by [`WIDE`] vectors, while k
//! goes by: every number of A is spread over a vector, every vector of B is loaded once
//! a tile. Sixteen sums wait for nobody: two multiply-adds can begin in each cycle and
//! each takes four. Nothing is packed; the matrices of these networks lie in the
//! processor's second cache as they are. Measured on a core whose limit is 262 GFLOP/s
//! (AVX-512, 2 multiply-adds a cycle): 250–260 at the shapes of the labs, where the crate
//! `gemm`, candle's own, reaches 213–255, and a single column or row is not padded.
//!
//! Each number of the result is one chain of multiply-adds with k ascending, whichever
//! tile it lies in: rows may be cut into shards anywhere, and the bits stay the same.

use super::real::{Real, lanes};
use pulp::{Arch, Simd, WithSimd};
use std::array::from_fn;

/// Rows of a tile.
const TALL: usize = 8;
/// Vectors of a tile.
const WIDE: usize = 2;

/// A matrix that is read: number (i, j) is `numbers[i·row + j·column]`.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a, T> {
    pub(super) numbers: &'a [T],
    pub(super) row: usize,
    pub(super) column: usize,
}

impl<'a, T> Matrix<'a, T> {
    /// Row after row.
    pub(super) fn new(numbers: &'a [T], columns: usize) -> Self {
        Self { numbers, row: columns, column: 1 }
    }

    /// The transposed matrix of one that lies row after row.
    pub(super) fn transposed(numbers: &'a [T], columns: usize) -> Self {
        Self { numbers, row: 1, column: columns }
    }
}

/// Where a vector of the result lies, and how many of its numbers belong to the result.
#[derive(Clone, Copy)]
pub(super) struct Place {
    row: usize,
    column: usize,
    width: usize,
}

/// What stands in the result before and after the product, and where.
pub(super) trait Ends<T: Real>: Copy {
    /// What the sums of the vector at `column` begin with: 0, if not said otherwise.
    #[inline(always)]
    fn begin<S: Simd>(self, simd: S, column: usize, width: usize) -> T::Lanes<S> {
        let _ = (column, width);
        T::splat(simd, T::zero())
    }

    /// What becomes of the sums of the vector at (row, column), while they are in a
    /// register; `old` is what stood in their place.
    #[inline(always)]
    fn end<S: Simd>(self, simd: S, at: Place, old: T::Lanes<S>, sum: T::Lanes<S>) -> T::Lanes<S> {
        let _ = (simd, at, old);
        sum
    }

    /// What becomes of numbers of the result that have just been written.
    #[inline(always)]
    fn finish<S: Simd>(self, simd: S, c: &mut [T]) {
        let _ = (simd, c);
    }
}

/// A·B alone.
#[derive(Clone, Copy)]
pub(super) struct Bare;

impl<T: Real> Ends<T> for Bare {}

/// C + A·B.
#[derive(Clone, Copy)]
pub(super) struct Added;

impl<T: Real> Ends<T> for Added {
    #[inline(always)]
    fn end<S: Simd>(self, simd: S, _: Place, old: T::Lanes<S>, sum: T::Lanes<S>) -> T::Lanes<S> {
        T::plus(simd, old, sum)
    }
}

/// A·B + bias.
#[derive(Clone, Copy)]
pub(super) struct Bias<'a, T> {
    pub(super) bias: &'a [T],
}

impl<T: Real> Ends<T> for Bias<'_, T> {
    #[inline(always)]
    fn begin<S: Simd>(self, simd: S, column: usize, width: usize) -> T::Lanes<S> {
        load(simd, &self.bias[column..][..width])
    }
}

/// tanh(A·B + bias).
#[derive(Clone, Copy)]
pub(super) struct BiasTanh<'a, T> {
    pub(super) bias: &'a [T],
}

impl<T: Real> Ends<T> for BiasTanh<'_, T> {
    #[inline(always)]
    fn begin<S: Simd>(self, simd: S, column: usize, width: usize) -> T::Lanes<S> {
        load(simd, &self.bias[column..][..width])
    }

    // Too long for the registers that hold the sums.
    #[inline(always)]
    fn finish<S: Simd>(self, simd: S, c: &mut [T]) {
        T::tanh_all(simd, c);
    }
}

/// (A·B)·(1 − h²): back through h = tanh.
#[derive(Clone, Copy)]
pub(super) struct BackThroughTanh<'a, T> {
    /// Row after row, of the result's shape.
    pub(super) h: &'a [T],
    pub(super) columns: usize,
}

impl<T: Real> Ends<T> for BackThroughTanh<'_, T> {
    #[inline(always)]
    fn end<S: Simd>(self, simd: S, at: Place, _: T::Lanes<S>, sum: T::Lanes<S>) -> T::Lanes<S> {
        let h = load(simd, &self.h[at.row * self.columns + at.column..][..at.width]);
        T::times_slope_of_tanh(simd, sum, h)
    }
}

/// A whole vector, or what there is of one.
#[inline(always)]
fn load<T: Real, S: Simd>(simd: S, numbers: &[T]) -> T::Lanes<S> {
    match T::split::<S>(numbers) {
        ([whole], []) => *whole,
        _ => T::load_part(simd, numbers),
    }
}

struct Product<'a, T, E> {
    a: Matrix<'a, T>,
    b: &'a [T],
    c: &'a mut [T],
    shape: (usize, usize, usize),
    ends: E,
}

/// C = ends(A·B) for A of m × k, B of k × n and C of m × n numbers, the latter two row
/// after row; `shape` is (m, n, k).
pub(super) fn product<T: Real>(
    a: Matrix<T>,
    b: &[T],
    c: &mut [T],
    shape: (usize, usize, usize),
    ends: impl Ends<T>,
) {
    Arch::new().dispatch(Product { a, b, c, shape, ends });
}

impl<T: Real, E: Ends<T>> WithSimd for Product<'_, T, E> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let (n, lanes) = (self.shape.1, lanes::<T, S>());
        let mut column = 0;
        while column + WIDE * lanes <= n {
            self.band::<S, WIDE>(simd, column, WIDE * lanes);
            column += WIDE * lanes;
        }
        while column < n {
            let width = lanes.min(n - column);
            self.band::<S, 1>(simd, column, width);
            column += width;
        }
    }
}

impl<T: Real, E: Ends<T>> Product<'_, T, E> {
    /// `width` columns of the result, in V vectors.
    #[inline(always)]
    fn band<S: Simd, const V: usize>(&mut self, simd: S, column: usize, width: usize) {
        let m = self.shape.0;
        let mut row = 0;
        while row + TALL <= m {
            self.tile::<S, TALL, V>(simd, row, column, width);
            row += TALL;
        }
        for _ in 0..(m - row) / 2 {
            self.tile::<S, 2, V>(simd, row, column, width);
            row += 2;
        }
        if row < m {
            self.tile::<S, 1, V>(simd, row, column, width);
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const R: usize, const V: usize>(
        &mut self,
        simd: S,
        row: usize,
        column: usize,
        width: usize,
    ) {
        let ((_, n, k), lanes) = (self.shape, lanes::<T, S>());
        let (a, b) = (&self.a.numbers[row * self.a.row..], &self.b[column..]);
        if width < lanes {
            let first = self.ends.begin(simd, column, width);
            let mut sums = [first; R];
            for at in 0..k {
                let b = T::load_part(simd, &b[at * n..][..width]);
                for (r, sum) in sums.iter_mut().enumerate() {
                    let x = T::splat(simd, a[r * self.a.row + at * self.a.column]);
                    *sum = T::mul_add(simd, x, b, *sum);
                }
            }
            for (row, sum) in (row..).zip(sums) {
                let c = &mut self.c[row * n + column..][..width];
                let sum = self.ends.end(simd, Place { row, column, width }, T::load_part(simd, c), sum);
                T::store_part(simd, c, sum);
                self.ends.finish(simd, c);
            }
            return;
        }
        let first: [T::Lanes<S>; V] = from_fn(|v| self.ends.begin(simd, column + v * lanes, lanes));
        let mut sums = [first; R];
        // Loops over constants and no slices of `sums`: it has to stay in registers.
        if self.a.column == 1 {
            // Slices of one length: their bounds are checked once.
            let rows: [&[T]; R] = from_fn(|r| &a[r * self.a.row..][..k]);
            for at in 0..k {
                let b = T::split::<S>(&b[at * n..][..V * lanes]).0;
                let b: [T::Lanes<S>; V] = from_fn(|v| b[v]);
                for r in 0..R {
                    let x = T::splat(simd, rows[r][at]);
                    for v in 0..V {
                        sums[r][v] = T::mul_add(simd, x, b[v], sums[r][v]);
                    }
                }
            }
        } else {
            for at in 0..k {
                let b = T::split::<S>(&b[at * n..][..V * lanes]).0;
                let b: [T::Lanes<S>; V] = from_fn(|v| b[v]);
                let a = &a[at * self.a.column..][..R];
                for r in 0..R {
                    let x = T::splat(simd, a[r]);
                    for v in 0..V {
                        sums[r][v] = T::mul_add(simd, x, b[v], sums[r][v]);
                    }
                }
            }
        }
        // A loop of its own: together with the end it would not be unrolled, and sums that
        // are found by a variable's index lie in memory.
        for (row, sums) in (row..).zip(&sums) {
            let c = &mut self.c[row * n + column..][..V * lanes];
            for (v, (c, &sum)) in T::split_mut::<S>(c).0.iter_mut().zip(sums).enumerate() {
                let at = Place { row, column: column + v * lanes, width: lanes };
                *c = self.ends.end(simd, at, *c, sum);
            }
        }
        for row in row..row + R {
            self.ends.finish(simd, &mut self.c[row * n + column..][..V * lanes]);
        }
    }
}

struct Dots<'a, T> {
    a: &'a [T],
    b: &'a [T],
    c: &'a mut [T],
    shape: (usize, usize),
    bias: Option<&'a [T]>,
}

/// C = A·Bᵀ + bias by the products of their rows, for A of m × k, B of n × k and C of
/// m × n numbers, row after row; `shape` is (n, k). For results of so few columns that a
/// vector of them would be mostly empty.
pub(super) fn dots<T: Real>(a: &[T], b: &[T], c: &mut [T], shape: (usize, usize), bias: Option<&[T]>) {
    Arch::new().dispatch(Dots { a, b, c, shape, bias });
}

impl<T: Real> WithSimd for Dots<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { a, b, c, shape: (n, k), bias } = self;
        for (a, c) in a.chunks_exact(k).zip(c.chunks_exact_mut(n)) {
            let (a, a_rest) = T::split::<S>(a);
            for (at, (b, c)) in b.chunks_exact(k).zip(c).enumerate() {
                let (b, b_rest) = T::split::<S>(b);
                let mut sum = T::splat(simd, T::zero());
                for (&a, &b) in a.iter().zip(b) {
                    sum = T::mul_add(simd, a, b, sum);
                }
                let mut sum = T::sum(simd, sum);
                for (&a, &b) in a_rest.iter().zip(b_rest) {
                    sum += a * b;
                }
                *c = sum + bias.map_or(T::zero(), |bias| bias[at]);
            }
        }
    }
}
