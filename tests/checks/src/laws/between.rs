//! D_f of two laws: shifts, the adjoint, its range, and closed forms.

use super::planted::{Planted, catalogue_members};
use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Broken, Law, strategies, tolerance};
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{Kl, PearsonChi2, ReverseKl, SquaredHellinger, TotalVariation};
use vdm::density::{Finite, Gaussian};
use vdm::divergence::{Adjoint, between, between_finite, gaussian_closed_forms as closed};

/// D_f by its definition with f(u) + c·(u − 1) for f, and the size of its terms:
/// Σ q·f(p/q) + (f′(∞) + c)·P[q = 0].
fn by_definition(d: &dyn Divergence, c: f64, p: &Finite, q: &Finite) -> (f64, f64) {
    let term = |i: usize| match (p.probability(i), q.probability(i)) {
        (0.0, 0.0) => 0.0,
        (p, 0.0) => p * (d.slope_at_infinity() + c),
        (p, q) => q * (d.generator(p / q) + c * (p / q - 1.0)),
    };
    (0..p.len()).map(term).fold((0.0, 1.0), |(sum, size), term| (sum + term, size + term.abs()))
}

fn shown(p: &Finite, q: &Finite) -> String {
    format!("P = {:.4?}, Q = {:.4?}", p.probabilities(), q.probabilities())
}

fn finite(d: &dyn Divergence, p: &Finite, q: &Finite) -> Result<f64, Box<Broken>> {
    between_finite(d, p, q).map_err(|why| Broken::new(shown(p, q), "a divergence", why.to_string()))
}

/// The library's D_f, which centres f, against the definition with any shift.
pub(super) fn shift_invariance() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "shift-invariance",
        statement: "f(u) + c·(u − 1) gives the same D_f for every c, singular parts included",
        members: catalogue_members,
        check: |d| {
            for_all(256, &(strategies::finite_pairs(), -8i32..=8), |((p, q), c)| {
                let c = f64::from(*c) / 4.0;
                let (due, size) = by_definition(d, c, p, q);
                let near = tolerance::of_terms(&[size]);
                agree(format!("{}, c = {c}", shown(p, q)), due, finite(d, p, q)?, near)
            })
        },
        chaffs: || {
            vec![
                (
                    "centred with the wrong slope",
                    Planted::on(Kl).ln_centred(|l| PearsonChi2.ln_centred(l)).finish(),
                ),
                ("Q[p = 0] not priced", Planted::on(TotalVariation).at_zero(|| 0.0).finish()),
                ("f(1) added twice", Planted::on(vdm::catalogue::Gan).at_one(|| -4.0 * 2f64.ln()).finish()),
            ]
        },
    }
}

/// A member and what claims to be its adjoint.
type WithAdjoint = (Arc<dyn Divergence>, Arc<dyn Divergence>);

/// The adjoint exchanges P and Q.
pub(super) fn adjoint() -> Law<WithAdjoint> {
    Law {
        name: "adjoint",
        statement: "u·f(1/u) gives D_f(Q‖P), and its f(0) is f'(∞)",
        members: || {
            let with_adjoint = |(name, d): (String, Arc<dyn Divergence>)| {
                let adjoint: Arc<dyn Divergence> = Arc::new(Adjoint(d.clone()));
                (name, (d, adjoint))
            };
            catalogue_members().into_iter().map(with_adjoint).collect()
        },
        check: |(d, adjoint)| {
            agree(
                "the adjoint's f(0)",
                d.slope_at_infinity(),
                adjoint.at_zero(),
                tolerance::of_terms(&[1.0]),
            )?;
            agree(
                "the adjoint's f'(∞)",
                d.at_zero(),
                adjoint.slope_at_infinity(),
                tolerance::of_terms(&[1.0]),
            )?;
            for_all(128, &strategies::finite_pairs(), |(p, q)| {
                let (due, size) = by_definition(d, 0.0, q, p);
                agree(shown(p, q), due, finite(adjoint, p, q)?, tolerance::of_terms(&[size]))
            })
        },
        chaffs: || {
            vec![
                ("KL called its own adjoint", (Arc::new(Kl), Arc::new(Kl))),
                ("f(1/u) without the factor u", (Arc::new(Kl), kl_without_factor())),
                ("Pearson's adjoint called Pearson", (Arc::new(PearsonChi2), Arc::new(PearsonChi2))),
            ]
        },
    }
}

/// f(1/u) = −(log u)/u: the adjoint of KL without its factor u.
fn kl_without_factor() -> Arc<dyn Divergence> {
    Planted::on(ReverseKl)
        .generator(|u| -u.ln() / u)
        .ln_centred(|l| (-l / l.exp() + l.exp_m1()).abs().ln())
        .finish()
}

