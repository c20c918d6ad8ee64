//! Why a command ends without success.

use crate::build::BuildError;
use crate::course::UnknownExercise;
use crate::files::FileError;
use crate::problem::Problems;
use crate::project::ProjectError;
use crate::stubs::{NoHeading, StubError};
use std::io;
use std::process::ExitCode;

/// The book could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken.
    #[error("port {port} cannot be used ({why}); try `--port {}`", .port.saturating_add(1))]
    Port {
        /// The port.
        port: u16,
        /// The system's reason.
        why: io::Error,
    },
    /// Changes cannot be watched.
    #[error("changes cannot be watched: {0}")]
    Watch(#[from] notify::Error),
    /// Cargo cannot be started.
    #[error("cargo cannot be started ({0}); is it on the PATH?")]
    Cargo(io::Error),
    /// The server failed.
    #[error("the server stopped: {0}")]
    Server(io::Error),
}

/// Why a command ends without success.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// No project.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The build.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The sources of the exercises.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// No such exercise.
    #[error(transparent)]
    Unknown(#[from] UnknownExercise),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The stubs could not be made.
    #[error(transparent)]
    Stub(#[from] StubError),
    /// An exercise cannot be found in the reader's file.
    #[error("{0}; `cargo workbook reset {1}` resets the whole chapter and keeps a copy too")]
    NoHeading(NoHeading, String),
    /// The stubs are not what the sources make.
    #[error(
        "{0} differ from their sources, as they do once answers stand in them; `cargo workbook stubs` makes every stub anew and keeps a copy of what it replaces"
    )]
    Stale(String),
    /// Standard input does not change.
    #[error("standard input is read once, so it cannot be watched; name a file")]
    WatchInput,
    /// The server.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// A renderer that cannot show the pages.
    #[error("the renderer `{0}` is not supported; the book is HTML")]
    Renderer(String),
    /// Standard output.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// JSON.
    #[error("the list cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl CommandError {
    /// Has whoever read the output simply stopped reading?
    pub(super) fn is_closed_pipe(&self) -> bool {
        let kind = match self {
            CommandError::Output(why) => Some(why.kind()),
            CommandError::Json(why) | CommandError::Build(BuildError::Json(why)) => why.io_error_kind(),
            _ => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }

    /// 2 for what was asked wrongly, 1 for what was found wrong.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            CommandError::Project(_) | CommandError::Unknown(_) | CommandError::WatchInput => 2,
            _ => 1,
        })
    }
}
