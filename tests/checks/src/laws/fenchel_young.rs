//! Fenchel–Young: f(u) + f\*(t) ≥ u·t, with equality where t ∈ ∂f(u).

use super::planted::{Planted, catalogue_members};
use crate::check::{agree, at_least, number};
use crate::for_all::for_all;
use crate::{Law, strategies, tolerance};
use std::sync::Arc;
use vdm::catalogue::Kl;
use vdm::{Divergence, Interval};

/// The inequality, for every pair (u, t).
pub(super) fn inequality() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "fenchel-young",
        statement: "f(u) + f*(t) ≥ u·t for every u ≥ 0 and every t",
        members: catalogue_members,
        check: |d| {
            for_all(256, &(strategies::ratios(), strategies::reals(50.0)), |&(u, t)| {
                let (f, conjugate, product) = (d.generator(u), d.conjugate(t), u * t);
                at_least(
                    format!("u = {}, t = {}", number(u), number(t)),
                    "f(u) + f*(t) ≥ u·t",
                    f + conjugate,
                    product,
                    tolerance::of_terms(&[f, conjugate, product]),
                )
            })
        },
        chaffs: || {
            vec![
                (
                    "the exponent's −1 is lost with a sign",
                    Planted::on(Kl).conjugate(|t| (t - 2.0).exp()).finish(),
                ),
                ("f* = −e^{t−1}", Planted::on(Kl).conjugate(|t| -(t - 1.0).exp()).finish()),
            ]
        },
    }
}

/// Equality at t ∈ ∂f(u), over all magnitudes of u.
pub(super) fn equality() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "fenchel-young-equality",
        statement: "f(u) + f*(t) = u·t where t ∈ ∂f(u)",
        members: catalogue_members,
        check: |d| {
            for_all(256, &strategies::ratios(), |&u| {
                let t = d.subdifferential(u).representative();
                // Rounding may put the slope at an extreme ratio on, or beyond, the end of
                // dom f*: there the pair (u, t) is no longer the one that touches.
                if !d.conjugate_domain().interior_contains(t) || !(u * t).is_finite() {
                    return Ok(0.0);
                }
                let (f, conjugate) = (d.generator(u), d.conjugate(t));
                agree(
                    format!("u = {}, t = f'(u) = {}", number(u), number(t)),
                    u * t - f,
                    conjugate,
                    tolerance::of_terms(&[f, u * t, 1.0]) + tolerance::of_conjugate(t, u, conjugate),
                )
            })
        },
        chaffs: || {
            vec![
                ("e^t for e^{t−1}", Planted::on(Kl).conjugate(f64::exp).finish()),
                (
                    "f' = log u, the 1 forgotten",
                    Planted::on(Kl).subdifferential(|u| Interval::point(u.ln())).finish(),
                ),
            ]
        },
    }
}
