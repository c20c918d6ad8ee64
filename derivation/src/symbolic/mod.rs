//! The symbolic certificate: a proof of a link from the rules that it cites.
//!
//! An untrusted search (`search`) looks for a way from one line to the next by the
//! cited rules and arithmetic; a small kernel (`kernel`) replays it on terms, step by
//! step, and discharges every side condition from positive facts (`facts`, `sign`).
//! Inequalities are instances of a cited lemma at a monotone place (`lemmas`). It
//! shares no evaluation with the numeric certificate.
//!
//! A proof says: in every model of the assumptions both lines are defined and stand in
//! the relation.

mod absolute;
mod advice;
mod alpha;
mod arith;
mod assumed;
mod bounded;
mod calculus;
mod catalogue;
mod change;
mod cite;
mod defined;
mod definitions;
mod diagnose;
mod divergences;
mod examples;
mod extrema;
mod factoring;
mod facts;
mod falsehoods;
mod fenchel;
mod finite;
mod fraction;
mod gradients;
mod hidden;
mod identities;
mod kernel;
mod kinks;
mod lemmas;
mod logs;
mod means;
mod measure;
mod membership;
mod memo;
mod mixture;
mod polynomial;
mod positivity;
mod rewrite;
mod rules;
mod search;
mod show;
mod sign;
mod tree;

pub use cite::{UnknownRule, find_rule};
pub use diagnose::{looks_like, unbound};
pub use examples::example;
pub use falsehoods::FalseRule;
pub use rules::Rule;

use crate::chain::{Link, Relation};
use crate::context::Context;
use crate::report::{Missing, Step, Symbolic};
use crate::term::{Over, Term, Variable};
use alpha::Names;
use facts::Facts;
use kernel::{Cited, Refusal, Side, Way};
use search::{Outcome, Saturation, Search, Stop};
use std::cell::RefCell;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// What a proof may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rounds of the search.
    pub rounds: usize,
    /// Nodes of the search's graph.
    pub nodes: usize,
    /// Terms tried of one class a round.
    pub variants: usize,
    /// Nodes of one term.
    pub size: usize,
    /// Are the terms of a class looked at one level deeper?
    pub deep: bool,
    /// Time of one search.
    pub time: Duration,
    /// Time of all searches for one link.
    pub total: Duration,
    /// Is it looked for what would help: other rules, an assumption, a known mistake?
    pub hints: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rounds: 8,
            nodes: 6_000,
            variants: 24,
            size: 160,
            deep: false,
            // Only a safety net: rounds and nodes end a search, so that a verdict does
            // not depend on how busy the machine is.
            time: Duration::from_secs(5),
            total: Duration::from_secs(20),
            hints: true,
        }
    }
}

/// What came of a search for a proof.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    /// The kernel has replayed a proof.
    Found(Symbolic),
    /// There is none; what is missing.
    Missing(Missing),
}

/// Every rule and lemma, in the order of the reference.
pub fn rules() -> &'static [Rule] {
    &rules::RULES
}

/// The rules that give inequalities.
pub fn lemmas() -> impl Iterator<Item = &'static Rule> {
    rules().iter().filter(|rule| rule.is_lemma())
}

/// The known false rules.
pub fn false_rules() -> &'static [FalseRule] {
    falsehoods::FALSE_RULES
}

/// Proves a link from the line before it (`left`) with the rules that it cites.
pub fn prove(context: &Context, left: &Term, link: &Link, limits: &Limits) -> Proof {
    let names = Names::default();
    let task = Task::new(context, &names, left, link, *limits);
    diagnose::run(&task)
}

/// A link to be proved, with canonical names.
struct Task<'a> {
    facts: Facts<'a>,
    names: &'a Names,
    left: Term,
    right: Term,
    relation: Relation,
    /// The function's own variables where `attained at` names one.
    points: Vec<Variable>,
    attained: Option<crate::chain::Witness>,
    cited: Vec<Cited>,
    limits: Limits,
    /// As the text has it.
    written: (&'a Term, &'a Link),
}

/// Why an attempt failed.
enum Failure {
    /// The search found no way; did it try everything?
    NoWay { exhausted: bool },
    /// The kernel refused.
    Refused(Refusal),
}

/// A proof and the rules that it used.
struct Success {
    steps: Vec<Step>,
    used: Vec<&'static str>,
    /// The lines on the way.
    through: Vec<Term>,
}

