//! The exercises of chapter 5 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The catalogue takes its composites from
//! here, and the training on the line its steps.

use vdm::special::{ln_softplus, softplus};

/// The gradients of an objective F(θ, ω) in θ and in ω, as a function of both.
pub type Gradients<'a> = dyn Fn(&[f64], &[f64]) -> (Vec<f64>, Vec<f64>) + 'a;

// EXERCISE 5.1
/// g_f(v) for the GAN generator: maps a raw output v ∈ ℝ, increasing, onto (−∞, 0),
/// the domain of f\*(t) = −log(1 − e^t).
///
/// It is the logarithm of the sigmoid 1/(1 + e^{−v}); accurate for |v| up to 1e4,
/// also where the sigmoid rounds to 0 or to 1.
// SOLUTION
///
/// log(1/(1 + e^{−v})) = −log(1 + e^{−v}) = −softplus(−v).
// END
pub fn activation_of_gan(v: f64) -> f64 {
    // SOLUTION
    -softplus(-v)
    // END
}

// EXERCISE 5.2
/// f\*(g_f(v)) for reverse KL, f\*(t) = −1 − log(−t) and g_f(v) = −e^{−v}, in one
/// piece: right for every v with |v| ≤ 1e4.
// SOLUTION
///
/// −1 − log(e^{−v}) = v − 1: the exponential never has to be taken.
// END
pub fn composite_of_reverse_kl(v: f64) -> f64 {
    // SOLUTION
    v - 1.0
    // END
}

// EXERCISE 5.3
/// f\*(g_f(v)) for the GAN generator, f\*(t) = −log(1 − e^t) and g_f as in 5.1, in one
/// piece: to full relative accuracy for |v| ≤ 1e4, unless the value is below the
/// smallest f64.
// SOLUTION
///
/// −log(1 − σ(v)) = log(1 + e^v) = softplus(v).
// END
pub fn composite_of_gan(v: f64) -> f64 {
    // SOLUTION
    softplus(v)
    // END
}

// EXERCISE 5.4
/// f\*(g_f(v)) for the α-divergence with α < 1, α ≠ 0, in one piece.
///
/// f\*(t) = ((1 − (1 − α)t)^{α/(α−1)} − 1)/α and g_f(v) = 1/(1 − α) − log(1 + e^{−v}).
/// Right for |v| ≤ 1e4; +∞ only where the value is beyond the largest f64.
// SOLUTION
///
/// 1 − (1 − α)g_f(v) = (1 − α) softplus(−v): its logarithm is an ordinary number where
/// softplus(−v) underflows.
// END
pub fn composite_of_alpha(alpha: f64, v: f64) -> f64 {
    // SOLUTION
    let ln_base = (-alpha).ln_1p() + ln_softplus(-v);
    (alpha / (alpha - 1.0) * ln_base).exp_m1() / alpha
    // END
}

// EXERCISE 5.5
/// The discriminator that a critic's value `t` stands for: the probability that a
/// point is data, if data and generated points are equally frequent and the critic
/// is optimal.
///
/// `ratio` is (f\*)′, the inverse of f′: the ratio p/q ∈ \[0, ∞\] at which an optimal
/// critic has the value t. Where it is 0 or ∞ the answer is 0 or 1.
// SOLUTION
///
/// p/(p + q) = u/(1 + u) with u = (f\*)′(t); written 1/(1 + 1/u) it has its limits at
/// both ends.
// END
pub fn discriminator_from_critic(ratio: &dyn Fn(f64) -> f64, t: f64) -> f64 {
    // SOLUTION
    1.0 / (1.0 + 1.0 / ratio(t))
    // END
}

// EXERCISE 5.7
/// One simultaneous step: both players read the gradients at the old point, then
/// both move. `theta` descends F, `omega` ascends it.
///
/// `gradients(theta, omega)` gives (∂F/∂θ, ∂F/∂ω); `step` is the step size η.
/// One call of `gradients` suffices.
// SOLUTION
///
/// θ ← θ − η ∂F/∂θ and ω ← ω + η ∂F/∂ω, both at the old (θ, ω).
// END
pub fn simultaneous_step(gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
    // SOLUTION
    let (in_theta, in_omega) = gradients(theta, omega);
    theta.iter_mut().zip(in_theta).for_each(|(x, slope)| *x -= step * slope);
    omega.iter_mut().zip(in_omega).for_each(|(x, slope)| *x += step * slope);
    // END
}

