//! 2.11 to 2.14: importance weights as derivations.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

fn meta(id: &'static str, name: &'static str, title: &'static str, kind: Kind, minutes: u32) -> Meta {
    Meta { id, name, title, kind, points: 3, minutes }
}

/// 2.11: an unknown factor cancels.
pub(super) fn unknown_factor_cancels() -> ChainExercise {
    const REFERENCE: &str = "\
let c be a number
assuming p << q, c > 0, h is bounded

(E[x ~ q] (c * p(x) / q(x) * h(x))) / (E[x ~ q] (c * p(x) / q(x)))
  = (E[x ~ p] (c * h(x))) / (E[x ~ p] c)     by importance
  = (c * E[x ~ p] h(x)) / c                  by linearity, constant
  = E[x ~ p] h(x)                            by algebra
";
    ChainExercise {
        meta: meta("2.11", "unknown_factor_cancels", "An unknown factor cancels", Kind::Derive, 15),
        reference: REFERENCE,
        broken: None,
        permitted: &["importance", "linearity", "constant", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "one-weight-forgotten",
                misconception: "the denominator is an expectation of weights too: under p it is E_p c = c, not 1",
                text: with_lines(
                    REFERENCE,
                    &[
                        (2, "= E[x ~ p] (c * h(x))                      by importance"),
                        (3, "= c * E[x ~ p] h(x)                        by linearity"),
                    ],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "mean-of-ratios",
                misconception: "a ratio of means is no mean of ratios",
                text: "\
let c be a number
assuming p << q, c > 0, h is bounded

(E[x ~ q] (c * p(x) / q(x) * h(x))) / (E[x ~ q] (c * p(x) / q(x)))
  = E[x ~ q] h(x)                            by algebra
  = E[x ~ p] h(x)                            by importance
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "law-kept",
                misconception: "without its weight the expectation is under p: importance trades the ratio for the law",
                text: with_lines(
                    REFERENCE,
                    &[(2, "= (E[x ~ q] (c * h(x))) / (E[x ~ p] c)     by importance")],
                ),
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 2.12: the variance of the weights.
pub(super) fn variance_of_the_weights() -> ChainExercise {
    const REFERENCE: &str = "\
assuming p << q, E[x ~ q] (p(x) / q(x))^2 is finite

E[x ~ q] (p(x) / q(x) - 1)^2
  = E[x ~ q] ((p(x) / q(x))^2 - 2 * (p(x) / q(x)) + 1)              by algebra
  = E[x ~ q] (p(x) / q(x))^2 - 2 * E[x ~ q] (p(x) / q(x)) + 1      by linearity, constant
  = E[x ~ q] (p(x) / q(x))^2 - 2 * E[x ~ p] 1 + 1                  by importance
  = E[x ~ q] (p(x) / q(x))^2 - 1                                   by constant, algebra
";
    ChainExercise {
        meta: meta("2.12", "variance_of_the_weights", "The variance of the weights", Kind::Derive, 15),
        reference: REFERENCE,
        broken: None,
        permitted: &["algebra", "linearity", "constant", "importance"],
        chaffs: vec![
            WrongChain {
                name: "middle-term-lost",
                misconception: "(w − 1)² = w² − 2w + 1: the middle term is −2w",
                text: "\
assuming p << q, E[x ~ q] (p(x) / q(x))^2 is finite

E[x ~ q] (p(x) / q(x) - 1)^2
  = E[x ~ q] ((p(x) / q(x))^2 - 1)              by algebra
  = E[x ~ q] (p(x) / q(x))^2 - 1                by linearity, constant
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "mean-weight-zero",
                misconception: "weights have mean 1, not 0: E_q (p/q) = E_p 1",
                text: with_lines(
                    REFERENCE,
                    &[
                        (4, "= E[x ~ q] (p(x) / q(x))^2 + 1                                   by importance"),
                        (5, "= E[x ~ q] (p(x) / q(x))^2 - 1                                   by algebra"),
                    ],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "square-outside",
                misconception: "the mean of a square is not the square of the mean",
                text: "\
assuming p << q, E[x ~ q] (p(x) / q(x))^2 is finite

E[x ~ q] (p(x) / q(x) - 1)^2
  = (E[x ~ q] (p(x) / q(x) - 1))^2              by linearity
  = E[x ~ q] (p(x) / q(x))^2 - 1                by algebra
"
                .into(),
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 2.13: repair a weight that stands upside down.
pub(super) fn repair_weight_upside_down() -> ChainExercise {
    const REFERENCE: &str = "\
assuming p << q, h is bounded

E[x ~ p] h(x) - E[x ~ q] h(x)
  = E[x ~ q] (p(x) / q(x) * h(x)) - E[x ~ q] h(x)      by importance
  = E[x ~ q] (p(x) / q(x) * h(x) - h(x))               by linearity
  = E[x ~ q] ((p(x) / q(x) - 1) * h(x))                by algebra
";
    ChainExercise {
        meta: meta("2.13", "repair_weight_upside_down", "Repair the weight", Kind::Repair, 10),
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(2, "= E[x ~ q] (q(x) / p(x) * h(x)) - E[x ~ q] h(x)      by importance")],
        )),
        permitted: &["importance", "linearity", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "both-weighted",
                misconception: "the second expectation is under q already: it needs no weight",
                text: with_lines(
                    REFERENCE,
                    &[(
                        2,
                        "= E[x ~ q] (p(x) / q(x) * h(x)) - E[x ~ q] (p(x) / q(x) * h(x))      by importance",
                    )],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "law-changed-without-weight",
                misconception: "a change of law costs the ratio: E_p h is not E_q h",
                text: with_lines(
                    REFERENCE,
                    &[(2, "= E[x ~ q] h(x) - E[x ~ q] h(x)                      by importance")],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "under-p-with-the-inverse",
                misconception: "with q/p the expectation must be under p, and then it is E_q h",
                text: with_lines(
                    REFERENCE,
                    &[(2, "= E[x ~ p] (q(x) / p(x) * h(x)) - E[x ~ q] h(x)      by importance")],
                ),
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 2.14: repair an equality that forgot p ≪ q.
pub(super) fn repair_forgotten_support() -> ChainExercise {
    const REFERENCE: &str = "\
let h(x) in [0, inf)
assuming h is bounded

E[x ~ p] h(x)
  =  int[x] p(x) * h(x)                       by def E
  >= int[x] q(x) * (p(x) / q(x)) * h(x)       by importance
  =  E[x ~ q] (p(x) / q(x) * h(x))            by def E
";
    ChainExercise {
        meta: meta("2.14", "repair_forgotten_support", "Repair the forgotten support", Kind::Repair, 12),
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(3, "=  int[x] q(x) * (p(x) / q(x)) * h(x)       by importance")],
        )),
        permitted: &["def E", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "at-most",
                misconception: "what is lost was at least 0, so the weighted mean is too small: E_p h is the larger one",
                text: with_lines(
                    REFERENCE,
                    &[(3, "<= int[x] q(x) * (p(x) / q(x)) * h(x)       by importance")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "support-assumed",
                misconception: "p ≪ q would make it an equality, but it is not given",
                text: "\
let h(x) in [0, inf)
assuming h is bounded, p << q

E[x ~ p] h(x)
  =  int[x] p(x) * h(x)                       by def E
  >= int[x] q(x) * (p(x) / q(x)) * h(x)       by importance
  =  E[x ~ q] (p(x) / q(x) * h(x))            by def E
"
                .into(),
                line: None,
            },
            WrongChain {
                name: "inequality-elsewhere",
                misconception: "the expectation as an integral is an equality; the mass is lost where q is divided by",
                text: with_lines(
                    REFERENCE,
                    &[
                        (2, ">= int[x] p(x) * h(x)                       by def E"),
                        (3, "=  int[x] q(x) * (p(x) / q(x)) * h(x)       by importance"),
                    ],
                ),
                line: Some(3),
            },
        ],
        certify,
    }
}
