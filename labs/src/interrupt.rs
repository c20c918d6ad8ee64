//! Ctrl-C: the step at hand is finished, the run saved, the program ended.

use crate::{LabError, Result};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a shell expects of a program that ended by Ctrl-C.
pub const EXIT_CODE: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C (and on Unix for the request to terminate). The first asks the runs
/// of this process to stop; a second one ends the process at once.
///
/// # Errors
/// [`LabError::Interrupt`] if the system lets nobody listen.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(EXIT_CODE));
        }
    })
    .map_err(|error| LabError::Interrupt(error.to_string()))
}

/// Were the runs of this process asked to stop?
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
