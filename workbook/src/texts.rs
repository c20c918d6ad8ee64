//! The words of the exercises: statement, three hints, model answer, rubric.
//!
//! One file a chapter, `book/exercises/<chapter>.md`: a heading `# 3.1` per
//! exercise, under it the statement, then `## Nudge`, `## Identity`,
//! `## First line`, `## Answer` and, where the answer is prose, `## Rubric`.

use crate::problem::{Problem, Problems};
use std::collections::HashMap;
use std::path::Path;

/// A piece of Markdown and the line at which it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its first line.
    pub line: usize,
    /// The Markdown, without blank lines around it.
    pub markdown: String,
}

/// The words of one exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExerciseText {
    /// The exercise's id.
    pub id: String,
    /// The line of its heading.
    pub line: usize,
    /// What to do.
    pub statement: Text,
    /// A nudge, the identity to use, the first line: each tells more.
    pub hints: [Text; 3],
    /// Why the answer is right.
    pub answer: Text,
    /// How a prose answer is judged.
    pub rubric: Option<Text>,
}

/// What the three hints are called, in the order of asking.
pub const HINTS: [&str; 3] = ["Nudge", "Identity", "First line"];

/// What can be wrong with the words of an exercise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Words before the first exercise.
    #[error("words before the first exercise; a heading such as `# 3.1` comes first")]
    Homeless,
    /// The same id again.
    #[error("exercise {0} is already at line {1}")]
    Duplicate(String, usize),
    /// A heading that is none of the sections.
    #[error("unknown section `## {0}`; the sections are Nudge, Identity, First line, Answer, Rubric")]
    UnknownSection(String),
    /// The same section again.
    #[error("exercise {0} has its section `## {1}` twice")]
    Twice(String, String),
    /// A section that is not there, or has no words.
    #[error("exercise {0} has no {1}; write it under {2}")]
    Missing(String, &'static str, &'static str),
}

/// Reads the words of a chapter's exercises. `file` is how the problems name it.
///
/// # Errors
/// Every [`TextError`] of the file, with its line.
pub fn parse(file: &Path, source: &str) -> Result<Vec<ExerciseText>, Problems> {
    let mut problems = Problems::default();
    let mut exercises: Vec<ExerciseText> = Vec::new();
    for mut sections in exercises_of(file, source, &mut problems) {
        let id = sections.id.clone();
        if let Some(first) = exercises.iter().find(|earlier| earlier.id == id) {
            problems.push(Problem::at(file, sections.line, TextError::Duplicate(id, first.line)));
            continue;
        }
        let mut section = |key: &'static str, what, place| {
            let text = sections.found.remove(key).filter(|text| !text.markdown.is_empty());
            if text.is_none() {
                let error = TextError::Missing(id.clone(), what, place);
                problems.push(Problem::at(file, sections.line, error));
            }
            text.unwrap_or_default()
        };
        let statement = section("", "statement", "its heading");
        let hints = [
            section("Nudge", "first hint", "`## Nudge`"),
            section("Identity", "second hint", "`## Identity`"),
            section("First line", "third hint", "`## First line`"),
        ];
        let answer = section("Answer", "model answer", "`## Answer`");
        let rubric = sections.found.remove("Rubric").filter(|text| !text.markdown.is_empty());
        exercises.push(ExerciseText { id, line: sections.line, statement, hints, answer, rubric });
    }
    problems.or(exercises)
}

/// The sections of an exercise by name; its statement has the empty name.
struct Sections {
    id: String,
    line: usize,
    found: HashMap<&'static str, Text>,
}

const KNOWN: [&str; 5] = ["Nudge", "Identity", "First line", "Answer", "Rubric"];

