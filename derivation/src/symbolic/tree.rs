//! Terms as trees: children, binders, free variables. The one place that knows which parts
//! of a term are terms themselves, and what each binder binds.

use crate::term::{End, LawAt, Name, Over, Range, Term, Variable};
use std::collections::BTreeSet;

/// The subterms of a term, left to right.
pub(super) fn children(term: &Term) -> Vec<&Term> {
    use Term::*;
    match term {
        Number(_) | Infinity | Parameter(_) | Point(_) | Density(_) | Distance { .. } | Entropy(_) => vec![],
        Sum(terms) | Product(terms) | Larger(terms) | Smaller(terms) => terms.iter().collect(),
        Function { arguments, .. } => arguments.iter().collect(),
        Quotient(a, b) => vec![a, b],
        Negative(a) | Power(a, _) | Log(a) | Exp(a) | Abs(a) => vec![a],
        Generator { argument, .. } => vec![argument],
        Expectation { body, .. } | Integral { body, .. } | Extremum { body, .. } | Gradient { body, .. } => {
            vec![body]
        }
    }
}

/// The same head over other subterms, of which there are as many as [`children`] gave.
/// Missing ones are taken from the term itself.
pub(super) fn with_children(term: &Term, new: Vec<Term>) -> Term {
    use Term::*;
    let mut new = new.into_iter();
    let mut next = |old: &Term| Box::new(new.next().unwrap_or_else(|| old.clone()));
    match term {
        Number(_) | Infinity | Parameter(_) | Point(_) | Density(_) | Distance { .. } | Entropy(_) => {
            term.clone()
        }
        Sum(terms) => Sum(terms.iter().map(|t| *next(t)).collect()),
        Product(terms) => Product(terms.iter().map(|t| *next(t)).collect()),
        Larger(terms) => Larger(terms.iter().map(|t| *next(t)).collect()),
        Smaller(terms) => Smaller(terms.iter().map(|t| *next(t)).collect()),
        Function { name, arguments } => {
            Function { name: name.clone(), arguments: arguments.iter().map(|t| *next(t)).collect() }
        }
        Quotient(a, b) => {
            let a = next(a);
            Quotient(a, next(b))
        }
        Negative(a) => Negative(next(a)),
        Power(a, n) => Power(next(a), n.clone()),
        Log(a) => Log(next(a)),
        Exp(a) => Exp(next(a)),
        Abs(a) => Abs(next(a)),
        Generator { name, part, argument } => {
            Generator { name: name.clone(), part: *part, argument: next(argument) }
        }
        Expectation { law, body } => Expectation { law: law.clone(), body: next(body) },
        Integral { over, body } => Integral { over: over.clone(), body: next(body) },
        Extremum { kind, over, body } => Extremum { kind: *kind, over: over.clone(), body: next(body) },
        Gradient { parameter, body } => Gradient { parameter: parameter.clone(), body: next(body) },
    }
}

/// The term with `f` applied to each subterm.
pub(super) fn map_children(term: &Term, f: &mut dyn FnMut(&Term) -> Term) -> Term {
    with_children(term, children(term).into_iter().map(f).collect())
}

/// How many nodes a term has.
pub(super) fn size(term: &Term) -> usize {
    1 + children(term).into_iter().map(size).sum::<usize>()
}

/// The variables that a term's head binds in its subterms (or in its own laws).
pub(super) fn binds(term: &Term) -> &[Variable] {
    match term {
        Term::Expectation { law, .. } | Term::Entropy(law) => &law.of,
        Term::Distance { p, .. } => &p.of,
        Term::Integral { over, .. } => over,
        _ => &[],
    }
}

/// The name that a term's head binds in its body.
pub(super) fn binds_name(term: &Term) -> Option<&Name> {
    match term {
        Term::Extremum { over: Over::Number { name, .. } | Over::Function { name, .. }, .. } => Some(name),
        _ => None,
    }
}

/// The ends of an extremum's interval: what the head mentions outside its own binder.
pub(super) fn ends(term: &Term) -> Vec<&Term> {
    match term {
        Term::Extremum { over: Over::Number { range, .. } | Over::Function { range, .. }, .. } => match range
        {
            Range::Interval(low, high) => vec![&low.at, &high.at],
            _ => vec![],
        },
        _ => vec![],
    }
}

/// The term with `f` applied to the ends of its interval.
pub(super) fn map_ends(term: Term, f: &dyn Fn(&Term) -> Term) -> Term {
    let Term::Extremum { kind, over, body } = term else { return term };
    let end = |end: End| End { at: Box::new(f(&end.at)), ..end };
    let moved = |range: Range| match range {
        Range::Interval(low, high) => Range::Interval(end(low), end(high)),
        other => other,
    };
    let over = match over {
        Over::Number { name, range } => Over::Number { name, range: moved(range) },
        Over::Function { name, of, range } => Over::Function { name, of, range: moved(range) },
    };
    Term::Extremum { kind, over, body }
}

/// The laws that stand in a term's head.
pub(super) fn laws(term: &Term) -> Vec<&LawAt> {
    match term {
        Term::Density(law) | Term::Entropy(law) | Term::Expectation { law, .. } => vec![law],
        Term::Distance { p, q, .. } => vec![p, q],
        _ => vec![],
    }
}

/// What a term mentions freely: points, and names of numbers and functions.
#[derive(Default)]
pub(super) struct Free {
    /// Points.
    pub variables: BTreeSet<Variable>,
    /// Numbers, parameters of laws, functions.
    pub names: BTreeSet<Name>,
}

/// The free variables and names of a term.
pub(super) fn free(term: &Term) -> Free {
    let mut found = Free::default();
    collect(term, &mut found);
    found
}

fn collect(term: &Term, into: &mut Free) {
    let mut own = Free::default();
    for law in laws(term) {
        own.variables.extend(law.of.iter().chain(&law.given).cloned());
        own.names.extend(law.parameters.iter().cloned());
    }
    match term {
        Term::Point(v) => {
            own.variables.insert(v.clone());
        }
        Term::Parameter(name) | Term::Function { name, .. } => {
            own.names.insert(name.clone());
        }
        Term::Gradient { parameter, .. } => {
            own.names.insert(parameter.clone());
        }
        _ => {}
    }
    for child in children(term) {
        collect(child, &mut own);
    }
    // A density's own points are free; those of an expectation's law are bound.
    for bound in binds(term) {
        own.variables.remove(bound);
    }
    if let Some(name) = binds_name(term) {
        own.names.remove(name);
    }
    for end in ends(term) {
        collect(end, &mut own);
    }
    into.variables.extend(own.variables);
    into.names.extend(own.names);
}

/// Does the term mention none of these points?
pub(super) fn independent(term: &Term, of: &[Variable]) -> bool {
    let free = free(term);
    !of.iter().any(|v| free.variables.contains(v))
}

/// Does the term not mention the number or function?
pub(super) fn independent_of_name(term: &Term, name: &Name) -> bool {
    !free(term).names.contains(name)
}
