//! An attempt to prove a link with given rules: the two lines equal, or equal but for a
//! lemma, or the objective of an extremum at its witness.

use super::alpha::Names;
use super::equality::{Failure, Success, equality, joined, led, reachable};
use super::facts::Facts;
use super::kernel::{self, Refusal};
use super::limits::Limits;
use super::rewrite::Side;
use super::rule::Cited;
use super::{cite, stationary, tree};
use crate::chain::{Link, Relation, Witness};
use crate::context::Context;
use crate::term::{Over, Term, Variable};
use std::time::Instant;

/// A link to be proved, with canonical names.
pub(super) struct Task<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) names: &'a Names,
    pub(super) left: Term,
    pub(super) right: Term,
    pub(super) relation: Relation,
    /// The function's own variables where `attained at` names one.
    pub(super) points: Vec<Variable>,
    pub(super) attained: Option<Witness>,
    pub(super) cited: Vec<Cited>,
    pub(super) limits: Limits,
    /// As the text has it.
    pub(super) written: (&'a Term, &'a Link),
}

impl<'a> Task<'a> {
    pub(super) fn new(
        context: &'a Context,
        names: &'a Names,
        left: &'a Term,
        link: &'a Link,
        limits: Limits,
    ) -> Self {
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
                let rule = cite::find_rule(&citation.rule).ok()?;
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
    pub(super) fn attempt(&self, cited: &[Cited], lenient: bool) -> Result<Success, Failure> {
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
    fn attain(&self, cited: &[Cited], witness: &Witness) -> Result<Success, Failure> {
        let no_way = Failure::NoWay { exhausted: true };
        let found = match &self.left {
            Term::Extremum { over: Over::Number { .. }, .. } => {
                stationary::stationary(&self.facts, &self.left, witness)
            }
            Term::Extremum { over: Over::Function { .. }, .. } => {
                stationary::stationary_function(&self.facts, &self.left, &self.points, witness)
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
    pub(super) fn joins(&self, cited: &[Cited], a: &Term, b: &Term) -> bool {
        let a = self.names.canonical(a);
        joined(&self.facts, cited, &a, b, &self.limits)
    }

    /// As [`Self::joins`], by rewrites whose conditions are discharged.
    pub(super) fn leads(&self, cited: &[Cited], a: &Term, b: &Term) -> bool {
        let a = self.names.canonical(a);
        led(&self.facts, cited, &a, b, &self.limits)
    }
}
