//! Chapter 5, From the bound to an algorithm: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch05` grades it. A hint:
//! `cargo workbook hint 5.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 5.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use vdm::special::{ln_softplus, softplus};

/// The gradients of an objective F(θ, ω) in θ and in ω, as a function of both.
pub type Gradients<'a> = dyn Fn(&[f64], &[f64]) -> (Vec<f64>, Vec<f64>) + 'a;

// ── 5.1 The last layer of a GAN's critic ──
/// g_f(v) for the GAN generator: maps a raw output v ∈ ℝ, increasing, onto (−∞, 0),
/// the domain of f\*(t) = −log(1 − e^t).
///
/// It is the logarithm of the sigmoid 1/(1 + e^{−v}); accurate for |v| up to 1e4,
/// also where the sigmoid rounds to 0 or to 1.
pub fn activation_of_gan(v: f64) -> f64 {
    todo!("5.1 activation_of_gan")
}

// ── 5.2 Reverse KL's loss in one piece ──
/// f\*(g_f(v)) for reverse KL, f\*(t) = −1 − log(−t) and g_f(v) = −e^{−v}, in one
/// piece: right for every v with |v| ≤ 1e4.
pub fn composite_of_reverse_kl(v: f64) -> f64 {
    todo!("5.2 composite_of_reverse_kl")
}

// ── 5.3 The GAN's loss in one piece ──
/// f\*(g_f(v)) for the GAN generator, f\*(t) = −log(1 − e^t) and g_f as in 5.1, in one
/// piece: to full relative accuracy for |v| ≤ 1e4, unless the value is below the
/// smallest f64.
pub fn composite_of_gan(v: f64) -> f64 {
    todo!("5.3 composite_of_gan")
}

// ── 5.4 A whole family in log space ──
/// f\*(g_f(v)) for the α-divergence with α < 1, α ≠ 0, in one piece.
///
/// f\*(t) = ((1 − (1 − α)t)^{α/(α−1)} − 1)/α and g_f(v) = 1/(1 − α) − log(1 + e^{−v}).
/// Right for |v| ≤ 1e4; +∞ only where the value is beyond the largest f64.
pub fn composite_of_alpha(alpha: f64, v: f64) -> f64 {
    todo!("5.4 composite_of_alpha")
}

// ── 5.5 From the critic to the discriminator ──
/// The discriminator that a critic's value `t` stands for: the probability that a
/// point is data, if data and generated points are equally frequent and the critic
/// is optimal.
///
/// `ratio` is (f\*)′, the inverse of f′: the ratio p/q ∈ \[0, ∞\] at which an optimal
/// critic has the value t. Where it is 0 or ∞ the answer is 0 or 1.
pub fn discriminator_from_critic(ratio: &dyn Fn(f64) -> f64, t: f64) -> f64 {
    todo!("5.5 discriminator_from_critic")
}

// ── 5.7 One simultaneous step ──
/// One simultaneous step: both players read the gradients at the old point, then
/// both move. `theta` descends F, `omega` ascends it.
///
/// `gradients(theta, omega)` gives (∂F/∂θ, ∂F/∂ω); `step` is the step size η.
/// One call of `gradients` suffices.
pub fn simultaneous_step(gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
    todo!("5.7 simultaneous_step")
}

// ── 5.8 One alternating step ──
/// One alternating step: the critic `omega` moves first and ascends F, then the
/// generator `theta` descends F against the critic that has moved.
///
/// `gradients(theta, omega)` gives (∂F/∂θ, ∂F/∂ω); `step` is the step size η.
pub fn alternating_step(gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
    todo!("5.8 alternating_step")
}

// ── 5.9 The rate on a quadratic saddle ──
/// The factor by which simultaneous steps of size `step` shrink (or grow) the
/// distance to the saddle of F(θ, ω) = ½aθ² + cθω − ½bω², in the long run: the
/// largest modulus of an eigenvalue of the step's 2×2 matrix.
///
/// a, b ≥ 0, any real c, step > 0.
pub fn rate_of_simultaneous_steps(a: f64, b: f64, c: f64, step: f64) -> f64 {
    todo!("5.9 rate_of_simultaneous_steps")
}

// ── 5.10 The largest stable step ──
/// The step size up to which simultaneous steps on F = ½aθ² + cθω − ½bω² converge:
/// they do for every step in (0, limit), and for no larger one.
///
/// a, b ≥ 0, any real c. The limit is 0 where no step, however small, converges.
pub fn largest_stable_step(a: f64, b: f64, c: f64) -> f64 {
    todo!("5.10 largest_stable_step")
}

// ── 5.11 The generator's two losses ──
/// The generator's two losses on a batch, from the critic's raw outputs `raw` on
/// generated points: (the saddle's, the heuristic's).
///
/// The saddle's loss is the part of F that θ moves, −E_q f\*(T); the heuristic's is
/// −E_q T; with T = g_f(v), both as means over the batch. `activation` is g_f,
/// `composite` is f\*∘g_f in one piece. `raw` is not empty.
pub fn generator_losses(
    activation: &dyn Fn(f64) -> f64,
    composite: &dyn Fn(f64) -> f64,
    raw: &[f64],
) -> (f64, f64) {
    todo!("5.11 generator_losses")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch05_algorithm as exercises;

    checks::reader::answer(&[
        exercises::activation_of_gan().on(activation_of_gan),
        exercises::composite_of_reverse_kl().on(composite_of_reverse_kl),
        exercises::composite_of_gan().on(composite_of_gan),
        exercises::composite_of_alpha().on(composite_of_alpha),
        exercises::discriminator_from_critic().on(discriminator_from_critic),
        exercises::simultaneous_step().on(simultaneous_step),
        exercises::alternating_step().on(alternating_step),
        exercises::rate_of_simultaneous_steps().on(rate_of_simultaneous_steps),
        exercises::largest_stable_step().on(largest_stable_step),
        exercises::generator_losses().on(generator_losses),
    ])
}
