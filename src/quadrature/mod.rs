//! Integrals over the line, adaptive, with an honest error estimate.
//!
//! A 10–21 point Gauss–Kronrod rule on panels; the panel with the largest error
//! is halved until the sum of the errors is small enough. Unbounded ends are
//! mapped to bounded panels. The reported error is meant to be at least the true
//! one: it is the plain difference of the two rules (an estimate for the weaker
//! one), enlarged where halving helps little, plus a floor for rounding.
//!
//! What no rule that only samples can promise: a peak that falls between all the
//! samples goes unseen. Give the places where the integrand changes character as
//! `breaks`.

mod adaptive;
mod domain;
mod pieces;
pub mod rule;

use crate::Interval;
use crate::shown::number;

/// The value of an integral, and how far from the truth it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The integral.
    pub value: f64,
    /// A bound for |value − truth|, discretisation and rounding together.
    pub error: f64,
    /// How often the integrand was evaluated.
    pub evaluations: usize,
}

/// A value of the integrand with the size of its own rounding error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The value.
    pub value: f64,
    /// A bound for its absolute rounding error.
    pub rounding: f64,
}

/// Why an integral has no value.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum QuadratureError {
    /// The integrand is NaN or infinite at a point inside the interval.
    #[error("the integrand is {} at x = {}; split the interval there or restrict it", number(*.value), number(*.at))]
    NotFinite {
        /// Where.
        at: f64,
        /// The integrand there.
        value: f64,
    },
    /// The error stays above the target: the integral may diverge, or the
    /// integrand has a singularity that is not at a break.
    #[error(
        "after {} evaluations the error is still {} at the value {}; does the integral exist?",
        .estimate.evaluations, number(.estimate.error), number(.estimate.value)
    )]
    NotConverged {
        /// What was reached.
        estimate: Estimate,
    },
    /// The first evaluations alone are more than the budget.
    #[error("this interval and its breaks need {needed} evaluations, but the budget is {budget}; raise it")]
    Budget {
        /// What one rule on each stretch between breaks needs.
        needed: usize,
        /// What was allowed.
        budget: usize,
    },
    /// The integral, or a part of it, is beyond the largest number.
    #[error("near x = {} the integral exceeds 1.8e308; scale the integrand or the variable", number(*.at))]
    Overflow {
        /// Where most of it comes from.
        at: f64,
    },
    /// Too much of a law is out of the reach of numbers.
    #[error(
        "a share {} of a law lies beyond ±1.8e308, where no number is; rescale both laws",
        number(*.mass)
    )]
    BeyondRange {
        /// The share.
        mass: f64,
    },
    /// The interval's ends are exchanged.
    #[error(
        "the interval runs from {} down to {}; exchange the ends, and the sign of the integral",
        number(*.low), number(*.high)
    )]
    Reversed {
        /// The end that was given as the lower one.
        low: f64,
        /// The end that was given as the upper one.
        high: f64,
    },
    /// The interval is a single point, lies at ∞, or an end or a break is NaN.
    #[error("nothing to integrate over: the interval is {interval}, and {} is its end or a break", number(*.at))]
    Domain {
        /// The interval.
        interval: Interval,
        /// The offending end or break.
        at: f64,
    },
}

/// What accuracy to aim at, and how much work to allow.
///
/// Integration stops when the discretisation error is below
/// max(`absolute`, `relative`·|value|), or below what rounding alone contributes.
/// The reported error holds both, so it can exceed the target where the rounding
/// of the integrand does not allow more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadrature {
    /// Relative target; 1e-11 by default.
    pub relative: f64,
    /// Absolute target; 0 by default.
    pub absolute: f64,
    /// The most evaluations of the integrand; 200 000 by default.
    pub budget: usize,
}

impl Default for Quadrature {
    fn default() -> Self {
        Self { relative: 1e-11, absolute: 0.0, budget: 200_000 }
    }
}

impl Quadrature {
    /// ∫ f over `interval`, split at `breaks` (in any order; those outside the
    /// interval are ignored). The ends and the breaks themselves are never
    /// sampled.
    ///
    /// # Errors
    /// See [`QuadratureError`]; each carries what was found.
    ///
    /// ```
    /// use vdm::Interval;
    /// use vdm::quadrature::Quadrature;
    /// let bell = |x: f64| (-x * x).exp();
    /// let area = Quadrature::default().integrate(bell, Interval::REAL, &[])?;
    /// assert!((area.value - std::f64::consts::PI.sqrt()).abs() <= area.error);
    /// # Ok::<(), vdm::quadrature::QuadratureError>(())
    /// ```
    pub fn integrate(
        &self,
        mut f: impl FnMut(f64) -> f64,
        interval: Interval,
        breaks: &[f64],
    ) -> Result<Estimate, QuadratureError> {
        self.integrate_samples(|x| Sample { value: f(x), rounding: 0.0 }, interval, breaks)
    }

    /// As [`integrate`](Self::integrate), for an integrand that knows its own
    /// rounding error: that error is integrated too and becomes part of the
    /// estimate.
    ///
    /// # Errors
    /// See [`QuadratureError`].
    pub fn integrate_samples(
        &self,
        f: impl FnMut(f64) -> Sample,
        interval: Interval,
        breaks: &[f64],
    ) -> Result<Estimate, QuadratureError> {
        let panels = domain::panels(interval, breaks)?;
        adaptive::run(self, f, panels)
    }
}

/// ∫ f from `low` to `high` (either may be infinite) with the default accuracy.
///
/// # Errors
/// See [`QuadratureError`].
///
/// ```
/// use vdm::quadrature::integrate;
/// let area = integrate(|x| x.sqrt(), 0.0, 1.0)?;
/// assert!((area.value - 2.0 / 3.0).abs() <= area.error && area.error < 1e-10);
/// assert!(integrate(|x| 1.0 / x, 0.0, 1.0).is_err());
/// # Ok::<(), vdm::quadrature::QuadratureError>(())
/// ```
pub fn integrate(f: impl FnMut(f64) -> f64, low: f64, high: f64) -> Result<Estimate, QuadratureError> {
    Quadrature::default().integrate(f, Interval::open(low, high), &[])
}
