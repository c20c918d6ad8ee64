//! Loops over numbers, compiled once for each instruction set of the machine.
//!
//! `pulp` picks the widest at run time. Sums keep their order and nothing is
//! contracted to a fused multiply-add, so that these loops give the same bits on
//! every machine.

use candle_core::{CpuStorage, Result, WithDType};
use pulp::{Arch, Simd, WithSimd};

/// A number that the fused operations know: `f32` and `f64`.
pub trait Real: WithDType {
    /// tanh x. NaN for NaN.
    fn tanh(self) -> Self;
    /// √x.
    fn sqrt(self) -> Self;
    /// x in f64.
    fn wide(self) -> f64;
    /// The numbers of a storage, to be changed.
    ///
    /// # Errors
    /// If it holds another type.
    fn numbers(storage: &mut CpuStorage) -> Result<&mut [Self]>;
}

/// tanh for |x| ≤ 7.9 as the ratio of two polynomials, and ±1 beyond: to eight units in
/// the last place. Source: the coefficients are those of Eigen's
/// `generic_fast_tanh_float`.
#[inline(always)]
fn tanh_f32(x: f32) -> f32 {
    const END: f32 = 7.905_311;
    let x = if x > END { END } else { x };
    let x = if x < -END { -END } else { x };
    let s = x * x;
    let p = s * -2.760_768_5e-16 + 2.000_188e-13;
    let p = s * p + -8.604_672e-11;
    let p = s * p + 5.122_297e-8;
    let p = s * p + 1.485_722_4e-5;
    let p = s * p + 6.372_619_3e-4;
    let p = s * p + 4.893_524_6e-3;
    let q = s * 1.198_258_4e-6 + 1.185_347_1e-4;
    let q = s * q + 2.268_434_6e-3;
    let q = s * q + 4.893_525e-3;
    x * p / q
}

impl Real for f32 {
    #[inline(always)]
    fn tanh(self) -> Self {
        tanh_f32(self)
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Self::sqrt(self)
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        f64::from(self)
    }

    fn numbers(storage: &mut CpuStorage) -> Result<&mut [Self]> {
        match storage {
            CpuStorage::F32(numbers) => Ok(numbers),
            _ => candle_core::bail!("expected numbers of type f32"),
        }
    }
}

impl Real for f64 {
    #[inline(always)]
    fn tanh(self) -> Self {
        Self::tanh(self)
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Self::sqrt(self)
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        self
    }

    fn numbers(storage: &mut CpuStorage) -> Result<&mut [Self]> {
        match storage {
            CpuStorage::F64(numbers) => Ok(numbers),
            _ => candle_core::bail!("expected numbers of type f64"),
        }
    }
}

/// y + bias in every row, then tanh if asked for.
struct AddBias<'a, T> {
    y: &'a mut [T],
    bias: &'a [T],
    tanh: bool,
}

impl<T: Real> WithSimd for AddBias<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for row in self.y.chunks_exact_mut(self.bias.len()) {
            if self.tanh {
                for (y, &b) in row.iter_mut().zip(self.bias) {
                    *y = (*y + b).tanh();
                }
            } else {
                for (y, &b) in row.iter_mut().zip(self.bias) {
                    *y += b;
                }
            }
        }
    }
}

/// Adds the bias to every row of `y`, and applies tanh if `tanh` is set.
pub fn add_bias<T: Real>(y: &mut [T], bias: &[T], tanh: bool) {
    Arch::new().dispatch(AddBias { y, bias, tanh });
}

/// g·(1 − h²): back through h = tanh.
struct BackThroughTanh<'a, T> {
    g: &'a mut [T],
    h: &'a [T],
}

impl<T: Real> WithSimd for BackThroughTanh<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (g, &h) in self.g.iter_mut().zip(self.h) {
            *g *= T::one() - h * h;
        }
    }
}

/// Multiplies `g` by the slope of tanh where its value is `h`.
pub fn back_through_tanh<T: Real>(g: &mut [T], h: &[T]) {
    Arch::new().dispatch(BackThroughTanh { g, h });
}

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
