//! The parent's side: one answer, one process, one time limit.

use crate::exercise::Grade;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;
use wait_timeout::ChildExt;

/// How long the checks of one exercise may take. The slowest reference needs
/// about a tenth of a second, so this is an endless loop, or nearly one.
pub const LIMIT: Duration = Duration::from_secs(10);

/// How much of what an answer prints is shown.
const SHOWN: usize = 4096;

/// How an answer's process ended.
#[derive(Debug)]
pub enum Outcome {
    /// It reported a grade. With it, what the answer printed.
    Graded(Grade, String),
    /// It was still running at the end of the time limit.
    TimedOut(Duration),
    /// It ended without a report: a signal, an abort, an early exit.
    Died(String),
}

/// Runs the answer to exercise `id` in the chapter's `binary`.
///
/// # Errors
/// If the process cannot be started or a temporary file not be made.
pub fn run(binary: &Path, id: &str, limit: Duration) -> std::io::Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let report = folder.path().join("grade.json");
    let mut child = Command::new(binary)
        .args(["--grade", id, "--report"])
        .arg(&report)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let printed = [drain(child.stdout.take()), drain(child.stderr.take())];
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        stop(&mut child)?;
    }
    let printed: String = printed.into_iter().filter_map(|thread| thread.join().ok()).collect();
    let Some(status) = status else { return Ok(Outcome::TimedOut(limit)) };
    let grade = std::fs::read(&report).ok().and_then(|json| serde_json::from_slice(&json).ok());
    Ok(match grade {
        Some(grade) if status.success() => Outcome::Graded(grade, printed),
        _ => Outcome::Died(format!("{}{}", ending(status), quoted(&printed))),
    })
}

fn stop(child: &mut Child) -> std::io::Result<()> {
    child.kill()?;
    child.wait().map(drop)
}

/// Reads a pipe to its end, so that the child never blocks on it, and keeps the
/// beginning.
fn drain(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        if let Some(mut pipe) = pipe {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = pipe.read(&mut buffer) {
                kept.extend_from_slice(&buffer[..read.min(SHOWN.saturating_sub(kept.len()))]);
            }
        }
        String::from_utf8_lossy(&kept).into_owned()
    })
}

/// How the process ended, in words.
fn ending(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return match signal {
            6 => "it was aborted (SIGABRT): a stack overflow, an abort, or memory that ran out".into(),
            11 => "it crashed (SIGSEGV)".into(),
            9 => "it was killed (SIGKILL), perhaps for want of memory".into(),
            signal => format!("it was ended by signal {signal}"),
        };
    }
    match status.code() {
        Some(code) => format!("it ended with exit code {code} before it was graded"),
        None => "it ended before it was graded".into(),
    }
}

/// What it printed, if anything, as an indented quotation.
pub(super) fn quoted(printed: &str) -> String {
    printed.trim().lines().map(|line| format!("\n    | {line}")).collect()
}
