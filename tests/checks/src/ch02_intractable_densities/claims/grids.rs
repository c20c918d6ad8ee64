//! What a tensor grid costs.

use crate::check::{agree, at_least};
use crate::for_all::for_each;
use crate::{AnyLaw, Law, tolerance};
use vdm::ch02_intractable_densities::tensor_midpoint;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(cost().stating(
        r"
N = m^d, \qquad
\Bigl| \frac{1}{N} \sum_{\text{grid}} h - \int_{[0,1]^d} h \Bigr|
  \;\le\; \frac{1}{24\, m^2} \sum_{i=1}^{d} \max \Bigl| \frac{\partial^2 h}{\partial x_i^2} \Bigr|
  \;=\; \text{const} \cdot N^{-2/d}",
    ))]
}

/// From m, d and the largest second derivative along one axis (the same for each): the
/// number of evaluations and the bound on the error.
#[derive(Clone, Copy)]
struct Cost {
    evaluations: fn(f64, f64) -> f64,
    bound: fn(f64, f64, f64) -> f64,
}

const COST: Cost = Cost { evaluations: |m, d| m.powf(d), bound: |m, d, second| d * second / (24.0 * m * m) };

/// h(x) = exp(a·Σxᵢ), whose integral is ((eᵃ − 1)/a)^d and whose second derivatives are
/// a²h ≤ a²e^{ad}. With a small a the bound is nearly reached.
fn cost() -> Law<Cost> {
    const A: f64 = 0.125;
    Law {
        name: "tensor-grid-cost",
        statement: "m points an axis take m^d evaluations, and the midpoint rule errs by at most Σ max|∂²h|/(24m²)",
        members: || vec![("midpoint".into(), COST)],
        check: |cost| {
            let cases = (1..=5_u32).flat_map(|d| [1_u32, 2, 3, 5].map(|m| (d, m)));
            for_each(cases, |(d, m)| {
                let (dimension, points) = (f64::from(d), f64::from(m));
                let at = format!("d = {d}, m = {m}");
                let found = tensor_midpoint(d as usize, m as usize, |x| (A * x.iter().sum::<f64>()).exp());
                let found = found.map_err(|why| crate::Broken::new(&*at, "a value", why.to_string()))?;
                let count = (cost.evaluations)(points, dimension);
                agree(format!("{at}: evaluations"), found.evaluations as f64, count, 1e-9 * count)?;
                let exact = (A.exp_m1() / A).powf(dimension);
                let error = (found.value - exact).abs();
                let bound = (cost.bound)(points, dimension, A * A * (A * dimension).exp());
                let near = tolerance::of_terms(&[exact, exact]);
                at_least(at.clone(), "error ≤ bound", bound, error, near)?;
                // e^{ad} at most doubles the second derivatives: a bound far above the error
                // would say nothing.
                at_least(at, "bound ≤ 2·error", 2.0 * error, bound, near)
            })
        },
        chaffs: || {
            vec![
                ("m·d evaluations: points of the axes only", Cost { evaluations: |m, d| m * d, ..COST }),
                ("one axis counted", Cost { bound: |m, _, second| second / (24.0 * m * m), ..COST }),
                ("falls like m⁻⁴", Cost { bound: |m, d, second| d * second / (24.0 * m.powi(4)), ..COST }),
                ("falls like 1/m", Cost { bound: |m, d, second| d * second / (24.0 * m), ..COST }),
            ]
        },
    }
}
