//! What could be assumed so that a line is proved.
//!
//! A condition that nothing discharges suggests assumptions. Each is read as the text
//! would be and tried: only what can be written, and with which the line is proved, is
//! given as advice.

use super::alpha::Names;
use super::attempt::Task;
use super::defined::culprit;
use super::equality::Failure;
use super::facts::Facts;
use super::kernel::Refusal;
use super::limits::FOR_HINTS;
use super::{show, tree};
use crate::context::{Context, Function};
use crate::syntax;
use crate::term::{End, LawAt, Name, Range, Term};
use std::cell::Cell;

/// So many attempts are made in all, and so many assumptions together are advised.
const ATTEMPTS: u32 = 24;
const TOGETHER: u32 = 3;

/// A statement above the chain.
#[derive(Clone, Debug, PartialEq)]
enum Statement {
    /// `assuming …`
    Assuming(String),
    /// `let T(x) in [0, inf)`
    Range(Name, Range),
}

impl Statement {
    /// The context with the statement; nothing where it cannot be read.
    fn added_to(&self, context: &Context) -> Option<Context> {
        match self {
            Self::Assuming(text) => syntax::assuming(context, text).ok(),
            Self::Range(name, range) => {
                let mut context = context.clone();
                let function = context.functions.iter_mut().find(|f| free(f, name))?;
                function.range = range.clone();
                Some(context)
            }
        }
    }
}

/// Is this the function, and may it be said where its values lie?
fn free(function: &Function, name: &Name) -> bool {
    function.name == *name && function.definition.is_none() && function.range == Range::Real
}

/// Why the kernel refuses a line, with the rules as cited or else as if their conditions
/// held.
pub(super) fn refused(task: &Task, failure: Failure) -> Option<Refusal> {
    match failure {
        Failure::Refused(refusal) => Some(refusal),
        Failure::NoWay { .. } => match task.attempt(&task.cited, true) {
            Err(Failure::Refused(refusal)) => Some(refusal),
            _ => None,
        },
    }
}

/// Statements with which the line is proved, if such are found.
pub(super) fn statements(task: &Task, refusal: &Refusal) -> Vec<String> {
    let context = task.facts.context;
    let left = Cell::new(ATTEMPTS);
    let found = search(task, refusal, TOGETHER, &left).unwrap_or_default();
    let (mut assumed, mut statements): (Vec<String>, Vec<String>) = Default::default();
    for statement in found {
        let (list, text) = match statement {
            Statement::Assuming(text) => (&mut assumed, text),
            Statement::Range(name, range) => (&mut statements, declared(context, &name, &range)),
        };
        if !list.contains(&text) {
            list.push(text);
        }
    }
    if !assumed.is_empty() {
        statements.push(format!("assuming {}", assumed.join(", ")));
    }
    statements
}

/// `let T(x) in [0, inf)`
fn declared(context: &Context, name: &Name, range: &Range) -> String {
    let function = context.functions.iter().find(|f| f.name == *name);
    let of: Vec<String> = function.into_iter().flat_map(|f| &f.of).map(ToString::to_string).collect();
    format!("let {name}({}) in {}", of.join(", "), show::range(range))
}

fn search(task: &Task, refusal: &Refusal, together: u32, left: &Cell<u32>) -> Option<Vec<Statement>> {
    for set in candidates(task, refusal) {
        left.set(left.get().checked_sub(1)?);
        let added = set.iter().try_fold(task.facts.context.clone(), |context, s| s.added_to(&context));
        let Some(context) = added else { continue };
        let names = Names::default();
        let (before, link) = task.written;
        let trial = Task::new(&context, &names, before, link, FOR_HINTS);
        let refused = match trial.attempt(&trial.cited, false) {
            Ok(_) => return Some(set),
            Err(failure) => refused(&trial, failure),
        };
        // One thing less may be missing now.
        if let (Some(next), 2..) = (refused, together)
            && said(&trial, &next) != said(task, refusal)
            && let Some(rest) = search(&trial, &next, together - 1, left)
        {
            return Some(set.into_iter().chain(rest).collect());
        }
    }
    None
}

/// What a refusal says, to tell one from another.
fn said(task: &Task, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Condition { rule, condition } => format!("{rule}: {}", condition.needs),
        Refusal::Undefined { term } => show::term(task.names, &culprit(&task.facts, term).1),
        Refusal::NoSuchStep => String::new(),
    }
}

