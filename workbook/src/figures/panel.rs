//! Panels: marks in data coordinates, and how plotters draws them.

use super::axis::Axis;
use super::error::FigureError;
use super::frames::Frames;
use super::pen::{Hue, Pen, Pens};
use plotters::chart::ChartContext;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Units of the drawing in a CSS pixel at the panel's nominal size. plotters rounds
/// to whole units; so a tenth of a pixel is the finest step.
const UNITS: f64 = 10.0;
/// Size of all text, in CSS pixels at the nominal size.
const TEXT: f64 = 14.0;
/// plotters divides the size of a font by this before it writes it.
const PLOTTERS_FONT_SCALE: f64 = 1.24;

/// A figure before it is drawn.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Side by side where there is room.
    pub panels: Vec<Panel>,
    /// The slider's positions, if it has one.
    pub frames: Option<Frames>,
}

/// One coordinate system and the marks in it.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Its heading.
    pub title: String,
    /// What is to be seen, in words, with the numbers that matter.
    pub alternative: String,
    /// Nominal size in CSS pixels.
    pub size: (f64, f64),
    /// Room for labels beyond the horizontal axis, in CSS pixels.
    pub margin_right: f64,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, the first lowest.
    pub marks: Vec<Mark>,
}

/// One thing that is drawn.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A line through points.
    Line(Vec<(f64, f64)>, Pen),
    /// A filled polygon with this opacity.
    Area(Vec<(f64, f64)>, Pen, f64),
    /// A filled circle.
    Dot((f64, f64), Pen),
    /// An open circle: the point does not belong to the graph.
    Open((f64, f64), Pen),
    /// Text that starts at a place, shifted by CSS pixels.
    Text {
        /// The place.
        at: (f64, f64),
        /// The shift to the right and down.
        shift: (f64, f64),
        /// The words.
        text: String,
        /// Only its colour counts.
        pen: Pen,
    },
}

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, Axis>>;
type Area<'b> = DrawingArea<SVGBackend<'b>, Shift>;

/// CSS pixels at the nominal size, in units of the drawing.
pub(super) fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

impl Panel {
    /// The SVG as plotters writes it, with pens in place of colours.
    pub(super) fn draw(&self) -> Result<(String, Pens), FigureError> {
        self.require_finite()?;
        let mut pens = Pens::default();
        let mut svg = String::new();
        {
            let area = self.area(&mut svg);
            let mut chart = self.chart(&area)?;
            self.draw_axes(&area, &mut chart, &mut pens)?;
            for mark in &self.marks {
                draw_mark(&chart, mark, &mut pens)?;
            }
            area.present()?;
        }
        Ok((svg, pens))
    }

    /// Where points of the panel lie in its SVG.
    pub(super) fn locate(&self, points: &[(f64, f64)]) -> Result<Vec<(i32, i32)>, FigureError> {
        let mut svg = String::new();
        let area = self.area(&mut svg);
        let chart = self.chart(&area)?;
        Ok(points.iter().map(|point| chart.backend_coord(point)).collect())
    }

