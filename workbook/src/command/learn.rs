//! What a learner asks: which exercises there are, a hint, the solution.

use super::error::CommandError;
use crate::course::Course;
use crate::outline::{self, Division};
use crate::project::Project;
use crate::texts::HINTS;
use checks::{Kind, chains, reader};
use serde::Serialize;
use std::collections::HashMap;
use std::io::Write;

/// An exercise in a list.
#[derive(Debug, Serialize)]
struct Listed {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    chapter: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lab: Option<char>,
    kind: Kind,
    name: &'static str,
    title: &'static str,
    points: u32,
    minutes: u32,
    status: Status,
}

/// How far the reader is, as far as the file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    /// The stub's `todo!` still stands.
    Untouched,
    /// There is an answer; `cargo test` tells whether it is right.
    Attempted,
    /// Answered on paper: no file tells.
    Prose,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Status::Untouched => "untouched",
            Status::Attempted => "attempted",
            Status::Prose => "prose",
        }
    }
}

pub(super) fn list(project: &Project, json: bool, output: &mut impl Write) -> Result<(), CommandError> {
    let mut sources: HashMap<&str, String> = HashMap::new();
    let mut listed = Vec::new();
    for chapter in outline::all() {
        let (number, letter) = match chapter.division {
            Division::Chapter(number) => (Some(number), None),
            Division::Lab(letter) => (None, Some(letter)),
        };
        // Without a stub file nothing in it has been touched.
        let source = sources
            .entry(chapter.name)
            .or_insert_with(|| std::fs::read_to_string(project.stubs(chapter.name)).unwrap_or_default());
        for (meta, _) in chapter.exercises {
            let status = match meta.kind {
                Kind::Explain => Status::Prose,
                Kind::Implement | Kind::Train if source.is_empty() || reader::untouched(source, meta.id) => {
                    Status::Untouched
                }
                Kind::Implement | Kind::Train => Status::Attempted,
                Kind::Derive | Kind::Repair => {
                    let path = project.answer(chapter.name, &chains::file_name(&meta));
                    match std::fs::read(path) {
                        Ok(bytes) if !chains::untouched(&String::from_utf8_lossy(&bytes)) => {
                            Status::Attempted
                        }
                        _ => Status::Untouched,
                    }
                }
            };
            listed.push(Listed {
                id: meta.id,
                chapter: number,
                lab: letter,
                kind: meta.kind,
                name: meta.name,
                title: meta.title,
                points: meta.points,
                minutes: meta.minutes,
                status,
            });
        }
    }
    if json {
        serde_json::to_writer_pretty(&mut *output, &listed)?;
        writeln!(output)?;
        return Ok(());
    }
    let width = listed.iter().map(|exercise| exercise.title.chars().count()).max().unwrap_or(0);
    for e in &listed {
        writeln!(
            output,
            "{:<5} {:<width$}  {:<9}  {:<9}  {:>2} points  {:>3} min",
            e.id,
            e.title,
            e.kind.word(),
            e.status.word(),
            e.points,
            e.minutes,
        )?;
    }
    let begun = listed.iter().filter(|exercise| exercise.status == Status::Attempted).count();
    let gradable = listed.iter().filter(|exercise| exercise.kind.is_graded()).count();
    writeln!(
        output,
        "\n{begun} of {gradable} attempted. `cargo test` grades them (`cargo test -p labs` those of the labs); `cargo workbook hint ID` helps."
    )?;
    Ok(())
}

pub(super) fn hint(
    project: &Project,
    id: &str,
    level: u8,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let course = Course::load(project)?;
    let (_, exercise) = course.exercise(id)?;
    let index = usize::from(level.clamp(1, 3)) - 1;
    writeln!(output, "{id} {}. Hint {level} of 3, {}:\n", exercise.meta.title, HINTS[index].to_lowercase())?;
    writeln!(output, "{}\n", exercise.text.hints[index].markdown)?;
    if level < 3 {
        writeln!(output, "The next one: cargo workbook hint {id} --level {}", level + 1)?;
    } else {
        writeln!(output, "That was the last. The answer: cargo workbook solution {id}")?;
    }
    Ok(())
}

pub(super) fn solution(project: &Project, id: &str, output: &mut impl Write) -> Result<(), CommandError> {
    let course = Course::load(project)?;
    let (_, exercise) = course.exercise(id)?;
    writeln!(output, "{id} {}\n", exercise.meta.title)?;
    if let Some(function) = &exercise.marked {
        writeln!(output, "{}", function.solution)?;
    }
    if let Some(chain) = &exercise.chain {
        writeln!(output, "{}\n", chain.reference.trim())?;
    }
    writeln!(output, "{}", exercise.text.answer.markdown)?;
    if let Some(rubric) = &exercise.text.rubric {
        writeln!(output, "\nRubric\n\n{}", rubric.markdown)?;
    }
    Ok(())
}
