//! The parent's side: one answer, one process, one time limit.

use crate::exercise::{CheckResult, Grade};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::Receiver;
use std::time::Duration;
use wait_timeout::ChildExt;

/// How long the checks of one exercise may take. The slowest reference needs
/// about a tenth of a second, so this is an endless loop, or nearly one.
pub const LIMIT: Duration = Duration::from_secs(10);

/// How long the end of an answer's output is waited for once it has ended.
const GRACE: Duration = Duration::from_secs(1);

/// How much of what an answer prints is shown.
const SHOWN: usize = 4096;

/// How an answer's process ended.
#[derive(Debug)]
pub enum Outcome {
    /// It reported a grade. With it, what the answer printed.
    Graded(Grade, String),
    /// It was still running at the end of the time limit.
    TimedOut {
        /// The limit.
        limit: Duration,
        /// The property that was being checked.
        during: String,
        /// What the answer printed.
        printed: String,
    },
    /// It ended without a report of its checks: a signal, an abort, an early exit.
    Died(String),
}

/// Runs the answer to exercise `id`, which has these `checks`, in the chapter's
/// `binary`.
///
/// # Errors
/// If the process cannot be started or a temporary file not be made.
pub fn run(binary: &Path, id: &str, checks: &[&str], limit: Duration) -> std::io::Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let report = folder.path().join("grade.json");
    let mut command = Command::new(binary);
    command
        .args(["--grade", id, "--report"])
        .arg(&report)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // A group of its own, so that what the answer starts ends with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let printed = [drain(child.stdout.take()), drain(child.stderr.take())];
    let status = child.wait_timeout(limit)?;
    end_group(&child);
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    let printed: String = printed.iter().map(|pipe| pipe.recv_timeout(GRACE).unwrap_or_default()).collect();
    let Some(status) = status else {
        let during = std::fs::read_to_string(progress(&report)).unwrap_or_default();
        return Ok(Outcome::TimedOut { limit, during, printed });
    };
    let grade = std::fs::read(&report).ok().and_then(|json| serde_json::from_slice::<Grade>(&json).ok());
    Ok(match grade {
        Some(grade) if status.success() && is_of(&grade, id, checks) => Outcome::Graded(grade, printed),
        _ => Outcome::Died(format!("{}{}", ending(status), quoted(&printed))),
    })
}

/// Where the child notes what it is checking.
pub(super) fn progress(report: &Path) -> PathBuf {
    report.with_extension("progress")
}

/// Does the grade speak of this exercise and of all its checks?
fn is_of(grade: &Grade, id: &str, checks: &[&str]) -> bool {
    let tried = |check: &CheckResult| check.verdict.as_ref().map_or(true, |tally| tally.cases > 0);
    grade.id == id
        && grade.checks.iter().map(|check| check.name.as_str()).eq(checks.iter().copied())
        && grade.checks.iter().all(tried)
}

/// Ends every process of the child's group: one that outlives its parent would keep
/// the pipes open.
fn end_group(child: &Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // The group is gone already where nothing outlived the child.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = child;
}

/// Reads a pipe to its end, so that the child never blocks on it, and keeps the
/// beginning.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        let mut cut = false;
        if let Some(mut pipe) = pipe {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = pipe.read(&mut buffer) {
                let room = SHOWN.saturating_sub(kept.len());
                kept.extend_from_slice(&buffer[..read.min(room)]);
                cut |= read > room;
            }
        }
        let mut text = String::from_utf8_lossy(&kept).into_owned();
        if cut {
            text.push_str(" … (there was more)");
        }
        // Nobody may be waiting any more.
        let _ = send.send(text);
    });
    receive
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
    // A terminal would obey control characters.
    let plain = |line: &str| line.replace(|c: char| c.is_control(), "�");
    printed.trim().lines().map(|line| format!("\n    | {}", plain(line))).collect()
}
