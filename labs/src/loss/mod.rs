//! The losses: for every divergence its output activation g_f and f\* ∘ g_f, as
//! formulas of tensors.
//!
//! f\*(g_f(v)) is written as one closed form, never as f\* applied to g_f(v): where
//! g_f(v) rounds to the end of dom f\*, the composition is ±∞ or NaN although the
//! value is an ordinary number. The printed conjugates (Nowozin, Cseke and Tomioka
//! 2016, tables 2 and 5) are used where they differ from the true ones, since g_f maps
//! into their domain; for α > 1, where the printed one is not valid, the true one.

mod elementary;
mod numeric;

pub use elementary::{exp_m1, ln_gap, ln_omega, ln_softplus, softplus};

use crate::{Computed, Result};
use candle_core::Tensor;
use std::f64::consts::LN_2;
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::find;

/// The loss of one divergence.
#[derive(Clone, Debug)]
pub struct Loss {
    divergence: Arc<dyn Divergence>,
    form: Form,
}

/// Which formula.
#[derive(Clone, Debug)]
enum Form {
    TotalVariation,
    Kl,
    ReverseKl,
    Pearson,
    Neyman,
    Hellinger,
    Jeffreys,
    FganJs,
    JsWeighted(f64),
    Gan,
    AlphaBelowOne(f64),
    AlphaAboveOne(f64),
    Triangular,
    Log1pAbs,
    ModifiedGan,
    ArithmeticGeometric,
    /// c·f
    Scaled(f64, Box<Form>),
    /// f + c(u − 1)
    Shifted(f64, Box<Form>),
    Numeric(Arc<dyn Divergence>),
}

impl Loss {
    /// The loss of the divergence with a name, as [`vdm::catalogue::find`] knows it.
    ///
    /// # Errors
    /// For a name that no divergence answers to.
    ///
    /// ```
    /// let loss = labs::Loss::find("alpha(0.5)")?;
    /// assert!(loss.is_closed());
    /// assert!(!labs::Loss::find("adjoint(triangular)")?.is_closed());
    /// # Ok::<(), labs::LabError>(())
    /// ```
    pub fn find(name: &str) -> Result<Self> {
        let divergence = find(name)?;
        let form = Form::of(&divergence.name())?;
        Ok(Self { divergence, form })
    }

    /// The divergence itself.
    pub fn divergence(&self) -> &Arc<dyn Divergence> {
        &self.divergence
    }

    /// Is it a formula, or numbers of `vdm` with slopes by differences?
    pub fn is_closed(&self) -> bool {
        self.form.is_closed()
    }

    /// T = g_f(v): the critic's value from its raw output.
    ///
    /// # Errors
    /// Those of candle.
    pub fn activation(&self, v: &Tensor) -> Computed {
        self.form.activation(v)
    }

    /// f\*(T) at T = g_f(v).
    ///
    /// # Errors
    /// Those of candle.
    pub fn conjugate(&self, v: &Tensor) -> Computed {
        self.form.conjugate(v)
    }

    /// F = E_p T − E_q f\*(T) ≤ D_f(P‖Q), from the critic's raw outputs on data and on
    /// what the generator made. Means over the batch, in nats.
    ///
    /// # Errors
    /// Those of candle.
    // ANCHOR: loss
    pub fn bound(&self, on_data: &Tensor, on_made: &Tensor) -> Computed {
        let of_data = self.activation(on_data)?.mean_all()?;
        let of_made = self.conjugate(on_made)?.mean_all()?;
        of_data - of_made
    }
    // ANCHOR_END: loss
}

impl Form {
    /// The formula of the divergence with such a name.
    fn of(name: &str) -> Result<Self> {
        if let Some((family, argument)) = name.strip_suffix(')').and_then(|name| name.split_once('(')) {
            let number = |text: &str| text.trim().parse::<f64>().ok();
            let changed = || {
                let (number_text, inner) = argument.split_once(',')?;
                Some((number(number_text)?, Box::new(Self::of(inner.trim()).ok()?)))
            };
            let alpha = |alpha: f64| {
                if alpha > 1.0 { Self::AlphaAboveOne(alpha) } else { Self::AlphaBelowOne(alpha) }
            };
            let form = match family {
                "alpha" => number(argument).map(alpha),
                "t_power" => {
                    number(argument).map(|a| Self::Scaled((a * (a - 1.0)).abs(), Box::new(alpha(a))))
                }
                "js_weighted" => number(argument).map(Self::JsWeighted),
                "scaled" => changed().map(|(scale, inner)| Self::Scaled(scale, inner)),
                "shifted" => changed().map(|(shift, inner)| Self::Shifted(shift, inner)),
                _ => None,
            };
            return form.map_or_else(|| Ok(Self::Numeric(find(name)?)), Ok);
        }
        Ok(match name {
            "total_variation" => Self::TotalVariation,
            "kl" => Self::Kl,
            "reverse_kl" => Self::ReverseKl,
            "pearson_chi2" => Self::Pearson,
            "chi_square" => Self::Shifted(2.0, Box::new(Self::Pearson)),
            "neyman_chi2" => Self::Neyman,
            "squared_hellinger" => Self::Hellinger,
            "jeffreys" => Self::Jeffreys,
            "half_jeffreys" => Self::Scaled(0.5, Box::new(Self::Jeffreys)),
            "fgan_js" => Self::FganJs,
            "gan" => Self::Gan,
            "triangular" => Self::Triangular,
            "log1p_abs" => Self::Log1pAbs,
            "modified_gan" => Self::ModifiedGan,
            "arithmetic_geometric" => Self::ArithmeticGeometric,
            other => Self::Numeric(find(other)?),
        })
    }

