//! What a layer does before and after its matrix product.
//!
//! The product begins with the bias instead of 0, and ends with a tanh of what it has just
//! written, or with tanh's slope while the sums are still in registers: no pass of its own
//! over the hidden layer. Multiplying by the slope in a pass of its own made the way down
//! a quarter slower.

use super::real::Real;
use pulp::Simd;

/// Where a vector of the result lies, and how many of its numbers belong to the result.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) width: usize,
}

/// What stands in the result before and after the product, and where.
pub(super) trait Ends<T: Real>: Copy {
    /// What the sums of the vector at `column` begin with: 0, if not said otherwise.
    #[inline(always)]
    fn begin<S: Simd>(self, simd: S, column: usize, width: usize) -> T::Lanes<S> {
        let _ = (column, width);
        T::splat(simd, T::zero())
    }

    /// What becomes of the sums of a vector while they are in a register.
    #[inline(always)]
    fn end<S: Simd>(self, simd: S, at: Place, sum: T::Lanes<S>) -> T::Lanes<S> {
        let _ = (simd, at);
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
    fn end<S: Simd>(self, simd: S, at: Place, sum: T::Lanes<S>) -> T::Lanes<S> {
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
