//! Laws, quadrature and D_f of two laws, against recorded values of other
//! libraries and against planted mistakes.

mod algorithm;
mod between;
mod between_limits;
mod closed_forms;
mod density;
mod estimates;
mod messages;
mod mixtures;
mod not_a_number;
mod parameters;
mod pushforwards;
mod quadrature;
mod quadrature_limits;
mod quantiles;
mod rule;
mod sampled;
mod variational_bound;
mod witness;
