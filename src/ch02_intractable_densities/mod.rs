//! Chapter 2, intractable densities: expectations from samples, and how far to trust
//! them.
//!
//! [`exercises`] is what the chapter asks its reader to write, and what the rest of
//! the crate uses. Around them: estimates with their standard errors ([`estimate`],
//! [`monte_carlo`], [`running`]), importance sampling ([`importance`]), plug-in
//! estimates of D_f from counts ([`PlugIn`]), the weight of a tail ([`tail_index`]), and
//! a tensor grid that counts its evaluations ([`tensor_midpoint`]).

mod estimate;
pub mod exercises;
mod importance;
mod plug_in;
mod tail;
mod tensor_grid;

pub use estimate::{Estimate, EstimateError, estimate, monte_carlo, running};
pub use importance::{Importance, ImportanceError, importance};
pub use plug_in::{PlugIn, PlugInError};
pub use tail::{TailError, tail_index};
pub use tensor_grid::{GridError, GridSum, tensor_midpoint};
