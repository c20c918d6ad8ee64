//! The statements that exercise 6.4 asks to judge.

/// Two laws on the same points, P and Q, by their probabilities.
pub type Pair = (Vec<f64>, Vec<f64>);

/// A statement about every pair of laws P, Q on finitely many points. Some are true,
/// some are what one may take with from a quick reading of the lecture.
///
/// ```
/// use vdm::ch06_review::{Statement, exercises::counterexample};
/// assert_eq!(counterexample(Statement::TotalVariationAtMostOne), None);
/// assert!(counterexample(Statement::KlSymmetric).is_some());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// KL(P‖Q) = KL(Q‖P).
    KlSymmetric,
    /// KL(P‖Q) < ∞.
    KlFinite,
    /// KL(P‖Q) ≥ 2·TV(P, Q)².
    KlAboveTwiceTvSquared,
    /// TV(P, Q) ≤ 1.
    TotalVariationAtMostOne,
    /// Σ q·½|p/q − 1| over the points with q > 0 is TV(P, Q).
    TvWithoutSingularPart,
    /// JSD(P, Q) ≤ log 2.
    JsdAtMostLogTwo,
    /// With f(u) = max(u − 2, 0): if D_f(P‖Q) = 0 then P = Q.
    ZeroMeansEqual,
    /// The bound for KL at the critic T = log(p/q) is KL(P‖Q); it is looked at where
    /// p > 0 and q > 0 on every point.
    LogRatioIsOptimal,
    /// χ²(P‖Q) ≥ KL(P‖Q), with χ²(P‖Q) = Σ (p − q)²/q, infinite if P has mass where
    /// q = 0.
    PearsonAboveKl,
    /// The first two points, taken for one, leave KL(P‖Q) as it was. (Of two points one
    /// is left, with probability 1 under both laws.)
    MergingKeepsKl,
}

impl Statement {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::KlSymmetric,
        Self::KlFinite,
        Self::KlAboveTwiceTvSquared,
        Self::TotalVariationAtMostOne,
        Self::TvWithoutSingularPart,
        Self::JsdAtMostLogTwo,
        Self::ZeroMeansEqual,
        Self::LogRatioIsOptimal,
        Self::PearsonAboveKl,
        Self::MergingKeepsKl,
    ];
}
