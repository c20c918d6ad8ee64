//! The kernel: the only part that is trusted. It checks a way from one line to the next
//! step by step, by its own rules on terms, and discharges each condition from the facts
//! at the step's place.
//!
//! A step may lose or gain definedness in one direction; the whole way counts only if
//! some line on it is proved defined in every model and definedness flows from there to
//! both ends.

mod bounds;

pub(super) use bounds::{bounds, part_of};

use super::facts::Facts;
use super::rewrite::Condition;
use super::rule::Cited;
use super::search::Stop;
use super::{fraction, normal, tree};
use crate::report::Step;
use crate::term::Term;

/// Why the kernel refuses.
pub(super) enum Refusal {
    /// A condition that no fact discharges.
    Condition {
        /// The rule.
        rule: &'static str,
        /// The condition; boxed like the term below.
        condition: Box<Condition>,
    },
    /// Nothing shows that this term has a value in every model.
    Undefined {
        /// The term; boxed, because a refusal is passed up through many calls.
        term: Box<Term>,
    },
    /// The step is no application of its rule.
    NoSuchStep,
}

/// A checked step: where definedness flows.
struct Checked {
    step: Step,
    keeps: bool,
    reflects: bool,
    forward: Vec<Condition>,
    backward: Vec<Condition>,
}

/// A checked way.
pub(super) struct Way {
    /// Its steps.
    pub(super) steps: Vec<Step>,
}

/// Checks a way from a term through the stops. `given` says that the first term is
/// known to be defined already.
pub(super) fn replay(
    facts: &Facts,
    rules: &[Cited],
    from: &Term,
    stops: &[Stop],
    given: bool,
) -> Result<Way, Refusal> {
    let mut checked = vec![];
    let mut before = from;
    for stop in stops {
        let step = match rules.get(stop.rule) {
            Some(cited) => one(facts, cited, before, &stop.term)?,
            None => arithmetic(facts, before, &stop.term).ok_or(Refusal::NoSuchStep)?,
        };
        checked.push(step);
        before = &stop.term;
    }
    // Where is the way defined for sure?
    let line = |at: usize| if at == 0 { from } else { &stops[at - 1].term };
    let flows = |at: usize| checked[at..].iter().all(|c| c.keeps) && checked[..at].iter().all(|c| c.reflects);
    let candidates: Vec<usize> = (0..=checked.len()).filter(|at| flows(*at)).collect();
    let anchor = candidates
        .iter()
        .copied()
        .find_map(|at| if at == 0 && given { Some(vec![]) } else { facts.ask(|f| f.defined(line(at))) });
    let Some(because) = anchor else {
        // Either no line carries the others, for want of a condition, or none is defined.
        if candidates.is_empty() {
            let failing = checked.iter().find_map(|c| {
                let missing = c.forward.iter().chain(&c.backward).find(|c| c.by.is_none());
                missing.map(|m| (c.step.rule.clone(), Box::new(m.clone())))
            });
            if let Some((rule, condition)) = failing {
                let rule = rules.iter().find(|r| r.rule.name == rule).map_or("algebra", |r| r.rule.name);
                return Err(Refusal::Condition { rule, condition });
            }
        }
        return Err(Refusal::Undefined {
            term: Box::new(line(candidates.first().copied().unwrap_or(0)).clone()),
        });
    };
    let mut steps: Vec<Step> = checked.into_iter().map(|c| c.step).collect();
    if let (Some(last), false) = (steps.last_mut(), because.is_empty()) {
        last.conditions.push(("both sides are defined".into(), because.join(", ")));
    }
    Ok(Way { steps })
}

fn step(facts: &Facts, rule: &str, after: &Term, conditions: &[&Condition]) -> Step {
    Step {
        rule: rule.to_owned(),
        becomes: crate::typeset::latex(&facts.names.display(after)),
        conditions: conditions
            .iter()
            .map(|c| {
                let by = c.by.as_ref().map(|by| by.join(", ")).unwrap_or_default();
                (c.needs.clone(), if by.is_empty() { "by its form".to_owned() } else { by })
            })
            .collect(),
    }
}

/// Arithmetic: equal normal forms.
fn arithmetic(facts: &Facts, before: &Term, after: &Term) -> Option<Checked> {
    let normal = |t: &Term| facts.names.canonical(&normal::form(facts, &facts.names.canonical(t)));
    if normal(before) != normal(after)
        && !fraction::same(facts, &facts.names.canonical(before), &facts.names.canonical(after))
    {
        return None;
    }
    Some(Checked {
        step: step(facts, "algebra", after, &[]),
        keeps: true,
        reflects: true,
        forward: vec![],
        backward: vec![],
    })
}