fn exercises_of(file: &Path, source: &str, problems: &mut Problems) -> Vec<Sections> {
    let mut all: Vec<Sections> = Vec::new();
    // The section being read; none while an unknown one is skipped.
    let mut open: Option<&'static str> = None;
    let mut fenced = false;
    for (index, line) in source.lines().enumerate() {
        let number = index + 1;
        fenced ^= line.trim_start().starts_with("```");
        let heading = if fenced { None } else { heading(line) };
        match (heading, all.last_mut()) {
            (Some(("#", id)), _) => {
                let found = HashMap::from([("", Text::default())]);
                all.push(Sections { id: id.to_owned(), line: number, found });
                open = Some("");
            }
            (Some((_, name)), Some(exercise)) => {
                open = KNOWN.iter().copied().find(|known| *known == name);
                let error = match open {
                    None => TextError::UnknownSection(name.to_owned()),
                    Some(known) if exercise.found.insert(known, Text::default()).is_some() => {
                        TextError::Twice(exercise.id.clone(), name.to_owned())
                    }
                    Some(_) => continue,
                };
                problems.push(Problem::at(file, number, error));
            }
            (None, Some(exercise)) => {
                if let Some(text) = open.and_then(|open| exercise.found.get_mut(open)) {
                    append(text, number, line);
                }
            }
            (_, None) if line.trim().is_empty() => {}
            (_, None) => problems.push(Problem::at(file, number, TextError::Homeless)),
        }
    }
    for text in all.iter_mut().flat_map(|exercise| exercise.found.values_mut()) {
        text.markdown.truncate(text.markdown.trim_end().len());
    }
    all
}

/// A heading of the first or second level: its marks and its words.
fn heading(line: &str) -> Option<(&str, &str)> {
    let (marks, words) = line.split_once(' ')?;
    matches!(marks, "#" | "##").then(|| (marks, words.trim()))
}

fn append(text: &mut Text, number: usize, line: &str) {
    if text.markdown.is_empty() {
        if line.trim().is_empty() {
            return;
        }
        text.line = number;
    }
    text.markdown.push_str(line);
    text.markdown.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# 3.1\nWrite $f^*$.\n\n```rust\n# not a heading\n```\n## Nudge\n\na\n## Identity\nb\n\
        ## First line\nc\n## Answer\nd\n";

    #[test]
    fn sections_keep_their_lines() {
        let all = parse(Path::new("x.md"), GOOD).unwrap();
        let [exercise] = &all[..] else { panic!("{all:?}") };
        assert_eq!((exercise.id.as_str(), exercise.line, exercise.statement.line), ("3.1", 1, 2));
        assert!(exercise.statement.markdown.ends_with("# not a heading\n```"));
        assert_eq!(exercise.hints[0], Text { line: 9, markdown: "a".into() });
        assert_eq!(exercise.rubric, None);
    }

    #[track_caller]
    fn check_errors(source: &str, expected: &[(usize, TextError)]) {
        let problems = parse(Path::new("x.md"), source).unwrap_err();
        let expected: Vec<_> = expected.iter().map(|(line, error)| (*line, error.to_string())).collect();
        assert_eq!(problems.told(), expected);
    }

    #[test]
    fn every_error_has_its_line() {
        use TextError::*;
        check_errors(&format!("hello\n{GOOD}"), &[(1, Homeless)]);
        check_errors(&format!("{GOOD}{GOOD}"), &[(16, Duplicate("3.1".into(), 1))]);
        check_errors(&format!("{GOOD}## Remark\nx\n"), &[(16, UnknownSection("Remark".into()))]);
        check_errors(&format!("{GOOD}## Nudge\nx\n"), &[(16, Twice("3.1".into(), "Nudge".into()))]);
        check_errors(
            &GOOD.replace("## Identity\nb\n", ""),
            &[(1, Missing("3.1".into(), "second hint", "`## Identity`"))],
        );
        check_errors(
            &GOOD.replace("d\n", "\n"),
            &[(1, Missing("3.1".into(), "model answer", "`## Answer`"))],
        );
    }
}
