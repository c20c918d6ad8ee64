//! Terms as trees: children, free variables, substitution. The one place that knows
//! which parts of a term are terms themselves, and what each binder binds.

use crate::term::{End, LawAt, Name, Over, Range, Term, Variable};
use std::collections::{BTreeMap, BTreeSet};

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
fn ends(term: &Term) -> Vec<&Term> {
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
fn map_ends(term: Term, f: &dyn Fn(&Term) -> Term) -> Term {
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

/// Renames points.
pub(super) type Renaming = BTreeMap<Variable, Variable>;

/// A law at other points.
pub(super) fn rename_law(law: &LawAt, by: &Renaming) -> LawAt {
    let rename = |v: &Variable| by.get(v).unwrap_or(v).clone();
    LawAt {
        law: law.law.clone(),
        of: law.of.iter().map(rename).collect(),
        given: law.given.iter().map(rename).collect(),
        parameters: law.parameters.clone(),
    }
}

/// Variables of no binder count from here: a name for the moment, until the term is
/// given canonical ones. No fact is known of them.
const FOR_THE_MOMENT: u32 = 1 << 30;

/// The term with free points renamed. A binder that would catch a new name gives way: its
/// own variable gets another.
pub(super) fn rename(term: &Term, by: &Renaming) -> Term {
    let bound = binds(term);
    let inner: Renaming =
        by.iter().filter(|(v, _)| !bound.contains(v)).map(|(a, b)| (a.clone(), b.clone())).collect();
    if bound.iter().any(|v| inner.values().any(|new| new == v)) {
        let mentioned = free(term).variables;
        let catches = |v: &Variable| inner.iter().any(|(old, new)| new == v && mentioned.contains(old));
        let away: Vec<Variable> = bound.iter().filter(|v| catches(v)).cloned().collect();
        let known = mentioned.iter().chain(inner.values()).map(of_the_moment).max().unwrap_or(0);
        let first = known.max(most(term)).max(FOR_THE_MOMENT) + 1;
        let other = |(v, binder): (&Variable, u32)| (v.clone(), Variable { binder, ..v.clone() });
        let away: Renaming = away.iter().zip(first..).map(other).collect();
        if !away.is_empty() {
            return rename(&rebind(term, &away), by);
        }
    }
    let body = |t: &Term| Box::new(rename(t, &inner));
    match term {
        Term::Point(v) => Term::Point(by.get(v).unwrap_or(v).clone()),
        Term::Density(law) => Term::Density(rename_law(law, by)),
        Term::Entropy(law) => Term::Entropy(rename_law(law, &inner)),
        Term::Expectation { law, body: b } => {
            Term::Expectation { law: rename_law(law, &inner), body: body(b) }
        }
        Term::Distance { kind, p, q } => {
            Term::Distance { kind: kind.clone(), p: rename_law(p, &inner), q: rename_law(q, &inner) }
        }
        other => map_ends(map_children(other, &mut |t| rename(t, &inner)), &|t| rename(t, &inner)),
    }
}

/// The term at other points; `None` where it already means something else by one of them:
/// a binder of the new points must not catch that.
pub(super) fn moved(term: &Term, by: &Renaming) -> Option<Term> {
    let mentioned = free(term).variables;
    let catches = |new: &Variable| mentioned.contains(new) && !by.contains_key(new);
    (!by.values().any(catches)).then(|| rename(term, by))
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
pub(super) fn rebind(term: &Term, by: &Renaming) -> Term {
    match term {
        Term::Entropy(law) => Term::Entropy(rename_law(law, by)),
        Term::Expectation { law, body } => {
            Term::Expectation { law: rename_law(law, by), body: Box::new(rename(body, by)) }
        }
        Term::Distance { kind, p, q } => {
            Term::Distance { kind: kind.clone(), p: rename_law(p, by), q: rename_law(q, by) }
        }
        Term::Integral { over, body } => Term::Integral {
            over: over.iter().map(|v| by.get(v).unwrap_or(v).clone()).collect(),
            body: Box::new(rename(body, by)),
        },
        other => other.clone(),
    }
}

/// Does the term's head bind, or differentiate in, something that a value mentions freely?
/// Then the value cannot be put under it as it is.
fn captures(term: &Term, value: &Free) -> bool {
    binds(term).iter().any(|v| value.variables.contains(v))
        || binds_name(term).is_some_and(|name| value.names.contains(name))
        || matches!(term, Term::Gradient { parameter, .. } if value.names.contains(parameter))
}

/// The term with a free number replaced; `None` where the number stands in a place
/// that holds only names (a parameter of a law, a derivative), or in an interval's end.
pub(super) fn put_number(term: &Term, name: &Name, value: &Term) -> Option<Term> {
    if binds_name(term) == Some(name) || independent_of_name(term, name) {
        return Some(term.clone());
    }
    match term {
        Term::Parameter(n) if n == name => return Some(value.clone()),
        Term::Gradient { parameter, .. } if parameter == name => return None,
        _ if laws(term).iter().any(|law| law.parameters.contains(name)) => return None,
        _ if ends(term).iter().any(|end| !independent_of_name(end, name)) => return None,
        _ if captures(term, &free(value)) => return None,
        _ => {}
    }
    let inner: Option<Vec<Term>> = children(term).into_iter().map(|t| put_number(t, name, value)).collect();
    Some(with_children(term, inner?))
}

/// The term with each application of a function replaced by `value` at its arguments;
/// `points` are the value's own variables. `None` if an argument is no point where one
/// is needed.
pub(super) fn put_function(term: &Term, name: &Name, points: &[Variable], value: &Term) -> Option<Term> {
    if binds_name(term) == Some(name) || independent_of_name(term, name) {
        return Some(term.clone());
    }
    let mut own = free(value);
    points.iter().for_each(|point| {
        own.variables.remove(point);
    });
    if captures(term, &own) || ends(term).iter().any(|end| !independent_of_name(end, name)) {
        return None;
    }
    let inner: Option<Vec<Term>> =
        children(term).into_iter().map(|t| put_function(t, name, points, value)).collect();
    let inner = inner?;
    match term {
        Term::Function { name: n, .. } if n == name => {
            if inner.len() != points.len() {
                return None;
            }
            let mut result = value.clone();
            for (point, argument) in points.iter().zip(&inner) {
                result = put_point(&result, point, argument)?;
            }
            Some(result)
        }
        _ => Some(with_children(term, inner)),
    }
}

/// The term with a point replaced by a term; `None` where the point is one of a law's
/// and the term is no point.
pub(super) fn put_point(term: &Term, point: &Variable, by: &Term) -> Option<Term> {
    if let Term::Point(other) = by {
        return Some(rename(term, &Renaming::from([(point.clone(), other.clone())])));
    }
    if binds(term).contains(point) || independent(term, std::slice::from_ref(point)) {
        return Some(term.clone());
    }
    match term {
        Term::Point(v) if v == point => return Some(by.clone()),
        _ if laws(term).iter().any(|law| law.of.contains(point) || law.given.contains(point)) => return None,
        _ if ends(term).iter().any(|end| !independent(end, std::slice::from_ref(point))) => return None,
        _ if captures(term, &free(by)) => return None,
        _ => {}
    }
    let inner: Option<Vec<Term>> = children(term).into_iter().map(|t| put_point(t, point, by)).collect();
    Some(with_children(term, inner?))
}

/// The term with a bound or free number, function or parameter renamed throughout.
pub(super) fn rename_name(term: &Term, from: &Name, to: &Name) -> Term {
    let swap = |n: &Name| if n == from { to.clone() } else { n.clone() };
    let law = |l: &LawAt| LawAt { parameters: l.parameters.iter().map(swap).collect(), ..l.clone() };
    let body = |t: &Term| Box::new(rename_name(t, from, to));
    match term {
        Term::Parameter(n) => Term::Parameter(swap(n)),
        Term::Function { name, arguments } => Term::Function {
            name: swap(name),
            arguments: arguments.iter().map(|t| rename_name(t, from, to)).collect(),
        },
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
            map_ends(renamed, &|t| rename_name(t, from, to))
        }
        other => map_children(other, &mut |t| rename_name(t, from, to)),
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
        let renamed = rename(&mean, &Renaming::from([(y, x.clone())]));
        // E[x' ~ p] x, and not E[x ~ p] x.
        assert!(free(&renamed).variables.contains(&x), "{renamed:?}");
        // Where it means something else by the new name already, it is not moved.
        let both = Term::Sum(vec![Term::Point(x.clone()), Term::Point(variable("y", 2))]);
        assert_eq!(moved(&both, &Renaming::from([(variable("y", 2), x)])), None);
    }
}