impl<'a> Task<'a> {
    fn new(context: &'a Context, names: &'a Names, left: &'a Term, link: &'a Link, limits: Limits) -> Self {
        let mut facts = Facts::new(context, names);
        facts.until = Instant::now() + limits.total;
        let points = match (left, &link.attained) {
            (Term::Extremum { over: Over::Function { of, .. }, .. }, Some(_)) => of.clone(),
            _ => vec![],
        };
        let canonical_left = names.canonical(left);
        let right = names.canonical(&link.term);
        let attained = link.attained.as_ref().map(|w| cite::canonical_witness(context, names, w));
        let cited = link
            .by
            .iter()
            .filter_map(|citation| {
                let rule = find_rule(&citation.rule).ok()?;
                let witness = citation.witness.as_ref().map(|w| cite::canonical_witness(context, names, w));
                Some(Cited { rule, witness })
            })
            .collect();
        Self {
            facts,
            names,
            left: canonical_left,
            right,
            relation: link.relation,
            points,
            attained,
            cited,
            limits,
            written: (left, link),
        }
    }

    /// Tries to prove the link with these rules. A lenient search uses rules whose
    /// conditions nothing discharges; the kernel then says which.
    fn attempt(&self, cited: &[Cited], lenient: bool) -> Result<Success, Failure> {
        if let Some(witness) = &self.attained {
            return self.attain(cited, witness);
        }
        let equal = equality(&self.facts, cited, &self.left, &self.right, false, lenient, &self.limits);
        match (self.relation, equal) {
            (_, Ok(success)) => Ok(success),
            (Relation::Equal, Err(failure)) => Err(failure),
            (relation, Err(failure)) => {
                let side = if relation == Relation::AtLeast { Side::AtLeast } else { Side::AtMost };
                match self.inequality(cited, &self.left, side, lenient, 1) {
                    Err(Failure::NoWay { .. }) => Err(failure),
                    other => other,
                }
            }
        }
    }

    /// Proves `attained at`: the objective at the witness is the extremum.
    fn attain(&self, cited: &[Cited], witness: &crate::chain::Witness) -> Result<Success, Failure> {
        let no_way = Failure::NoWay { exhausted: true };
        let found = match &self.left {
            Term::Extremum { over: Over::Number { .. }, .. } => {
                extrema::stationary(&self.facts, &self.left, witness)
            }
            Term::Extremum { over: Over::Function { .. }, .. } => {
                extrema::stationary_function(&self.facts, &self.left, &self.points, witness)
            }
            _ => vec![],
        };
        let Some(rewrite) = found.into_iter().next() else { return Err(no_way) };
        if let Some(missing) = rewrite.missing() {
            return Err(Failure::Refused(Refusal::Condition {
                rule: "stationary",
                condition: Box::new(missing.clone()),
            }));
        }
        let at = self.names.canonical(&rewrite.to);
        let mut used = vec!["stationary"];
        let mut steps = vec![kernel::lemma_step(&self.facts, "stationary", &at, &rewrite.both)];
        let rest = equality(&self.facts, cited, &at, &self.right, true, false, &self.limits)?;
        steps.extend(rest.steps);
        used.extend(rest.used);
        Ok(Success { steps, used, through: rest.through })
    }

