//! D_f of two laws: exact sums on finitely many points, quadrature on the line.
//!
//! The definition D_f(P‖Q) = E_q f(p/q) + f′(∞)·P\[q = 0\] is not summed as it
//! stands: near p = q it is a difference of nearly equal numbers. With the centred
//! generator f̃(u) = f(u) − f(1) − s·(u − 1) ≥ 0, s ∈ ∂f(1),
//!
//! D_f(P‖Q) = f(1) + ∫ q·f̃(p/q) over {q > 0} + (f′(∞) − s)·P\[q = 0\].
//!
//! Both agree: ∫ q·(f(1) + s·(p/q − 1)) over {q > 0} = f(1) + s·(P\[q > 0\] − 1)
//! = f(1) − s·P\[q = 0\]. Every term of the second form is at least 0, so nothing
//! cancels. Where p = 0 < q the integrand is q·f̃(0), with f̃(0) = f(0) − f(1) + s.

mod centred;
mod tail;

use super::Divergence;
use crate::density::{Density, Finite};
use crate::quadrature::{Estimate, Quadrature, QuadratureError};
use crate::{Interval, bisection};
use centred::{Centred, Known};
use tail::Tail;

/// Two finite laws on different numbers of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("P has {p} points and Q has {q}; give both laws on the same points (zeros are allowed)")]
pub struct UnequalLengths {
    /// Points of P.
    pub p: usize,
    /// Points of Q.
    pub q: usize,
}

/// D_f(P‖Q) of two laws on the same finitely many points, in nats, singular parts
/// included. +∞ where f makes it so.
///
/// # Errors
/// [`UnequalLengths`] if the laws are not on the same points.
///
/// ```
/// use vdm::{catalogue::Kl, density::Finite, divergence::between_finite};
/// let p = Finite::new(&[0.5, 0.5, 0.0])?;
/// let q = Finite::new(&[0.25, 0.5, 0.25])?;
/// assert!((between_finite(&Kl, &p, &q)? - 0.5 * 2f64.ln()).abs() < 1e-15);
/// assert_eq!(between_finite(&Kl, &q, &p)?, f64::INFINITY);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn between_finite(f: &dyn Divergence, p: &Finite, q: &Finite) -> Result<f64, UnequalLengths> {
    if p.len() != q.len() {
        return Err(UnequalLengths { p: p.len(), q: q.len() });
    }
    let f = Centred::new(f);
    let sum: f64 = (0..p.len()).map(|i| f.ln_term(p.ln_probability(i), q.ln_probability(i)).exp()).sum();
    Ok(f.at_one + sum)
}

/// D_f(P‖Q) of two laws on the line, in nats, by quadrature with the default
/// accuracy; singular parts included. See [`between_with`].
///
/// # Errors
/// Those of [`between_with`].
///
/// ```
/// use vdm::{catalogue::Kl, density::Gaussian, divergence::between};
/// let (p, q) = (Gaussian::new(1.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
/// let kl = between(&Kl, &p, &q)?;
/// assert!((kl.value - 0.5).abs() <= kl.error && kl.error < 1e-11);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn between(f: &dyn Divergence, p: &dyn Density, q: &dyn Density) -> Result<Estimate, QuadratureError> {
    between_with(&Quadrature::default(), f, p, q)
}

