//! 2.11 to 2.14: importance weights as derivations.

use crate::chains::{ChainExercise, WrongChain};
use crate::{Kind, Meta};
use derivation::certificate::certify;

fn meta(id: &'static str, name: &'static str, title: &'static str, kind: Kind, minutes: u32) -> Meta {
    Meta { id, name, title, kind, points: 3, minutes }
}

/// 2.11: an unknown factor cancels.
pub(super) fn unknown_factor_cancels() -> ChainExercise {
    ChainExercise {
        meta: meta("2.11", "unknown_factor_cancels", "An unknown factor cancels", Kind::Derive, 15),
        reference: "\
let c be a number
assuming p << q, c > 0, h is bounded

(E[x ~ q] (c * p(x) / q(x) * h(x))) / (E[x ~ q] (c * p(x) / q(x)))
  = (E[x ~ p] (c * h(x))) / (E[x ~ p] c)     by importance
  = (c * E[x ~ p] h(x)) / c                  by linearity, constant
  = E[x ~ p] h(x)                            by algebra
",
        broken: None,
        permitted: &["importance", "linearity", "constant", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "one-weight-forgotten",
                misconception: "the denominator is an expectation of weights too: under p it is E_p c = c, not 1",
                text: "\
let c be a number
assuming p << q, c > 0, h is bounded

(E[x ~ q] (c * p(x) / q(x) * h(x))) / (E[x ~ q] (c * p(x) / q(x)))
  = E[x ~ p] (c * h(x))                      by importance
  = c * E[x ~ p] h(x)                        by linearity
  = E[x ~ p] h(x)                            by algebra
",
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
",
                line: Some(2),
            },
            WrongChain {
                name: "law-kept",
                misconception: "without its weight the expectation is under p: importance trades the ratio for the law",
                text: "\
let c be a number
assuming p << q, c > 0, h is bounded

(E[x ~ q] (c * p(x) / q(x) * h(x))) / (E[x ~ q] (c * p(x) / q(x)))
  = (E[x ~ q] (c * h(x))) / (E[x ~ p] c)     by importance
  = (c * E[x ~ p] h(x)) / c                  by linearity, constant
  = E[x ~ p] h(x)                            by algebra
",
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 2.12: the variance of the weights.
pub(super) fn variance_of_the_weights() -> ChainExercise {
    ChainExercise {
        meta: meta("2.12", "variance_of_the_weights", "The variance of the weights", Kind::Derive, 15),
        reference: "\
assuming p << q, E[x ~ q] (p(x) / q(x))^2 is finite

E[x ~ q] (p(x) / q(x) - 1)^2
  = E[x ~ q] ((p(x) / q(x))^2 - 2 * (p(x) / q(x)) + 1)              by algebra
  = E[x ~ q] (p(x) / q(x))^2 - 2 * E[x ~ q] (p(x) / q(x)) + 1      by linearity, constant
  = E[x ~ q] (p(x) / q(x))^2 - 2 * E[x ~ p] 1 + 1                  by importance
  = E[x ~ q] (p(x) / q(x))^2 - 1                                   by constant, algebra
",
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
",
                line: Some(2),
            },
            WrongChain {
                name: "mean-weight-zero",
                misconception: "weights have mean 1, not 0: E_q (p/q) = E_p 1",
                text: "\
assuming p << q, E[x ~ q] (p(x) / q(x))^2 is finite

E[x ~ q] (p(x) / q(x) - 1)^2
  = E[x ~ q] ((p(x) / q(x))^2 - 2 * (p(x) / q(x)) + 1)              by algebra
  = E[x ~ q] (p(x) / q(x))^2 - 2 * E[x ~ q] (p(x) / q(x)) + 1      by linearity, constant
  = E[x ~ q] (p(x) / q(x))^2 + 1                                   by importance
  = E[x ~ q] (p(x) / q(x))^2 - 1                                   by algebra
",
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
",
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 2.13: repair a weight that stands upside down.
pub(super) fn repair_weight_upside_down() -> ChainExercise {
    ChainExercise {
        meta: meta("2.13", "repair_weight_upside_down", "Repair the weight", Kind::Repair, 10),
        reference: "\
assuming p << q, h is bounded

E[x ~ p] h(x) - E[x ~ q] h(x)
  = E[x ~ q] (p(x) / q(x) * h(x)) - E[x ~ q] h(x)      by importance
  = E[x ~ q] (p(x) / q(x) * h(x) - h(x))               by linearity
  = E[x ~ q] ((p(x) / q(x) - 1) * h(x))                by algebra
",
        broken: Some(
            "\
assuming p << q, h is bounded

E[x ~ p] h(x) - E[x ~ q] h(x)
  = E[x ~ q] (q(x) / p(x) * h(x)) - E[x ~ q] h(x)      by importance
  = E[x ~ q] (p(x) / q(x) * h(x) - h(x))               by linearity
  = E[x ~ q] ((p(x) / q(x) - 1) * h(x))                by algebra
",
        ),
        permitted: &["importance", "linearity", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "both-weighted",
                misconception: "the second expectation is under q already: it needs no weight",
                text: "\
assuming p << q, h is bounded

E[x ~ p] h(x) - E[x ~ q] h(x)
  = E[x ~ q] (p(x) / q(x) * h(x)) - E[x ~ q] (p(x) / q(x) * h(x))      by importance
  = E[x ~ q] (p(x) / q(x) * h(x) - h(x))               by linearity
  = E[x ~ q] ((p(x) / q(x) - 1) * h(x))                by algebra
",
                line: Some(2),
            },
            WrongChain {
                name: "law-changed-without-weight",
                misconception: "a change of law costs the ratio: E_p h is not E_q h",
                text: "\
assuming p << q, h is bounded

E[x ~ p] h(x) - E[x ~ q] h(x)
  = E[x ~ q] h(x) - E[x ~ q] h(x)                      by importance
  = E[x ~ q] (p(x) / q(x) * h(x) - h(x))               by linearity
  = E[x ~ q] ((p(x) / q(x) - 1) * h(x))                by algebra
",
                line: Some(2),
            },
            WrongChain {
                name: "under-p-with-the-inverse",
                misconception: "with q/p the expectation must be under p, and then it is E_q h",
                text: "\
assuming p << q, h is bounded

E[x ~ p] h(x) - E[x ~ q] h(x)
  = E[x ~ p] (q(x) / p(x) * h(x)) - E[x ~ q] h(x)      by importance
  = E[x ~ q] (p(x) / q(x) * h(x) - h(x))               by linearity
  = E[x ~ q] ((p(x) / q(x) - 1) * h(x))                by algebra
",
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 2.14: repair an equality that forgot p ≪ q.
pub(super) fn repair_forgotten_support() -> ChainExercise {
    ChainExercise {
        meta: meta("2.14", "repair_forgotten_support", "Repair the forgotten support", Kind::Repair, 12),
        reference: "\
let h(x) in [0, inf)
assuming h is bounded

E[x ~ p] h(x)
  =  int[x] p(x) * h(x)                       by def E
  >= int[x] q(x) * (p(x) / q(x)) * h(x)       by importance
  =  E[x ~ q] (p(x) / q(x) * h(x))            by def E
",
        broken: Some(
            "\
let h(x) in [0, inf)
assuming h is bounded

E[x ~ p] h(x)
  =  int[x] p(x) * h(x)                       by def E
  =  int[x] q(x) * (p(x) / q(x)) * h(x)       by importance
  =  E[x ~ q] (p(x) / q(x) * h(x))            by def E
",
        ),
        permitted: &["def E", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "at-most",
                misconception: "what is lost was at least 0, so the weighted mean is too small: E_p h is the larger one",
                text: "\
let h(x) in [0, inf)
assuming h is bounded

E[x ~ p] h(x)
  =  int[x] p(x) * h(x)                       by def E
  <= int[x] q(x) * (p(x) / q(x)) * h(x)       by importance
  =  E[x ~ q] (p(x) / q(x) * h(x))            by def E
",
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
",
                line: None,
            },
            WrongChain {
                name: "inequality-elsewhere",
                misconception: "the expectation as an integral is an equality; the mass is lost where q is divided by",
                text: "\
let h(x) in [0, inf)
assuming h is bounded

E[x ~ p] h(x)
  >= int[x] p(x) * h(x)                       by def E
  =  int[x] q(x) * (p(x) / q(x)) * h(x)       by importance
  =  E[x ~ q] (p(x) / q(x) * h(x))            by def E
",
                line: Some(3),
            },
        ],
        certify,
    }
}
