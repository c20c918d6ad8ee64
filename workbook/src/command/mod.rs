//! The command: its arguments, and what each of them does.

mod changes;
mod check;
mod error;
mod learn;
mod serve;
mod stubs;

use crate::build;
use crate::derivations::Certifier;
use crate::progress::Progress;
use crate::project::{Project, ProjectError};
use clap::{Parser, Subcommand};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

pub use error::{CommandError, ServeError};

/// Builds, checks and serves the workbook, and helps with its exercises.
#[derive(Debug, Parser)]
#[command(name = "workbook", bin_name = "cargo workbook", version)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// Check every derivation anew, whatever target/certificates holds
    #[arg(long, global = true)]
    no_cache: bool,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Check everything and render the book into book/html (without a command: this)
    Build,
    /// Serve the book on this machine; rebuild and reload when something changes
    Serve {
        /// The port to listen on
        #[arg(long, default_value_t = 3000)]
        port: u16,
        /// Open the book in a browser
        #[arg(long)]
        open: bool,
    },
    /// Check derivations: of all pages and of your answers, or of any files
    Check {
        /// Markdown files, plain files with one derivation each, or - for standard input
        files: Vec<PathBuf>,
        /// As JSON
        #[arg(long, conflicts_with = "watch")]
        json: bool,
        /// Check again whenever a file changes
        #[arg(long)]
        watch: bool,
    },
    /// List the exercises and whether you have begun them
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one hint of an exercise
    Hint {
        /// The exercise, such as 3.1
        id: String,
        /// 1 a nudge, 2 the identity to use, 3 the first line
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
        level: u8,
    },
    /// Show the model answer of an exercise, and why it is right
    Solution {
        /// The exercise, such as 3.1
        id: String,
    },
    /// Put an exercise back to its beginning; what you wrote is kept in a copy
    Reset {
        /// The exercise, such as 3.1, or a whole chapter, such as ch03
        id: String,
    },
    /// Make the stubs in chapters/ from the marked sources (for authors)
    Stubs {
        /// Change nothing; show what would change and fail if something would
        #[arg(long)]
        check: bool,
    },
    /// The mdBook preprocessor
    #[command(hide = true)]
    Preprocess {
        #[command(subcommand)]
        question: Option<Question>,
    },
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Does the preprocessor support a renderer?
    Supports {
        /// Its name
        renderer: String,
    },
}

/// Runs the command as it was called.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = io::BufWriter::new(io::stdout());
    let done = perform(arguments.task.unwrap_or(Task::Build), !arguments.no_cache, &mut output)
        .and_then(|()| output.flush().map_err(CommandError::from));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) if why.is_closed_pipe() => ExitCode::SUCCESS,
        Err(why) => {
            // Nobody to tell if this fails too.
            let _ = output.flush();
            let _ = writeln!(io::stderr(), "error: {why}");
            why.exit_code()
        }
    }
}

fn perform(task: Task, cache: bool, output: &mut impl Write) -> Result<(), CommandError> {
    // mdBook asks this before it has a project.
    if let Task::Preprocess { question: Some(Question::Supports { renderer }) } = &task {
        return if crate::book::supports(renderer) {
            Ok(())
        } else {
            Err(CommandError::Renderer(renderer.clone()))
        };
    }
    match (task, Project::find()) {
        (Task::Check { files, json, watch }, project) => {
            check_files(project, &files, json, watch, cache, output)
        }
        (_, Err(why)) => Err(why.into()),
        (Task::Build, Ok(project)) => build_book(&project, cache, output),
        (Task::Serve { port, open }, Ok(project)) => serve::serve(&project, port, open, output),
        (Task::List { json }, Ok(project)) => learn::list(&project, json, output),
        (Task::Hint { id, level }, Ok(project)) => learn::hint(&project, &id, level, output),
        (Task::Solution { id }, Ok(project)) => learn::solution(&project, &id, output),
        (Task::Reset { id }, Ok(project)) => stubs::reset(&project, &id, output),
        (Task::Stubs { check: true }, Ok(project)) => stubs::check(&project, output),
        (Task::Stubs { check: false }, Ok(project)) => stubs::make(&project, output),
        (Task::Preprocess { .. }, Ok(project)) => {
            Ok(build::preprocess(&project, io::stdin().lock(), output)?)
        }
    }
}

/// Files can be checked anywhere; without files there must be a project.
fn check_files(
    project: Result<Project, ProjectError>,
    files: &[PathBuf],
    json: bool,
    watch: bool,
    cache: bool,
    output: &mut impl Write,
) -> Result<(), CommandError> {
    let project = match project {
        Ok(project) => Some(project),
        Err(why) if files.is_empty() => return Err(why.into()),
        Err(_) => None,
    };
    let certifier = match &project {
        Some(project) => Certifier::of(project, cache),
        None => Certifier::bare(),
    };
    match watch {
        true => check::watch(project.as_ref(), files, &certifier, output),
        false => check::check(project.as_ref(), files, json, &certifier, output),
    }
}

fn build_book(project: &Project, cache: bool, output: &mut impl Write) -> Result<(), CommandError> {
    let progress = Progress::default();
    let built = build::build(project, &project.html(), cache, &progress)?;
    let report = &built.report;
    writeln!(
        output,
        "Checked {} laws and {} exercises on {} cases; {} planted mistakes, all caught.",
        report.laws.len(),
        report.exercises.len(),
        report.cases(),
        report.chaffs(),
    )?;
    writeln!(
        output,
        "Built the book with {} derivations ({} lines), {} claims and {} figures in {:.1} s:",
        report.derivations.len(),
        report.lines(),
        report.claims.len(),
        report.figures.len(),
        progress.elapsed().as_secs_f64()
    )?;
    writeln!(output, "  {}", file_address(&built.index))?;
    Ok(())
}

/// A file as an address that terminals let one click.
fn file_address(path: &std::path::Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    format!("file://{}", path.display().to_string().replace(' ', "%20"))
}
