//! What can go wrong while a figure is drawn.

use plotters::drawing::DrawingAreaErrorKind;
use thiserror::Error;
use vdm::catalogue::UnknownDivergence;

/// A figure could not be drawn.
#[derive(Debug, Error)]
pub enum FigureError {
    /// A function has no number to plot. +∞ is one (the curve leaves the panel);
    /// NaN is none.
    #[error("{curve} is not a number at {x}: plot it inside its domain")]
    NotANumber {
        /// Which curve.
        curve: String,
        /// Where.
        x: f64,
    },
    /// A mark lies at infinity.
    #[error("a mark of panel `{panel}` lies at ({x}, {y}): marks need finite places")]
    NotFinite {
        /// The panel's title.
        panel: String,
        /// Its horizontal coordinate.
        x: f64,
        /// Its vertical coordinate.
        y: f64,
    },
    /// A member that the figure shows is not in the catalogue.
    #[error(transparent)]
    UnknownDivergence(#[from] UnknownDivergence),
    /// A law that the figure shows is none.
    #[error(transparent)]
    Density(#[from] vdm::density::DensityError),
    /// A generator that the figure shows is none.
    #[error(transparent)]
    Map(#[from] vdm::ch01_generative_modelling::MapError),
    /// An integral that the figure shows has no value.
    #[error(transparent)]
    Quadrature(#[from] vdm::quadrature::QuadratureError),
    /// Draws that the figure shows have no estimate.
    #[error(transparent)]
    Estimate(#[from] vdm::ch02_intractable_densities::EstimateError),
    /// A grid whose error the figure shows has no value.
    #[error(transparent)]
    Grid(#[from] vdm::ch02_intractable_densities::GridError),
    /// Counts that the figure shows are none.
    #[error(transparent)]
    PlugIn(#[from] vdm::ch02_intractable_densities::PlugInError),
    /// Bins that the figure shows are none.
    #[error(transparent)]
    Bins(#[from] vdm::ch04_variational_bound::BinsError),
    /// A game that the figure shows is none.
    #[error(transparent)]
    Game(#[from] vdm::ch05_algorithm::GameError),
    /// A training run that the figure shows did not end.
    #[error(transparent)]
    Training(#[from] vdm::ch05_algorithm::TrainingError),
    /// plotters failed.
    #[error("plotters could not draw the figure")]
    Drawing(#[from] DrawingAreaErrorKind<std::io::Error>),
    /// A colour in the SVG belongs to no pen, so the page's themes could not change it.
    #[error("colour {colour} stands for no pen: draw with the pens of the panel only")]
    StrayColour {
        /// The colour as plotters wrote it.
        colour: String,
    },
    /// plotters' SVG is not well-formed.
    #[error("the drawn SVG is not well-formed")]
    Xml(#[from] quick_xml::Error),
    /// plotters' SVG holds a malformed attribute.
    #[error("the drawn SVG holds a malformed attribute")]
    Attribute(#[from] quick_xml::events::attributes::AttrError),
    /// The SVG could not be written.
    #[error("the SVG could not be written")]
    Write(#[from] std::io::Error),
    /// The frames of a slider could not be written as JSON.
    #[error("the frames of the slider could not be written")]
    Frames(#[from] serde_json::Error),
}
