//! Derivatives in a parameter: under E and ∫, of a logarithm, of constants.

use super::facts::Facts;
use super::rewrite::Rewrite;
use super::{arith, normal, tree};
use crate::context::Property;
use crate::term::{LawAt, Name, Term};

fn gradient(parameter: &Name, body: Term) -> Term {
    Term::Gradient { parameter: parameter.clone(), body: Box::new(body) }
}

/// ∂E_q h = ∫ h ∂q for a regular law and a bounded h; ∂E_r h(g(e, θ)) = E_r ∂h(g(e, θ))
/// for regular maps; ∂∫ likewise.
pub(super) fn under(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Gradient { parameter, body } = term else { return vec![] };
    match &**body {
        Term::Expectation { law, body: h } if law.parameters.contains(parameter) => {
            if !facts.fixed(h, parameter) {
                return vec![];
            }
            let density = Term::Density(law.clone());
            let integrand = Term::Product(vec![(**h).clone(), gradient(parameter, density)]);
            let to = Term::Integral { over: law.of.clone(), body: Box::new(integrand) };
            vec![
                Rewrite::when(to)
                    .needs_text(facts, &format!("{} is regular", law.law), |f| {
                        f.has(&law.law, Property::Regular)
                    })
                    .needs_both(facts, "bounded", h, |f| f.bounded(h, &law.of)),
            ]
        }
        // A law that moves unseen is differentiated by no rule.
        Term::Expectation { law, .. } if facts.hides(&law.law, parameter) => vec![],
        Term::Expectation { law, body: h } => {
            let to =
                Term::Expectation { law: law.clone(), body: Box::new(gradient(parameter, (**h).clone())) };
            // The derivatives may have a mean where h has none.
            let to = Rewrite::when(to).needs_backward(facts, "finite", body, |f| f.finite(body));
            vec![regular_parts(facts, to, h, parameter)]
        }
        Term::Integral { over, body: h } => {
            let to =
                Term::Integral { over: over.clone(), body: Box::new(gradient(parameter, (**h).clone())) };
            let (moving, fixed): (Vec<_>, Vec<_>) =
                arith::factors(h).into_iter().partition(|t| !facts.fixed(t, parameter));
            let fixed = arith::product(fixed);
            let whole = arith::product(moving);
            let to = Rewrite::when(to).needs_backward(facts, "finite", body, |f| f.finite(body));
            let rewrite = regular_parts(facts, to, &whole, parameter);
            vec![rewrite.needs_both(facts, "bounded", &fixed, |f| f.bounded(&fixed, over))]
        }
        _ => vec![],
    }
}

/// Each law and function in the term that depends on the parameter must be regular.
fn regular_parts(facts: &Facts, mut rewrite: Rewrite, term: &Term, parameter: &Name) -> Rewrite {
    let mut names = vec![];
    collect(facts, term, parameter, &mut names);
    names.sort();
    names.dedup();
    let plain = !names.is_empty();
    for (name, _) in names.into_iter().filter(|(_, tame)| !tame) {
        rewrite =
            rewrite.needs_text(facts, &format!("{name} is regular"), |f| f.has(&name, Property::Regular));
    }
    rewrite.needs_text(facts, "only regular laws and functions depend on the parameter", |_| {
        plain && only_these(facts, term, parameter)
    })
}

/// The names of what depends on the parameter, and whether their formula has a bounded
/// derivative.
fn collect(facts: &Facts, term: &Term, parameter: &Name, into: &mut Vec<(Name, bool)>) {
    match term {
        Term::Function { name, .. } if !facts.fixed(term, parameter) => {
            into.push((name.clone(), tame(facts, term, parameter)));
        }
        Term::Density(LawAt { law, parameters, .. })
            if parameters.contains(parameter) || facts.hides(law, parameter) =>
        {
            into.push((law.clone(), false));
        }
        _ => {}
    }
    tree::children(term).into_iter().for_each(|t| collect(facts, t, parameter, into));
}

/// Is this a function, declared by a formula whose derivative in the parameter is a
/// number, the same at every point: mu + sigma·e in mu?
fn tame(facts: &Facts, term: &Term, parameter: &Name) -> bool {
    fn plain(term: &Term) -> bool {
        match term {
            Term::Number(_) | Term::Parameter(_) => true,
            Term::Sum(_) | Term::Product(_) | Term::Negative(_) => {
                tree::children(term).into_iter().all(plain)
            }
            _ => false,
        }
    }
    let Some(formula) = super::definitions::unfold_function(facts, term) else { return false };
    let slope = super::calculus::derivative(&formula, parameter);
    smooth(facts, &formula, parameter)
        && slope.is_some_and(|slope| {
            let slope = normal::form(facts, &slope);
            plain(&slope) && tree::independent_of_name(&slope, parameter)
        })
}

