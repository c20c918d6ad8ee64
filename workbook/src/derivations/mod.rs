//! Derivations between their sources and whoever shows them: certified once, kept in
//! a cache, told in words.

mod cache;
mod certifier;
pub(crate) mod kept;
pub mod source;
mod told;

pub use cache::Cache;
pub use certifier::{Certifier, Certify};
pub use told::{Told, failures};
