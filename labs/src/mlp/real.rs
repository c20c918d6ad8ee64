//! The numbers that the fast operations know, f32 and f64, one by one and in the
//! vectors of an instruction set.
//!
//! `pulp` picks the widest set of the machine at run time; each operation here is one
//! instruction there (a multiply-add is two where the machine has no fused one).

use super::stock::Stocked;
use candle_core::{CpuStorage, Result, WithDType};
use pulp::Simd;

/// A number that the fast operations know: `f32` and `f64`.
pub trait Real: WithDType + Stocked {
    /// As many numbers as one register holds.
    type Lanes<S: Simd>: Copy;

    /// The numbers as vectors, and what is left at the end.
    fn split<S: Simd>(numbers: &[Self]) -> (&[Self::Lanes<S>], &[Self]);
    /// As [`Real::split`], to be changed.
    fn split_mut<S: Simd>(numbers: &mut [Self]) -> (&mut [Self::Lanes<S>], &mut [Self]);
    /// A vector of fewer numbers than it has room for; 0 in the rest.
    fn load_part<S: Simd>(simd: S, numbers: &[Self]) -> Self::Lanes<S>;
    /// Writes as many as there is room for.
    fn store_part<S: Simd>(simd: S, numbers: &mut [Self], x: Self::Lanes<S>);
    /// x in every place.
    fn splat<S: Simd>(simd: S, x: Self) -> Self::Lanes<S>;
    /// a·b + c
    fn mul_add<S: Simd>(simd: S, a: Self::Lanes<S>, b: Self::Lanes<S>, c: Self::Lanes<S>) -> Self::Lanes<S>;
    /// g·(1 − h²)
    fn times_slope_of_tanh<S: Simd>(simd: S, g: Self::Lanes<S>, h: Self::Lanes<S>) -> Self::Lanes<S>;
    /// The sum of the places.
    fn sum<S: Simd>(simd: S, x: Self::Lanes<S>) -> Self;
    /// Of every two groups of so many places, the second of `a` and the first of `b`
    /// change places.
    fn exchange<S: Simd>(
        simd: S,
        a: Self::Lanes<S>,
        b: Self::Lanes<S>,
        group: usize,
    ) -> (Self::Lanes<S>, Self::Lanes<S>);
    /// tanh x, in place. NaN for NaN.
    fn tanh_all<S: Simd>(simd: S, numbers: &mut [Self]);

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

/// Numbers in a vector of an instruction set.
#[inline(always)]
pub(super) fn lanes<T: Real, S: Simd>() -> usize {
    size_of::<T::Lanes<S>>() / size_of::<T>()
}

/// tanh for |x| ≤ 7.9 as the ratio of two polynomials, and ±1 beyond: to eight units in
/// the last place. Source: the coefficients are those of Eigen's
/// `generic_fast_tanh_float`.
#[inline(always)]
fn tanh_f32s<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    const END: f32 = 7.905_311;
    // Chosen by comparison, not by minimum and maximum, which would lose a NaN.
    let end = simd.splat_f32s(END);
    let x = simd.select_f32s(simd.greater_than_f32s(x, end), end, x);
    let start = simd.splat_f32s(-END);
    let x = simd.select_f32s(simd.less_than_f32s(x, start), start, x);
    let s = simd.mul_f32s(x, x);
    let horner = |first: f32, rest: &[f32]| {
        rest.iter().fold(simd.splat_f32s(first), |sum, &c| simd.mul_add_e_f32s(s, sum, simd.splat_f32s(c)))
    };
    let p = horner(
        -2.760_768_5e-16,
        &[2.000_188e-13, -8.604_672e-11, 5.122_297e-8, 1.485_722_4e-5, 6.372_619_3e-4, 4.893_524_6e-3],
    );
    let q = horner(1.198_258_4e-6, &[1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3]);
    simd.div_f32s(simd.mul_f32s(x, p), q)
}

/// 1 in the first of every two groups of 1, 2, 4 and 8 places, 0 in the second.
struct FirstGroups {
    f32: [[f32; 16]; 4],
    f64: [[f64; 16]; 4],
}

const FIRST_GROUPS: FirstGroups = {
    let mut groups = FirstGroups { f32: [[0.0; 16]; 4], f64: [[0.0; 16]; 4] };
    let mut at = 0;
    while at < 4 * 16 {
        let (level, place) = (at / 16, at % 16);
        if place >> level & 1 == 0 {
            groups.f32[level][place] = 1.0;
            groups.f64[level][place] = 1.0;
        }
        at += 1;
    }
    groups
};

