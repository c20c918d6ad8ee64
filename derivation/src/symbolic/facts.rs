//! What is known at a place within a term: the declarations, the assumptions, and what
//! the binders around the place say. Only positive facts are kept; nothing is concluded
//! from the absence of a contrary one.

use super::alpha::{Binder, Names};
use super::{arith, logs, show, tree};
use crate::context::{Assumption, Comparison, Context, Generator, GeneratorKind, Law, Property, Space};
use crate::term::{End, LawAt, Name, Over, Range, Term, Variable};
use num_rational::BigRational;
use num_traits::{Signed, Zero};
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
    pub(super) hidden: Rc<super::hidden::Hidden>,
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
    pub(super) memo: super::memo::Memo,
    /// When to stop searching.
    pub(super) until: Instant,
}

/// How many questions may follow from one.
const FUEL: u32 = 10_000;
/// Products with more factors are long.
const LONG: usize = 64;
/// Until somebody says otherwise.
const FOREVER: Duration = Duration::from_secs(3_600);
/// So many ways are tried to put points for the free ones of an assumption.
const MOST_CASES: usize = 8;
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
            hidden: Rc::new(super::hidden::Hidden::of(context)),
            positive: vec![],
            ranges: vec![],
            suprema: vec![],
            used: Rc::default(),
            depth: Rc::default(),
            fuel: Rc::default(),
            cut: Rc::default(),
            memo: super::memo::Memo::default(),
            until: Instant::now() + FOREVER,
        };
        facts.known = Rc::new(facts.read_assumptions());
        // What was answered without the assumptions is forgotten.
        facts.memo = super::memo::Memo::default();
        facts
    }

    fn read_assumptions(&self) -> Known {
        let mut known = Known { below: vec![], above: vec![], signs: vec![], continuous: vec![] };
        for assumption in &self.context.assumptions {
            let text = show::assumption(assumption);
            match assumption {
                Assumption::AbsolutelyContinuous(p, q) => known.continuous.push((p.clone(), q.clone(), text)),
                Assumption::Finite(term) => {
                    self.learn(&mut known, term, true, &text);
                    self.learn(&mut known, term, false, &text);
                }
                Assumption::Compares(a, how, b) => self.compare(&mut known, a, *how, b, &text),
                Assumption::In(term, Range::Interval(low, high)) => {
                    let how = |end: &End| if end.closed { Comparison::AtLeast } else { Comparison::Greater };
                    self.compare(&mut known, term, how(low), &low.at, &text);
                    self.compare(&mut known, &high.at, how(high), term, &text);
                }
                Assumption::In(..) | Assumption::Subgradient { .. } | Assumption::Has(..) => {}
            }
            // A finite divergence is absolutely continuous.
            if let Assumption::Compares(Term::Distance { kind, p, q }, Comparison::Less, Term::Infinity)
            | Assumption::Finite(Term::Distance { kind, p, q }) = assumption
                && matches!(kind, crate::term::Distance::Kl | crate::term::Distance::Chi2)
            {
                known.continuous.push((p.clone(), q.clone(), show::assumption(assumption)));
            }
        }
        known
    }

    fn compare(&self, known: &mut Known, a: &Term, how: Comparison, b: &Term, text: &str) {
        use Comparison::*;
        let minus_infinity = |t: &Term| matches!(t, Term::Negative(inner) if **inner == Term::Infinity);
        match how {
            Less | AtMost => self.compare(known, b, if how == Less { Greater } else { AtLeast }, a, text),
            Greater | AtLeast if *a == Term::Infinity => {
                if how == Greater {
                    self.learn(known, b, true, text);
                }
            }
            Greater | AtLeast if minus_infinity(b) => {
                if how == Greater {
                    self.learn(known, a, false, text);
                }
            }
            Greater | AtLeast => {
                let difference = arith::sum(vec![a.clone(), arith::negative(b.clone())]);
                known.signs.push((self.shape(&difference), how == Greater, text.to_owned()));
            }
            Equal | Different => {}
        }
    }

    /// Notes that the term is < ∞ (`below`) or > −∞.
    fn learn(&self, known: &mut Known, term: &Term, below: bool, text: &str) {
        let (shape, turned) = self.upright_shape(term);
        let list = if below == turned { &mut known.above } else { &mut known.below };
        list.push((shape, text.to_owned()));
    }

    /// The form under which a term is looked up, but for a number before it or under its
    /// E or ∫; and whether that number was negative, which turns < ∞ into > −∞.
    fn upright_shape(&self, term: &Term) -> (Term, bool) {
        self.upright(&self.shape(term))
    }

    fn upright(&self, term: &Term) -> (Term, bool) {
        let (c, rest) = arith::coefficient(term);
        if c.is_zero() {
            return (term.clone(), false);
        }
        let (rest, inner) = match &rest {
            Term::Expectation { body, .. } | Term::Integral { body, .. } => {
                let (body, turned) = self.within(&rest, 0).upright(body);
                (tree::with_children(&rest, vec![body]), turned)
            }
            Term::Sum(_) => {
                let opposite = arith::normal(self, &arith::negative(rest.clone()));
                if opposite < rest { (opposite, true) } else { (rest, false) }
            }
            _ => (rest, false),
        };
        (rest, inner != c.is_negative())
    }

    /// The form under which a term is looked up: distances unfolded, logarithms spread,
    /// arithmetic in normal form. It equals the term wherever either is defined.
    pub(super) fn shape(&self, term: &Term) -> Term {
        let unfolded = super::definitions::unfold_distances(term);
        let spread = logs::spread_all(self, &super::definitions::close_conjugates(self, &unfolded));
        arith::normal(self, &self.names.canonical(&spread))
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
                    facts.positive.push(tree::rename_law(&law, &named.collect()));
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

    /// Is the term assumed < ∞ (`below`) or > −∞?
    pub(super) fn assumed_finite(&self, term: &Term, below: bool) -> bool {
        if self.known.below.is_empty() && self.known.above.is_empty()
            || !matches!(
                term,
                Term::Expectation { .. }
                    | Term::Distance { .. }
                    | Term::Entropy(_)
                    | Term::Generator { .. }
                    | Term::Integral { .. }
                    | Term::Extremum { .. }
                    | Term::Density(_)
            )
        {
            return false;
        }
        let shape = self.deeper(None, || Some(self.upright_shape(term)));
        let Some((shape, turned)) = shape else { return false };
        let list = if below == turned { &self.known.above } else { &self.known.below };
        list.iter().any(|(known, text)| self.is_case_of(&shape, known) && self.note(text.clone()))
    }

    /// Is the term the known one, at some values of the points that are free in that? What
    /// is assumed to be finite is so at every value of them.
    fn is_case_of(&self, term: &Term, known: &Term) -> bool {
        if term == known {
            return true;
        }
        if std::mem::discriminant(term) != std::mem::discriminant(known) {
            return false;
        }
        let (free, here) = (tree::free(known).variables, tree::free(term).variables);
        let mut cases = vec![tree::Renaming::new()];
        for point in free {
            let values: Vec<&Variable> = here.iter().filter(|v| v.space == point.space).collect();
            if values.is_empty() || cases.len() * values.len() > MOST_CASES {
                return false;
            }
            let with = |case: &tree::Renaming, value: &Variable| {
                let mut case = case.clone();
                case.insert(point.clone(), value.clone());
                case
            };
            cases = cases
                .iter()
                .flat_map(|case| values.iter().map(|v| with(case, v)).collect::<Vec<_>>())
                .collect();
        }
        cases.iter().any(|case| {
            let moved = tree::rename(known, case);
            arith::normal(self, &self.names.canonical(&moved)) == *term
        })
    }

    /// Is the term, in normal form, a positive multiple of something assumed ≥ 0 (> 0)?
    pub(super) fn assumed_sign(&self, term: &Term, strictly: bool) -> bool {
        let same = |known: &Term| arith::ratio(term, known).is_some_and(|r| r > Zero::zero());
        if self
            .known
            .signs
            .iter()
            .any(|(known, strict, text)| (*strict || !strictly) && same(known) && self.note(text.clone()))
        {
            return true;
        }
        let ranges = self.range_signs(term);
        if ranges
            .iter()
            .any(|(known, strict, text)| (*strict || !strictly) && same(known) && self.note(text.clone()))
        {
            return true;
        }
        // A positive multiple of something known, and what is left has the sign too.
        matches!(term, Term::Sum(_) | Term::Parameter(_) | Term::Function { .. } | Term::Negative(_))
            && self.known.signs.iter().chain(&ranges).any(|(known, strict, text)| {
                self.left_over(term, known).is_some_and(|rest| {
                    let holds =
                        if strictly && !strict { self.positive(&rest) } else { self.nonnegative(&rest) };
                    holds && self.note(text.clone())
                })
            })
    }

    /// What the ranges of the numbers and functions in a term say: terms ≥ 0 or > 0.
    fn range_signs(&self, term: &Term) -> Vec<(Term, bool, String)> {
        let infinite =
            |t: &Term| matches!(t, Term::Infinity) || matches!(t, Term::Negative(t) if **t == Term::Infinity);
        let mut atoms = vec![];
        range_atoms(term, &mut atoms);
        let mut found = vec![];
        for atom in atoms {
            let Some(Range::Interval(low, high)) = self.range_of(&atom) else { continue };
            let text = format!("{} lies in its range", show::term(self.names, &atom));
            for (big, small, closed) in
                [(atom.clone(), *low.at.clone(), low.closed), (*high.at, atom.clone(), high.closed)]
            {
                if !infinite(&big) && !infinite(&small) {
                    let known = arith::normal(self, &arith::sum(vec![big, arith::negative(small)]));
                    found.push((known, !closed, text.clone()));
                }
            }
        }
        found
    }

    /// The term less the positive multiple of something known that makes it simpler.
    fn left_over(&self, term: &Term, known: &Term) -> Option<Term> {
        let apart = |t: &Term| -> Vec<(BigRational, Term)> {
            arith::summands(t).iter().map(arith::coefficient).filter(|(_, r)| !is_number(r)).collect()
        };
        let (own, theirs) = (apart(term), apart(known));
        let (c, rest) = theirs.first()?;
        let (d, _) = own.iter().find(|(_, r)| r == rest)?;
        if c.is_zero() || !(d / c).is_positive() {
            return None;
        }
        let taken = arith::scaled(&(-(d / c)), known.clone());
        let left = arith::normal(self, &arith::sum(vec![term.clone(), taken]));
        (apart(&left).len() < own.len()).then_some(left)
    }

    /// Where the values of a number or a function lie, if that was said.
    pub(super) fn range_of(&self, term: &Term) -> Option<Range> {
        let (Term::Parameter(name) | Term::Function { name, .. }) = term else { return None };
        if let Some((_, range)) = self.ranges.iter().rev().find(|(n, _)| n == name) {
            return Some(range.clone());
        }
        let assumed = self.context.assumptions.iter().find_map(|a| match a {
            Assumption::In(t, range) if t == term => Some(range.clone()),
            _ => None,
        });
        assumed
            .or_else(|| self.context.functions.iter().find(|f| f.name == *name).map(|f| f.range.clone()))
            .map(|r| self.class_range(r))
    }

    fn class_range(&self, range: Range) -> Range {
        match &range {
            Range::Class(class) => self
                .context
                .classes
                .iter()
                .find(|(n, _)| n == class)
                .map_or(range.clone(), |(_, r)| r.clone()),
            _ => range,
        }
    }

    /// Does the text assume that the term lies in this very range?
    fn assumed_in(&self, term: &Term, range: &Range) -> bool {
        let shape = |t: &Term| arith::normal(self, &self.names.canonical(t));
        self.context.assumptions.iter().any(|a| {
            matches!(a, Assumption::In(t, within) if within == range && shape(t) == shape(term))
                && self.note(show::assumption(a))
        })
    }

    /// Does the term lie in the range?
    pub(super) fn lies_in(&self, term: &Term, range: &Range) -> bool {
        self.assumed_in(term, range) || self.lies_within(term, range)
    }

    fn lies_within(&self, term: &Term, range: &Range) -> bool {
        match range {
            Range::Real => self.finite(term),
            Range::Interval(low, high) => {
                self.finite(term)
                    && [(term, &*low.at, low.closed), (&*high.at, term, high.closed)].into_iter().all(
                        |(big, small, closed)| {
                            if *big == Term::Infinity
                                || matches!(small, Term::Negative(t) if **t == Term::Infinity)
                            {
                                return true;
                            }
                            let gap = arith::normal(
                                self,
                                &arith::sum(vec![big.clone(), arith::negative(small.clone())]),
                            );
                            if closed { self.nonnegative(&gap) } else { self.positive(&gap) }
                        },
                    )
            }
            Range::ConjugateDomain(f) => self.in_conjugate_domain(term, f),
            Range::Domain(f) => self.in_domain(term, f),
            Range::Class(class) => match term {
                Term::Function { .. } => self.range_of_exact(term) == Some(Range::Class(class.clone())),
                _ => false,
            },
        }
    }

    fn range_of_exact(&self, term: &Term) -> Option<Range> {
        let Term::Function { name, .. } = term else { return None };
        if let Some((_, range)) = self.ranges.iter().rev().find(|(n, _)| n == name) {
            return Some(range.clone());
        }
        self.context.functions.iter().find(|f| f.name == *name).map(|f| f.range.clone())
    }

    /// Is u in dom f? It holds every u > 0, and 0 where f's formula has a finite value.
    pub(super) fn in_domain(&self, u: &Term, f: &Name) -> bool {
        if self.assumed_in(u, &Range::Domain(f.clone())) {
            return true;
        }
        if self.range_of(u) == Some(Range::Domain(f.clone())) {
            return self.note(format!("{} lies in dom {f}", show::term(self.names, u)));
        }
        if !self.finite(u) {
            return false;
        }
        let at_zero = || super::definitions::unfold_generator(self, f, &arith::number(0));
        self.positive(u)
            || at_zero().is_some_and(|t| self.tame(&t)) && self.nonnegative(&arith::normal(self, u))
    }

    /// Is the value finite, and every value within? Then nothing jumps there, and a
    /// formula's value at an end is its limit.
    fn tame(&self, term: &Term) -> bool {
        let continuous = matches!(
            term,
            Term::Number(_)
                | Term::Parameter(_)
                | Term::Sum(_)
                | Term::Product(_)
                | Term::Negative(_)
                | Term::Quotient(..)
                | Term::Power(..)
                | Term::Log(_)
                | Term::Exp(_)
                | Term::Abs(_)
                | Term::Larger(_)
                | Term::Smaller(_)
        );
        continuous && self.finite(term) && tree::children(term).into_iter().all(|t| self.tame(t))
    }

    /// Is f'(u), for u ≥ 0, known to be a real slope of f at u? It is for u > 0; at 0
    /// where f is closed and the text calls a function bounded that it defines as f'(u).
    pub(super) fn slope_exists(&self, slope: &Term) -> bool {
        let Term::Generator { name, part: crate::term::Part::Derivative, argument: u } = slope else {
            return false;
        };
        if !self.finite(u) {
            return false;
        }
        self.positive(u) || self.nonnegative(u) && self.closed(name) && self.declared_bounded(slope)
    }

    /// Is the term what a function stands for that the text calls bounded?
    pub(super) fn declared_bounded(&self, term: &Term) -> bool {
        let wanted = self.names.canonical(term);
        let here = tree::free(term).variables;
        self.context.functions.iter().any(|f| {
            let Some((points, body)) = &f.definition else { return false };
            let mut by = tree::Renaming::new();
            for point in points {
                let mut same = here.iter().filter(|v| v.space == point.space);
                let (Some(found), None) = (same.next(), same.next()) else { return false };
                by.insert(point.clone(), found.clone());
            }
            tree::moved(body, &by).is_some_and(|body| self.names.canonical(&body) == wanted)
                && self.has(&f.name, Property::Bounded)
        })
    }

    /// Is t in dom f*?
    pub(super) fn in_conjugate_domain(&self, t: &Term, f: &Name) -> bool {
        if self.assumed_in(t, &Range::ConjugateDomain(f.clone())) {
            return true;
        }
        if self.range_of(t) == Some(Range::ConjugateDomain(f.clone())) {
            return self.note(format!("{} lies in dom {f}*", show::term(self.names, t)));
        }
        let subgradient = self.context.assumptions.iter().find(
            |a| matches!(a, Assumption::Subgradient { slope, generator, .. } if slope == t && generator == f),
        );
        if let Some(a) = subgradient {
            return self.note(show::assumption(a));
        }
        // A slope of f where it is finite: f*(f'(u)) = u f'(u) − f(u).
        matches!(t, Term::Generator { name, .. } if name == f)
            && self.slope_exists(t)
            && self.note(format!("a slope of {f} lies in dom {f}*"))
    }

    /// Does a law, function or generator have a property, as the text assumes?
    pub(super) fn has(&self, name: &Name, property: Property) -> bool {
        self.context.assumptions.iter().any(|a| {
            matches!(a, Assumption::Has(n, p) if n == name && *p == property)
                && self.note(show::assumption(a))
        })
    }

    /// f closed: assumed, or given by a formula (whose value at 0 is the limit).
    pub(super) fn closed(&self, f: &Name) -> bool {
        self.has(f, Property::Closed)
            || matches!(
                self.generator(f),
                Some(Generator { kind: GeneratorKind::Formula(..) | GeneratorKind::Catalogue(_), .. })
            ) && self.note(format!("{f} is given by a formula, continued to 0 by its limit"))
    }

    /// f(1) = 0: assumed, or by the formula.
    pub(super) fn normalised(&self, f: &Name) -> bool {
        self.has(f, Property::Normalised)
            || super::definitions::unfold_generator(self, f, &arith::number(1))
                .is_some_and(|value| arith::normal(self, &value) == arith::number(0))
                && self.note(format!("{f}(1) = 0 by its formula"))
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

    /// Is the law's mass 0 wherever the other's is?
    pub(super) fn dominated(&self, p: &LawAt, q: &LawAt) -> bool {
        let mut free = self.clone();
        free.shadow(&q.of);
        free.dominated_everywhere(p, q)
    }

    fn dominated_everywhere(&self, p: &LawAt, q: &LawAt) -> bool {
        if p == q || self.positive_density(q) {
            return true;
        }
        let assumed = self.known.continuous.iter().any(|(small, large, text)| {
            matching(small, p).is_some_and(|by| tree::rename_law(large, &by) == *q) && self.note(text.clone())
        });
        // If the small one's being positive makes the large one positive, that is it.
        assumed || {
            let mut facts = self.clone();
            facts.positive.push(p.clone());
            facts.positive_density(q)
        }
    }

    /// Is the density positive here?
    pub(super) fn positive_density(&self, law: &LawAt) -> bool {
        self.deeper(false, || self.positive_from(law, 3))
    }

    fn positive_from(&self, law: &LawAt, steps: u32) -> bool {
        let mut known: Vec<LawAt> = self
            .positive
            .iter()
            .filter(|l| l.law == law.law && l.parameters == law.parameters)
            .cloned()
            .collect();
        // p(A|B) > 0 and p(B|C) > 0 make p(A,B|C) > 0.
        for _ in 0..2 {
            for i in 0..known.len() {
                for j in 0..known.len() {
                    if let Some(joined) = join(&known[i], &known[j])
                        && !known.contains(&joined)
                        && known.len() < 24
                    {
                        known.push(joined);
                    }
                }
            }
        }
        if known.iter().any(|k| gives(k, law)) {
            return self.note(format!("{} is positive on the support", show::law(law)));
        }
        let assumed = Term::Density(law.clone());
        if self
            .known
            .signs
            .iter()
            .any(|(t, strict, text)| *strict && *t == assumed && self.note(text.clone()))
        {
            return true;
        }
        if steps == 0 {
            return false;
        }
        // p ≪ q and p > 0 make q > 0; q may be any part of the larger law.
        for (small, large, text) in &self.known.continuous {
            if large.law != law.law {
                continue;
            }
            if let Some(by) = matching(large, law)
                && self.positive_from(&tree::rename_law(small, &by), steps - 1)
            {
                return self.note(text.clone());
            }
        }
        // The joint from its parts.
        if law.of.len() > 1 && law.of.len() < 5 {
            for at in 0..law.of.len() {
                let mut rest = law.clone();
                let one = rest.of.remove(at);
                let head = LawAt { of: vec![one.clone()], ..law.clone() };
                let mut tail = rest;
                tail.given.push(one);
                tail.given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
                if self.positive_from(&head, steps - 1) && self.positive_from(&tail, steps - 1) {
                    return true;
                }
            }
        }
        self.law(&law.law)
            .and_then(|declared| super::definitions::unfold_law(declared, law))
            .is_some_and(|body| self.positive(&body))
    }
}

fn is_number(term: &Term) -> bool {
    matches!(term, Term::Number(_))
}

fn range_atoms(term: &Term, into: &mut Vec<Term>) {
    if matches!(term, Term::Parameter(_) | Term::Function { .. }) {
        into.push(term.clone());
    } else {
        tree::children(term).into_iter().for_each(|t| range_atoms(t, into));
    }
}

/// p(A|B)·p(B|C) = p(A,B|C), if the conditions fit.
pub(super) fn join(outer: &LawAt, inner: &LawAt) -> Option<LawAt> {
    if outer.law != inner.law || outer.parameters != inner.parameters {
        return None;
    }
    let covers = outer.given.iter().all(|v| inner.of.contains(v) || inner.given.contains(v))
        && inner.of.iter().all(|v| outer.given.contains(v))
        && inner.given.iter().all(|v| outer.given.contains(v))
        && outer.of.iter().all(|v| !inner.of.contains(v) && !inner.given.contains(v));
    covers.then(|| {
        let mut of: Vec<Variable> = outer.of.iter().chain(&inner.of).cloned().collect();
        of.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        LawAt { of, given: inner.given.clone(), ..outer.clone() }
    })
}

/// Does one density's being positive make another's of the same law positive?
/// p(A|B) > 0 gives p(C|B,D) > 0 for disjoint parts C, D of A.
fn gives(known: &LawAt, wanted: &LawAt) -> bool {
    wanted.of.iter().all(|v| known.of.contains(v))
        && known.given.iter().all(|v| wanted.given.contains(v))
        && wanted.given.iter().all(|v| known.given.contains(v) || known.of.contains(v))
}

/// The renaming that makes the pattern the law, variables matched by their spaces.
pub(super) fn matching(pattern: &LawAt, law: &LawAt) -> Option<tree::Renaming> {
    if pattern.law != law.law
        || pattern.of.len() != law.of.len()
        || pattern.given.len() != law.given.len()
        || pattern.parameters != law.parameters
    {
        return None;
    }
    let mut renaming = tree::Renaming::new();
    for (theirs, ours) in [(&pattern.of, &law.of), (&pattern.given, &law.given)] {
        for v in theirs {
            let mut same = ours.iter().filter(|w| w.space == v.space);
            let found = same.next()?;
            if same.next().is_some() {
                return None;
            }
            renaming.insert(v.clone(), found.clone());
        }
    }
    let tidy = |l: &LawAt| {
        let mut l = l.clone();
        l.of.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        l.given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        l
    };
    (tidy(&tree::rename_law(pattern, &renaming)) == tidy(law)).then_some(renaming)
}
