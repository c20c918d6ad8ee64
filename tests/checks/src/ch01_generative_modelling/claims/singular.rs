//! A model without a density: D_f has one value, whatever the generator does.

use crate::check::{Verdict, agree, at_least};
use crate::for_all::for_each;
use crate::{AnyLaw, Broken, Law, tolerance};
use vdm::catalogue::find;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(no_density().stating(
            r"D_f(P \,\|\, P_\theta) \;=\; f(0) + f'(\infty) \qquad (P \text{ has a density in the plane, } g_\theta(z) = (z, 0))",
        )),
        Box::new(values().stating(
            r"\begin{array}{lccccc}
 & \text{TV} & \text{JSD} & \text{squared Hellinger} & \text{KL} & \text{reverse KL} \\
f(0) + f'(\infty) & 1 & \log 2 & 2 & \infty & \infty
\end{array}",
        )),
    ]
}

/// From f(0), f(1) and f′(∞) the displayed value.
type NoDensity = fn(f64, f64, f64) -> f64;

/// The plane in strips, one of which holds the line. P gives a strip of width ε the mass
/// of order ε, Q gives the strip with the line all it has; finer strips only show
/// more (a partition never overstates D_f). So the value is the limit ε → 0 of two cells.
fn in_strips(f: &dyn vdm::Divergence, width: f64) -> Result<f64, Box<Broken>> {
    let at = format!("{}, strips of width {width:e}", f.name());
    let law =
        |masses: [f64; 2]| Finite::new(&masses).map_err(|why| Broken::new(&at, "a law", why.to_string()));
    between_finite(f, &law([width, 1.0 - width])?, &law([1.0, 0.0])?)
        .map_err(|why| Broken::new(&at, "two cells", why.to_string()))
}

fn no_density() -> Law<NoDensity> {
    Law {
        name: "model-without-a-density",
        statement: "P has no mass on the line, P_θ has none off it: D_f = f(0) + f′(∞), for every generator of the catalogue",
        members: || vec![("a-line-in-the-plane".into(), (|zero, _, slope| zero + slope) as NoDensity)],
        check: |formula| -> Verdict {
            for_each(vdm::catalogue::all(), |f| {
                let due = formula(f.at_zero(), f.at_one(), f.slope_at_infinity());
                // The library sums exponentials of logarithms; that of 1e-300 is −691.
                let near =
                    tolerance::of_terms(&[f.at_zero(), f.slope_at_infinity(), 1.0]) + 691.0 * tolerance::EPS;
                let (coarse, fine) = (in_strips(&f, 1e-150)?, in_strips(&f, 1e-300)?);
                let at = format!("{}, the plane in ever finer strips", f.name());
                if due == f64::INFINITY && fine.is_finite() {
                    // No finite limit: a strip thinner by 150 decimals still adds more than
                    // a tenth of what stood there (−log ε doubles, powers of ε do more).
                    return at_least(at, "a value that keeps growing", fine, 1.1 * coarse, 0.0);
                }
                // √ε = 1e-150 is the slowest of the finite ones.
                agree(at, due, fine, near)
            })
        },
        chaffs: || {
            vec![
                ("P's mass off the line is free", |zero, _, _| zero),
                ("Q's mass on the line is free", |_, _, slope| slope),
                ("equal laws all the same", |_, one, _| one),
                ("the larger of the two", |zero, _, slope| zero.max(slope)),
            ]
        },
    }
}

/// The printed values: TV, JSD, squared Hellinger, KL, reverse KL.
type Values = [f64; 5];

fn values() -> Law<Values> {
    Law {
        name: "values-without-a-density",
        statement: "the largest value that each of five divergences can take, and takes here",
        members: || vec![("printed".into(), [1.0, 2f64.ln(), 2.0, f64::INFINITY, f64::INFINITY])],
        check: |printed| {
            let names = ["total_variation", "jsd", "squared_hellinger", "kl", "reverse_kl"];
            let law = |masses: [f64; 2]| {
                Finite::new(&masses).map_err(|why| Broken::new("a law", "masses", why.to_string()))
            };
            // Disjoint laws stand for any two that share nothing.
            let (p, q) = (law([1.0, 0.0])?, law([0.0, 1.0])?);
            for_each(names.into_iter().zip(printed), |(name, shown)| {
                let f = find(name).map_err(|why| Broken::new(name, "a divergence", why.to_string()))?;
                let due = between_finite(&f, &p, &q)
                    .map_err(|why| Broken::new(name, "two points", why.to_string()))?;
                agree(name, due, *shown, tolerance::FORMULA)
            })
        },
        chaffs: || {
            vec![
                ("2·JSD", [1.0, 2.0 * 2f64.ln(), 2.0, f64::INFINITY, f64::INFINITY]),
                ("Hellinger with ½", [1.0, 2f64.ln(), 1.0, f64::INFINITY, f64::INFINITY]),
                ("TV without ½", [2.0, 2f64.ln(), 2.0, f64::INFINITY, f64::INFINITY]),
                ("reverse KL finite", [1.0, 2f64.ln(), 2.0, f64::INFINITY, 0.0]),
            ]
        },
    }
}
