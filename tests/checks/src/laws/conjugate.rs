//! The conjugate f\*: the supremum that it is, its domain, its slopes, and back.

use super::planted::{Planted, catalogue_members};
use crate::check::{agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Broken, Law, oracle, strategies, tolerance};
use std::sync::Arc;
use vdm::catalogue::{FganJs, Kl, NeymanChi2, PearsonChi2, ReverseKl, TotalVariation};
use vdm::{Divergence, Interval};

/// Where the oracles look: the maximisers of all slopes and ratios tried lie inside.
const LOG_RATIOS: (f64, f64) = (-60.0, 60.0);
const ASINH_SLOPES: (f64, f64) = (-690.0, 690.0);

/// A slope inside dom f\*, off its end: those beyond are mirrored.
fn inside(d: &dyn Divergence, t: f64) -> f64 {
    let end = d.conjugate_domain().high();
    if t < end - 0.125 { t } else { 2.0 * end - t - 0.25 }
}

/// The closed form against a search on f alone.
pub(super) fn supremum() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "conjugate-is-supremum",
        statement: "f*(t) = sup over u ≥ 0 of t·u − f(u), found by a search that knows f only",
        members: catalogue_members,
        check: |d| {
            for_all(128, &strategies::reals(20.0), |&t| {
                let t = inside(d, t);
                let sup = oracle::conjugate(|u| d.generator(u), t, LOG_RATIOS);
                agree(
                    format!("t = {}", number(t)),
                    sup.value,
                    d.conjugate(t),
                    tolerance::of_terms(&[sup.terms]) + tolerance::of_conjugate(t, sup.u, sup.value),
                )
            })
        },
        chaffs: || {
            vec![
                ("e^t for e^{t−1}", Planted::on(Kl).conjugate(f64::exp).finish()),
                (
                    "Pearson's parabola below −2",
                    Planted::on(PearsonChi2).conjugate(|t| t * t / 4.0 + t).finish(),
                ),
                (
                    "total variation infinite below −½",
                    Planted::on(TotalVariation)
                        .conjugate(|t| if t.abs() <= 0.5 { t } else { f64::INFINITY })
                        .finish(),
                ),
                (
                    "JS paired with the GAN row's f*",
                    Planted::on(FganJs)
                        .conjugate(|t| if t < 0.0 { -(1.0 - t.exp()).ln() } else { f64::INFINITY })
                        .finish(),
                ),
                (
                    "KL with its arguments swapped",
                    Planted::on(Kl)
                        .conjugate(|t| if t < 0.0 { -1.0 - (-t).ln() } else { f64::INFINITY })
                        .finish(),
                ),
            ]
        },
    }
}

/// Finite inside dom f\*, +∞ outside, and at a closed end the limit from inside.
pub(super) fn domain() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "conjugate-domain",
        statement: "f*(t) < ∞ exactly for t ∈ dom f*, whose upper end is f'(∞)",
        members: catalogue_members,
        check: |d| {
            let (domain, end) = (d.conjugate_domain(), d.slope_at_infinity());
            agree("the upper end of dom f*", end, domain.high(), 0.0)?;
            let slopes = (-24i32..24).map(|k| f64::from(k) / 4.0).chain([end, end.next_up(), end + 1e-9]);
            for_each(slopes.filter(|t| t.is_finite()), |t| finite_exactly_inside(d, t))
        },
        chaffs: || {
            vec![
                (
                    "reverse KL finite for t ≥ 0",
                    Planted::on(ReverseKl).conjugate(|t| -1.0 - t.abs().max(1e-9).ln()).finish(),
                ),
                (
                    "Neyman's end open",
                    Planted::on(NeymanChi2).conjugate_domain(|| Interval::below(1.0)).finish(),
                ),
                (
                    "Neyman's end too far",
                    Planted::on(NeymanChi2).conjugate_domain(|| Interval::up_to(2.0)).finish(),
                ),
                (
                    "total variation without a domain",
                    Planted::on(TotalVariation).conjugate(|t| t.max(-0.5)).finish(),
                ),
            ]
        },
    }
}

fn finite_exactly_inside(d: &dyn Divergence, t: f64) -> Result<f64, Box<Broken>> {
    let (domain, value) = (d.conjugate_domain(), d.conjugate(t));
    let place = format!("t = {}, dom f* = {domain}", number(t));
    if !domain.contains(t) {
        return agree(place, f64::INFINITY, value, 0.0);
    }
    if !value.is_finite() {
        return Err(Broken::new(place, "a finite value", number(value)));
    }
    if t == domain.high() {
        // f* is closed; near its end those of the catalogue move like a root of order
        // two at most, so half the digits of the step remain.
        let step = 2f64.powi(-50);
        return agree(place, d.conjugate(t - step), value, 8.0 * step.sqrt());
    }
    Ok(0.0)
}

