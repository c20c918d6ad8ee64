//! How far a run is: a line with a bar on a terminal, plain lines elsewhere.

use super::show;
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
            // The bar takes what the words leave.
            let style = ProgressStyle::with_template("{msg} {wide_bar}");
            let bar = ProgressBar::new(steps).with_style(style.unwrap_or(ProgressStyle::default_bar()));
            bar.with_position(begun).with_message(format!("step {begun}/{steps}"))
        });
        let now = Instant::now();
        Self { bar, steps, start: now, first: begun, last_line: now }
    }

    /// Tells of a line of metrics.
    pub(crate) fn tell(&mut self, metrics: &Metrics) {
        let Metrics { step, bound, .. } = *metrics;
        let rate = (step - self.first) as f64 / self.start.elapsed().as_secs_f64();
        let left = (self.steps - step) as f64 / rate;
        let words =
            format!("step {step}/{}, bound {bound:.4}, {rate:.0} steps/s, {left:.0} s left", self.steps);
        if let Some(bar) = &self.bar {
            bar.set_message(words);
            bar.set_position(step);
        } else if self.last_line.elapsed() >= PAUSE || step == self.steps {
            self.last_line = Instant::now();
            show::tell(&words);
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
