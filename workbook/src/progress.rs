//! Progress of work that takes more than a second, on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// A bar that appears when the work has taken a second, and leaves no trace. Not
/// on a terminal it shows nothing.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
}

const PATIENCE: Duration = Duration::from_secs(1);

impl Default for Progress {
    fn default() -> Self {
        Self { bar: ProgressBar::hidden(), started: Instant::now() }
    }
}

impl Progress {
    /// Begins work of that many steps.
    pub fn start(&self, steps: usize, what: &'static str) {
        self.bar.set_length(steps as u64);
        self.bar.set_prefix(what);
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:24} {pos}/{len} {wide_msg}") {
            self.bar.set_style(style);
        }
    }

    /// One step is done.
    pub fn step(&self, what: &str) {
        if self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            // indicatif itself stays silent where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(what.to_owned());
        self.bar.inc(1);
    }

    /// The work is done.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}