    fn area<'b>(&self, svg: &'b mut String) -> Area<'b> {
        let size = (units(self.size.0) as u32, units(self.size.1) as u32);
        SVGBackend::with_string(svg, size).into_drawing_area()
    }

    /// Without a tick on either axis no axis is drawn: the panel is a chart of boxes.
    fn has_axes(&self) -> bool {
        !self.x.ticks.is_empty() || !self.y.ticks.is_empty()
    }

    fn chart<'a, 'b>(&self, area: &'a Area<'b>) -> Result<Chart<'a, 'b>, FigureError> {
        let (below, left) = if self.has_axes() { (24.0, 34.0) } else { (0.0, 0.0) };
        let chart = ChartBuilder::on(area)
            .margin_top(units(26.0))
            .margin_right(units(self.margin_right))
            .margin_bottom(units(4.0))
            .x_label_area_size(units(below))
            .y_label_area_size(units(left))
            .build_cartesian_2d(self.x.clone(), self.y.clone())?;
        Ok(chart)
    }

    fn draw_axes<'b>(
        &self,
        area: &Area<'b>,
        chart: &mut Chart<'_, 'b>,
        pens: &mut Pens,
    ) -> Result<(), FigureError> {
        let ink = text_style(pens, Hue::Ink);
        let heading = ink.pos(Pos::new(HPos::Left, VPos::Top));
        area.draw_text(&self.title, &heading, (units(6.0), units(3.0)))?;
        if !self.has_axes() {
            return Ok(());
        }
        chart
            .configure_mesh()
            .bold_line_style(stroke(pens, Pen::of(Hue::Grid).width(1.0)))
            .light_line_style(TRANSPARENT)
            .axis_style(stroke(pens, Pen::of(Hue::Muted).width(1.0)))
            .label_style(ink.clone())
            .x_label_formatter(&|x| self.x.label(*x))
            .y_label_formatter(&|y| self.y.label(*y))
            .set_all_tick_mark_size(units(4.0))
            .draw()?;
        if self.y.contains(0.0) {
            let zero = vec![(self.x.low, 0.0), (self.x.high, 0.0)];
            chart.draw_series([PathElement::new(zero, stroke(pens, Pen::of(Hue::Muted).width(1.0)))])?;
        }
        let (width, height) = (units(self.size.0), units(self.size.1));
        let name = ink.pos(Pos::new(HPos::Right, VPos::Top));
        area.draw_text(self.x.name, &name, (width - units(2.0), height - units(21.0)))?;
        // At the upper end of its axis, left of the numbers' right edge.
        let name = ink.pos(Pos::new(HPos::Left, VPos::Top));
        area.draw_text(self.y.name, &name, (units(8.0), units(24.0)))?;
        Ok(())
    }

    fn require_finite(&self) -> Result<(), FigureError> {
        let places = self.marks.iter().flat_map(|mark| match mark {
            Mark::Line(points, _) | Mark::Area(points, _, _) => points.clone(),
            Mark::Dot(at, _) | Mark::Open(at, _) | Mark::Text { at, .. } => vec![*at],
        });
        for (x, y) in places {
            if !x.is_finite() || !y.is_finite() {
                return Err(FigureError::NotFinite { panel: self.title.clone(), x, y });
            }
        }
        Ok(())
    }
}

fn draw_mark(chart: &Chart<'_, '_>, mark: &Mark, pens: &mut Pens) -> Result<(), FigureError> {
    let area = chart.plotting_area();
    match mark {
        Mark::Line(points, pen) => area.draw(&PathElement::new(points.clone(), stroke(pens, *pen)))?,
        Mark::Area(points, pen, opacity) => {
            area.draw(&Polygon::new(points.clone(), pens.colour(*pen).mix(*opacity)))?;
        }
        Mark::Dot(at, pen) => area.draw(&Circle::new(*at, units(4.5), pens.colour(*pen).filled()))?,
        Mark::Open(at, pen) => {
            let paper = Pen { hue: Hue::Paper, ..*pen };
            area.draw(&Circle::new(*at, units(4.5), pens.colour(paper).filled()))?;
            area.draw(&Circle::new(*at, units(4.5), stroke(pens, *pen)))?;
        }
        Mark::Text { at, shift, text, pen } => {
            let style =
                TextStyle { color: pens.colour(*pen).to_backend_color(), ..text_style(pens, pen.hue) };
            let style = style.pos(Pos::new(HPos::Left, VPos::Center));
            let offset = (units(shift.0), units(shift.1));
            area.draw(&(EmptyElement::at(*at) + Text::new(text.clone(), offset, style)))?;
        }
    }
    Ok(())
}

fn stroke(pens: &mut Pens, pen: Pen) -> ShapeStyle {
    pens.colour(pen).stroke_width(units(pen.width) as u32)
}

fn text_style(pens: &mut Pens, hue: Hue) -> TextStyle<'static> {
    let size = TEXT * UNITS * PLOTTERS_FONT_SCALE;
    ("inherit", size).into_font().color(&pens.colour(Pen::of(hue)))
}
