//! The generator f: its value at 1, its shape, its slopes, its ends.

use super::planted::{Planted, catalogue_members};
use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Broken, Law, strategies, tolerance};
use std::sync::Arc;
use vdm::catalogue::{Kl, SquaredHellinger, TotalVariation};
use vdm::{Divergence, Interval};

/// f(1) as stated.
pub(super) fn value_at_one() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "value-at-one",
        statement: "f(1) = D_f(P‖P) is what the member states: 0 unless it says otherwise",
        members: catalogue_members,
        check: |d| {
            for_each([1.0], |u| agree("u = 1", d.at_one(), d.generator(u), tolerance::of_terms(&[1.0])))
        },
        chaffs: || {
            vec![
                ("f = u log u + 1", Planted::on(Kl).generator(|u| u * u.ln() + 1.0).finish()),
                ("f = ½|u| for ½|u − 1|", Planted::on(TotalVariation).generator(|u| u / 2.0).finish()),
                ("GAN that claims f(1) = 0", Planted::on(vdm::catalogue::Gan).at_one(|| 0.0).finish()),
            ]
        },
    }
}

/// Convexity along random segments.
pub(super) fn convexity() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "convexity",
        statement: "f(λu + (1−λ)v) ≤ λ f(u) + (1−λ) f(v)",
        members: catalogue_members,
        check: |d| {
            let strategy = (strategies::ratios(), strategies::ratios(), 0.0..=1.0f64);
            for_all(256, &strategy, |&(u, v, share)| {
                let middle = share * u + (1.0 - share) * v;
                let (left, right) = (share * d.generator(u), (1.0 - share) * d.generator(v));
                let slope = d.subdifferential(middle).representative();
                at_least(
                    format!("u = {}, v = {}, λ = {}", number(u), number(v), number(share)),
                    "f(λu + (1−λ)v) ≤ λ f(u) + (1−λ) f(v)",
                    left + right,
                    d.generator(middle),
                    // The middle is itself rounded, which moves f by slope·middle·ε.
                    tolerance::of_terms(&[left, right, slope * middle, 1.0]),
                )
            })
        },
        chaffs: || {
            vec![
                ("the sign of KL is lost", Planted::on(Kl).generator(|u| -u * u.ln()).finish()),
                (
                    "Hellinger without the square",
                    Planted::on(SquaredHellinger).generator(|u| u.sqrt() - 1.0).finish(),
                ),
                (
                    "a kink that points up",
                    Planted::on(TotalVariation).generator(|u| -(u - 1.0).abs() / 2.0).finish(),
                ),
            ]
        },
    }
}

/// Each slope in ∂f(u) belongs to a line that supports f.
pub(super) fn supporting_slopes() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "supporting-slopes",
        statement: "f(v) ≥ f(u) + s·(v − u) for every s ∈ ∂f(u)",
        members: catalogue_members,
        check: |d| {
            for_all(256, &(strategies::ratios(), strategies::ratios()), |&(u, v)| {
                let slopes = d.subdifferential(u);
                let mut worst = 0.0f64;
                // Where the line itself overflows there is nothing to compare.
                let drawable = |slope: &f64| (slope * u).is_finite() && (slope * v).is_finite();
                for slope in [slopes.low(), slopes.high()].into_iter().filter(drawable) {
                    let (f_u, f_v) = (d.generator(u), d.generator(v));
                    worst = worst.max(at_least(
                        format!("u = {}, v = {}, s = {}", number(u), number(v), number(slope)),
                        "f(v) ≥ f(u) + s·(v − u)",
                        f_v,
                        f_u + slope * (v - u),
                        tolerance::of_terms(&[f_u, f_v, slope * u, slope * v, 1.0, u, v]),
                    )?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                (
                    "f' of KL without the 1",
                    Planted::on(Kl).subdifferential(|u| Interval::point(u.ln())).finish(),
                ),
                (
                    "∂f(1) of total variation reaches ±1",
                    Planted::on(TotalVariation)
                        .subdifferential(|u| match u {
                            1.0 => Interval::closed(-1.0, 1.0),
                            u => Interval::point((u - 1.0).signum() / 2.0),
                        })
                        .finish(),
                ),
            ]
        },
    }
}

/// f(0), f′(0⁺) and f′(∞) as stated are the limits of f and its slopes.
pub(super) fn ends() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "ends",
        statement: "f(0) = lim f(u), f'(0⁺) = lim f'(u) as u ↓ 0, f'(∞) = lim f(u)/u",
        members: catalogue_members,
        check: |d| {
            let ratio = |log_u: f64| d.generator(log_u.exp()) / log_u.exp();
            let value = |log_u: f64| d.generator((-log_u).exp());
            let slope = |log_u: f64| d.subdifferential((-log_u).exp()).representative();
            for_each(
                [
                    ("f(0)", d.at_zero(), value(300.0), value(600.0)),
                    ("f(0) as f evaluates it", d.at_zero(), d.generator(0.0), d.generator(0.0)),
                    ("f'(0⁺)", d.slope_at_zero(), slope(300.0), slope(600.0)),
                    ("f'(∞)", d.slope_at_infinity(), ratio(300.0), ratio(600.0)),
                ],
                |(what, stated, near, nearer)| limit(what, stated, near, nearer),
            )
        },
        chaffs: || {
            vec![
                (
                    "f'(∞) = 1 for total variation",
                    Planted::on(TotalVariation).slope_at_infinity(|| 1.0).finish(),
                ),
                ("f(0) = 0 for Hellinger", Planted::on(SquaredHellinger).at_zero(|| 0.0).finish()),
                ("f'(∞) finite for KL", Planted::on(Kl).slope_at_infinity(|| 1.0).finish()),
                ("f'(0⁺) = 1 for KL", Planted::on(Kl).slope_at_zero(|| 1.0).finish()),
            ]
        },
    }
}

/// Is `stated` the limit of a sequence of which two members e^{300} apart are known?
/// A finite one is reached to within e^{−50}; towards ±∞ the sequence still moves.
fn limit(what: &str, stated: f64, near: f64, nearer: f64) -> Result<f64, Box<Broken>> {
    if stated.is_finite() {
        return agree(what, stated, nearer, tolerance::of_terms(&[stated, 1.0]));
    }
    let moving = nearer == stated || (nearer - near) * stated.signum() > 1.0;
    if moving {
        return Ok(0.0);
    }
    Err(Broken::new(what, number(stated), format!("{} and then {}", number(near), number(nearer))))
}
