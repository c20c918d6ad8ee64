//! Loops over numbers, compiled once for each instruction set of the machine.
//!
//! `pulp` picks the widest at run time, and the compiler turns the loops into its
//! instructions. Sums keep their order and nothing is contracted to a fused
//! multiply-add: these loops give the same bits on every machine.

use super::real::Real;
use pulp::{Arch, Simd, WithSimd};

/// Sums over the rows.
struct ColumnSums<'a, T> {
    g: &'a [T],
    sums: &'a mut [T],
}

impl<T: Real> WithSimd for ColumnSums<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for row in self.g.chunks_exact(self.sums.len()) {
            for (sum, &g) in self.sums.iter_mut().zip(row) {
                *sum += g;
            }
        }
    }
}

/// Adds every row of `g` to `sums`: the gradient of a bias.
pub fn column_sums<T: Real>(g: &[T], sums: &mut [T]) {
    Arch::new().dispatch(ColumnSums { g, sums });
}

/// A moving average of g or of g².
struct Average<'a, T> {
    mean: &'a mut [T],
    g: &'a [T],
    keep: T,
    scale: T,
    squared: bool,
}

impl<T: Real> WithSimd for Average<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { mean, g, keep, scale, squared } = self;
        let new = T::one() - keep;
        if squared {
            for (mean, &g) in mean.iter_mut().zip(g) {
                let g = g * scale;
                *mean = keep * *mean + new * (g * g);
            }
        } else {
            for (mean, &g) in mean.iter_mut().zip(g) {
                *mean = keep * *mean + new * (g * scale);
            }
        }
    }
}

/// mean ← keep·mean + (1 − keep)·x, with x = scale·g, or its square.
pub fn average<T: Real>(mean: &mut [T], g: &[T], keep: T, scale: T, squared: bool) {
    Arch::new().dispatch(Average { mean, g, keep, scale, squared });
}

/// Adam's step from its two averages.
struct Descend<'a, T> {
    theta: &'a mut [T],
    m: &'a [T],
    v: &'a [T],
    rate: T,
    unbias: T,
    epsilon: T,
}

impl<T: Real> WithSimd for Descend<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { theta, m, v, rate, unbias, epsilon } = self;
        for ((theta, &m), &v) in theta.iter_mut().zip(m).zip(v) {
            *theta -= rate * m / ((v * unbias).sqrt() + epsilon);
        }
    }
}

/// θ ← θ − rate·m/(√(unbias·v) + ε).
pub fn descend<T: Real>(theta: &mut [T], (m, v): (&[T], &[T]), rate: T, unbias: T, epsilon: T) {
    Arch::new().dispatch(Descend { theta, m, v, rate, unbias, epsilon });
}

/// x + factor·y.
struct AddScaled<'a, T> {
    x: &'a mut [T],
    y: &'a [T],
    factor: T,
}

impl<T: Real> WithSimd for AddScaled<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (x, &y) in self.x.iter_mut().zip(self.y) {
            *x += self.factor * y;
        }
    }
}

/// x ← x + factor·y.
pub fn add_scaled<T: Real>(x: &mut [T], y: &[T], factor: T) {
    Arch::new().dispatch(AddScaled { x, y, factor });
}

/// Σg² in f64.
struct SquareSum<'a, T> {
    g: &'a [T],
}

impl<T: Real> WithSimd for SquareSum<'_, T> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f64 {
        // One sum would wait for itself at every number.
        let mut sums = [0.0; 16];
        let (chunks, rest) = self.g.as_chunks::<16>();
        for chunk in chunks {
            for (sum, &g) in sums.iter_mut().zip(chunk) {
                let g = g.wide();
                *sum += g * g;
            }
        }
        sums.iter().sum::<f64>() + rest.iter().map(|&g| g.wide() * g.wide()).sum::<f64>()
    }
}

/// The sum of the squares, in f64.
pub fn square_sum<T: Real>(g: &[T]) -> f64 {
    Arch::new().dispatch(SquareSum { g })
}
