//! Judging an answer: what was given is kept, and each line stands.
//!
//! Partial credit counts the lines that the reader has contributed: those that cite a
//! reason, bring a new expression, and were not already right in the text to repair.
//! Lines that do nothing earn nothing, and more lines than the model answer has earn no
//! more.

use super::exercise::{ADDED, ChainExercise, GIVEN, LINES};
use super::frame::{Breach, Frame, forbidden, normal};
use super::told::details;
use crate::check::{Broken, Tally};
use crate::exercise::{CheckResult, Grade, LineGrade};
use derivation::certificate::Certificate;
use derivation::syntax::Diagnostic;
use derivation::tell::{self, Mark};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// What an exercise compares an answer with.
pub(super) struct Judge<'a> {
    exercise: &'a ChainExercise,
}

/// What is said of a repair that leaves the false line as it was.
const UNMENDED: &str = "this is still the false line that was given";

/// What came of a text.
type Certified = Result<Certificate, Vec<Diagnostic>>;

/// A link as typeset: the line before, the relation, the line.
type Link<'a> = (&'a str, &'a str, &'a str);

impl<'a> Judge<'a> {
    pub(super) fn new(exercise: &'a ChainExercise) -> Self {
        Self { exercise }
    }

    /// The grade of something that is no derivation at all.
    pub(super) fn unreadable(&self, broken: &Broken) -> Grade {
        self.result(Err(broken.clone()), Err(broken.clone()), Vec::new(), 0.0, None)
    }

    pub(super) fn grade(&self, text: &str) -> Grade {
        let answer = self.certify(text);
        let answer = match answer.as_ref() {
            Ok(answer) => answer,
            Err(faults) => return self.unreadable(&of_fault(text, faults)),
        };
        let reference = known(self.exercise, self.exercise.reference);
        let reference = match reference.as_ref() {
            Ok(reference) => reference,
            Err(mistakes) => return self.unreadable(&of_fault(self.exercise.reference, mistakes)),
        };
        let breaches = self.breaches(text, answer, reference);
        let lines = lines(text, answer);
        let given = match breaches.first() {
            None => Ok(Tally { cases: 4, worst: 0.0 }),
            Some(breach) => Err(*Broken::new(&breach.at, &breach.expected, &breach.found)),
        };
        let share = if given.is_ok() { self.share(answer, reference) } else { 0.0 };
        let misconception = self.misconception(answer, &breaches, reference);
        self.result(given, of_lines(answer, &lines), lines, share, misconception)
    }

    fn certify(&self, text: &str) -> Arc<Certified> {
        if self.exercise.owns(text) {
            return known(self.exercise, text);
        }
        Arc::new((self.exercise.certify)(self.exercise.meta.id, text))
    }

    fn result(
        &self,
        given: Result<Tally, Broken>,
        stand: Result<Tally, Broken>,
        lines: Vec<LineGrade>,
        share: f64,
        misconception: Option<String>,
    ) -> Grade {
        let check = |(name, property): (&str, &str), verdict| CheckResult {
            name: name.to_owned(),
            property: property.to_owned(),
            verdict,
        };
        Grade {
            id: self.exercise.meta.id.to_owned(),
            checks: vec![check(GIVEN, given), check(LINES, stand)],
            misconception,
            lines,
            share: Some(share),
        }
    }

    fn breaches(&self, text: &str, answer: &Certificate, reference: &Certificate) -> Vec<Breach> {
        let frame = Frame::of(self.exercise.reference, reference);
        let mut breaches = frame.breaches(&Frame::of(text, answer));
        for (index, line) in answer.lines.iter().enumerate() {
            for rule in forbidden(self.exercise.permitted, line.by.iter().map(|(rule, _)| rule)) {
                breaches.push(Breach {
                    at: format!("line {}", index + 2),
                    expected: format!("one of the permitted rules: {}", self.exercise.permitted.join(", ")),
                    found: rule,
                });
            }
        }
        breaches
    }

