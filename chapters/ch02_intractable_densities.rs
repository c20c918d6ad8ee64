//! Chapter 2, Intractable densities: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch02` grades it. A hint:
//! `cargo workbook hint 2.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 2.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use vdm::Divergence;

// ── 2.1 A mean and its standard error ──
/// The mean of the `values` and its standard error.
///
/// `values` are finite and at least two. The standard error keeps its digits when all
/// values are large and nearly equal: a billion plus or minus one.
pub fn mean_and_standard_error(values: &[f64]) -> (f64, f64) {
    todo!("2.1 mean_and_standard_error")
}

// ── 2.2 How often the interval holds ──
/// The share of the `samples` whose interval, mean ± `width` standard errors, contains
/// the `truth`.
///
/// Each sample has at least two finite values; there is at least one sample. The ends
/// belong to the interval.
pub fn coverage(samples: &[Vec<f64>], truth: f64, width: f64) -> f64 {
    todo!("2.2 coverage")
}

// ── 2.3 An expectation under another law ──
/// E_p h and its standard error, from draws of q: `ln_weights`\[i\] is
/// log p(xᵢ)/q(xᵢ) and `values`\[i\] is h(xᵢ), with xᵢ drawn from q.
///
/// Both slices have the same length, at least two; log-weights are finite or −∞
/// (p(xᵢ) = 0), values are finite.
pub fn importance_mean(ln_weights: &[f64], values: &[f64]) -> (f64, f64) {
    todo!("2.3 importance_mean")
}

// ── 2.4 What weighted draws are worth ──
/// The effective sample size (Σw)²/Σw² of weights that are given by their logarithms.
///
/// Log-weights are finite, of any size, or −∞. Without any weight above 0 it is 0.
pub fn effective_sample_size(ln_weights: &[f64]) -> f64 {
    todo!("2.4 effective_sample_size")
}

// ── 2.5 A density known up to a factor ──
/// The self-normalised estimate Σwh/Σw of E_p h, for a density p that is known up to
/// a constant factor only.
///
/// Both slices have the same length; log-weights are finite, of any size, or −∞, and
/// at least one is finite; values are finite.
pub fn self_normalised_mean(ln_weights: &[f64], values: &[f64]) -> f64 {
    todo!("2.5 self_normalised_mean")
}

// ── 2.6 A divergence from counts ──
/// The plug-in estimate D_f(p̂‖q) from how often each point was drawn from P, with
/// p̂ᵢ = countsᵢ/n, for a known law q on the same points.
///
/// Both slices have the same length; `q` adds up to 1 and may hold zeros; at least one
/// draw was made. Points that were never drawn count, and so do draws where q is 0:
/// `f.slope_at_infinity()` is f′(∞). The value may be +∞.
pub fn plug_in_divergence(f: &dyn Divergence, counts: &[u64], q: &[f64]) -> f64 {
    todo!("2.6 plug_in_divergence")
}

// ── 2.7 Taking the bias out ──
/// The jackknife: n·S − (n − 1)·S̄, where S is the `statistic` of all draws and S̄ the
/// mean, over the n draws, of the statistic without that draw.
///
/// `counts` says how often each point was drawn, n ≥ 2 draws in all. The statistic is
/// defined for n − 1 draws too; it is called once for each point that was drawn, not
/// once for each draw.
pub fn jackknife(statistic: &dyn Fn(&[u64]) -> f64, counts: &[u64]) -> f64 {
    todo!("2.7 jackknife")
}

// ── 2.8 Is there a mean, is there a variance? ──
/// Hill's estimate of the tail index α from the `k` largest sizes |x| among the
/// `values`: P\[|X| > x\] falls like x^(−α), E|X|^r is finite for r < α only.
///
/// 1 ≤ k < the number of values; they are finite, and more than `k` of them are not 0.
/// Where the k + 1 largest sizes are all the same it is +∞.
pub fn tail_index(values: &[f64], k: usize) -> f64 {
    todo!("2.8 tail_index")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch02_intractable_densities as exercises;

    checks::reader::answer(&[
        exercises::mean_and_standard_error().on(mean_and_standard_error),
        exercises::coverage().on(coverage),
        exercises::importance_mean().on(importance_mean),
        exercises::effective_sample_size().on(effective_sample_size),
        exercises::self_normalised_mean().on(self_normalised_mean),
        exercises::plug_in_divergence().on(plug_in_divergence),
        exercises::jackknife().on(jackknife),
        exercises::tail_index().on(tail_index),
    ])
}
