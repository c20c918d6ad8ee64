//! Numbers of real models: f64 with an error bound, and for positive ones the
//! logarithm, so that ratios of densities keep their digits far in the tails.

/// A number, how far it may be off, and its logarithm where that is known better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// NaN where nothing is known.
    pub(super) value: f64,
    pub(super) error: f64,
    log: Option<f64>,
}

/// Rounding of an operation, relative.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

impl Number {
    pub(super) const UNKNOWN: Number = Number { value: f64::NAN, error: f64::INFINITY, log: None };

    pub(super) fn exact(value: f64) -> Self {
        Self { value, error: 0.0, log: None }
    }

    pub(super) fn new(value: f64, error: f64) -> Self {
        Self { value, error, log: None }
    }

    /// e to a power that is known to rounding.
    pub(super) fn from_log(log: f64) -> Self {
        let value = log.exp();
        Self { value, error: value * ROUNDING * (1.0 + log.abs()), log: Some(log) }
    }

    pub(super) fn is_known(&self) -> bool {
        !self.value.is_nan() && (self.value.is_infinite() || self.error.is_finite())
    }

    fn rounded(value: f64, error: f64) -> Self {
        Self::new(value, error + ROUNDING * value.abs())
    }

    pub(super) fn add(self, other: Self) -> Self {
        Self::rounded(self.value + other.value, self.error + other.error)
    }

    pub(super) fn negative(self) -> Self {
        Self::new(-self.value, self.error)
    }

    pub(super) fn mul(self, other: Self) -> Self {
        if (self.log.is_some() || other.log.is_some())
            && let (Some(a), Some(b)) = (self.logarithm(), other.logarithm())
        {
            return Self { error: self.product_error(other), ..Self::from_log(a + b) };
        }
        Self::rounded(self.value * other.value, self.product_error(other))
    }

    fn product_error(self, other: Self) -> f64 {
        let cross = |a: f64, e: f64| if e == 0.0 { 0.0 } else { a.abs() * e };
        cross(self.value, other.error)
            + cross(other.value, self.error)
            + ROUNDING * (self.value * other.value).abs()
    }

    pub(super) fn div(self, other: Self) -> Self {
        if (self.log.is_some() || other.log.is_some())
            && let (Some(a), Some(b)) = (self.logarithm(), other.logarithm())
        {
            let relative = self.error / self.value + other.error / other.value;
            let quotient = Self::from_log(a - b);
            // Where both underflow the logarithms still know the ratio.
            let error = if relative.is_finite() { relative * quotient.value } else { 0.0 };
            return Self { error: error + quotient.error, ..quotient };
        }
        if other.value.abs() <= other.error {
            return Self::UNKNOWN;
        }
        let quotient = self.value / other.value;
        let error = (self.error + quotient.abs() * other.error) / (other.value.abs() - other.error);
        Self::rounded(quotient, error)
    }

    /// log of a number that is positive.
    fn logarithm(self) -> Option<f64> {
        self.log.or_else(|| (self.value > 0.0).then(|| self.value.ln()))
    }

    pub(super) fn ln(self) -> Self {
        match self.log {
            Some(log) => Self::rounded(log, 0.0),
            None if self.value > self.error => {
                Self::rounded(self.value.ln(), self.error / (self.value - self.error))
            }
            None if self.value == 0.0 && self.error == 0.0 => Self::exact(f64::NEG_INFINITY),
            None => Self::UNKNOWN,
        }
    }

    pub(super) fn exp(self) -> Self {
        let value = self.value.exp();
        let error = if self.error == 0.0 { 0.0 } else { value * self.error.exp_m1() };
        Self { value, error: error + ROUNDING * value, log: (self.error == 0.0).then_some(self.value) }
    }

    pub(super) fn power(self, exponent: f64) -> Self {
        if let Some(log) = self.log {
            return Self::from_log(log * exponent);
        }
        let value = self.value.powf(exponent);
        let slope = if self.error == 0.0 { 0.0 } else { (exponent * self.value.powf(exponent - 1.0)).abs() };
        Self::rounded(value, slope * self.error)
    }

    /// A smooth function of it, with a bound for the slope near it.
    pub(super) fn map(self, f: impl Fn(f64) -> f64, slope: f64) -> Self {
        Self::rounded(f(self.value), if self.error == 0.0 { 0.0 } else { slope.abs() * self.error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_survive_underflow() {
        let (p, q) = (Number::from_log(-2000.0), Number::from_log(-2001.0));
        assert_eq!(p.value, 0.0);
        assert!((p.div(q).ln().value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn errors_travel() {
        let x = Number::new(2.0, 0.1);
        assert!(x.mul(x).error >= 0.4);
        assert!(!x.div(Number::new(0.05, 0.1)).is_known());
    }
}