// EXERCISE 5.8
/// One alternating step: the critic `omega` moves first and ascends F, then the
/// generator `theta` descends F against the critic that has moved.
///
/// `gradients(theta, omega)` gives (∂F/∂θ, ∂F/∂ω); `step` is the step size η.
// SOLUTION
///
/// ω ← ω + η ∂F/∂ω(θ, ω), then θ ← θ − η ∂F/∂θ(θ, ω) at the new ω.
// END
pub fn alternating_step(gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
    // SOLUTION
    let (_, in_omega) = gradients(theta, omega);
    omega.iter_mut().zip(in_omega).for_each(|(x, slope)| *x += step * slope);
    let (in_theta, _) = gradients(theta, omega);
    theta.iter_mut().zip(in_theta).for_each(|(x, slope)| *x -= step * slope);
    // END
}

// EXERCISE 5.9
/// The factor by which simultaneous steps of size `step` shrink (or grow) the
/// distance to the saddle of F(θ, ω) = ½aθ² + cθω − ½bω², in the long run: the
/// largest modulus of an eigenvalue of the step's 2×2 matrix.
///
/// a, b ≥ 0, any real c, step > 0.
// SOLUTION
///
/// The matrix is ((1 − ηa, −ηc), (ηc, 1 − ηb)). Its eigenvalues are m ± √(h² − (ηc)²)
/// with m = 1 − η(a + b)/2 and h = η(a − b)/2: real, or a conjugate pair of modulus
/// √det.
// END
pub fn rate_of_simultaneous_steps(a: f64, b: f64, c: f64, step: f64) -> f64 {
    // SOLUTION
    let (middle, half) = (1.0 - step * (a + b) / 2.0, step * (a - b) / 2.0);
    let under_the_root = half * half - (step * c).powi(2);
    if under_the_root >= 0.0 {
        middle.abs() + under_the_root.sqrt()
    } else {
        middle.hypot((-under_the_root).sqrt())
    }
    // END
}

// EXERCISE 5.10
/// The step size up to which simultaneous steps on F = ½aθ² + cθω − ½bω² converge:
/// they do for every step in (0, limit), and for no larger one.
///
/// a, b ≥ 0, any real c. The limit is 0 where no step, however small, converges.
// SOLUTION
///
/// Along an eigenvalue λ of ((a, c), (−c, b)) a step multiplies by 1 − ηλ, whose modulus
/// is below 1 for 0 < η < 2 Re λ/|λ|². The λ are (a + b)/2 ± √((a − b)²/4 − c²).
// END
pub fn largest_stable_step(a: f64, b: f64, c: f64) -> f64 {
    // SOLUTION
    let (middle, half) = ((a + b) / 2.0, (a - b) / 2.0);
    let under_the_root = half * half - c * c;
    if under_the_root >= 0.0 {
        // Two real λ ≥ 0, whose product is ab + c²; along λ = 0 nothing ever moves.
        let larger = middle + under_the_root.sqrt();
        if a * b + c * c > 0.0 { 2.0 / larger } else { 0.0 }
    } else {
        2.0 * middle / (a * b + c * c)
    }
    // END
}

// EXERCISE 5.11
/// The generator's two losses on a batch, from the critic's raw outputs `raw` on
/// generated points: (the saddle's, the heuristic's).
///
/// The saddle's loss is the part of F that θ moves, −E_q f\*(T); the heuristic's is
/// −E_q T; with T = g_f(v), both as means over the batch. `activation` is g_f,
/// `composite` is f\*∘g_f in one piece. `raw` is not empty.
// SOLUTION
///
/// −(1/n) Σ f\*(g_f(vᵢ)) and −(1/n) Σ g_f(vᵢ).
// END
pub fn generator_losses(
    activation: &dyn Fn(f64) -> f64,
    composite: &dyn Fn(f64) -> f64,
    raw: &[f64],
) -> (f64, f64) {
    // SOLUTION
    let mean = |of: &dyn Fn(f64) -> f64| raw.iter().map(|v| of(*v)).sum::<f64>() / raw.len() as f64;
    (-mean(composite), -mean(activation))
    // END
}
