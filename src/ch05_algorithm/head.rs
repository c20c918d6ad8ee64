//! The last layer of a critic and what back-propagation needs of it.

use crate::Divergence;
use crate::catalogue::{FganJs, Gan, Kl, ReverseKl};

/// The last layer of a critic, T = g_f(v), with the composite f\*(g_f(v)) and the
/// slopes of both: all that a gradient of the variational bound needs.
///
/// Every method takes the raw output v and is accurate for |v| up to 1e4 (KL's
/// composite e^{v−1} is beyond the largest f64, hence +∞, for v above 710).
///
/// ```
/// use vdm::ch05_algorithm::CriticHead;
/// let head = CriticHead::FganJs;
/// // At v = 0 the critic says T = f′(1) = 0: data and model are equally likely.
/// assert_eq!((head.activation(0.0), head.composite(0.0)), (0.0, 0.0));
/// assert_eq!((head.activation_slope(0.0), head.composite_slope(0.0)), (0.5, 0.5));
/// assert_eq!(head.composite(1e4), 1e4 - 2.0_f64.ln());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriticHead {
    /// KL: g_f(v) = v.
    Kl,
    /// Reverse KL: g_f(v) = −e^{−v}.
    ReverseKl,
    /// The GAN: g_f(v) = −log(1 + e^{−v}).
    Gan,
    /// f-GAN's JS, 2·JSD: g_f(v) = log 2 − log(1 + e^{−v}).
    FganJs,
}

impl CriticHead {
    /// Every head.
    pub const ALL: [Self; 4] = [Self::Kl, Self::ReverseKl, Self::Gan, Self::FganJs];

    /// The divergence that the head belongs to.
    pub fn divergence(self) -> &'static dyn Divergence {
        match self {
            Self::Kl => &Kl,
            Self::ReverseKl => &ReverseKl,
            Self::Gan => &Gan,
            Self::FganJs => &FganJs,
        }
    }

    /// T = g_f(v), the critic's value.
    pub fn activation(self, v: f64) -> f64 {
        self.divergence().output_activation(v)
    }

    /// f\*(g_f(v)), what a generated point costs the critic.
    pub fn composite(self, v: f64) -> f64 {
        self.divergence().conjugate_of_activation(v)
    }

    /// g_f′(v).
    pub fn activation_slope(self, v: f64) -> f64 {
        match self {
            Self::Kl => 1.0,
            Self::ReverseKl => (-v).exp(),
            Self::Gan | Self::FganJs => sigmoid(-v),
        }
    }

    /// (f\*∘g_f)′(v) = (f\*)′(g_f(v))·g_f′(v).
    pub fn composite_slope(self, v: f64) -> f64 {
        match self {
            Self::Kl => (v - 1.0).exp(),
            Self::ReverseKl => 1.0,
            Self::Gan | Self::FganJs => sigmoid(v),
        }
    }
}

/// 1/(1 + e^{−v}), without overflow and accurate in its lower tail.
fn sigmoid(v: f64) -> f64 {
    if v >= 0.0 { 1.0 / (1.0 + (-v).exp()) } else { v.exp() / (1.0 + v.exp()) }
}
