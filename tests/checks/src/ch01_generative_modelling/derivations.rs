//! 1.9 and 1.10: reverse KL as an f-divergence, and why none of them is negative.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 1.9: KL with its laws exchanged is D_f for f(u) = −log u.
pub(super) fn reverse_kl_as_divergence() -> ChainExercise {
    const REFERENCE: &str = "\
let f(u) = -log u be a generator
assuming p << q, q << p

KL(q || p)
  = E[x ~ q] log (q(x) / p(x))                       by def KL
  = E[x ~ q] (-log (p(x) / q(x)))                    by log-inverse
  = E[x ~ q] f(p(x) / q(x))                          by def f
  = D_f(p || q)                                      by def D_f
";
    ChainExercise {
        meta: Meta {
            id: "1.9",
            name: "reverse_kl_as_divergence",
            title: "Reverse KL is an f-divergence",
            kind: Kind::Derive,
            points: 2,
            minutes: 12,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &["def KL", "log-inverse", "log-ratio", "importance", "def f", "def D_f", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "averaged-under-p",
                misconception: "KL averages under its first law, and here that is q",
                text: with_lines(
                    REFERENCE,
                    &[(2, "= E[x ~ p] log (q(x) / p(x))                       by def KL")],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "first-law-above",
                misconception: "KL has its first law above in the ratio: KL(q ‖ p) is the mean of log(q/p)",
                text: "\
let f(u) = -log u be a generator
assuming p << q, q << p

KL(q || p)
  = E[x ~ q] log (p(x) / q(x))                       by def KL
  = E[x ~ q] f(p(x) / q(x))                          by def f
  = D_f(p || q)                                      by def D_f
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "sign-lost",
                misconception: "turning a ratio over changes the sign of its logarithm",
                text: with_lines(
                    REFERENCE,
                    &[(3, "= E[x ~ q] log (p(x) / q(x))                       by log-inverse")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "generator-of-the-wrong-ratio",
                misconception: "f takes the ratio p/q of D_f(p ‖ q), data over model, not q/p",
                text: "\
let f(u) = -log u be a generator
assuming p << q, q << p

KL(q || p)
  = E[x ~ q] log (q(x) / p(x))                       by def KL
  = E[x ~ q] f(q(x) / p(x))                          by def f
  = D_f(p || q)                                      by def D_f
"
                .into(),
                line: Some(3),
            },
        ],
        certify,
    }
}

/// 1.10: repair the proof that D_f is never negative.
pub(super) fn repair_never_negative() -> ChainExercise {
    const REFERENCE: &str = "\
let f be a generator
assuming p << q, f is normalised

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))             by def D_f
  >= f(E[x ~ q] (p(x) / q(x)))           by Jensen
  =  f(1)                                by importance, total mass
  =  0                                   by normalised
";
    ChainExercise {
        meta: Meta {
            id: "1.10",
            name: "repair_never_negative",
            title: "Repair the proof that a divergence is never negative",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(REFERENCE, &[(3, ">= f(E[x ~ p] (p(x) / q(x)))           by Jensen")])),
        permitted: &["def D_f", "Jensen", "importance", "total mass", "normalised", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "as-it-was",
                misconception: "Jensen keeps the law of the average, here q; the mean of p/q under p is not 1 but at least 1",
                text: with_lines(REFERENCE, &[(3, ">= f(E[x ~ p] (p(x) / q(x)))           by Jensen")]),
                line: Some(3),
            },
            WrongChain {
                name: "jensen-reversed",
                misconception: "a convex f lies above its tangents: the mean of f is at least f of the mean",
                text: with_lines(REFERENCE, &[(3, "<= f(E[x ~ q] (p(x) / q(x)))           by Jensen")]),
                line: Some(3),
            },
            WrongChain {
                name: "an-equality",
                misconception: "Jensen is an equality only where the ratio is constant or f is straight",
                text: with_lines(REFERENCE, &[(3, "=  f(E[x ~ q] (p(x) / q(x)))           by Jensen")]),
                line: Some(3),
            },
            WrongChain {
                name: "ratio-inverted",
                misconception: "the ratio is p/q: only its mean under q is 1",
                text: with_lines(REFERENCE, &[(3, ">= f(E[x ~ q] (q(x) / p(x)))           by Jensen")]),
                line: Some(3),
            },
            WrongChain {
                name: "moved-to-the-definition",
                misconception: "the definition averages under q; the false line is another one",
                text: with_lines(
                    REFERENCE,
                    &[
                        (2, "=  E[x ~ p] f(p(x) / q(x))             by def D_f"),
                        (3, ">= f(E[x ~ p] (p(x) / q(x)))           by Jensen"),
                    ],
                ),
                line: Some(2),
            },
        ],
        certify,
    }
}
