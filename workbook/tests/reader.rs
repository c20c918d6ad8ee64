//! The path that a reader walks, with the reader's own commands, in a copy of the
//! project: untouched stubs, right answers, every planted mistake, answers that
//! misbehave, a chapter that does not compile.
//!
//! It compiles the copy, so plain `cargo test` leaves it out:
//! `cargo test --package workbook --test reader`.

use checks::{AnyExercise, ChainExercise, Kind, chains};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use workbook::course::{Course, CourseChapter};
use workbook::marked::MarkedExercise;
use workbook::outline::Division;
use workbook::project::Project;
use workbook::stubs::file_with;

type Tried = Result<(), Box<dyn Error>>;

/// All in one test: its parts edit the same files.
#[test]
fn a_reader_is_graded() -> Tried {
    let project = Project::find()?;
    let course = Course::load(&project)?;
    let copy = Copy::of(project.root())?;
    // The labs' own tests grade theirs.
    let is_chapter = |chapter: &&CourseChapter| matches!(chapter.division, Division::Chapter(_));
    for chapter in course.chapters.iter().filter(is_chapter) {
        let graded = Graded { project: &project, chapter, copy: &copy };
        graded.derivations_are_graded()?;
        if !chapter.has_functions() {
            continue;
        }
        graded.untouched_stubs_wait()?;
        graded.right_answers_pass()?;
        graded.planted_mistakes_fail()?;
    }
    // Its first functions take one slope each: what misbehaves is written for those.
    let slopes = course
        .chapters
        .iter()
        .find(|chapter| chapter.division == Division::Chapter(3))
        .ok_or("there is a chapter 3")?;
    let chapter = Graded { project: &project, chapter: slopes, copy: &copy };
    chapter.misbehaviour_is_reported_as_itself()?;
    chapter.a_type_error_is_the_compilers_own()?;
    chapter.another_chapter_that_does_not_compile_changes_nothing()
}

/// A copy of the project's files, with the project's own target folder.
struct Copy {
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    /// Copies what git tracks or would track; only what changed, so that cargo
    /// rebuilds only that. What an earlier copy had besides goes.
    fn of(project: &Path) -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reader");
        let listed = Command::new("git")
            .current_dir(project)
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()?;
        let listed = String::from_utf8(listed.stdout)?;
        let mut kept = BTreeSet::new();
        for file in listed.split_terminator('\0') {
            let (from, to) = (project.join(file), root.join(file));
            let Ok(mut contents) = fs::read(&from) else { continue };
            kept.insert(to.clone());
            if file == "Cargo.toml" {
                contents = as_another_version(&contents)?;
            }
            if fs::read(&to).ok().as_ref() != Some(&contents) {
                fs::create_dir_all(to.parent().ok_or("a file has a folder")?)?;
                fs::write(to, contents)?;
            }
        }
        remove_others(&root, &kept)?;
        Ok(Self { target: project.join("target"), root })
    }

    /// `cargo test --test chapters FILTER`: did it succeed, how did each test end,
    /// and what was printed?
    fn cargo_test(&self, filter: &str) -> Result<Run, Box<dyn Error>> {
        let output = Command::new(env!("CARGO"))
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .args(["test", "--package", "vdm", "--test", "chapters", filter, "--", "--format", "pretty"])
            .output()?;
        let text =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let endings = text.lines().filter_map(|line| {
            let (name, ending) = line.strip_prefix("test ")?.split_once(" ... ")?;
            Some((name.trim().to_owned(), ending.trim().to_owned()))
        });
        Ok(Run { success: output.status.success(), endings: endings.collect(), text })
    }
}

/// Removes the files of a folder that are not `kept`: a module that has moved would be
/// there twice.
fn remove_others(folder: &Path, kept: &BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, kept)?;
        } else if !kept.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The root manifest with another version. The copy shares the target folder, so
/// that no dependency is compiled twice; were its packages of the same version too,
/// cargo would take what it compiled for the project's own.
fn as_another_version(manifest: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let manifest = std::str::from_utf8(manifest)?;
    let (before, after) = manifest.split_once("\nversion = \"").ok_or("the workspace has a version")?;
    let (version, after) = after.split_once('"').ok_or("a version ends")?;
    Ok(format!("{before}\nversion = \"{version}-copy\"{after}").into_bytes())
}

/// A run of `cargo test`.
struct Run {
    success: bool,
    endings: BTreeMap<String, String>,
    text: String,
}

impl Run {
    /// Demands that the test ended so.
    fn expect(&self, name: &str, ending: &str) -> Tried {
        match self.endings.get(name) {
            Some(found) if found == ending => Ok(()),
            found => Err(format!("{name}: {found:?} and not {ending}\n{}", self.text).into()),
        }
    }