    /// The share of the model answer's work that is done.
    fn share(&self, answer: &Certificate, reference: &Certificate) -> f64 {
        let broken = self.exercise.broken.as_deref().map(|text| known(self.exercise, text));
        let broken = broken.as_deref().and_then(|broken| broken.as_ref().ok());
        let already: HashSet<Link<'_>> = broken.into_iter().flat_map(standing).collect();
        let due = standing(reference).filter(|link| !already.contains(link)).count().max(1);
        let mut seen: HashSet<&str> = HashSet::from([answer.first.latex.as_str()]);
        let (mut done, mut all) = (0_usize, 0_usize);
        for ((link, step), _) in links(answer).zip(&answer.report.steps).zip(&answer.lines) {
            let stands = tell::mark(step) != Mark::Refused;
            let is_new = seen.insert(link.2);
            if stands && (already.contains(&link) || !is_new || step.rules.is_empty()) {
                continue;
            }
            all += 1;
            done += usize::from(stands);
        }
        done.min(due) as f64 / all.max(due) as f64
    }

    /// The known mistake that the answer makes: the same first false line, or the same
    /// change of what was given.
    fn misconception(
        &self,
        answer: &Certificate,
        breaches: &[Breach],
        reference: &Certificate,
    ) -> Option<String> {
        let mine = first_false(answer);
        if mine.is_none() && breaches.is_empty() {
            return None;
        }
        if mine.is_none() && breaches.iter().all(Breach::is_added) {
            return Some(ADDED.1.to_owned());
        }
        let same = |text: &str| {
            known(self.exercise, text).as_ref().as_ref().is_ok_and(|chaff| match (mine, first_false(chaff)) {
                (Some(mine), Some(theirs)) => mine == theirs,
                (None, None) => self.breaches(text, chaff, reference) == breaches,
                _ => false,
            })
        };
        let found = self.exercise.chaffs.iter().find(|chaff| same(&chaff.text));
        found.map(|chaff| chaff.misconception.to_owned()).or_else(|| {
            let broken = known(self.exercise, self.exercise.broken.as_deref()?);
            let given = broken.as_ref().as_ref().ok().and_then(first_false);
            (given.is_some() && given == mine).then(|| UNMENDED.to_owned())
        })
    }
}

/// What came of a text of the exercise itself. Each is checked once a process, however
/// often it is compared with or handed in as an answer.
fn known(exercise: &ChainExercise, text: &str) -> Arc<Certified> {
    type Key = (usize, &'static str, String);
    static KNOWN: Mutex<BTreeMap<Key, Arc<Certified>>> = Mutex::new(BTreeMap::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (exercise.certify as usize, exercise.meta.id, text.to_owned());
    let found = known().get(&key).cloned();
    found.unwrap_or_else(|| {
        let certified = Arc::new((exercise.certify)(exercise.meta.id, text));
        known().insert(key, Arc::clone(&certified));
        certified
    })
}

fn links(certificate: &Certificate) -> impl Iterator<Item = Link<'_>> {
    let before = std::iter::once(&certificate.first).chain(&certificate.lines);
    before
        .zip(&certificate.lines)
        .map(|(before, line)| (before.latex.as_str(), line.relation.as_str(), line.latex.as_str()))
}

fn standing(certificate: &Certificate) -> impl Iterator<Item = Link<'_>> {
    links(certificate)
        .zip(&certificate.report.steps)
        .filter(|(_, step)| tell::mark(step) != Mark::Refused)
        .map(|(link, _)| link)
}

fn first_false(certificate: &Certificate) -> Option<Link<'_>> {
    links(certificate)
        .zip(&certificate.report.steps)
        .find(|(_, step)| tell::mark(step) == Mark::Refused)
        .map(|(link, _)| link)
}

fn lines(text: &str, answer: &Certificate) -> Vec<LineGrade> {
    let pairs = answer.lines.iter().zip(&answer.report.steps).enumerate();
    pairs
        .map(|(index, (line, step))| LineGrade {
            number: index + 2,
            text: match (line.attained.is_some(), normal(text.get(line.span.clone()).unwrap_or_default())) {
                // Its text holds all of the line.
                (true, text) => text,
                (false, text) => format!("{} {text}", step.relation),
            },
            stands: tell::mark(step) != Mark::Refused,
        })
        .collect()
}

