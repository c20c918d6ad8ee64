//! The output activation g_f of a critic, and the stable composite f\*∘g_f.

use super::planted::{Planted, catalogue_members};
use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Broken, Law, strategies, tolerance};
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{FganJs, Gan, NeymanChi2, ReverseKl, SquaredHellinger};

/// g_f increases and stays in the printed domain, which it fills.
pub(super) fn range() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "activation-range",
        statement: "g_f maps ℝ, increasing, onto the interior of the printed domain of f*",
        members: catalogue_members,
        check: |d| {
            for_each([-1e4, 1e4], |v| reaches_the_end(d, v))?;
            for_all(256, &(strategies::reals(1e4), 0.0..2.0f64), |&(v, step)| {
                stays_inside(d, v)?;
                let (here, further) = (d.output_activation(v), d.output_activation(v + step));
                let near = tolerance::of_terms(&[here, 1.0]);
                at_least(
                    format!("v = {}, then +{}", number(v), number(step)),
                    "g_f increases",
                    further,
                    here,
                    near,
                )
            })
        },
        chaffs: || {
            vec![
                ("−e^v for −e^{−v}", Planted::on(ReverseKl).output_activation(|v| -v.exp()).finish()),
                ("no activation for Neyman", Planted::on(NeymanChi2).output_activation(|v| v).finish()),
                (
                    "a sigmoid for the GAN",
                    Planted::on(Gan).output_activation(|v| 1.0 / (1.0 + (-v).exp())).finish(),
                ),
                (
                    "JS with the GAN's activation: log 2 is never neared",
                    Planted::on(FganJs).output_activation(|v| -vdm::special::softplus(-v)).finish(),
                ),
            ]
        },
    }
}

fn stays_inside(d: &dyn Divergence, v: f64) -> Result<f64, Box<Broken>> {
    let (domain, value) = (d.printed_conjugate_domain(), d.output_activation(v));
    // Beyond |v| = 15 rounding may put the value on the end itself.
    let inside =
        if v.abs() <= 15.0 { domain.interior_contains(value) } else { domain.closure_contains(value) };
    if inside {
        return Ok(0.0);
    }
    Err(Broken::new(format!("v = {}", number(v)), format!("a value inside {domain}"), number(value)))
}

fn reaches_the_end(d: &dyn Divergence, v: f64) -> Result<f64, Box<Broken>> {
    let (domain, value) = (d.printed_conjugate_domain(), d.output_activation(v));
    let end = if v > 0.0 { domain.high() } else { domain.low() };
    let reached =
        if end.is_finite() { (value - end).abs() <= tolerance::EPS } else { value * v.signum() > 1e3 };
    if reached {
        return Ok(0.0);
    }
    Err(Broken::new(format!("v = {}", number(v)), format!("a value near {}", number(end)), number(value)))
}

/// f\*(g_f(v)) in one piece is the same function, and survives large |v|.
pub(super) fn composite() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "stable-composite",
        statement: "the stable f*∘g_f equals f*(g_f(v)), is finite for |v| ≤ 100 and never NaN",
        members: catalogue_members,
        check: |d| {
            for_each([-1e4, -1e3, 1e3, 1e4], |v| survives(d, v, f64::INFINITY))?;
            for_each((-100..=100).map(f64::from), |v| survives(d, v, f64::MAX))?;
            for_all(128, &strategies::reals(8.0), |&v| {
                let t = d.output_activation(v);
                let value = conjugate(d, t);
                // (f*)' by a finite difference: an error ε·|t| in t moves f* by that much.
                let step = 1e-6 * t.abs().max(1e-3);
                let slope = (value - conjugate(d, t - step)) / step;
                let near = tolerance::of_terms(&[value, slope * t, slope, 1.0]);
                agree(format!("v = {}", number(v)), value, d.conjugate_of_activation(v), near)
            })
        },
        chaffs: || {
            vec![
                (
                    "f* of the activation, naively",
                    Planted::on(FganJs)
                        .conjugate_of_activation(|v| -(2.0 - 2.0 / (1.0 + (-v).exp())).ln())
                        .finish(),
                ),
                (
                    "softplus without its constant",
                    Planted::on(FganJs).conjugate_of_activation(vdm::special::softplus).finish(),
                ),
                (
                    "e^{−v} for e^v in Hellinger",
                    Planted::on(SquaredHellinger).conjugate_of_activation(|v| (-v).exp_m1()).finish(),
                ),
            ]
        },
    }
}

/// The printed f\*, or the true one where the printed formula has no value.
fn conjugate(d: &dyn Divergence, t: f64) -> f64 {
    let printed = d.printed_conjugate(t);
    if printed.is_finite() { printed } else { d.conjugate(t) }
}

fn survives(d: &dyn Divergence, v: f64, largest: f64) -> Result<f64, Box<Broken>> {
    let value = d.conjugate_of_activation(v);
    if value.abs() <= largest {
        return Ok(0.0);
    }
    Err(Broken::new(format!("v = {}", number(v)), "a number", number(value)))
}