/// Is the term one law or function, or the parameter in arguments of such?
fn only_these(facts: &Facts, term: &Term, parameter: &Name) -> bool {
    match term {
        Term::Function { .. } | Term::Density(_) => true,
        other => facts.fixed(other, parameter),
    }
}

/// ∂q = q ∂log q where q > 0, or where its support does not move.
pub(super) fn of_logarithm(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let moves = |law: &LawAt, parameter: &Name, to: Term| {
        let text = format!("{} has constant support", law.law);
        (law.parameters.contains(parameter)).then(|| {
            Rewrite::when(to).needs_text(facts, &text, |f| f.has(&law.law, Property::ConstantSupport))
        })
    };
    match term {
        Term::Gradient { parameter, body } => match &**body {
            Term::Density(law) => {
                let log = gradient(parameter, Term::Log(body.clone()));
                moves(law, parameter, Term::Product(vec![(**body).clone(), log])).into_iter().collect()
            }
            // ∂(q·h) = q·h·∂log q.
            Term::Product(list) => {
                let (moving, fixed): (Vec<_>, Vec<_>) =
                    list.iter().cloned().partition(|t| !facts.fixed(t, parameter));
                let [Term::Density(law)] = moving.as_slice() else { return vec![] };
                let fixed = arith::product(fixed);
                let log = gradient(parameter, Term::Log(Box::new(Term::Density(law.clone()))));
                let to = arith::product(vec![Term::Density(law.clone()), fixed.clone(), log]);
                let found = moves(law, parameter, to);
                found
                    .map(|r| r.needs_both(facts, "finite", &fixed, |f| f.finite(&fixed)))
                    .into_iter()
                    .collect()
            }
            _ => vec![],
        },
        // Among other factors the product must stay flat.
        Term::Product(list) => {
            let mut found = vec![];
            for (i, factor) in list.iter().enumerate() {
                let Term::Gradient { parameter, body } = factor else { continue };
                let Term::Density(law) = &**body else { continue };
                let mut new: Vec<Term> =
                    list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
                new.push((**body).clone());
                new.push(gradient(parameter, Term::Log(body.clone())));
                found.extend(moves(law, parameter, Term::Product(new)));
            }
            found
        }
        _ => vec![],
    }
}

/// ∂ of what does not depend on the parameter is 0.
pub(super) fn of_constant(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Gradient { parameter, body } if facts.fixed(body, parameter) => {
            vec![Rewrite::when(arith::number(0)).needs_both(facts, "finite", body, |f| f.finite(body))]
        }
        _ => vec![],
    }
}

fn moving_factors(facts: &Facts, term: &Term, parameter: &Name) -> Vec<Term> {
    arith::factors(term).into_iter().filter(|t| !facts.fixed(t, parameter)).collect()
}

/// ∂(a + b) is ∂a + ∂b, where all but one of the parts are smooth; −∂a is ∂(−a).
pub(super) fn linear(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Gradient { parameter, body } = term else { return vec![] };
    match &**body {
        Term::Negative(a) => vec![Rewrite::same(arith::negative(gradient(parameter, (**a).clone())))],
        Term::Sum(list) => {
            let parts: Vec<Term> = list
                .iter()
                .map(|t| match t {
                    Term::Negative(a) => arith::negative(gradient(parameter, (**a).clone())),
                    other => gradient(parameter, other.clone()),
                })
                .collect();
            let smooth = |f: &Facts| list.iter().filter(|t| !exists(f, t, parameter)).count() <= 1;
            vec![Rewrite::when(Term::Sum(parts)).needs_forward_list(
                facts,
                "all but one differentiable",
                list,
                smooth,
            )]
        }
        _ => vec![],
    }
}

/// ∂(c·h) = c·∂h.
pub(super) fn factors(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Gradient { parameter, body } = term else { return vec![] };
    let (c, rest) = arith::coefficient(body);
    let (fixed, moving): (Vec<_>, Vec<_>) =
        arith::factors(&rest).into_iter().partition(|t| facts.fixed(t, parameter));
    let factor = arith::scaled(&c, arith::product(fixed));
    let mut found = vec![];
    if factor != arith::number(1) {
        let to = arith::product(vec![factor.clone(), gradient(parameter, arith::product(moving))]);
        let rest = arith::product(moving_factors(facts, &rest, parameter));
        found.push(
            Rewrite::when(to)
                .needs_both(facts, "finite", &factor, |f| f.finite(&factor))
                // 0·h is smooth where h is not.
                .needs_forward(facts, "nonzero", &factor, |f| {
                    f.nonzero(&factor) || exists(f, &rest, parameter)
                }),
        );
    }
    found
}

