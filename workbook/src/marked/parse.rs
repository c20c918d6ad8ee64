//! Cutting a marked source into shared parts and exercises.

use super::mark::{Mark, mark};
use super::parts::{Marked, MarkedExercise, Part};
use crate::outline::Division;
use crate::problem::{Problem, Problems};
use std::collections::HashMap;
use std::path::Path;

/// What can be wrong with the marks of a source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// A comment that looks like a mark, but is none.
    #[error("unknown mark `{0}`; the marks are EXERCISE id, SOLUTION, END, ANCHOR: name, ANCHOR_END: name")]
    Unknown(String),
    /// `EXERCISE` without an id of the form 3.1 or A.1.
    #[error("`EXERCISE {0}` needs an id such as 3.1 or A.1, chapter or lab and place")]
    BadId(String),
    /// The same id a second time.
    #[error("exercise {0} is already at line {1}; give this one an id of its own")]
    Duplicate(String, usize),
    /// A region inside a region.
    #[error("SOLUTION inside the region opened at line {0}; close that with END first")]
    Nested(usize),
    /// `END` without a region.
    #[error("END without a SOLUTION before it")]
    Unopened,
    /// A region without `END`.
    #[error("this SOLUTION has no END before its item ends")]
    Unclosed,
    /// `EXERCISE` inside another exercise or region.
    #[error("EXERCISE {0} starts before the item at line {1} is complete")]
    Overlap(String, usize),
    /// No function after `EXERCISE`.
    #[error("exercise {0} has no `pub fn` after its mark")]
    NoFunction(String),
    /// Nothing in the body is hidden: the stub would give the answer away.
    #[error("exercise {0} has no SOLUTION … END in its body, so its stub would be the answer")]
    NoSolution(String),
}

/// Cuts a marked source. `file` is how the problems name it.
///
/// # Errors
/// Every [`MarkError`] of the source, with its line.
pub fn parse(file: &Path, source: &str) -> Result<Marked, Problems> {
    let mut parser = Parser { file, ..Parser::default() };
    for (index, line) in source.lines().enumerate() {
        parser.line(index + 1, line);
    }
    parser.end();
    parser.problems.or(Marked { parts: parser.parts })
}

/// How far the exercise at hand has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Docs,
    Signature,
    Body,
}

struct Parser<'a> {
    file: &'a Path,
    parts: Vec<Part>,
    problems: Problems,
    /// Where each id was first seen.
    ids: HashMap<String, usize>,
    shared: String,
    exercise: Option<(MarkedExercise, Stage)>,
    /// The line of the open SOLUTION.
    region: Option<usize>,
}

impl Default for Parser<'_> {
    fn default() -> Self {
        Self {
            file: Path::new(""),
            parts: Vec::new(),
            problems: Problems::default(),
            ids: HashMap::new(),
            shared: String::new(),
            exercise: None,
            region: None,
        }
    }
}

