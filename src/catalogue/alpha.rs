//! The α family: from Neyman (α = −1) over Hellinger (½) to Pearson (2).

use super::smooth::slopes;
use crate::ch05_algorithm::exercises::composite_of_alpha;
use crate::divergence::{ParameterError, Provenance, Scaled};
use crate::shown::number;
use crate::{Divergence, Interval};
use std::f64::consts::LN_2;
use std::sync::Arc;

/// The α-divergence, f(u) = (u^α − 1 − α(u − 1))/(α(α − 1)) for α ∉ {0, 1}.
///
/// | α | is |
/// |---|---|
/// | −1 | ½ Neyman χ² |
/// | → 0 | [`ReverseKl`](super::ReverseKl) |
/// | ½ | 2 × squared Hellinger |
/// | → 1 | [`Kl`](super::Kl) |
/// | 2 | ½ Pearson χ² |
///
/// The adjoint u·f(1/u) is the member with 1 − α. f″(1) = 1 for every α.
///
/// α < 1: f\*(t) = ((1 − (1 − α)t)^{α/(α−1)} − 1)/α for t < 1/(1 − α), printed and
/// true. The end belongs to dom f\* for α < 0 (f\* = −1/α), not for 0 < α < 1.
/// g_f(v) = 1/(1 − α) − log(1 + e^{−v}).
///
/// α > 1: the true conjugate is (max(0, 1 + (α − 1)t)^{α/(α−1)} − 1)/α on ℝ. The
/// paper prints it without the max and with the domain ℝ, but that is a real number
/// only for t ≥ f′(0⁺) = −1/(α − 1): the printed conjugate is +∞ below, where the
/// formula has no value. g_f(v) = v, composed with the true conjugate.
///
/// TensorFlow Probability's `amari_alpha` with `self_normalized` is this family;
/// without, it is [`Shifted`](crate::divergence::Shifted) by 1/(α − 1).
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 4 and 5; Amari (1985).
///
/// ```
/// use vdm::{Divergence, catalogue::Alpha};
/// let alpha = Alpha::new(2.0)?; // ½(u − 1)²
/// assert_eq!(alpha.generator(3.0), 2.0);
/// assert_eq!(alpha.conjugate(-5.0), -0.5);
/// assert!(Alpha::new(0.0).is_err());
/// # Ok::<(), vdm::divergence::ParameterError>(())
/// ```
#[doc(alias = "amari")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alpha {
    alpha: f64,
}

impl Alpha {
    /// The member with a finite α other than 0 and 1.
    ///
    /// # Errors
    /// [`ParameterError`] for α = 0 (use [`ReverseKl`](super::ReverseKl)), α = 1 (use
    /// [`Kl`](super::Kl)) and for values that are not finite.
    pub fn new(alpha: f64) -> Result<Self, ParameterError> {
        let advice = match alpha {
            0.0 => "the limit α → 0 is the reverse Kullback–Leibler: use reverse_kl",
            1.0 => "the limit α → 1 is Kullback–Leibler: use kl",
            alpha if alpha.is_finite() => return Ok(Self { alpha }),
            _ => "choose a finite number",
        };
        Err(ParameterError {
            parameter: "α",
            value: alpha,
            advice,
        })
    }

    /// The parameter α.
    pub const fn alpha(&self) -> f64 {
        self.alpha
    }

    /// log(1 + (α − 1)t), the base of the conjugate's power; log 0 beyond the end.
    fn ln_base(&self, t: f64) -> f64 {
        ((self.alpha - 1.0) * t).max(-1.0).ln_1p()
    }

    /// (e^{α/(α−1)·`ln_base`} − 1)/α
    fn conjugate_from(&self, ln_base: f64) -> f64 {
        (self.alpha / (self.alpha - 1.0) * ln_base).exp_m1() / self.alpha
    }
}

