//! Answers that were found before. A question about a term depends on it and on what is
//! known at its place; the same are asked again and again along a proof.

use super::facts::Facts;
use crate::term::{LawAt, Name, Range, Term};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What may be asked of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Defined,
    Finite,
    Below,
    Above,
    Nonnegative,
    Nonpositive,
    Positive,
    Negative,
    Nonzero,
}

const QUESTIONS: usize = 9;
/// So many answers are kept for one place.
const MANY: usize = 20_000;

/// What is known at a place besides the assumptions.
type Place = (Vec<LawAt>, Vec<(Name, Range)>, Vec<Name>);

/// The answers at a place: the facts behind a yes, or nothing for a no.
pub(super) struct Cache {
    place: Place,
    answers: RefCell<[HashMap<Term, Option<Vec<String>>>; QUESTIONS]>,
    normals: RefCell<HashMap<Term, Term>>,
}

impl Cache {
    fn at(place: Place) -> Self {
        Self { place, answers: RefCell::default(), normals: RefCell::default() }
    }
}

/// The answers at all places, and those at the last one asked of.
#[derive(Clone)]
pub(super) struct Memo {
    all: Rc<RefCell<HashMap<Place, Rc<Cache>>>>,
    last: RefCell<Rc<Cache>>,
}

impl Default for Memo {
    fn default() -> Self {
        let nowhere = Rc::new(Cache::at((vec![], vec![], vec![])));
        Self { all: Rc::default(), last: RefCell::new(nowhere) }
    }
}

impl Facts<'_> {
    fn cache(&self) -> Rc<Cache> {
        let last = Rc::clone(&self.memo.last.borrow());
        let (positive, ranges, suprema) = &last.place;
        if *positive == self.positive && *ranges == self.ranges && *suprema == self.suprema {
            return last;
        }
        let place = (self.positive.clone(), self.ranges.clone(), self.suprema.clone());
        let mut all = self.memo.all.borrow_mut();
        let here = all.entry(place.clone()).or_insert_with(|| Rc::new(Cache::at(place)));
        *self.memo.last.borrow_mut() = Rc::clone(here);
        Rc::clone(here)
    }

    /// Answers a question, from memory if it was answered before.
    pub(super) fn asked(&self, what: Question, term: &Term, answer: impl FnOnce() -> bool) -> bool {
        let cache = self.cache();
        if let Some(known) = cache.answers.borrow()[what as usize].get(term) {
            return known.as_ref().is_some_and(|facts| facts.iter().all(|fact| self.note(fact.clone())));
        }
        let (yes, facts, complete) = self.watched(|| self.deeper(false, answer));
        if (yes || complete) && cache.answers.borrow()[what as usize].len() < MANY {
            cache.answers.borrow_mut()[what as usize].insert(term.clone(), yes.then_some(facts));
        }
        yes
    }

    /// A normal form, from memory if it was found before.
    pub(super) fn remembered(&self, term: &Term, normal: impl FnOnce() -> Term) -> Term {
        let cache = self.cache();
        if let Some(known) = cache.normals.borrow().get(term) {
            return known.clone();
        }
        let (found, _, complete) = self.watched(|| self.deeper(term.clone(), normal));
        if complete && cache.normals.borrow().len() < MANY {
            cache.normals.borrow_mut().insert(term.clone(), found.clone());
        }
        found
    }
}
