//! f-GAN's theorem on single-step updates, for quadratic games.

use crate::check::{Verdict, agree, at_least, number};
use crate::for_all::for_all;
use crate::{AnyLaw, Law, tolerance};

/// The factor of J in one step, of δ and L.
type Factor = fn(f64, f64) -> f64;

/// ½‖∇F‖² before and after one simultaneous step, and the two constants.
struct Step {
    before: f64,
    after: f64,
    delta: f64,
    lipschitz: f64,
}

/// One step of size δ/L from (θ, ω) on ½aθ² + cθω − ½bω²; L is the largest eigenvalue of
/// GᵀG, where G maps (θ, ω) to the two gradients and ∇J = GᵀG·(θ, ω).
fn step(a: f64, b: f64, c: f64, (theta, omega): (f64, f64)) -> Step {
    let size =
        |theta: f64, omega: f64| ((a * theta + c * omega).powi(2) + (c * theta - b * omega).powi(2)) / 2.0;
    let (diagonal, product) = ((a * a + c * c, b * b + c * c), c * (a - b));
    let half = (diagonal.0 - diagonal.1) / 2.0;
    let lipschitz = f64::midpoint(diagonal.0, diagonal.1) + half.hypot(product);
    let delta = a.min(b);
    let step = delta / lipschitz;
    let moved = (theta - step * (a * theta + c * omega), omega + step * (c * theta - b * omega));
    Step { before: size(theta, omega), after: size(moved.0, moved.1), delta, lipschitz }
}

fn check(factor: &Factor) -> Verdict {
    let quarters = || 1i32..=12;
    let mut tally = for_all(
        200,
        &(quarters(), quarters(), -8i32..=8, -8i32..=8, -8i32..8),
        |&(a, b, c, theta, omega)| {
            let [a, b, c] = [a, b, c].map(|k| f64::from(k) / 4.0);
            let start = (f64::from(theta), f64::from(omega) + 0.5);
            let seen = step(a, b, c, start);
            let at = format!("a = {}, b = {}, c = {}, from {start:?}", number(a), number(b), number(c));
            let most = factor(seen.delta, seen.lipschitz) * seen.before;
            at_least(
                at,
                "J falls at least by the factor",
                most,
                seen.after,
                tolerance::of_terms(&[seen.before]),
            )
        },
    )?;
    // With a = b = δ it is attained, from every start.
    tally.merge(for_all(100, &(quarters(), -8i32..=8, -8i32..=8, -8i32..8), |&(delta, c, theta, omega)| {
        let [delta, c] = [delta, c].map(|k| f64::from(k) / 4.0);
        let seen = step(delta, delta, c, (f64::from(theta), f64::from(omega) + 0.5));
        let at = format!("a = b = δ = {}, c = {}", number(delta), number(c));
        let due = factor(seen.delta, seen.lipschitz) * seen.before;
        agree(at, seen.after, due, tolerance::of_terms(&[seen.before]))
    })?);
    Ok(tally)
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(
        Law {
            name: "single-step-theorem",
            statement: "a simultaneous step of size δ/L multiplies ½‖∇F‖² by at most 1 − δ²/L, and by exactly that for a = b = δ",
            members: || -> Vec<(String, Factor)> {
                vec![("quadratic games".into(), |delta, lipschitz| 1.0 - delta * delta / lipschitz)]
            },
            check,
            chaffs: || {
                vec![
                    ("δ for δ²", |delta, lipschitz| 1.0 - delta / lipschitz),
                    ("2δ²", |delta, lipschitz| 1.0 - 2.0 * delta * delta / lipschitz),
                    ("the rate of the distance", |delta, lipschitz| {
                        (1.0 - delta * delta / lipschitz).sqrt()
                    }),
                    ("L the Lipschitz constant of ∇F", |delta, lipschitz| {
                        1.0 - delta * delta / lipschitz.sqrt()
                    }),
                ]
            },
        }
        .stating(
            r"J = \tfrac12 \lVert \nabla F \rVert^2, \quad \eta = \frac{\delta}{L}: \qquad J_{n+1} \;\le\; \Bigl(1 - \frac{\delta^2}{L}\Bigr) J_n",
        ),
    )]
}
