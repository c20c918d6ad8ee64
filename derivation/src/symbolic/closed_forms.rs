//! The conjugates of the catalogue in closed form: data, each with where it holds.

use super::arith;
use crate::term::{End, Name, Range, Term};
use num_rational::BigRational;

/// A row's conjugate on an interval.
struct ClosedForm {
    /// The row of the catalogue.
    row: &'static str,
    /// From where, as a multiple of ½; does the end belong to it?
    low: Option<(i64, bool)>,
    /// Up to where.
    high: Option<(i64, bool)>,
    /// f*(t) there.
    at: fn(&Term) -> Term,
}

/// Off these intervals f* is ∞, or another formula.
const CLOSED_FORMS: &[ClosedForm] = &[
    ClosedForm { row: "kl", low: None, high: None, at: kl },
    ClosedForm { row: "reverse_kl", low: None, high: Some((0, false)), at: reverse_kl },
    ClosedForm { row: "pearson_chi2", low: Some((-4, true)), high: None, at: pearson },
    ClosedForm { row: "gan", low: None, high: Some((0, false)), at: gan },
    ClosedForm { row: "total_variation", low: Some((-1, true)), high: Some((1, true)), at: Term::clone },
];

fn log(a: Term) -> Term {
    Term::Log(Box::new(a))
}

fn exp(a: Term) -> Term {
    Term::Exp(Box::new(a))
}

/// exp(t − 1)
fn kl(t: &Term) -> Term {
    exp(arith::sum(vec![t.clone(), arith::number(-1)]))
}

/// −1 − log(−t)
fn reverse_kl(t: &Term) -> Term {
    arith::sum(vec![arith::number(-1), arith::negative(log(arith::negative(t.clone())))])
}

/// t + t²/4
fn pearson(t: &Term) -> Term {
    let square = Term::Power(Box::new(t.clone()), BigRational::from_integer(2.into()));
    arith::sum(vec![t.clone(), arith::quotient(square, arith::number(4))])
}

/// −log(1 − exp t)
fn gan(t: &Term) -> Term {
    arith::negative(log(arith::sum(vec![arith::number(1), arith::negative(exp(t.clone()))])))
}

/// The closed form of a row's conjugate at t, and the interval in which t must lie.
pub(super) fn of_row(row: &Name, t: &Term) -> Option<(Term, Range)> {
    let form = CLOSED_FORMS.iter().find(|form| *form.row == **row)?;
    let halves = |n: i64| Term::Number(BigRational::new(n.into(), 2.into()));
    let end = |end: Option<(i64, bool)>, otherwise: Term| match end {
        Some((n, closed)) => End { at: Box::new(halves(n)), closed },
        None => End { at: Box::new(otherwise), closed: false },
    };
    let low = end(form.low, arith::negative(Term::Infinity));
    let high = end(form.high, Term::Infinity);
    Some(((form.at)(t), Range::Interval(low, high)))
}
