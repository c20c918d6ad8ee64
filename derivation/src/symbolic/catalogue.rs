//! The rows of the catalogue as formulas: the generator, its conjugate where that has a
//! closed form, and the distance that the row is under a name of its own. All of it is
//! data; the rules that read it are `def f`, `def f*` and the definitions of distances.

use super::arith::{self, number, product, quotient, sum};
use super::facts::Facts;
use super::normal;
use crate::context::{Generator, GeneratorKind};
use crate::term::{Distance, End, LawAt, Name, Over, Range, Term};
use num_rational::BigRational;

/// A conjugate on an interval.
struct ClosedForm {
    /// From where, and does the end belong to it?
    low: Option<(fn() -> Term, bool)>,
    /// Up to where.
    high: Option<(fn() -> Term, bool)>,
    /// f*(t) there.
    at: fn(&Term) -> Term,
}

/// A row.
struct Row {
    name: &'static str,
    /// f(u) for u > 0; what it says at 0, if anything, is the limit.
    generator: fn(&Term) -> Term,
    /// f*(t); off these intervals it is ∞, or another formula.
    conjugate: &'static [ClosedForm],
    /// D_f(p ‖ q) under another name.
    named: Option<fn(&LawAt, &LawAt) -> Term>,
}

const fn row(
    name: &'static str,
    generator: fn(&Term) -> Term,
    conjugate: &'static [ClosedForm],
    named: Option<fn(&LawAt, &LawAt) -> Term>,
) -> Row {
    Row { name, generator, conjugate, named }
}

const fn form(
    low: Option<(fn() -> Term, bool)>,
    high: Option<(fn() -> Term, bool)>,
    at: fn(&Term) -> Term,
) -> ClosedForm {
    ClosedForm { low, high, at }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("kl", |u| product(vec![u.clone(), log(u.clone())]),
        &[form(None, None, |t| exp(minus(t.clone(), number(1))))],
        Some(|p, q| distance(Distance::Kl, p, q))),
    row("reverse_kl", |u| arith::negative(log(u.clone())),
        &[form(None, Some((|| number(0), false)), |t| minus(number(-1), log(arith::negative(t.clone()))))],
        Some(|p, q| distance(Distance::Kl, q, p))),
    row("pearson_chi2", |u| square(minus(u.clone(), number(1))),
        &[form(Some((|| number(-2), true)), None, |t| sum(vec![t.clone(), quotient(square(t.clone()), number(4))]))],
        Some(|p, q| distance(Distance::Chi2, p, q))),
    row("chi_square", |u| minus(square(u.clone()), number(1)),
        &[form(Some((|| number(0), true)), None, |t| sum(vec![quotient(square(t.clone()), number(4)), number(1)]))],
        Some(|p, q| distance(Distance::Chi2, p, q))),
    row("neyman_chi2", |u| quotient(square(minus(number(1), u.clone())), u.clone()),
        &[form(None, Some((|| number(1), true)), |t| minus(number(2), product(vec![number(2), root(minus(number(1), t.clone()))])))],
        Some(|p, q| distance(Distance::Chi2, q, p))),
    row("squared_hellinger", |u| square(minus(root(u.clone()), number(1))),
        &[form(None, Some((|| number(1), false)), |t| quotient(t.clone(), minus(number(1), t.clone())))],
        Some(|p, q| product(vec![number(2), distance(Distance::Hellinger2, p, q)]))),
    row("total_variation", |u| product(vec![halves(1), Term::Abs(Box::new(minus(u.clone(), number(1))))]),
        &[form(Some((|| halves(-1), true)), Some((|| halves(1), true)), Term::clone)],
        Some(|p, q| distance(Distance::Tv, p, q))),
    row("jeffreys", |u| product(vec![minus(u.clone(), number(1)), log(u.clone())]),
        &[],
        Some(|p, q| sum(vec![distance(Distance::Kl, p, q), distance(Distance::Kl, q, p)]))),
    row("fgan_js", |u| minus(
            product(vec![u.clone(), log(u.clone())]),
            product(vec![one_more(u), log(quotient(one_more(u), number(2)))])),
        &[form(None, Some((|| log(number(2)), false)), |t| arith::negative(log(minus(number(2), exp(t.clone())))))],
        Some(|p, q| product(vec![number(2), distance(Distance::Js, p, q)]))),
    row("gan", |u| minus(
            product(vec![u.clone(), log(u.clone())]),
            product(vec![one_more(u), log(one_more(u))])),
        &[form(None, Some((|| number(0), false)), |t| arith::negative(log(minus(number(1), exp(t.clone())))))],
        None),
    row("modified_gan", |u| minus(log(one_more(u)), log(u.clone())), &[], None),
    row("triangular", |u| quotient(square(minus(u.clone(), number(1))), one_more(u)),
        &[form(Some((|| number(-3), true)), Some((|| number(1), true)), |t| {
            let rest = product(vec![number(4), root(minus(number(1), t.clone()))]);
            sum(vec![number(4), arith::negative(t.clone()), arith::negative(rest)])
        })],
        None),
];

