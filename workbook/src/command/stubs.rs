//! Making the stubs, checking that they are what the sources make, putting one back.

use super::error::CommandError;
use crate::course::{Course, CourseChapter};
use crate::files;
use crate::project::Project;
use crate::stubs::{heading, section, stub_file, stub_files};
use checks::chains;
use similar::TextDiff;
use std::io::Write;
use std::path::Path;

pub(super) fn make(project: &Project, output: &mut impl Write) -> Result<(), CommandError> {
    for chapter in &Course::load(project)?.chapters {
        make_chapter(project, chapter, output)?;
    }
    Ok(())
}

pub(super) fn check(project: &Project, output: &mut impl Write) -> Result<(), CommandError> {
    let mut stale = Vec::new();
    for chapter in &Course::load(project)?.chapters {
        for (path, wanted) in stub_files(project, chapter)? {
            let shown = project.shown(&path).display().to_string();
            // A stub that is not there yet differs in every line.
            let found = if path.exists() { files::read(&path)? } else { String::new() };
            let wanted = files::with_line_ends_of(&found, &wanted);
            if found != wanted {
                let diff = TextDiff::from_lines(&found, &wanted);
                write!(output, "{}", diff.unified_diff().header(&shown, "from its source"))?;
                stale.push(shown);
            }
        }
    }
    if stale.is_empty() {
        writeln!(output, "The stubs are what their sources make.")?;
        Ok(())
    } else {
        Err(CommandError::Stale(stale.join(", ")))
    }
}

pub(super) fn reset(project: &Project, id: &str, output: &mut impl Write) -> Result<(), CommandError> {
    let course = Course::load(project)?;
    if let Some(chapter) = course.chapters.iter().find(|chapter| names(chapter, id)) {
        return make_chapter(project, chapter, output);
    }
    let (chapter, exercise) = course.exercise(id)?;
    if let Some(chain) = &exercise.chain {
        let path = project.answer(chapter.name, &chains::file_name(&exercise.meta));
        return replace(project, &path, &chain.stub(), output);
    }
    if exercise.marked.is_none() {
        writeln!(output, "{id} is answered in prose: there is no file to put back.")?;
        return Ok(());
    }
    let path = project.stubs(chapter.name);
    let fresh = stub_file(project, chapter)?;
    if !path.exists() {
        return replace(project, &path, &fresh, output);
    }
    let present = files::read(&path)?;
    let heading = heading(exercise);
    let no_heading = |why| CommandError::NoHeading(why, chapter.name.to_owned());
    let old = section(&present, &heading).map_err(no_heading)?;
    let new = section(&fresh, &heading).map_err(no_heading)?;
    let new = files::with_line_ends_of(&present, new);
    replace(project, &path, &present.replacen(old, &new, 1), output)
}

/// Every file of a chapter as it is at the beginning.
fn make_chapter(
    project: &Project,
    chapter: &CourseChapter,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    for (path, text) in stub_files(project, chapter)? {
        replace(project, &path, &text, output)?;
    }
    Ok(())
}

/// Does the reader mean this chapter: `ch03` or `lab_a`, or its whole name?
fn names(chapter: &CourseChapter, id: &str) -> bool {
    chapter.name == id || chapter.short() == id
}

fn replace(project: &Project, path: &Path, text: &str, output: &mut impl Write) -> Result<(), CommandError> {
    let before = path.exists();
    let copy = files::replace(path, text)?;
    let shown = project.shown(path);
    match copy {
        Some(copy) => writeln!(
            output,
            "{}: made anew; what it was is kept in {}",
            shown.display(),
            project.shown(&copy).display()
        )?,
        None if before => writeln!(output, "{}: nothing to change", shown.display())?,
        None => writeln!(output, "{}: made", shown.display())?,
    }
    Ok(())
}
