//! Inequalities that a line may cite: what a term is at least, or at most.

use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, normal, put, show, tree};
use crate::chain::Witness;
use crate::context::{Assumption, Comparison};
use crate::term::{Distance, Extremum, LawAt, Over, Part, Range, Term};
use num_rational::BigRational;
use num_traits::Zero;

fn expectation(law: &LawAt, body: Term) -> Term {
    Term::Expectation { law: law.clone(), body: Box::new(body) }
}

/// KL(p ‖ q) ≥ 0, also where it is written out.
pub(super) fn kl(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    match term {
        Term::Distance { kind: Distance::Kl, .. } => vec![(Rewrite::same(arith::number(0)), Side::AtLeast)],
        Term::Expectation { .. } if mean_of_kl(term) => {
            vec![(Rewrite::same(arith::number(0)), Side::AtLeast)]
        }
        Term::Expectation { law, .. } => other_laws(facts, term, law)
            .into_iter()
            .filter(|q| {
                let kl = Term::Distance { kind: Distance::Kl, p: law.clone(), q: q.clone() };
                facts.shape(&kl) == facts.shape(term)
            })
            .map(|_| (Rewrite::same(arith::number(0)), Side::AtLeast))
            .collect(),
        _ => vec![],
    }
}

/// Is the term a KL under one or more expectations?
fn mean_of_kl(term: &Term) -> bool {
    match term {
        Term::Distance { kind: Distance::Kl, .. } => true,
        Term::Expectation { body, .. } => mean_of_kl(body),
        _ => false,
    }
}

/// Densities of the body that are laws of the same variables as the expectation's.
fn other_laws(_facts: &Facts, term: &Term, law: &LawAt) -> Vec<LawAt> {
    let mut found = vec![];
    densities(term, &mut found);
    found.retain(|l| l != law && l.of == law.of);
    found.dedup();
    found
}

fn densities(term: &Term, into: &mut Vec<LawAt>) {
    if let Term::Density(law) = term {
        into.push(law.clone());
    }
    tree::children(term).into_iter().for_each(|t| densities(t, into));
}

/// Gibbs: −E_p log p ≤ −E_p log q.
pub(super) fn gibbs(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    match term {
        Term::Distance { kind: Distance::CrossEntropy, p, .. } => {
            vec![(Rewrite::same(Term::Entropy(p.clone())), Side::AtLeast)]
        }
        Term::Expectation { law, body } => match &**body {
            Term::Log(a) => match &**a {
                Term::Density(q) if q != law && q.of == law.of => {
                    let own = expectation(law, Term::Log(Box::new(Term::Density(law.clone()))));
                    vec![(Rewrite::same(own), Side::AtMost)]
                }
                _ => vec![],
            },
            _ => vec![],
        },
        _ => {
            let _ = facts;
            vec![]
        }
    }
}

/// D_f ≥ 0 (f convex, f(1) = 0), JS, χ², TV, H² ≥ 0; entropy and squares likewise:
/// whatever its form makes ≥ 0.
pub(super) fn nonnegative(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let text = match term {
        Term::Distance { kind: Distance::F(f), .. } => format!("{f} is normalised"),
        Term::Distance { .. }
        | Term::Power(..)
        | Term::Entropy(_)
        | Term::Abs(_)
        | Term::Negative(_)
        | Term::Expectation { .. }
        | Term::Integral { .. } => {
            format!("{} >= 0", show::term(facts.names, term))
        }
        _ => return vec![],
    };
    let zero = Rewrite::same(arith::number(0)).needs_text(facts, &text, |f| f.nonnegative(term));
    vec![(zero, Side::AtLeast)]
}

