//! The course: every exercise with its description, words and marked source.

use crate::files;
use crate::marked::{self, Marked, MarkedExercise};
use crate::outline::{self, Division, Outline};
use crate::problem::{Problem, Problems, near};
use crate::project::Project;
use crate::texts::{self, ExerciseText};
use checks::{ChainExercise, Kind, Meta};
use std::path::PathBuf;

/// Every chapter and lab that has exercises.
#[derive(Debug, Default)]
pub struct Course {
    /// The chapters in order, then the labs.
    pub chapters: Vec<CourseChapter>,
}

/// A chapter or a lab and its exercises.
#[derive(Debug, Default)]
pub struct CourseChapter {
    /// Its number, or its letter.
    pub division: Division,
    /// Its common name.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The marked source of its functions.
    pub marked: Marked,
    /// Where the words of its exercises stand.
    pub texts: PathBuf,
    /// Its exercises in order.
    pub exercises: Vec<CourseExercise>,
}

/// An exercise with all that belongs to it.
#[derive(Debug)]
pub struct CourseExercise {
    /// Id, title, points.
    pub meta: Meta,
    /// Statement, hints, answer.
    pub text: ExerciseText,
    /// The function; none where the answer is no function.
    pub marked: Option<MarkedExercise>,
    /// The derivation; none where the answer is none.
    pub chain: Option<ChainExercise>,
}

/// What can be missing or too much in a course.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] files::FileError),
    /// No words.
    #[error("exercise {0} has no words here; write its statement, hints and answer under `# {0}`")]
    NoText(&'static str),
    /// No function.
    #[error("exercise {0} has no function here; mark `pub fn {1}` with `// EXERCISE {0}`")]
    NoFunction(&'static str, &'static str),
    /// Another name.
    #[error("exercise {id} is `{found}` here and `{expected}` in the checks; give both one name")]
    OtherName {
        /// The exercise.
        id: &'static str,
        /// The checks' name.
        expected: &'static str,
        /// The source's name.
        found: String,
    },
    /// No rubric.
    #[error("exercise {0} is answered in prose: it needs a `## Rubric` too")]
    NoRubric(&'static str),
    /// Something about an exercise that no checks know.
    #[error(
        "no checks know exercise {0}; add it to `checks::chapters()` or `checks::labs()`, or take it out here"
    )]
    Stranger(String),
}

/// An id that no exercise has.
#[derive(Debug, thiserror::Error)]
#[error("there is no exercise {id}{hint}; `cargo workbook list` shows all")]
pub struct UnknownExercise {
    id: String,
    hint: String,
}

impl CourseChapter {
    /// Is any of its answers a Rust function?
    pub fn has_functions(&self) -> bool {
        self.exercises.iter().any(|exercise| exercise.marked.is_some())
    }

    /// The beginning of its name: `ch03`, `lab_a`.
    pub fn short(&self) -> &'static str {
        self.division.short(self.name)
    }

    /// The command that grades its answers.
    pub fn grading(&self) -> String {
        self.division.grading(self.name)
    }
}

impl Course {
    /// Reads the course from the project's sources and checks that it is complete.
    ///
    /// # Errors
    /// Everything that is missing, too much or malformed.
    pub fn load(project: &Project) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let outlines = outline::all().into_iter();
        let chapters = outlines.map(|outline| chapter_of(project, &outline, &mut problems)).collect();
        problems.or(Self { chapters })
    }

    /// Every exercise with its chapter, in order.
    pub fn exercises(&self) -> impl Iterator<Item = (&CourseChapter, &CourseExercise)> {
        self.chapters
            .iter()
            .flat_map(|chapter| chapter.exercises.iter().map(move |exercise| (chapter, exercise)))
    }

    /// The exercise of that id.
    ///
    /// # Errors
    /// [`UnknownExercise`] with the nearest id.
    pub fn exercise(&self, id: &str) -> Result<(&CourseChapter, &CourseExercise), UnknownExercise> {
        self.exercises().find(|(_, exercise)| exercise.meta.id == id).ok_or_else(|| UnknownExercise {
            id: id.to_owned(),
            // A function's name is as good as an id to guess from.
            hint: match self.exercises().find(|(_, exercise)| exercise.meta.name == id) {
                Some((_, exercise)) => format!("; did you mean `{}`?", exercise.meta.id),
                // An id by its form is no slip of the pen: another number is not what was meant.
                None if Division::of_id(id).is_some() => format!("; there are {}", self.ranges()),
                None => near(id, self.exercises().map(|(_, exercise)| exercise.meta.id)),
            },
        })
    }
}

