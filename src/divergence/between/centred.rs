//! What one point of the line, or of a finite set, contributes to D_f, and how far
//! that may be off.

use super::super::Divergence;
use crate::Interval;
use crate::density::Density;
use crate::quadrature::Sample;

/// The centred generator with its values at both ends.
pub(super) struct Centred<'a> {
    f: &'a dyn Divergence,
    pub(super) at_one: f64,
    /// ln f̃(0), the price of Q's mass where p = 0.
    ln_at_zero: f64,
    /// ln (f′(∞) − s), the price of P's mass where q = 0.
    ln_at_infinity: f64,
    /// Where ln f̃(u) is ln u + `ln_at_infinity` to rounding.
    linear_beyond: f64,
}

impl<'a> Centred<'a> {
    pub(super) fn new(f: &'a dyn Divergence) -> Self {
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
    pub(super) fn ln_term(&self, ln_p: f64, ln_q: f64) -> f64 {
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

    pub(super) fn ln_integrand(&self, p: &dyn Density, q: &dyn Density, x: f64) -> f64 {
        self.ln_term(p.ln_density(x), q.ln_density(x))
    }

    /// Has one law mass beyond the support of the other, at an infinite price? There
    /// may be no number between the ends of two supports.
    pub(super) fn is_infinite_beyond(&self, p: &dyn Density, q: &dyn Density) -> bool {
        let (of_p, of_q) = (p.support(), q.support());
        let reaches_beyond = |a: Interval, b: Interval| a.low() < b.low() || a.high() > b.high();
        (self.ln_at_infinity == f64::INFINITY && reaches_beyond(of_p, of_q))
            || (self.ln_at_zero == f64::INFINITY && reaches_beyond(of_q, of_p))
    }

    /// Is there mass of infinite price around x?
    pub(super) fn is_infinite_at(&self, p: &dyn Density, q: &dyn Density, x: f64) -> bool {
        let p_vanishes = p.ln_density(x) == f64::NEG_INFINITY;
        let q_vanishes = q.ln_density(x) == f64::NEG_INFINITY;
        (q_vanishes && !p_vanishes && self.ln_at_infinity == f64::INFINITY)
            || (p_vanishes && !q_vanishes && self.ln_at_zero == f64::INFINITY)
    }

    /// What may lie between landmarks so near that there are no numbers between them
    /// to sample: the hair by which one support is longer than another.
    pub(super) fn unresolved(&self, p: &dyn Density, q: &dyn Density, breaks: &[f64]) -> f64 {
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
    pub(super) fn sample(&self, p: &Known, q: &Known, x: f64) -> Sample {
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
pub(super) struct Known<'a> {
    law: &'a dyn Density,
    ln_peak: f64,
}

impl<'a> Known<'a> {
    pub(super) fn new(law: &'a dyn Density) -> Self {
        let at_landmarks = law.landmarks().into_iter().map(|x| law.ln_density(x));
        let peak = at_landmarks.filter(|ln| ln.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        Self { law, ln_peak: if peak.is_finite() { peak.abs() } else { 0.0 } }
    }

    /// The rounding of ln p(x), which is the logarithm of a scale, about that of the
    /// peak, and an exponent that may cancel with it.
    pub(super) fn rounding(&self, ln: f64) -> f64 {
        if ln == f64::NEG_INFINITY {
            return 0.0;
        }
        f64::EPSILON * (4.0 + 2.0 * self.ln_peak + 2.0 * ln.abs())
    }

    /// The mass beyond the largest number, where no x reaches it.
    pub(super) fn out_of_reach(&self) -> f64 {
        self.law.cdf(-f64::MAX) + self.law.survival(f64::MAX)
    }
}
