//! Running every law and every exercise, once a build, on all cores.

use crate::cores::on_all_cores;
use crate::course::Course;
use crate::derivations::{Certifier, kept};
use crate::locate::locate;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::project::Project;
use crate::report::{ExerciseReport, Report, Unverified, examine};
use checks::{AnyExercise, AnyLaw, ChainExercise, LawReport};
use std::fmt;

/// Checks that did not do their work, each with its place in the sources.
#[derive(Debug)]
pub struct Doubts(pub Vec<Problem>);

impl fmt::Display for Doubts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the book is not built, since what it would say is not verified:")?;
        self.0.iter().try_for_each(|doubt| write!(f, "\n  {doubt}"))
    }
}

impl std::error::Error for Doubts {}

/// Runs every law and every exercise's checks, on reference and chaffs; derivations
/// by `certifier`, which may know them already.
///
/// # Errors
/// [`Doubts`] if a law does not hold, a reference fails, or a planted mistake
/// slips through.
pub fn verify(
    project: &Project,
    course: &Course,
    certifier: &Certifier,
    progress: &Progress,
) -> Result<Report, Doubts> {
    kept::by(certifier);
    let (laws, chapters) = (checks::laws(), checks::chapters());
    let exercises: Vec<(u32, &dyn AnyExercise)> = chapters
        .iter()
        .flat_map(|chapter| chapter.exercises.iter().map(|exercise| (chapter.number, exercise.as_ref())))
        .collect();
    progress.start(laws.len() + exercises.len(), "checking laws and exercises");
    let _quiet = Quiet::new();
    let laws: Vec<&dyn AnyLaw> = laws.iter().map(AsRef::as_ref).collect();
    let laws: Vec<LawReport> = on_all_cores(&laws, |law| {
        let report = law.run();
        progress.step(law.name());
        report
    });
    let examined: Vec<(ExerciseReport, Vec<Unverified>)> = on_all_cores(&exercises, |(chapter, exercise)| {
        let examined = match exercise.as_chain() {
            Some(chain) => examine(*chapter, &ChainExercise { certify: kept::certify, ..chain.clone() }),
            None => examine(*chapter, *exercise),
        };
        progress.step(exercise.meta().id);
        examined
    });
    progress.finish();
    let (exercises, doubts): (Vec<_>, Vec<_>) = examined.into_iter().unzip();
    let report = Report { laws, exercises, ..Report::default() };
    let doubts: Vec<Unverified> = report.doubts().into_iter().chain(doubts.into_iter().flatten()).collect();
    if doubts.is_empty() {
        return Ok(report);
    }
    let located = doubts.into_iter().map(|doubt| {
        let (file, line) = locate(project, course, &doubt);
        Problem::at(&file, line, doubt)
    });
    Err(Doubts(located.collect()))
}

/// While it lives, panics print nothing: a chaff may panic, and that is a way of
/// being caught.
struct Quiet(Option<Hook>);

type Hook = Box<dyn Fn(&std::panic::PanicHookInfo<'_>) + Sync + Send>;

impl Quiet {
    fn new() -> Self {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        Self(Some(hook))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(hook) = self.0.take() {
            std::panic::set_hook(hook);
        }
    }
}
