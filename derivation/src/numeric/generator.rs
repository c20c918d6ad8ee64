//! The functions that a generator f may be in a model: a piecewise one, exactly; a row of
//! the catalogue, in f64 by `vdm`; or a formula of the text.

use super::interval::Interval;
use super::piecewise::Piecewise;
use super::value::{Reason, Value};
use crate::report::Evaluation;
use crate::term::Part;
use std::cmp::Ordering;
use std::sync::Arc;
use vdm::Divergence;

/// A generator of a model.
#[derive(Clone, Debug)]
pub(super) enum Generator {
    /// Exact.
    Piecewise(Piecewise),
    /// A row of the catalogue, in f64.
    Catalogue(Arc<dyn Divergence>),
    /// Given by a formula of the text, which the evaluator evaluates.
    Formula,
}

/// Relative and absolute error of a catalogue member: the laws of `vdm` hold it to
/// better than this over the arguments that models use.
const CATALOGUE_ERROR: f64 = 1e-10;

impl Generator {
    /// A part of f at a value. Formulas are not evaluated here.
    pub(super) fn part(&self, part: Part, x: &Value) -> Value {
        if matches!(x, Value::Undefined(_) | Value::Unknown) {
            return x.clone();
        }
        match self {
            Generator::Piecewise(f) => f.part(part, x),
            Generator::Catalogue(f) => catalogue_part(f.as_ref(), part, x),
            Generator::Formula => Value::Unknown,
        }
    }

    /// f′ and its kin as derivatives: undefined at kinks.
    pub(super) fn derivative_of(&self, part: Part, x: &Value) -> Value {
        let next = match part {
            Part::Value | Part::Biconjugate => Part::Derivative,
            Part::Conjugate => Part::ConjugateDerivative,
            Part::Derivative | Part::ConjugateDerivative => return Value::Unknown,
        };
        if let (Generator::Piecewise(f), Some(x)) = (self, x.as_rational()) {
            let kink = match next {
                Part::Derivative => f.has_kink_at(x),
                _ => f.slopes().contains(x),
            };
            if kink {
                return Reason::NoDerivative.into();
            }
        }
        self.part(next, x)
    }

    /// f′(∞)
    pub(super) fn slope_at_infinity(&self) -> Value {
        match self {
            Generator::Piecewise(f) => f.slope_at_infinity().map_or(Value::Infinite(true), Value::from),
            Generator::Catalogue(f) => Value::numeric(f.slope_at_infinity(), CATALOGUE_ERROR),
            Generator::Formula => Value::Unknown,
        }
    }

    /// Does dom f* hold t? Nothing where that is not certain.
    pub(super) fn in_conjugate_domain(&self, t: &Value) -> Option<bool> {
        match self.part(Part::Conjugate, t) {
            Value::Infinite(_) | Value::Undefined(_) => Some(false),
            Value::Unknown => None,
            _ => Some(true),
        }
    }
}

fn catalogue_part(f: &dyn Divergence, part: Part, x: &Value) -> Value {
    let Some(interval) = x.interval() else { return Value::Unknown };
    let at = |x: f64| match part {
        Part::Value => f.generator(x),
        Part::Biconjugate if x < 0.0 => f64::INFINITY,
        Part::Biconjugate => f.generator(x),
        // The right derivative.
        Part::Derivative if x < 0.0 => f64::NAN,
        Part::Derivative if x == f64::INFINITY => f.slope_at_infinity(),
        Part::Derivative if x == 0.0 => f.slope_at_zero(),
        Part::Derivative => f.subdifferential(x).high(),
        Part::Conjugate if x == f64::NEG_INFINITY => -f.at_zero(),
        Part::Conjugate => f.conjugate(x),
        Part::ConjugateDerivative => f.conjugate_subdifferential(x).high(),
    };
    if let Some(exact) = x.as_rational() {
        let outside = match part {
            Part::Derivative => exact.sign() == Ordering::Less,
            Part::ConjugateDerivative => !f.conjugate_domain().contains(exact.to_f64()),
            _ => false,
        };
        if outside {
            return Reason::OutsideDomain.into();
        }
        return Value::numeric(at(exact.to_f64()), CATALOGUE_ERROR);
    }
    if interval.low == interval.high {
        return Value::numeric(at(interval.low), CATALOGUE_ERROR);
    }
    let (low, high, middle) = (at(interval.low), at(interval.high), at(interval.middle()));
    if !(low.is_finite() && high.is_finite() && middle.is_finite()) {
        return Value::Unknown;
    }
    let (least, most) = (low.min(high).min(middle), low.max(high).max(middle));
    // Over so short an interval a smooth convex function leaves the hull of three of
    // its values by no more than the hull is wide.
    let slack = CATALOGUE_ERROR * (1.0 + most.abs().max(least.abs())) + (most - least);
    let kind = interval.kind.max(Evaluation::Numeric);
    Value::Near(Interval::new(least - slack, most + slack, kind))
}

/// The catalogue's row of a name that the parser accepted.
pub(super) fn from_catalogue(name: &str) -> Option<Generator> {
    vdm::catalogue::find(name).ok().map(Generator::Catalogue)
}

#[cfg(test)]
mod tests {
    use super::super::rational::Rational;
    use super::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d)
    }

    /// ½|u − 1|
    fn total_variation() -> Piecewise {
        let zero = Rational::ZERO;
        let knots = [(zero.clone(), r(-1, 2), zero.clone()), (r(1, 1), r(1, 2), zero.clone())];
        Piecewise::new(&r(1, 2), &knots, Some(zero))
    }

    #[test]
    fn exact_parts_agree_with_the_catalogue() {
        let exact = Generator::Piecewise(total_variation());
        let float = Generator::Catalogue(Arc::new(vdm::catalogue::TotalVariation));
        let parts = [Part::Value, Part::Derivative, Part::Conjugate, Part::Biconjugate];
        for part in parts {
            for n in -12..=12 {
                let x = Value::from(r(n, 8));
                let (a, b) = (exact.part(part, &x), float.part(part, &x));
                match (&a, &b) {
                    (Value::Undefined(_), Value::Undefined(_)) => {}
                    _ => assert!(
                        (a.to_f64() - b.to_f64()).abs() < 1e-9 || a.to_f64() == b.to_f64(),
                        "{part:?} at {n}/8: {a} {b}"
                    ),
                }
            }
        }
    }

    #[test]
    fn a_jump_at_zero_separates_f_from_its_biconjugate() {
        let f = Generator::Piecewise(Piecewise { jump: Some(r(1, 1)), ..total_variation() });
        assert_eq!(f.part(Part::Value, &Value::zero()), r(3, 2).into());
        assert_eq!(f.part(Part::Biconjugate, &Value::zero()), r(1, 2).into());
    }
}
