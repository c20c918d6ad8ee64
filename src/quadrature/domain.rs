//! From an interval and its breaks to panels, each bounded in its own variable.

use super::QuadratureError;
use crate::Interval;

/// How the variable t of a panel gives x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Map {
    /// x = t.
    Identity,
    /// x = from ± scale·(1 − t)/t for t in (0, 1]: a half-line. The far end is at
    /// t = 0, where floating-point numbers are densest. A density that decays
    /// like a power is a power of t there; 1/x² becomes smooth.
    HalfLine { from: f64, scale: f64 },
}

impl Map {
    /// x at t.
    pub(super) fn at(self, t: f64) -> f64 {
        match self {
            Map::Identity => t,
            Map::HalfLine { from, scale } => from + scale * ((1.0 - t) / t),
        }
    }

    /// `value`·|dx/dt| at t, which may be small where |dx/dt| overflows.
    pub(super) fn weigh(self, value: f64, t: f64) -> f64 {
        match self {
            Map::Identity => value,
            Map::HalfLine { scale, .. } => {
                let slope = scale.abs() / t / t;
                if slope.is_finite() { value * slope } else { value * scale.abs() / t / t }
            }
        }
    }

    /// How far off x may be, by its own rounding and that of t.
    pub(super) fn rounding(self, x: f64) -> f64 {
        let own = f64::EPSILON * x.abs();
        match self {
            Map::Identity => own,
            Map::HalfLine { scale, .. } => own + f64::EPSILON * scale.abs(),
        }
    }
}

/// A panel: t from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Panel {
    pub(super) map: Map,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Panel {
    /// Both halves, or nothing if t has no room for them: neighbouring numbers,
    /// or so near to t = 0 that dx/dt overflows.
    pub(super) fn halves(&self) -> Option<[Panel; 2]> {
        let middle = self.low / 2.0 + self.high / 2.0;
        let width = self.high - self.low;
        let room = width > 64.0 * f64::EPSILON * self.low.abs().max(self.high.abs());
        let below_overflow = self.map != Map::Identity && self.high < 1e-140;
        if !room || below_overflow || width < 1e-290 {
            return None;
        }
        Some([Panel { high: middle, ..*self }, Panel { low: middle, ..*self }])
    }
}

/// The first panels: between neighbouring breaks, and half-lines beyond them.
pub(super) fn panels(interval: Interval, breaks: &[f64]) -> Result<Vec<Panel>, QuadratureError> {
    let (low, high) = (interval.low(), interval.high());
    let fails = |at| QuadratureError::Domain { interval, at };
    if low.is_nan() || low == f64::INFINITY {
        return Err(fails(low));
    }
    if high < low {
        return Err(QuadratureError::Reversed { low, high });
    }
    if high.is_nan() || high == low {
        return Err(fails(high));
    }
    if let Some(&at) = breaks.iter().find(|b| b.is_nan()) {
        return Err(fails(at));
    }
    let mut edges: Vec<f64> =
        breaks.iter().copied().filter(|&b| low < b && b < high && b.is_finite()).collect();
    edges.extend([low, high].iter().filter(|end| end.is_finite()));
    if edges.is_empty() {
        edges.push(0.0);
    }
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let (first, last) = (edges[0], edges[edges.len() - 1]);
    // The length over which a tail is taken to decay: half of what the breaks span.
    let span = last / 2.0 - first / 2.0;
    let scale = if span > 0.0 { span } else { 1.0 };
    // A half-line begins one scale out: near its own beginning t has only 16 digits,
    // too few for a singularity such as 1/√x there.
    let (below, above) = (first - scale, last + scale);
    if low == f64::NEG_INFINITY && below.is_finite() && below < first {
        edges.insert(0, below);
    }
    if high == f64::INFINITY && above.is_finite() && above > last {
        edges.push(above);
    }
    let (first, last) = (edges[0], edges[edges.len() - 1]);
    let mut panels: Vec<Panel> =
        edges.windows(2).map(|pair| Panel { map: Map::Identity, low: pair[0], high: pair[1] }).collect();
    if low == f64::NEG_INFINITY {
        let map = Map::HalfLine { from: first, scale: -scale };
        panels.push(Panel { map, low: 0.0, high: 1.0 });
    }
    if high == f64::INFINITY {
        let map = Map::HalfLine { from: last, scale };
        panels.push(Panel { map, low: 0.0, high: 1.0 });
    }
    Ok(panels)
}
