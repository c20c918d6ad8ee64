//! Suprema: Fenchel–Moreau, interchange with E, the shift of a critic by a number, slopes of
//! f and f*; and what bounds a supremum: a smaller range, one element, the mean of suprema.

use super::arith::expectation;
use super::calculus;
use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, definitions, normal, put, show, tree};
use crate::chain::Witness;
use crate::context::Assumption;
use crate::term::{Extremum, LawAt, Name, Over, Part, Range, Term, Variable};

fn sup(kind: Extremum, over: Over, body: Term) -> Term {
    Term::Extremum { kind, over, body: Box::new(body) }
}

/// f(u) = sup over t in dom f* of t·u − f*(t), where f is closed, or u > 0.
pub(super) fn fenchel_moreau(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Generator { name, part: Part::Value, argument } = term else { return vec![] };
    let holds = |f: &Facts| f.closed(name) || f.positive(argument) && f.finite(argument);
    let text = format!("{name} is closed");
    let mut found = vec![];
    if let Some(twice) = definitions::biconjugate(term, Part::Biconjugate) {
        found.push(Rewrite::same(twice.clone()).needs_text(facts, &text, holds));
        for unfolded in definitions::unfold_conjugate(&twice) {
            found.push(Rewrite::same(unfolded).needs_text(facts, &text, holds));
        }
    }
    found
}

/// E sup over numbers = sup over functions of E.
pub(super) fn interchange(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Expectation { law, body } => inwards(facts, law, body).into_iter().collect(),
        _ => vec![],
    }
}

/// sup over functions T of E h(T(x), x), for E sup over t of h(t, x).
pub(super) fn over_functions(law: &LawAt, body: &Term) -> Option<Term> {
    let Term::Extremum { kind, over: Over::Number { name, range }, body: objective } = body else {
        return None;
    };
    let (critic, mean) = placed(law, name, objective)?;
    Some(sup(*kind, Over::Function { name: critic, of: law.of.clone(), range: range.clone() }, mean))
}

/// A name for T, and E h(T(x), x).
fn placed(law: &LawAt, name: &Name, objective: &Term) -> Option<(Name, Term)> {
    let critic: Name = format!("T#{name}").into();
    let at =
        Term::Function { name: critic.clone(), arguments: law.of.iter().cloned().map(Term::Point).collect() };
    let body = put::number(objective, name, &at)?;
    Some((critic, Term::Expectation { law: law.clone(), body: Box::new(body) }))
}

fn inwards(facts: &Facts, law: &LawAt, body: &Term) -> Option<Rewrite> {
    let Term::Extremum { kind: Extremum::Sup, over: Over::Number { name, range }, body: objective } = body
    else {
        return None;
    };
    let (critic, mean) = placed(law, name, objective)?;
    let over = Over::Function { name: critic, of: law.of.clone(), range: range.clone() };
    let mut inside = facts.clone();
    inside.bind(&over);
    let continuous = calculus::continuous(objective, name);
    let shown = mean.clone();
    let to = sup(Extremum::Sup, over, mean);
    Some(
        Rewrite::when(to)
            .needs_text(facts, "the objective is continuous in the number", |_| continuous)
            .needs_both(facts, "finite for every bounded function", &shown, |f| {
                inside.finite(&shown) && {
                    inside.ask(|i| i.finite(&shown)).into_iter().flatten().for_each(|n| {
                        f.note(n);
                    });
                    true
                }
            }),
    )
}

/// sup over T of F(T) = sup over T of sup over c of F(T + c), over all real T.
pub(super) fn shift(_facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Extremum { kind, over: Over::Function { name, of, range: Range::Real }, body } = term else {
        return vec![];
    };
    let number: Name = format!("c#{name}").into();
    let points: Vec<Variable> = of
        .iter()
        .enumerate()
        .map(|(i, v)| Variable { binder: u32::MAX - 1 - u32::try_from(i).unwrap_or(0), ..v.clone() })
        .collect();
    let value = Term::Sum(vec![
        Term::Function { name: name.clone(), arguments: points.iter().cloned().map(Term::Point).collect() },
        Term::Parameter(number.clone()),
    ]);
    let Some(shifted) = put::function(body, name, &points, &value) else { return vec![] };
    let inner = sup(*kind, Over::Number { name: number, range: Range::Real }, shifted);
    let over = Over::Function { name: name.clone(), of: of.clone(), range: Range::Real };
    vec![Rewrite::same(sup(*kind, over, inner))]
}