/// Does that exercise stand before this one in their chapter?
fn comes_before(id: &str, other: &str) -> bool {
    let place = |id: &str| Division::of_id(id).map(|(_, place)| place);
    place(id) < place(other)
}

impl Course {
    /// The ids there are, chapter by chapter: `3.1 to 3.14`.
    fn ranges(&self) -> String {
        let range = |chapter: &CourseChapter| {
            let ids = (chapter.exercises.first()?.meta.id, chapter.exercises.last()?.meta.id);
            Some(if ids.0 == ids.1 { ids.0.to_owned() } else { format!("{} to {}", ids.0, ids.1) })
        };
        self.chapters.iter().filter_map(range).collect::<Vec<_>>().join(", ")
    }
}

fn chapter_of(project: &Project, chapter: &Outline, problems: &mut Problems) -> CourseChapter {
    let source_path = project.exercises(chapter.name);
    let source_shown = project.shown(&source_path);
    let text_path = project.texts(chapter.name);
    let text_shown = project.shown(&text_path);
    let mut read = |path, shown: &PathBuf| {
        files::read(path).unwrap_or_else(|why| {
            problems.push(Problem::at(shown, 1, CourseError::File(why)));
            String::new()
        })
    };
    let source = if chapter.has_functions() { read(&source_path, &source_shown) } else { String::new() };
    let words = read(&text_path, &text_shown);
    let marked = problems.take(marked::parse(&source_shown, &source));
    let mut texts = problems.take(texts::parse(&text_shown, &words));
    let readable = problems.0.is_empty();
    let starts: Vec<(String, usize)> = texts.iter().map(|text| (text.id.clone(), text.line)).collect();

    let mut exercises = Vec::new();
    for (meta, chain) in &chapter.exercises {
        let (meta, chain) = (*meta, chain.clone());
        let text = texts.iter().position(|text| text.id == meta.id).map(|at| texts.remove(at));
        let function = marked.exercises().find(|function| function.id == meta.id).cloned();
        if !readable {
            continue;
        }
        let mut complain = |file, line, what| problems.push(Problem::at(file, line, what));
        match (&function, meta.kind) {
            (None, Kind::Implement | Kind::Train) => {
                // Where it belongs: after the exercise before it.
                let before = marked.exercises().filter(|f| comes_before(&f.id, meta.id)).map(|f| f.line);
                let line = before.max().unwrap_or(1);
                complain(&source_shown, line, CourseError::NoFunction(meta.id, meta.name));
            }
            (Some(function), Kind::Implement | Kind::Train) if function.name != meta.name => {
                let (id, expected, found) = (meta.id, meta.name, function.name.clone());
                complain(&source_shown, function.line, CourseError::OtherName { id, expected, found });
            }
            _ => {}
        }
        let Some(text) = text else {
            let after = starts.iter().find(|(id, _)| !comes_before(id, meta.id)).map(|(_, line)| *line);
            let line = after.unwrap_or_else(|| words.lines().count().max(1));
            complain(&text_shown, line, CourseError::NoText(meta.id));
            continue;
        };
        if meta.kind == Kind::Explain && text.rubric.is_none() {
            complain(&text_shown, text.line, CourseError::NoRubric(meta.id));
        }
        exercises.push(CourseExercise { meta, text, marked: function, chain });
    }
    for stranger in texts {
        problems.push(Problem::at(&text_shown, stranger.line, CourseError::Stranger(stranger.id)));
    }
    let known = |id: &str| chapter.exercises.iter().any(|(meta, _)| meta.id == id);
    for stranger in marked.exercises().filter(|function| !known(&function.id)) {
        problems.push(Problem::at(&source_shown, stranger.line, CourseError::Stranger(stranger.id.clone())));
    }
    CourseChapter {
        division: chapter.division,
        name: chapter.name,
        title: chapter.title,
        marked,
        texts: text_shown,
        exercises,
    }
}
