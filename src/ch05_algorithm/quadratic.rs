//! The two-variable saddle F(θ, ω) = ½aθ² + cθω − ½bω².

use super::Updates;
use super::exercises::{largest_stable_step, rate_of_simultaneous_steps};
use crate::shown::number;
use thiserror::Error;

/// The game min over θ, max over ω of F(θ, ω) = ½aθ² + cθω − ½bω².
///
/// a ≥ 0 is the curvature of F in θ, b ≥ 0 that of −F in ω, c couples the players.
/// With a = b = 0 it is the saddle θω on which simultaneous steps spiral out; with
/// a = b = δ > 0 it is strongly convex–concave, the slowest case of f-GAN's theorem
/// on single-step updates (Nowozin, Cseke and Tomioka 2016, theorem 2).
///
/// ```
/// use vdm::ch05_algorithm::{QuadraticGame, Updates};
/// let game = QuadraticGame::new(0.0, 0.0, 1.0)?;
/// assert!(game.rate(Updates::Simultaneous, 0.5) > 1.1); // √(1 + η²): spirals out
/// assert!((game.rate(Updates::Alternating, 0.5) - 1.0).abs() < 1e-15); // cycles
/// assert_eq!(game.largest_stable_step(), 0.0);
/// assert!(QuadraticGame::new(-1.0, 0.0, 1.0).is_err());
/// # Ok::<(), vdm::ch05_algorithm::GameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuadraticGame {
    a: f64,
    b: f64,
    c: f64,
}

/// A coefficient that makes no game of this kind.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum GameError {
    /// A curvature below 0, infinite or NaN.
    #[error("curvature {name} is {}: it must be finite and at least 0", number(*.value))]
    Curvature {
        /// Which: a or b.
        name: char,
        /// Its value.
        value: f64,
    },
    /// A coupling that is infinite or NaN.
    #[error("the coupling c is {}: it must be finite", number(*.value))]
    Coupling {
        /// Its value.
        value: f64,
    },
}

impl QuadraticGame {
    /// The game with curvatures `a` (of θ) and `b` (of ω) and coupling `c`.
    ///
    /// # Errors
    /// [`GameError`] for a negative curvature and for what is not finite.
    pub fn new(a: f64, b: f64, c: f64) -> Result<Self, GameError> {
        for (name, value) in [('a', a), ('b', b)] {
            if !(value >= 0.0 && value.is_finite()) {
                return Err(GameError::Curvature { name, value });
            }
        }
        if c.is_finite() { Ok(Self { a, b, c }) } else { Err(GameError::Coupling { value: c }) }
    }

    /// F(θ, ω).
    pub fn objective(&self, theta: f64, omega: f64) -> f64 {
        self.a / 2.0 * theta * theta + self.c * theta * omega - self.b / 2.0 * omega * omega
    }

    /// (∂F/∂θ, ∂F/∂ω) = (aθ + cω, cθ − bω).
    pub fn gradients(&self, theta: f64, omega: f64) -> (f64, f64) {
        (self.a * theta + self.c * omega, self.c * theta - self.b * omega)
    }

    /// The points (θ, ω) that `steps` steps of size `step` visit, the start included.
    pub fn path(&self, updates: Updates, start: (f64, f64), step: f64, steps: usize) -> Vec<(f64, f64)> {
        let gradients = |theta: &[f64], omega: &[f64]| {
            let (in_theta, in_omega) = self.gradients(theta[0], omega[0]);
            (vec![in_theta], vec![in_omega])
        };
        let (mut theta, mut omega) = ([start.0], [start.1]);
        let mut path = vec![start];
        for _ in 0..steps {
            updates.step(&gradients, &mut theta, &mut omega, step);
            path.push((theta[0], omega[0]));
        }
        path
    }

    /// The long-run factor by which a step of size `step` > 0 changes the distance to
    /// the saddle: the spectral radius of the step's matrix. Below 1 it converges.
    ///
    /// Alternating steps have the matrix of determinant (1 − ηa)(1 − ηb) and trace
    /// 2 − η(a + b) − (ηc)².
    pub fn rate(&self, updates: Updates, step: f64) -> f64 {
        match updates {
            Updates::Simultaneous => rate_of_simultaneous_steps(self.a, self.b, self.c, step),
            Updates::Alternating => {
                let determinant = (1.0 - step * self.a) * (1.0 - step * self.b);
                let middle = 1.0 - step * (self.a + self.b) / 2.0 - (step * self.c).powi(2) / 2.0;
                let under_the_root = middle * middle - determinant;
                if under_the_root >= 0.0 { middle.abs() + under_the_root.sqrt() } else { determinant.sqrt() }
            }
        }
    }

    /// The step up to which simultaneous steps converge; 0 if none does.
    pub fn largest_stable_step(&self) -> f64 {
        largest_stable_step(self.a, self.b, self.c)
    }
}
