//! How far a run is: a bar on a terminal, plain lines elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use labs::folder::Metrics;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Time between two plain lines.
const PAUSE: Duration = Duration::from_secs(5);

/// Shows a run's progress on stderr.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    steps: u64,
    start: Instant,
    first: u64,
    last_line: Instant,
}

impl Progress {
    pub(crate) fn new(steps: u64, begun: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let template = "{bar:30} {pos}/{len} steps, {per_sec}, {eta} left, {msg}";
            let style = ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
            ProgressBar::new(steps).with_style(style).with_position(begun)
        });
        let now = Instant::now();
        Self { bar, steps, start: now, first: begun, last_line: now }
    }

    /// Tells of a line of metrics.
    pub(crate) fn tell(&mut self, metrics: &Metrics) {
        let steps = self.steps;
        if let Some(bar) = &self.bar {
            bar.set_position(metrics.step);
            bar.set_message(format!("bound {:.4}", metrics.bound));
            return;
        }
        if self.last_line.elapsed() < PAUSE && metrics.step < steps {
            return;
        }
        self.last_line = Instant::now();
        let done = metrics.step - self.first;
        let rate = done as f64 / self.start.elapsed().as_secs_f64();
        let left = (steps - metrics.step) as f64 / rate;
        eprintln!(
            "step {}/{steps}, bound {:.4}, {rate:.0} steps/s, {left:.0} s left",
            metrics.step, metrics.bound
        );
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
