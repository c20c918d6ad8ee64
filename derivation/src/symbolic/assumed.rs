//! What the text assumes, made ready to be looked up, and looked up.

use super::facts::{Facts, Known};
use super::{arith, logs, normal, rename, show, tree};
use crate::context::{Assumption, Comparison};
use crate::term::{End, Range, Term, Variable};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// So many ways are tried to put points for the free ones of an assumption.
const MOST_CASES: usize = 8;

impl Facts<'_> {
    pub(super) fn read_assumptions(&self) -> Known {
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
    pub(super) fn upright_shape(&self, term: &Term) -> (Term, bool) {
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
                let opposite = normal::form(self, &arith::negative(rest.clone()));
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
        normal::form(self, &self.names.canonical(&spread))
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
        let mut cases = vec![rename::Renaming::new()];
        for point in free {
            let values: Vec<&Variable> = here.iter().filter(|v| v.space == point.space).collect();
            if values.is_empty() || cases.len() * values.len() > MOST_CASES {
                return false;
            }
            let with = |case: &rename::Renaming, value: &Variable| {
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
            let moved = rename::points(known, case);
            normal::form(self, &self.names.canonical(&moved)) == *term
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
                    let known = normal::form(self, &arith::sum(vec![big, arith::negative(small)]));
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
        let left = normal::form(self, &arith::sum(vec![term.clone(), taken]));
        (apart(&left).len() < own.len()).then_some(left)
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
