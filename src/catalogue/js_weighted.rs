//! Weighted Jensen–Shannon: a mixture of KL to the mixture; JSD itself at π = ½.

use super::smooth::slopes;
use crate::divergence::{ParameterError, Provenance};
use crate::shown::number;
use crate::special::{
    ln_exp_remainder, ln_exp_remainder_scaled, ln_mixture, ln_one_minus_exp_neg, ln_softplus, log_add_exp,
};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The weighted Jensen–Shannon divergence with prior weight 0 < π < 1 on P:
/// D_f(P‖Q) = π KL(P‖M) + (1 − π) KL(Q‖M) with M = πP + (1 − π)Q.
///
/// f(u) = π u log u − m log m with m = 1 − π + πu. It is the mutual information of a
/// label (P with probability π) and a sample; sup D_f = H(π), the binary entropy.
/// f\*(t) = (1 − π) log((1 − π)/(1 − π e^{t/π})) for t < −π log π, +∞ from there on;
/// printed and true conjugate agree. g_f(v) = −π log π − log(1 + e^{−v}),
/// f\*(g_f(v)) = (1 − π)(log(1 − π) − log(1 − σ(v)^{1/π})).
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 4 and 5.
///
/// ```
/// use vdm::{Divergence, catalogue::JsWeighted};
/// let jsd = JsWeighted::jsd();
/// assert_eq!(jsd.weight(), 0.5);
/// assert_eq!(jsd.conjugate(0.0), 0.0);
/// assert!((jsd.at_zero() + jsd.slope_at_infinity() - 2.0_f64.ln()).abs() < 1e-15);
/// assert!(JsWeighted::new(3.14159).is_err()); // π is a weight here
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JsWeighted {
    weight: f64,
}

impl JsWeighted {
    /// The divergence with weight π ∈ (0, 1) on P.
    ///
    /// # Errors
    /// [`ParameterError`] for any other π, NaN included.
    pub fn new(weight: f64) -> Result<Self, ParameterError> {
        if 0.0 < weight && weight < 1.0 {
            Ok(Self { weight })
        } else {
            Err(ParameterError {
                parameter: "π",
                value: weight,
                advice: "the weight of P in the mixture lies strictly between 0 and 1; \
                         π = 0.5 is the Jensen–Shannon divergence",
            })
        }
    }

    /// The Jensen–Shannon divergence JSD, π = ½, between 0 and log 2.
    pub const fn jsd() -> Self {
        Self { weight: 0.5 }
    }

    /// The weight π of P in the mixture.
    pub const fn weight(&self) -> f64 {
        self.weight
    }

    /// log m, with m = 1 − π + πu.
    fn ln_mixture(&self, log_u: f64) -> f64 {
        ln_mixture(1.0 - self.weight, self.weight, log_u)
    }

    /// log(m/u) = log(π + (1 − π)/u).
    fn ln_mixture_over_u(&self, log_u: f64) -> f64 {
        ln_mixture(self.weight, 1.0 - self.weight, -log_u)
    }
}

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    [0.5, 0.1, 0.9]
        .map(|weight| Arc::new(JsWeighted { weight }) as Arc<dyn Divergence>)
        .into()
}

impl Divergence for JsWeighted {
    fn name(&self) -> String {
        format!("js_weighted({})", number(self.weight))
    }

    fn title(&self) -> String {
        if self.weight == 0.5 {
            "Jensen–Shannon".into()
        } else {
            format!("weighted Jensen–Shannon, π = {}", number(self.weight))
        }
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            f64::INFINITY
        } else if u == 0.0 {
            -(1.0 - self.weight) * self.ln_mixture(f64::NEG_INFINITY)
        } else if u == f64::INFINITY {
            u
        } else {
            // π u log(u/m) − (1 − π) log m, which does not cancel for large u.
            let log_u = u.ln();
            -self.weight * u * self.ln_mixture_over_u(log_u)
                - (1.0 - self.weight) * self.ln_mixture(log_u)
        }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| self.optimal_critic(u.ln()))
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        -self.weight * self.weight.ln()
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::below(self.slope_at_infinity())
    }

    /// With h(x) = eˣ − 1 − x ≥ 0: f̃(u) = πu·h(log(m/u)) + (1 − π)·h(log m), a sum of
    /// two Kullback–Leibler terms, each without cancellation; u = m·e^{−log(m/u)}.
    fn ln_centred(&self, log_u: f64) -> f64 {
        let ln_m = self.ln_mixture(log_u);
        let from_p =
            self.weight.ln() + ln_m + ln_exp_remainder_scaled(self.ln_mixture_over_u(log_u));
        let from_q = (-self.weight).ln_1p() + ln_exp_remainder(ln_m);
        log_add_exp(from_p, from_q)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t >= self.slope_at_infinity() {
            return f64::INFINITY;
        }
        let odds = self.weight / (1.0 - self.weight);
        -(1.0 - self.weight) * (-odds * (t / self.weight).exp_m1()).ln_1p()
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    /// u = (1 − π)e^{t/π}/(1 − πe^{t/π})
    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t >= self.slope_at_infinity() {
            f64::INFINITY
        } else {
            let s = t / self.weight;
            (1.0 - self.weight) * s.exp() / -(s + self.weight.ln()).exp_m1()
        })
    }

    /// π log(u/m)
    fn optimal_critic(&self, log_u: f64) -> f64 {
        -self.weight * self.ln_mixture_over_u(log_u)
    }

    /// (1 − π) log m
    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        (1.0 - self.weight) * self.ln_mixture(log_u)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        // log(1 − σ^{1/π}) = log(1 − e^{−x}) with x = softplus(−v)/π, and log x where
        // x may underflow.
        let ln_x = ln_softplus(-v) - self.weight.ln();
        let ln_gap = if ln_x < -40.0 {
            ln_x
        } else {
            ln_one_minus_exp_neg(ln_x.exp())
        };
        (1.0 - self.weight) * ((-self.weight).ln_1p() - ln_gap)
    }
}
