//! From plotters' SVG to one that belongs to the page.
//!
//! plotters writes fixed sizes, literal colours and no meaning. Here the SVG
//! scales with the page, takes colours from its theme and fonts from its text, has
//! a role, a title and a description, and its marks have names where a slider
//! moves them.

use super::error::FigureError;
use super::panel::{Drawing, Panel};
use super::pen::{Dash, Pen, Pens};
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::reader::Reader;
use quick_xml::{Writer, XmlVersion};

/// Panels at most this wide, in CSS pixels, go three or four to a line.
const SMALL: f64 = 240.0;

/// The whole figure: its panels, then the frames of its slider.
pub(super) fn figure(id: &str, title: &str, drawing: &Drawing) -> Result<String, FigureError> {
    let small = drawing.panels.iter().all(|panel| panel.size.0 <= SMALL);
    // A fifth panel would stand alone under four.
    let tall = drawing.panels.iter().any(|panel| panel.size.1 > 1.2 * panel.size.0);
    let class = match (small, drawing.panels.len()) {
        (false, _) if tall => "figure-panels figure-stacked",
        (true, 5..=6) => "figure-panels figure-small figure-thirds",
        (true, _) => "figure-panels figure-small",
        (false, _) => "figure-panels",
    };
    let mut writer = Writer::new(Vec::new());
    let group = BytesStart::new("div").with_attributes([
        ("class", class),
        ("data-figure", id),
        ("role", "group"),
        ("aria-label", title),
    ]);
    writer.write_event(Event::Start(group))?;
    for (number, panel) in drawing.panels.iter().enumerate() {
        let (svg, pens) = panel.draw()?;
        finish_panel(&mut writer, &format!("figure-{id}-{}", number + 1), panel, &svg, &pens)?;
    }
    if let Some(frames) = &drawing.frames {
        writer.get_mut().extend(frames.script()?.into_bytes());
    }
    writer.write_event(Event::End(BytesEnd::new("div")))?;
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

type Svg = Writer<Vec<u8>>;

fn finish_panel(
    writer: &mut Svg,
    id: &str,
    panel: &Panel,
    svg: &str,
    pens: &Pens,
) -> Result<(), FigureError> {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(()),
            Event::Start(tag) if tag.name().as_ref() == "svg" => open_svg(writer, id, panel, &tag)?,
            Event::Start(tag) => writer.write_event(Event::Start(restyle(&tag, pens)?))?,
            Event::Empty(tag) => writer.write_event(Event::Empty(restyle(&tag, pens)?))?,
            // plotters breaks the line around every element and every text.
            Event::Text(text) => {
                let text = text.xml10_content();
                with_indices(writer, text.trim_matches('\n'))?;
            }
            event => writer.write_event(event)?,
        }
    }
}

/// A text, escaped as it was, with its indices lower and smaller: the letter after `_`, as
/// in p_θ. The words of a slider's frames have none.
fn with_indices(writer: &mut Svg, text: &str) -> Result<(), FigureError> {
    let mut parts = text.split('_');
    let plain = |writer: &mut Svg, text: &str| writer.write_event(Event::Text(BytesText::from_escaped(text)));
    plain(writer, parts.next().unwrap_or_default())?;
    for part in parts {
        let end = part.chars().next().map_or(0, char::len_utf8);
        let (index, rest) = part.split_at(end);
        for (words, attributes) in
            [(index, &[("dy", INDEX_DROP), ("font-size", INDEX_SIZE)][..]), (rest, &[("dy", INDEX_RISE)][..])]
        {
            if words.is_empty() {
                continue;
            }
            let span = BytesStart::new("tspan").with_attributes(attributes.iter().copied());
            writer.write_event(Event::Start(span))?;
            plain(writer, words)?;
            writer.write_event(Event::End(BytesEnd::new("tspan")))?;
        }
    }
    Ok(())
}

/// How an index is set, in units of the drawing; text is 140 of them high.
const INDEX_DROP: &str = "30";
const INDEX_RISE: &str = "-30";
const INDEX_SIZE: &str = "105";

/// The root: its viewBox stays, its size goes; then title and description.
fn open_svg(writer: &mut Svg, id: &str, panel: &Panel, tag: &BytesStart<'_>) -> Result<(), FigureError> {
    let (title, description) = (format!("{id}-title"), format!("{id}-desc"));
    let mut root = BytesStart::new("svg");
    for attribute in tag.attributes() {
        let attribute = attribute?;
        if !matches!(attribute.key.as_ref(), "width" | "height") {
            root.push_attribute(attribute);
        }
    }
    root.extend_attributes([
        ("role", "img"),
        ("aria-labelledby", title.as_str()),
        ("aria-describedby", description.as_str()),
    ]);
    writer.write_event(Event::Start(root))?;
    for (name, id, text) in [("title", title, &panel.title), ("desc", description, &panel.alternative)] {
        writer.write_event(Event::Start(BytesStart::new(name).with_attributes([("id", id.as_str())])))?;
        writer.write_event(Event::Text(BytesText::new(text)))?;
        writer.write_event(Event::End(BytesEnd::new(name)))?;
    }
    Ok(())
}

