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

mod tail;

use super::Divergence;
use crate::density::{Density, Finite};
use crate::quadrature::{Estimate, Quadrature, QuadratureError, Sample};
use crate::{Interval, bisection};
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

/// The centred generator with its values at both ends.
struct Centred<'a> {
    f: &'a dyn Divergence,
    at_one: f64,
    /// ln f̃(0), the price of Q's mass where p = 0.
    ln_at_zero: f64,
    /// ln (f′(∞) − s), the price of P's mass where q = 0.
    ln_at_infinity: f64,
    /// Where ln f̃(u) is ln u + `ln_at_infinity` to rounding.
    linear_beyond: f64,
}

impl<'a> Centred<'a> {
    fn new(f: &'a dyn Divergence) -> Self {
        let slope = f.slope_at_one().representative();
        // Prices are at least 0; rounding must not turn a 0 into a NaN.
        let ln_at_infinity = (f.slope_at_infinity() - slope).max(0.0).ln();
        let far = 1e3;
        let linear = (f.ln_centred(far) - far - ln_at_infinity).abs() < 4.0 * f64::EPSILON * far;
        Self {
            f,
            at_one: f.at_one(),
            ln_at_zero: (f.at_zero() - f.at_one() + slope).max(0.0).ln(),
            ln_at_infinity,
            linear_beyond: if linear { far } else { f64::INFINITY },
        }
    }

    /// ln of what one point contributes, from ln p and ln q there.
    ///
    /// It is counted from the larger of p and q: from the smaller one, of which
    /// log(p/q) is as far off as it is small, nothing would be left of the digits.
    fn ln_term(&self, ln_p: f64, ln_q: f64) -> f64 {
        let log_u = ln_p - ln_q;
        match (ln_p == f64::NEG_INFINITY, ln_q == f64::NEG_INFINITY) {
            (true, true) => f64::NEG_INFINITY,
            (true, false) => ln_q + self.ln_at_zero,
            (false, true) => ln_p + self.ln_at_infinity,
            (false, false) if log_u > self.linear_beyond => ln_p + self.ln_at_infinity,
            (false, false) if log_u > 0.0 => ln_p + self.f.ln_centred_over_u(log_u),
            (false, false) => ln_q + self.f.ln_centred(log_u),
        }
    }

    fn ln_integrand(&self, p: &dyn Density, q: &dyn Density, x: f64) -> f64 {
        self.ln_term(p.ln_density(x), q.ln_density(x))
    }

    /// Has one law mass beyond the support of the other, at an infinite price? There
    /// may be no number between the ends of two supports.
    fn is_infinite_beyond(&self, p: &dyn Density, q: &dyn Density) -> bool {
        let (of_p, of_q) = (p.support(), q.support());
        let reaches_beyond = |a: Interval, b: Interval| a.low() < b.low() || a.high() > b.high();
        (self.ln_at_infinity == f64::INFINITY && reaches_beyond(of_p, of_q))
            || (self.ln_at_zero == f64::INFINITY && reaches_beyond(of_q, of_p))
    }

    /// Is there mass of infinite price around x?
    fn is_infinite_at(&self, p: &dyn Density, q: &dyn Density, x: f64) -> bool {
        let p_vanishes = p.ln_density(x) == f64::NEG_INFINITY;
        let q_vanishes = q.ln_density(x) == f64::NEG_INFINITY;
        (q_vanishes && !p_vanishes && self.ln_at_infinity == f64::INFINITY)
            || (p_vanishes && !q_vanishes && self.ln_at_zero == f64::INFINITY)
    }

    /// What may lie between landmarks so near that there are no numbers between them
    /// to sample: the hair by which one support is longer than another.
    fn unresolved(&self, p: &dyn Density, q: &dyn Density, breaks: &[f64]) -> f64 {
        let narrow = |pair: &&[f64]| pair[1] - pair[0] <= 64.0 * f64::EPSILON * pair[1].abs();
        let most = |pair: &[f64]| {
            let at = |x: f64| self.ln_integrand(p, q, x).exp();
            2.0 * (pair[1] - pair[0]) * at(pair[0]).max(at(pair[1]))
        };
        breaks.windows(2).filter(narrow).map(most).sum()
    }

    /// The integrand with its rounding error, that of ln p and ln q included.
    ///
    /// q·f̃(p/q) is 0 where p = q, and grows as p and q move apart, in whichever
    /// direction. So over all p and q that ln p and ln q may stand for, it is largest
    /// or smallest where one is as large and the other as small as can be.
    fn sample(&self, p: &Known, q: &Known, x: f64) -> Sample {
        let (ln_p, ln_q) = (p.law.ln_density(x), q.law.ln_density(x));
        let ln_value = self.ln_term(ln_p, ln_q);
        let (in_p, in_q) = (p.rounding(ln_p), q.rounding(ln_q));
        let one = self.ln_term(ln_p + in_p, ln_q - in_q);
        let other = self.ln_term(ln_p - in_p, ln_q + in_q);
        let value = ln_value.exp();
        // They may lie on both sides of p = q, where the least value is 0.
        let largest = one.max(other).exp();
        let crosses = (ln_p - ln_q).abs() <= in_p + in_q;
        let least = if crosses { 0.0 } else { one.min(other).exp() };
        let off = (largest - value).max(value - least);
        if largest == 0.0 && ln_value < LN_LEAST {
            return Sample { value, rounding: 0.0 };
        }
        // What f̃ itself and the last exponential add.
        let own = if value > 0.0 {
            let price = (ln_value - ln_p.max(ln_q)).abs();
            value * f64::EPSILON * (4.0 + ln_value.abs() + 2.0 * price)
        } else {
            0.0
        };
        Sample { value, rounding: off + own + LEAST }
    }
}

/// The least positive number, and its logarithm.
const LEAST: f64 = 5e-324;
const LN_LEAST: f64 = -744.5;

/// A law, and how large the parts of its ln density are where they cancel.
struct Known<'a> {
    law: &'a dyn Density,
    ln_peak: f64,
}

impl<'a> Known<'a> {
    fn new(law: &'a dyn Density) -> Self {
        let at_landmarks = law.landmarks().into_iter().map(|x| law.ln_density(x));
        let peak = at_landmarks.filter(|ln| ln.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        Self { law, ln_peak: if peak.is_finite() { peak.abs() } else { 0.0 } }
    }

    /// The rounding of ln p(x), which is the logarithm of a scale, about that of the
    /// peak, and an exponent that may cancel with it.
    fn rounding(&self, ln: f64) -> f64 {
        if ln == f64::NEG_INFINITY {
            return 0.0;
        }
        f64::EPSILON * (4.0 + 2.0 * self.ln_peak + 2.0 * ln.abs())
    }

    /// The mass beyond the largest number, where no x reaches it.
    fn out_of_reach(&self) -> f64 {
        self.law.cdf(-f64::MAX) + self.law.survival(f64::MAX)
    }
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
