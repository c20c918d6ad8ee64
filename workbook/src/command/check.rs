//! Checking derivations: of all pages and answers, or of any files.

use super::error::{CommandError, ServeError};
use crate::derivations::source::{self, Source, SourceError};
use crate::derivations::{Certifier, failures};
use crate::files::FileError;
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project::Project;
use derivation::certificate::{Certificate, Line};
use derivation::report::LinkReport;
use derivation::syntax::Diagnostic;
use derivation::tell;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Standard input as an argument.
const INPUT: &str = "-";

/// Files that could not be read, and blocks that are none.
type Found = (Vec<Source>, Vec<Problem>);

/// A derivation, as `--json` tells it.
#[derive(Debug, Serialize)]
struct Checked<'a> {
    id: &'a str,
    file: &'a Path,
    /// The line at which its text begins.
    line: usize,
    stands: bool,
    steps: &'a [LinkReport],
    failures: Vec<Failure>,
}

/// The whole of `--json`.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    derivations: Vec<Checked<'a>>,
    /// What could not be read at all.
    unread: Vec<Failure>,
}

/// Something to mend, as `--json` tells it.
#[derive(Debug, Serialize)]
struct Failure {
    file: PathBuf,
    line: usize,
    message: String,
}

pub(super) fn check(
    project: Option<&Project>,
    files: &[PathBuf],
    json: bool,
    certifier: &Certifier,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let (sources, problems) = collect(project, files);
    let texts: Vec<(&str, &str)> =
        sources.iter().map(|source| (source.id.as_str(), source.text.as_str())).collect();
    let certified = certifier.all(&texts, &Progress::default());
    match json {
        true => in_json(&sources, &certified, problems, output),
        false => in_words(&sources, &certified, problems, output),
    }
}

fn collect(project: Option<&Project>, files: &[PathBuf]) -> Found {
    let all;
    let files = match project {
        Some(project) if files.is_empty() => {
            all = source::of_project(project);
            &all
        }
        _ => files,
    };
    let mut found: Found = Default::default();
    for file in files {
        let shown = project.map_or_else(|| file.clone(), |project| project.shown(file));
        let text = match file.to_str() {
            Some(INPUT) => {
                let failed = |why| SourceError::File(FileError::Read { path: INPUT.into(), why });
                source::text(std::io::stdin().lock(), failed)
            }
            _ => source::read(file),
        };
        match text {
            Ok(text) => {
                let (mut sources, mut problems) = source::sources(&shown, &text);
                found.0.append(&mut sources);
                found.1.append(&mut problems);
            }
            Err(why) => found.1.push(Problem::at(&shown, 1, why)),
        }
    }
    found
}

fn in_words(
    sources: &[Source],
    certified: &[Result<Certificate, Vec<Diagnostic>>],
    mut problems: Vec<Problem>,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let mut lines = 0;
    for (source, certified) in sources.iter().zip(certified) {
        writeln!(output, "{}:{}: {}", source.file.display(), source.line, source.id)?;
        if let Ok(certificate) = certified {
            lines += certificate.lines.len();
            write_lines(source, certificate, output)?;
        }
        problems.append(&mut failures(&source.file, source.line, &source.text, certified));
    }
    output.flush()?;
    Problems(problems).or(())?;
    match sources.len() {
        0 => writeln!(output, "No derivation was found, so there was nothing to check.")?,
        1 => writeln!(output, "1 derivation, {}: it stands.", counted(lines))?,
        count => writeln!(output, "{count} derivations, {}: they stand.", counted(lines))?,
    }
    Ok(())
}

fn counted(lines: usize) -> String {
    format!("{lines} {}", if lines == 1 { "line" } else { "lines" })
}

/// A line of output for each line of the chain: its mark, its text, its reasons, its
/// models.
fn write_lines(
    source: &Source,
    certificate: &Certificate,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let text = |line: &Line| {
        let words = source.text.get(line.span.clone()).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    writeln!(output, "      1    {}", text(&certificate.first))?;
    for (index, (line, step)) in certificate.lines.iter().zip(&certificate.report.steps).enumerate() {
        let sign = tell::mark(step).sign();
        match line.attained {
            // Its text holds all of the line.
            Some(_) => write!(output, "  {sign} {:>3}    {}", index + 2, text(line))?,
            None => write!(output, "  {sign} {:>3} {:>2} {}", index + 2, step.relation, text(line))?,
        }
        if line.attained.is_none() && !step.rules.is_empty() {
            write!(output, "   by {}", step.rules.join(", "))?;
        }
        match &step.numeric {
            Some(numeric) => writeln!(output, "   ({})", tell::models(numeric))?,
            None => writeln!(output)?,
        }
    }
    Ok(())
}

fn in_json(
    sources: &[Source],
    certified: &[Result<Certificate, Vec<Diagnostic>>],
    mut problems: Vec<Problem>,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let failure = |problem: &Problem| Failure {
        file: problem.file.clone(),
        line: problem.line,
        message: problem.what.to_string(),
    };
    let unread: Vec<Failure> = problems.iter().map(failure).collect();
    let mut derivations = Vec::new();
    for (source, certified) in sources.iter().zip(certified) {
        let told = failures(&source.file, source.line, &source.text, certified);
        derivations.push(Checked {
            id: &source.id,
            file: &source.file,
            line: source.line,
            stands: told.is_empty(),
            steps: certified.as_ref().map_or(&[], |certificate| &certificate.report.steps),
            failures: told.iter().map(failure).collect(),
        });
        problems.extend(told);
    }
    serde_json::to_writer_pretty(&mut *output, &Answer { derivations, unread })?;
    writeln!(output)?;
    output.flush()?;
    Problems(problems).or(())?;
    Ok(())
}

/// Checks again whenever a file changes, until the command is ended.
pub(super) fn watch(
    project: Option<&Project>,
    files: &[PathBuf],
    certifier: &Certifier,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    if files.iter().any(|file| file.to_str() == Some(INPUT)) {
        return Err(CommandError::WatchInput);
    }
    let places: Vec<PathBuf> = match project {
        Some(project) if files.is_empty() => {
            vec![project.book().join("src"), project.root().join("chapters")]
        }
        // Editors replace a file by another: its folder is what stays.
        _ => files.iter().map(|file| folder_of(file)).collect(),
    };
    let changes = super::changes::of(&places).map_err(ServeError::Watch)?;
    loop {
        match check(project, files, false, certifier, output) {
            Ok(()) => {}
            Err(CommandError::Problems(problems)) => writeln!(output, "\n{problems}")?,
            Err(other) => return Err(other),
        }
        writeln!(output, "\nWaiting for a change (Ctrl-C ends it).\n")?;
        output.flush()?;
        if !changes.wait() {
            return Ok(());
        }
    }
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
