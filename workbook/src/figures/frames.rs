//! Frames: what a slider needs to move a figure's marks, computed beforehand.
//!
//! The page's script holds no mathematics: it sets attributes to the values that
//! `vdm` gave for the chosen position.

use super::error::FigureError;
use serde::Serialize;

/// The positions of a slider and what each of them moves.
#[derive(Clone, Debug, Serialize)]
pub struct Frames {
    /// The slider's label.
    pub label: &'static str,
    /// The frame that the static figure shows.
    pub start: usize,
    /// Which attribute of which part a frame sets; the attribute `text` is the
    /// part's text.
    pub moves: Vec<(&'static str, &'static str)>,
    /// One frame a position of the slider.
    pub frames: Vec<Frame>,
}

/// One position of a slider.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The numbers behind it, unrounded, the slider's own first: what tests read.
    pub values: Vec<f64>,
    /// The position in words.
    pub say: String,
    /// The values of the attributes, in the order of [`Frames::moves`].
    pub set: Vec<String>,
}

impl Frames {
    /// The frames as a script element that no browser runs.
    pub(super) fn script(&self) -> Result<String, FigureError> {
        // `<` inside JSON only occurs in strings, where its escape means the same.
        let json = serde_json::to_string(self)?.replace('<', "\\u003c").replace('&', "\\u0026");
        Ok(format!("<script type=\"application/json\" class=\"figure-frames\">{json}</script>"))
    }
}
