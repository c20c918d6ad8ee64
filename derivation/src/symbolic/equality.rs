//! Equality by given rules: the search looks for a way from one line to the other, the
//! kernel replays it.

use super::facts::Facts;
use super::kernel::{self, Refusal, Way};
use super::limits::Limits;
use super::rule::Cited;
use super::search::{Outcome, Stop, connect};
use super::{fraction, normal, tree};
use crate::report::Step;
use crate::term::Term;
use std::cell::RefCell;
use std::collections::HashSet;
use std::time::Instant;

/// Why an attempt failed.
pub(super) enum Failure {
    /// The search found no way; did it try everything?
    NoWay { exhausted: bool },
    /// The kernel refused.
    Refused(Refusal),
}

/// A proof and the rules that it used.
pub(super) struct Success {
    pub(super) steps: Vec<Step>,
    pub(super) used: Vec<&'static str>,
    /// The lines on the way.
    pub(super) through: Vec<Term>,
}

/// Which rewrites a search may use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caution {
    /// All, also those whose conditions nothing discharges: to see what is missing.
    Lenient,
    /// Those whose conditions are discharged.
    Usual,
    /// Of those the ones that lead to nothing without a value.
    Defined,
}

/// Searches a way by these rules and arithmetic.
fn search_way(
    facts: &Facts,
    cited: &[Cited],
    left: &Term,
    right: &Term,
    caution: Caution,
    limits: &Limits,
) -> Outcome {
    let known: RefCell<Option<(usize, Facts)>> = RefCell::new(None);
    // Fractions are compared with those of the two lines, which say where to go.
    let mut goals = vec![];
    for line in [left, right] {
        fractions(line, &mut goals);
    }
    let goals: Vec<(Term, Option<u64>)> =
        goals.into_iter().map(|goal| (goal.clone(), fraction::fingerprint(&goal))).collect();
    let moves = |term: &Term| -> Vec<(usize, Term)> {
        let binders = facts.names.binders().len();
        let mut known = known.borrow_mut();
        if known.as_ref().is_none_or(|(n, _)| *n != binders) {
            *known = Some((binders, facts.everywhere()));
        }
        let Some((_, everywhere)) = known.as_ref() else { return vec![] };
        let mut found = vec![(cited.len(), facts.names.canonical(&normal::form(everywhere, term)))];
        if fraction::arithmetic(term) {
            let print = fraction::fingerprint(term);
            let same = |(goal, other): &&(Term, Option<u64>)| {
                print == *other && goal != term && fraction::equal(everywhere, term, goal)
            };
            found.extend(goals.iter().filter(same).map(|(goal, _)| (cited.len(), goal.clone())));
        }
        for (i, one) in cited.iter().enumerate() {
            for rewrite in one.rewrites(everywhere, term) {
                let taken = match caution {
                    Caution::Lenient => true,
                    Caution::Usual => rewrite.missing().is_none(),
                    Caution::Defined => {
                        rewrite.missing().is_none()
                            && (rewrite.keeps() || everywhere.defined(&rewrite.to))
                            && (rewrite.reflects() || everywhere.defined(term))
                    }
                };
                if taken {
                    found.push((i, facts.names.canonical(&rewrite.to)));
                }
            }
        }
        found
    };
    let left_over = facts.until.saturating_duration_since(Instant::now());
    if left_over.is_zero() {
        return Outcome::Limit;
    }
    connect(left, right, &moves, &Limits { time: limits.time.min(left_over), ..*limits })
}

/// The arithmetic in a line, outermost first.
fn fractions(term: &Term, into: &mut Vec<Term>) {
    const MANY: usize = 24;
    let plain = fraction::arithmetic(term) || matches!(term, Term::Number(_));
    if plain && into.len() < MANY && !into.contains(term) {
        into.push(term.clone());
    }
    tree::children(term).into_iter().for_each(|t| fractions(t, into));
}

