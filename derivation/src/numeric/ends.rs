//! Where an extremum ranges: the ends of its interval, and what lies between them.

use super::climb::Span;
use super::evaluate::{Evaluable, Evaluator};
use super::generator::Generator;
use super::program::Bounds;
use super::rational::Rational;
use super::value::Value;
use num_rational::BigRational;
use std::cmp::Ordering;

/// A resolved range of numbers.
pub(super) struct Ends {
    pub(super) low: Value,
    pub(super) low_closed: bool,
    pub(super) high: Value,
    pub(super) high_closed: bool,
}

impl Ends {
    fn real() -> Self {
        Self {
            low: Value::Infinite(false),
            low_closed: false,
            high: Value::Infinite(true),
            high_closed: false,
        }
    }

    pub(super) fn holds(&self, x: &Value) -> Option<bool> {
        let above = match x.compare(&self.low)? {
            Ordering::Equal => self.low_closed,
            order => order == Ordering::Greater,
        };
        let below = match x.compare(&self.high)? {
            Ordering::Equal => self.high_closed,
            order => order == Ordering::Less,
        };
        Some(above && below)
    }

    /// Do no numbers lie between the ends, for certain?
    pub(super) fn are_empty(&self) -> bool {
        match self.low.compare(&self.high) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => !(self.low_closed && self.high_closed),
            Some(Ordering::Less) | None => false,
        }
    }

    /// Nothing where an end has no value or the ends are in the wrong order.
    pub(super) fn span(&self) -> Option<Span> {
        let (low, high) = (self.low.to_f64(), self.high.to_f64());
        let (low_closed, high_closed) = (self.low_closed, self.high_closed);
        (low <= high).then_some(Span { low, high, low_closed, high_closed })
    }
}

fn exact(x: f64) -> Option<Rational> {
    BigRational::from_float(x).map(Rational::from_big)
}

impl<S: Evaluable> Evaluator<'_, S> {
    pub(super) fn ends(&mut self, bounds: &Bounds) -> Option<Ends> {
        let model = self.model;
        Some(match bounds {
            Bounds::Real => Ends::real(),
            Bounds::Interval { low, low_closed, high, high_closed } => Ends {
                low: self.node(low).value().into_owned(),
                low_closed: *low_closed,
                high: self.node(high).value().into_owned(),
                high_closed: *high_closed,
            },
            Bounds::Domain(generator) => {
                let low_closed = match &model.generators[*generator] {
                    Generator::Piecewise(f) => f.jump.is_some(),
                    Generator::Catalogue(f) => f.at_zero().is_finite(),
                    // The limit at 0 decides; values at 0 come out right either way.
                    Generator::Formula => true,
                };
                Ends { low: Value::zero(), low_closed, ..Ends::real() }
            }
            Bounds::ConjugateDomain(generator) => match &model.generators[*generator] {
                Generator::Piecewise(f) => match f.slope_at_infinity() {
                    Some(end) => Ends { high: end.into(), high_closed: true, ..Ends::real() },
                    None => Ends::real(),
                },
                Generator::Catalogue(f) => {
                    let domain = f.conjugate_domain();
                    let high = exact(domain.high()).map_or(Value::Infinite(true), Value::from);
                    Ends { high, high_closed: domain.is_high_closed(), ..Ends::real() }
                }
                // Outside the domain f* is ∞: such values are no candidates.
                Generator::Formula => Ends::real(),
            },
            Bounds::Class(_) => return None,
        })
    }

    /// Is a value within a range? Nothing where that is not certain.
    pub(super) fn within(&mut self, x: &Value, bounds: &Bounds) -> Option<bool> {
        if let Bounds::ConjugateDomain(generator) = bounds {
            let model = self.model;
            // f* may have a limit at −∞, which is no number.
            let infinite = matches!(x, Value::Infinite(_));
            return if infinite { Some(false) } else { model.generators[*generator].in_conjugate_domain(x) };
        }
        self.ends(bounds)?.holds(x)
    }
}