/// f(1) ≤ D_f ≤ f(0) + f′(∞), with equality at P = Q and at disjoint supports.
pub(super) fn range() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "range",
        statement: "f(1) ≤ D_f ≤ f(0) + f'(∞), attained at P = Q and at disjoint supports",
        members: catalogue_members,
        check: |d| {
            let (low, high) = (d.at_one(), d.at_zero() + d.slope_at_infinity());
            let near = tolerance::of_terms(&[low, high, 1.0]);
            for_each([(1.0, 0.0), (0.25, 0.75)], |(a, b)| {
                let p =
                    Finite::new(&[a, b, 0.0]).map_err(|why| Broken::new("P", "a law", why.to_string()))?;
                let q = Finite::new(&[0.0, 0.0, 1.0])
                    .map_err(|why| Broken::new("Q", "a law", why.to_string()))?;
                agree(shown(&p, &q), high, finite(d, &p, &q)?, near)?;
                agree(shown(&p, &p), low, finite(d, &p, &p)?, near)
            })?;
            for_all(256, &strategies::finite_pairs(), |(p, q)| {
                let value = finite(d, p, q)?;
                at_least(shown(p, q), "D_f ≥ f(1)", value, low, near)?;
                at_least(shown(p, q), "D_f ≤ f(0) + f'(∞)", high, value, near)
            })
        },
        chaffs: || {
            vec![
                (
                    "f'(∞) = ¼ for total variation",
                    Planted::on(TotalVariation).slope_at_infinity(|| 0.25).finish(),
                ),
                ("f'(∞) = 1 for KL", Planted::on(Kl).slope_at_infinity(|| 1.0).finish()),
                ("f(0) = ½ for Hellinger", Planted::on(SquaredHellinger).at_zero(|| 0.5).finish()),
            ]
        },
    }
}

/// A divergence and a closed form of it between Gaussians; nothing where the
/// closed form does not speak.
type ClosedForm = (Arc<dyn Divergence>, fn(&Gaussian, &Gaussian) -> Option<f64>);

/// Quadrature against closed forms between Gaussians.
pub(super) fn gaussian_closed_forms() -> Law<ClosedForm> {
    Law {
        name: "gaussian-closed-forms",
        statement: "D_f by quadrature equals its closed form between Gaussians",
        members: || {
            vec![
                ("kl".into(), (Arc::new(Kl), |p, q| Some(closed::kl(p, q)))),
                ("reverse_kl".into(), (Arc::new(ReverseKl), |p, q| Some(closed::reverse_kl(p, q)))),
                (
                    "squared_hellinger".into(),
                    (Arc::new(SquaredHellinger), |p, q| Some(closed::squared_hellinger(p, q))),
                ),
                ("pearson_chi2".into(), (Arc::new(PearsonChi2), |p, q| Some(closed::pearson_chi2(p, q)))),
                ("total_variation".into(), (Arc::new(TotalVariation), closed::total_variation)),
            ]
        },
        check: |(d, closed)| {
            for_all(64, &(strategies::gaussians(), strategies::gaussians()), |(p, q)| {
                // Where a form needs equal deviations, make them equal.
                let same = || Gaussian::new(p.mean(), q.deviation()).ok();
                let Some((p, due)) = closed(p, q)
                    .map(|due| (*p, due))
                    .or_else(|| same().and_then(|p| Some((p, closed(&p, q)?))))
                else {
                    return Ok(0.0);
                };
                let place = format!("P = {p:?}, Q = {q:?}");
                let found =
                    between(d, &p, q).map_err(|why| Broken::new(&place, number(due), why.to_string()))?;
                // The estimate vouches for its own error; the closed form cancels terms of size 1.
                let near = found.error + tolerance::of_terms(&[due, due * due.ln(), 1.0]);
                agree(place, due, found.value, near)
            })
        },
        chaffs: || {
            vec![
                ("KL with its arguments swapped", (Arc::new(Kl), |p, q| Some(closed::kl(q, p)))),
                ("reverse KL for KL", (Arc::new(ReverseKl), |p, q| Some(closed::kl(p, q)))),
                ("KL without its −½", (Arc::new(Kl), |p, q| Some(closed::kl(p, q) + 0.5))),
                (
                    "Hellinger where it was to be squared",
                    (Arc::new(SquaredHellinger), |p, q| Some(closed::squared_hellinger(p, q).sqrt())),
                ),
            ]
        },
    }
}
