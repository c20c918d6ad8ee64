//! Where in the sources a law, a check or a chaff stands, for messages about it.

use crate::course::Course;
use crate::problem::line_of;
use crate::project::Project;
use crate::report::Unverified;
use std::path::{Path, PathBuf};

/// The file and line to look at. Names are unique in the sources of the checks, so
/// their text is searched; what is not found is told at their folder.
pub(crate) fn locate(project: &Project, course: &Course, doubt: &Unverified) -> (PathBuf, usize) {
    let folder = project.root().join("tests/checks/src");
    let sources = sources(&folder);
    let found = match doubt {
        Unverified::LawBroken { law, .. }
        | Unverified::LawIdle(law)
        | Unverified::LawUntested(law)
        | Unverified::LawTwice(law) => find(&sources, &[&format!("name: \"{law}\"")]),
        Unverified::LawChaff { law, chaff } => {
            find(&sources, &[&format!("name: \"{law}\""), &format!("\"{chaff}\"")])
        }
        // The checks were seen to catch mistakes: look at the reference first.
        Unverified::Reference { id, .. } => {
            let exercise = course.exercise(id).ok();
            let reference = exercise.and_then(|(chapter, exercise)| {
                let path = project.exercises(chapter.name);
                exercise.marked.as_ref().map(|function| (path, function.line))
            });
            reference.or_else(|| find(&sources, &[&format!("\"{id}\",")]))
        }
        Unverified::ExerciseChaff { id, chaff, .. } => {
            let exercise = format!("\"{id}\",");
            find(&sources, &[&exercise, &format!("name: \"{chaff}\"")])
                .or_else(|| find(&sources, &[&exercise]))
        }
        Unverified::ExerciseUntested { id, check } => {
            let exercise = format!("\"{id}\",");
            // The checks of a derivation are not written out at each exercise.
            find(&sources, &[&exercise, &format!("name: \"{check}\"")])
                .or_else(|| find(&sources, &[&exercise]))
        }
    };
    let (file, line) = found.unwrap_or((folder, 1));
    (project.shown(&file), line)
}

/// The first place where these words stand in this order, in one file.
fn find(sources: &[(PathBuf, String)], words: &[&str]) -> Option<(PathBuf, usize)> {
    sources.iter().find_map(|(path, text)| {
        let at = words.iter().try_fold(0, |from, word| text[from..].find(word).map(|at| from + at))?;
        Some((path.clone(), line_of(text, at)))
    })
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inside) = open.pop() {
        for path in std::fs::read_dir(&inside).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_law_check_and_chaff_is_found() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let project = Project::at(here.parent().unwrap_or(here));
        let course = Course::load(&project).unwrap();
        let mut doubts: Vec<Unverified> =
            checks::laws().iter().map(|law| Unverified::LawIdle(law.name().to_owned())).collect();
        for exercise in checks::chapters().iter().flat_map(|chapter| &chapter.exercises) {
            let id = exercise.meta().id;
            for (check, _) in exercise.checks() {
                doubts.push(Unverified::ExerciseUntested { id, check });
                doubts.push(Unverified::Reference {
                    id,
                    check: check.to_owned(),
                    counterexample: String::new(),
                });
            }
            for chaff in exercise.chaffs() {
                doubts.push(Unverified::ExerciseChaff { id, check: chaff.meant, chaff: chaff.name });
            }
        }
        for doubt in doubts {
            let (file, line) = locate(&project, &course, &doubt);
            assert!(line > 1 && file.extension().is_some(), "{}:{line}: {doubt}", file.display());
        }
    }

    #[test]
    fn words_are_found_in_their_order() {
        let sources = [
            (PathBuf::from("a.rs"), "name: \"x\"\n".to_owned()),
            (PathBuf::from("b.rs"), "\"c\"\nname: \"x\"\n\n\"c\"\n".to_owned()),
        ];
        assert_eq!(find(&sources, &["name: \"x\"", "\"c\""]), Some((PathBuf::from("b.rs"), 4)));
        assert_eq!(find(&sources, &["name: \"x\""]), Some((PathBuf::from("a.rs"), 1)));
        assert_eq!(find(&sources, &["\"z\""]), None);
    }
}
