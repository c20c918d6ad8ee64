//! Canonical names of bound variables, so that terms that differ only in them are equal.
//!
//! A bound point is named after *what binds it* (its law, an integral), so that in the
//! search a variable's name alone tells its facts; within one binder's reach a counter
//! keeps two of the same law apart. The author's names come back for display.

use super::rename::{self, Renaming};
use super::tree;
use crate::term::{LawAt, Name, Over, Range, Term, Variable};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What binds a variable or a name, with its own variables blotted out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Binder {
    /// An expectation, distance or entropy over this law.
    Law(LawAt),
    /// An integral.
    Integral,
    /// An extremum over numbers.
    Number(Range),
    /// An extremum over functions.
    Function(Range),
}

/// How many variables of one binder may be nested; beyond it names stay as they are.
const NESTED: u32 = 16;

/// Canonical binders count from here, so that none is one of the author's, which count
/// from 1.
const CANONICAL: u32 = 1 << 20;

/// The first number of the variables that the binder bears, of which this many came before.
pub(super) fn canonical_id(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX / (4 * NESTED)).saturating_mul(NESTED).saturating_add(CANONICAL)
}

/// The binders met so far and how the author called what they bind.
#[derive(Default)]
pub(super) struct Names {
    binders: RefCell<Vec<Binder>>,
    authors: RefCell<BTreeMap<Name, Name>>,
    canonical: RefCell<BTreeMap<Name, Name>>,
}

impl Names {
    fn id(&self, binder: Binder) -> u32 {
        let mut binders = self.binders.borrow_mut();
        let at = binders.iter().position(|b| *b == binder).unwrap_or_else(|| {
            binders.push(binder);
            binders.len() - 1
        });
        canonical_id(at)
    }

    /// All binders, for the facts that hold of their variables.
    pub(super) fn binders(&self) -> Vec<Binder> {
        self.binders.borrow().clone()
    }

    /// The canonical name under which an author's bound name goes.
    pub(super) fn canonical_of(&self, author: &Name) -> Option<Name> {
        self.canonical.borrow().get(author).cloned()
    }

    /// The canonical name of what the author displays under this name.
    pub(super) fn canonical_displayed(&self, displayed: &str) -> Option<Name> {
        let canonical = self.canonical.borrow();
        canonical
            .iter()
            .find(|(author, _)| crate::syntax::displayed(author) == displayed)
            .map(|(_, c)| c.clone())
    }

    /// The term with canonical names. Laws may mention outer bound variables, so passes
    /// are repeated until nothing changes.
    pub(super) fn canonical(&self, term: &Term) -> Term {
        let mut term = term.clone();
        for _ in 0..6 {
            let next = self.pass(&term);
            if next == term {
                break;
            }
            term = next;
        }
        term
    }

    fn pass(&self, term: &Term) -> Term {
        let term = tree::map_children(term, &mut |t| self.pass(t));
        let term = sort_laws(&term);
        match &term {
            Term::Expectation { law, body } => {
                let law = law.clone();
                self.points(&term, body, &|_| Binder::Law(blot(&law)))
            }
            Term::Entropy(law) => self.points(&term, &Term::Infinity, &|_| Binder::Law(blot(law))),
            Term::Distance { p, .. } => self.points(&term, &Term::Infinity, &|_| Binder::Law(blot(p))),
            Term::Integral { body, .. } => self.points(&term, body, &|_| Binder::Integral),
            Term::Extremum { over, body, .. } => self.name(&term, over, body),
            _ => term,
        }
    }

    fn points(&self, term: &Term, body: &Term, binder: &dyn Fn(&Variable) -> Binder) -> Term {
        let bound = tree::binds(term).to_vec();
        let mut taken = mentioned(body);
        for law in tree::laws(term) {
            taken.extend(law.given.iter().cloned());
        }
        // What a binder further in binds is no name for this one.
        let inner = bound_in(body);
        let mut renaming = Renaming::new();
        for variable in &bound {
            let id = self.id(binder(variable));
            let fresh = (0..NESTED)
                .map(|k| Variable {
                    name: if k == 0 {
                        variable.space.clone()
                    } else {
                        Name::from(format!("{}{}", variable.space, "'".repeat(k as usize)))
                    },
                    space: variable.space.clone(),
                    binder: id + k,
                })
                .find(|v| !inner.contains(v) && (v == variable || !taken.contains(v) && !bound.contains(v)));
            if let Some(fresh) = fresh {
                renaming.insert(variable.clone(), fresh);
            }
        }
        renaming.retain(|a, b| a != b);
        sort_laws(&rename::bound(term, &renaming))
    }

