//! Figures of conjugates, in chapter 3.

use crate::drawn::{ROUNDING, drawing, frames, lines, points};
use vdm::catalogue::{Kl, find};
use vdm::{Divergence, Interval};
use workbook::figures::{Frame, Hue, Mark};

#[test]
fn intercepts_are_minus_the_conjugate() {
    let frames = frames();
    assert_eq!(frames.frames.len(), 61);
    for frame in &frames.frames {
        let [t, u, conjugate] = frame.values[..] else { panic!("slope, touching point, conjugate") };
        assert_eq!(conjugate, Kl.conjugate(t));
        // Worked out by hand: f*(t) = u* = e^{t−1}.
        let expected = (t - 1.0).exp();
        assert!((conjugate - expected).abs() <= ROUNDING * expected, "t = {t}");
        assert!((u - expected).abs() <= ROUNDING * expected, "t = {t}");
        // The tangent touches: its height at u* is f(u*).
        let height = t * u - conjugate;
        assert!((height - Kl.generator(u)).abs() <= ROUNDING, "t = {t}");
    }
}

#[test]
fn frames_draw_what_they_say() {
    let frames = frames();
    let position = |part, attribute| {
        let position = frames.moves.iter().position(|m| *m == (part, attribute));
        position.unwrap_or_else(|| panic!("{part} {attribute} does not move"))
    };
    let (left, right) = (position("intercept", "cy"), position("value", "cy"));
    let y = |frame: &Frame| frame.set[left].parse::<f64>().unwrap_or(f64::NAN);
    let (first, last) = (&frames.frames[0], &frames.frames[frames.frames.len() - 1]);
    let conjugate = |frame: &Frame| frame.values[2];
    let scale = (y(last) - y(first)) / (conjugate(last) - conjugate(first));
    assert!(scale > 100.0, "a larger conjugate lies lower: {scale}");
    for frame in &frames.frames {
        assert_eq!(frame.set.len(), frames.moves.len());
        // The eye carries the height from the left panel to the right one.
        assert_eq!(frame.set[left], frame.set[right], "{}", frame.say);
        // Half a unit of rounding here, and at each end of the scale.
        let expected = y(first) + scale * (conjugate(frame) - conjugate(first));
        assert!((y(frame) - expected).abs() <= 1.5, "{}", frame.say);
    }
}

#[test]
fn pairs_show_the_catalogue() {
    let names = "kl reverse_kl total_variation pearson_chi2 neyman_chi2 squared_hellinger fgan_js jeffreys";
    let drawing = drawing("conjugate-pairs");
    let mut pairs = drawing.panels.chunks(2);
    for name in names.split(' ') {
        let member = find(name).unwrap_or_else(|error| panic!("{error}"));
        let Some([generator, conjugate]) = pairs.next() else { panic!("{name} is not shown") };
        let of = |x| member.generator(x);
        let of_conjugate = |x| member.conjugate(x);
        let graphs: [(_, _, &dyn Fn(f64) -> f64); 2] =
            [(generator, Hue::Series(1), &of), (conjugate, Hue::Series(2), &of_conjugate)];
        for (panel, hue, value) in graphs {
            let graph = lines(&panel.marks, hue);
            assert!(!graph.is_empty(), "{name}: {} is empty", panel.title);
            // The ends may be cut at the panel's edge, between two samples.
            for &(x, y) in graph.iter().flat_map(|points| &points[1..points.len() - 1]) {
                assert_eq!(y, value(x), "{}: at {x}", panel.title);
            }
        }
        for (u, fu) in points(&generator.marks, Hue::Series(1)).filter(|(u, fu)| *fu == member.generator(*u))
        {
            for (t, ft) in
                points(&conjugate.marks, Hue::Series(2)).filter(|(t, ft)| *ft == member.conjugate(*t))
            {
                let size = fu.abs() + ft.abs() + (u * t).abs() + 1.0;
                assert!(fu + ft - u * t >= -ROUNDING * size, "{name}: Fenchel–Young at u = {u}, t = {t}");
            }
        }
    }
    assert!(pairs.next().is_none());
}

#[test]
fn ends_of_domains_are_marked() {
    let drawing = drawing("conjugate-pairs");
    let dot = |short: &str| {
        let panel = drawing.panels.iter().find(|panel| panel.title == format!("{short}: f*"));
        let marks = panel.map_or(&[][..], |panel| &panel.marks);
        marks.iter().find_map(|mark| if let Mark::Dot(at, _) = mark { Some(*at) } else { None })
    };
    // A closed end has a dot: f*(½) = ½ for total variation, f*(1) = 2 for Neyman.
    assert_eq!(dot("Total variation"), Some((0.5, 0.5)));
    assert_eq!(dot("Neyman χ²"), Some((1.0, 2.0)));
    assert_eq!(dot("Reverse KL"), None);
    assert_eq!(Kl.conjugate_domain(), Interval::REAL);
    assert_eq!(dot("KL"), None);
}

#[test]
fn more_lines_come_nearer() {
    let f = |u: f64| if u == 0.0 { 0.0 } else { u * u.ln() };
    let mut counts = Vec::new();
    for panel in drawing("supporting-lines").panels {
        let count = lines(&panel.marks, Hue::Muted).len();
        let gaps = points(&panel.marks, Hue::Series(2)).map(|(u, y)| f(u) - y);
        let (least, most) =
            gaps.fold((f64::MAX, 0.0_f64), |(least, most), gap| (least.min(gap), most.max(gap)));
        assert!(least >= -ROUNDING, "the envelope lies above f by {}", -least);
        // The line that touches at u = 1/count starts at −1/count.
        assert!((most - 1.0 / count as f64).abs() <= ROUNDING, "{count} lines: {most}");
        counts.push(count);
    }
    assert_eq!(counts, [2, 4, 8, 16]);
}

#[test]
fn the_biconjugate_closes_the_jump() {
    let drawing = drawing("not-closed");
    let dots = |panel: usize| -> Vec<(f64, f64)> {
        let dot = |mark: &Mark| if let Mark::Dot(at, _) = mark { Some(*at) } else { None };
        drawing.panels[panel].marks.iter().filter_map(dot).collect()
    };
    assert_eq!(dots(0), [(0.0, 1.0)]);
    let [(u, height)] = dots(1)[..] else { panic!("one dot closes the graph") };
    // Samples begin at 10⁻³⁰⁰, slopes at −20.
    assert!(u == 0.0 && height.abs() <= 20e-300, "{height}");
}

#[test]
fn a_grid_underestimates() {
    for pair in drawing("grid-hull").panels.chunks(2) {
        let shade = pair[1].marks.iter().find_map(|mark| match mark {
            Mark::Area(points, ..) => Some(points),
            _ => None,
        });
        let shade = shade.unwrap_or_else(|| panic!("no gap is shaded in {}", pair[1].title));
        let (above, below) = shade.split_at(shade.len() / 2);
        let gaps: Vec<_> =
            above.iter().zip(below.iter().rev()).map(|(a, b)| (a.0 - b.0, a.1 - b.1)).collect();
        assert!(gaps.iter().all(|(across, gap)| *across == 0.0 && *gap >= 0.0));
        assert!(gaps.iter().any(|(_, gap)| *gap > 0.05), "the gap of {} is too thin to see", pair[1].title);
    }
}
