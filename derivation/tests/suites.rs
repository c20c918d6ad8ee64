//! The suites: derivations that must stand, line by line, and derivations with one
//! plausible mistake each, which must be refused at the line where it was made.

mod common;

use common::suite;
use derivation::certificate::{Certificate, certify};
use derivation::report::{LinkReport, Numeric, Verdict};
use derivation::syntax::Block;
use derivation::tell::{self, Mark};
use std::sync::LazyLock;

fn attribute(block: &Block, name: &str) -> String {
    let found = block.attributes.iter().find(|(key, _)| key.as_str() == name);
    found.map(|(_, value)| value.clone()).unwrap_or_else(|| panic!("`{}` has no `{name}`", block.id))
}

/// A derivation of a suite, and its certificate or why there is none.
type Judged = (Block, Result<Certificate, String>);

fn read(id: &str, source: &str) -> Result<Certificate, String> {
    certify(id, source).map_err(|faults| common::drawn(&faults, id, source))
}

/// Each suite is certified once, whatever is then asked of it.
fn judged(folder: &str) -> Vec<Judged> {
    let certificates = common::on_two_threads(&suite(folder), |block| vec![read(&block.id, &block.source)]);
    suite(folder).into_iter().zip(certificates).collect()
}

static TRUE: LazyLock<Vec<Judged>> = LazyLock::new(|| judged("true"));
static FALSE: LazyLock<Vec<Judged>> = LazyLock::new(|| judged("false"));

fn told(block: &Block, line: usize, step: &LinkReport) -> String {
    let details = tell::details(&step.verdict).join("\n    ");
    format!("{}, line {line}: {}\n    {details}", block.id, tell::headline(&step.verdict))
}

#[test]
fn true_derivations_stand() {
    assert!(TRUE.len() >= 30, "{} derivations", TRUE.len());
    let complaint = |(block, certificate): &Judged| {
        let report = match certificate {
            Ok(certificate) => &certificate.report,
            Err(why) => return Some(why.clone()),
        };
        let refused = |step: &&LinkReport| tell::mark(step) == Mark::Refused;
        let at = report.steps.iter().chain(&report.end_to_end).position(|step| refused(&step))?;
        let step = report.steps.get(at).or(report.end_to_end.as_ref())?;
        Some(told(block, at + 2, step))
    };
    let complaints: Vec<String> = TRUE.iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The lines of the true derivations that are inequalities and of which the checker has
/// not shown this.
fn without(shown: impl Fn(&Numeric) -> bool) -> Vec<String> {
    let bare = |(block, certificate): &Judged| {
        let steps = &certificate.as_ref().ok()?.report.steps;
        let bare = steps.iter().position(|step| {
            step.relation.contains(['<', '>']) && !step.numeric.as_ref().is_some_and(&shown)
        })?;
        Some(format!("{}, line {}", block.id, bare + 2))
    };
    TRUE.iter().filter_map(bare).collect()
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
    assert!(FALSE.len() >= 90, "{} derivations", FALSE.len());
    let complaint = |(block, certificate): &Judged| {
        let line: usize = attribute(block, "link").parse().expect("a number");
        let caught = attribute(block, "caught");
        let certificate = match certificate {
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
    };
    let complaints: Vec<String> = FALSE.iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_smallest_assumption_is_named() {
    let (_, certificate) =
        FALSE.iter().find(|(block, _)| block.id == "elbo-no-assumption").expect("the block");
    let certificate = certificate.as_ref().expect("it can be read");
    let Verdict::Undefined { true_if, .. } = &certificate.report.steps[2].verdict else {
        panic!("{:?}", certificate.report.steps[2].verdict)
    };
    assert_eq!(true_if.as_deref(), Some("KL(q(z | x) || p(z | x)) < inf"));
}

/// Takes each piece of advice that is given of a text; says what is wrong with it.
fn taken((block, certificate): &Judged) -> Vec<String> {
    let Ok(certificate) = certificate else { return vec![] };
    let mut wrong = vec![];
    for (at, step) in certificate.report.steps.iter().enumerate() {
        let advice = tell::statements(&step.verdict);
        if advice.is_empty() {
            continue;
        }
        match read(&block.id, &format!("{}\n{}", advice.join("\n"), block.source)) {
            Err(why) => wrong.push(format!("{}, line {}: {why}", block.id, at + 2)),
            Ok(after) => {
                let again = tell::statements(&after.report.steps[at].verdict);
                if again.iter().any(|statement| advice.contains(statement)) {
                    wrong.push(format!("{}, line {}: {advice:?}, then {again:?}", block.id, at + 2));
                }
            }
        }
    }
    wrong
}

#[test]
fn advice_can_be_taken_and_is_not_given_again() {
    let advised = |(_, certificate): &Judged| {
        let steps = certificate.iter().flat_map(|certificate| &certificate.report.steps);
        steps.map(|step| tell::statements(&step.verdict).len()).sum::<usize>()
    };
    let pieces: usize = FALSE.iter().map(advised).sum();
    assert!(pieces >= 30, "{pieces} pieces of advice");
    let wrong = common::on_two_threads(&FALSE, taken);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
