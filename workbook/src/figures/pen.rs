//! Pens: what a mark means, not what colour it has.
//!
//! plotters knows literal colours only. So each pen of a panel draws in a colour
//! that is nothing but its number, and `finish` writes the pen in its place: a CSS
//! variable of the page's theme, a dash pattern, a name for the slider.

use plotters::style::RGBColor;

/// The colours of a theme, by their use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hue {
    /// Text and axes.
    Ink,
    /// Guides and asides.
    Muted,
    /// The mesh behind the curves.
    Grid,
    /// What is behind everything; fills open circles.
    Paper,
    /// The curve whose number this is, 1 to 6.
    Series(u8),
}

impl Hue {
    /// The CSS value: a variable, with a literal for pages that define none.
    pub(super) fn css(self) -> String {
        let (variable, fallback) = match self {
            Hue::Ink => ("figure-ink", "#1f2328"),
            Hue::Muted => ("figure-muted", "#57606a"),
            Hue::Grid => ("figure-grid", "#d8dee4"),
            Hue::Paper => ("figure-paper", "#ffffff"),
            Hue::Series(1) => ("series-1", "#1f6feb"),
            Hue::Series(2) => ("series-2", "#bc4c00"),
            Hue::Series(3) => ("series-3", "#1a7f5a"),
            Hue::Series(4) => ("series-4", "#8250df"),
            Hue::Series(5) => ("series-5", "#bf3989"),
            Hue::Series(_) => ("series-6", "#7d5b00"),
        };
        format!("var(--{variable}, {fallback})")
    }
}

/// Line styles, so that no curve is known by its colour alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dash {
    /// ———
    Solid,
    /// – – –
    Dashed,
    /// – · –
    DashDot,
    /// · · ·
    Dotted,
    /// No line: a dot at each of its points, as wide as the pen.
    Dots,
}

impl Dash {
    /// `stroke-dasharray`, in units of the drawing.
    pub(super) fn array(self) -> Option<&'static str> {
        match self {
            Dash::Solid | Dash::Dots => None,
            Dash::Dashed => Some("80 45"),
            Dash::DashDot => Some("100 40 15 40"),
            Dash::Dotted => Some("15 35"),
        }
    }
}

/// How a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Its colour, by use.
    pub hue: Hue,
    /// Its line style.
    pub dash: Dash,
    /// Width of lines, in CSS pixels at the panel's nominal size.
    pub width: f64,
    /// The name by which the slider's script finds the mark.
    pub part: Option<&'static str>,
    /// Does the mark step back once the slider has been moved?
    pub still: bool,
}

impl Pen {
    /// A solid pen of width 2.
    pub(super) const fn of(hue: Hue) -> Self {
        Self { hue, dash: Dash::Solid, width: 2.0, part: None, still: false }
    }

    /// A thin dotted guide.
    pub(super) const fn guide() -> Self {
        Self::of(Hue::Muted).dash(Dash::Dotted).width(1.3)
    }

    pub(super) const fn dash(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    pub(super) const fn width(self, width: f64) -> Self {
        Self { width, ..self }
    }

    /// The slider moves this mark.
    pub(super) const fn part(self, part: &'static str) -> Self {
        Self { part: Some(part), ..self }
    }

    /// The mark steps back once the slider has been moved.
    pub(super) const fn still(self) -> Self {
        Self { still: true, ..self }
    }
}

/// The pens of one panel; a pen's number is its colour while plotters draws.
#[derive(Debug, Default)]
pub(super) struct Pens(Vec<Pen>);

impl Pens {
    /// The colour that stands for `pen`.
    pub(super) fn colour(&mut self, pen: Pen) -> RGBColor {
        let number = self.0.iter().position(|known| *known == pen).unwrap_or_else(|| {
            self.0.push(pen);
            self.0.len() - 1
        });
        // A panel has some tens of pens: the low two bytes hold the number.
        RGBColor(0, (number >> 8) as u8, (number & 0xff) as u8)
    }

    /// The pen that a colour such as `#00000A` stands for.
    pub(super) fn pen(&self, colour: &str) -> Option<&Pen> {
        let number = usize::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
        self.0.get(number)
    }
}
