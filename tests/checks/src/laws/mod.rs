//! The laws of the library, one file each.

mod fenchel_young;
pub mod planted;

use crate::AnyLaw;

/// Every law.
pub fn all() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(fenchel_young::inequality()), Box::new(fenchel_young::equality())]
}