impl Parser<'_> {
    fn complain(&mut self, line: usize, what: MarkError) {
        self.problems.push(Problem::at(self.file, line, what));
    }

    fn line(&mut self, number: usize, line: &str) {
        match mark(line) {
            Some(Mark::Exercise(id)) => self.start(number, id),
            Some(Mark::Solution) => self.open(number, line),
            Some(Mark::End) => {
                if self.region.take().is_none() {
                    self.complain(number, MarkError::Unopened);
                }
            }
            Some(Mark::Unknown(word)) => self.complain(number, MarkError::Unknown(word.to_owned())),
            Some(Mark::Anchor(_) | Mark::AnchorEnd(_)) => {}
            None => self.text(line),
        }
    }

    fn start(&mut self, number: usize, id: &str) {
        if Division::of_id(id).is_none() {
            self.complain(number, MarkError::BadId(id.to_owned()));
        }
        if let Some(open) = self.region.take() {
            self.complain(number, MarkError::Overlap(id.to_owned(), open));
        }
        if let Some((earlier, stage)) = self.exercise.take() {
            self.complain(
                number,
                match stage {
                    Stage::Docs => MarkError::NoFunction(earlier.id),
                    _ => MarkError::Overlap(id.to_owned(), earlier.line),
                },
            );
        }
        if let Some(first) = self.ids.insert(id.to_owned(), number) {
            self.complain(number, MarkError::Duplicate(id.to_owned(), first));
            self.ids.insert(id.to_owned(), first);
        }
        self.flush();
        let exercise = MarkedExercise { id: id.to_owned(), line: number, ..MarkedExercise::default() };
        self.exercise = Some((exercise, Stage::Docs));
    }

    fn open(&mut self, number: usize, line: &str) {
        if let Some(open) = self.region {
            self.complain(number, MarkError::Nested(open));
            return;
        }
        self.region = Some(number);
        if let Some((exercise, Stage::Body)) = &mut self.exercise
            && !exercise.stub.contains("todo!(")
        {
            let indent = &line[..line.len() - line.trim_start().len()];
            let todo = format!("{indent}todo!(\"{} {}\")", exercise.id, exercise.name);
            push(&mut exercise.stub, &todo);
        }
    }

    fn text(&mut self, line: &str) {
        let hidden = self.region.is_some();
        let Some((exercise, stage)) = &mut self.exercise else {
            if !hidden {
                push(&mut self.shared, line);
            }
            return;
        };
        push(&mut exercise.solution, line);
        if !hidden {
            push(&mut exercise.stub, line);
        }
        if *stage == Stage::Docs && !hidden && line.starts_with("pub fn ") {
            let rest = &line["pub fn ".len()..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            exercise.name = rest[..end].to_owned();
            *stage = Stage::Signature;
        }
        if *stage == Stage::Signature {
            push(&mut exercise.signature, line.trim_end().trim_end_matches('{').trim_end());
            if line.trim_end().ends_with('{') {
                exercise.signature = exercise.signature.trim_end().to_owned();
                *stage = Stage::Body;
            }
        } else if *stage == Stage::Body && line == "}" {
            self.finish();
        }
    }

    /// The item at hand is complete.
    fn finish(&mut self) {
        if let Some(open) = self.region.take() {
            self.complain(open, MarkError::Unclosed);
        }
        if let Some((exercise, _)) = self.exercise.take() {
            if !exercise.stub.contains("todo!(") {
                self.complain(exercise.line, MarkError::NoSolution(exercise.id.clone()));
            }
            self.parts.push(Part::Exercise(exercise));
        }
    }

    fn flush(&mut self) {
        let shared = std::mem::take(&mut self.shared);
        if !shared.trim().is_empty() {
            self.parts.push(Part::Shared(shared));
        }
    }

    fn end(&mut self) {
        if let Some(open) = self.region.take() {
            self.complain(open, MarkError::Unclosed);
        }
        if let Some((exercise, _)) = self.exercise.take() {
            self.complain(exercise.line, MarkError::NoFunction(exercise.id));
        }
        self.flush();
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "//! Docs.\n\nuse vdm::special;\n// SOLUTION\nuse std::f64;\n// END\n\n// EXERCISE 3.1\n\
        /// Kept.\n// SOLUTION\n/// Hidden.\n// END\npub fn f(t: f64) -> f64 {\n    let a = 1.0;\n    \
        // SOLUTION\n    t - a\n    // END\n}\n";

    #[test]
    fn a_stub_has_what_is_not_hidden() {
        let marked = parse(Path::new("x.rs"), GOOD).unwrap();
        let exercise = marked.exercises().next().unwrap();
        assert_eq!((exercise.id.as_str(), exercise.line, exercise.name.as_str()), ("3.1", 8, "f"));
        assert_eq!(exercise.signature, "pub fn f(t: f64) -> f64");
        assert_eq!(
            exercise.stub,
            "/// Kept.\npub fn f(t: f64) -> f64 {\n    let a = 1.0;\n    todo!(\"3.1 f\")\n}\n"
        );
        assert_eq!(
            exercise.solution,
            "/// Kept.\n/// Hidden.\npub fn f(t: f64) -> f64 {\n    let a = 1.0;\n    t - a\n}\n"
        );
        assert_eq!(marked.parts[0], Part::Shared("//! Docs.\n\nuse vdm::special;\n\n".to_owned()));
    }

    /// The source, with its errors as (line, message's beginning).
    #[track_caller]
    fn check_errors(source: &str, expected: &[(usize, MarkError)]) {
        let problems = parse(Path::new("x.rs"), source).unwrap_err();
        let expected: Vec<_> = expected.iter().map(|(line, error)| (*line, error.to_string())).collect();
        assert_eq!(problems.told(), expected);
    }

    #[test]
    fn every_error_has_its_line() {
        use MarkError::*;
        check_errors("// SOLUTON\n", &[(1, Unknown("SOLUTON".into()))]);
        check_errors("x\n// SOLUTION here\n", &[(2, Unknown("SOLUTION".into()))]);
        check_errors(&GOOD.replace("3.1", "31"), &[(8, BadId("31".into()))]);
        check_errors(
            &format!("{GOOD}{}", &GOOD[GOOD.find("// EX").unwrap()..]),
            &[(19, Duplicate("3.1".into(), 8))],
        );
        check_errors("// SOLUTION\n// SOLUTION\n// END\n", &[(2, Nested(1))]);
        check_errors("\n// END\n", &[(2, Unopened)]);
        check_errors("\n\n// SOLUTION\n", &[(3, Unclosed)]);
        check_errors(&GOOD.replace("t - a\n    // END\n", "t - a\n"), &[(15, Unclosed)]);
        check_errors("// EXERCISE 3.1\n/// Docs.\n", &[(1, NoFunction("3.1".into()))]);
        check_errors(&format!("// EXERCISE 3.2\n{GOOD}"), &[(9, NoFunction("3.2".into()))]);
        check_errors("// EXERCISE 3.1\npub fn f() {\n}\n", &[(1, NoSolution("3.1".into()))]);
        check_errors(
            &format!("// EXERCISE 3.2\npub fn g() {{\n{}", &GOOD[GOOD.find("// EX").unwrap()..]),
            &[(3, Overlap("3.1".into(), 1))],
        );
    }
}
