//! Chapter 2, intractable densities: expectations from samples, and how far to trust
//! them.
//!
//! [`exercises`] is what the chapter asks its reader to write, and what the rest of
//! the crate uses.

mod estimate;
pub mod exercises;

pub use estimate::{Estimate, EstimateError, estimate};