/// Sets of statements that may discharge what is missing, the likeliest first.
fn candidates(task: &Task, refusal: &Refusal) -> Vec<Vec<Statement>> {
    let assuming = |texts: Vec<String>| texts.into_iter().map(Statement::Assuming).collect::<Vec<_>>();
    let shown = |t: &Term| show::term(task.names, t);
    let finite = |t: &Term| format!("{} is finite", shown(t));
    let mut found: Vec<Vec<Statement>> = vec![];
    match refusal {
        Refusal::NoSuchStep => {}
        Refusal::Undefined { term } => {
            let (facts, part) = culprit(&task.facts, term);
            found.push(assuming(vec![finite(&part)]));
            found.extend(valued(&facts, &part));
        }
        Refusal::Condition { condition, .. } => {
            let what = condition.needs.rsplit_once(" is ").map_or("", |(_, what)| what);
            found.push(assuming(vec![condition.needs.clone()]));
            let each = |text: &dyn Fn(&Term) -> String| -> Vec<Vec<Statement>> {
                condition.of.iter().rev().map(|t| assuming(vec![text(t)])).collect()
            };
            match what {
                "positive" | "positive and finite" | "nonzero" | "a real slope" | "in the domain" => {
                    found.extend(each(&|t| format!("{} > 0", shown(argument(t)))));
                    found.extend(each(&|t| format!("{} != 0", shown(argument(t)))));
                    found.extend(ranges(&task.facts, &condition.of, false));
                }
                "non-negative" => {
                    found.extend(each(&|t| format!("{} >= 0", shown(t))));
                    found.extend(ranges(&task.facts, &condition.of, true));
                }
                "all but one differentiable" => {
                    let names = condition.of.iter().flat_map(movable).collect::<Vec<_>>();
                    found.push(assuming(names.iter().map(|name| format!("{name} is regular")).collect()));
                }
                _ => found.extend(each(&finite)),
            }
            found.extend(condition.of.iter().map(|t| assuming(bounded(&task.facts, t))));
            for term in &condition.of {
                let (facts, part) = culprit(&task.facts, term);
                found.extend(valued(&facts, &part));
            }
            let all: Vec<String> = condition.of.iter().map(finite).collect();
            found.push(assuming(all));
        }
    }
    let mut known: Vec<Vec<Statement>> = vec![];
    found.retain(|set| {
        let new = !set.is_empty() && !known.contains(set);
        known.push(set.clone());
        new
    });
    found
}

/// u of f'(u), any other term itself.
fn argument(term: &Term) -> &Term {
    match term {
        Term::Generator { argument, .. } => argument,
        other => other,
    }
}

/// What gives a term a value whose parts have one.
fn valued(facts: &Facts, term: &Term) -> Vec<Vec<Statement>> {
    let shown = |t: &Term| show::term(facts.names, t);
    let one = |text: String| vec![Statement::Assuming(text)];
    let finite = |t: &Term| one(format!("{} is finite", shown(t)));
    let mut found = vec![];
    match term {
        Term::Sum(list) | Term::Product(list) => {
            let open: Vec<&Term> = list.iter().filter(|t| !facts.finite(t)).collect();
            let upright = |t: &&Term| match t {
                Term::Negative(a) => (**a).clone(),
                other => (*other).clone(),
            };
            found.extend(open.iter().map(upright).map(|t| finite(&t)));
            found.push(open.iter().map(upright).flat_map(|t| finite(&t)).collect());
        }
        Term::Quotient(a, b) => {
            found.push(one(format!("{} > 0", shown(b))));
            found.push(one(format!("{} != 0", shown(b))));
            found.extend(ranges(facts, std::slice::from_ref(b), false));
            found.push(finite(a));
            found.push(finite(b));
        }
        Term::Log(a) | Term::Power(a, _) => {
            found.push(one(format!("{} >= 0", shown(a))));
            found.push(one(format!("{} > 0", shown(a))));
            found.extend(ranges(facts, std::slice::from_ref(a), true));
        }
        Term::Gradient { body, .. } => {
            let names = movable(body);
            found.push(names.iter().map(|n| Statement::Assuming(format!("{n} is regular"))).collect());
        }
        Term::Expectation { body, .. } => {
            found.push(bounded(facts, body).into_iter().map(Statement::Assuming).collect());
        }
        _ => {}
    }
    found
}

/// The free functions in a term are bounded.
fn bounded(facts: &Facts, term: &Term) -> Vec<String> {
    let names = functions(facts, term);
    names.iter().map(|name| format!("{name} is bounded")).collect()
}

/// The free functions in the terms have values ≥ 0, or > 0.
fn ranges(facts: &Facts, terms: &[Term], closed: bool) -> Vec<Vec<Statement>> {
    let end = |at: Term, closed: bool| End { at: Box::new(at), closed };
    let range = Range::Interval(end(super::arith::number(0), closed), end(Term::Infinity, false));
    let names: Vec<Name> = terms.iter().flat_map(|term| functions(facts, term)).collect();
    if names.is_empty() {
        return vec![];
    }
    vec![names.into_iter().map(|name| Statement::Range(name, range.clone())).collect()]
}

/// The functions in a term that the text leaves free.
fn functions(facts: &Facts, term: &Term) -> Vec<Name> {
    let mut found: Vec<Name> = tree::free(term).names.into_iter().collect();
    found.retain(|name| facts.context.functions.iter().any(|f| f.name == *name && f.definition.is_none()));
    found
}

/// The laws and functions in a term that may depend on a number.
fn movable(term: &Term) -> Vec<Name> {
    let mut found: Vec<Name> = vec![];
    crate::syntax::substitute::visit(term, &mut |part| {
        let laws = tree::laws(part).into_iter();
        let moving = |law: &&LawAt| !law.parameters.is_empty();
        found.extend(laws.filter(moving).map(|law| law.law.clone()));
        if let Term::Function { name, .. } = part {
            found.push(name.clone());
        }
    });
    found.sort();
    found.dedup();
    found
}