/// What both types say in the same words.
macro_rules! in_words_of {
    (
        $type:ident, $vector:ident, $variant:ident, $split:ident, $split_mut:ident,
        $load:ident, $store:ident, $splat:ident, $mul:ident, $minus_mul_add:ident, $mul_add:ident, $sum:ident,
        $left:ident, $right:ident, $greater:ident, $select:ident
    ) => {
        type Lanes<S: Simd> = S::$vector;

        #[inline(always)]
        fn split<S: Simd>(numbers: &[Self]) -> (&[S::$vector], &[Self]) {
            S::$split(numbers)
        }

        #[inline(always)]
        fn split_mut<S: Simd>(numbers: &mut [Self]) -> (&mut [S::$vector], &mut [Self]) {
            S::$split_mut(numbers)
        }

        #[inline(always)]
        fn load_part<S: Simd>(simd: S, numbers: &[Self]) -> S::$vector {
            simd.$load(numbers)
        }

        #[inline(always)]
        fn store_part<S: Simd>(simd: S, numbers: &mut [Self], x: S::$vector) {
            simd.$store(numbers, x);
        }

        #[inline(always)]
        fn splat<S: Simd>(simd: S, x: Self) -> S::$vector {
            simd.$splat(x)
        }

        #[inline(always)]
        fn mul_add<S: Simd>(simd: S, a: S::$vector, b: S::$vector, c: S::$vector) -> S::$vector {
            simd.$mul_add(a, b, c)
        }

        #[inline(always)]
        fn times_slope_of_tanh<S: Simd>(simd: S, g: S::$vector, h: S::$vector) -> S::$vector {
            simd.$mul(g, simd.$minus_mul_add(h, h, simd.$splat(1.0)))
        }

        #[inline(always)]
        fn sum<S: Simd>(simd: S, x: S::$vector) -> Self {
            simd.$sum(x)
        }

        #[inline(always)]
        fn exchange<S: Simd>(
            simd: S,
            a: S::$vector,
            b: S::$vector,
            group: usize,
        ) -> (S::$vector, S::$vector) {
            let (first, _) = S::$split(&FIRST_GROUPS.$type[group.trailing_zeros() as usize]);
            let first = simd.$greater(first[0], simd.$splat(0.0));
            let (right, left) = (simd.$right(b, group), simd.$left(a, group));
            (simd.$select(first, a, right), simd.$select(first, left, b))
        }

        #[inline(always)]
        fn sqrt(self) -> Self {
            Self::sqrt(self)
        }

        #[inline(always)]
        fn wide(self) -> f64 {
            self.into()
        }

        fn numbers(storage: &mut CpuStorage) -> Result<&mut [Self]> {
            match storage {
                CpuStorage::$variant(numbers) => Ok(numbers),
                _ => candle_core::bail!("expected numbers of type {:?}", Self::DTYPE),
            }
        }
    };
}

impl Real for f32 {
    in_words_of!(
        f32,
        f32s,
        F32,
        as_simd_f32s,
        as_mut_simd_f32s,
        partial_load_f32s,
        partial_store_f32s,
        splat_f32s,
        mul_f32s,
        negate_mul_add_e_f32s,
        mul_add_e_f32s,
        reduce_sum_f32s,
        rotate_left_f32s,
        rotate_right_f32s,
        greater_than_f32s,
        select_f32s
    );

    #[inline(always)]
    fn tanh_all<S: Simd>(simd: S, numbers: &mut [Self]) {
        let (vectors, rest) = S::as_mut_simd_f32s(numbers);
        for x in vectors {
            *x = tanh_f32s(simd, *x);
        }
        if !rest.is_empty() {
            let x = tanh_f32s(simd, simd.partial_load_f32s(rest));
            simd.partial_store_f32s(rest, x);
        }
    }
}

impl Real for f64 {
    in_words_of!(
        f64,
        f64s,
        F64,
        as_simd_f64s,
        as_mut_simd_f64s,
        partial_load_f64s,
        partial_store_f64s,
        splat_f64s,
        mul_f64s,
        negate_mul_add_e_f64s,
        mul_add_e_f64s,
        reduce_sum_f64s,
        rotate_left_f64s,
        rotate_right_f64s,
        greater_than_f64s,
        select_f64s
    );

    // Double precision is for checks, where the C library's tanh is quick enough.
    #[inline(always)]
    fn tanh_all<S: Simd>(_: S, numbers: &mut [Self]) {
        numbers.iter_mut().for_each(|x| *x = x.tanh());
    }
}
