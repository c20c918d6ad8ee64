//! Exercises 3.15 to 3.18: conjugates and biconjugates as derivations.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 3.15: a supporting line gives f back.
pub(super) fn biconjugate_from_a_line() -> ChainExercise {
    const REFERENCE: &str = "\
let f be a generator
assuming u > 0, s in subdiff f(u)

f**(u)
  =  sup[t in dom f*] { t * u - f*(t) }      by def f**
  >= s * u - f*(s)                           by instance (t = s)
  =  s * u - (s * u - f(u))                  by Fenchel-Young equality
  =  f(u)                                    by algebra
";
    ChainExercise {
        meta: Meta {
            id: "3.15",
            name: "biconjugate_from_a_line",
            title: "A supporting line gives f back",
            kind: Kind::Derive,
            points: 4,
            minutes: 15,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &["def f**", "instance", "Fenchel-Young equality", "Fenchel-Young", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "plus-in-the-conjugate",
                misconception: "the biconjugate is a supremum of t u − f*(t), with a minus",
                text: "\
let f be a generator
assuming u > 0, s in subdiff f(u)

f**(u)
  =  sup[t in dom f*] { t * u + f*(t) }      by def f**
  >= s * u + f*(s)                           by instance (t = s)
  =  f(u)                                    by Fenchel-Young equality
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "supremum-below-a-value",
                misconception: "a supremum is at least each of its values, not at most",
                text: "\
let f be a generator
assuming u > 0, s in subdiff f(u)

f**(u)
  =  sup[t in dom f*] { t * u - f*(t) }      by def f**
  <= s * u - f*(s)                           by instance (t = s)
  =  f(u)                                    by Fenchel-Young equality, algebra
"
                .into(),
                line: Some(3),
            },
            WrongChain {
                name: "equality-with-a-sign",
                misconception: "in Fenchel–Young f*(s) = s u − f(u); with f(u) − s u the sign is turned around",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  s * u - (f(u) - s * u)                  by Fenchel-Young equality")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "circular",
                misconception: "f** = f is what is to be shown; it may not be cited",
                text: "\
let f be a generator
assuming u > 0, s in subdiff f(u), f is closed

f**(u)
  >= f(u)                                    by Fenchel-Moreau
"
                .into(),
                line: None,
            },
        ],
        certify,
    }
}

/// 3.16: the conjugate of u log u − u + 1.
pub(super) fn conjugate_of_kl_with_slope_zero() -> ChainExercise {
    const REFERENCE: &str = "\
let f(u) = u * log u - u + 1 be a generator

f*(t)
  = sup[u in dom f] { t * u - (u * log u - u + 1) }      by def f*
  attained at u = exp(t)                                 by stationary
  = exp(t) - 1                                           by log-exp, algebra
";
    ChainExercise {
        meta: Meta {
            id: "3.16",
            name: "conjugate_of_kl_with_slope_zero",
            title: "The conjugate of u log u − u + 1",
            kind: Kind::Derive,
            points: 3,
            minutes: 15,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &["def f*", "stationary", "log-exp", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "slope-of-u-log-u",
                misconception: "the −u in f cancels the 1 of (u log u)′: the top is at e^t, not at e^{t−1}",
                text: with_lines(
                    REFERENCE,
                    &[(3, "attained at u = exp(t - 1)                             by stationary")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "constant-lost",
                misconception: "the + 1 of f stands in f* as − 1",
                text: "\
let f(u) = u * log u - u + 1 be a generator

f*(t)
  = sup[u in dom f] { t * u - (u * log u - u + 1) }      by def f*
  attained at u = exp(t)                                 by stationary
  = exp(t)                                               by log-exp, algebra
  = exp(t) - 1                                           by algebra
"
                .into(),
                line: Some(4),
            },
            WrongChain {
                name: "sign-of-f",
                misconception: "f is subtracted whole: − (u log u − u + 1), brackets and all",
                text: "\
let f(u) = u * log u - u + 1 be a generator

f*(t)
  = sup[u in dom f] { t * u - u * log u - u + 1 }        by def f*
  = exp(t) - 1                                           by stationary
"
                .into(),
                line: Some(2),
            },
        ],
        certify,
    }
}

/// 3.17: repair the conjugate of Pearson.
pub(super) fn repair_conjugate_of_pearson() -> ChainExercise {
    const REFERENCE: &str = "\
let f(u) = (u - 1)^2 be a generator
assuming t >= -2

f*(t)
  = sup[u in dom f] { t * u - (u - 1)^2 }          by def f*
  attained at u = 1 + t/2                          by stationary
  = t + t^2 / 4                                    by algebra
";
    ChainExercise {
        meta: Meta {
            id: "3.17",
            name: "repair_conjugate_of_pearson",
            title: "Repair the conjugate of Pearson",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(3, "attained at u = 1 + t                            by stationary")],
        )),
        permitted: &["def f*", "stationary", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "factor-two-on-the-wrong-side",
                misconception: "2(u − 1) = t gives u = 1 + t/2; the 2 divides",
                text: with_lines(
                    REFERENCE,
                    &[(3, "attained at u = 1 + 2 * t                        by stationary")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "one-forgotten",
                misconception: "the parabola has its foot at 1, not at 0",
                text: with_lines(
                    REFERENCE,
                    &[(3, "attained at u = t/2                              by stationary")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "end-changed",
                misconception: "the false line is inside; start and end are right as they are",
                text: "\
let f(u) = (u - 1)^2 be a generator
assuming t >= -2

f*(t)
  = sup[u in dom f] { t * u - (u - 1)^2 }          by def f*
"
                .into(),
                line: None,
            },
        ],
        certify,
    }
}

/// 3.18: repair the proof that f** ≤ f.
pub(super) fn repair_biconjugate_below() -> ChainExercise {
    const REFERENCE: &str = "\
let f be a generator
assuming u > 0

f**(u)
  =  sup[t in dom f*] { t * u - f*(t) }      by def f**
  <= f(u)                                    by Fenchel-Young
";
    ChainExercise {
        meta: Meta {
            id: "3.18",
            name: "repair_biconjugate_below",
            title: "Repair the proof that f** is at most f",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(REFERENCE, &[(2, "=  sup[t in dom f*] { f*(t) - t * u }      by def f**")])),
        permitted: &["def f**", "Fenchel-Young", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "infimum",
                misconception: "the biconjugate is a supremum of lines; the infimum is usually −∞",
                text: with_lines(REFERENCE, &[(2, "=  inf[t in dom f*] { t * u - f*(t) }      by def f**")]),
                line: Some(2),
            },
            WrongChain {
                name: "slope-forgotten",
                misconception: "each line is t u − f*(t): without t u nothing depends on u",
                text: with_lines(REFERENCE, &[(2, "=  sup[t in dom f*] { u - f*(t) }          by def f**")]),
                line: Some(2),
            },
            WrongChain {
                name: "f-for-its-conjugate",
                misconception: "the lines below f have the heights −f*(t), not −f(t)",
                text: with_lines(REFERENCE, &[(2, "=  sup[t in dom f] { t * u - f(t) }        by def f**")]),
                line: Some(2),
            },
        ],
        certify,
    }
}
