//! The named divergences, one file each.
//!
//! To add one: write its file beside these, name it in `members!` below. Every
//! law of the test suite, the table and the figures then take it up.
//!
//! Two conjugates stand side by side. The *true* one is that of f on u ≥ 0; the
//! *printed* one is the f-GAN paper's (Nowozin, Cseke and Tomioka 2016), which
//! extends f smoothly below 0. They agree for t ≥ f′(0⁺).

mod combined;
mod find;
mod smooth;

pub use find::{UnknownDivergence, find};

use crate::Divergence;
use std::sync::Arc;

/// Declares the modules and collects what each of them contributes.
macro_rules! members {
    ($($module:ident :: { $($name:ident),+ }),+ $(,)?) => {
        $(mod $module; pub use $module::{$($name),+};)+

        /// The named divergences; a family with a parameter appears at several
        /// values of it.
        pub fn named() -> Vec<Arc<dyn Divergence>> {
            let mut named = Vec::new();
            $(named.extend($module::members());)+
            named
        }

        /// Every member of the catalogue: the [`named`] ones, and a few adjoint,
        /// symmetrised, scaled and shifted ones that stand for all combinations.
        ///
        /// ```
        /// let names: Vec<_> = vdm::catalogue::all().iter().map(|f| f.name()).collect();
        /// assert!(names.contains(&"kl".to_string()));
        /// assert!(names.contains(&"alpha(0.5)".to_string()));
        /// ```
        pub fn all() -> Vec<Arc<dyn Divergence>> {
            let mut all = named();
            all.extend(combined::members());
            all
        }
    };
}

members! {
    kl::{Kl},
    reverse_kl::{ReverseKl},
    total_variation::{TotalVariation},
    pearson_chi2::{PearsonChi2},
    neyman_chi2::{NeymanChi2},
    squared_hellinger::{SquaredHellinger},
    jeffreys::{Jeffreys, half_jeffreys},
    fgan_js::{FganJs},
    js_weighted::{JsWeighted},
    gan::{Gan},
    alpha::{Alpha, t_power},
    arithmetic_geometric::{ArithmeticGeometric},
    triangular::{Triangular},
    log1p_abs::{Log1pAbs},
    chi_square::{chi_square},
    modified_gan::{ModifiedGan},
}
