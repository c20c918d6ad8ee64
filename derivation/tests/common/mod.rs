//! What several test files share: the suites, and texts whose outcome is kept word for
//! word.
// Each test file is its own crate and uses a part of this.
#![allow(dead_code)]

use derivation::syntax::{Block, Diagnostic, blocks};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// A folder beside the tests.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The files of a folder with this extension, in order.
fn files(name: &str, extension: &str) -> Vec<PathBuf> {
    let folder = folder(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    found.sort();
    found
}

/// Every derivation of the Markdown files in a folder beside the tests.
pub(crate) fn suite(name: &str) -> Vec<Block> {
    files(name, "md").iter().flat_map(|file| blocks(&fs::read_to_string(file).expect("text"))).collect()
}

/// What a function says of all items, on two threads for two halves.
pub(crate) fn on_two_threads<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> Vec<R> + Sync) -> Vec<R> {
    let (half, f) = (items.len().div_ceil(2).max(1), &f);
    thread::scope(|scope| {
        let halves: Vec<_> = items
            .chunks(half)
            .map(|part| scope.spawn(move || part.iter().flat_map(f).collect::<Vec<_>>()))
            .collect();
        halves.into_iter().flat_map(|half| half.join().expect("no panic")).collect()
    })
}

/// Diagnostics as they are drawn.
pub(crate) fn drawn(faults: &[Diagnostic], name: &str, source: &str) -> String {
    let shown: Vec<String> = faults.iter().map(|fault| fault.render(name, source, false)).collect();
    format!("{}\n", shown.join("\n\n"))
}

/// Compares what is said of every `NAME.txt` of a folder with `NAME.expected`;
/// `REGENERATE=1` writes what is said now, for the difference to be read.
pub(crate) fn as_kept(name: &str, at_least: usize, say: impl Fn(&str, &str) -> Result<String, String>) {
    let sources = files(name, "txt");
    assert!(sources.len() >= at_least, "{} texts are kept", sources.len());
    let mut changed = Vec::new();
    for path in sources {
        let source = fs::read_to_string(&path).expect("a text");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let said = match say(&name, &source) {
            Ok(said) => said,
            Err(why) => {
                changed.push(format!("{name} {why}"));
                continue;
            }
        };
        let kept = path.with_extension("expected");
        if env::var_os("REGENERATE").is_some() {
            fs::write(&kept, &said).expect("the text is written");
        }
        if fs::read_to_string(&kept).unwrap_or_default() != said {
            changed.push(format!("{name} says:\n{said}"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// How long this thread has worked: what the machine did meanwhile for others does not
/// count, where the system tells the two apart.
pub(crate) fn worked() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let alone = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let alone = alone.and_then(|text| text.split_whitespace().next()?.parse().ok());
    alone.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

/// The most memory that this process has held, in KiB, where the system tells.
pub(crate) fn held() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .trim()
        .strip_suffix("kB")?
        .trim()
        .parse()
        .ok()
}
