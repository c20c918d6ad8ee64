//! The figures of the book.

/// A figure could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FigureError(String);

/// A figure.
pub struct Figure {
    /// Its id.
    pub id: &'static str,
    /// Its chapter.
    pub chapter: u32,
    /// Its title.
    pub title: &'static str,
    /// What it shows.
    pub description: &'static str,
    /// Draws it.
    pub draw: fn() -> Result<String, FigureError>,
}

impl Figure {
    /// The finished picture.
    pub fn svg(&self) -> Result<String, FigureError> {
        (self.draw)()
    }
}

/// Every figure.
pub fn all() -> Vec<Figure> {
    Vec::new()
}
