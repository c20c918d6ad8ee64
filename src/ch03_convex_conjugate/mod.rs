//! Chapter 3, the convex conjugate f\*(t) = sup over u of t·u − f(u).
//!
//! [`exercises`] is what the chapter asks its reader to write, and what the rest
//! of the crate uses: the catalogue takes its conjugates from there.

pub mod exercises;
mod sampled;

pub use sampled::{Sampled, SamplesError};
