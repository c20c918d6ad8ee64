//! Products with so few columns that a vector of them would be mostly empty.

use super::real::Real;
use pulp::{Arch, Simd, WithSimd};

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