    /// Proves an inequality: equal lines, an instance of a lemma, equal lines.
    fn inequality(
        &self,
        cited: &[Cited],
        left: &Term,
        side: Side,
        lenient: bool,
        depth: u32,
    ) -> Result<Success, Failure> {
        let lemmas: Vec<&Cited> = cited.iter().filter(|c| c.rule.is_lemma()).collect();
        let mut failure = Failure::NoWay { exhausted: true };
        let before = reachable(&self.facts, cited, left);
        let after = reachable(&self.facts, cited, &self.right);
        let mut tried = vec![];
        for lemma in &lemmas {
            for term in &before {
                for bound in kernel::bounds(&self.facts, lemma, term, side) {
                    tried.push((*lemma, true, term.clone(), bound));
                }
            }
            for term in &after {
                for bound in kernel::bounds(&self.facts, lemma, term, side.flipped()) {
                    tried.push((*lemma, false, term.clone(), bound));
                }
            }
        }
        // The likeliest first, and of long lines fewer, for each is compared with a line.
        let length = |forwards: bool| tree::size(if forwards { &self.right } else { left });
        tried.sort_by_key(|(_, forwards, _, bound)| length(*forwards).abs_diff(tree::size(&bound.to)));
        tried.truncate(if length(true).max(length(false)) > self.limits.size { 12 } else { 64 });
        for (lemma, forwards, term, bound) in &tried {
            if let Some(missing) = bound.conditions.iter().find(|c| c.by.is_none()) {
                if !lenient {
                    continue;
                }
                let goal = if *forwards { &self.right } else { left };
                if self.joins(cited, &bound.to, goal) {
                    failure = Failure::Refused(Refusal::Condition {
                        rule: lemma.rule.name,
                        condition: Box::new(missing.clone()),
                    });
                }
                continue;
            }
            let to = self.names.canonical(&bound.to);
            let step = kernel::lemma_step(
                &self.facts,
                lemma.rule.name,
                if *forwards { &to } else { term },
                &bound.conditions,
            );
            let (from, through, goal) =
                if *forwards { (left, term, &self.right) } else { (&self.right, term, left) };
            // The end on the lemma's side, the bound, the other end.
            let Ok(first) = equality(&self.facts, cited, from, through, false, lenient, &self.limits) else {
                if lenient {
                    continue;
                }
                let defined = from == through;
                if !defined {
                    continue;
                }
                failure = Failure::Refused(Refusal::Undefined { term: Box::new(from.clone()) });
                continue;
            };
            let given = self.facts.defined(&to) || kernel::part_of(&self.facts, through, &to);
            let second = equality(&self.facts, cited, &to, goal, given, lenient, &self.limits);
            let second = match second {
                Ok(second) => second,
                Err(Failure::NoWay { .. }) if *forwards && depth > 0 && given => {
                    let others: Vec<Cited> =
                        cited.iter().filter(|c| c.rule.name != lemma.rule.name).cloned().collect();
                    match self.inequality(&others, &to, side, lenient, depth - 1) {
                        Ok(second) => second,
                        Err(_) => continue,
                    }
                }
                Err(Failure::NoWay { .. }) => continue,
                Err(refused) => {
                    failure = refused;
                    continue;
                }
            };
            let mut used = vec![lemma.rule.name];
            used.extend(first.used.iter().chain(&second.used));
            let steps = if *forwards {
                first.steps.into_iter().chain([step]).chain(second.steps).collect()
            } else {
                second.steps.into_iter().chain([step]).chain(first.steps).collect()
            };
            let through = first.through.into_iter().chain([to.clone()]).chain(second.through).collect();
            return Ok(Success { steps, used, through });
        }
        Err(failure)
    }

    /// Are the two equal by the search alone, whether or not the kernel agrees?
    fn joins(&self, cited: &[Cited], a: &Term, b: &Term) -> bool {
        let a = self.names.canonical(a);
        matches!(search_way(&self.facts, cited, &a, b, Caution::Lenient, &self.limits), Outcome::Found(_))
    }
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
        let mut found = vec![(cited.len(), facts.names.canonical(&arith::normal(everywhere, term)))];
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
    Saturation.connect(left, right, &moves, &Limits { time: limits.time.min(left_over), ..*limits })
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
fn equality(
    facts: &Facts,
    cited: &[Cited],
    left: &Term,
    right: &Term,
    given: bool,
    lenient: bool,
    limits: &Limits,
) -> Result<Success, Failure> {
    // Arithmetic alone needs no search, however long the lines are.
    let plain = || arith::normal(facts, left) == arith::normal(facts, &facts.names.canonical(right));
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

/// The term and what the cited rules make of it within two steps.
fn reachable(facts: &Facts, cited: &[Cited], term: &Term) -> Vec<Term> {
    const MANY: usize = 40;
    let mut found = vec![term.clone(), facts.names.canonical(&arith::normal(facts, term))];
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

/// Rules by which a derivative is shown to vanish.
const VANISHING: &[&str] =
    &["log-exp", "exp-add", "linearity", "constant", "importance", "marginal", "log-ratio"];

/// Is the term 0? Asked of derivatives at stationary points.
fn zero(facts: &Facts, term: &Term) -> bool {
    let term = facts.names.canonical(&logs::tidy(facts, term));
    let spread = logs::tidy(facts, &logs::spread_all(facts, &term));
    let zero = arith::number(0);
    if term == zero || [&term, &spread].into_iter().any(|t| *t == zero || fraction::equal(facts, t, &zero)) {
        return true;
    }
    let plain = VANISHING.iter().filter_map(|name| find_rule(name).ok());
    let slope = std::iter::once(&rules::SLOPE);
    let cited: Vec<Cited> = plain.chain(slope).map(|rule| Cited { rule, witness: None }).collect();
    let limits = Limits { rounds: 6, ..Limits::default() };
    equality(facts, &cited, &term, &arith::number(0), false, false, &limits).is_ok()
}
