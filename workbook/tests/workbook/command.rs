//! The command as its users call it, in a small copy of the project.

use crate::project;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// A copy of what the command reads and edits.
struct Copy(tempfile::TempDir);

const CHAPTER: &str = "ch03_convex_conjugate";

impl Copy {
    /// With fresh stubs: not the project's own, which a reader may have edited.
    fn new() -> Self {
        static FRESH: OnceLock<Copy> = OnceLock::new();
        let fresh = FRESH.get_or_init(|| {
            let copy = Self::of_the_sources();
            assert!(copy.run(&["stubs"]).status.success());
            copy
        });
        let copy = Self(tempfile::tempdir().expect("a temporary folder"));
        copy.take_all(fresh.0.path(), Path::new(""));
        copy
    }

    /// Without any stub.
    fn of_the_sources() -> Self {
        let copy = Self(tempfile::tempdir().expect("a temporary folder"));
        let project = project();
        let take = |path: &str| copy.take(project.root(), Path::new(path));
        for path in ["Cargo.toml", "rustfmt.toml", "book/book.toml"] {
            take(path);
        }
        for outline in workbook::outline::all() {
            take(&project.shown(&project.texts(outline.name)).to_string_lossy());
            if outline.has_functions() {
                take(&project.shown(&project.exercises(outline.name)).to_string_lossy());
            }
        }
        copy
    }

    fn take(&self, root: &Path, path: &Path) {
        let to = self.0.path().join(path);
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        std::fs::copy(root.join(path), to).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    }

