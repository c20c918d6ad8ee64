//! The f-GAN: two networks play F = E_p T − E_q f\*(T), T = g_f(V).
//!
//! | module | holds |
//! |---|---|
//! | [`Config`] | the settings, and their file |
//! | [`Generator`], [`Player`] | who plays |
//! | [`Game`] | one step: single-step or alternating |
//! | [`Average`] | the generator's mean over the last part of a run |
//! | [`cost`] | the multiply-adds of a step |
//! | [`run`] | from the first step to the result |
//! | [`measure`] | the bound on fresh samples, with its standard error |
//! | [`exact`] | the truth on the line, by quadrature |
//! | [`table`] | the f-GAN paper's table, over seeds |

mod average;
mod config;
pub mod cost;
pub mod exact;
mod game;
pub mod measure;
mod players;
pub mod run;
pub mod table;

pub use average::Average;
pub use config::{Config, GeneratorKind, Precision, Updates};
pub use game::{Game, Seen};
pub use players::{Generator, Player};
