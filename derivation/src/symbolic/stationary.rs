//! Stationary points: a concave objective is greatest where its derivative is 0, over
//! numbers and, point by point, over functions.

use super::calculus::{self, Curve};
use super::facts::Facts;
use super::rewrite::Rewrite;
use super::vanish::is_zero;
use super::{arith, kinks, logs, put, rename, show, tree};
use crate::chain::Witness;
use crate::term::{Extremum, LawAt, Name, Over, Term, Variable};

/// A concave objective is greatest where its derivative is 0.
pub(super) fn stationary(facts: &Facts, term: &Term, witness: &Witness) -> Vec<Rewrite> {
    let Term::Extremum { kind, over: over @ Over::Number { name, range }, body } = term else {
        return vec![];
    };
    if *name != witness.name {
        return vec![];
    }
    let Some(at) = put::number(body, name, &witness.value) else { return vec![] };
    let wanted = match kind {
        Extremum::Sup | Extremum::Max => Curve::Concave,
        Extremum::Inf | Extremum::Min => Curve::Convex,
    };
    let curved = {
        let mut inside = facts.clone();
        inside.bind(over);
        let fits = |curve: Option<Curve>| matches!(curve, Some(Curve::Affine)) || curve == Some(wanted);
        fits(calculus::curve(&inside, body, name))
            || kinks::interior(facts, body, over)
                .is_some_and(|within| fits(calculus::curve(&within, body, name)))
            || wanted == Curve::Concave && kinks::concave_by_declaration(facts, body, over)
    };
    let slope = calculus::derivative(body, name).and_then(|d| put::number(&d, name, &witness.value));
    let vanishes = slope.as_ref().is_some_and(|d| is_zero(facts, d))
        || kinks::turns(facts, body, name, &witness.value, wanted);
    let shape = if wanted == Curve::Concave { "concave" } else { "convex" };
    let value = &witness.value;
    let tidy = logs::tidy(facts, &at);
    let made = |to: Term| {
        Rewrite::when(to)
            .needs_text(facts, &format!("the objective is {shape} in the number"), |_| curved)
            .needs_text(facts, "its derivative at the witness is 0", |_| vanishes)
            .needs_text(
                facts,
                &format!("{} in {}", show::term(facts.names, value), show::range(range)),
                |f| f.lies_in(value, range),
            )
    };
    vec![made(at), made(tidy)]
}

/// A functional Σ E_l g(T(x), x) is greatest at the function that makes each point's
/// integrand stationary. `points` are the variables of the witness.
pub(super) fn stationary_function(
    facts: &Facts,
    term: &Term,
    points: &[Variable],
    witness: &Witness,
) -> Vec<Rewrite> {
    let Term::Extremum {
        kind: Extremum::Sup | Extremum::Max,
        over: Over::Function { name, range, .. },
        body,
    } = term
    else {
        return vec![];
    };
    if *name != witness.name {
        return vec![];
    }
    let Some(at) = put::function(body, name, points, &witness.value) else { return vec![] };
    let number: Name = "·pointwise".into();
    let Some((integrand, laws)) = pointwise(body, name, points, &number) else { return vec![] };
    // Off the support of the law that dominates the others nothing counts.
    let main = laws.iter().find(|l| laws.iter().all(|o| facts.dominated(o, l)));
    let text = "one of the laws dominates the others";
    let mut inside = facts.clone();
    if let Some(main) = main {
        inside.positive.push(main.clone());
    }
    let mut bound = inside.clone();
    bound.bind(&Over::Number { name: number.clone(), range: range.clone() });
    let curved = matches!(calculus::curve(&bound, &integrand, &number), Some(Curve::Affine | Curve::Concave));
    let slope =
        calculus::derivative(&integrand, &number).and_then(|d| put::number(&d, &number, &witness.value));
    let vanishes = slope.as_ref().is_some_and(|d| is_zero(&inside, d));
    let lies = inside.ask(|f| f.lies_in(&witness.value, range));
    let bounded = inside.ask(|f| f.bounded(&witness.value, points));
    let shown = show::term(facts.names, &witness.value);
    vec![
        Rewrite::when(at)
            .needs_text(facts, text, |_| main.is_some())
            .needs_text(facts, "the integrand is concave in the value of the function", |_| curved)
            .needs_text(facts, "its derivative at the witness is 0", |_| vanishes)
            .needs_text(facts, &format!("{shown} in {}", show::range(range)), |f| noted(f, lies.as_ref()))
            .needs_text(facts, &format!("{shown} is bounded"), |f| noted(f, bounded.as_ref())),
    ]
}

fn noted(facts: &Facts, because: Option<&Vec<String>>) -> bool {
    because.is_some_and(|list| {
        list.iter().for_each(|fact| {
            facts.note(fact.clone());
        });
        true
    })
}

/// Σ cᵢ E_lᵢ gᵢ(T(x), x) as Σ cᵢ lᵢ(x) gᵢ(t, x), and the laws.
fn pointwise(body: &Term, critic: &Name, points: &[Variable], number: &Name) -> Option<(Term, Vec<LawAt>)> {
    let (mut terms, mut laws) = (vec![], vec![]);
    for summand in arith::summands(body) {
        let (c, rest) = arith::coefficient(&summand);
        if tree::independent_of_name(&rest, critic) {
            continue;
        }
        let Term::Expectation { law, body } = rest else { return None };
        if law.of.len() != points.len() {
            return None;
        }
        let mut by = rename::Renaming::new();
        for point in points {
            by.insert(law.of.iter().find(|v| v.space == point.space)?.clone(), point.clone());
        }
        let law = rename::law(&law, &by);
        let body = rename::moved(&body, &by)?;
        let body = put::function(&body, critic, points, &Term::Parameter(number.clone()))?;
        // Applied at these very points, and nowhere else.
        let mut list = vec![Term::Density(law.clone())];
        list.extend(arith::factors(&body));
        terms.push(arith::scaled(&c, Term::Product(list)));
        laws.push(law);
    }
    applied_at(body, critic).then(|| (arith::sum(terms), laws))
}

/// Is the function applied only at the variables of the expectation around it?
fn applied_at(body: &Term, critic: &Name) -> bool {
    arith::summands(body).iter().all(|summand| match arith::coefficient(summand).1 {
        Term::Expectation { law, body } => applications(&body, critic).iter().all(|arguments| {
            arguments.len() == law.of.len()
                && arguments.iter().all(|a| matches!(a, Term::Point(v) if law.of.contains(v)))
        }),
        other => tree::independent_of_name(&other, critic),
    })
}

fn applications(term: &Term, critic: &Name) -> Vec<Vec<Term>> {
    let mut found: Vec<Vec<Term>> =
        tree::children(term).into_iter().flat_map(|t| applications(t, critic)).collect();
    if let Term::Function { name, arguments } = term
        && name == critic
    {
        found.push(arguments.clone());
    }
    found
}