/// Searches and replays. `given`: the left term is known to be defined.
pub(super) fn equality(
    facts: &Facts,
    cited: &[Cited],
    left: &Term,
    right: &Term,
    given: bool,
    lenient: bool,
    limits: &Limits,
) -> Result<Success, Failure> {
    // Arithmetic alone needs no search, however long the lines are.
    let plain = || normal::form(facts, left) == normal::form(facts, &facts.names.canonical(right));
    if left != right && plain() {
        let stops = [Stop { term: right.clone(), rule: cited.len() }];
        if let Ok(Way { steps }) = kernel::replay(facts, cited, left, &stops, given) {
            return Ok(Success { steps, used: vec!["algebra"], through: vec![right.clone()] });
        }
    }
    let attempt = |caution: Caution, limits: &Limits| {
        let stops: Vec<Stop> = match search_way(facts, cited, left, right, caution, limits) {
            Outcome::Found(stops) => stops,
            Outcome::Exhausted => return Err(Failure::NoWay { exhausted: true }),
            Outcome::Limit => return Err(Failure::NoWay { exhausted: false }),
        };
        let used = stops.iter().map(|s| cited.get(s.rule).map_or("algebra", |c| c.rule.name)).collect();
        let Way { steps } = kernel::replay(facts, cited, left, &stops, given).map_err(Failure::Refused)?;
        Ok(Success { steps, used, through: stops.into_iter().map(|stop| stop.term).collect() })
    };
    if lenient {
        return attempt(Caution::Lenient, limits);
    }
    match attempt(Caution::Usual, limits) {
        // The shortest way may lead through a line without a value, and another round it.
        Err(Failure::Refused(refusal)) if !limits.deep => {
            let wider = Limits { rounds: 12, nodes: 5 * limits.nodes, deep: true, ..*limits };
            attempt(Caution::Defined, &wider).map_err(|_| Failure::Refused(refusal))
        }
        Err(Failure::NoWay { exhausted: true }) if !limits.deep => {
            attempt(Caution::Usual, &Limits { deep: true, ..*limits })
        }
        other => other,
    }
}

/// Does the search alone join the two, whether or not the kernel agrees?
pub(super) fn joined(facts: &Facts, cited: &[Cited], left: &Term, right: &Term, limits: &Limits) -> bool {
    matches!(search_way(facts, cited, left, right, Caution::Lenient, limits), Outcome::Found(_))
}

/// As [`joined`], by rewrites whose conditions are discharged.
pub(super) fn led(facts: &Facts, cited: &[Cited], left: &Term, right: &Term, limits: &Limits) -> bool {
    matches!(search_way(facts, cited, left, right, Caution::Usual, limits), Outcome::Found(_))
}

/// The term and what the cited rules make of it within two steps.
pub(super) fn reachable(facts: &Facts, cited: &[Cited], term: &Term) -> Vec<Term> {
    const MANY: usize = 40;
    let mut found = vec![term.clone(), facts.names.canonical(&normal::form(facts, term))];
    let mut seen: HashSet<Term> = found.iter().cloned().collect();
    let mut from = 0;
    for _ in 0..2 {
        let until = found.len();
        for at in from..until {
            if found.len() >= MANY || Instant::now() > facts.until {
                break;
            }
            for next in everywhere_in(facts, cited, &found[at].clone()) {
                let next = facts.names.canonical(&next);
                if found.len() < MANY && seen.insert(next.clone()) {
                    found.push(next);
                }
            }
        }
        from = until;
    }
    found.dedup();
    found
}

/// Each rule applied at each place.
fn everywhere_in(facts: &Facts, cited: &[Cited], term: &Term) -> Vec<Term> {
    let here =
        cited.iter().flat_map(|c| c.rewrites(facts, term)).filter(|r| r.missing().is_none()).map(|r| r.to);
    let mut found: Vec<Term> = here.collect();
    let children = tree::children(term);
    for (i, child) in children.iter().enumerate() {
        for new in everywhere_in(&facts.within(term, i), cited, child) {
            let mut list: Vec<Term> = children.iter().map(|t| (*t).clone()).collect();
            list[i] = new;
            found.push(tree::with_children(term, list));
        }
    }
    found
}
