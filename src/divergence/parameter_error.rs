//! The error of a checked parameter.

use crate::shown::number;
use thiserror::Error;

/// A parameter outside the range in which its divergence exists.
///
/// ```
/// use vdm::catalogue::Alpha;
/// let error = Alpha::new(1.0).unwrap_err();
/// assert_eq!(error.value, 1.0);
/// assert!(error.to_string().contains("use kl"));
/// ```
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[error("{parameter} = {} is not allowed: {advice}", number(*.value))]
pub struct ParameterError {
    /// The parameter's symbol, such as "α".
    pub parameter: &'static str,
    /// The value that was given.
    pub value: f64,
    /// What to do instead.
    pub advice: &'static str,
}
