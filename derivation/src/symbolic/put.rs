//! Terms put in for numbers, functions and points, where nothing in them would be caught.

use super::rename::{self, Renaming};
use super::tree::{
    Free, binds, binds_name, children, ends, free, independent, independent_of_name, laws, with_children,
};
use crate::term::{Name, Term, Variable};

/// Does the term's head bind, or differentiate in, something that a value mentions freely?
/// Then the value cannot be put under it as it is.
fn captures(term: &Term, value: &Free) -> bool {
    binds(term).iter().any(|v| value.variables.contains(v))
        || binds_name(term).is_some_and(|name| value.names.contains(name))
        || matches!(term, Term::Gradient { parameter, .. } if value.names.contains(parameter))
}

/// The term with a free number replaced; `None` where the number stands in a place
/// that holds only names (a parameter of a law, a derivative), or in an interval's end.
pub(super) fn number(term: &Term, name: &Name, value: &Term) -> Option<Term> {
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
    let inner: Option<Vec<Term>> = children(term).into_iter().map(|t| number(t, name, value)).collect();
    Some(with_children(term, inner?))
}

/// The term with each application of a function replaced by `value` at its arguments;
/// `points` are the value's own variables. `None` if an argument is no point where one
/// is needed.
pub(super) fn function(term: &Term, name: &Name, points: &[Variable], value: &Term) -> Option<Term> {
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
        children(term).into_iter().map(|t| function(t, name, points, value)).collect();
    let inner = inner?;
    match term {
        Term::Function { name: n, .. } if n == name => {
            if inner.len() != points.len() {
                return None;
            }
            let mut result = value.clone();
            for (at, argument) in points.iter().zip(&inner) {
                result = point(&result, at, argument)?;
            }
            Some(result)
        }
        _ => Some(with_children(term, inner)),
    }
}

/// The term with a point replaced by a term; `None` where the point is one of a law's
/// and the term is no point.
pub(super) fn point(term: &Term, at: &Variable, by: &Term) -> Option<Term> {
    if let Term::Point(other) = by {
        return Some(rename::points(term, &Renaming::from([(at.clone(), other.clone())])));
    }
    if binds(term).contains(at) || independent(term, std::slice::from_ref(at)) {
        return Some(term.clone());
    }
    match term {
        Term::Point(v) if v == at => return Some(by.clone()),
        _ if laws(term).iter().any(|law| law.of.contains(at) || law.given.contains(at)) => return None,
        _ if ends(term).iter().any(|end| !independent(end, std::slice::from_ref(at))) => return None,
        _ if captures(term, &free(by)) => return None,
        _ => {}
    }
    let inner: Option<Vec<Term>> = children(term).into_iter().map(|t| point(t, at, by)).collect();
    Some(with_children(term, inner?))
}
