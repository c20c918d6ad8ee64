//! The box of an exercise: what to do, where, how to run it, three hints.

use super::html::escape;
use super::inline;
use super::pages::Pages;
use crate::course::{CourseChapter, CourseExercise};
use crate::problem::Problem;
use crate::texts::{HINTS, Text};
use checks::{Kind, chains};
use std::fmt::Write as _;

/// An exercise as Markdown between HTML tags: mdBook highlights its code and
/// resolves its links.
pub(super) fn exercise(
    pages: &Pages<'_>,
    chapter: &CourseChapter,
    exercise: &CourseExercise,
    problems: &mut Vec<Problem>,
) -> String {
    let meta = exercise.meta;
    let id = meta.id;
    let mut words =
        |text: &Text| inline::markdown(&pages.math, &chapter.texts, text.line, &text.markdown, problems);
    let points = if meta.points == 1 { "1 point".into() } else { format!("{} points", meta.points) };
    let mut text = format!(
        "<section class=\"box exercise\" aria-labelledby=\"exercise-{id}\">\n\n\
         ### {id} {} {{#exercise-{id}}}\n\n\
         <p class=\"exercise-facts\"><span>{}</span><span>{points}</span><span>about {} minutes</span></p>\n\n\
         {}\n\n",
        escape(meta.title),
        meta.kind.word(),
        meta.minutes,
        words(&exercise.text.statement),
    );
    if let Some(function) = &exercise.marked {
        let _ = write!(text, "```rust\n{}\n```\n\n", function.signature);
    }
    let _ = write!(text, "{}\n\n", how_to_run(chapter, exercise));
    for (name, hint) in HINTS.iter().zip(&exercise.text.hints) {
        let _ = write!(
            text,
            "<details class=\"hint\">\n<summary>Hint: {}</summary>\n\n{}\n\n</details>\n\n",
            name.to_lowercase(),
            words(hint)
        );
    }
    text.push_str("</section>\n");
    text
}

fn how_to_run(chapter: &CourseChapter, exercise: &CourseExercise) -> String {
    let id = exercise.meta.id;
    let short = chapter.name.split('_').next().unwrap_or(chapter.name);
    match exercise.meta.kind {
        Kind::Implement => format!(
            "Write it in `chapters/{}.rs`, then `cargo test {short}` grades it. Afterwards compare with \
             `cargo workbook solution {id}`.",
            chapter.name
        ),
        Kind::Derive | Kind::Repair => format!(
            "Write it in `chapters/{}/{}`; `cargo workbook check` says of each line whether it stands, \
             `cargo workbook serve` shows it here as you type, and `cargo test {short}` grades it. Afterwards \
             compare with `cargo workbook solution {id}`.",
            chapter.name,
            chains::file_name(&exercise.meta)
        ),
        Kind::Explain => format!(
            "Write a few sentences of your own first, then judge them by the rubric that \
             `cargo workbook solution {id}` prints with a model answer."
        ),
    }
}