    /// Demands that the report of a failed test says `words`.
    fn says(&self, name: &str, words: &str) -> Tried {
        let report = self.text.split("\n---- ").find(|part| part.starts_with(&format!("{name} ----")));
        match report {
            Some(report) if report.contains(words) => Ok(()),
            _ => Err(format!("{name} does not say “{words}”:\n{}", self.text).into()),
        }
    }
}

/// A chapter whose stubs are replaced in the copy.
struct Graded<'a> {
    project: &'a Project,
    chapter: &'a CourseChapter,
    copy: &'a Copy,
}

impl Graded<'_> {
    fn short(&self) -> &str {
        self.chapter.short()
    }

    /// The graded exercises of the registry.
    fn exercises(&self) -> Vec<Box<dyn AnyExercise>> {
        let chapter = checks::chapters().into_iter().find(|chapter| chapter.name == self.chapter.name);
        let all = chapter.map(|chapter| chapter.exercises).unwrap_or_default();
        all.into_iter().filter(|exercise| exercise.meta().kind == Kind::Implement).collect()
    }

    fn test_name(&self, exercise: &dyn AnyExercise) -> String {
        format!("{}::{}::{}", self.short(), exercise.meta().id, exercise.meta().name)
    }

    fn stub_path(&self) -> PathBuf {
        self.copy.root.join("chapters").join(self.chapter.name).with_extension("rs")
    }

    /// Puts this text into the stub file and grades the chapter.
    fn grade(&self, text: &str) -> Result<Run, Box<dyn Error>> {
        fs::write(self.stub_path(), text)?;
        self.copy.cargo_test(self.short())
    }

    /// The stub file with these items.
    fn file(&self, item: impl Fn(&MarkedExercise) -> String) -> Result<String, Box<dyn Error>> {
        Ok(file_with(self.project, self.chapter, item)?)
    }

    /// Puts a text into each derivation's file and grades the chapter.
    fn grade_derivations(
        &self,
        all: &[ChainExercise],
        text: impl Fn(&ChainExercise) -> Vec<u8>,
    ) -> Result<Run, Box<dyn Error>> {
        let folder = self.copy.root.join("chapters").join(self.chapter.name);
        fs::create_dir_all(&folder)?;
        for exercise in all {
            fs::write(folder.join(chains::file_name(&exercise.meta)), text(exercise))?;
        }
        self.copy.cargo_test(self.short())
    }

    fn derivations_are_graded(&self) -> Tried {
        let all: Vec<ChainExercise> =
            self.chapter.exercises.iter().filter_map(|exercise| exercise.chain.clone()).collect();
        let run = self.grade_derivations(&all, |exercise| exercise.stub().into_bytes())?;
        for exercise in &all {
            run.expect(&self.test_name(exercise), "ignored")?;
        }
        let run = self.grade_derivations(&all, |exercise| exercise.reference.as_bytes().to_vec())?;
        for exercise in &all {
            run.expect(&self.test_name(exercise), "ok")?;
        }
        let most = all.iter().map(|exercise| exercise.chaffs.len()).max().unwrap_or(0);
        for round in 0..most {
            let chaff = |exercise: &ChainExercise| exercise.chaffs[round % exercise.chaffs.len()].clone();
            let run = self.grade_derivations(&all, |exercise| chaff(exercise).text.into_bytes())?;
            for exercise in &all {
                let (test, chaff) = (self.test_name(exercise), chaff(exercise));
                run.expect(&test, "FAILED")?;
                run.says(&test, chaff.misconception)?;
                if let Some(line) = chaff.line {
                    run.says(&test, &format!("at        line {line},"))?;
                }
            }
        }
        let hostile: [(&[u8], &str); 4] = [
            (b"", "in the derivation language"),
            (b"\xff\xfe\x00", "text in UTF-8"),
            (&[b'('; chains::FILE_LIMIT], "in the derivation language"),
            (&[b'a'; chains::FILE_LIMIT + 1], "at most"),
        ];
        for (bytes, words) in hostile {
            let run = self.grade_derivations(&all, |_| bytes.to_vec())?;
            for exercise in &all {
                run.expect(&self.test_name(exercise), "FAILED")?;
                run.says(&self.test_name(exercise), words)?;
            }
        }
        self.grade_derivations(&all, |exercise| exercise.stub().into_bytes()).map(drop)
    }

    fn untouched_stubs_wait(&self) -> Tried {
        let run = self.grade(&self.file(|function| function.stub.clone())?)?;
        for exercise in self.exercises() {
            run.expect(&self.test_name(exercise.as_ref()), "ignored")?;
        }
        run.expect(&format!("{}::compiles", self.short()), "ok")?;
        if run.success { Ok(()) } else { Err(format!("untouched stubs fail:\n{}", run.text).into()) }
    }

    fn right_answers_pass(&self) -> Tried {
        let run = self.grade(&self.file(|function| function.solution.clone())?)?;
        for exercise in self.exercises() {
            run.expect(&self.test_name(exercise.as_ref()), "ok")?;
        }
        Ok(())
    }

    /// One round for the first chaff of every exercise, one for the second, …
    fn planted_mistakes_fail(&self) -> Tried {
        let exercises = self.exercises();
        let most = exercises.iter().map(|exercise| exercise.chaffs().len()).max().unwrap_or(0);
        let solved = self.file(|function| function.solution.clone())?;
        for round in 0..most {
            let mut text = solved.clone();
            for exercise in &exercises {
                let (chaffs, name) = (exercise.chaffs(), exercise.meta().name);
                let chaff = chaffs[round % chaffs.len()].name;
                text = text.replace(
                    &format!("exercises::{name}().on({name})"),
                    &format!(
                        "checks::AnyExercise::chaff_attempt(&exercises::{name}(), \"{chaff}\").unwrap()"
                    ),
                );
            }
            let run = self.grade(&text)?;
            for exercise in &exercises {
                let (chaffs, test) = (exercise.chaffs(), self.test_name(exercise.as_ref()));
                let chaff = &chaffs[round % chaffs.len()];
                let meant = exercise.checks().into_iter().find(|(name, _)| *name == chaff.meant);
                run.expect(&test, "FAILED")?;
                run.says(&test, meant.ok_or("a chaff names its check")?.1)?;
                let told =
                    exercise.chaff_attempt(chaff.name).and_then(|attempt| attempt.grade().misconception);
                run.says(&test, told.as_deref().unwrap_or("it panicked"))?;
            }
        }
        Ok(())
    }

    fn misbehaviour_is_reported_as_itself(&self) -> Tried {
        let bodies = [
            ("f64::NAN", "NaN came back"),
            ("panic!(\"no idea\")", "panic: no idea"),
            ("loop { std::hint::black_box(t); }", "still running after"),
            (
                "#[allow(unconditional_recursion)] fn down(n: u64) -> u64 { std::hint::black_box(down(n + 1) + 1) } \
                 down(0) as f64",
                "stack overflow",
            ),
            ("std::process::exit(0)", "exit code 0 before it was graded"),
        ];
        let exercises = self.exercises();
        let text = self.file(|function| {
            let place = exercises.iter().position(|exercise| exercise.meta().id == function.id);
            match place.and_then(|place| bodies.get(place)) {
                Some((body, _)) => {
                    function.stub.replace(&format!("todo!(\"{} {}\")", function.id, function.name), body)
                }
                None => function.solution.clone(),
            }
        })?;
        let run = self.grade(&text)?;
        for (exercise, (_, words)) in exercises.iter().zip(bodies) {
            let test = self.test_name(exercise.as_ref());
            run.expect(&test, "FAILED")?;
            run.says(&test, words)?;
        }
        for exercise in exercises.iter().skip(bodies.len()) {
            run.expect(&self.test_name(exercise.as_ref()), "ok")?;
        }
        Ok(())
    }

    fn a_type_error_is_the_compilers_own(&self) -> Tried {
        let first = self.exercises()[0].meta();
        let text = self.file(|function| match function.id == first.id {
            true => function.solution.replace("-> f64", "-> f32").replace("t: f64", "t: f32"),
            false => function.solution.clone(),
        })?;
        let run = self.grade(&text)?;
        let compiles = format!("{}::compiles", self.short());
        run.expect(&compiles, "FAILED")?;
        run.says(&compiles, "error[E0308]")?;
        run.says(&compiles, "expected fn pointer")
    }

    fn another_chapter_that_does_not_compile_changes_nothing(&self) -> Tried {
        let manifest = self.copy.root.join("chapters/Cargo.toml");
        let before = fs::read_to_string(&manifest)?;
        let broken = "\n[[bin]]\nname = \"ch99_broken\"\npath = \"ch99_broken.rs\"\n";
        fs::write(self.copy.root.join("chapters/ch99_broken.rs"), "fn main() { missing() }\n")?;
        fs::write(&manifest, format!("{before}{broken}"))?;
        let outcome = self.right_answers_pass();
        fs::write(manifest, before)?;
        outcome
    }
}