/// sup (a + c) = sup a + c and sup (c·a) = c·sup a, for constants.
pub(super) fn constants(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    if let Term::Product(list) = term {
        return factor_inside(facts, list);
    }
    let Term::Extremum { kind, over, body } = term else { return vec![] };
    let (Over::Number { name, .. } | Over::Function { name, .. }) = over;
    let mut inside = facts.clone();
    inside.bind(over);
    let body = normal::form(&inside, body);
    let mut found = vec![];
    if let Term::Sum(terms) = &body {
        let (fixed, moving): (Vec<_>, Vec<_>) =
            terms.iter().cloned().partition(|t| tree::independent_of_name(t, name));
        if !fixed.is_empty() && !moving.is_empty() {
            let fixed = arith::sum(fixed);
            let to = arith::sum(vec![sup(*kind, over.clone(), arith::sum(moving)), fixed.clone()]);
            found.push(Rewrite::when(to).needs_both(facts, "finite", &fixed, |f| f.finite(&fixed)));
        }
    }
    let (c, rest) = arith::coefficient(&body);
    let (fixed, moving): (Vec<_>, Vec<_>) =
        arith::factors(&rest).into_iter().partition(|t| tree::independent_of_name(t, name));
    let fixed = arith::scaled(&c, arith::product(fixed));
    if !moving.is_empty() && fixed != arith::number(1) {
        let to = arith::product(vec![fixed.clone(), sup(*kind, over.clone(), arith::product(moving))]);
        found
            .push(Rewrite::when(to).needs_both(facts, "positive and finite", &fixed, |f| {
                f.positive(&fixed) && f.finite(&fixed)
            }));
    }
    found
}

/// c·sup a = sup (c·a), where c > 0.
fn factor_inside(facts: &Facts, list: &[Term]) -> Vec<Rewrite> {
    let suprema = list.iter().enumerate().filter_map(|(at, t)| match t {
        Term::Extremum { kind, over, body } => Some((at, *kind, over, body)),
        _ => None,
    });
    suprema
        .map(|(at, kind, over, body)| {
            let rest = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t.clone()).collect();
            let factor = arith::product(rest);
            let to = sup(kind, over.clone(), arith::product(vec![factor.clone(), (**body).clone()]));
            Rewrite::when(to).needs_both(facts, "positive and finite", &factor, |f| {
                f.positive(&factor) && f.finite(&factor)
            })
        })
        .collect()
}

/// f*′(f′(u)) is u: u is a slope of f* at f′(u), which is all that a stationary point of
/// a concave objective needs.
pub(super) fn slope_of_slope(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Generator { name, part: Part::ConjugateDerivative, argument } = term else { return vec![] };
    match &**argument {
        Term::Generator { name: f, part: Part::Derivative, argument: u } if f == name => {
            vec![
                Rewrite::same((**u).clone())
                    .needs_both(facts, "a real slope", argument, |f| f.slope_exists(argument)),
            ]
        }
        _ => vec![],
    }
}

/// f*(s) = s·u − f(u) for a slope s of f at u: f′(u), or as the text assumes.
pub(super) fn fenchel_young_equality(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Generator { name, part: Part::Conjugate, argument: slope } = term else { return vec![] };
    let equal = |u: &Term| {
        let value = Term::Generator { name: name.clone(), part: Part::Value, argument: Box::new(u.clone()) };
        Rewrite::same(Term::Sum(vec![
            arith::product(vec![u.clone(), (**slope).clone()]),
            arith::negative(value),
        ]))
    };
    let assumed = facts.context.assumptions.iter().filter_map(|assumption| match assumption {
        Assumption::Subgradient { slope: s, generator, at } if generator == name && *s == **slope => {
            let text = show::assumption(assumption);
            let to = equal(at).needs_text(facts, &text, |f| f.note(text.clone()));
            Some(to.needs_both(facts, "in the domain", at, |f| f.in_domain(at, name)))
        }
        _ => None,
    });
    let own = match &**slope {
        Term::Generator { name: f, part: Part::Derivative, argument: u } if f == name => {
            Some(equal(u).needs_both(facts, "a real slope", slope, |f| f.slope_exists(slope)))
        }
        _ => None,
    };
    assumed.chain(own).collect()
}

