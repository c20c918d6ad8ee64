//! What is known at a place within a term: the declarations, the assumptions, and what
//! the binders around the place say. Only positive facts are kept; nothing is concluded
//! from the absence of a contrary one.

use super::alpha::{Binder, Names};
use super::hidden::Hidden;
use super::memo::{Cache, Memo, Question};
use super::{rename, show, tree};
use crate::context::{Assumption, Context, Generator, Law, Property, Space};
use crate::term::{LawAt, Name, Over, Range, Term, Variable};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// An assumption, ready to be looked up.
pub(super) struct Known {
    /// Terms that are < ∞, with the assumption's text.
    pub(super) below: Vec<(Term, String)>,
    /// Terms that are > −∞.
    pub(super) above: Vec<(Term, String)>,
    /// Terms that are ≥ 0, and whether they are > 0.
    pub(super) signs: Vec<(Term, bool, String)>,
    /// p ≪ q.
    pub(super) continuous: Vec<(LawAt, LawAt, String)>,
}

/// The facts at a place.
#[derive(Clone)]
pub(super) struct Facts<'a> {
    pub(super) context: &'a Context,
    pub(super) names: &'a Names,
    pub(super) known: Rc<Known>,
    /// On what the declared names depend unseen.
    hidden: Rc<Hidden>,
    /// Densities that are positive here.
    pub(super) positive: Vec<LawAt>,
    /// Bound numbers and functions, with where their values lie.
    pub(super) ranges: Vec<(Name, Range)>,
    /// Functions bound by a supremum: bounded, and f* of them too.
    pub(super) suprema: Vec<Name>,
    used: Rc<RefCell<Vec<String>>>,
    depth: Rc<Cell<u32>>,
    fuel: Rc<Cell<u32>>,
    /// Was a question cut short since this was last reset?
    cut: Rc<Cell<bool>>,
    memo: Memo,
    /// When to stop searching.
    pub(super) until: Instant,
}

/// How many questions may follow from one.
const FUEL: u32 = 10_000;
/// Products with more factors are long.
const LONG: usize = 64;
/// Until somebody says otherwise.
const FOREVER: Duration = Duration::from_secs(3_600);
/// How deep questions about facts may nest.
const DEPTH: u32 = 24;

impl<'a> Facts<'a> {
    /// What the text declares and assumes.
    pub(super) fn new(context: &'a Context, names: &'a Names) -> Self {
        let empty = Known { below: vec![], above: vec![], signs: vec![], continuous: vec![] };
        let mut facts = Self {
            context,
            names,
            known: Rc::new(empty),
            hidden: Rc::new(Hidden::of(context)),
            positive: vec![],
            ranges: vec![],
            suprema: vec![],
            used: Rc::default(),
            depth: Rc::default(),
            fuel: Rc::default(),
            cut: Rc::default(),
            memo: Memo::default(),
            until: Instant::now() + FOREVER,
        };
        facts.known = Rc::new(facts.read_assumptions());
        // What was answered without the assumptions is forgotten.
        facts.memo = Memo::default();
        facts
    }

    /// The facts within the `index`-th subterm.
    pub(super) fn within(&self, term: &Term, index: usize) -> Self {
        let mut facts = self.clone();
        facts.shadow(tree::binds(term));
        match term {
            Term::Expectation { law, .. } => facts.positive.push(law.clone()),
            Term::Extremum { over, .. } => facts.bind(over),
            // Where a density among the factors is 0, the product is 0 whatever the
            // others are; so they matter only where it is positive.
            // Of very long products that is not used: each place would have facts of its own.
            Term::Product(factors) if factors.len() <= LONG => {
                for (at, factor) in factors.iter().enumerate() {
                    if let (true, Term::Density(law)) = (at != index, factor)
                        && !facts.positive.contains(law)
                    {
                        facts.positive.push(law.clone());
                    }
                }
            }
            _ => {}
        }
        facts
    }

    /// Forgets what is known of points that are bound anew.
    pub(super) fn shadow(&mut self, bound: &[Variable]) {
        self.positive.retain(|law| !law.of.iter().chain(&law.given).any(|v| bound.contains(v)));
    }

    /// The facts within the body of an extremum.
    pub(super) fn bind(&mut self, over: &Over) {
        match over {
            Over::Number { name, range } => self.ranges.push((name.clone(), range.clone())),
            Over::Function { name, range, .. } => {
                self.ranges.push((name.clone(), range.clone()));
                self.suprema.push(name.clone());
            }
        }
    }

