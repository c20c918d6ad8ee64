//! The named divergences, one file each.
//!
//! To add one: write its file beside these, name it in `members!` below. Every
//! law of the test suite, the table and the figures then take it up.
//!
//! Two conjugates stand side by side. The *true* one is that of f on u ≥ 0; the
//! *printed* one is the f-GAN paper's (Nowozin, Cseke and Tomioka 2016), which
//! extends f smoothly below 0. They agree for t ≥ f′(0⁺).

use crate::Divergence;
use std::sync::Arc;

/// Declares the modules and collects what each of them contributes.
macro_rules! members {
    ($($module:ident :: { $($name:ident),+ }),+ $(,)?) => {
        $(mod $module; pub use $module::{$($name),+};)+

        /// Every member of the catalogue; a family with a parameter appears at
        /// several values of it.
        pub fn all() -> Vec<Arc<dyn Divergence>> {
            let mut all = Vec::new();
            $(all.extend($module::members());)+
            all
        }
    };
}

members! {
    kl::{Kl},
}
