//! Chapter 5, from the bound to an algorithm: output activations and their losses,
//! gradient steps of two players, the saddle, and a training run on the line.
//!
//! [`exercises`] is what the chapter asks its reader to write, and what the rest of
//! the crate uses: the catalogue takes its composites f\*∘g_f from there,
//! [`QuadraticGame`] and [`LineTraining`] their steps.
//!
//! | item | what it is for |
//! |---|---|
//! | [`Updates`] | simultaneous or alternating steps, for any objective F(θ, ω) |
//! | [`QuadraticGame`] | F = ½aθ² + cθω − ½bω²: its paths, rates and stable steps |
//! | [`LineTraining`] | a Gaussian generator and a linear critic, trained on samples |
//! | [`CriticHead`] | g_f and f\*∘g_f with their slopes, for back-propagation |

pub mod exercises;
mod head;
mod line_training;
mod quadratic;
mod updates;

pub use head::CriticHead;
pub use line_training::{GeneratorLoss, LineTraining, Snapshot, TrainingError};
pub use quadratic::{GameError, QuadraticGame};
pub use updates::Updates;
