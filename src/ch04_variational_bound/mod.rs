//! Chapter 4, the variational lower bound F(T) = E_p T − E_q f\*(T) ≤ D_f(P‖Q).
//!
//! [`exercises`] is what the chapter asks its reader to write, and what the rest of
//! the crate uses. Around it:
//!
//! | item | what it is for |
//! |---|---|
//! | [`bound_finite`], [`optimal_critic_finite`] | F(T) and T\* on finitely many points |
//! | [`bound_on_line`] | F(T) of two laws with densities, by quadrature |
//! | [`EmpiricalBound`] | F(T) from samples, with its standard error |
//! | [`Bins`] | the best critic that is constant on bins |
//! | [`project`] | the best affine critic for KL: the tilt that matches moments |
//! | [`affine_pearson`] | the best affine critic for Pearson's χ² |

mod affine;
mod bins;
mod empirical;
mod error;
pub mod exercises;
mod finite;
mod line;
mod solve;

pub use affine::{Projection, affine_pearson, project};
pub use bins::{BinnedCritic, Bins, BinsError};
pub use empirical::EmpiricalBound;
pub use error::BoundError;
pub use finite::{bound_finite, optimal_critic_finite};
pub use line::bound_on_line;
