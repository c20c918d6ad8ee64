//! Answers that were found before. A question about a term depends on it and on what is
//! known at its place; the same are asked again and again along a proof.

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

    /// The answer that was found: the facts behind a yes, or nothing for a no.
    pub(super) fn answer(&self, what: Question, term: &Term) -> Option<Option<Vec<String>>> {
        self.answers.borrow()[what as usize].get(term).cloned()
    }

    /// Keeps an answer.
    pub(super) fn keep_answer(&self, what: Question, term: &Term, facts: Option<Vec<String>>) {
        let known = &mut self.answers.borrow_mut()[what as usize];
        if known.len() < MANY {
            known.insert(term.clone(), facts);
        }
    }

    /// The normal form that was found.
    pub(super) fn normal(&self, term: &Term) -> Option<Term> {
        self.normals.borrow().get(term).cloned()
    }

    /// Keeps a normal form.
    pub(super) fn keep_normal(&self, term: &Term, normal: Term) {
        let mut known = self.normals.borrow_mut();
        if known.len() < MANY {
            known.insert(term.clone(), normal);
        }
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

impl Memo {
    /// The answers at a place.
    pub(super) fn at(&self, positive: &[LawAt], ranges: &[(Name, Range)], suprema: &[Name]) -> Rc<Cache> {
        let last = Rc::clone(&self.last.borrow());
        if last.place.0 == positive && last.place.1 == ranges && last.place.2 == suprema {
            return last;
        }
        let place = (positive.to_vec(), ranges.to_vec(), suprema.to_vec());
        let mut all = self.all.borrow_mut();
        let here = all.entry(place.clone()).or_insert_with(|| Rc::new(Cache::at(place)));
        *self.last.borrow_mut() = Rc::clone(here);
        Rc::clone(here)
    }
}
