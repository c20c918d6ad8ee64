//! Affine critics, solved to optimality: the tilt for KL, a quotient for Pearson's χ².

use super::BoundError;
use super::exercises::{affine_pearson_bound, tilt, tilted};
use super::finite::same_points;
use super::solve::solve_covariance;
use crate::density::Finite;

/// The best critic Σⱼ wⱼφⱼ (and any shift) for KL, and the law that it makes of Q.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The weights w, one a feature; 0 where a feature adds nothing to the others.
    pub weights: Vec<f64>,
    /// q_w, proportional to q·exp(Σ wⱼφⱼ): it has P's means of all features.
    pub law: Finite,
    /// sup over w of E_p wᵀφ − log E_q e^{wᵀφ} = KL(q_w‖Q) ≤ KL(P‖Q).
    pub bound: f64,
}

/// More rounds than Newton's method needs: the objective is concave and each step is
/// as long as is best.
const ROUNDS: usize = 100;

/// Projects P onto the family {q_w} of tilts of Q by affine critics in `features`: the
/// best such critic in the bound for KL.
///
/// `features[j]` holds φⱼ at each point. With the best shift the bound for KL is
/// E_p T − log E_q e^T, concave in w; its gradient is E_p φ − E_{q_w} φ, minus its Hessian
/// the covariance of φ under q_w. Newton's direction, and along it the best step, which is
/// a tilt by one feature.
///
/// Source: I. Csiszár, "I-divergence geometry of probability distributions and
/// minimization problems", Annals of Probability 3 (1975).
///
/// # Errors
/// [`BoundError::UnequalLengths`], [`BoundError::Feature`], and
/// [`BoundError::NotAttained`] if no w is best, because a mean under P lies at the end of
/// what Q reaches, or beyond.
///
/// ```
/// use vdm::ch04_variational_bound::project;
/// use vdm::{catalogue::Kl, density::Finite, divergence::between_finite};
/// let p = Finite::new(&[0.1, 0.2, 0.3, 0.4])?;
/// let q = Finite::new(&[0.25; 4])?;
/// let best = project(&p, &q, &[vec![0.0, 1.0, 2.0, 3.0]])?;
/// let kl = |a, b| between_finite(&Kl, a, b);
/// // Pythagoras: KL(q_w‖q) = KL(p‖q) − KL(p‖q_w).
/// assert!((best.bound - (kl(&p, &q)? - kl(&p, &best.law)?)).abs() < 1e-14);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn project(p: &Finite, q: &Finite, features: &[Vec<f64>]) -> Result<Projection, BoundError> {
    same_points("Q", p.len(), q.len())?;
    for (feature, values) in features.iter().enumerate() {
        check_feature(feature, p.len(), values)?;
    }
    let (p, q) = (p.probabilities(), q.probabilities());
    let means: Vec<f64> = features.iter().map(|phi| mean(&p, phi)).collect();
    // Only differences of a feature matter; from its mean under P they are smallest.
    let features: Vec<Vec<f64>> =
        features.iter().zip(&means).map(|(phi, mean)| phi.iter().map(|x| x - mean).collect()).collect();
    let mut weights = vec![0.0; features.len()];
    let mut law = q.clone();
    for _ in 0..ROUNDS {
        let direction = newton_direction(&law, &features);
        let along = combination(&features, &direction, q.len());
        let (target, step) = (mean(&p, &along), mean(&law, &along));
        // Along Newton's direction the slope is its variance; at the optimum both are 0.
        let spread = along.iter().zip(&law).map(|(x, mass)| mass * (x - step).powi(2)).sum::<f64>();
        if spread <= (f64::EPSILON * features.len() as f64).powi(2) {
            still_apart(&law, &features)?;
            break;
        }
        let largest = largest_on_support(&q, &along);
        if target >= largest {
            return Err(BoundError::NotAttained { mean: target, largest });
        }
        let length = tilt(&law, &along, target);
        for (weight, part) in weights.iter_mut().zip(&direction) {
            *weight += length * part;
        }
        law = tilted(&q, &combination(&features, &weights, q.len()));
    }
    let critic = combination(&features, &weights, q.len());
    // KL(q_w‖q) = E_{q_w} log(q_w/q), from the critic: log q_w/q = T − log E_q e^T.
    let bound = mean(&p, &critic) - log_mean_exp(&q, &critic);
    let ln_law: Vec<f64> = q.iter().zip(&critic).map(|(mass, t)| mass.ln() + t).collect();
    let law = Finite::from_ln_weights(&ln_law).map_err(|_| BoundError::Undefined)?;
    Ok(Projection { weights, law, bound })
}