/// The first false line, with what is known of it.
fn of_lines(answer: &Certificate, lines: &[LineGrade]) -> Result<Tally, Broken> {
    let steps = answer.report.steps.iter().zip(lines);
    if let Some((step, line)) = steps.clone().find(|(_, line)| !line.stands) {
        let mut found = vec![tell::headline(&step.verdict)];
        found.extend(details(&step.verdict));
        return Err(*Broken::new(
            format!("line {}, {}", line.number, line.text),
            "a line that follows from the one before",
            found.join("\n            "),
        ));
    }
    if !tell::stands(&answer.report) {
        let whole = answer.report.end_to_end.as_ref();
        let found = whole.map_or_else(|| "no lines".to_owned(), |whole| tell::headline(&whole.verdict));
        return Err(*Broken::new("from the first line to the last", "a chain that stands", found));
    }
    let models = steps.filter_map(|(step, _)| step.numeric.as_ref()).map(|numeric| numeric.models).sum();
    // A chain of proofs without a single model is still a case.
    Ok(Tally { cases: std::cmp::max(models, 1), worst: 0.0 })
}

fn of_fault(text: &str, mistakes: &[Diagnostic]) -> Box<Broken> {
    let Some(mistake) = mistakes.first() else {
        return Broken::new("the file", "a derivation", "something that cannot be read");
    };
    let before = text.as_bytes().iter().take(mistake.span.start).filter(|byte| **byte == b'\n').count();
    let rendered = mistake.render("your file", text, false);
    let found = rendered.trim_end().replace('\n', "\n            ");
    Broken::new(format!("line {} of the file", before + 1), "a text in the derivation language", found)
}

#[cfg(test)]
mod tests {
    use super::super::{FILE_LIMIT, WrongChain, scripted};
    use super::*;
    use crate::exercise::AnyExercise;
    use crate::{Kind, Meta};

    const MODEL: &str = "assuming q << p\na\n= b by bayes\n= c by tower\n>= d by jensen\n";

    fn exercise(broken: Option<&str>) -> ChainExercise {
        let kind = if broken.is_some() { Kind::Repair } else { Kind::Derive };
        let meta = Meta { id: "9.1", name: "a_chain", title: "A chain", kind, points: 4, minutes: 10 };
        ChainExercise {
            meta,
            reference: MODEL,
            broken: broken.map(str::to_owned),
            permitted: &["bayes", "tower", "jensen", "false", "unproved"],
            chaffs: vec![WrongChain {
                name: "reversed",
                misconception: "Jensen goes the other way",
                text: "assuming q << p\na\n= b by bayes\n>= d by false\n".into(),
                line: Some(3),
            }],
            certify: scripted::certify,
        }
    }

    #[track_caller]
    fn check(text: &str, failed: &[&str], share: f64) -> Grade {
        let grade = exercise(None).grade(text.as_bytes());
        let broken: Vec<&str> =
            grade.checks.iter().filter(|c| c.verdict.is_err()).map(|c| c.name.as_str()).collect();
        assert_eq!(broken, failed, "{grade:?}");
        assert!((grade.share() - share).abs() < 1e-12, "{} and not {share}", grade.share());
        grade
    }

    #[test]
    fn a_right_answer_passes_in_its_own_words() {
        check(MODEL, &[], 1.0);
        check("-- mine\nassuming  q << p\n a\n = c by tower\n >= e by jensen\n = d by bayes\n", &[], 1.0);
    }

