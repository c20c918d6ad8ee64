//! The labs' recorded runs, which the book shows: read, checked against `vdm`, summed up.
//!
//! The labs train with candle, which no build of the book compiles. What they recorded lies
//! in `book/labs/`; nothing of it reaches a page before [`check`] has held it to the truth.

mod check;
mod error;
mod kept;
pub(crate) mod modes;
mod numbers;
mod record;

pub(crate) use check::{LINE, exact};
pub use check::{Recomputed, check};
pub use error::RecordError;
pub(crate) use kept::names;
pub use kept::record;
pub use numbers::{Mean, NoNumber, number};
pub(crate) use numbers::{by_coverage, errors, gap, plain, title};
pub use record::{
    Bound, Cloud, Entry, Fit, OnTheLine, Outcome, Quality, Recipe, Record, Run, Settings, Trace,
};