/// sup over a, b of the bound for Pearson's χ² with critic a + b·φ and the conjugate
/// t + t²/4: (E_p φ − E_q φ)² / Var_q φ ≤ χ²(P‖Q). Equality at φ = p/q.
///
/// Values of the best critic may lie below −2, where the true conjugate is smaller than
/// t + t²/4: with it the same critic bounds χ² at least as well.
///
/// # Errors
/// [`BoundError::UnequalLengths`] and [`BoundError::Feature`].
///
/// ```
/// use vdm::{ch04_variational_bound::affine_pearson, density::Finite};
/// // The same mean and another variance: no affine critic sees it.
/// let p = Finite::new(&[0.25, 0.5, 0.25])?;
/// let q = Finite::new(&[0.4, 0.2, 0.4])?;
/// assert_eq!(affine_pearson(&p, &q, &[-1.0, 0.0, 1.0])?, 0.0);
/// assert!(affine_pearson(&p, &q, &[1.0, 0.0, 1.0])? > 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn affine_pearson(p: &Finite, q: &Finite, phi: &[f64]) -> Result<f64, BoundError> {
    same_points("Q", p.len(), q.len())?;
    check_feature(0, p.len(), phi)?;
    Ok(affine_pearson_bound(&p.probabilities(), &q.probabilities(), phi))
}

fn check_feature(feature: usize, points: usize, values: &[f64]) -> Result<(), BoundError> {
    same_points("a feature", points, values.len())?;
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => Err(BoundError::Feature { feature, index, value: values[index] }),
        None => Ok(()),
    }
}

fn mean(law: &[f64], values: &[f64]) -> f64 {
    law.iter().zip(values).map(|(mass, value)| mass * value).sum()
}

/// Cov⁻¹·(E_p φ − E_{q_w} φ), for features with mean 0 under P.
fn newton_direction(law: &[f64], features: &[Vec<f64>]) -> Vec<f64> {
    let means: Vec<f64> = features.iter().map(|phi| mean(law, phi)).collect();
    let covariance = |i: usize, j: usize| -> f64 {
        let product = |(x, y): (&f64, &f64)| (x - means[i]) * (y - means[j]);
        law.iter().zip(features[i].iter().zip(&features[j])).map(|(mass, pair)| mass * product(pair)).sum()
    };
    let d = features.len();
    let matrix = (0..d).map(|i| (0..d).map(|j| covariance(i, j)).collect()).collect();
    solve_covariance(matrix, means.iter().map(|mean| -mean).collect())
}

/// No variance is left: are the means equal too? A feature that does not vary under the
/// tilted law but has another mean under P can be raised for ever.
fn still_apart(law: &[f64], features: &[Vec<f64>]) -> Result<(), BoundError> {
    for phi in features {
        let (apart, size) = (mean(law, phi), phi.iter().fold(0.0, |most: f64, x| most.max(x.abs())));
        if apart.abs() > size * f64::EPSILON.sqrt() {
            return Err(BoundError::NotAttained { mean: -apart, largest: 0.0 });
        }
    }
    Ok(())
}

/// Σⱼ wⱼφⱼ at each of the points.
fn combination(features: &[Vec<f64>], weights: &[f64], points: usize) -> Vec<f64> {
    let mut sum = vec![0.0; points];
    for (phi, weight) in features.iter().zip(weights) {
        sum.iter_mut().zip(phi).for_each(|(sum, phi)| *sum += weight * phi);
    }
    sum
}

fn largest_on_support(q: &[f64], values: &[f64]) -> f64 {
    let carried = q.iter().zip(values).filter(|(mass, _)| **mass > 0.0).map(|(_, value)| *value);
    carried.fold(f64::NEG_INFINITY, f64::max)
}

/// log E_q e^T, with the largest exponent taken out.
fn log_mean_exp(q: &[f64], critic: &[f64]) -> f64 {
    let largest = largest_on_support(q, critic);
    let sum: f64 = q
        .iter()
        .zip(critic)
        .filter(|(mass, _)| **mass > 0.0)
        .map(|(mass, t)| mass * (t - largest).exp())
        .sum();
    largest + sum.ln()
}
