//! Divergences with one planted mistake: a faithful copy of a member of which
//! one method (or a few) is replaced.

use std::sync::Arc;
use vdm::divergence::Provenance;
use vdm::{Divergence, Interval, catalogue};

/// Every member of the catalogue, by name: the subjects of most laws.
pub fn catalogue_members() -> Vec<(String, Arc<dyn Divergence>)> {
    catalogue::all().into_iter().map(|member| (member.name(), member)).collect()
}

macro_rules! planted {
    ($(fn $method:ident($($arg:ident)?) -> $out:ty;)+) => {
        /// A member of the catalogue, spoilt: `Planted::on(Kl).conjugate(f64::exp)`.
        #[derive(Debug)]
        pub struct Planted {
            of: Arc<dyn Divergence>,
            $($method: Option<fn($(planted!(@f64 $arg))?) -> $out>,)+
        }

        impl Planted {
            /// A faithful copy of `of`.
            pub fn on(of: impl Divergence + 'static) -> Self {
                Self { of: Arc::new(of), $($method: None,)+ }
            }

            /// The spoilt copy as a subject of a law.
            pub fn finish(self) -> Arc<dyn Divergence> {
                Arc::new(self)
            }

            $(
                /// Replaces the method of this name.
                #[must_use]
                pub fn $method(mut self, wrong: fn($(planted!(@f64 $arg))?) -> $out) -> Self {
                    self.$method = Some(wrong);
                    self
                }
            )+
        }

        impl Divergence for Planted {
            fn name(&self) -> String {
                self.of.name()
            }

            fn title(&self) -> String {
                self.of.title()
            }

            fn conjugate_provenance(&self) -> Provenance {
                self.of.conjugate_provenance()
            }

            $(fn $method(&self $(, $arg: f64)?) -> $out {
                match self.$method {
                    Some(wrong) => wrong($($arg)?),
                    None => self.of.$method($($arg)?),
                }
            })+
        }
    };
    (@f64 $arg:ident) => { f64 };
}

planted! {
    fn generator(u) -> f64;
    fn generator_log(log_u) -> f64;
    fn subdifferential(u) -> Interval;
    fn slope_at_zero() -> f64;
    fn slope_at_infinity() -> f64;
    fn conjugate_domain() -> Interval;
    fn ln_centred(log_u) -> f64;
    fn ln_centred_over_u(log_u) -> f64;
    fn at_zero() -> f64;
    fn at_one() -> f64;
    fn slope_at_one() -> Interval;
    fn conjugate(t) -> f64;
    fn conjugate_subdifferential(t) -> Interval;
    fn printed_conjugate(t) -> f64;
    fn printed_conjugate_domain() -> Interval;
    fn optimal_critic(log_u) -> f64;
    fn conjugate_of_optimal_critic(log_u) -> f64;
    fn output_activation(v) -> f64;
    fn conjugate_of_activation(v) -> f64;
}