fn log(a: Term) -> Term {
    Term::Log(Box::new(a))
}

fn exp(a: Term) -> Term {
    Term::Exp(Box::new(a))
}

fn halves(n: i64) -> Term {
    Term::Number(BigRational::new(n.into(), 2.into()))
}

fn root(a: Term) -> Term {
    Term::Power(Box::new(a), BigRational::new(1.into(), 2.into()))
}

fn square(a: Term) -> Term {
    Term::Power(Box::new(a), BigRational::from_integer(2.into()))
}

fn minus(a: Term, b: Term) -> Term {
    sum(vec![a, arith::negative(b)])
}

/// u + 1
fn one_more(u: &Term) -> Term {
    sum(vec![u.clone(), number(1)])
}

fn distance(kind: Distance, p: &LawAt, q: &LawAt) -> Term {
    Term::Distance { kind, p: p.clone(), q: q.clone() }
}

/// The row that a generator is: named so, or declared by the same formula.
fn row_of(facts: &Facts, f: &Name) -> Option<&'static Row> {
    match &facts.generator(f)?.kind {
        GeneratorKind::Generic => None,
        GeneratorKind::Catalogue(name) => ROWS.iter().find(|row| *row.name == **name),
        GeneratorKind::Formula(u, formula) => {
            let mut inside = facts.clone();
            inside.bind(&Over::Number { name: u.clone(), range: positive_numbers() });
            let own = normal::form(&inside, formula);
            let at = Term::Parameter(u.clone());
            ROWS.iter().find(|row| normal::form(&inside, &(row.generator)(&at)) == own)
        }
    }
}

/// (0, ∞)
pub(super) fn positive_numbers() -> Range {
    let open = |at: Term| End { at: Box::new(at), closed: false };
    Range::Interval(open(number(0)), open(Term::Infinity))
}

/// f(u) of a row under its own name.
pub(super) fn generator_at(generator: &Generator, u: &Term) -> Option<Term> {
    let GeneratorKind::Catalogue(name) = &generator.kind else { return None };
    ROWS.iter().find(|row| *row.name == **name).map(|row| (row.generator)(u))
}

/// The closed forms of a conjugate at t, each with the interval in which t must lie.
pub(super) fn conjugates_at(facts: &Facts, f: &Name, t: &Term) -> Vec<(Term, Range)> {
    let Some(row) = row_of(facts, f) else { return vec![] };
    let end = |end: Option<(fn() -> Term, bool)>, otherwise: Term| match end {
        Some((at, closed)) => End { at: Box::new(at()), closed },
        None => End { at: Box::new(otherwise), closed: false },
    };
    let all = row.conjugate.iter().map(|form| {
        let low = end(form.low, arith::negative(Term::Infinity));
        ((form.at)(t), Range::Interval(low, end(form.high, Term::Infinity)))
    });
    all.collect()
}

/// D_f(p ‖ q) under another name.
pub(super) fn named(facts: &Facts, f: &Name, p: &LawAt, q: &LawAt) -> Option<Term> {
    Some((row_of(facts, f)?.named?)(p, q))
}
