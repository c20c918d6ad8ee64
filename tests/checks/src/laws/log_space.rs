//! The forms that take log u: equal to the plain ones, and alive far beyond them.

use super::planted::{Planted, catalogue_members};
use crate::check::{agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Broken, Law, tolerance};
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2};

/// generator_log and optimal_critic against the plain forms.
pub(super) fn agreement() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "log-space",
        statement: "f(e^l) and f'(e^l) from l = log u equal f(u) and f'(u)",
        members: catalogue_members,
        check: |d| {
            for_all(200, &(-300.0..300.0f64), |&l| {
                let u = l.exp();
                let slope = d.subdifferential(u).representative();
                // e^l is wrong by |l|·ε relatively, which moves f by f'·u·|l|·ε.
                let near = tolerance::of_terms(&[d.generator(u), slope * u * l, slope * u, 1.0]);
                let place = format!("log u = {}", number(l));
                let value = agree(&place, d.generator(u), d.generator_log(l), near)?;
                let bend = (d.subdifferential(u * (1.0 + 1e-6)).representative() - slope) * 1e6;
                let near = tolerance::of_terms(&[slope, bend * l, bend, 1.0]);
                Ok(value.max(agree(format!("f' at {place}"), slope, d.optimal_critic(l), near)?))
            })
        },
        chaffs: || {
            vec![
                ("log u for u·log u", Planted::on(Kl).generator_log(|l| l).finish()),
                ("T* = log u, the 1 forgotten", Planted::on(Kl).optimal_critic(|l| l).finish()),
                ("base 2", Planted::on(Kl).generator_log(|l| l.exp() * l / std::f64::consts::LN_2).finish()),
            ]
        },
    }
}

/// ln_centred against its definition, near u = 1 and far from it.
pub(super) fn centred() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "centred-generator",
        statement: "f̃(u) = f(u) − f(1) − s·(u − 1) ≥ 0 in log space: its definition for moderate u, \
                    a power of log u at u = 1, finite to log u = ±1e4",
        members: catalogue_members,
        check: |d| {
            for_each([-1e4, -1e3, 1e3, 1e4], |l| {
                let value = d.ln_centred(l);
                if value.is_finite() {
                    return Ok(0.0);
                }
                Err(Broken::new(format!("log u = {l}"), "a finite logarithm", number(value)))
            })?;
            for_each([1e-4, -1e-4, 1e-6, -1e-6, 1e-7, -1e-7], |l| near_one(d, l))?;
            for_all(200, &(-100.0..100.0f64), |&l| by_definition(d, l))
        },
        chaffs: || {
            vec![
                ("not centred", Planted::on(Kl).ln_centred(|l| (l.exp() * l).abs().ln()).finish()),
                (
                    "cancels near u = 1",
                    Planted::on(Kl).ln_centred(|l| (l.exp() * l - l.exp() + 1.0).abs().ln()).finish(),
                ),
                ("overflows", Planted::on(PearsonChi2).ln_centred(|l| (l.exp() - 1.0).powi(2).ln()).finish()),
                ("doubled", Planted::on(FganJs).ln_centred(|l| FganJs.ln_centred(l) + 2f64.ln()).finish()),
            ]
        },
    }
}

/// ln_centred_over_u against ln_centred.
pub(super) fn centred_over_u() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "centred-generator-over-u",
        statement: "f̃(u)/u in log space is f̃(u) less log u, also where log u is all that remains of f̃",
        members: catalogue_members,
        check: |d| {
            for_all(200, &(-1e4..1e4f64), |&l| {
                let centred = d.ln_centred(l);
                // The difference has the rounding of both its terms, and f̃ is a power of u.
                let near = tolerance::of_terms(&[l, centred, 1.0]);
                agree(format!("log u = {}", number(l)), centred - l, d.ln_centred_over_u(l), near)
            })?;
            for_each([("u = 1", 0.0)], |(place, l)| {
                agree(place, f64::NEG_INFINITY, d.ln_centred_over_u(l), 0.0)
            })
        },
        chaffs: || {
            vec![
                ("not divided by u", Planted::on(Kl).ln_centred_over_u(|l| Kl.ln_centred(l)).finish()),
                (
                    "the adjoint of the wrong argument",
                    Planted::on(Kl).ln_centred_over_u(|l| Kl.ln_centred(-l)).finish(),
                ),
                (
                    "symmetric, as only some members are",
                    Planted::on(PearsonChi2).ln_centred_over_u(|l| PearsonChi2.ln_centred(-l)).finish(),
                ),
            ]
        },
    }
}

/// f̃ is a power of log u near 1: |l|² where f is smooth, |l| at a kink, up to O(l).
fn near_one(d: &dyn Divergence, l: f64) -> Result<f64, Box<Broken>> {
    let order = (d.ln_centred(2.0 * l) - d.ln_centred(l)) / 2f64.ln();
    let due = if d.slope_at_one().is_point() { 2.0 } else { 1.0 };
    agree(format!("the order of f̃ at log u = {}", number(l)), due, order, 8.0 * l.abs() + 1e-6)
}

fn by_definition(d: &dyn Divergence, l: f64) -> Result<f64, Box<Broken>> {
    let (f, slope) = (d.generator_log(l), d.slope_at_one().representative());
    let line = slope * l.exp_m1();
    let due = f - d.at_one() - line;
    // The logarithm is a sum of terms of size l (hence due·l), and f is rounded
    // by its own terms, of size u and 1.
    let terms = [f, line, l.exp(), 1.0, due * l];
    let found = d.ln_centred(l).exp();
    agree(format!("log u = {}", number(l)), due, found, tolerance::of_terms(&terms))
}
