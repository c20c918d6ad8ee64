//! 6.5 to 6.7: the lecture in one chain, the bound of reverse KL, the loss of the GAN.

use crate::chains::{ChainExercise, WrongChain};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 6.5: self-assessment 1.4 with all its steps.
pub(super) fn lecture_in_one_chain() -> ChainExercise {
    ChainExercise {
        meta: Meta {
            id: "6.5",
            name: "lecture_in_one_chain",
            title: "The lecture in one chain",
            kind: Kind::Derive,
            points: 4,
            minutes: 20,
        },
        reference: "\
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
",
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
                text: "\
let f be the generator of kl
let C be a class of functions into dom f*
assuming p << q, f is closed

KL(p || q)
  =  D_f(p || q)                                                              by def KL
  =  E[x ~ q] f(p(x) / q(x))                                                  by def D_f
  =  E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }                    by Fenchel-Moreau
  =  sup[t in dom f*] { E[x ~ q] (t * p(x) / q(x) - f*(t)) }                  by interchange
  =  sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                by linearity, importance
  >= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                     by restriction
  =  sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1) }                by def f*
",
                line: Some(5),
            },
            WrongChain {
                name: "equality-for-a-class",
                misconception: "a class of critics need not hold the best one: the supremum over fewer functions is at most as large",
                text: "\
let f be the generator of kl
let C be a class of functions into dom f*
assuming p << q, f is closed

KL(p || q)
  =  D_f(p || q)                                                              by def KL
  =  E[x ~ q] f(p(x) / q(x))                                                  by def D_f
  =  E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }                    by Fenchel-Moreau
  =  sup[T(x) in dom f*] { E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x))) }         by interchange
  =  sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                by linearity, importance
  =  sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                     by restriction
  >= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1) }                by def f*
",
                line: Some(7),
            },
            WrongChain {
                name: "one-lost",
                misconception: "f*(t) = e^{t−1}: the 1 of (u log u)′ = 1 + log u is lost",
                text: "\
let f be the generator of kl
let C be a class of functions into dom f*
assuming p << q, f is closed

KL(p || q)
  =  D_f(p || q)                                                              by def KL
  =  E[x ~ q] f(p(x) / q(x))                                                  by def D_f
  =  E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }                    by Fenchel-Moreau
  =  sup[T(x) in dom f*] { E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x))) }         by interchange
  =  sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                by linearity, importance
  >= sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp T(x) }                     by restriction, def f*
  =  sup[T(x) in C] { E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1) }                by algebra
",
                line: Some(7),
            },
        ],
        certify,
    }
}

