//! The panels of an integral with their sums, kept up to date.
//!
//! A tournament over the panels: each node of a binary tree holds the sums of what
//! is below it and the panel with the largest error there. Halving a panel renews
//! one path, so that a step costs the logarithm of the number of panels; and what
//! was added is never subtracted, so that a large panel leaves no rounding behind.

use super::domain::Panel;

/// A panel with its integral.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) panel: Panel,
    pub(super) value: f64,
    /// |Kronrod − Gauss|.
    pub(super) difference: f64,
    /// What is believed: the difference, enlarged where halving helps little. +∞
    /// where the panel's integral overflows.
    pub(super) error: f64,
    pub(super) rounding: f64,
}

/// Sums over some panels, and which of them to halve next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    pub(super) value: f64,
    pub(super) error: f64,
    pub(super) rounding: f64,
    /// The place and the error of the worst panel that can be halved.
    pub(super) worst: Option<(usize, f64)>,
}

const NOTHING: Sums = Sums { value: 0.0, error: 0.0, rounding: 0.0, worst: None };

impl Sums {
    fn of(place: usize, piece: &Piece) -> Self {
        let open = piece.panel.halves().is_some();
        Self {
            value: piece.value,
            error: piece.error,
            rounding: piece.rounding,
            worst: open.then_some((place, piece.error)),
        }
    }

    fn with(&self, other: &Self) -> Self {
        let worst = match (self.worst, other.worst) {
            (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
            (a, b) => a.or(b),
        };
        Self {
            value: self.value + other.value,
            error: self.error + other.error,
            rounding: self.rounding + other.rounding,
            worst,
        }
    }
}

/// All panels of an integral.
#[derive(Debug)]
pub(super) struct Pieces {
    pieces: Vec<Piece>,
    /// Node 1 is the root, 2i and 2i + 1 are the children of i, the second half
    /// are the leaves.
    nodes: Vec<Sums>,
}

impl Pieces {
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        let mut all = Self { pieces, nodes: Vec::new() };
        all.build();
        all
    }

    /// The sums over all panels.
    pub(super) fn sums(&self) -> &Sums {
        &self.nodes[1]
    }

    pub(super) fn get(&self, place: usize) -> &Piece {
        &self.pieces[place]
    }

    /// The panel with the largest integral, by absolute value or by error.
    pub(super) fn largest(&self) -> Option<&Piece> {
        let size = |piece: &Piece| piece.value.abs().max(piece.error);
        self.pieces.iter().max_by(|a, b| size(a).total_cmp(&size(b)))
    }

    /// Puts both halves in the place of a panel.
    pub(super) fn replace(&mut self, place: usize, [left, right]: [Piece; 2]) {
        self.pieces[place] = left;
        self.pieces.push(right);
        if self.pieces.len() > self.leaves() {
            self.build();
        } else {
            self.renew(place);
            self.renew(self.pieces.len() - 1);
        }
    }

    fn leaves(&self) -> usize {
        self.nodes.len() / 2
    }

    /// Builds the tree anew, with room for as many panels again: over all halvings
    /// this costs a few steps a panel.
    fn build(&mut self) {
        let leaves = (2 * self.pieces.len()).next_power_of_two();
        self.nodes = vec![NOTHING; 2 * leaves];
        for (place, piece) in self.pieces.iter().enumerate() {
            self.nodes[leaves + place] = Sums::of(place, piece);
        }
        for node in (1..leaves).rev() {
            self.nodes[node] = self.nodes[2 * node].with(&self.nodes[2 * node + 1]);
        }
    }

    /// Renews the path from a leaf to the root.
    fn renew(&mut self, place: usize) {
        let mut node = self.leaves() + place;
        self.nodes[node] = Sums::of(place, &self.pieces[place]);
        while node > 1 {
            node /= 2;
            self.nodes[node] = self.nodes[2 * node].with(&self.nodes[2 * node + 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::domain::{Map, Panel};
    use super::{Piece, Pieces};

    fn piece(low: f64, high: f64) -> Piece {
        let panel = Panel { map: Map::Identity, low, high };
        Piece { panel, value: high - low, difference: 0.0, error: low, rounding: 1.0 }
    }

    #[test]
    fn sums_and_the_worst_panel_stay_right_through_halvings() {
        let mut pieces = Pieces::new(vec![piece(0.0, 1.0), piece(1.0, 2.0), piece(2.0, 4.0)]);
        for count in 4..200 {
            let (place, error) = pieces.sums().worst.unwrap();
            let worst = *pieces.get(place);
            let largest = pieces.pieces.iter().map(|p| p.error).fold(0.0, f64::max);
            assert_eq!((error, worst.error), (largest, largest));
            let middle = worst.panel.low / 2.0 + worst.panel.high / 2.0;
            pieces.replace(place, [piece(worst.panel.low, middle), piece(middle, worst.panel.high)]);
            assert_eq!(pieces.sums().rounding, f64::from(count));
            assert!((pieces.sums().value - 4.0).abs() < 1e-14);
            if middle - worst.panel.low < 1e-9 {
                break;
            }
        }
    }

    #[test]
    fn a_halving_renews_one_path_and_one_more() {
        let many = (0..1000).map(|k| piece(f64::from(k), f64::from(k + 1))).collect();
        let mut pieces = Pieces::new(many);
        for place in [0, 500, 999] {
            let before: Vec<f64> = pieces.nodes.iter().map(|sums| sums.value).collect();
            pieces.replace(place, [piece(0.0, 1e6), piece(0.0, 1e6)]);
            let renewed = pieces.nodes.iter().zip(&before).filter(|(now, then)| now.value != **then).count();
            // The tree has 2,048 leaves, hence paths of 12 nodes.
            assert!(renewed <= 24, "{renewed} nodes");
            assert!((pieces.sums().value - pieces.pieces.iter().map(|p| p.value).sum::<f64>()).abs() < 1e-6);
        }
    }
}
