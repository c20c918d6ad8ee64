//! `workbook check` as its users call it: outside the project, on files of any kind.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const TRUE: &str = "KL(p || q)\n  >= 0   by KL >= 0\n";
const FALSE: &str = "KL(p || q)\n  = KL(q || p)   by algebra\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workbook"));
    command.arg("check").args(arguments).env_remove("CARGO_MANIFEST_DIR").current_dir(folder);
    command
}

/// Checks these files, each with its text.
fn check(files: &[(&str, &[u8])], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a writable file");
    }
    command(folder.path(), arguments).output().expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn what_stands_is_told_line_by_line() {
    let output = check(&[("kl.derivation", TRUE.as_bytes())], &["kl.derivation"]);
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}{}", text(&output.stderr));
    for part in ["kl.derivation:1: kl", ">= 0   by KL >= 0", "models", "1 derivation, 1 line: it stands."] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    assert!(output.stderr.is_empty());
}

#[test]
fn what_does_not_stand_is_told_with_place_and_model() {
    let output = check(&[("kl.derivation", FALSE.as_bytes())], &["kl.derivation"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    for part in [
        "kl.derivation:2: this line is false",
        "--> kl.derivation:2:5",
        "^^^^^^^^^^",
        "p(x) =",
        "the line before:",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
}

#[test]
fn an_answer_is_not_told_to_assume_more() {
    let lost = "let h(x) in [0, inf)\nassuming h is bounded\n\nE[x ~ p] h(x)\n  = int[x] p(x) * h(x)   by def E\n  = int[x] q(x) * (p(x) / q(x)) * h(x)   by importance\n";
    let told = |name: &str| text(&check(&[(name, lost.as_bytes())], &[name]).stderr);
    assert!(
        told("lost.derivation").contains("to mend it: assuming p(x) << q(x)"),
        "{}",
        told("lost.derivation")
    );
    let answer = told("2.14-repair-forgotten-support.derivation");
    assert!(answer.contains("nothing may be added") && !answer.contains("to mend it: assuming"), "{answer}");
}

#[test]
fn blocks_of_markdown_are_told_at_their_lines() {
    let page = format!(
        "# A\n\n```derivation id=\"a\" title=\"A\"\n{TRUE}```\n\n```derivation id=\"b\" title=\"B\"\n{FALSE}```\n"
    );
    let output = check(&[("page.md", page.as_bytes())], &["page.md"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("page.md:10: this line is false"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("page.md:4: a") && text(&output.stdout).contains("page.md:9: b"));
}

#[test]
fn json_tells_the_same_to_machines() {
    let files: &[(&str, &[u8])] =
        &[("a.txt", TRUE.as_bytes()), ("b.txt", FALSE.as_bytes()), ("c.txt", b"\xff")];
    let output = check(files, &["--json", "a.txt", "b.txt", "c.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let derivation = |index: usize| json["derivations"][index].clone();
    assert_eq!((derivation(0)["id"].as_str(), derivation(0)["stands"].as_bool()), (Some("a"), Some(true)));
    assert_eq!(derivation(0)["steps"][0]["verdict"]["is"], "proved");
    assert!(derivation(0)["steps"][0]["numeric"]["models"].as_u64() > Some(0));
    assert_eq!(derivation(1)["steps"][0]["verdict"]["is"], "refuted");
    assert_eq!(derivation(1)["failures"][0]["line"], 2);
    assert_eq!(json["unread"][0]["file"], "c.txt");
}

#[test]
fn standard_input_is_a_file_too() {
    for (input, code) in [(TRUE, 0), (FALSE, 1), ("KL(p ||", 1)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = command(folder.path(), &["-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{input}: {}", text(&output.stderr));
    }
}

#[test]
fn a_file_that_is_no_derivation_is_named() {
    let huge = vec![b'a'; 5 << 20];
    let files: &[(&str, &[u8])] = &[("binary", b"\x00\xff\xfe"), ("huge", &huge), ("empty", b"")];
    for (name, words) in [
        ("binary", "no text in UTF-8"),
        ("huge", "larger than 4 MiB"),
        ("missing", "cannot be read"),
        ("empty", "empty:1:"),
    ] {
        let output = check(files, &[name]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains(words), "{name}: {}", text(&output.stderr));
    }
    // A page without derivations is no mistake.
    let output = check(&[("page.md", b"# Words\n")], &["page.md"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("nothing to check"));
}

#[test]
fn what_cannot_be_watched_is_said() {
    let output = check(&[], &["--watch", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot be watched"));
    // Without a file and without a project there is nothing to look at.
    assert_eq!(check(&[], &[]).status.code(), Some(2));
}