/// f\*\* = f: the supremum of the supporting lines gives f back.
pub(super) fn biconjugate() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "biconjugate",
        statement: "f**(u) = sup over t of u·t − f*(t) = f(u) for u ≥ 0",
        members: catalogue_members,
        check: |d| {
            let moderate = (-12i32..=12).map(|k| f64::from(k).exp());
            for_each(std::iter::once(0.0).chain(moderate), |u| {
                let due = d.generator(u);
                let sup = oracle::biconjugate(|t| d.conjugate(t), u, ASINH_SLOPES);
                if due == f64::INFINITY {
                    return unbounded(u, sup.value);
                }
                let near = tolerance::of_terms(&[sup.terms, due, 1.0]);
                agree(format!("u = {}", number(u)), sup.value, due, near)
            })
        },
        chaffs: || {
            vec![
                (
                    "a generator that is not closed: its value at 0 raised",
                    Planted::on(Kl).generator(|u| if u == 0.0 { 1.0 } else { u * u.ln() }).finish(),
                ),
                (
                    "f = 0 on (0, ∞), f(0) = 1",
                    Planted::on(TotalVariation)
                        .generator(|u| if u == 0.0 { 1.0 } else { 0.0 })
                        .conjugate(|t| if t <= 0.0 { 0.0 } else { f64::INFINITY })
                        .finish(),
                ),
                (
                    "a generator with a bump",
                    Planted::on(Kl).generator(|u| u * u.ln() + 0.1 * (3.0 * u).sin().powi(2)).finish(),
                ),
            ]
        },
    }
}

/// f(0) = ∞ is approached without bound as t → −∞.
fn unbounded(u: f64, reached: f64) -> Result<f64, Box<Broken>> {
    if reached > 100.0 {
        return Ok(0.0);
    }
    Err(Broken::new(format!("u = {}", number(u)), "values without bound", number(reached)))
}

/// ∂f\* = (∂f)⁻¹.
pub(super) fn inverse_slopes() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "inverse-slopes",
        statement: "u ∈ ∂f*(t) exactly where t ∈ ∂f(u)",
        members: catalogue_members,
        check: |d| for_all(128, &strategies::reals(20.0), |&t| slopes_return(d, inside(d, t))),
        chaffs: || {
            vec![
                (
                    "(f*)' = f' for its inverse",
                    Planted::on(Kl)
                        .conjugate_subdifferential(|t| Interval::point(1.0 + t.abs().ln()))
                        .finish(),
                ),
                (
                    "e^t for e^{t−1}",
                    Planted::on(Kl).conjugate_subdifferential(|t| Interval::point(t.exp())).finish(),
                ),
                (
                    "Pearson's maximiser below 0",
                    Planted::on(PearsonChi2)
                        .conjugate_subdifferential(|t| Interval::point(1.0 + t.abs() / 2.0))
                        .finish(),
                ),
            ]
        },
    }
}

/// From t to its touching points and back: the slopes there must reach t.
fn slopes_return(d: &dyn Divergence, t: f64) -> Result<f64, Box<Broken>> {
    let touching = d.conjugate_subdifferential(t);
    let (low, high) = (touching.low(), touching.high());
    let from = if low == 0.0 { f64::NEG_INFINITY } else { d.subdifferential(low * (1.0 - 1e-15)).low() };
    let to = if high == 0.0 {
        d.slope_at_zero()
    } else if high == f64::INFINITY {
        d.slope_at_infinity()
    } else {
        d.subdifferential(high * (1.0 + 1e-15)).high()
    };
    // Rounding u by ε moves its slope by f''(u)·u·ε, seen here by a finite difference.
    let bend = |u: f64| match d.subdifferential(u * (1.0 + 1e-7)).low() - d.subdifferential(u).low() {
        step if step.is_finite() && u > 0.0 && u.is_finite() => step * 1e7,
        _ => 0.0,
    };
    let near = tolerance::of_terms(&[t, 1.0, bend(low), bend(high)]);
    if from - near <= t && t <= to + near {
        let beyond = (from - t).max(t - to).max(0.0);
        return Ok(beyond / near);
    }
    let place = format!("t = {}, ∂f*(t) = {touching}", number(t));
    Err(Broken::new(place, "a slope of f there", format!("slopes from {} to {}", number(from), number(to))))
}

/// The printed conjugate is the true one where both speak of u ≥ 0.
pub(super) fn printed() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "printed-conjugate",
        statement: "the printed f* equals the true one for t ≥ f'(0⁺)",
        members: catalogue_members,
        check: |d| {
            let start = d.slope_at_zero().max(-20.0);
            for_all(128, &strategies::reals(20.0), |&t| {
                let t = inside(d, t).max(start);
                let value = d.conjugate(t);
                let u = d.conjugate_subdifferential(t).representative();
                let near = tolerance::of_conjugate(t, u, value);
                agree(format!("t = {}", number(t)), value, d.printed_conjugate(t), near)
            })
        },
        chaffs: || {
            vec![
                (
                    "Pearson printed without its linear term",
                    Planted::on(PearsonChi2).printed_conjugate(|t| t * t / 4.0).finish(),
                ),
                (
                    "Neyman printed with the signs exchanged",
                    Planted::on(NeymanChi2).printed_conjugate(|t| 2.0 + 2.0 * (1.0 - t).sqrt()).finish(),
                ),
            ]
        },
    }
}
