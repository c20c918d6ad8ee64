//! F(T) and T\* on finitely many points.

use super::BoundError;
use super::exercises::{bound_on_finite_space, optimal_critic};
use crate::Divergence;
use crate::density::Finite;

/// F(T) = E_p T − E_q f\*(T) for laws on the same finitely many points, in nats (where
/// D_f is in nats).
///
/// `critic` holds T at each point and may be ±∞: at a point without mass under a law it
/// takes no part in that law's expectation (0·∞ = 0). The value is at most D_f(P‖Q);
/// it is −∞ as soon as T leaves dom f\* on a point with q > 0 or is −∞ on one with p > 0.
///
/// Source: Nguyen, Wainwright and Jordan (2010), lemma 1.
///
/// # Errors
/// [`BoundError::UnequalLengths`], and [`BoundError::Critic`] for NaN.
///
/// ```
/// use vdm::{catalogue::Kl, ch04_variational_bound::bound_finite, density::Finite};
/// let p = Finite::new(&[0.5, 0.5])?;
/// let q = Finite::new(&[0.25, 0.75])?;
/// // A critic that is the same everywhere sees nothing: at best f(1) = 0.
/// assert_eq!(bound_finite(&Kl, &p, &q, &[1.0, 1.0])?, 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bound_finite(f: &dyn Divergence, p: &Finite, q: &Finite, critic: &[f64]) -> Result<f64, BoundError> {
    same_points("Q", p.len(), q.len())?;
    same_points("the critic", p.len(), critic.len())?;
    if let Some(index) = critic.iter().position(|t| t.is_nan()) {
        return Err(BoundError::Critic { index });
    }
    Ok(bound_on_finite_space(f, &p.probabilities(), &q.probabilities(), critic))
}

/// An optimal critic T\* = f′(p/q) of two finite laws: F(T\*) = D_f(P‖Q).
///
/// Its value is f′(0⁺) where p = 0 < q and f′(∞) where q = 0 < p, either of which may be
/// infinite: then no critic with real values attains the supremum.
///
/// # Errors
/// [`BoundError::UnequalLengths`].
///
/// ```
/// use vdm::ch04_variational_bound::{bound_finite, optimal_critic_finite};
/// use vdm::{catalogue::Kl, density::Finite, divergence::between_finite};
/// let (p, q) = (Finite::new(&[0.0, 0.5, 0.5])?, Finite::new(&[0.5, 0.25, 0.25])?);
/// let best = optimal_critic_finite(&Kl, &p, &q)?;
/// assert_eq!(best[0], f64::NEG_INFINITY);
/// let reached = bound_finite(&Kl, &p, &q, &best)?;
/// assert!((reached - between_finite(&Kl, &p, &q)?).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn optimal_critic_finite(f: &dyn Divergence, p: &Finite, q: &Finite) -> Result<Vec<f64>, BoundError> {
    same_points("Q", p.len(), q.len())?;
    Ok(optimal_inside(f, &p.probabilities(), &q.probabilities()))
}

/// The optimal critic with values inside dom f\* where q > 0: a ratio beyond 10¹⁵ rounds
/// f′(p/q) to the end of an open domain, where f\* is infinite. The number before it
/// costs nothing that a sum could show.
pub(super) fn optimal_inside(f: &dyn Divergence, p: &[f64], q: &[f64]) -> Vec<f64> {
    let domain = f.conjugate_domain();
    let inside = |(t, q): (f64, &f64)| {
        if *q > 0.0 && t == domain.high() && !domain.contains(t) { t.next_down() } else { t }
    };
    optimal_critic(f, p, q).into_iter().zip(q).map(inside).collect()
}

/// Is `found` the number of points that P has?
pub(super) fn same_points(what: &'static str, expected: usize, found: usize) -> Result<(), BoundError> {
    if found == expected { Ok(()) } else { Err(BoundError::UnequalLengths { what, expected, found }) }
}