    #[test]
    fn lines_earn_their_share_and_the_first_false_one_is_named() {
        let grade = check(
            "assuming q << p\na\n= b by bayes\n= x by unproved\n>= d by jensen\n",
            &["lines"],
            2.0 / 3.0,
        );
        let broken = grade.checks[1].verdict.as_ref().unwrap_err();
        assert_eq!(broken.at, "line 3, = x");
        assert!(broken.found.contains("does not follow"), "{broken}");
        assert_eq!(grade.lines.iter().map(|line| line.stands).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn lines_that_do_nothing_earn_nothing() {
        // Repeated expressions, lines without a reason, one false jump to the end.
        check("assuming q << p\na\n= a\n= a by bayes\n= aa\n>= d by false\n", &["lines"], 0.0);
        // More lines than the model answer has dilute each other.
        let padded: String = (0..9).map(|n| format!("= a{n} by bayes\n")).collect();
        check(&format!("assuming q << p\na\n{padded}>= d by false\n"), &["lines"], 0.3);
    }

    #[test]
    fn what_was_given_is_kept() {
        let with = |from: &str, to: &str| MODEL.replacen(from, to, 1);
        check(&with("assuming q << p", "assuming q << p\nassuming p << q"), &["given"], 0.0);
        check(&with("assuming q << p", "assuming q << p, p << q"), &["given"], 0.0);
        check(&with("\na\n", "\na + 0\n"), &["given"], 0.0);
        check(&with(">= d", ">= d + 0"), &["given"], 0.0);
        check(&with(">= d", "= d"), &["given"], 0.0);
        check(&with("tower", "magic"), &["given"], 0.0);
    }

    #[test]
    fn nothing_that_a_file_may_hold_breaks_the_grading() {
        let both = &["given", "lines"];
        check("", both, 0.0);
        check("\0\0\0", both, 0.0);
        check(&"(".repeat(FILE_LIMIT), both, 0.0);
        check(&"a".repeat(FILE_LIMIT + 1), both, 0.0);
        let grade = exercise(None).grade(b"\xff\xfe");
        assert!(!grade.passed() && grade.checks.len() == 2, "{grade:?}");
        assert!(grade.checks[0].verdict.as_ref().is_err_and(|broken| broken.expected.contains("UTF-8")));
    }

    #[test]
    fn a_known_mistake_is_named() {
        let grade = check("assuming q << p\na\n= b by bayes\n>= d by unproved\n", &["lines"], 1.0 / 3.0);
        assert_eq!(grade.misconception.as_deref(), Some("Jensen goes the other way"));
        let grade = check("assuming q << p\na\n= x by bayes\n>= d by false\n", &["lines"], 1.0 / 3.0);
        assert_eq!(grade.misconception, None);
    }

    #[test]
    fn a_repair_earns_what_it_mends() {
        const BROKEN: &str = "assuming q << p\na\n= b by bayes\n= x by false\n>= d by jensen\n";
        let grade = |text: &str| exercise(Some(BROKEN)).grade(text.as_bytes()).share();
        assert_eq!(grade(BROKEN), 0.0);
        let told = exercise(Some(BROKEN)).grade(BROKEN.as_bytes()).misconception;
        assert_eq!(told.as_deref(), Some(UNMENDED));
        assert_eq!(grade(MODEL), 1.0);
        // One of the two lines around the false one.
        assert_eq!(grade("assuming q << p\na\n= b by bayes\n= c by tower\n>= d by false\n"), 0.5);
    }

    #[test]
    fn a_stub_is_a_derivation_to_be_written() {
        let stub = exercise(None).stub();
        assert!(super::super::untouched(&stub), "{stub}");
        assert!(stub.contains("assuming q << p\na\n") && stub.ends_with(">= d\n"), "{stub}");
        assert!(!stub.contains("bayes,") || stub.contains("You may cite"), "{stub}");
        let broken = exercise(Some("a\n= x by false\n")).stub();
        assert!(broken.contains("a\n= x by false\n"), "{broken}");
        assert!(!super::super::untouched(&broken.replace(super::super::TODO, "--")), "{broken}");
    }

    #[test]
    fn each_wrong_answer_is_caught_at_its_line() {
        let exercise = exercise(None);
        assert_eq!(exercise.chaff_rows()[0].caught, [false, true]);
        // The one that every exercise has.
        let added = &exercise.chaff_rows()[1];
        assert_eq!((added.chaff.meant, &added.caught[..]), ("given", &[true, false][..]));
        let told = exercise.chaff_attempt(added.chaff.name).and_then(|attempt| attempt.grade().misconception);
        assert_eq!(told.as_deref(), Some(added.chaff.misconception));
        let mut elsewhere = exercise.clone();
        elsewhere.chaffs[0].line = Some(2);
        assert_eq!(elsewhere.chaff_rows()[0].caught, [false, false]);
    }
}
