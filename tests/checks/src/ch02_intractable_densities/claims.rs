//! The checks behind every `claim` of chapter 2's page.
//!
//! Where a sample space is small every sample is enumerated, and expectations are exact;
//! elsewhere draws from fixed seeds are compared within tolerances of a stated risk.

mod bands;
mod grids;
mod heavy;
mod plug_ins;
mod sums;

use crate::AnyLaw;

/// The laws that the page of chapter 2 cites.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = grids::laws();
    all.extend(sums::laws());
    all.extend(bands::laws());
    all.extend(heavy::laws());
    all.extend(plug_ins::laws());
    all
}
