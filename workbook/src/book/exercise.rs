//! The box of an exercise: what to do, where, how to run it, three hints.

use super::chain;
use super::html::{block_safe, escape};
use super::page::{Place, slashed};
use super::pages::Pages;
use super::signature;
use super::{inline, listing};
use crate::course::{CourseChapter, CourseExercise};
use crate::derivations::source;
use crate::problem::Problem;
use crate::texts::{HINTS, Text};
use checks::{ChainExercise, Kind, chains};
use std::fmt::Write as _;

/// An exercise as Markdown between HTML tags: mdBook highlights its code and
/// resolves its links.
pub(super) fn exercise(
    pages: &Pages<'_>,
    place: &Place<'_>,
    chapter: &CourseChapter,
    exercise: &CourseExercise,
    problems: &mut Vec<Problem>,
) -> String {
    let meta = exercise.meta;
    let id = meta.id;
    let words = |text: &Text, problems: &mut Vec<Problem>| {
        inline::markdown(&pages.math, &chapter.texts, text.line, &text.markdown, problems)
    };
    let points = if meta.points == 1 { "1 point".into() } else { format!("{} points", meta.points) };
    let mut text = format!(
        "<section class=\"box exercise\" aria-labelledby=\"exercise-{id}\">\n\n\
         ### {id} {} {{#exercise-{id}}}\n\n\
         <p class=\"exercise-facts\"><span>{}</span><span>{points}</span><span>about {} minutes</span></p>\n\n\
         {}\n\n",
        escape(meta.title),
        meta.kind.word(),
        meta.minutes,
        words(&exercise.text.statement, problems),
    );
    if let Some(function) = &exercise.marked {
        let _ = write!(text, "```rust\n{}\n```\n\n", signature::fitted(&function.signature));
    }
    if let Some(chain) = &exercise.chain {
        text.push_str(&given(chain));
        text.push_str(&attempt(pages, place, chapter, chain));
    }
    let _ = write!(
        text,
        "<div class=\"exercise-run\">\n\n{}\n\n</div>\n\n",
        how_to_run(pages, chapter, exercise)
    );
    text.push_str("<div class=\"hints\">\n\n");
    for (name, hint) in HINTS.iter().zip(&exercise.text.hints) {
        let _ = write!(
            text,
            "<details class=\"hint\">\n<summary><span>Hint: </span>{}</summary>\n\n{}\n\n</details>\n\n",
            name.to_lowercase(),
            words(hint, problems)
        );
    }
    text.push_str("</div>\n\n");
    text.push_str("</section>\n");
    text
}

/// The chain that stands in the reader's file at the beginning, and what may be cited in it.
fn given(chain: &ChainExercise) -> String {
    let stub = chain.stub();
    let lines: Vec<&str> = stub
        .lines()
        .skip_while(|line| line.is_empty() || line.starts_with("--"))
        .map(|line| if line.trim_start().starts_with("--") { "  -- … your lines" } else { line })
        .collect();
    let rules: Vec<String> = chain.permitted.iter().map(|rule| format!("`{rule}`")).collect();
    let cited = match rules.as_slice() {
        [] => String::new(),
        rules => format!("You may cite {}.\n\n", rules.join(", ")),
    };
    format!("```text\n{}\n```\n\n{cited}", listing::fitted(&lines.join("\n")))
}

/// What the reader has written so far, typeset, with a verdict at each line. A mistake in
/// it is the reader's: it is shown and stops no build.
fn attempt(pages: &Pages<'_>, place: &Place<'_>, chapter: &CourseChapter, chain: &ChainExercise) -> String {
    let file = pages.project.answer(chapter.name, &chains::file_name(&chain.meta));
    let shown = pages.project.shown(&file);
    let told = |words: &str| format!("<pre class=\"attempt-told\">{}</pre>", escape(words));
    let content = match source::read(&file) {
        Err(_) if !file.exists() => return String::new(),
        Err(why) => told(&why.to_string()),
        Ok(text) if chains::untouched(&text) => return String::new(),
        Ok(text) => match pages.certifier.one(chain.meta.id, &text) {
            Ok(certificate) => {
                let mut problems = Vec::new();
                let id = format!("yours-{}", chain.meta.id);
                let lines = self::chain::lines(pages, place, &id, &certificate, &mut problems);
                problems.first().map_or(lines, |problem| told(&problem.what.to_string()))
            }
            Err(mistakes) => {
                let file = shown.display().to_string();
                let rendered = mistakes.iter().map(|mistake| told(&mistake.render(&file, &text, false)));
                rendered.collect::<Vec<_>>().join("\n")
            }
        },
    };
    let html = format!(
        "<div class=\"attempt\">\n<p class=\"attempt-title\">Yours, in <code>{}</code></p>\n{content}\n</div>",
        escape(&shown.display().to_string())
    );
    format!("{}\n\n", block_safe(&html))
}

fn how_to_run(pages: &Pages<'_>, chapter: &CourseChapter, exercise: &CourseExercise) -> String {
    let id = exercise.meta.id;
    let grading = chapter.grading();
    let file = pages.project.shown(&pages.project.stubs(chapter.name));
    match exercise.meta.kind {
        Kind::Implement | Kind::Train => format!(
            "Write it in `{}`, then `{grading}` grades it. Afterwards compare with \
             `cargo workbook solution {id}`.",
            slashed(&file)
        ),
        Kind::Derive | Kind::Repair => format!(
            "Write it in `chapters/{}/{}`; `cargo workbook check` says of each line whether it stands, \
             and `{grading}` grades it. Afterwards compare with `cargo workbook solution {id}`.",
            chapter.name,
            chains::file_name(&exercise.meta)
        ),
        Kind::Explain => format!(
            "Write a few sentences of your own first, then judge them by the rubric that \
             `cargo workbook solution {id}` prints with a model answer."
        ),
    }
}
