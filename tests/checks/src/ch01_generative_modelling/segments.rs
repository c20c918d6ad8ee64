//! 1.7: two laws in the plane without a density there.

use crate::check::{Broken, Chaff, Check, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::Divergence;
use vdm::ch01_generative_modelling::exercises as reference;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// The signature of 1.7.
type Segments = fn(&dyn Divergence, f64, f64) -> f64;

/// Cells in a segment of length 1.
const CELLS: i32 = 16;

/// Both laws on cells of length 1/16: exact if the segments are moved by whole cells.
fn on_cells(f: &dyn Divergence, moved: i32, across: bool) -> Result<f64, Box<Broken>> {
    let at = format!("{}, moved by {moved} cells", f.title());
    // A segment of another height has cells of its own.
    let start = if across { 3 * CELLS } else { moved };
    let (low, high) = (start.min(0), start.max(0) + CELLS);
    let law = |from: i32| {
        let mass =
            |cell: i32| if (from..from + CELLS).contains(&cell) { 1.0 / f64::from(CELLS) } else { 0.0 };
        Finite::new(&(low..high).map(mass).collect::<Vec<_>>())
            .map_err(|why| Broken::new(&at, "a law", why.to_string()))
    };
    between_finite(f, &law(0)?, &law(start)?).map_err(|why| Broken::new(&at, "equal cells", why.to_string()))
}

fn compare(answer: Segments, f: &dyn Divergence, moved: i32, across: f64) -> Result<f64, Box<Broken>> {
    let along = f64::from(moved) / f64::from(CELLS);
    let due = on_cells(f, moved, across != 0.0)?;
    let at = format!("{}, along = {}, across = {}", f.title(), number(along), number(across));
    let near = tolerance::of_terms(&[f.at_one(), f.at_zero(), f.slope_at_infinity(), 1.0]);
    agree(at, due, answer(f, along, across), near)
}

/// 1.7
pub fn divergence_of_segments() -> Exercise<Segments> {
    Exercise {
        meta: Meta::implement("1.7", "divergence_of_segments", "Two laws without a density", 3, 15),
        reference: reference::divergence_of_segments,
        checks: vec![
            Check {
                name: "in-one-line",
                property: "along the same line: the shared length costs f(1), the rest f(0) + f′(∞)",
                run: |answer| {
                    let members = vdm::catalogue::all();
                    for_all(200, &(0..members.len(), -40i32..=40), |&(member, moved)| {
                        compare(answer, &members[member], moved, 0.0)
                    })
                },
            },
            Check {
                name: "side-by-side",
                property: "any distance across, however small, costs f(0) + f′(∞)",
                run: |answer| {
                    let distances = [1.0, -0.5, 1e-9, -1e-300];
                    let cases =
                        vdm::catalogue::all().into_iter().flat_map(|f| distances.map(|d| (f.clone(), d)));
                    for_each(cases, |(f, across)| {
                        compare(answer, &f, 0, across)?;
                        compare(answer, &f, 5, across)
                    })
                },
            },
            Check {
                name: "the-same-segment",
                property: "moved by nothing: f(1), and no 0·∞ on the way",
                run: |answer| for_each(vdm::catalogue::all(), |f| compare(answer, &f, 0, 0.0)),
            },
        ],
        chaffs: vec![
            Chaff {
                name: "grows-with-the-distance",
                misconception: "an f-divergence does not see how far apart two points are, only whether they are the same: no factor |across|",
                subject: |f, along, across| match across {
                    0.0 => reference::divergence_of_segments(f, along, across),
                    across => across.abs() * (f.at_zero() + f.slope_at_infinity()),
                },
                caught_by: "side-by-side",
            },
            Chaff {
                name: "nearly-equal-forgiven",
                misconception: "a distance of 10⁻⁹ is a distance: the segments share no point",
                subject: |f, along, across| {
                    let across = if across.abs() < 1e-6 { 0.0 } else { across };
                    reference::divergence_of_segments(f, along, across)
                },
                caught_by: "side-by-side",
            },
            Chaff {
                name: "only-outside-q",
                misconception: "P's mass where Q has none costs f′(∞), and Q's mass where P has none costs f(0): both are owed",
                subject: |f, along, across| {
                    let apart = if across == 0.0 { along.abs().min(1.0) } else { 1.0 };
                    if apart == 0.0 {
                        f.at_one()
                    } else {
                        (1.0 - apart) * f.at_one() + apart * f.slope_at_infinity()
                    }
                },
                caught_by: "in-one-line",
            },
            Chaff {
                name: "negative-overlap",
                misconception: "beyond a shift of 1 the segments share nothing: the shared length is not 1 − |along| but at least 0",
                subject: |f, along, across| {
                    let apart = if across == 0.0 { along.abs() } else { 1.0 };
                    if apart == 0.0 {
                        return f.at_one();
                    }
                    (1.0 - apart) * f.at_one() + apart * (f.at_zero() + f.slope_at_infinity())
                },
                caught_by: "in-one-line",
            },
            Chaff {
                name: "signed-shift",
                misconception: "to the left is as far as to the right: |along|",
                subject: |f, along, across| {
                    let apart = if across == 0.0 { along.clamp(0.0, 1.0) } else { 1.0 };
                    if apart == 0.0 {
                        return f.at_one();
                    }
                    (1.0 - apart) * f.at_one() + apart * (f.at_zero() + f.slope_at_infinity())
                },
                caught_by: "in-one-line",
            },
            Chaff {
                name: "zero-times-infinity",
                misconception: "nothing is apart, and 0·∞ is NaN in floating point: treat that case by itself",
                subject: |f, along, across| {
                    let apart = if across == 0.0 { along.abs().min(1.0) } else { 1.0 };
                    (1.0 - apart) * f.at_one() + apart * (f.at_zero() + f.slope_at_infinity())
                },
                caught_by: "the-same-segment",
            },
        ],
        fingerprint: |answer| {
            let moves = [(0.0, 0.0), (0.25, 0.0), (-0.5, 0.0), (2.0, 0.0), (0.25, 1.5), (0.0, 1e-9)];
            let members: [&dyn Divergence; 3] =
                [&vdm::catalogue::TotalVariation, &vdm::catalogue::FganJs, &vdm::catalogue::Kl];
            members.iter().flat_map(|f| moves.map(|(along, across)| answer(*f, along, across))).collect()
        },
    }
}
