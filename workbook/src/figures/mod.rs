//! The book's figures: drawn by plotters from `vdm`'s functions, finished as SVG.
//!
//! A figure is a function that asks `vdm` for numbers and returns a [`Drawing`]:
//! panels of marks in data coordinates. `panel` draws them, `finish` turns
//! plotters' SVG into one that takes its colours and fonts from the page, scales
//! with it and can be read aloud. Nothing that is plotted is typed in by hand.
//!
//! To add a figure: write its file beside these and name it in [`all`].

mod activations;
mod argmins;
mod axis;
mod best_event;
mod bound_capacity;
mod conjugate_pairs;
mod coverage;
mod curve;
mod definition_and_bound;
mod elbo_split;
mod error;
mod figure;
mod finish;
mod flow;
mod frames;
mod generator_flow;
mod grid_hull;
mod heavy_paths;
mod importance_width;
mod integral_to_samples;
mod lab_line;
mod lab_plane;
mod lecture_map;
mod lln_paths;
mod members;
mod not_closed;
mod optimal_critics;
mod panel;
mod parallel_segments;
mod pen;
mod plug_in_bias;
mod pushforward;
mod quadrature_cost;
mod saddle;
mod sampled;
mod supporting_lines;
mod tangent;
mod training_run;
mod training_step;

pub use axis::Axis;
pub use error::FigureError;
pub use figure::Figure;
pub use frames::{Frame, Frames};
pub use panel::{Drawing, Mark, Panel};
pub use pen::{Dash, Hue, Pen};

/// Every figure, in the order of the book.
pub fn all() -> Vec<Figure> {
    vec![
        generator_flow::FIGURE,
        pushforward::FIGURE,
        best_event::FIGURE,
        argmins::FIGURE,
        parallel_segments::FIGURE,
        quadrature_cost::FIGURE,
        lln_paths::FIGURE,
        heavy_paths::FIGURE,
        coverage::FIGURE,
        importance_width::FIGURE,
        plug_in_bias::FIGURE,
        tangent::FIGURE,
        conjugate_pairs::FIGURE,
        supporting_lines::FIGURE,
        not_closed::FIGURE,
        grid_hull::FIGURE,
        integral_to_samples::FIGURE,
        optimal_critics::FIGURE,
        definition_and_bound::FIGURE,
        bound_capacity::FIGURE,
        training_step::FIGURE,
        activations::FIGURE,
        saddle::FIGURE,
        training_run::FIGURE,
        lab_line::DENSITIES,
        lab_line::CRITICS,
        lab_line::BOUNDS,
        lab_plane::RING,
        lab_plane::GRID,
        lab_plane::MODES,
        lecture_map::FIGURE,
        elbo_split::FIGURE,
    ]
}
