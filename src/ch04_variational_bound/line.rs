//! F(T) of two laws on the line, by quadrature.

use crate::Divergence;
use crate::density::Density;
use crate::quadrature::{Estimate, Quadrature, QuadratureError};

/// F(T) = E_p T − E_q f\*(T) of two laws with densities, with a bound for its error.
///
/// `breaks` are the places where the critic jumps or bends; the laws' own landmarks are
/// added. The value is −∞, with error 0, if T is found outside dom f\* where q > 0.
/// A critic that is itself infinite at some point makes the integrand so: restrict it.
///
/// # Errors
/// Those of [`Quadrature::integrate`]: the two expectations may fail to exist, as at the
/// optimal critic of Pearson's χ² for P = N(0, 3²) and Q = N(0, 1).
///
/// ```
/// use vdm::{catalogue::Kl, ch04_variational_bound::bound_on_line, density::Gaussian};
/// let (p, q) = (Gaussian::new(1.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
/// // T* = 1 + log p/q = x + ½, and KL = ½.
/// let best = bound_on_line(&Kl, &p, &q, |x| x + 0.5, &[])?;
/// assert!((best.value - 0.5).abs() <= best.error && best.error < 1e-9);
/// let other = bound_on_line(&Kl, &p, &q, |x| 0.5 * x + 0.75, &[])?;
/// assert!(other.value < 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bound_on_line(
    f: &dyn Divergence,
    p: &dyn Density,
    q: &dyn Density,
    critic: impl Fn(f64) -> f64,
    breaks: &[f64],
) -> Result<Estimate, QuadratureError> {
    let interval = p.support().hull(&q.support());
    let mut all = breaks.to_vec();
    all.extend(p.landmarks());
    all.extend(q.landmarks());
    all.extend([p.support(), q.support()].iter().flat_map(|s| [s.low(), s.high()]));
    all.retain(|x| x.is_finite());
    // A density that underflows leaves nothing, whatever T is there: 0·∞ = 0.
    let weighted = |ln_mass: f64, value: f64| if ln_mass.exp() == 0.0 { 0.0 } else { ln_mass.exp() * value };
    let mut outside = false;
    let integrand = |x: f64| {
        let t = critic(x);
        let lost = weighted(q.ln_density(x), f.conjugate(t));
        outside |= lost == f64::INFINITY;
        if outside { 0.0 } else { weighted(p.ln_density(x), t) - lost }
    };
    let found = Quadrature::default().integrate(integrand, interval, &all);
    if outside {
        return Ok(Estimate { value: f64::NEG_INFINITY, error: 0.0, evaluations: 0 });
    }
    found
}
