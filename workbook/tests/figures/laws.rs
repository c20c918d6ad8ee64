//! Figures of laws and their distances, in chapter 1.

use crate::drawn::{ROUNDING, area, drawing, find_drawn, points};
use workbook::figures::{Hue, Mark};

#[test]
fn the_bent_generator_carries_areas() {
    let drawing = drawing("pushforward");
    // The shaded pieces, below and at the left: one mass, on one scale.
    let shaded: Vec<f64> = drawing.panels[0]
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Area(points, ..) = mark { Some(area(points)) } else { None })
        .collect();
    let [noise, model] = shaded[..] else { panic!("{} areas", shaded.len()) };
    assert!((noise - model).abs() <= 2e-3 * noise, "{noise} below, {model} at the left");
    let frames = drawing.frames.unwrap_or_else(|| panic!("no frames"));
    assert_eq!(frames.frames.len(), 21);
    for frame in &frames.frames {
        assert_eq!(frame.set.len(), frames.moves.len());
        let [theta, low, high] = frame.values[..] else { panic!("{:?}", frame.values) };
        for (z, x) in [(0.5, low), (1.5, high)] {
            let expected = if theta == 0.0 { z } else { ((theta * z).exp() - 1.0) / theta };
            assert!((x - expected).abs() <= 1e-12, "θ = {theta}: {x} for {expected}");
        }
        // Φ(1.5) − Φ(0.5), from a table.
        assert!(frame.say.ends_with("both shaded areas are 0.24"), "{}", frame.say);
    }
    // The static figure is the frame at which the slider starts.
    let svg = &find_drawn("pushforward").svg;
    for ((part, attribute), value) in frames.moves.iter().zip(&frames.frames[frames.start].set) {
        let name = format!("data-part=\"{part}\"");
        let drawn = svg.split('<').find(|element| element.contains(&name));
        let drawn = drawn.unwrap_or_else(|| panic!("no part `{part}`"));
        assert!(drawn.contains(&format!(" {attribute}=\"{value}\"")), "{part}: {drawn}\n{value}");
    }
}

#[test]
fn the_best_event_shades_the_total_variation() {
    let drawing = drawing("best-event");
    let panel = &drawing.panels[0];
    let shaded: f64 = panel
        .marks
        .iter()
        .map(|mark| if let Mark::Area(points, ..) = mark { area(points) } else { 0.0 })
        .sum();
    // TV = 1 − ∫ min(p, q), by a plain sum.
    let bell = |x: f64, mean: f64, deviation: f64| {
        (-((x - mean) / deviation).powi(2) / 2.0).exp() / (deviation * (2.0 * std::f64::consts::PI).sqrt())
    };
    let step = 1e-3;
    let overlap: f64 = (-8000..8000)
        .map(|k| f64::from(k) * step)
        .map(|x| bell(x, 0.0, 1.0).min(bell(x, 0.75, 0.6)) * step)
        .sum();
    // The panel leaves out what lies beyond ±3.4, and its edges are chords.
    assert!((shaded - (1.0 - overlap)).abs() <= 2e-3, "{shaded} shaded, {} due", 1.0 - overlap);
    assert!(panel.title.contains(&format!("{:.3}", 1.0 - overlap)), "{}", panel.title);
}

#[test]
fn argmins_are_two_and_none() {
    let drawing = drawing("argmins");
    let dots = |panel: usize| -> Vec<(f64, f64)> {
        let dot = |mark: &Mark| if let Mark::Dot(at, _) = mark { Some(*at) } else { None };
        drawing.panels[panel].marks.iter().filter_map(dot).collect()
    };
    assert_eq!(dots(0), [(-1.0, 0.0), (1.0, 0.0)]);
    assert!(dots(1).is_empty());
    assert!(points(&drawing.panels[1].marks, Hue::Series(1)).all(|(_, y)| y > 0.0));
}

#[test]
fn segments_apart_are_at_the_maximum() {
    let drawing = drawing("parallel-segments");
    let open = |mark: &Mark| if let Mark::Open(at, _) = mark { Some(*at) } else { None };
    let circles: Vec<_> = drawing.panels[0].marks.iter().filter_map(open).collect();
    assert_eq!(circles.len(), 2);
    for ((x, height), due) in circles.into_iter().zip([1.0, 2_f64.ln()]) {
        assert!(x == 0.0 && (height - due).abs() <= ROUNDING, "{height} for {due}");
    }
    // Along the line half of the shift is half of the way.
    let heights: Vec<f64> = points(&drawing.panels[1].marks, Hue::Series(2)).map(|(_, y)| y).collect();
    assert_eq!(heights, [1.0, 1.0, 0.0, 1.0, 1.0]);
}