    fn take_all(&self, root: &Path, inside: &Path) {
        for entry in std::fs::read_dir(root.join(inside)).expect("a folder").flatten() {
            let path = inside.join(entry.file_name());
            if entry.path().is_dir() {
                self.take_all(root, &path);
            } else {
                self.take(root, &path);
            }
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_workbook"));
        command.args(arguments).env("CARGO_MANIFEST_DIR", self.0.path()).current_dir(self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    fn stub(&self) -> PathBuf {
        self.0.path().join("chapters").join(CHAPTER).with_extension("rs")
    }

    /// Edits the stub file as a reader would.
    fn answer(&self, from: &str, to: &str) -> String {
        let edited = read(&self.stub()).replacen(from, to, 1);
        std::fs::write(self.stub(), &edited).expect("a writable stub");
        edited
    }

    /// The kept copies.
    fn kept(&self) -> Vec<String> {
        let folder = self.stub();
        let entries = std::fs::read_dir(folder.parent().expect("a parent")).expect("chapters/");
        let mut kept: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        kept.retain(|path| path.extension().is_some_and(|kind| kind == "bak"));
        kept.iter().map(|path| read(path)).collect()
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable file")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const TODO: &str = "todo!(\"3.1 conjugate_of_kl\")";

#[test]
fn an_exercise_without_words_is_told_where_they_belong() {
    let copy = Copy::new();
    let path = copy.0.path().join(format!("book/exercises/{CHAPTER}.md"));
    let texts = read(&path);
    let (before, rest) = texts.split_once("# 3.2\n").expect("exercise 3.2");
    let (_, after) = rest.split_once("# 3.3\n").expect("exercise 3.3");
    std::fs::write(&path, format!("{before}# 3.3\n{after}")).expect("a writable file");
    let output = copy.run(&["stubs", "--check"]);
    let place =
        format!("book/exercises/{CHAPTER}.md:{}: exercise 3.2 has no words", before.lines().count() + 1);
    assert!(text(&output.stderr).contains(&place), "{}", text(&output.stderr));
}

#[test]
fn a_reset_keeps_what_was_written() {
    let copy = Copy::new();
    let fresh = read(&copy.stub());
    let edited = copy.answer(TODO, "t.exp() // mine");
    let output = copy.run(&["reset", "3.1"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(read(&copy.stub()), fresh);
    assert_eq!(copy.kept(), [edited]);
    assert!(text(&output.stdout).contains(".bak"), "it says where the copy is");
    // Nothing to change: no further copy.
    assert!(copy.run(&["reset", "ch03"]).status.success());
    assert_eq!(copy.kept().len(), 1);
}

#[test]
fn a_reset_touches_only_its_exercise() {
    let copy = Copy::new();
    copy.answer("todo!(\"3.2 conjugate_of_reverse_kl\")", "-1.0 - (-t).ln()");
    let before = read(&copy.stub());
    copy.answer(TODO, "t.exp()");
    assert!(copy.run(&["reset", "3.1"]).status.success());
    assert_eq!(read(&copy.stub()), before);
}

#[test]
fn a_reset_without_its_heading_changes_nothing() {
    let copy = Copy::new();
    let edited = copy.answer("// ── 3.1 ", "// my notes on 3.1 ");
    let output = copy.run(&["reset", "3.1"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(&format!("cargo workbook reset {CHAPTER}")));
    assert_eq!(read(&copy.stub()), edited);
    assert!(copy.run(&["reset", CHAPTER]).status.success());
    assert_eq!(copy.kept(), [edited]);
}

#[test]
fn stubs_are_compared_and_made() {
    let copy = Copy::of_the_sources();
    assert!(copy.run(&["stubs"]).status.success());
    assert!(copy.run(&["stubs", "--check"]).status.success());
    let edited = copy.answer(TODO, "t.exp()");
    let output = copy.run(&["stubs", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = text(&output.stdout);
    assert!(diff.contains("-    t.exp()") && diff.contains(&format!("+    {TODO}")), "{diff}");
    assert_eq!(read(&copy.stub()), edited, "a check changes nothing");
    assert!(copy.run(&["stubs"]).status.success());
    assert_eq!(copy.kept(), [edited]);
    assert!(copy.run(&["stubs", "--check"]).status.success());
}

#[test]
fn a_stub_gives_nothing_away() {
    let stub = read(&Copy::new().stub());
    for trace in ["SOLUTION", "ANCHOR", "EXERCISE", "e^{t−1}"] {
        assert!(!stub.contains(trace), "{trace}");
    }
    for chapter in checks::chapters().iter().filter(|chapter| chapter.name == CHAPTER) {
        for exercise in
            chapter.exercises.iter().filter(|exercise| exercise.meta().kind == checks::Kind::Implement)
        {
            assert!(checks::reader::untouched(&stub, exercise.meta().id), "{}", exercise.meta().id);
        }
    }
}

#[test]
fn the_list_knows_what_is_begun() {
    let copy = Copy::new();
    copy.answer(TODO, "t.exp()");
    let output = copy.run(&["list", "--json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let status =
        |id: &str| list.as_array().into_iter().flatten().find(|e| e["id"] == id).map(|e| e["status"].clone());
    assert_eq!(status("3.1"), Some("attempted".into()));
    assert_eq!(status("3.2"), Some("untouched".into()));
    assert!(text(&copy.run(&["list"]).stdout).contains("1 of "));
}

/// A derivation that a reader writes, its path in a copy and its text there.
fn derivation(copy: &Copy) -> (checks::ChainExercise, PathBuf) {
    let chapters = checks::chapters();
    let found = chapters.iter().find_map(|chapter| {
        let exercise = chapter.exercises.iter().find_map(|exercise| exercise.as_chain())?;
        let file = checks::chains::file_name(&exercise.meta);
        Some((exercise.clone(), copy.0.path().join("chapters").join(chapter.name).join(file)))
    });
    found.expect("an exercise whose answer is a derivation")
}

#[test]
fn a_derivation_has_a_file_of_its_own() {
    let copy = Copy::new();
    let (exercise, path) = derivation(&copy);
    let (id, fresh) = (exercise.meta.id, read(&path));
    assert!(checks::chains::untouched(&fresh), "{fresh}");
    let status = || {
        let list: serde_json::Value =
            serde_json::from_slice(&copy.run(&["list", "--json"]).stdout).expect("JSON");
        list.as_array().into_iter().flatten().find(|e| e["id"] == id).map(|e| e["status"].clone())
    };
    assert_eq!(status(), Some("untouched".into()));
    // What is untouched is not checked.
    assert!(text(&copy.run(&["check"]).stdout).contains("nothing to check"));
    std::fs::write(&path, exercise.reference).expect("a writable answer");
    assert_eq!(status(), Some("attempted".into()));
    assert_eq!(copy.run(&["stubs", "--check"]).status.code(), Some(1));
    assert!(text(&copy.run(&["solution", id]).stdout).contains(exercise.reference.trim()));
    assert!(copy.run(&["hint", id]).status.success());
    let output = copy.run(&["reset", id]);
    assert!(text(&output.stdout).contains(".bak"), "{}", text(&output.stderr));
    assert_eq!(read(&path), fresh);
    assert!(copy.run(&["stubs", "--check"]).status.success());
}

#[test]
fn hints_come_one_at_a_time() {
    let copy = Copy::new();
    let hint = |level: &str| text(&copy.run(&["hint", "3.1", "--level", level]).stdout);
    assert_eq!(text(&copy.run(&["hint", "3.1"]).stdout), hint("1"));
    assert!(hint("1").contains("--level 2") && hint("2").contains("--level 3"));
    assert!(hint("3").contains("cargo workbook solution 3.1"));
    assert_eq!(copy.run(&["hint", "3.1", "--level", "4"]).status.code(), Some(2));
    let solution = text(&copy.run(&["solution", "3.1"]).stdout);
    assert!(solution.contains("pub fn conjugate_of_kl") && !solution.contains("SOLUTION"), "{solution}");
}

#[test]
fn an_unknown_id_finds_its_neighbour() {
    let copy = Copy::new();
    for (command, id, near) in
        [("hint", "3.1.", "3.1"), ("solution", "conjugate_of_kl", "3.1"), ("reset", "3,2", "3.2")]
    {
        let output = copy.run(&[command, id]);
        assert_eq!(output.status.code(), Some(2), "{command} {id}");
        let error = text(&output.stderr);
        assert!(error.contains(&format!("did you mean `{near}`?")) && error.lines().count() == 1, "{error}");
    }
}

#[test]
fn an_id_of_no_exercise_is_told_which_there_are() {
    let copy = Copy::new();
    for id in ["9.9", "3.99", "99.1"] {
        let output = copy.run(&["hint", id]);
        assert_eq!(output.status.code(), Some(2), "{id}");
        let error = text(&output.stderr);
        assert!(error.contains("3.1 to 3.") && !error.contains("did you mean"), "{error}");
    }
}

#[test]
fn a_reset_keeps_the_line_ends_of_windows() {
    let copy = Copy::new();
    let fresh = read(&copy.stub()).replace('\n', "\r\n");
    let edited = fresh.replacen(TODO, "t.exp()\r\n    // mine", 1);
    for what in ["3.1", "ch03"] {
        std::fs::write(copy.stub(), &edited).expect("a writable stub");
        let output = copy.run(&["reset", what]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(read(&copy.stub()), fresh, "reset {what}");
        assert!(copy.kept().contains(&edited));
    }
    assert!(copy.run(&["stubs", "--check"]).status.success(), "line ends are no difference");
}

#[test]
fn a_stub_that_is_not_utf_8_is_named_and_left_alone() {
    let copy = Copy::new();
    let mut latin = read(&copy.stub()).replacen(TODO, "t.exp() // na", 1).into_bytes();
    let line = 1 + latin[..latin.windows(5).position(|five| five == b"// na").expect("it") + 5]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    let at = latin.windows(5).position(|five| five == b"// na").expect("it") + 5;
    latin.insert(at, 0xef);
    std::fs::write(copy.stub(), &latin).expect("a writable stub");
    for arguments in [["reset", "3.1"].as_slice(), &["reset", "ch03"], &["stubs"], &["stubs", "--check"]] {
        let output = copy.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(error.contains(&format!("is not UTF-8 in line {line}")), "{error}");
        assert_eq!(std::fs::read(copy.stub()).expect("a stub"), latin, "{arguments:?}");
    }
    assert_eq!(copy.kept().len(), 0);
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [["list", "--json"], ["solution", "3.1"]] {
        let copy = Copy::new();
        let mut child = copy
            .command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
    }
}

#[test]
fn outside_a_project_the_command_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(env!("CARGO_BIN_EXE_workbook"))
        .arg("list")
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(folder.path())
        .output()
        .expect("the command starts");
    // The list needs no file but the stubs; without a project there are none.
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("run the command inside the project"));
}

#[test]
fn the_preprocessor_answers_mdbook() {
    let copy = Copy::new();
    assert!(copy.run(&["preprocess", "supports", "html"]).status.success());
    assert!(!copy.run(&["preprocess", "supports", "epub"]).status.success());
    let output = copy.command(&["preprocess"]).stdin(Stdio::null()).output().expect("the command starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("you may want `build`"));
}

#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let output = Copy::new().run(&["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(&format!("port {port} cannot be used")));
}