/// Jensen: log E h ≥ E log h; E f(h) ≥ f(E h) for a convex f; E exp h ≥ exp E h;
/// E h² ≥ (E h)².
pub(super) fn jensen(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let two = BigRational::from_integer(2.into());
    let mean = |h: &Term, law: &LawAt| Box::new(expectation(law, h.clone()));
    let weighted = super::mixture::jensen(facts, term);
    if !weighted.is_empty() {
        return weighted;
    }
    match term {
        Term::Log(a) => match &**a {
            Term::Expectation { law, body } => {
                let to = expectation(law, Term::Log(body.clone()));
                let inside = facts.within(a, 0);
                vec![(
                    Rewrite::same(to).needs_both(facts, "non-negative", body, |_| inside.nonnegative(body)),
                    Side::AtLeast,
                )]
            }
            _ => vec![],
        },
        Term::Generator { name, part: part @ (Part::Value | Part::Conjugate), argument } => match &**argument
        {
            Term::Expectation { law, body } => {
                let inner = Term::Generator { name: name.clone(), part: *part, argument: body.clone() };
                vec![(
                    Rewrite::same(expectation(law, inner))
                        .needs_both(facts, "finite", argument, |f| f.finite(argument)),
                    Side::AtMost,
                )]
            }
            _ => vec![],
        },
        Term::Abs(a) => match &**a {
            Term::Expectation { law, body } => {
                vec![(Rewrite::same(expectation(law, Term::Abs(body.clone()))), Side::AtMost)]
            }
            _ => vec![],
        },
        Term::Exp(a) => match &**a {
            Term::Expectation { law, body } => vec![(
                Rewrite::same(expectation(law, Term::Exp(body.clone()))).needs_both(
                    facts,
                    "defined",
                    a,
                    |f| f.defined(a),
                ),
                Side::AtMost,
            )],
            _ => vec![],
        },
        Term::Power(a, n) if *n == two => match &**a {
            Term::Expectation { law, body } => vec![(
                Rewrite::same(expectation(law, Term::Power(body.clone(), two))).needs_both(
                    facts,
                    "defined",
                    a,
                    |f| f.defined(a),
                ),
                Side::AtMost,
            )],
            _ => vec![],
        },
        Term::Expectation { law, body } => {
            let inside = facts.within(term, 0);
            match &**body {
                Term::Log(h) => vec![(
                    Rewrite::same(Term::Log(mean(h, law)))
                        .needs_both(facts, "non-negative", h, |_| inside.nonnegative(h)),
                    Side::AtMost,
                )],
                Term::Generator { name, part: part @ (Part::Value | Part::Conjugate), argument } => {
                    let inner = mean(argument, law);
                    let shown = (*inner).clone();
                    let to = Term::Generator { name: name.clone(), part: *part, argument: inner };
                    vec![(
                        Rewrite::same(to).needs_both(facts, "finite", &shown, |f| f.finite(&shown)),
                        Side::AtLeast,
                    )]
                }
                Term::Exp(h) => vec![(Rewrite::same(Term::Exp(mean(h, law))), Side::AtLeast)],
                Term::Power(h, n) if *n == two => {
                    vec![(Rewrite::same(Term::Power(mean(h, law), two)), Side::AtLeast)]
                }
                _ => vec![],
            }
        }
        _ => vec![],
    }
}

/// log x ≤ x − 1, for x ≥ 0.
pub(super) fn tangent(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Log(a) = term else { return vec![] };
    let line = Term::Sum(vec![(**a).clone(), arith::number(-1)]);
    let below = Rewrite::same(line).needs_both(facts, "non-negative", a, |f| f.nonnegative(a));
    // The same of 1/x: log x ≥ 1 − 1/x.
    let inverse =
        Term::Sum(vec![arith::number(1), arith::negative(arith::quotient(arith::number(1), (**a).clone()))]);
    let above =
        Rewrite::same(normal::form(facts, &inverse)).needs_both(facts, "positive", a, |f| f.positive(a));
    vec![(below, Side::AtMost), (above, Side::AtLeast)]
}

/// ∫ a log(a/b) ≥ A log(A/B) with A = ∫ a and B = ∫ b, for a, b ≥ 0.
pub(super) fn log_sum(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Integral { over, body } = term else { return vec![] };
    let Term::Product(list) = &**body else { return vec![] };
    let inside = facts.within(term, 0);
    let mut found = vec![];
    for (at, factor) in list.iter().enumerate() {
        let Term::Log(argument) = factor else { continue };
        let Term::Quotient(a, b) = &**argument else { continue };
        let rest = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t.clone()).collect();
        if normal::form(&inside, &arith::product(rest)) != normal::form(&inside, a) {
            continue;
        }
        let whole = |t: &Term| Term::Integral { over: over.clone(), body: Box::new(t.clone()) };
        let log = Term::Log(Box::new(arith::quotient(whole(a), whole(b))));
        let bound = Rewrite::same(Term::Product(vec![whole(a), log]))
            .needs_both(facts, "non-negative", a, |_| inside.nonnegative(a))
            .needs_both(facts, "non-negative", b, |_| inside.nonnegative(b));
        found.push((bound, Side::AtLeast));
    }
    found
}