/// A dot at each place, as the `d` of a path: lines of no length with round ends.
pub(super) fn dots(places: &[(i32, i32)]) -> String {
    places.iter().map(|(x, y)| format!("M{x},{y}h0")).collect()
}

/// The places that plotters wrote as `points`.
fn places(points: &str) -> Vec<(i32, i32)> {
    let place = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    points.split_whitespace().filter_map(place).collect()
}

/// A mark with its pen's CSS in place of colours, and no font of its own.
fn restyle(tag: &BytesStart<'_>, pens: &Pens) -> Result<BytesStart<'static>, FigureError> {
    let element = tag.name().as_ref().to_owned();
    let mut styled = BytesStart::new(element.clone());
    let mut drawn_by: Option<&Pen> = None;
    let colour = tag.try_get_attribute("stroke")?;
    let colour = colour.map(|colour| colour.normalized_value(XmlVersion::Implicit1_0)).transpose()?;
    let dotted = colour.and_then(|colour| pens.pen(&colour)).is_some_and(|pen| pen.dash == Dash::Dots);
    if dotted {
        styled = BytesStart::new("path");
        styled.push_attribute(("stroke-linecap", "round"));
    }
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        match attribute.key.as_ref() {
            "font-family" => {}
            "opacity" if value == "1" => {}
            // Without a stroke a width says nothing.
            "stroke-width" if element == "circle" && drawn_by.is_none() => {}
            "font-size" => styled.push_attribute(("font-size", rounded(&value).as_str())),
            key @ ("fill" | "stroke") if value.starts_with('#') => {
                let stray = || FigureError::StrayColour { colour: value.to_string() };
                let pen = pens.pen(&value).ok_or_else(stray)?;
                drawn_by = Some(pen);
                styled.push_attribute((key, pen.hue.css().as_str()));
                if key == "stroke"
                    && let Some(array) = pen.dash.array()
                {
                    styled.push_attribute(("stroke-dasharray", array));
                }
            }
            "points" if dotted => styled.push_attribute(("d", dots(&places(&value)).as_str())),
            "points" => styled.push_attribute(("points", value.trim_end())),
            key => styled.push_attribute((key, value.as_ref())),
        }
    }
    if let Some(pen) = drawn_by {
        name(&mut styled, pen);
    }
    Ok(styled)
}

fn name(mark: &mut BytesStart<'_>, pen: &Pen) {
    if let Some(part) = pen.part {
        mark.push_attribute(("data-part", part));
    }
    if pen.still {
        mark.push_attribute(("class", "figure-still"));
    }
}

/// plotters writes sizes with all sixteen digits.
fn rounded(size: &str) -> String {
    size.parse::<f64>().map_or_else(|_| size.to_owned(), |size| format!("{size:.0}"))
}

#[cfg(test)]
mod tests {
    use super::super::axis::Axis;
    use super::super::panel::Mark;
    use super::super::pen::Hue;
    use super::*;

    #[test]
    fn a_colour_of_no_pen_is_an_error() {
        let mut pens = Pens::default();
        pens.colour(Pen::of(Hue::Ink));
        let tag = |colour| BytesStart::new("circle").with_attributes([("fill", colour)]);
        assert!(restyle(&tag("#000000"), &pens).is_ok());
        let stray = restyle(&tag("#000001"), &pens);
        assert!(matches!(stray, Err(FigureError::StrayColour { colour }) if colour == "#000001"));
    }

    fn panel(title: &str, marks: Vec<Mark>) -> Panel {
        Panel {
            title: title.to_owned(),
            alternative: String::new(),
            size: (100.0, 100.0),
            margin_right: 0.0,
            x: Axis::new("x", 0.0, 1.0, &[]),
            y: Axis::new("", 0.0, 1.0, &[]),
            marks,
        }
    }

    #[test]
    fn a_mark_at_infinity_is_an_error() {
        let panel = panel("one dot", vec![Mark::Dot((0.5, f64::INFINITY), Pen::of(Hue::Ink))]);
        let error = panel.draw().map(|(svg, _)| svg).unwrap_err().to_string();
        assert_eq!(error, "a mark of panel `one dot` lies at (0.5, inf): marks need finite places");
    }

    #[test]
    fn an_index_is_set_lower() {
        let panels = vec![panel("p_θ(x) & p_x", Vec::new())];
        let svg = figure("t", "T", &Drawing { panels, frames: None }).unwrap();
        let set = ">p<tspan dy=\"30\" font-size=\"105\">θ</tspan><tspan dy=\"-30\">(x) </tspan>&amp; p\
                   <tspan dy=\"30\" font-size=\"105\">x</tspan></text>";
        assert!(svg.contains(set), "{svg}");
        // What is read aloud stays plain.
        assert!(svg.contains("p_θ(x) &amp; p_x</title>"), "{svg}");
    }

    #[test]
    fn spaces_around_an_entity_stay() {
        let panels = vec![panel("1 < 2 & 3", Vec::new())];
        let svg = figure("t", "T", &Drawing { panels, frames: None }).unwrap();
        assert_eq!(svg.matches(">1 &lt; 2 &amp; 3</").count(), 2, "{svg}");
    }
}