/// 6.6: from reverse KL to two expectations.
pub(super) fn bound_for_reverse_kl() -> ChainExercise {
    ChainExercise {
        meta: Meta {
            id: "6.6",
            name: "bound_for_reverse_kl",
            title: "The bound for reverse KL",
            kind: Kind::Derive,
            points: 3,
            minutes: 15,
        },
        reference: "\
let f be the generator of reverse_kl
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (-T(x)) is finite

D_f(p || q)
  >= E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (-1 - log (-T(x)))       by def f*
  =  E[x ~ p] T(x) + 1 + E[x ~ q] log (-T(x))          by linearity, constant
",
        broken: None,
        permitted: &["def D_f", "Fenchel-Young", "def f*", "linearity", "constant", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "one-lost",
                misconception: "the constant −1 of the conjugate is averaged too, and its minus turns it into +1",
                text: "\
let f be the generator of reverse_kl
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (-T(x)) is finite

D_f(p || q)
  >= E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (-log (-T(x)))           by def f*
  =  E[x ~ p] T(x) + 1 + E[x ~ q] log (-T(x))          by linearity, constant
",
                line: Some(3),
            },
            WrongChain {
                name: "sign-of-the-slope",
                misconception: "the conjugate's logarithm takes −t, which is positive; log t has no value here",
                text: "\
let f be the generator of reverse_kl
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (-T(x)) is finite

D_f(p || q)
  >= E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (-1 + log (-T(x)))       by def f*
  =  E[x ~ p] T(x) + 1 + E[x ~ q] log (-T(x))          by linearity, constant
",
                line: Some(3),
            },
            WrongChain {
                name: "laws-exchanged",
                misconception: "reverse KL is still D_f(p ‖ q): its generator has the turning inside, the laws of the bound stay",
                text: "\
let f be the generator of reverse_kl
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (-T(x)) is finite

D_f(p || q)
  >= E[x ~ q] T(x) - E[x ~ p] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (-1 - log (-T(x)))       by def f*
  =  E[x ~ p] T(x) + 1 + E[x ~ q] log (-T(x))          by linearity, constant
",
                line: Some(2),
            },
            WrongChain {
                name: "equality",
                misconception: "one critic bounds; equality needs the best one, T = −q/p",
                text: "\
let f be the generator of reverse_kl
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (-T(x)) is finite

D_f(p || q)
  =  E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (-1 - log (-T(x)))       by def f*
  >= E[x ~ p] T(x) + 1 + E[x ~ q] log (-T(x))          by linearity, constant
",
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 6.7: mend the way from the GAN's generator to its loss.
pub(super) fn repair_loss_of_the_gan() -> ChainExercise {
    ChainExercise {
        meta: Meta {
            id: "6.7",
            name: "repair_loss_of_the_gan",
            title: "Repair the way to the GAN’s loss",
            kind: Kind::Repair,
            points: 3,
            minutes: 12,
        },
        reference: "\
let f be the generator of gan
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (1 - exp T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                          by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))                         by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x) + log (1 - exp T(x)))               by def f*
  =  E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] log (1 - exp T(x))      by linearity
  =  E[x ~ p] T(x) + E[x ~ q] log (1 - exp T(x))                      by importance
",
        broken: Some(
            "\
let f be the generator of gan
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (1 - exp T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                          by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))                         by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x) + log (2 - exp T(x)))               by def f*
  =  E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] log (1 - exp T(x))      by linearity
  =  E[x ~ p] T(x) + E[x ~ q] log (1 - exp T(x))                      by importance
",
        ),
        permitted: &["def D_f", "Fenchel-Young", "def f*", "linearity", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "sign-of-the-conjugate",
                misconception: "f* is −log(1 − e^t), and it is subtracted: the logarithm is added",
                text: "\
let f be the generator of gan
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (1 - exp T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                          by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))                         by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x) - log (1 - exp T(x)))               by def f*
  =  E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] log (1 - exp T(x))      by linearity
  =  E[x ~ p] T(x) + E[x ~ q] log (1 - exp T(x))                      by importance
",
                line: Some(4),
            },
            WrongChain {
                name: "inequality-moved",
                misconception: "log(2 − e^T) is larger than log(1 − e^T): an inequality hides the slip in the next line, the line before stays false",
                text: "\
let f be the generator of gan
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (1 - exp T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                          by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))                         by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x) + log (2 - exp T(x)))               by def f*
  >= E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] log (1 - exp T(x))      by linearity
  =  E[x ~ p] T(x) + E[x ~ q] log (1 - exp T(x))                      by importance
",
                line: Some(4),
            },
            WrongChain {
                name: "conjugate-of-the-critic-forgotten",
                misconception: "T = log D, so e^T is D: the conjugate takes e^T, not T",
                text: "\
let f be the generator of gan
let T(x) in (-inf, 0)
assuming p << q, T is bounded, E[x ~ q] log (1 - exp T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                          by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))                         by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x) + log (1 - T(x)))                   by def f*
  =  E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] log (1 - exp T(x))      by linearity
  =  E[x ~ p] T(x) + E[x ~ q] log (1 - exp T(x))                      by importance
",
                line: Some(4),
            },
        ],
        certify,
    }
}
