//! Chapter 3, The convex conjugate: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch03` grades it. A hint:
//! `cargo workbook hint 3.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 3.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use vdm::special::exp_remainder;

// ── 3.1 The conjugate of KL ──
/// f\*(t) for the generator of KL, f(u) = u log u on u ≥ 0.
///
/// `t` is any slope, ±∞ included; the value is finite for each real one, unless it
/// is too large for an f64.
pub fn conjugate_of_kl(t: f64) -> f64 {
    todo!("3.1 conjugate_of_kl")
}

// ── 3.2 The conjugate of reverse KL ──
/// f\*(t) for the generator of reverse KL, f(u) = −log u on u > 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
pub fn conjugate_of_reverse_kl(t: f64) -> f64 {
    todo!("3.2 conjugate_of_reverse_kl")
}

// ── 3.3 The conjugate of total variation ──
/// f\*(t) for the generator of total variation, f(u) = ½|u − 1| on u ≥ 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
pub fn conjugate_of_total_variation(t: f64) -> f64 {
    todo!("3.3 conjugate_of_total_variation")
}

// ── 3.4 The conjugate of Pearson's χ² on u ≥ 0 ──
/// f\*(t) for the generator of Pearson's χ², f(u) = (u − 1)² on u ≥ 0.
///
/// `t` is any slope, ±∞ included; the value is finite for each real one, unless it
/// is too large for an f64.
pub fn conjugate_of_pearson(t: f64) -> f64 {
    todo!("3.4 conjugate_of_pearson")
}

// ── 3.5 The conjugate of Jensen–Shannon ──
/// f\*(t) for the generator of the f-GAN paper's Jensen–Shannon divergence,
/// f(u) = u log u − (u + 1) log((u + 1)/2) on u ≥ 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
/// Near t = 0, where f\*(t) ≈ t, it keeps full relative accuracy.
pub fn conjugate_of_js(t: f64) -> f64 {
    todo!("3.5 conjugate_of_js")
}

// ── 3.6 Where the tangent touches ──
/// The u at which the supremum of f\*(t) is attained, for the generator of 3.5:
/// where f(u) + f\*(t) = u·t.
///
/// `t` < log 2, the interior of dom f\*.
pub fn touching_point_of_js(t: f64) -> f64 {
    todo!("3.6 touching_point_of_js")
}

// ── 3.7 The gap of Fenchel–Young, without cancellation ──
/// The gap f(u) + f\*(t) − u·t ≥ 0 of the Fenchel–Young inequality for KL.
///
/// `u` ≥ 0 and any real `t`. It is 0 where t = 1 + log u, never negative, and
/// accurate near there, where the three terms cancel.
pub fn fenchel_young_gap_of_kl(u: f64, t: f64) -> f64 {
    todo!("3.7 fenchel_young_gap_of_kl")
}

// ── 3.8 Scaling and shifting a generator ──
/// The conjugate at `t` of u ↦ a·f(u) + c·(u − 1), from the `conjugate` f\* of f.
///
/// `a` > 0 and any real `c`. A divergence scaled by a and shifted by a multiple
/// of u − 1 needs no new calculation.
pub fn conjugate_of_scaled_and_shifted(conjugate: &dyn Fn(f64) -> f64, a: f64, c: f64, t: f64) -> f64 {
    todo!("3.8 conjugate_of_scaled_and_shifted")
}

// ── 3.9 The conjugate of samples ──
/// The conjugate at `t` of the samples fs\[i\] = f(us\[i\]): the largest
/// t·us\[i\] − fs\[i\].
///
/// `us` and `fs` have the same length; without samples the supremum is −∞.
pub fn grid_conjugate(us: &[f64], fs: &[f64], t: f64) -> f64 {
    todo!("3.9 grid_conjugate")
}

// ── 3.10 The lower convex hull in linear time ──
/// The indices of the samples (us\[i\], fs\[i\]) on their lower convex hull, from
/// left to right.
///
/// `us` increases strictly; both slices are finite and of the same length; without
/// samples the hull is empty. Takes time linear in that length, so that ten million
/// samples are no trouble.
pub fn lower_hull(us: &[f64], fs: &[f64]) -> Vec<usize> {
    todo!("3.10 lower_hull")
}

// ── 3.11 All slopes in one sweep ──
/// The conjugate of the samples at each of the `slopes`, in one sweep.
///
/// `hull` holds the indices of the lower convex hull, `slopes` increases. Takes
/// time linear in the number of hull points and slopes together. Without samples
/// each value is −∞.
pub fn legendre(us: &[f64], fs: &[f64], hull: &[usize], slopes: &[f64]) -> Vec<f64> {
    todo!("3.11 legendre")
}

// ── 3.12 The biconjugate of samples ──
/// The biconjugate f\*\* of the samples, at each of the us\[i\]: the largest
/// convex function that lies nowhere above them.
///
/// `us` increases strictly; both slices are finite and of the same length; without
/// samples there are no values.
pub fn grid_biconjugate(us: &[f64], fs: &[f64]) -> Vec<f64> {
    todo!("3.12 grid_biconjugate")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch03_convex_conjugate as exercises;

    checks::reader::answer(&[
        exercises::conjugate_of_kl().on(conjugate_of_kl),
        exercises::conjugate_of_reverse_kl().on(conjugate_of_reverse_kl),
        exercises::conjugate_of_total_variation().on(conjugate_of_total_variation),
        exercises::conjugate_of_pearson().on(conjugate_of_pearson),
        exercises::conjugate_of_js().on(conjugate_of_js),
        exercises::touching_point_of_js().on(touching_point_of_js),
        exercises::fenchel_young_gap_of_kl().on(fenchel_young_gap_of_kl),
        exercises::conjugate_of_scaled_and_shifted().on(conjugate_of_scaled_and_shifted),
        exercises::grid_conjugate().on(grid_conjugate),
        exercises::lower_hull().on(lower_hull),
        exercises::legendre().on(legendre),
        exercises::grid_biconjugate().on(grid_biconjugate),
    ])
}
