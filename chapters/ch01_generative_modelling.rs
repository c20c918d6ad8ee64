//! Chapter 1, The generative modelling problem: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch01` grades it. A hint:
//! `cargo workbook hint 1.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 1.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use vdm::Divergence;

// ── 1.1 Sample a generator ──
/// `n` samples of the model: of the law of g(z), where z is noise.
///
/// Each call of `noise` draws a fresh z. `g` is the generator.
pub fn sample_generator(noise: &mut dyn FnMut() -> f64, g: &dyn Fn(f64) -> f64, n: usize) -> Vec<f64> {
    todo!("1.1 sample_generator")
}

// ── 1.2 The density of what a generator makes ──
/// log p_θ(x): the log-density at `x` of g(z), for a strictly monotone generator g.
///
/// `ln_density` is the log-density of the noise z, `slope` is g′, which may be
/// negative but is never 0. `preimage` gives the z with g(z) = x, or `None` where g
/// never takes the value x; there the result is −∞.
pub fn ln_density_of_generator(
    ln_density: &dyn Fn(f64) -> f64,
    preimage: &dyn Fn(f64) -> Option<f64>,
    slope: &dyn Fn(f64) -> f64,
    x: f64,
) -> f64 {
    todo!("1.2 ln_density_of_generator")
}

// ── 1.3 An f-divergence on finitely many points ──
/// D_f(P‖Q) by its definition, for two laws on the same finitely many points.
///
/// `p` and `q` hold the probabilities, zeros among them; they have the same length.
/// `f.generator(u)` is f(u) for u ≥ 0, `f.slope_at_infinity()` is f′(∞). Either may
/// be +∞, and so may the result; it is never NaN.
pub fn divergence_on_points(f: &dyn Divergence, p: &[f64], q: &[f64]) -> f64 {
    todo!("1.3 divergence_on_points")
}

// ── 1.4 Total variation as half an L¹ distance ──
/// TV(P, Q) of two laws on the same finitely many points: half the L¹ distance.
///
/// `p` and `q` hold the probabilities and have the same length.
pub fn total_variation_on_points(p: &[f64], q: &[f64]) -> f64 {
    todo!("1.4 total_variation_on_points")
}

// ── 1.5 The event on which two laws disagree most ──
/// An event A on which P and Q disagree most: one with the largest P\[A\] − Q\[A\].
///
/// One flag a point: is it in A? Where several events are best, any of them will do.
/// `p` and `q` hold the probabilities and have the same length.
pub fn best_event(p: &[f64], q: &[f64]) -> Vec<bool> {
    todo!("1.5 best_event")
}

// ── 1.6 The argmin is a set ──
/// Every minimiser: the indices of all `values` within `tolerance` of the least one,
/// in increasing order.
///
/// Values are divergences: finite or +∞, never NaN. If all are +∞, all are minimal.
/// Without values there is no minimiser.
pub fn all_minimisers(values: &[f64], tolerance: f64) -> Vec<usize> {
    todo!("1.6 all_minimisers")
}

// ── 1.7 Two laws without a density ──
/// D_f(P‖Q) in the plane, for two laws without a density there: P is uniform on the
/// segment from (0, 0) to (1, 0), Q on that segment moved `along` to the right and
/// `across` upwards.
///
/// `f.at_zero()` is f(0), `f.at_one()` is f(1), `f.slope_at_infinity()` is f′(∞). The
/// first and the last may be +∞, and so may the result; it is never NaN.
pub fn divergence_of_segments(f: &dyn Divergence, along: f64, across: f64) -> f64 {
    todo!("1.7 divergence_of_segments")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch01_generative_modelling as exercises;

    checks::reader::answer(&[
        exercises::sample_generator().on(sample_generator),
        exercises::ln_density_of_generator().on(ln_density_of_generator),
        exercises::divergence_on_points().on(divergence_on_points),
        exercises::total_variation_on_points().on(total_variation_on_points),
        exercises::best_event().on(best_event),
        exercises::all_minimisers().on(all_minimisers),
        exercises::divergence_of_segments().on(divergence_of_segments),
    ])
}
