//! Combinations of members that every law of the test suite also sees.

use super::{Alpha, Gan, JsWeighted, Kl, Log1pAbs, ModifiedGan, NeymanChi2, PearsonChi2};
use super::{TotalVariation, Triangular};
use crate::Divergence;
use crate::divergence::{Adjoint, Scaled, Shifted, Symmetrised};
use std::sync::Arc;

/// One of each kind of end: open and closed domains, kinks, f(1) ≠ 0.
pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    let mut members: Vec<Arc<dyn Divergence>> = vec![
        Arc::new(Adjoint(Kl)),
        Arc::new(Adjoint(PearsonChi2)),
        Arc::new(Adjoint(NeymanChi2)),
        Arc::new(Adjoint(Triangular)),
        Arc::new(Adjoint(TotalVariation)),
        Arc::new(Adjoint(Log1pAbs)),
        Arc::new(Adjoint(ModifiedGan)),
        Arc::new(Symmetrised::new(Kl)),
        Arc::new(Symmetrised::new(PearsonChi2)),
        Arc::new(Symmetrised::new(TotalVariation)),
        Arc::new(Symmetrised::new(Gan)),
        Arc::new(Shifted::by(-1.0, Kl)),
        Arc::new(Scaled::by(3.0, Shifted::by(0.5, Gan))),
    ];
    members.extend(JsWeighted::new(0.1).map(|f| Arc::new(Symmetrised::new(f)) as _));
    members.extend(Alpha::new(0.25).map(|f| Arc::new(Symmetrised::new(f)) as _));
    members
}
