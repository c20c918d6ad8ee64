//! The laws of the library, one file each.

mod activation;
mod between;
mod conjugate;
mod fenchel_young;
mod generator;
mod log_space;
pub mod planted;

use crate::AnyLaw;

/// Every law.
pub fn all() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(generator::value_at_one()),
        Box::new(generator::convexity()),
        Box::new(generator::supporting_slopes()),
        Box::new(generator::ends()),
        Box::new(
            fenchel_young::inequality()
                .stating(r"f(u) + f^*(t) \;\ge\; u\,t \qquad \text{for every } u \ge 0 \text{ and every } t"),
        ),
        Box::new(
            fenchel_young::equality()
                .stating(r"t \in \partial f(u) \;\Longrightarrow\; f(u) + f^*(t) = u\,t"),
        ),
        Box::new(conjugate::supremum()),
        Box::new(conjugate::domain()),
        Box::new(conjugate::biconjugate()),
        Box::new(conjugate::inverse_slopes()),
        Box::new(conjugate::printed()),
        Box::new(activation::range()),
        Box::new(activation::composite()),
        Box::new(log_space::agreement()),
        Box::new(log_space::centred()),
        Box::new(log_space::centred_over_u()),
        Box::new(between::shift_invariance()),
        Box::new(between::adjoint()),
        Box::new(between::range()),
        Box::new(between::gaussian_closed_forms()),
    ]
}
