//! What can be wrong with a record.

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It cannot be read.
    #[error("this is no record of the labs ({0}); make it again by its recipe")]
    Unreadable(#[from] serde_json::Error),
    /// It does not say how it was made.
    #[error("the recipe lacks its commands, versions or machine; make the record again by `labs record`")]
    NoRecipe,
    /// A divergence that there is none of.
    #[error("the catalogue has no divergence `{0}`")]
    UnknownDivergence(String),
    /// A divergence or a seed a second time, or a divergence without a run.
    #[error("`{0}`: each divergence stands once, with at least one run and each seed once")]
    Runs(String),
    /// A run with an outcome and a failure, or neither, or with the outcome of other data.
    #[error("`{0}`, seed {1}: a run has either a whole outcome or a failure")]
    Outcome(String, u64),
    /// A number out of its range.
    #[error("`{0}`, seed {1}: {2} is out of its range")]
    Range(String, u64, &'static str),
    /// Another divergence than quadrature finds.
    #[error("`{name}`: the record says D_f = {recorded} at μ = {mean}, σ = {deviation}; it is {exact}")]
    Exact {
        /// The divergence.
        name: String,
        /// μ
        mean: f64,
        /// σ
        deviation: f64,
        /// As recorded.
        recorded: f64,
        /// By quadrature.
        exact: f64,
    },
    /// An optimum that is none.
    #[error(
        "`{name}`: the divergence is smaller at μ = {mean}, σ = {deviation} than at the recorded optimum"
    )]
    NoOptimum {
        /// The divergence.
        name: String,
        /// μ
        mean: f64,
        /// σ
        deviation: f64,
    },
    /// A bound that is none.
    #[error(
        "`{name}`, seed {seed}: the bound {bound} exceeds the divergence {divergence} by more than chance"
    )]
    Above {
        /// The divergence.
        name: String,
        /// The seed.
        seed: u64,
        /// The bound.
        bound: f64,
        /// D_f at what was learned.
        divergence: f64,
    },
    /// Samples that are not those of the run.
    #[error(
        "`{name}`: of the samples kept {counted:.3} are of high quality, and the record says {recorded:.3}: \
         more apart than chance"
    )]
    Samples {
        /// The divergence.
        name: String,
        /// The share of the samples that the record keeps.
        counted: f64,
        /// The share it tells.
        recorded: f64,
    },
    /// Curves of different lengths.
    #[error("`{0}`: the curves of the trace have different lengths, or a number that is none")]
    Trace(String),
}