/// A supremum over a class of functions is at most that over all.
pub(super) fn restriction(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Extremum { kind: kind @ (Extremum::Sup | Extremum::Inf), over, body } = term else {
        return vec![];
    };
    let side = if *kind == Extremum::Sup { Side::AtLeast } else { Side::AtMost };
    let mut found = vec![];
    match over {
        Over::Function { name, of, range } => {
            for (class, values) in &facts.context.classes {
                if values == range || *range == Range::Real {
                    let over = Over::Function {
                        name: name.clone(),
                        of: of.clone(),
                        range: Range::Class(class.clone()),
                    };
                    let to = Term::Extremum { kind: *kind, over, body: body.clone() };
                    found.push((Rewrite::same(to), side));
                }
            }
        }
        Over::Number { .. } => {}
    }
    found
}

/// A supremum is at least its objective at an element of the range.
pub(super) fn instance(facts: &Facts, term: &Term, witness: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Extremum { kind, over, body } = term else { return vec![] };
    let side = match kind {
        Extremum::Sup | Extremum::Max => Side::AtLeast,
        Extremum::Inf | Extremum::Min => Side::AtMost,
    };
    let Some(witness) = witness else { return vec![] };
    let (name, range) = match over {
        Over::Number { name, range } | Over::Function { name, range, .. } => (name, range),
    };
    if *name != witness.name {
        return vec![];
    }
    let value = &witness.value;
    let (at, points) = match over {
        Over::Number { .. } => (put::number(body, name, value), vec![]),
        Over::Function { of, .. } => (put::function(body, name, of, value), of.clone()),
    };
    let Some(at) = at else { return vec![] };
    let shown = show::term(facts.names, value);
    let lies = facts.ask(|f| f.lies_in(value, range));
    let rewrite = Rewrite::same(at.clone())
        .needs_text(facts, &format!("{shown} in {}", show::range(range)), |_| lies.is_some())
        .needs_both(facts, "defined", &at, |f| f.defined(&at));
    let rewrite = if points.is_empty() {
        rewrite
    } else {
        rewrite.needs_text(facts, &format!("{shown} is bounded"), |f| f.bounded(value, &points))
    };
    vec![(rewrite, side)]
}

/// sup E ≤ E sup, over numbers.
pub(super) fn exchange(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let turn = |kind: &Extremum, up: Side| if *kind == Extremum::Sup { up } else { up.flipped() };
    match term {
        Term::Extremum {
            kind: kind @ (Extremum::Sup | Extremum::Inf),
            over: over @ Over::Number { .. },
            body,
        } => {
            let Term::Expectation { law, body } = &**body else { return vec![] };
            let inner = Term::Extremum { kind: *kind, over: over.clone(), body: body.clone() };
            vec![(Rewrite::same(expectation(law, inner)), turn(kind, Side::AtMost))]
        }
        Term::Expectation { law, body: whole } => {
            let Term::Extremum {
                kind: kind @ (Extremum::Sup | Extremum::Inf),
                over: over @ Over::Number { .. },
                body,
            } = &**whole
            else {
                return vec![];
            };
            let inner = Term::Extremum {
                kind: *kind,
                over: over.clone(),
                body: Box::new(expectation(law, (**body).clone())),
            };
            let functions = over_functions(law, whole);
            let both = std::iter::once(inner).chain(functions);
            both.map(|to| (Rewrite::same(to), turn(kind, Side::AtLeast))).collect()
        }
        _ => {
            let _ = facts;
            vec![]
        }
    }
}