    fn is_closed(&self) -> bool {
        match self {
            Self::Scaled(_, inner) | Self::Shifted(_, inner) => inner.is_closed(),
            Self::Numeric(_) => false,
            _ => true,
        }
    }

    // ANCHOR: activation
    /// T = g_f(v)
    fn activation(&self, v: &Tensor) -> Computed {
        // softplus(−v), which falls from ∞ to 0
        let falling = || softplus(&v.neg()?);
        match self {
            Self::TotalVariation => v.tanh()? / 2.0,
            Self::Kl | Self::Pearson => Ok(v.clone()),
            Self::Jeffreys | Self::AlphaAboveOne(_) => Ok(v.clone()),
            Self::ReverseKl => v.neg()?.exp()?.neg(),
            Self::Neyman | Self::Hellinger => exp_m1(&v.neg()?)?.neg(),
            Self::FganJs => LN_2 - falling()?,
            Self::JsWeighted(pi) => -pi * pi.ln() - falling()?,
            Self::Gan | Self::ModifiedGan => falling()?.neg(),
            Self::AlphaBelowOne(alpha) => 1.0 / (1.0 - alpha) - falling()?,
            Self::Triangular | Self::Log1pAbs => 1.0 - falling()?,
            Self::ArithmeticGeometric => arithmetic_geometric(v),
            Self::Scaled(scale, inner) => inner.activation(v)? * *scale,
            Self::Shifted(shift, inner) => inner.activation(v)? + *shift,
            Self::Numeric(f) => numeric::activation(f, v),
        }
    }
    // ANCHOR_END: activation

    /// f\*(g_f(v))
    fn conjugate(&self, v: &Tensor) -> Computed {
        match self {
            Self::TotalVariation => v.tanh()? / 2.0,
            Self::Kl => (v - 1.0)?.exp(),
            Self::ReverseKl => v - 1.0,
            Self::Pearson => v * ((v / 4.0)? + 1.0)?,
            Self::Neyman => exp_m1(&(v / -2.0)?)? * -2.0,
            Self::Hellinger => exp_m1(v),
            Self::Jeffreys => {
                // 1/w − 1 − log w with w = ω(1 − v): by w + log w = 1 − v the same as
                // w + 1/w + v − 2, without its cancellation.
                let ln_w = ln_omega(&(1.0 - v)?)?;
                exp_m1(&ln_w.neg()?)? - ln_w
            }
            Self::FganJs => softplus(v)? - LN_2,
            Self::JsWeighted(pi) => {
                let ln_x = (ln_softplus(&v.neg()?)? - pi.ln())?;
                ((1.0 - pi).ln() - ln_gap(&ln_x)?)? * (1.0 - pi)
            }
            Self::Gan => softplus(v),
            Self::AlphaBelowOne(alpha) => {
                // 1 + (α − 1)g_f(v) = (1 − α) softplus(−v)
                let ln_base = (ln_softplus(&v.neg()?)? + (1.0 - alpha).ln())?;
                exp_m1(&(ln_base * (alpha / (alpha - 1.0)))?)? / *alpha
            }
            Self::AlphaAboveOne(alpha) => {
                let base = ((v * (alpha - 1.0))? + 1.0)?.relu()?;
                (base.powf(alpha / (alpha - 1.0))? - 1.0)? / *alpha
            }
            Self::Triangular => {
                // (1 − r)(3 − r) with r = √(1 − t), which is 2 at f′(0⁺) = −3.
                let root = root_of_softplus(v)?.minimum(2.0)?;
                (1.0 - &root)? * (3.0 - &root)?
            }
            Self::Log1pAbs => {
                // t = 1 − s on [−1, 1], 1 − 2√(s − 1) below: the part of s up to 2, and
                // the root of the rest.
                let s = softplus(&v.neg()?)?;
                let root = (&s - 1.0)?.maximum(1.0)?.sqrt()?;
                (3.0 - s.minimum(2.0)?)? - (root * 2.0)?
            }
            Self::ModifiedGan => {
                // −2r/(r + √(r² + 4)) − 2 arsinh(r/2) with r = √(−t)
                let root = root_of_softplus(v)?;
                let sum = (&root + (root.sqr()? + 4.0)?.sqrt()?)?;
                ((&root / &sum)? + (sum.log()? - LN_2)?)? * -2.0
            }
            Self::ArithmeticGeometric => (exp_m1(v)? / 2.0)? - ln_cosh_half(v)?,
            Self::Scaled(scale, inner) => inner.conjugate(v)? * *scale,
            Self::Shifted(shift, inner) => inner.conjugate(v)? + *shift,
            Self::Numeric(f) => numeric::conjugate(f, v),
        }
    }
}

/// log cosh(v/2) + (1 − e^{−v})/2
fn arithmetic_geometric(v: &Tensor) -> Computed {
    ln_cosh_half(v)? - (exp_m1(&v.neg()?)? / 2.0)?
}

/// log cosh(v/2) = softplus(v) − v/2 − log 2.
fn ln_cosh_half(v: &Tensor) -> Computed {
    // |v|, so that nothing cancels for v ≪ 0.
    let v = v.abs()?;
    (softplus(&v)? - (v / 2.0)?)? - LN_2
}

/// √softplus(−v), the square root of the distance of g_f(v) from the end of dom f\*.
fn root_of_softplus(v: &Tensor) -> Computed {
    (ln_softplus(&v.neg()?)? / 2.0)?.exp()
}
