//! Figures of the algorithm, in chapter 5.

use crate::drawn::{ROUNDING, drawing, points};
use workbook::figures::{Hue, Mark};

#[test]
fn activations_and_composites_are_those_of_the_page() {
    let drawing = drawing("activations");
    // g_f and f*∘g_f, written out by hand.
    type OfRaw = fn(f64) -> f64;
    let rows: [[OfRaw; 2]; 8] = [
        [|v| v, |v| (v - 1.0).exp()],
        [|v| -(-v).exp(), |v| v - 1.0],
        [|v| v.tanh() / 2.0, |v| v.tanh() / 2.0],
        [|v| v, |v| v * v / 4.0 + v],
        [|v| 1.0 - (-v).exp(), |v| 2.0 - 2.0 * (-v / 2.0).exp()],
        [|v| 1.0 - (-v).exp(), |v| v.exp() - 1.0],
        [|v| 2.0_f64.ln() - (1.0 + (-v).exp()).ln(), |v| (1.0 + v.exp()).ln() - 2.0_f64.ln()],
        [|v| -(1.0 + (-v).exp()).ln(), |v| (1.0 + v.exp()).ln()],
    ];
    assert_eq!(drawing.panels.len(), rows.len());
    for (panel, row) in drawing.panels.iter().zip(rows) {
        let inside = |(_, y): &(f64, f64)| panel.y.low < *y && *y < panel.y.high;
        for (hue, value) in [(Hue::Series(1), row[0]), (Hue::Series(2), row[1])] {
            for (v, y) in points(&panel.marks, hue).filter(inside) {
                assert!((y - value(v)).abs() <= ROUNDING * 30.0, "{}: {y} at {v}", panel.title);
            }
        }
        let dot =
            panel.marks.iter().find_map(|mark| if let Mark::Dot(at, _) = mark { Some(*at) } else { None });
        let (v, threshold) = dot.unwrap_or_else(|| panic!("{} has no threshold", panel.title));
        assert!((row[0](v) - threshold).abs() <= ROUNDING, "{}: the dot is off the curve", panel.title);
    }
}

#[test]
fn the_players_spiral_circle_and_converge() {
    let drawing = drawing("saddle");
    let frames = drawing.frames.unwrap_or_else(|| panic!("the saddle has no frames"));
    for frame in &frames.frames {
        let [delta, simultaneous, alternating] = frame.values[..] else { panic!("δ and two rates") };
        // Worked out by hand for step 0.4 and coupling 1.
        let shrink = 1.0 - 0.4 * delta;
        assert!((simultaneous - (shrink * shrink + 0.16).sqrt()).abs() <= ROUNDING, "δ = {delta}");
        assert!((alternating - shrink).abs() <= ROUNDING, "δ = {delta}");
    }
    let first = &frames.frames[0];
    assert!(
        first.say.contains("simultaneous steps spiral out") && first.say.contains("alternating steps circle")
    );
    let last = &frames.frames[frames.frames.len() - 1];
    assert_eq!(last.say.matches("converge").count(), 2, "{}", last.say);
}

#[test]
fn the_bound_of_the_run_stays_below() {
    let drawing = drawing("training-run");
    let [near, far] = &drawing.panels[..] else { panic!("two panels") };
    let (divergence, bound) = (Hue::Series(1), Hue::Series(2));
    let above: Vec<_> = points(&near.marks, divergence).collect();
    let below: Vec<_> = points(&near.marks, bound).collect();
    assert_eq!(above.len(), below.len());
    assert!(above.iter().zip(&below).all(|(d, b)| d.0 == b.0 && b.1 <= d.1 + 1e-9));
    assert!(below.iter().any(|(_, b)| *b < -0.05), "the bound dives below 0, as the caption says");
    // The heuristic is below a tenth of a nat hundreds of steps sooner.
    let arrival =
        |hue| points(&far.marks, hue).find(|(_, d)| *d < 0.1).map_or(f64::INFINITY, |(step, _)| step);
    assert!(arrival(bound) + 200.0 < arrival(divergence), "{} and {}", arrival(bound), arrival(divergence));
}
