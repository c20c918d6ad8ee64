//! Exercises 4.13 to 4.16: the variational bound as derivations.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 4.13: the bound for Pearson and a given critic.
pub(super) fn bound_for_pearson() -> ChainExercise {
    const REFERENCE: &str = "\
let f be the generator of pearson_chi2
let T(x) in [-2, inf)
assuming p << q, T is bounded

chi2(p || q)
  =  D_f(p || q)                                       by def chi2
  >= E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (T(x) + T(x)^2 / 4)      by def f*
";
    ChainExercise {
        meta: Meta {
            id: "4.13",
            name: "bound_for_pearson",
            title: "The bound for Pearson",
            kind: Kind::Derive,
            points: 3,
            minutes: 12,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &["def chi2", "def D_f", "Fenchel-Young", "def f*", "linearity", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "f-for-f-star",
                misconception: "the second expectation takes the conjugate of the critic, not f of it",
                text: with_lines(
                    REFERENCE,
                    &[(3, ">= E[x ~ p] T(x) - E[x ~ q] f(T(x))                  by Fenchel-Young")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "laws-exchanged",
                misconception: "T is averaged under p and f*(T) under q: D_f(p ‖ q) = E_q f(p/q) carries the ratio in the first term",
                text: with_lines(
                    REFERENCE,
                    &[(3, ">= E[x ~ q] T(x) - E[x ~ p] f*(T(x))                 by Fenchel-Young")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "quarter-lost",
                misconception: "f*(t) = t + t²/4: completing the square leaves a quarter",
                text: "\
let f be the generator of pearson_chi2
let T(x) in [-2, inf)
assuming p << q, T is bounded

chi2(p || q)
  =  D_f(p || q)                                       by def chi2
  >= E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young
  =  E[x ~ p] T(x) - E[x ~ q] (T(x) + T(x)^2)          by def f*
  >= E[x ~ p] T(x) - E[x ~ q] (T(x) + T(x)^2 / 4)      by algebra
"
                .into(),
                line: Some(4),
            },
            WrongChain {
                name: "upper-bound",
                misconception: "Fenchel–Young bounds f from below: every critic gives a lower bound",
                text: with_lines(
                    REFERENCE,
                    &[(3, "<= E[x ~ p] T(x) - E[x ~ q] f*(T(x))                 by Fenchel-Young")],
                ),
                line: Some(3),
            },
        ],
        certify,
    }
}

/// 4.14: the inequality behind Donsker–Varadhan.
pub(super) fn bound_with_a_logarithm() -> ChainExercise {
    const REFERENCE: &str = "\
let T(x) be a function
assuming T is bounded

log E[x ~ q] exp T(x)
  >= log E[x ~ p] (q(x) / p(x) * exp T(x))           by importance
  >= E[x ~ p] log (q(x) / p(x) * exp T(x))           by Jensen
  =  E[x ~ p] (log (q(x) / p(x)) + T(x))             by log-mul, log-exp
  =  E[x ~ p] T(x) - KL(p || q)                      by linearity, log-inverse, def KL
";
    ChainExercise {
        meta: Meta {
            id: "4.14",
            name: "bound_with_a_logarithm",
            title: "The bound with a logarithm",
            kind: Kind::Derive,
            points: 4,
            minutes: 20,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &[
            "importance",
            "Jensen",
            "log-mul",
            "log-exp",
            "log-inverse",
            "linearity",
            "def KL",
            "algebra",
        ],
        chaffs: vec![
            WrongChain {
                name: "jensen-reversed",
                misconception: "Jensen for the logarithm: log E ≥ E log",
                text: with_lines(
                    REFERENCE,
                    &[(3, "=  E[x ~ p] log (q(x) / p(x) * exp T(x))           by Jensen")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "weight-inverted",
                misconception: "to take E_q to E_p the weight is q/p: the law from which you sample stands below",
                text: "\
let T(x) be a function
assuming T is bounded

log E[x ~ q] exp T(x)
  >= log E[x ~ p] (p(x) / q(x) * exp T(x))           by importance
  >= E[x ~ p] log (p(x) / q(x) * exp T(x))           by Jensen
  =  E[x ~ p] (log (p(x) / q(x)) + T(x))             by log-mul, log-exp
  >= E[x ~ p] T(x) - KL(p || q)                      by KL >= 0
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "equality-without-support",
                misconception: "where q has mass and p has none the weight loses it: at least, not equal",
                text: with_lines(
                    REFERENCE,
                    &[(2, "=  log E[x ~ p] (q(x) / p(x) * exp T(x))           by importance")],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "sign-of-kl",
                misconception: "E_p log(q/p) is minus KL(p ‖ q)",
                text: "\
let T(x) be a function
assuming T is bounded

log E[x ~ q] exp T(x)
  >= log E[x ~ p] (q(x) / p(x) * exp T(x))           by importance
  >= E[x ~ p] log (q(x) / p(x) * exp T(x))           by Jensen
  =  E[x ~ p] (log (q(x) / p(x)) + T(x))             by log-mul, log-exp
  =  E[x ~ p] T(x) + KL(p || q)                      by linearity, def KL
  >= E[x ~ p] T(x) - KL(p || q)                      by KL >= 0
"
                .into(),
                line: Some(5),
            },
        ],
        certify,
    }
}

/// 4.15: repair the five steps.
pub(super) fn repair_five_steps() -> ChainExercise {
    const REFERENCE: &str = "\
let f be a generator
assuming p << q, f is closed

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                                  by def D_f
  =  E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }                    by Fenchel-Moreau
  =  sup[T(x) in dom f*] { E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x))) }         by interchange
  =  sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                by linearity, importance
";
    ChainExercise {
        meta: Meta {
            id: "4.15",
            name: "repair_five_steps",
            title: "Repair the five steps",
            kind: Kind::Repair,
            points: 3,
            minutes: 15,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(
                4,
                "=  sup[t in dom f*] { E[x ~ q] (t * p(x) / q(x) - f*(t)) }                  by interchange",
            )],
        )),
        permitted: &[
            "def D_f",
            "Fenchel-Moreau",
            "interchange",
            "sup-exchange",
            "linearity",
            "importance",
            "algebra",
        ],
        chaffs: vec![
            WrongChain {
                name: "at-least",
                misconception: "E sup is at least sup E over numbers, but a chain from there down does not come up again",
                text: with_lines(
                    REFERENCE,
                    &[(
                        4,
                        ">= sup[t in dom f*] { E[x ~ q] (t * p(x) / q(x) - f*(t)) }                  by sup-exchange",
                    )],
                ),
                line: Some(5),
            },
            WrongChain {
                name: "under-p",
                misconception: "the expectation in the definition is under q; the ratio turns T under q into T under p only at the end",
                text: with_lines(
                    REFERENCE,
                    &[(
                        4,
                        "=  sup[T(x) in dom f*] { E[x ~ p] (T(x) * p(x) / q(x) - f*(T(x))) }         by interchange",
                    )],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "assumption-added",
                misconception: "the assumptions suffice as they are",
                text: "\
let f be a generator
assuming p << q, f is closed, q << p

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                                                  by def D_f
  =  E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }                    by Fenchel-Moreau
  =  sup[T(x) in dom f*] { E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x))) }         by interchange
  =  sup[T(x) in dom f*] { E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }                by linearity, importance
"
                .into(),
                line: None,
            },
        ],
        certify,
    }
}

