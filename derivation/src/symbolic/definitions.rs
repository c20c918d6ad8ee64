//! What named things stand for: distances, entropies, f* and f**, declared laws,
//! functions and generators.

use super::facts::Facts;
use super::{arith, normal, put, rename, tree};
use crate::context::{GeneratorKind, Law};
use crate::term::{Distance, End, Extremum, LawAt, Name, Over, Part, Range, Term, Variable};
use num_rational::BigRational;

fn log(a: Term) -> Term {
    Term::Log(Box::new(a))
}

fn density(law: &LawAt) -> Term {
    Term::Density(law.clone())
}

fn expectation(law: &LawAt, body: Term) -> Term {
    Term::Expectation { law: law.clone(), body: Box::new(body) }
}

fn half() -> Term {
    Term::Number(BigRational::new(1.into(), 2.into()))
}

/// A condition that a definition needs: that one law dominate the other.
pub(super) type Needs = Option<(LawAt, LawAt)>;

/// A distance or entropy by its definition, and what the definition needs.
pub(super) fn unfold_distance(term: &Term) -> Option<(Term, Needs)> {
    let (kind, p, q) = match term {
        Term::Distance { kind, p, q } => (kind, p, q),
        Term::Entropy(p) => return Some((arith::negative(expectation(p, log(density(p)))), None)),
        _ => return None,
    };
    let ratio = arith::quotient(density(p), density(q));
    let integral = |body: Term| Term::Integral { over: p.of.clone(), body: Box::new(body) };
    let root = |l: &LawAt| Term::Power(Box::new(density(l)), BigRational::new(1.into(), 2.into()));
    let square = |t: Term| Term::Power(Box::new(t), BigRational::from_integer(2.into()));
    let difference = |a: Term, b: Term| Term::Sum(vec![a, arith::negative(b)]);
    let dominated = || Some((p.clone(), q.clone()));
    Some(match kind {
        Distance::Kl => (expectation(p, log(ratio)), None),
        Distance::F(f) => (
            expectation(q, Term::Generator { name: f.clone(), part: Part::Value, argument: Box::new(ratio) }),
            dominated(),
        ),
        Distance::Js => {
            let against = |l: &LawAt| {
                let mixture = arith::quotient(Term::Sum(vec![density(p), density(q)]), arith::number(2));
                expectation(l, log(arith::quotient(density(l), mixture)))
            };
            (
                Term::Sum(vec![
                    arith::product(vec![half(), against(p)]),
                    arith::product(vec![half(), against(q)]),
                ]),
                None,
            )
        }
        Distance::Chi2 => (expectation(q, square(difference(ratio, arith::number(1)))), dominated()),
        Distance::Tv => {
            let gap = Term::Abs(Box::new(difference(density(p), density(q))));
            (arith::product(vec![half(), integral(gap)]), None)
        }
        Distance::Hellinger2 => {
            (arith::product(vec![half(), integral(square(difference(root(p), root(q))))]), None)
        }
        Distance::CrossEntropy => (arith::negative(expectation(p, log(density(q)))), None),
    })
}

/// Every KL, JS, entropy and cross-entropy by its definition, which needs nothing.
pub(super) fn unfold_distances(term: &Term) -> Term {
    let inner = tree::map_children(term, &mut unfold_distances);
    match unfold_distance(&inner) {
        Some((unfolded, None)) => unfolded,
        _ => inner,
    }
}

/// Every f*(t) of a row of the catalogue by its closed form, where t lies in its range.
pub(super) fn close_conjugates(facts: &Facts, term: &Term) -> Term {
    let inner = tree::children(term)
        .into_iter()
        .enumerate()
        .map(|(i, t)| close_conjugates(&facts.within(term, i), t))
        .collect();
    let term = tree::with_children(term, inner);
    let Term::Generator { name, part: Part::Conjugate, argument } = &term else { return term };
    let forms = super::catalogue::conjugates_at(facts, name, argument);
    let closed = forms.into_iter().find(|(_, range)| facts.lies_in(argument, range));
    closed.map_or(term, |(closed, _)| closed)
}

/// JS(p ‖ q) through a declared law m = (p + q)/2: ½ KL(p ‖ m) + ½ KL(q ‖ m).
pub(super) fn through_mixture(facts: &Facts, term: &Term) -> Vec<Term> {
    let Term::Distance { kind: Distance::Js, p, q } = term else { return vec![] };
    let mixture = arith::quotient(Term::Sum(vec![density(p), density(q)]), arith::number(2));
    let mixture = normal::form(facts, &mixture);
    let mut found = vec![];
    for law in &facts.context.laws {
        let m = LawAt { law: law.name.clone(), ..p.clone() };
        if let Some(body) = unfold_law(law, &m)
            && normal::form(facts, &body) == mixture
        {
            let kl = |l: &LawAt| {
                let kl = Term::Distance { kind: Distance::Kl, p: l.clone(), q: m.clone() };
                arith::product(vec![half(), kl])
            };
            found.push(Term::Sum(vec![kl(p), kl(q)]));
        }
    }
    found
}