/// TensorFlow Probability's `t_power`, |α(α − 1)| times the α-divergence:
/// f(u) = ±(u^α − 1 − α(u − 1)), with − for 0 < α < 1.
///
/// # Errors
/// [`ParameterError`] for the same values as [`Alpha::new`].
///
/// ```
/// use vdm::{Divergence, catalogue::t_power};
/// assert_eq!(t_power(2.0)?.generator(3.0), 4.0); // (u − 1)²
/// assert_eq!(t_power(0.5)?.name(), "t_power(0.5)");
/// # Ok::<(), vdm::divergence::ParameterError>(())
/// ```
pub fn t_power(alpha: f64) -> Result<Scaled<Alpha>, ParameterError> {
    let scale = (alpha * (alpha - 1.0)).abs();
    Ok(Scaled::new(scale, Alpha::new(alpha)?)?
        .called(format!("t_power({})", number(alpha)), format!("t-power, t = {}", number(alpha))))
}

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    let mut members: Vec<Arc<dyn Divergence>> = Vec::new();
    for alpha in [-2.0, -1.0, 0.25, 0.5, 0.75, 1.5, 2.0, 3.0] {
        members.push(Arc::new(Alpha { alpha }));
    }
    for alpha in [-1.0, 0.5, 3.0] {
        members.extend(t_power(alpha).map(|member| Arc::new(member) as Arc<dyn Divergence>));
    }
    members
}

impl Divergence for Alpha {
    fn name(&self) -> String {
        format!("alpha({})", number(self.alpha))
    }

    fn title(&self) -> String {
        format!("α-divergence, α = {}", number(self.alpha)).replace('-', "−").replacen("α−", "α-", 1)
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            return f64::INFINITY;
        }
        if u == 0.0 || u == f64::INFINITY {
            return if u == 0.0 && self.alpha > 0.0 { 1.0 / self.alpha } else { f64::INFINITY };
        }
        // Two arrangements of f that stay accurate as α → 1 and as α → 0.
        let alpha = self.alpha;
        if alpha >= 0.5 {
            (u * power_less_one(u, alpha - 1.0) / (alpha - 1.0) - (u - 1.0)) / alpha
        } else {
            (power_less_one(u, alpha) / alpha - (u - 1.0)) / (alpha - 1.0)
        }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| self.optimal_critic(u.ln()))
    }

    fn slope_at_zero(&self) -> f64 {
        if self.alpha > 1.0 { -1.0 / (self.alpha - 1.0) } else { f64::NEG_INFINITY }
    }

    fn slope_at_infinity(&self) -> f64 {
        if self.alpha > 1.0 { f64::INFINITY } else { 1.0 / (1.0 - self.alpha) }
    }

    fn conjugate_domain(&self) -> Interval {
        if self.alpha < 0.0 {
            Interval::up_to(self.slope_at_infinity())
        } else {
            Interval::below(self.slope_at_infinity())
        }
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        // The member with 1 − α is the adjoint: f_α(u) = u·f_{1−α}(1/u).
        let own = Exponents { alpha: self.alpha, beta: self.alpha - 1.0 };
        let other = Exponents { alpha: 1.0 - self.alpha, beta: -self.alpha };
        match (self.alpha >= 0.5, log_u > 0.0) {
            (true, true) => log_u + ln_over_u(own, log_u),
            (true, false) => ln_below_one(own, log_u),
            (false, true) => log_u + ln_below_one(other, -log_u),
            (false, false) => ln_over_u(other, -log_u),
        }
    }

    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        let own = Exponents { alpha: self.alpha, beta: self.alpha - 1.0 };
        let other = Exponents { alpha: 1.0 - self.alpha, beta: -self.alpha };
        match (self.alpha >= 0.5, log_u > 0.0) {
            (true, true) => ln_over_u(own, log_u),
            (true, false) => ln_below_one(own, log_u) - log_u,
            (false, true) => ln_below_one(other, -log_u),
            (false, false) => ln_over_u(other, -log_u) - log_u,
        }
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t.is_nan() {
            t
        } else if self.conjugate_domain().contains(t) || t == f64::NEG_INFINITY {
            self.conjugate_from(self.ln_base(t))
        } else {
            f64::INFINITY
        }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        if t.is_nan() {
            return Interval::point(t);
        }
        Interval::point((self.ln_base(t) / (self.alpha - 1.0)).exp())
    }

    fn printed_conjugate(&self, t: f64) -> f64 {
        if self.alpha > 1.0 && t < self.slope_at_zero() {
            f64::INFINITY
        } else {
            self.conjugate(t)
        }
    }

    /// (u^{α−1} − 1)/(α − 1)
    fn optimal_critic(&self, log_u: f64) -> f64 {
        ((self.alpha - 1.0) * log_u).exp_m1() / (self.alpha - 1.0)
    }

    /// (u^α − 1)/α
    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        (self.alpha * log_u).exp_m1() / self.alpha
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        if self.alpha > 1.0 {
            return self.conjugate(v);
        }
        composite_of_alpha(self.alpha, v)
    }
}