/// One application of a rule somewhere in the term.
fn one(facts: &Facts, cited: &Cited, before: &Term, after: &Term) -> Result<Checked, Refusal> {
    // Down to where the two differ, noting whether what is around lets definedness
    // through: an extremum leaves out what is undefined, so there both must agree.
    let mut places = vec![(facts.clone(), before, after, true)];
    loop {
        let (here, a, b, strict) = places.last().cloned().ok_or(Refusal::NoSuchStep)?;
        let (xs, ys) = (tree::children(a), tree::children(b));
        if xs.len() != ys.len() {
            break;
        }
        let head = |t: &Term| tree::map_children(t, &mut |_| Term::Infinity);
        let differing: Vec<usize> = (0..xs.len()).filter(|i| xs[*i] != ys[*i]).collect();
        let ([at], true) = (differing.as_slice(), head(a) == head(b)) else { break };
        let strict = strict && !matches!(a, Term::Extremum { .. } | Term::Gradient { .. });
        places.push((here.within(a, *at), xs[*at], ys[*at], strict));
    }
    let mut refusal = Refusal::NoSuchStep;
    let mut above: Vec<Option<&Term>> = vec![None];
    above.extend(places.iter().map(|(_, a, ..)| Some(*a)));
    for ((here, a, b, strict), parent) in places.into_iter().zip(above).rev() {
        let target = here.names.canonical(b);
        let source = here.names.canonical(a);
        let forwards = cited.rewrites(&here, a).into_iter().filter(|r| here.names.canonical(&r.to) == target);
        let backwards = cited
            .rewrites(&here, b)
            .into_iter()
            .filter(|r| here.names.canonical(&r.to) == source)
            .map(|r| r.reversed(b.clone()));
        for rewrite in forwards.chain(backwards) {
            if let Some(missing) = rewrite.missing() {
                let condition = Box::new(missing.clone());
                refusal = Refusal::Condition { rule: cited.rule.name, condition };
                continue;
            }
            let exposed = parent.is_some_and(|p| exposes(&here, p, a, b));
            let keeps = rewrite.keeps() && !(exposed && matches!(a, Term::Density(_)));
            let reflects = rewrite.reflects() && !(exposed && matches!(b, Term::Density(_)));
            if !(strict || keeps && reflects) {
                let open = rewrite.forward.iter().chain(&rewrite.backward).find(|c| c.by.is_none());
                // Under an extremum both sides must count alike, whatever a fact may say.
                let alike = || Condition {
                    needs: "what stands under it is defined on the same models".to_owned(),
                    of: vec![],
                    by: None,
                };
                let condition = Box::new(open.cloned().unwrap_or_else(alike));
                refusal = Refusal::Condition { rule: cited.rule.name, condition };
                continue;
            }
            let conditions: Vec<&Condition> = rewrite
                .both
                .iter()
                .chain(rewrite.forward.iter().chain(&rewrite.backward).filter(|c| c.by.is_some()))
                .collect();
            return Ok(Checked {
                step: step(facts, cited.rule.name, after, &conditions),
                keeps,
                reflects,
                forward: rewrite.forward.clone(),
                backward: rewrite.backward.clone(),
            });
        }
    }
    Err(refusal)
}

/// In a product a density that is 0 hides what the other factors are. Where one is
/// rewritten into something else, or something else into one, that is lost or won,
/// unless it is positive, the others are finite, or densities take its place.
fn exposes(facts: &Facts, parent: &Term, a: &Term, b: &Term) -> bool {
    let Term::Product(factors) = parent else { return false };
    let hides = |t: &Term| match t {
        Term::Density(_) => true,
        Term::Product(list) => !list.is_empty() && list.iter().all(|t| matches!(t, Term::Density(_))),
        _ => false,
    };
    hides(a) != hides(b)
        && !(matches!(a, Term::Density(_)) && facts.positive(a)
            || matches!(b, Term::Density(_)) && facts.positive(b))
        && !factors.iter().filter(|t| *t != a && *t != b).all(|t| facts.finite(t))
}

/// The step that an instance of a lemma makes.
pub(super) fn lemma_step(facts: &Facts, rule: &str, after: &Term, conditions: &[Condition]) -> Step {
    step(facts, rule, after, &conditions.iter().collect::<Vec<_>>())
}