/// D_f(P‖Q) of two laws on the line, to the accuracy that `quadrature` asks for.
///
/// An infinite divergence is the value +∞ with error 0. It is recognised where
/// - P has mass where q = 0 and f′(∞) = ∞, or Q has mass where p = 0 and
///   f(0) = ∞;
/// - the integrand decays no faster than 1/|x| at an infinite end. That is read
///   off between 10⁴ and 4·10⁴ times the landmarks' span: an exponent of 1.01 or
///   less counts as divergent. A tail that changes its rate only beyond, or
///   whose decay is lost in the rounding of ln p and ln q there (χ² with
///   2σ_q² − σ_p² below about 1e-11 of σ_q²), is not decided rightly.
///
/// A singularity at a finite point, which none of the laws in
/// [`density`](crate::density) has, is not recognised but ends in an error.
///
/// # Errors
/// [`QuadratureError::NotConverged`] if the accuracy is out of reach,
/// [`QuadratureError::NotFinite`] if the integrand is NaN or beyond 1.8e308.
pub fn between_with(
    quadrature: &Quadrature,
    f: &dyn Divergence,
    p: &dyn Density,
    q: &dyn Density,
) -> Result<Estimate, QuadratureError> {
    let kinked = !f.slope_at_one().is_point();
    let f = Centred::new(f);
    let (known_p, known_q) = (Known::new(p), Known::new(q));
    let mass = known_p.out_of_reach().max(known_q.out_of_reach());
    if mass > f64::EPSILON {
        return Err(QuadratureError::BeyondRange { mass });
    }
    let interval = p.support().hull(&q.support());
    let mut breaks = landmarks(p, q, interval);
    let tails = Tail::of(interval, &breaks);

    // One point inside each stretch decides which of p and q vanish there.
    let inner = breaks.windows(2).map(|pair| pair[0] / 2.0 + pair[1] / 2.0);
    let outer = tails.iter().map(|tail| tail.at(1.0));
    let infinite = f.is_infinite_beyond(p, q)
        || inner.chain(outer).any(|x| f.is_infinite_at(p, q, x))
        || tails.iter().any(|tail| !tail.converges(|x| f.ln_integrand(p, q, x)));
    if infinite {
        return Ok(Estimate { value: f64::INFINITY, error: 0.0, evaluations: 0 });
    }
    let unresolved = f.unresolved(p, q, &breaks);
    if kinked {
        breaks.extend(crossings(p, q, &breaks, &tails));
    }
    let inner = quadrature.integrate_samples(|x| f.sample(&known_p, &known_q, x), interval, &breaks)?;
    let value = f.at_one + inner.value;
    let error = inner.error + f64::EPSILON * (f.at_one.abs() + inner.value) + unresolved;
    Ok(Estimate { value, error, ..inner })
}

/// Both laws' landmarks inside the interval, and its finite ends; at least one.
fn landmarks(p: &dyn Density, q: &dyn Density, interval: Interval) -> Vec<f64> {
    let mut all = p.landmarks();
    all.extend(q.landmarks());
    all.extend([interval.low(), interval.high()]);
    all.retain(|x| x.is_finite() && interval.closure_contains(*x));
    all.sort_by(f64::total_cmp);
    all.dedup();
    if all.is_empty() {
        all.push(0.0);
    }
    all
}

/// Into how many parts a stretch is cut to look for changes of sign.
const PARTS: u32 = 8;

/// Where p = q, as far as changes of sign between neighbouring points show it:
/// f̃(p/q) has a kink there if f has one at 1.
fn crossings(p: &dyn Density, q: &dyn Density, breaks: &[f64], tails: &[Tail]) -> Vec<f64> {
    let mut points: Vec<f64> = breaks
        .windows(2)
        .flat_map(|pair| {
            let share = |k| f64::from(k) / f64::from(PARTS);
            (0..=PARTS).map(move |k| pair[0] * (1.0 - share(k)) + pair[1] * share(k))
        })
        .collect();
    for tail in tails {
        points.extend((0..30).map(|k| tail.at(f64::from(k).exp2())));
    }
    points.sort_by(f64::total_cmp);
    points.dedup();
    let p_is_larger = |x: f64| p.ln_density(x) > q.ln_density(x);
    points
        .windows(2)
        .filter(|pair| p_is_larger(pair[0]) != p_is_larger(pair[1]))
        .map(|pair| {
            let larger_at_low = p_is_larger(pair[0]);
            bisection::first(pair[0], pair[1], |x| p_is_larger(x) != larger_at_low)
        })
        .collect()
}
