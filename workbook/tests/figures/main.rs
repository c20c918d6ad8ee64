//! Every figure: well-formed, readable aloud, in the page's colours, and true to
//! `vdm`. Each rule is also shown a figure that breaks it.

mod bounds;
mod conjugates;
mod drawn;
mod laws;
mod rules;
mod training;

use drawn::{Drawn, drawn, find_drawn};
use rules::violations;
use std::collections::HashSet;
use workbook::figures::Frames;

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