/// ∂ of what does not depend on the parameter is 0; constants pass through.
pub(super) fn constants(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Gradient { parameter, body } = term else { return vec![] };
    if facts.fixed(body, parameter) {
        return of_constant(facts, term);
    }
    let mut found = factors(facts, term);
    if smooth(facts, body, parameter)
        && let Some(derivative) = super::calculus::derivative(body, parameter)
    {
        found.push(Rewrite::same(derivative));
    }
    found
}

/// Is the term differentiable in the parameter by its form?
fn smooth(facts: &Facts, term: &Term, parameter: &Name) -> bool {
    if facts.fixed(term, parameter) {
        return facts.finite(term);
    }
    match term {
        Term::Parameter(_) => true,
        Term::Sum(terms) | Term::Product(terms) => terms.iter().all(|t| smooth(facts, t, parameter)),
        Term::Negative(a) | Term::Exp(a) => smooth(facts, a, parameter),
        Term::Log(a) => smooth(facts, a, parameter) && facts.positive(a),
        Term::Quotient(a, b) => {
            smooth(facts, a, parameter) && smooth(facts, b, parameter) && facts.nonzero(b)
        }
        Term::Power(a, n) => {
            smooth(facts, a, parameter)
                && (n.is_integer() && *n > num_traits::Zero::zero() || facts.positive(a))
        }
        _ => false,
    }
}

/// Is the term differentiable in the parameter?
pub(super) fn exists(facts: &Facts, term: &Term, parameter: &Name) -> bool {
    if smooth(facts, term, parameter) {
        return true;
    }
    let each = |list: &[Term]| list.iter().all(|t| exists(facts, t, parameter));
    match term {
        Term::Density(law) => facts.has(&law.law, Property::Regular),
        Term::Function { name, arguments } => {
            facts.has(name, Property::Regular) && each(arguments)
                || super::definitions::unfold_function(facts, term)
                    .is_some_and(|formula| exists(facts, &formula, parameter))
        }
        Term::Sum(list) | Term::Product(list) => each(list),
        Term::Negative(a) | Term::Exp(a) => exists(facts, a, parameter),
        Term::Log(a) => facts.positive(a) && exists(facts, a, parameter),
        Term::Expectation { .. } | Term::Integral { .. } => {
            let whole = gradient(parameter, term.clone());
            under(facts, &whole).iter().any(|r| r.missing().is_none()) && facts.finite(term)
                || super::definitions::pull_back(facts, term).is_some_and(|t| exists(facts, &t, parameter))
        }
        _ => false,
    }
}

/// Is the integrand the derivative of a regular law's density times what is bounded?
pub(super) fn integrable(facts: &Facts, body: &Term, over: &[crate::term::Variable]) -> bool {
    let mut list = arith::factors(body);
    // q ∂log q is ∂q.
    let score = list.iter().find_map(|t| score_of(t).cloned());
    if let Some(law) = score
        && let Some(at) = list.iter().position(|t| *t == Term::Density(law.clone()))
    {
        list.remove(at);
        let rest: Vec<Term> = list.into_iter().filter(|t| score_of(t) != Some(&law)).collect();
        return facts.has(&law.law, Property::Regular)
            && facts.has(&law.law, Property::ConstantSupport)
            && over.iter().all(|v| law.of.contains(v))
            && rest.iter().all(|t| facts.bounded(t, over));
    }
    let mut derivatives = 0;
    list.iter().all(|factor| match factor {
        // ∂(q·h) is h·∂q.
        Term::Gradient { body, parameter } => {
            let (moving, fixed): (Vec<_>, Vec<_>) =
                arith::factors(body).into_iter().partition(|t| !facts.fixed(t, parameter));
            derivatives += 1;
            matches!(moving.as_slice(), [Term::Density(law)]
                if over.iter().all(|v| law.of.contains(v)) && facts.has(&law.law, Property::Regular))
                && fixed.iter().all(|t| facts.bounded(t, over))
        }
        other => facts.bounded(other, over),
    }) && derivatives == 1
}

/// The law of which the term is a score, ∂log q.
fn score_of(term: &Term) -> Option<&LawAt> {
    let Term::Gradient { body, .. } = term else { return None };
    let Term::Log(inside) = &**body else { return None };
    match &**inside {
        Term::Density(law) => Some(law),
        _ => None,
    }
}

/// Is this one factor, the score of a regular law?
pub(super) fn score(facts: &Facts, law: &LawAt, list: &[Term]) -> bool {
    matches!(list, [one] if score_of(one) == Some(law)) && facts.has(&law.law, Property::Regular)
}