/// u^exponent − 1, accurate where the power is near 1.
fn power_less_one(u: f64, exponent: f64) -> f64 {
    let ln_power = exponent * u.ln();
    if ln_power.abs() < 1.0 { ln_power.exp_m1() } else { u.powf(exponent) - 1.0 }
}

/// α and β = α − 1, both as exact as they were given: α near 0 is the adjoint of a
/// member near 1, whose 1 − α has no digits of α left.
#[derive(Clone, Copy)]
struct Exponents {
    alpha: f64,
    beta: f64,
}

impl Exponents {
    /// (e^{βl} − 1)/β, which is l at β = 0.
    fn growth(self, l: f64) -> f64 {
        let growth = self.beta * l;
        if growth == 0.0 { l } else { growth.exp_m1() / self.beta }
    }
}

/// ln(f(u)/u) at u = e^l ≥ 1, for α ≥ ½.
fn ln_over_u(exponents: Exponents, l: f64) -> f64 {
    let Exponents { alpha, beta } = exponents;
    if l * alpha.max(1.0) < 0.5 {
        return ln_series(alpha, l) - l;
    }
    // α·f/u = (e^{βl} − 1)/β − 1 + e^{−l}, with its growth taken out.
    let ln_rest = if beta * l < 500.0 {
        (exponents.growth(l) - 1.0 + (-l).exp()).ln()
    } else {
        beta * l - beta.ln()
    };
    ln_rest - alpha.ln()
}

/// ln f(e^l) for l ≤ 0 and α ≥ ½.
fn ln_below_one(exponents: Exponents, l: f64) -> f64 {
    let Exponents { alpha, beta } = exponents;
    if -l * alpha.max(1.0) < 0.5 {
        return ln_series(alpha, l);
    }
    // α·f = (e^{αl} − e^l)/β + 1 − e^l; the first term is at most of the order of |l|.
    let power = if l.exp() == 0.0 {
        0.0
    } else if (beta * l).abs() < 1.0 {
        l.exp() * exponents.growth(l)
    } else {
        ((alpha * l).exp() - l.exp()) / beta
    };
    (power - l.exp_m1()).ln() - alpha.ln()
}

/// ln f(e^l) for small αl and l: f = ½l²·Σ 2c_k l^{k−2}/k! with c_k = 1 + α + … + α^{k−2}.
fn ln_series(alpha: f64, l: f64) -> f64 {
    // term = 2c_k l^{k−2}/k! and power = 2l^{k−2}/k!; c_k itself may overflow.
    let (mut sum, mut term, mut power) = (0.0, 1.0, 1.0);
    for k in 3..=22 {
        sum += term;
        power *= l / f64::from(k);
        term = power + alpha * l / f64::from(k) * term;
    }
    2.0 * l.abs().ln() - LN_2 + f64::ln(sum)
}
