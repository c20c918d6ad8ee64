//! The χ² generator without normalised slope: f(u) = u² − 1.

use super::pearson_chi2::PearsonChi2;
use crate::Divergence;
use crate::divergence::Shifted;
use std::sync::Arc;

/// f(u) = u² − 1 = (u − 1)² + 2(u − 1): Pearson's χ² with another generator.
///
/// The divergence is that of [`PearsonChi2`], as for every shift c(u − 1); slopes
/// and conjugate move: f′(1) = 2, f\*(t) = t²/4 + 1 for t ≥ 0 and 1 below; printed:
/// t²/4 + 1 on ℝ. g_f(v) = v + 2.
///
/// Source: TensorFlow Probability, `vi.chi_square`.
///
/// ```
/// use vdm::{Divergence, catalogue::chi_square};
/// assert_eq!(chi_square().generator(3.0), 8.0);
/// assert_eq!(chi_square().conjugate(2.0), 2.0);
/// assert_eq!(chi_square().conjugate(-2.0), 1.0);
/// ```
pub fn chi_square() -> Shifted<PearsonChi2> {
    Shifted::by(2.0, PearsonChi2).called("chi_square", "χ², as u² − 1")
}

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(chi_square())]
}
