//! Every figure: well-formed, readable aloud, in the page's colours, and true to
//! `vdm`. Each rule is also shown a figure that breaks it.

mod rules;

use rules::violations;
use std::collections::HashSet;
use std::sync::OnceLock;
use vdm::catalogue::{Kl, find};
use vdm::{Divergence, Interval};
use workbook::figures::{Drawing, Figure, Frame, Frames, Hue, Mark, all};

/// Relative error of two or three operations on f64, with room for the library's exp.
const ROUNDING: f64 = 1e-12;

/// A figure, what it draws and what stands on the page: once for all tests.
struct Drawn {
    figure: Figure,
    drawing: Drawing,
    svg: String,
}

fn drawn() -> &'static [Drawn] {
    static DRAWN: OnceLock<Vec<Drawn>> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let draw = |figure: Figure| {
            let drawing = figure.drawing().unwrap_or_else(|error| panic!("{}: {error}", figure.id));
            let svg = figure.finish(&drawing).unwrap_or_else(|error| panic!("{}: {error}", figure.id));
            Drawn { figure, drawing, svg }
        };
        all().into_iter().map(draw).collect()
    })
}

fn find_drawn(id: &str) -> &'static Drawn {
    drawn().iter().find(|drawn| drawn.figure.id == id).unwrap_or_else(|| panic!("no figure `{id}`"))
}

fn drawing(id: &str) -> Drawing {
    find_drawn(id).drawing.clone()
}

fn frames() -> Frames {
    drawing("tangent").frames.unwrap_or_else(|| panic!("the tangent has no frames"))
}

#[test]
fn every_figure_keeps_the_rules() {
    for Drawn { figure, svg, .. } in drawn() {
        assert_eq!(violations(svg), Vec::<String>::new(), "figure `{}`", figure.id);
        assert!(!figure.title.is_empty(), "{}", figure.id);
        assert!(figure.description.len() >= rules::LEAST_ALTERNATIVE, "{}", figure.id);
    }
}

#[test]
fn a_broken_figure_is_caught_by_the_rule_it_breaks() {
    let sound = find_drawn("tangent").svg.as_str();
    for (from, to, rule) in [
        ("role=\"img\"", "role=\"presentation\"", "role missing"),
        ("viewBox=", "width=\"360\" viewBox=", "fixed size"),
        ("viewBox=", "view=", "fixed size"),
        ("<svg ", "<svg fill=\"#00000A\" ", "literal colour: #00000A"),
        ("var(--series-1, #1f6feb)", "#1f6feb", "literal colour: #1f6feb"),
        ("var(--series-1, #1f6feb)", "var(--series-1)", "literal colour: var(--series-1)"),
        ("font-size=", "font-family=\"serif\" font-size=", "own font"),
        ("figure-tangent-2-title", "figure-tangent-1-title", "id twice: figure-tangent-1-title"),
        ("<title id=\"figure-tangent-1-title\"", "<title", "no such id: figure-tangent-1-title"),
        ("<title ", "<metadata ", "not well-formed"),
        ("f(u) = u log u and its tangents", "", "title missing"),
        (
            "<desc id=\"figure-tangent-1-desc\">",
            "<desc id=\"figure-tangent-1-desc\">A curve.</desc><desc>",
            "text alternative",
        ),
        ("points=\"", "points=\"NaN,0 ", "no number"),
        ("cx=\"", "cx=\"inf", "no number"),
        ("</desc>", "", "not well-formed"),
        ("</svg>", "</svg>\n\n", "blank line"),
    ] {
        let broken = sound.replace(from, to);
        assert_ne!(broken, sound, "nothing to break: {from}");
        let found = violations(&broken);
        let caught = found.iter().any(|violation| violation.starts_with(rule));
        assert!(caught, "{from} → {to}: {found:?} lacks `{rule}`");
    }
}

#[test]
fn ids_are_unique_across_figures() {
    let names: HashSet<_> = drawn().iter().map(|drawn| drawn.figure.id).collect();
    assert_eq!(names.len(), drawn().len());
    let together: String = drawn().iter().map(|drawn| drawn.svg.as_str()).collect();
    assert_eq!(violations(&together), Vec::<String>::new());
}

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
fn the_first_frame_is_the_static_figure() {
    for Drawn { figure, drawing, svg } in drawn() {
        if let Some(frames) = &drawing.frames {
            starts_as_drawn(figure.id, frames, svg);
        }
    }
}