/// f** ≤ f
pub(super) fn biconjugate(_: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Generator { name, part, argument } = term else { return vec![] };
    let with = |part: Part| Term::Generator { name: name.clone(), part, argument: argument.clone() };
    match part {
        Part::Biconjugate => vec![(Rewrite::same(with(Part::Value)), Side::AtMost)],
        Part::Value => vec![(Rewrite::same(with(Part::Biconjugate)), Side::AtLeast)],
        _ => vec![],
    }
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
            let functions = super::extrema::over_functions(law, whole);
            let both = std::iter::once(inner).chain(functions);
            both.map(|to| (Rewrite::same(to), turn(kind, Side::AtLeast))).collect()
        }
        _ => {
            let _ = facts;
            vec![]
        }
    }
}

/// ∫ p·h ≥ E_q[(p/q)·h] for h ≥ 0: what p charges off the support of q is lost.
pub(super) fn importance(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let mut found = vec![];
    for rewrite in super::change::importance(facts, term) {
        if rewrite.both.len() == 1 && rewrite.both[0].by.is_none() {
            let inside = facts.within(term, 0);
            let Term::Expectation { body, .. } = term else { continue };
            let bound = Rewrite::same(rewrite.to)
                .needs_both(facts, "non-negative", body, |_| inside.nonnegative(body));
            found.push((bound, Side::AtMost));
        }
    }
    found
}

/// a ≤ b, as the text assumes.
pub(super) fn assumption(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let shape = |t: &Term| normal::form(facts, &facts.names.canonical(t));
    let own = shape(term);
    let mut found = vec![];
    for assumption in &facts.context.assumptions {
        let Assumption::Compares(a, how, b) = assumption else { continue };
        let (small, large) = match how {
            Comparison::AtMost | Comparison::Less => (a, b),
            Comparison::AtLeast | Comparison::Greater => (b, a),
            _ => continue,
        };
        let text = show::assumption(assumption);
        let by = |to: &Term| {
            Rewrite::same(facts.names.canonical(to)).needs_text(facts, &text, |f| f.note(text.clone()))
        };
        if shape(small) == own {
            found.push((by(large), Side::AtMost));
        }
        if shape(large) == own {
            found.push((by(small), Side::AtLeast));
        }
    }
    found
}

/// A sum's part that is ≥ 0 may be left out.
pub(super) fn monotone(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    if matches!(term, Term::Number(n) if n.is_zero()) {
        return vec![];
    }
    let zero = || Rewrite::same(arith::number(0));
    let text = |sign: &str| format!("{} {sign} 0", show::term(facts.names, term));
    vec![
        (zero().needs_text(facts, &text(">="), |f| f.nonnegative(term)), Side::AtLeast),
        (zero().needs_text(facts, &text("<="), |f| f.nonpositive(term)), Side::AtMost),
    ]
}

/// A·a ≤ max(a, 0) for 0 ≤ A ≤ 1.
pub(super) fn weighted(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Product(list) = term else { return vec![] };
    let mut found = vec![];
    for (i, weight) in list.iter().enumerate() {
        let rest: Vec<Term> =
            list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
        let rest = arith::product(rest);
        let gap = normal::form(facts, &arith::sum(vec![arith::number(1), arith::negative(weight.clone())]));
        let text = format!("0 <= {} <= 1", show::term(facts.names, weight));
        let to = Rewrite::same(Term::Larger(vec![rest.clone(), arith::number(0)]))
            .needs_text(facts, &text, |f| f.nonnegative(weight) && f.nonnegative(&gap))
            .needs_both(facts, "defined", &rest, |f| f.defined(&rest));
        found.push((to, Side::AtMost));
    }
    found
}