/// 4.16: repair the bound for one critic.
pub(super) fn repair_bound_of_a_critic() -> ChainExercise {
    const REFERENCE: &str = "\
let f be a generator
let T(x) in dom f*
assuming p << q, T is bounded, E[x ~ q] f*(T(x)) is finite

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))                              by def D_f
  >= E[x ~ q] (T(x) * p(x) / q(x) - f*(T(x)))             by Fenchel-Young
  =  E[x ~ q] (T(x) * p(x) / q(x)) - E[x ~ q] f*(T(x))    by linearity
  =  E[x ~ p] T(x) - E[x ~ q] f*(T(x))                    by importance
";
    ChainExercise {
        meta: Meta {
            id: "4.16",
            name: "repair_bound_of_a_critic",
            title: "Repair the bound of a critic",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x)) - E[x ~ p] f*(T(x))    by linearity")],
        )),
        permitted: &["def D_f", "Fenchel-Young", "linearity", "importance", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "as-it-was",
                misconception: "linearity splits a mean and keeps its law: f*(T) is averaged under q, like all of the line before",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x)) - E[x ~ p] f*(T(x))    by linearity")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "ratio-and-law",
                misconception: "the ratio turns q into p by taking its place: under p with the ratio it is counted twice",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ p] (T(x) * p(x) / q(x)) - E[x ~ q] f*(T(x))    by linearity")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "ratio-kept-out",
                misconception: "E_q[T p/q] is E_p[T]; without the ratio it is E_q[T]",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ q] T(x) - E[x ~ q] f*(T(x))                    by linearity")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "sign",
                misconception: "an expectation of a difference is the difference of the expectations",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ q] (T(x) * p(x) / q(x)) + E[x ~ q] f*(T(x))    by linearity")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "weight-on-both",
                misconception: "only the term with the ratio changes its law",
                text: with_lines(
                    REFERENCE,
                    &[(
                        4,
                        "=  E[x ~ p] T(x) - E[x ~ p] f*(T(x))                    by linearity, importance",
                    )],
                ),
                line: Some(4),
            },
        ],
        certify,
    }
}
