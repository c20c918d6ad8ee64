//! Points and names renamed, without a binder catching a new name.

use super::tree::{binds, children, free, map_children, map_ends};
use crate::term::{LawAt, Name, Over, Term, Variable};
use std::collections::BTreeMap;

/// Renames points.
pub(super) type Renaming = BTreeMap<Variable, Variable>;

/// A law at other points.
pub(super) fn law(at: &LawAt, by: &Renaming) -> LawAt {
    let rename = |v: &Variable| by.get(v).unwrap_or(v).clone();
    LawAt {
        law: at.law.clone(),
        of: at.of.iter().map(rename).collect(),
        given: at.given.iter().map(rename).collect(),
        parameters: at.parameters.clone(),
    }
}

/// Variables of no binder count from here: a name for the moment, until the term is
/// given canonical ones. No fact is known of them.
const FOR_THE_MOMENT: u32 = 1 << 30;

/// The term with free points renamed. A binder that would catch a new name gives way: its
/// own variable gets another.
pub(super) fn points(term: &Term, by: &Renaming) -> Term {
    let own = binds(term);
    let inner: Renaming =
        by.iter().filter(|(v, _)| !own.contains(v)).map(|(a, b)| (a.clone(), b.clone())).collect();
    if own.iter().any(|v| inner.values().any(|new| new == v)) {
        let mentioned = free(term).variables;
        let catches = |v: &Variable| inner.iter().any(|(old, new)| new == v && mentioned.contains(old));
        let away: Vec<Variable> = own.iter().filter(|v| catches(v)).cloned().collect();
        let known = mentioned.iter().chain(inner.values()).map(of_the_moment).max().unwrap_or(0);
        let first = known.max(most(term)).max(FOR_THE_MOMENT) + 1;
        let other = |(v, binder): (&Variable, u32)| (v.clone(), Variable { binder, ..v.clone() });
        let away: Renaming = away.iter().zip(first..).map(other).collect();
        if !away.is_empty() {
            return points(&bound(term, &away), by);
        }
    }
    let body = |t: &Term| Box::new(points(t, &inner));
    match term {
        Term::Point(v) => Term::Point(by.get(v).unwrap_or(v).clone()),
        Term::Density(at) => Term::Density(law(at, by)),
        Term::Entropy(at) => Term::Entropy(law(at, &inner)),
        Term::Expectation { law: at, body: b } => Term::Expectation { law: law(at, &inner), body: body(b) },
        Term::Distance { kind, p, q } => {
            Term::Distance { kind: kind.clone(), p: law(p, &inner), q: law(q, &inner) }
        }
        other => map_ends(map_children(other, &mut |t| points(t, &inner)), &|t| points(t, &inner)),
    }
}

/// The term at other points; `None` where it already means something else by one of them:
/// a binder of the new points must not catch that.
pub(super) fn moved(term: &Term, by: &Renaming) -> Option<Term> {
    let mentioned = free(term).variables;
    let catches = |new: &Variable| mentioned.contains(new) && !by.contains_key(new);
    (!by.values().any(catches)).then(|| points(term, by))
}

/// The number of a variable of the moment, 0 of any other.
fn of_the_moment(variable: &Variable) -> u32 {
    if (FOR_THE_MOMENT..u32::MAX).contains(&variable.binder) { variable.binder } else { 0 }
}

/// The largest number of a variable of the moment that something in the term binds.
fn most(term: &Term) -> u32 {
    let own = binds(term).iter().map(of_the_moment).max().unwrap_or(0);
    children(term).into_iter().map(most).fold(own, u32::max)
}

/// The term with its *binder* renamed along with what it binds: the variables of
/// `from` become those of `to`.
pub(super) fn bound(term: &Term, by: &Renaming) -> Term {
    match term {
        Term::Entropy(at) => Term::Entropy(law(at, by)),
        Term::Expectation { law: at, body } => {
            Term::Expectation { law: law(at, by), body: Box::new(points(body, by)) }
        }
        Term::Distance { kind, p, q } => Term::Distance { kind: kind.clone(), p: law(p, by), q: law(q, by) },
        Term::Integral { over, body } => Term::Integral {
            over: over.iter().map(|v| by.get(v).unwrap_or(v).clone()).collect(),
            body: Box::new(points(body, by)),
        },
        other => other.clone(),
    }
}

/// The term with a bound or free number, function or parameter renamed throughout.
pub(super) fn name(term: &Term, from: &Name, to: &Name) -> Term {
    let again = |t: &Term| name(t, from, to);
    let swap = |n: &Name| if n == from { to.clone() } else { n.clone() };
    let law = |l: &LawAt| LawAt { parameters: l.parameters.iter().map(swap).collect(), ..l.clone() };
    let body = |t: &Term| Box::new(again(t));
    match term {
        Term::Parameter(n) => Term::Parameter(swap(n)),
        Term::Function { name, arguments } => {
            Term::Function { name: swap(name), arguments: arguments.iter().map(again).collect() }
        }
        Term::Density(l) => Term::Density(law(l)),
        Term::Entropy(l) => Term::Entropy(law(l)),
        Term::Expectation { law: l, body: b } => Term::Expectation { law: law(l), body: body(b) },
        Term::Distance { kind, p, q } => Term::Distance { kind: kind.clone(), p: law(p), q: law(q) },
        Term::Gradient { parameter, body: b } => Term::Gradient { parameter: swap(parameter), body: body(b) },
        Term::Extremum { kind, over, body: b } => {
            let over = match over {
                Over::Number { name, range } => Over::Number { name: swap(name), range: range.clone() },
                Over::Function { name, of, range } => {
                    Over::Function { name: swap(name), of: of.clone(), range: range.clone() }
                }
            };
            let renamed = Term::Extremum { kind: *kind, over, body: body(b) };
            map_ends(renamed, &|t| again(t))
        }
        other => map_children(other, &mut |t| again(t)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binder_gives_way_to_a_new_name() {
        let variable =
            |name: &str, binder| Variable { name: Name::from(name), space: Name::from("x"), binder };
        let (x, y) = (variable("x", 1), variable("y", 2));
        let law = LawAt { law: Name::from("p"), of: vec![x.clone()], given: vec![], parameters: vec![] };
        let mean = Term::Expectation { law, body: Box::new(Term::Point(y.clone())) };
        let renamed = points(&mean, &Renaming::from([(y, x.clone())]));
        // E[x' ~ p] x, and not E[x ~ p] x.
        assert!(free(&renamed).variables.contains(&x), "{renamed:?}");
        // Where it means something else by the new name already, it is not moved.
        let both = Term::Sum(vec![Term::Point(x.clone()), Term::Point(variable("y", 2))]);
        assert_eq!(moved(&both, &Renaming::from([(variable("y", 2), x)])), None);
    }
}