    fn name(&self, term: &Term, over: &Over, body: &Term) -> Term {
        let (name, binder, stem) = match over {
            Over::Number { name, range } => (name, Binder::Number(range.clone()), 't'),
            Over::Function { name, range, .. } => (name, Binder::Function(range.clone()), 'T'),
        };
        let id = self.id(binder);
        let taken = mentioned_names(body);
        let fresh = (0..NESTED)
            .map(|k| Name::from(format!("·{stem}{}", id + k)))
            .find(|n| n == name || !taken.contains(n))
            .unwrap_or_else(|| name.clone());
        if fresh == *name {
            return self.function_points(term);
        }
        if !name.starts_with('·') {
            self.authors.borrow_mut().entry(fresh.clone()).or_insert_with(|| name.clone());
            self.canonical.borrow_mut().insert(name.clone(), fresh.clone());
        }
        self.function_points(&rename::name(term, name, &fresh))
    }

    /// The variables in `sup[T(x)]` say only which spaces T depends on.
    fn function_points(&self, term: &Term) -> Term {
        match term {
            Term::Extremum { kind, over: Over::Function { name, of, range }, body } => {
                let of = of
                    .iter()
                    .map(|v| Variable { name: v.space.clone(), space: v.space.clone(), binder: u32::MAX })
                    .collect();
                Term::Extremum {
                    kind: *kind,
                    over: Over::Function { name: name.clone(), of, range: range.clone() },
                    body: body.clone(),
                }
            }
            other => other.clone(),
        }
    }

    /// The term as an author would write it: names of numbers and functions given back.
    pub(super) fn display(&self, term: &Term) -> Term {
        let mut term = term.clone();
        for name in mentioned_names(&term) {
            if name.starts_with('·') {
                let author = self.authors.borrow().get(&name).cloned();
                let author =
                    author.unwrap_or_else(|| Name::from(if name.starts_with("·T") { "T" } else { "c" }));
                term = rename::name(&term, &name, &author);
            }
        }
        term
    }
}

/// The law with the variables it is a law of blotted out.
fn blot(law: &LawAt) -> LawAt {
    let blotted: Renaming = law
        .of
        .iter()
        .map(|v| (v.clone(), Variable { name: v.space.clone(), space: v.space.clone(), binder: u32::MAX }))
        .collect();
    rename::law(law, &blotted)
}

/// p(z, x) is p(x, z): coordinates in one order.
fn sort_laws(term: &Term) -> Term {
    let sorted = |law: &LawAt| {
        let mut law = law.clone();
        law.of.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        law.given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        law
    };
    match term {
        Term::Density(law) => Term::Density(sorted(law)),
        Term::Entropy(law) => Term::Entropy(sorted(law)),
        Term::Expectation { law, body } => Term::Expectation { law: sorted(law), body: body.clone() },
        Term::Distance { kind, p, q } => Term::Distance { kind: kind.clone(), p: sorted(p), q: sorted(q) },
        Term::Integral { over, body } => {
            let mut over = over.clone();
            over.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
            Term::Integral { over, body: body.clone() }
        }
        other => other.clone(),
    }
}

/// Every variable that something in the term binds.
fn bound_in(term: &Term) -> Vec<Variable> {
    let mut found: Vec<Variable> = tree::binds(term).to_vec();
    found.extend(tree::children(term).into_iter().flat_map(bound_in));
    found
}

/// Every variable that occurs, bound or free.
fn mentioned(term: &Term) -> Vec<Variable> {
    let mut found: Vec<Variable> = tree::binds(term).to_vec();
    for law in tree::laws(term) {
        found.extend(law.of.iter().chain(&law.given).cloned());
    }
    if let Term::Point(v) = term {
        found.push(v.clone());
    }
    found.extend(tree::children(term).into_iter().flat_map(mentioned));
    found
}

/// Every name of a number or function that occurs, bound or free.
fn mentioned_names(term: &Term) -> Vec<Name> {
    let mut found: Vec<Name> = tree::binds_name(term).into_iter().cloned().collect();
    match term {
        Term::Parameter(name) | Term::Function { name, .. } | Term::Gradient { parameter: name, .. } => {
            found.push(name.clone());
        }
        _ => {}
    }
    for law in tree::laws(term) {
        found.extend(law.parameters.iter().cloned());
    }
    found.extend(tree::children(term).into_iter().flat_map(mentioned_names));
    found
}
