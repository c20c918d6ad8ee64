//! What is known of a generator, by assumption or by its formula.

use super::definitions::unfold_generator;
use super::facts::Facts;
use super::{arith, normal};
use crate::context::{Generator, GeneratorKind, Property};
use crate::term::Name;

impl Facts<'_> {
    /// f closed: assumed, or given by a formula (whose value at 0 is the limit).
    pub(super) fn closed(&self, f: &Name) -> bool {
        self.has(f, Property::Closed)
            || matches!(
                self.generator(f),
                Some(Generator { kind: GeneratorKind::Formula(..) | GeneratorKind::Catalogue(_), .. })
            ) && self.note(format!("{f} is given by a formula, continued to 0 by its limit"))
    }

    /// f(1) = 0: assumed, or by the formula.
    pub(super) fn normalised(&self, f: &Name) -> bool {
        self.has(f, Property::Normalised)
            || unfold_generator(self, f, &arith::number(1))
                .is_some_and(|value| normal::form(self, &value) == arith::number(0))
                && self.note(format!("{f}(1) = 0 by its formula"))
    }
}
