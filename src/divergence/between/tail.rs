//! Does an integrand decay fast enough for its integral to exist?

use crate::Interval;

/// An infinite end of the domain of integration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    /// The outermost landmark.
    from: f64,
    /// The landmarks' span, with the sign of the direction.
    span: f64,
}

/// Where the rate of decay is read off, in spans: far enough that a tail shows
/// its rate, near enough that ln p and ln q still have digits.
const FAR: f64 = 1e4;

/// The two readings are this factor apart.
const APART: f64 = 4.0;

/// An integrand like |x|^(−k) with k up to this has no integral. The 0.01 is room
/// for logarithmic factors, as in log|x|/|x|.
const LARGEST_DIVERGENT_EXPONENT: f64 = 1.01;

impl Tail {
    /// The infinite ends of `interval`, beyond the sorted `landmarks`.
    pub(super) fn of(interval: Interval, landmarks: &[f64]) -> Vec<Self> {
        let (Some(&first), Some(&last)) = (landmarks.first(), landmarks.last()) else {
            return Vec::new();
        };
        let span = if last > first { (last - first).min(f64::MAX) } else { 1.0 };
        let mut tails = Vec::new();
        if interval.low() == f64::NEG_INFINITY {
            tails.push(Self { from: first, span: -span });
        }
        if interval.high() == f64::INFINITY {
            tails.push(Self { from: last, span });
        }
        tails
    }

    /// The point `spans` beyond the outermost landmark.
    pub(super) fn at(&self, spans: f64) -> f64 {
        self.from + self.span * spans
    }

    /// Does an integrand with this logarithm have an integral over the tail?
    pub(super) fn converges(&self, ln_integrand: impl Fn(f64) -> f64) -> bool {
        let (near, far) = (ln_integrand(self.at(FAR)), ln_integrand(self.at(FAR * APART)));
        if far == f64::NEG_INFINITY {
            return true;
        }
        let exponent = (near - far) / APART.ln();
        exponent > LARGEST_DIVERGENT_EXPONENT
    }
}
