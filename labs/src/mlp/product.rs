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

use super::ends::{Ends, Place};
use super::real::{Real, lanes};
use pulp::{Arch, Simd, WithSimd};
use std::array::from_fn;

/// Rows of a tile, where there are 32 registers for vectors.
const TALL: usize = 8;
/// The same where there are 16: sums, two vectors of B and one number of A.
const LOW: usize = 6;
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
        while column < n {
            let left = n - column;
            let width = if left >= WIDE * lanes { WIDE * lanes } else { left.min(lanes) };
            match (width > lanes, S::REGISTER_COUNT >= 32) {
                (true, true) => self.band::<S, TALL, WIDE>(simd, column, width),
                (true, false) => self.band::<S, LOW, WIDE>(simd, column, width),
                (false, _) => self.band::<S, TALL, 1>(simd, column, width),
            }
            column += width;
        }
    }
}

impl<T: Real, E: Ends<T>> Product<'_, T, E> {
    /// `width` columns of the result, in tiles of R rows by V vectors.
    #[inline(always)]
    fn band<S: Simd, const R: usize, const V: usize>(&mut self, simd: S, column: usize, width: usize) {
        let m = self.shape.0;
        let whole = m / R * R;
        for row in (0..whole).step_by(R) {
            self.tile::<S, R, V>(simd, row, column, width);
        }
        for row in whole..m {
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
                let sum = self.ends.end(simd, Place { row, column, width }, sum);
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
                *c = self.ends.end(simd, at, sum);
            }
        }
        for row in row..row + R {
            self.ends.finish(simd, &mut self.c[row * n + column..][..V * lanes]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ends::{BackThroughTanh, Bare, Bias, BiasTanh};
    use super::*;

    const SHAPES: [(usize, usize, usize); 8] =
        [(1, 1, 1), (8, 32, 5), (7, 33, 3), (17, 31, 64), (13, 16, 2), (3, 100, 9), (64, 64, 64), (6, 15, 1)];

    fn number<T: Real>(at: usize) -> T {
        T::from_f64((at as f64 * 0.7).sin())
    }

    /// Every shape, whichever way A lies, with what `simd` has; within roundings of sums
    /// in f64.
    fn check<T: Real, S: Simd, E: Ends<T>>(
        simd: S,
        ends: impl Fn(&'static [T], usize) -> E,
        truth: impl Fn(f64, f64, f64) -> f64,
    ) {
        for (m, n, k) in SHAPES {
            let numbers = |count: usize, from: usize| (from..from + count).map(number).collect::<Vec<T>>();
            let (a, b) = (numbers(m * k, 0), numbers(k * n, 1000));
            // One vector serves as bias and as h.
            let other: &'static [T] = numbers(m * n, 5000).leak();
            for (a_matrix, at) in [
                (Matrix::new(&a, k), (|i, l, _, k| i * k + l) as fn(usize, usize, usize, usize) -> usize),
                (Matrix::transposed(&a, m), |i, l, m, _| l * m + i),
            ] {
                let mut c = vec![T::from_f64(f64::NAN); m * n];
                let ends = ends(other, n);
                simd.vectorize(Product { a: a_matrix, b: &b, c: &mut c, shape: (m, n, k), ends });
                for i in 0..m {
                    for j in 0..n {
                        let term = |l| a[at(i, l, m, k)].wide() * b[l * n + j].wide();
                        let (sum, size): (f64, f64) =
                            ((0..k).map(term).sum(), (0..k).map(|l| term(l).abs()).sum());
                        let expected = truth(sum, other[j].wide(), other[i * n + j].wide());
                        let found = c[i * n + j].wide();
                        // A rounding for each term, and some for the bias and f32's tanh.
                        let digits = if T::DTYPE.size_in_bytes() == 4 { 24 } else { 53 };
                        let limit = (k as f64 * size + 16.0) * 2_f64.powi(-digits);
                        assert!(
                            (found - expected).abs() < limit,
                            "{m}×{n}×{k}: ({i}, {j}) {found} {expected}"
                        );
                    }
                }
            }
        }
    }

    fn all<T: Real, S: Simd>(simd: S) {
        check::<T, S, _>(simd, |_, _| Bare, |sum, _, _| sum);
        check::<T, S, _>(simd, |bias, _| Bias { bias }, |sum, bias, _| sum + bias);
        check::<T, S, _>(simd, |bias, _| BiasTanh { bias }, |sum, bias, _| (sum + bias).tanh());
        check::<T, S, _>(simd, |h, columns| BackThroughTanh { h, columns }, |sum, _, h| sum * (1.0 - h * h));
    }

    #[test]
    fn products_are_products_in_every_instruction_set() {
        all::<f32, _>(pulp::Scalar);
        all::<f64, _>(pulp::Scalar);
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(simd) = pulp::x86::V3::try_new() {
                all::<f32, _>(simd);
                all::<f64, _>(simd);
            }
            if let Some(simd) = pulp::x86::V4::try_new() {
                all::<f32, _>(simd);
                all::<f64, _>(simd);
            }
        }
    }
}
