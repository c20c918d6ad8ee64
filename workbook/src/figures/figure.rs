//! A figure: what it is called, what it draws, and how it becomes SVG.

use super::error::FigureError;
use super::finish;
use super::panel::Drawing;

/// A figure of the book.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The name by which a page asks for it, unique in the book.
    pub id: &'static str,
    /// The chapter that it belongs to.
    pub chapter: u32,
    /// What it is called.
    pub title: &'static str,
    /// What is to be seen, in a sentence or two.
    pub description: &'static str,
    pub(super) draw: fn() -> Result<Drawing, FigureError>,
}

impl Figure {
    /// The panels, their marks and the frames of the slider: what [`svg`](Self::svg)
    /// puts on the page, before it is drawn.
    ///
    /// # Errors
    /// [`FigureError`], where a function has no value to plot.
    pub fn drawing(&self) -> Result<Drawing, FigureError> {
        (self.draw)()
    }

    /// The finished figure: one inline `<svg>` a panel in a `<div>`, ready to stand
    /// in a page. It holds no blank line, so Markdown leaves it alone.
    ///
    /// # Errors
    /// [`FigureError`], where a function has no value to plot or the drawing fails.
    ///
    /// ```
    /// let figures = workbook::figures::all();
    /// let svg = figures[0].svg()?;
    /// assert!(svg.contains("role=\"img\"") && !svg.contains("NaN"));
    /// # Ok::<(), workbook::figures::FigureError>(())
    /// ```
    pub fn svg(&self) -> Result<String, FigureError> {
        self.finish(&self.drawing()?)
    }

    /// The same, where its drawing has been made.
    ///
    /// # Errors
    /// [`FigureError`], where a mark has no place or the drawing fails.
    pub fn finish(&self, drawing: &Drawing) -> Result<String, FigureError> {
        finish::figure(self.id, self.title, drawing)
    }
}