/// The density of a law that was declared by a formula.
pub(super) fn unfold_law(declared: &Law, at: &LawAt) -> Option<Term> {
    let (points, body) = declared.definition.as_ref()?;
    if !at.given.is_empty() || points.len() != at.of.len() {
        return None;
    }
    let mut renaming = rename::Renaming::new();
    for point in points {
        renaming.insert(point.clone(), at.of.iter().find(|v| v.space == point.space)?.clone());
    }
    rename::moved(body, &renaming)
}

/// A declared function by its formula.
pub(super) fn unfold_function(facts: &Facts, term: &Term) -> Option<Term> {
    let Term::Function { name, arguments } = term else { return None };
    let declared = facts.context.functions.iter().find(|f| f.name == *name)?;
    let (points, body) = declared.definition.as_ref()?;
    if points.len() != arguments.len() {
        return None;
    }
    points.iter().zip(arguments).try_fold(body.clone(), |body, (v, a)| put::point(&body, v, a))
}

/// f(u) by its formula, or its row's, where u > 0.
pub(super) fn unfold_generator(facts: &Facts, name: &Name, argument: &Term) -> Option<Term> {
    let generator = facts.generator(name)?;
    match &generator.kind {
        GeneratorKind::Formula(u, body) => put::number(body, u, argument),
        _ => super::catalogue::generator_at(generator, argument),
    }
}

/// f*(t) = sup over u of t·u − f(u). The ray may be taken open: f is convex, so that
/// −f(0) is no more than the limit.
pub(super) fn unfold_conjugate(term: &Term) -> Vec<Term> {
    let Term::Generator { name, part, argument } = term else { return vec![] };
    let bound = Name::from("u#f");
    let u = Term::Parameter(bound.clone());
    let supremum = |range: Range, part: Part| {
        let value = Term::Generator { name: name.clone(), part, argument: Box::new(u.clone()) };
        let body =
            Term::Sum(vec![Term::Product(vec![(**argument).clone(), u.clone()]), arith::negative(value)]);
        Term::Extremum {
            kind: Extremum::Sup,
            over: Over::Number { name: bound.clone(), range },
            body: Box::new(body),
        }
    };
    let ray = |closed: bool| {
        Range::Interval(
            End { at: Box::new(arith::number(0)), closed },
            End { at: Box::new(Term::Infinity), closed: false },
        )
    };
    match part {
        Part::Conjugate => vec![
            supremum(ray(true), Part::Value),
            supremum(ray(false), Part::Value),
            supremum(Range::Domain(name.clone()), Part::Value),
        ],
        Part::Biconjugate => {
            vec![
                supremum(Range::ConjugateDomain(name.clone()), Part::Conjugate),
                supremum(Range::Real, Part::Conjugate),
            ]
        }
        _ => vec![],
    }
}

/// E[z ~ q(z; theta)] h(z) as E[e ~ r(e)] h(g(e, theta)), for a law declared so.
pub(super) fn pull_back(facts: &Facts, term: &Term) -> Option<Term> {
    let Term::Expectation { law, body } = term else { return None };
    let push = facts.law(&law.law)?.pushforward.as_ref()?;
    let [z] = law.of.as_slice() else { return None };
    let image = Term::Function { name: push.map.clone(), arguments: push.arguments.clone() };
    let body = put_image(body, z, &image)?;
    Some(expectation(&push.noise, body))
}

fn put_image(body: &Term, z: &Variable, image: &Term) -> Option<Term> {
    put::point(body, z, image)
}

/// f**(u) where f is closed, or u > 0 (a convex f is continuous there).
pub(super) fn biconjugate(term: &Term, to: Part) -> Option<Term> {
    let Term::Generator { name, argument, .. } = term else { return None };
    Some(Term::Generator { name: name.clone(), part: to, argument: argument.clone() })
}

/// sup over u of t·u − f(u) with f's formula put in. At u = 0 the formula may have no
/// value, and then does not count; the supremum over u > 0 is the same, by convexity.
pub(super) fn formula_inside(facts: &Facts, term: &Term) -> Option<Term> {
    let Term::Extremum { kind, over, body } = term else { return None };
    let Term::Sum(list) = &**body else { return None };
    let (last, rest) = list.split_last()?;
    let Term::Negative(value) = last else { return None };
    let Term::Generator { name, part: Part::Value, argument } = &**value else { return None };
    let formula = unfold_generator(facts, name, argument)?;
    let mut list = rest.to_vec();
    list.push(arith::negative(formula));
    Some(Term::Extremum { kind: *kind, over: over.clone(), body: Box::new(arith::sum(list)) })
}
