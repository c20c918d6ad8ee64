//! How the two players take turns.

use super::exercises::{Gradients, alternating_step, simultaneous_step};

/// The order in which the two players of min over θ, max over ω move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updates {
    /// Both read the gradients at the old point, then both move.
    Simultaneous,
    /// The critic ω moves first; the generator θ answers the critic that has moved.
    Alternating,
}

impl Updates {
    /// Both orders.
    pub const BOTH: [Self; 2] = [Self::Simultaneous, Self::Alternating];

    /// One step of size `step`: `theta` descends F, `omega` ascends it.
    ///
    /// `gradients(theta, omega)` gives (∂F/∂θ, ∂F/∂ω).
    ///
    /// ```
    /// use vdm::ch05_algorithm::Updates;
    /// // F(θ, ω) = θω, whose saddle is the origin.
    /// let gradients = |theta: &[f64], omega: &[f64]| (omega.to_vec(), theta.to_vec());
    /// let (mut theta, mut omega) = ([1.0], [0.0]);
    /// Updates::Simultaneous.step(&gradients, &mut theta, &mut omega, 0.5);
    /// assert_eq!((theta, omega), ([1.0], [0.5]));
    /// let (mut theta, mut omega) = ([1.0], [0.0]);
    /// Updates::Alternating.step(&gradients, &mut theta, &mut omega, 0.5);
    /// assert_eq!((theta, omega), ([0.75], [0.5]));
    /// ```
    pub fn step(self, gradients: &Gradients, theta: &mut [f64], omega: &mut [f64], step: f64) {
        match self {
            Self::Simultaneous => simultaneous_step(gradients, theta, omega, step),
            Self::Alternating => alternating_step(gradients, theta, omega, step),
        }
    }
}
