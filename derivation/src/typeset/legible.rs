//! Names that can be read back: where two binders that bear the same name meet, the
//! inner one gets a prime. Texts seldom need it; terms that a proof makes do.

use crate::syntax::{displayed, substitute};
use crate::term::{LawAt, Name, Over, Term, Variable};
use std::collections::BTreeSet;

/// The term with as few binders renamed as will do.
pub(super) fn legible(term: &Term) -> Term {
    let mut term = term.clone();
    // Each round mends one binder for good: its new name is nowhere else.
    let most: usize = binders(&term).iter().map(|(bound, _, _)| bound.len()).sum();
    for _ in 0..most {
        match clash(&term).and_then(|bound| mended(&term, &bound)) {
            Some(mended) => term = mended,
            None => break,
        }
    }
    term
}

/// What a binder binds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Point(Variable),
    Name(Name),
}

impl Bound {
    fn shown(&self) -> &str {
        match self {
            Self::Point(variable) => &variable.name,
            Self::Name(name) => displayed(name),
        }
    }
}

fn mended(term: &Term, bound: &Bound) -> Option<Term> {
    let mut taken = BTreeSet::new();
    names(term, &mut |name| {
        taken.insert(name.shown().to_owned());
    });
    let mut shown = bound.shown().to_owned();
    while taken.contains(&shown) {
        shown.push('\'');
    }
    match bound {
        Bound::Point(variable) => substitute::renamed_point(term, variable, &shown),
        Bound::Name(name) => {
            let suffix = &name[displayed(name).len()..];
            substitute::renamed_name(term, name, &format!("{shown}{suffix}").into())
        }
    }
}

/// The first thing bound whose name hides another that occurs in its scope.
fn clash(term: &Term) -> Option<Bound> {
    binders(term).into_iter().find_map(|(bound, scope, laws)| {
        let mut free: BTreeSet<Bound> = BTreeSet::new();
        laws.iter().for_each(|law| {
            given(law, &mut |name| {
                free.insert(name);
            });
        });
        if let Some(scope) = scope {
            names(scope, &mut |name| {
                free.insert(name);
            });
            for (inner, _, _) in binders(scope) {
                for name in &inner {
                    free.remove(name);
                }
            }
        }
        let hides = |one: &Bound| free.iter().any(|other| other != one && other.shown() == one.shown());
        bound.into_iter().find(hides)
    })
}

type Binder<'t> = (Vec<Bound>, Option<&'t Term>, Vec<&'t LawAt>);

/// Every binder: what it binds, its scope, its laws.
fn binders(term: &Term) -> Vec<Binder<'_>> {
    let mut found = Vec::new();
    let points = |variables: &[Variable]| variables.iter().cloned().map(Bound::Point).collect::<Vec<_>>();
    substitute::visit(term, &mut |part| match part {
        Term::Expectation { law, body } => found.push((points(&law.of), Some(&**body), vec![law])),
        Term::Integral { over, body } => found.push((points(over), Some(&**body), Vec::new())),
        Term::Extremum { over: Over::Number { name, .. }, body, .. } => {
            found.push((vec![Bound::Name(name.clone())], Some(&**body), Vec::new()));
        }
        Term::Extremum { over: Over::Function { name, of, .. }, body, .. } => {
            found.push((vec![Bound::Name(name.clone())], Some(&**body), Vec::new()));
            found.push((points(of), None, Vec::new()));
        }
        Term::Distance { p, q, .. } => found.push((points(&p.of), None, vec![p, q])),
        Term::Entropy(law) => found.push((points(&law.of), None, vec![law])),
        _ => {}
    });
    found
}

/// The names of a law that its own variables could hide.
fn given(law: &LawAt, see: &mut dyn FnMut(Bound)) {
    law.given.iter().cloned().map(Bound::Point).for_each(&mut *see);
    law.parameters.iter().cloned().map(Bound::Name).for_each(&mut *see);
}

fn law_names(law: &LawAt, see: &mut dyn FnMut(Bound)) {
    see(Bound::Name(law.law.clone()));
    law.of.iter().cloned().map(Bound::Point).for_each(&mut *see);
    given(law, see);
}

/// Every name that occurs in the term.
fn names(term: &Term, see: &mut dyn FnMut(Bound)) {
    substitute::visit(term, &mut |part| match part {
        Term::Parameter(name) | Term::Function { name, .. } | Term::Generator { name, .. } => {
            see(Bound::Name(name.clone()));
        }
        Term::Gradient { parameter, .. } => see(Bound::Name(parameter.clone())),
        Term::Point(variable) => see(Bound::Point(variable.clone())),
        Term::Density(law) | Term::Entropy(law) => law_names(law, see),
        Term::Expectation { law, .. } => law_names(law, see),
        Term::Distance { p, q, .. } => {
            law_names(p, see);
            law_names(q, see);
        }
        _ => {}
    });
}
