//! The suites: derivations that must stand, line by line, and derivations with one
//! plausible mistake each, which must be refused at the line where it was made.

mod common;

use common::suite;
use derivation::certificate::{Certificate, certify};
use derivation::report::{LinkReport, Numeric, Verdict};
use derivation::syntax::Block;
use derivation::tell::{self, Mark};
use std::sync::OnceLock;
use std::thread;

fn attribute(block: &Block, name: &str) -> String {
    let found = block.attributes.iter().find(|(key, _)| key.as_str() == name);
    found.map(|(_, value)| value.clone()).unwrap_or_else(|| panic!("`{}` has no `{name}`", block.id))
}

/// A block and what came of it.
type Read = (Block, Result<Certificate, String>);

/// The suite of derivations that stand, read once for all tests.
fn all_true() -> &'static [Read] {
    static READ: OnceLock<Vec<Read>> = OnceLock::new();
    READ.get_or_init(|| read_all(suite("true")))
}

/// The suite of derivations with a mistake, read once for all tests.
fn all_false() -> &'static [Read] {
    static READ: OnceLock<Vec<Read>> = OnceLock::new();
    READ.get_or_init(|| read_all(suite("false")))
}

/// On two threads, for two halves.
fn read_all(blocks: Vec<Block>) -> Vec<Read> {
    let half = blocks.len().div_ceil(2).max(1);
    let certificates: Vec<_> = thread::scope(|scope| {
        let parts: Vec<_> = blocks
            .chunks(half)
            .map(|part| scope.spawn(move || part.iter().map(read).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("reading does not panic")).collect()
    });
    blocks.into_iter().zip(certificates).collect()
}

/// What `judge` complains of, over all blocks.
fn complaints(
    blocks: &[Read],
    judge: impl Fn(&Block, &Result<Certificate, String>) -> Option<String>,
) -> Vec<String> {
    blocks.iter().filter_map(|(block, read)| judge(block, read)).collect()
}

fn read(block: &Block) -> Result<Certificate, String> {
    certify(&block.id, &block.source).map_err(|faults| {
        let told: Vec<_> = faults.iter().map(|fault| fault.render(&block.id, &block.source, false)).collect();
        told.join("\n")
    })
}

fn told(block: &Block, line: usize, step: &LinkReport) -> String {
    let details = tell::details(&step.verdict).join("\n    ");
    format!("{}, line {line}: {}\n    {details}", block.id, tell::headline(&step.verdict))
}

#[test]
fn true_derivations_stand() {
    let blocks = all_true();
    assert!(blocks.len() >= 30, "{} derivations", blocks.len());
    let complaints = complaints(blocks, |block, read| {
        let certificate = match read {
            Ok(certificate) => certificate,
            Err(why) => return Some(why.clone()),
        };
        let report = &certificate.report;
        let refused = |step: &&LinkReport| tell::mark(step) == Mark::Refused;
        let at = report.steps.iter().chain(&report.end_to_end).position(|step| refused(&step))?;
        let step = report.steps.get(at).or(report.end_to_end.as_ref())?;
        Some(told(block, at + 2, step))
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The lines of the true derivations that are inequalities and of which the checker has
/// not shown this.
fn without(shown: impl Fn(&Numeric) -> bool) -> Vec<String> {
    complaints(all_true(), |block, read| {
        let certificate = read.as_ref().ok()?;
        let bare = certificate.report.steps.iter().position(|step| {
            step.relation.contains(['<', '>']) && !step.numeric.as_ref().is_some_and(&shown)
        })?;
        Some(format!("{}, line {}", block.id, bare + 2))
    })
}

#[test]
fn inequalities_show_their_teeth() {
    // Attained by numbers that no model happens to hold: −log 2 for a critic, the best shift.
    let never_equal = without(|numeric| numeric.equality.is_some());
    assert!(never_equal.len() <= 3, "{never_equal:?}");
    // True as equalities, and written as inequalities: f** ≤ f inside dom f, the bound at
    // the number that attains it.
    let never_strict = without(|numeric| numeric.strict.is_some());
    assert!(never_strict.len() <= 5, "{never_strict:?}");
}

#[test]
fn false_derivations_are_refused_where_the_mistake_is() {
    let blocks = all_false();
    assert!(blocks.len() >= 90, "{} derivations", blocks.len());
    let complaints = complaints(blocks, |block, read| {
        let line: usize = attribute(block, "link").parse().expect("a number");
        let caught = attribute(block, "caught");
        let certificate = match read {
            // A mistake may leave a text that means nothing.
            Err(_) if caught == "false-or-unreadable" => return None,
            Err(why) => return Some(why.clone()),
            Ok(certificate) => certificate,
        };
        let steps = &certificate.report.steps;
        let first = steps.iter().position(|step| tell::mark(step) == Mark::Refused).map(|at| at + 1);
        if first != Some(line) {
            return Some(format!("{}: first refused at link {first:?}, not at {line}", block.id));
        }
        let step = &steps[line - 1];
        let as_meant = match (caught.as_str(), &step.verdict) {
            ("any", verdict) => *verdict != Verdict::Proved,
            ("false" | "false-or-unreadable", Verdict::Refuted { .. }) => true,
            ("undefined", Verdict::Undefined { .. }) => true,
            ("unproved" | "declaration", Verdict::NotRefuted { .. } | Verdict::NotUnderstood { .. }) => true,
            _ => false,
        };
        (!as_meant).then(|| format!("meant to be caught as {caught}: {}", told(block, line + 1, step)))
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_smallest_assumption_is_named() {
    let found = all_false().iter().find(|(block, _)| block.id == "elbo-no-assumption");
    let certificate = found.expect("the block").1.as_ref().expect("it can be read");
    let Verdict::Undefined { true_if, .. } = &certificate.report.steps[2].verdict else {
        panic!("{:?}", certificate.report.steps[2].verdict)
    };
    assert_eq!(true_if.as_deref(), Some("KL(q(z | x) || p(z | x)) < inf"));
}
