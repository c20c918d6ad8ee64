//! Chapter 1, the generative modelling problem: generators, the laws they make, and
//! how far these are from the data.
//!
//! [`exercises`] is what the chapter asks its reader to write, and what the rest of
//! the crate uses. D_f itself is [`crate::divergence`].
//!
//! | item | what it is for |
//! |---|---|
//! | [`Map`] | a strictly monotone generator g; [`Affine`], [`Bend`], [`Quantile`] |
//! | [`Pushforward`] | the law of g(z): samples, density, distribution function |
//! | [`total_variation`], [`largest_disagreement`] | TV as half the L¹ distance, and as a maximum over events |

mod events;
pub mod exercises;
mod map;
mod pushforward;

pub use events::{Disagreement, EventsError, largest_disagreement, total_variation};
pub use map::{Affine, Bend, Map, MapError, Quantile};
pub use pushforward::Pushforward;