    /// The facts that hold wherever canonical names occur: what their binders say. The
    /// search uses them, which has no places; the kernel never does.
    pub(super) fn everywhere(&self) -> Self {
        let mut facts = self.clone();
        for (at, binder) in self.names.binders().into_iter().enumerate() {
            let base = super::alpha::canonical_id(at);
            match binder {
                Binder::Law(law) => {
                    let named = law.of.iter().map(|v| {
                        let canonical =
                            Variable { name: v.space.clone(), space: v.space.clone(), binder: base };
                        (v.clone(), canonical)
                    });
                    facts.positive.push(rename::law(&law, &named.collect()));
                }
                Binder::Number(range) => facts.ranges.push((Name::from(format!("·t{base}")), range)),
                Binder::Function(range) => {
                    let name = Name::from(format!("·T{base}"));
                    facts.ranges.push((name.clone(), range));
                    facts.suprema.push(name);
                }
                Binder::Integral => {}
            }
        }
        facts
    }

    /// Asks a question; if the answer is yes, says which facts were used.
    pub(super) fn ask(&self, question: impl FnOnce(&Self) -> bool) -> Option<Vec<String>> {
        let before = std::mem::take(&mut *self.used.borrow_mut());
        let answer = question(self);
        let mut used = std::mem::replace(&mut *self.used.borrow_mut(), before);
        used.sort();
        used.dedup();
        answer.then_some(used)
    }

    /// Notes a fact that was used.
    pub(super) fn note(&self, fact: impl Into<String>) -> bool {
        self.used.borrow_mut().push(fact.into());
        true
    }

    /// Runs a nested question, unless questions nest too deep.
    pub(super) fn deeper<T>(&self, otherwise: T, question: impl FnOnce() -> T) -> T {
        if self.depth.get() == 0 {
            self.fuel.set(FUEL);
        }
        if self.depth.get() >= DEPTH || self.fuel.get() == 0 {
            self.cut.set(true);
            return otherwise;
        }
        self.fuel.set(self.fuel.get() - 1);
        self.depth.set(self.depth.get() + 1);
        let answer = question();
        self.depth.set(self.depth.get() - 1);
        answer
    }

    /// Runs a question; says which facts it used, and whether nothing was cut short.
    pub(super) fn watched<T>(&self, question: impl FnOnce() -> T) -> (T, Vec<String>, bool) {
        let before = self.cut.replace(false);
        let from = self.used.borrow().len();
        let answer = question();
        let complete = !self.cut.get();
        self.cut.set(before || !complete);
        let used = self.used.borrow();
        (answer, used.get(from..).map(<[String]>::to_vec).unwrap_or_default(), complete)
    }

    /// Answers a question, from memory if it was answered before.
    pub(super) fn asked(&self, what: Question, term: &Term, answer: impl FnOnce() -> bool) -> bool {
        let cache = self.cache();
        if let Some(known) = cache.answer(what, term) {
            return known.is_some_and(|facts| facts.into_iter().all(|fact| self.note(fact)));
        }
        let (yes, facts, complete) = self.watched(|| self.deeper(false, answer));
        if yes || complete {
            cache.keep_answer(what, term, yes.then_some(facts));
        }
        yes
    }

    /// A normal form, from memory if it was found before.
    pub(super) fn remembered(&self, term: &Term, normal: impl FnOnce() -> Term) -> Term {
        let cache = self.cache();
        if let Some(known) = cache.normal(term) {
            return known;
        }
        let (found, _, complete) = self.watched(|| self.deeper(term.clone(), normal));
        if complete {
            cache.keep_normal(term, found.clone());
        }
        found
    }

    fn cache(&self) -> Rc<Cache> {
        self.memo.at(&self.positive, &self.ranges, &self.suprema)
    }

    /// Does a law, function or generator have a property, as the text assumes?
    pub(super) fn has(&self, name: &Name, property: Property) -> bool {
        self.context.assumptions.iter().any(|a| {
            matches!(a, Assumption::Has(n, p) if n == name && *p == property)
                && self.note(show::assumption(a))
        })
    }

    /// Does the term not depend on the number, by its form and by all declarations?
    pub(super) fn fixed(&self, term: &Term, number: &Name) -> bool {
        self.hidden.fixed(term, number)
    }

    /// Does the declaration of a function, law or generator depend on the number?
    pub(super) fn hides(&self, name: &Name, number: &Name) -> bool {
        self.hidden.hides(name, number)
    }

    /// The declaration of a law.
    pub(super) fn law(&self, name: &Name) -> Option<&'a Law> {
        self.context.laws.iter().find(|l| l.name == *name)
    }

    /// The declaration of a generator.
    pub(super) fn generator(&self, name: &Name) -> Option<&'a Generator> {
        self.context.generators.iter().find(|g| g.name == *name)
    }

    /// Are all these variables of finite spaces?
    pub(super) fn finite_spaces(&self, of: &[Variable]) -> bool {
        of.iter().all(|v| self.context.spaces.iter().any(|(n, s)| *n == v.space && *s == Space::Finite))
            && self.note("the space is finite")
    }
}
