//! Intervals of the extended real line, each end open or closed.
//!
//! A domain such as dom f\* = (−∞, ½] or a subdifferential such as
//! ∂f(1) = [−½, ½] is part of the mathematics, so it is a value here and not a
//! comment.

use std::fmt;

/// An interval of the extended real line; each end is open or closed.
///
/// An end at ±∞ may be closed: ∂f(0) = {−∞} is how the catalogue says that the
/// slope at 0 has no finite bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
    low_closed: bool,
    high_closed: bool,
}

impl Interval {
    /// The whole real line (−∞, ∞).
    pub const REAL: Interval = Interval::open(f64::NEG_INFINITY, f64::INFINITY);

    /// (low, high)
    pub const fn open(low: f64, high: f64) -> Self {
        Self { low, high, low_closed: false, high_closed: false }
    }

    /// [low, high]
    pub const fn closed(low: f64, high: f64) -> Self {
        Self { low, high, low_closed: true, high_closed: true }
    }

    /// The single point {x}.
    pub const fn point(x: f64) -> Self {
        Self::closed(x, x)
    }

    /// (−∞, high)
    pub const fn below(high: f64) -> Self {
        Self::open(f64::NEG_INFINITY, high)
    }

    /// (−∞, high]
    pub const fn up_to(high: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high, low_closed: false, high_closed: true }
    }

    /// [low, ∞)
    pub const fn from(low: f64) -> Self {
        Self { low, high: f64::INFINITY, low_closed: true, high_closed: false }
    }

    /// The lower end, whether or not it belongs to the interval.
    pub const fn low(&self) -> f64 {
        self.low
    }

    /// The upper end, whether or not it belongs to the interval.
    pub const fn high(&self) -> f64 {
        self.high
    }

    /// Does the lower end belong to the interval?
    pub const fn is_low_closed(&self) -> bool {
        self.low_closed
    }

    /// Does the upper end belong to the interval?
    pub const fn is_high_closed(&self) -> bool {
        self.high_closed
    }

    /// The image under an increasing map of the line: both ends are mapped, open ends
    /// stay open and closed ones closed.
    pub(crate) fn map_ends(self, map: impl Fn(f64) -> f64) -> Self {
        Self { low: map(self.low), high: map(self.high), ..self }
    }

    /// {−x : x in the interval}.
    pub(crate) fn mirrored(self) -> Self {
        Self { low: -self.high, high: -self.low, low_closed: self.high_closed, high_closed: self.low_closed }
    }

    /// Is `x` in the interval? NaN is in none.
    ///
    /// ```
    /// use vdm::Interval;
    /// let dom = Interval::up_to(0.5); // (−∞, ½]
    /// assert!(dom.contains(0.5) && !dom.contains(0.6) && !dom.contains(f64::NAN));
    /// ```
    pub fn contains(&self, x: f64) -> bool {
        (x > self.low || (self.low_closed && x == self.low))
            && (x < self.high || (self.high_closed && x == self.high))
    }

    /// Is `x` in the interval's closure? (Rounding can put the value of a map
    /// onto an open interval exactly on its end.)
    pub fn closure_contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// Is `x` strictly between the two ends?
    pub fn interior_contains(&self, x: f64) -> bool {
        self.low < x && x < self.high
    }

    /// The least interval that contains both.
    ///
    /// ```
    /// use vdm::Interval;
    /// assert_eq!(Interval::open(0.0, 1.0).hull(&Interval::closed(1.0, 3.0)).to_string(), "(0, 3]");
    /// ```
    pub fn hull(&self, other: &Interval) -> Interval {
        Interval {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            low_closed: (self.low <= other.low && self.low_closed)
                || (other.low <= self.low && other.low_closed),
            high_closed: (self.high >= other.high && self.high_closed)
                || (other.high >= self.high && other.high_closed),
        }
    }

    /// Does the interval hold exactly one point?
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// The point itself, the midpoint of a bounded interval, otherwise the
    /// finite end, and 0 on the whole line: one representative of the interval.
    pub fn representative(&self) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => self.low / 2.0 + self.high / 2.0,
            (true, false) => self.low,
            (false, true) => self.high,
            (false, false) if self.low == self.high => self.low,
            (false, false) => 0.0,
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |x: f64| match x {
            f64::INFINITY => "∞".to_owned(),
            f64::NEG_INFINITY => "−∞".to_owned(),
            x if x == 0.0 || (x == x.round() && x.abs() < 1e9) => format!("{x}").replace('-', "−"),
            x if (1e-2..1e9).contains(&x.abs()) => format!("{x:.4}").replace('-', "−"),
            x => format!("{x:.4e}").replace('-', "−"),
        };
        if self.is_point() {
            return write!(f, "{{{}}}", end(self.low));
        }
        let open = if self.low_closed { '[' } else { '(' };
        let close = if self.high_closed { ']' } else { ')' };
        write!(f, "{open}{}, {}{close}", end(self.low), end(self.high))
    }
}
