//! 6.5 to 6.7: the lecture in one chain, the bound of reverse KL, the loss of the GAN.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 6.5: self-assessment 1.4 with all its steps.
pub(super) fn lecture_in_one_chain() -> ChainExercise {
    const REFERENCE: &str = "\
let f be the generator of kl
let C be a class of functions into dom f*
assuming p << q, f is closed

KL(p || q)
  =  D_f(p || q)                                                              by def KL
  =  E[x ~ q] f(p(x) / q(x))                                                  by def D_f
  =  E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }                    by Fenchel-Moreau
  =  sup[T(x) in dom f*] { E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x))) }         by interchange
  =  sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                by linearity, importance
  >= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                     by restriction
  =  sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1) }                by def f*
";
    ChainExercise {
        meta: Meta {
            id: "6.5",
            name: "lecture_in_one_chain",
            title: "The lecture in one chain",
            kind: Kind::Derive,
            points: 4,
            minutes: 20,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &[
            "def KL",
            "def D_f",
            "Fenchel-Moreau",
            "interchange",
            "linearity",
            "importance",
            "restriction",
            "def f*",
            "algebra",
        ],
        chaffs: vec![
            WrongChain {
                name: "number-for-function",
                misconception: "the best slope differs from point to point: it must become a function when it leaves the expectation",
                text: with_lines(
                    REFERENCE,
                    &[(
                        5,
                        "=  sup[t in dom f*] { E[x ~ q] (t * p(x) / q(x) - f*(t)) }                  by interchange",
                    )],
                ),
                line: Some(5),
            },
            WrongChain {
                name: "equality-for-a-class",
                misconception: "a class of critics need not hold the best one: the supremum over fewer functions is at most as large",
                text: with_lines(
                    REFERENCE,
                    &[
                        (
                            7,
                            "=  sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                     by restriction",
                        ),
                        (
                            8,
                            ">= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1) }                by def f*",
                        ),
                    ],
                ),
                line: Some(7),
            },
            WrongChain {
                name: "one-lost",
                misconception: "f*(t) = e^{t−1}: the 1 of (u log u)′ = 1 + log u is lost",
                text: with_lines(
                    REFERENCE,
                    &[
                        (
                            7,
                            ">= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp T(x) }                     by restriction, def f*",
                        ),
                        (
                            8,
                            "=  sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1) }                by algebra",
                        ),
                    ],
                ),
                line: Some(7),
            },
        ],
        certify,
    }
}

/// 6.6: three chapters for one divergence, down to a loss in the raw output.
pub(super) fn hellinger_in_the_raw_output() -> ChainExercise {
    const REFERENCE: &str = "\
let f be the generator of squared_hellinger
let V(x) be a function
assuming p << q, V is bounded

D_f(p || q)
  >= E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] f*(1 - exp(-V(x)))                  by Fenchel-Young
  =  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] ((1 - exp(-V(x))) / exp(-V(x)))     by def f*
  =  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] (exp V(x) - 1)                      by exp-add, algebra
  =  2 - E[x ~ p] exp(-V(x)) - E[x ~ q] exp V(x)                              by linearity, constant
";
    ChainExercise {
        meta: Meta {
            id: "6.6",
            name: "hellinger_in_the_raw_output",
            title: "Squared Hellinger in the raw output",
            kind: Kind::Derive,
            points: 3,
            minutes: 15,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &[
            "def D_f",
            "Fenchel-Young",
            "def f*",
            "exp-add",
            "linearity",
            "constant",
            "importance",
            "algebra",
        ],
        chaffs: vec![
            WrongChain {
                name: "raw-output-for-the-critic",
                misconception: "both expectations see the same critic T = 1 − e^{−V}: the conjugate takes T, not V",
                text: "\
let f be the generator of squared_hellinger
let V(x) be a function
assuming p << q, V is bounded

D_f(p || q)
  >= E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] f*(V(x))                            by Fenchel-Young
  =  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] (exp V(x) - 1)                      by exp-add, algebra
  =  2 - E[x ~ p] exp(-V(x)) - E[x ~ q] exp V(x)                              by linearity, constant
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "fraction-turned",
                misconception: "f*(t) = t/(1 − t): with s for e^{−V} that is (1 − s)/s = 1/s − 1, the first term less the second",
                text: with_lines(
                    REFERENCE,
                    &[(
                        4,
                        "=  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] (1 - exp V(x))                      by exp-add, algebra",
                    )],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "constants-cancel",
                misconception: "the second constant is subtracted with a minus of its own: both are +1",
                text: "\
let f be the generator of squared_hellinger
let V(x) be a function
assuming p << q, V is bounded

D_f(p || q)
  >= E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] f*(1 - exp(-V(x)))                  by Fenchel-Young
  =  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] ((1 - exp(-V(x))) / exp(-V(x)))     by def f*
  =  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] (exp V(x) - 1)                      by exp-add, algebra
  =  -E[x ~ p] exp(-V(x)) - E[x ~ q] exp V(x)                                 by linearity, constant
  =  2 - E[x ~ p] exp(-V(x)) - E[x ~ q] exp V(x)                              by linearity, constant
"
                .into(),
                line: Some(5),
            },
            WrongChain {
                name: "laws-exchanged",
                misconception: "T is averaged under p, f*(T) under q: that the divergence is symmetric does not make its bound so for a given T",
                text: with_lines(
                    REFERENCE,
                    &[(
                        2,
                        ">= E[x ~ q] (1 - exp(-V(x))) - E[x ~ p] f*(1 - exp(-V(x)))                  by Fenchel-Young",
                    )],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "equality",
                misconception: "one critic bounds; equality needs the best one, V = ½ log(p/q)",
                text: with_lines(
                    REFERENCE,
                    &[
                        (
                            2,
                            "=  E[x ~ p] (1 - exp(-V(x))) - E[x ~ q] f*(1 - exp(-V(x)))                  by Fenchel-Young",
                        ),
                        (
                            5,
                            ">= 2 - E[x ~ p] exp(-V(x)) - E[x ~ q] exp V(x)                              by linearity, constant",
                        ),
                    ],
                ),
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 6.7: mend the way from the GAN's generator to its loss.
pub(super) fn repair_loss_of_the_gan() -> ChainExercise {
    const REFERENCE: &str = "\
let f be the generator of gan
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (1 - exp T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                          by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))                         by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x) + log (1 - exp T(x)))               by def f*
  =  E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] log (1 - exp T(x))      by linearity
  =  E[x ~ p] T(x) + E[x ~ q] log (1 - exp T(x))                      by importance
";
    ChainExercise {
        meta: Meta {
            id: "6.7",
            name: "repair_loss_of_the_gan",
            title: "Repair the way to the GAN’s loss",
            kind: Kind::Repair,
            points: 3,
            minutes: 12,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x) + log (2 - exp T(x)))               by def f*")],
        )),
        permitted: &["def D_f", "Fenchel-Young", "def f*", "linearity", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "as-it-was",
                misconception: "f*(t) is −log(1 − e^t): the 2 belongs to the f-GAN Jensen–Shannon row; an inequality in the line after would hide the slip and leave this line false",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x) + log (2 - exp T(x)))               by def f*")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "sign-of-the-conjugate",
                misconception: "f* is −log(1 − e^t), and it is subtracted: the logarithm is added",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x) - log (1 - exp T(x)))               by def f*")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "conjugate-of-the-critic-forgotten",
                misconception: "T = log D, so e^T is D: the conjugate takes e^T, not T",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x) + log (1 - T(x)))                   by def f*")],
                ),
                line: Some(4),
            },
        ],
        certify,
    }
}
