//! Chapter 4, The variational lower bound: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch04` grades it. A hint:
//! `cargo workbook hint 4.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 4.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use vdm::Divergence;
use vdm::ch02_intractable_densities::exercises::mean_and_standard_error;

// ── 4.2 The bound on a finite space ──
/// F(T) = E_p T − E_q f\*(T) for two laws and a critic on the same finitely many
/// points.
///
/// `p` and `q` hold probabilities, zeros included; `critic` holds T, whose values may
/// be ±∞. A point without mass under a law takes no part in that law's expectation.
/// The value is −∞ as soon as T leaves dom f\* on a point with q > 0 or is −∞ on a point
/// with p > 0, whatever is gained elsewhere: it is never ∞ − ∞.
pub fn bound_on_finite_space(f: &dyn Divergence, p: &[f64], q: &[f64], critic: &[f64]) -> f64 {
    todo!("4.2 bound_on_finite_space")
}

// ── 4.4 The optimal critic ──
/// An optimal critic T\* of P and Q on finitely many points.
///
/// `p` and `q` hold probabilities, zeros included. Where q = 0 < p the value is the
/// upper end f′(∞) of dom f\*, where p = 0 < q it is f′(0⁺); either may be infinite.
/// Where both are 0 any value of dom f\* will do, and so will any slope at a kink.
pub fn optimal_critic(f: &dyn Divergence, p: &[f64], q: &[f64]) -> Vec<f64> {
    todo!("4.4 optimal_critic")
}

// ── 4.5 The empirical bound ──
/// The empirical bound: the estimate of F(T) from samples.
///
/// `on_p` holds the critic's values T(x) at samples x of P, `on_q` its values at
/// samples of Q. Neither is empty; their lengths may differ.
pub fn empirical_bound(f: &dyn Divergence, on_p: &[f64], on_q: &[f64]) -> f64 {
    todo!("4.5 empirical_bound")
}

// ── 4.6 The standard error of the bound ──
/// The standard error of the empirical bound of 4.5.
///
/// At least two values on each side, all of them in dom f\*.
pub fn standard_error_of_bound(f: &dyn Divergence, on_p: &[f64], on_q: &[f64]) -> f64 {
    todo!("4.6 standard_error_of_bound")
}

// ── 4.7 The best value on one batch ──
/// The largest value that the empirical bound takes on one batch, over all critics
/// that are constant on each of `bins` bins.
///
/// `p_bins` and `q_bins` hold the bin, 0 to `bins` − 1, of each sample of P and of Q;
/// neither is empty. The value may be +∞.
pub fn maximised_empirical_bound(f: &dyn Divergence, p_bins: &[usize], q_bins: &[usize], bins: usize) -> f64 {
    todo!("4.7 maximised_empirical_bound")
}

// ── 4.8 The best critic on bins ──
/// The best critic among those that are constant on bins: its value at each point.
///
/// `p` and `q` hold probabilities; point i lies in bin `bin_of[i]`. Bins are numbered
/// from 0, and some numbers may be unused.
pub fn best_critic_on_bins(f: &dyn Divergence, p: &[f64], q: &[f64], bin_of: &[usize]) -> Vec<f64> {
    todo!("4.8 best_critic_on_bins")
}

// ── 4.9 The best affine critic for Pearson ──
/// The largest bound on χ²(P‖Q) that a critic a + b·φ gives, over all real a and b,
/// with t + t²/4 for f\*(t).
///
/// `p` and `q` hold probabilities, `phi` the values of the feature φ. If φ does not
/// vary under Q, the value is 0 or +∞.
pub fn affine_pearson_bound(p: &[f64], q: &[f64], phi: &[f64]) -> f64 {
    todo!("4.9 affine_pearson_bound")
}

// ── 4.10 The tilted law ──
/// The tilted law: proportional to q·e^T.
///
/// `q` holds probabilities, `critic` the real values of T, of any size.
pub fn tilted(q: &[f64], critic: &[f64]) -> Vec<f64> {
    todo!("4.10 tilted")
}

// ── 4.11 The tilt that matches a mean ──
/// The w for which the law tilted by w·φ has the mean `target`: the best critic w·φ in
/// the bound with a logarithm, when `target` is E_p φ.
///
/// `q` holds probabilities, `phi` the values of the feature φ; `target` lies strictly
/// between the least and the largest φ on the support of q.
pub fn tilt(q: &[f64], phi: &[f64], target: f64) -> f64 {
    todo!("4.11 tilt")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch04_variational_bound as exercises;

    checks::reader::answer(&[
        exercises::bound_on_finite_space().on(bound_on_finite_space),
        exercises::optimal_critic().on(optimal_critic),
        exercises::empirical_bound().on(empirical_bound),
        exercises::standard_error_of_bound().on(standard_error_of_bound),
        exercises::maximised_empirical_bound().on(maximised_empirical_bound),
        exercises::best_critic_on_bins().on(best_critic_on_bins),
        exercises::affine_pearson_bound().on(affine_pearson_bound),
        exercises::tilted().on(tilted),
        exercises::tilt().on(tilt),
    ])
}