fn starts_as_drawn(id: &str, frames: &Frames, svg: &str) {
    let drawn = |part: &str| {
        let name = format!("data-part=\"{part}\"");
        svg.split('<')
            .find(|element| element.contains(&name))
            .unwrap_or_else(|| panic!("{id}: no part `{part}`"))
    };
    let start = &frames.frames[frames.start];
    for ((part, attribute), value) in frames.moves.iter().zip(&start.set) {
        let shown = match *attribute {
            "text" => format!(">{value}"),
            attribute => format!(" {attribute}=\"{value}\""),
        };
        assert!(drawn(part).contains(&shown), "{id}, {part}: {shown} is not in {}", drawn(part));
    }
    for frame in &frames.frames {
        assert_eq!(frame.set.len(), frames.moves.len(), "{id}: {}", frame.say);
    }
    let parts: HashSet<_> = frames.moves.iter().map(|(part, _)| part).collect();
    assert_eq!(svg.matches("data-part=").count(), parts.len(), "{id}: a part is drawn twice or never moves");
}

#[test]
fn more_bins_of_the_same_kind_never_lower_the_bound() {
    let frames = drawing("bound-capacity").frames.unwrap_or_else(|| panic!("no frames"));
    let bound = |k: usize| {
        let frame = &frames.frames[k - 1];
        assert_eq!(frame.values[0], k as f64);
        frame.values[1]
    };
    let truth = frames.frames[0].values[2];
    // The paper prints 0.2831 for its mixture; the one recovered from its fits is this close.
    assert!((truth - 0.2831).abs() < 3.2e-4, "{truth}");
    assert_eq!(bound(1), 0.0);
    for k in 1..=frames.frames.len() / 2 {
        assert!(bound(k) <= bound(2 * k) + ROUNDING && bound(2 * k) <= truth, "k = {k}");
    }
    assert!((2..=frames.frames.len()).any(|k| bound(k) < bound(k - 1)), "monotone in k after all?");
}

#[test]
fn bounds_are_lines_below_the_divergence() {
    for panel in drawing("definition-and-bound").panels {
        let curve = lines(&panel.marks, Hue::Series(1))[0].to_vec();
        for hue in [Hue::Series(2), Hue::Series(3), Hue::Series(4)] {
            let &[from, to] = lines(&panel.marks, hue)[0] else { panic!("a straight line") };
            let at = |x: f64| from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0);
            let above = |(x, d): &(f64, f64)| d - at(*x);
            let least = curve.iter().map(above).fold(f64::INFINITY, f64::min);
            // It touches at a place of the curve's grid or half a step beside it.
            assert!((-1e-9..5e-4).contains(&least), "{}: {least}", panel.title);
        }
    }
}

/// The points of a panel's lines of one hue, line by line.
fn lines(marks: &[Mark], hue: Hue) -> Vec<&[(f64, f64)]> {
    let line = |mark| match mark {
        &Mark::Line(ref points, pen) if pen.hue == hue => Some(points.as_slice()),
        _ => None,
    };
    marks.iter().filter_map(line).collect()
}

fn points(marks: &[Mark], hue: Hue) -> impl Iterator<Item = (f64, f64)> {
    lines(marks, hue).into_iter().flatten().copied()
}

/// The area inside a closed line.
fn area(outline: &[(f64, f64)]) -> f64 {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

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

#[test]
fn optimal_critics_are_slopes_at_the_ratio() {
    let drawing = drawing("optimal-critics");
    assert_eq!(drawing.panels.len(), 6);
    // ln p/q of N(1, 1) against N(0, 1) is x − ½; each slope worked out by hand.
    let slopes: [fn(f64) -> f64; 6] = [
        |u| 1.0 + u.ln(),
        |u| -1.0 / u,
        |u| (2.0 * u / (1.0 + u)).ln(),
        |u| 1.0 - u.powf(-0.5),
        |u| 2.0 * (u - 1.0),
        |u| if u > 1.0 { 0.5 } else { -0.5 },
    ];
    for (panel, slope) in drawing.panels.iter().zip(slopes) {
        // Where a curve leaves the panel its last point is cut from a chord.
        let inside = |(_, y): &(f64, f64)| panel.y.low < *y && *y < panel.y.high;
        for (x, critic) in points(&panel.marks, Hue::Series(1)).filter(inside) {
            let expected = slope((x - 0.5).exp());
            assert!((critic - expected).abs() <= 1e-6, "{}: {critic} at {x}, {expected}", panel.title);
        }
    }
}

#[test]
fn elbo_and_gap_add_up_to_the_evidence() {
    let drawing = drawing("elbo-split");
    let panel = &drawing.panels[0];
    let Some(Mark::Area(outline, ..)) = panel.marks.iter().find(|mark| matches!(mark, Mark::Area(..))) else {
        panic!("nothing is shaded")
    };
    // The upper edge is ELBO + KL, each computed by itself: it is log ½ everywhere.
    let (lower, upper) = outline.split_at(outline.len() / 2);
    assert!(upper.iter().all(|(_, y)| (y - 0.5_f64.ln()).abs() <= ROUNDING));
    assert!(lower.iter().any(|(_, y)| (y - 0.5_f64.ln()).abs() <= 1e-3));
    assert!(lower.iter().any(|(_, y)| (y - 0.15_f64.ln()).abs() <= ROUNDING));
}

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
