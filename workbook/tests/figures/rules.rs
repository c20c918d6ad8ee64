//! The rules that a finished figure keeps, as one function over its SVG.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashSet;

/// A text alternative says more than a heading does.
pub(crate) const LEAST_ALTERNATIVE: usize = 40;
/// Attributes that hold places or sizes.
const NUMERIC: [&str; 13] =
    ["points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "font-size", "width", "height"];

/// What is wrong with a finished figure; each entry starts with its rule.
pub(crate) fn violations(svg: &str) -> Vec<String> {
    let mut seen = Seen::default();
    if svg.lines().any(|line| line.trim().is_empty()) {
        seen.found.push("blank line".to_owned());
    }
    let mut reader = Reader::from_str(svg);
    let mut open: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event() {
            Err(error) => {
                seen.found.push(format!("not well-formed: {error}"));
                break;
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => {
                seen.element(&tag);
                open.push((tag.name().as_ref().to_owned(), String::new()));
            }
            Ok(Event::Empty(tag)) => seen.element(&tag),
            Ok(Event::End(_)) => {
                if let Some((element, text)) = open.pop() {
                    seen.text(&element, &text);
                }
            }
            // An entity splits a text; for its length the rest is enough.
            Ok(Event::Text(text)) => {
                if let Some((_, all)) = open.last_mut() {
                    all.push_str(&text.xml10_content());
                }
            }
            Ok(_) => {}
        }
    }
    seen.verdict(open.is_empty())
}

#[derive(Default)]
struct Seen {
    panels: usize,
    titles: usize,
    alternatives: usize,
    ids: HashSet<String>,
    references: Vec<String>,
    found: Vec<String>,
}

impl Seen {
    fn text(&mut self, element: &str, text: &str) {
        match element {
            "title" if !text.trim().is_empty() => self.titles += 1,
            "desc" if text.len() >= LEAST_ALTERNATIVE => self.alternatives += 1,
            "desc" => self.found.push(format!("text alternative too short: {text}")),
            _ => {}
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>) {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let pair = attribute.map_err(|error| error.to_string()).and_then(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| error.to_string())?;
                Ok((attribute.key.as_ref().to_owned(), value.into_owned()))
            });
            match pair {
                Ok(pair) => attributes.push(pair),
                Err(error) => self.found.push(format!("not well-formed: {error}")),
            }
        }
        if tag.name().as_ref() == "svg" {
            self.root(&attributes);
        }
        for (key, value) in &attributes {
            match key.as_str() {
                "id" if !self.ids.insert(value.clone()) => self.found.push(format!("id twice: {value}")),
                "font-family" => self.found.push("own font".to_owned()),
                "fill" | "stroke" | "style" if !themed(value) => {
                    self.found.push(format!("literal colour: {value}"));
                }
                key if NUMERIC.contains(&key) && !finite(value) => {
                    self.found.push(format!("no number: {key} = {value}"));
                }
                _ => {}
            }
        }
    }

    fn root(&mut self, attributes: &[(String, String)]) {
        self.panels += 1;
        let value = |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
        if value("role") != Some("img") {
            self.found.push("role missing".to_owned());
        }
        if value("viewBox").is_none() || value("width").is_some() || value("height").is_some() {
            self.found.push("fixed size".to_owned());
        }
        for key in ["aria-labelledby", "aria-describedby"] {
            self.references.push(value(key).unwrap_or("(none)").to_owned());
        }
    }

    fn verdict(self, closed: bool) -> Vec<String> {
        let mut found = self.found;
        if !closed {
            found.push("not well-formed: an element stays open".to_owned());
        }
        if self.panels == 0 {
            found.push("no drawing".to_owned());
        }
        if self.titles != self.panels {
            found.push("title missing".to_owned());
        }
        if self.alternatives != self.panels {
            found.push("text alternative missing".to_owned());
        }
        let lost = self.references.iter().filter(|id| !self.ids.contains(*id));
        found.extend(lost.map(|id| format!("no such id: {id}")));
        found
    }
}

/// A CSS variable with a literal fallback, or none.
fn themed(colour: &str) -> bool {
    let variable = |colour: &str| {
        let (name, fallback) = colour.strip_prefix("var(--")?.strip_suffix(')')?.split_once(", #")?;
        Some(!name.is_empty() && fallback.len() == 6)
    };
    colour == "none" || variable(colour) == Some(true)
}

fn finite(numbers: &str) -> bool {
    numbers.split([' ', ',']).all(|number| number.parse::<f64>().is_ok_and(f64::is_finite))
}
