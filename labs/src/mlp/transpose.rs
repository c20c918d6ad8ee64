//! A matrix transposed, block by block in registers.
//!
//! The backward pass multiplies by Wᵀ. Number by number, with a look at the bounds for
//! each, transposing 400 × 400 weights took 90 µs, three times a step, as long as an
//! eighth of all products; in registers it takes 20. A block of as many rows as a vector has numbers
//! is transposed by halves: first the off-diagonal quarters change places, then those of
//! the quarters, and so on. Source: J. O. Eklundh, "A fast computer method for matrix
//! transposing", 1972.

use super::real::{Real, lanes};
use pulp::{Arch, Simd, WithSimd};

/// The most numbers that a vector has.
const MOST: usize = 16;

struct Transpose<'a, T> {
    a: &'a [T],
    columns: usize,
    to: &'a mut [T],
}

/// The transposed matrix of `a`, which has so many columns; `to` is overwritten.
pub(super) fn transpose<T: Real>(a: &[T], columns: usize, to: &mut [T]) {
    Arch::new().dispatch(Transpose { a, columns, to });
}

impl<T: Real> WithSimd for Transpose<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { a, columns, to } = self;
        let (rows, side) = (a.len() / columns, lanes::<T, S>());
        let (low, right) = (rows / side * side, columns / side * side);
        for left in (0..right).step_by(side) {
            for top in (0..low).step_by(side) {
                block::<T, S>(
                    simd,
                    (&a[top * columns + left..], columns),
                    (&mut to[left * rows + top..], rows),
                );
            }
        }
        // What no block covers.
        for (i, row) in a.chunks_exact(columns).enumerate() {
            let covered = if i < low { right } else { 0 };
            for (j, &x) in row.iter().enumerate().skip(covered) {
                to[j * rows + i] = x;
            }
        }
    }
}

/// One block: from and to the top left corners of matrices of so many columns.
#[inline(always)]
fn block<T: Real, S: Simd>(simd: S, (a, columns): (&[T], usize), (to, rows): (&mut [T], usize)) {
    let side = lanes::<T, S>();
    let mut block = [T::splat(simd, T::zero()); MOST];
    for (i, row) in block.iter_mut().enumerate().take(side) {
        *row = T::split::<S>(&a[i * columns..][..side]).0[0];
    }
    // Written out, so that every index is a constant and the block stays in registers.
    exchange_all::<T, S, 8>(simd, &mut block);
    exchange_all::<T, S, 4>(simd, &mut block);
    exchange_all::<T, S, 2>(simd, &mut block);
    exchange_all::<T, S, 1>(simd, &mut block);
    for (i, row) in block.iter().enumerate().take(side) {
        T::split_mut::<S>(&mut to[i * rows..][..side]).0[0] = *row;
    }
}

/// Exchanges the off-diagonal quarters of every square of twice this side.
#[inline(always)]
fn exchange_all<T: Real, S: Simd, const HALF: usize>(simd: S, block: &mut [T::Lanes<S>; MOST]) {
    if HALF >= lanes::<T, S>() {
        return;
    }
    for pair in 0..MOST / 2 {
        let upper = pair / HALF * 2 * HALF + pair % HALF;
        let (a, b) = (block[upper], block[upper + HALF]);
        (block[upper], block[upper + HALF]) = T::exchange(simd, a, b, HALF);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns() {
        for (rows, columns) in [(1, 1), (16, 16), (8, 24), (33, 17), (64, 64), (5, 40), (48, 32)] {
            let a: Vec<f32> = (0..rows * columns).map(|x| x as f32).collect();
            let mut to = vec![-1.0; a.len()];
            transpose(&a, columns, &mut to);
            let mut wide = vec![-1.0; a.len()];
            transpose(&a.iter().map(|&x| f64::from(x)).collect::<Vec<_>>(), columns, &mut wide);
            for i in 0..rows {
                for j in 0..columns {
                    assert_eq!(to[j * rows + i], a[i * columns + j], "{rows} × {columns}: ({i}, {j})");
                    assert_eq!(wide[j * rows + i], f64::from(a[i * columns + j]));
                }
            }
        }
    }
}
