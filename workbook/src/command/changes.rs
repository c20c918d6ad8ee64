//! Waiting for files to change.

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// How long it must be quiet for a burst of changes (an editor that saves, a branch
/// that changes) to be over.
const QUIET: Duration = Duration::from_millis(300);

/// Changes below some folders, for as long as this lives.
pub(super) struct Changes {
    receiver: Receiver<()>,
    // Watches until it is dropped.
    _watcher: RecommendedWatcher,
}

/// Watches these folders and files; one that is not there is left out.
pub(super) fn of(places: &[PathBuf]) -> notify::Result<Changes> {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Every check reads the files: that is no change.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // The receiver goes away only when the command ends.
            let _ = sender.send(());
        }
    })?;
    for place in places.iter().filter(|place| place.exists()) {
        watcher.watch(place, RecursiveMode::Recursive)?;
    }
    Ok(Changes { receiver, _watcher: watcher })
}

impl Changes {
    /// Waits for a burst of changes to be over. False if there will be none any more.
    pub(super) fn wait(&self) -> bool {
        if self.receiver.recv().is_err() {
            return false;
        }
        while self.receiver.recv_timeout(QUIET).is_ok() {}
        true
    }
}
