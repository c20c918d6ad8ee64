//! 1.9 and 1.10: KL as an f-divergence, and why none of them is negative.

use crate::chains::{ChainExercise, WrongChain};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 1.9: KL is D_f for f(u) = u log u.
pub(super) fn kl_as_divergence() -> ChainExercise {
    ChainExercise {
        meta: Meta {
            id: "1.9",
            name: "kl_as_divergence",
            title: "KL is an f-divergence",
            kind: Kind::Derive,
            points: 2,
            minutes: 12,
        },
        reference: "\
let f(u) = u * log u be a generator
assuming p << q, q << p

KL(p || q)
  = E[x ~ p] log (p(x) / q(x))                       by def KL
  = E[x ~ q] (p(x) / q(x) * log (p(x) / q(x)))       by importance
  = E[x ~ q] f(p(x) / q(x))                          by def f
  = D_f(p || q)                                      by def D_f
",
        broken: None,
        permitted: &["def KL", "importance", "def f", "def D_f", "def E", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "weight-forgotten",
                misconception: "from E_p to E_q the ratio p/q comes in as a weight",
                text: "\
let f(u) = u * log u be a generator
assuming p << q, q << p

KL(p || q)
  = E[x ~ p] log (p(x) / q(x))                       by def KL
  = E[x ~ q] log (p(x) / q(x))                       by importance
  = E[x ~ q] f(p(x) / q(x))                          by def f
  = D_f(p || q)                                      by def D_f
",
                line: Some(3),
            },
            WrongChain {
                name: "weight-inverted",
                misconception: "the weight is p/q, the law that is left over the law that is entered",
                text: "\
let f(u) = u * log u be a generator
assuming p << q, q << p

KL(p || q)
  = E[x ~ p] log (p(x) / q(x))                       by def KL
  = E[x ~ q] (q(x) / p(x) * log (p(x) / q(x)))       by importance
  = E[x ~ q] f(p(x) / q(x))                          by def f
  = D_f(p || q)                                      by def D_f
",
                line: Some(3),
            },
            WrongChain {
                name: "still-under-p",
                misconception: "f(p/q) contains the ratio already: it is averaged under q, not under p",
                text: "\
let f(u) = u * log u be a generator
assuming p << q, q << p

KL(p || q)
  = E[x ~ p] log (p(x) / q(x))                       by def KL
  = E[x ~ p] (p(x) / q(x) * log (p(x) / q(x)))       by importance
  = E[x ~ p] f(p(x) / q(x))                          by def f
  = D_f(p || q)                                      by def D_f
",
                line: Some(3),
            },
        ],
        certify,
    }
}

/// 1.10: repair the proof that D_f is never negative.
pub(super) fn repair_never_negative() -> ChainExercise {
    ChainExercise {
        meta: Meta {
            id: "1.10",
            name: "repair_never_negative",
            title: "Repair: a divergence is never negative",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: "\
let f be a generator
assuming p << q, f is normalised

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))             by def D_f
  >= f(E[x ~ q] (p(x) / q(x)))           by Jensen
  =  f(1)                                by importance, total mass
  =  0                                   by normalised
",
        broken: Some(
            "\
let f be a generator
assuming p << q, f is normalised

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))             by def D_f
  >= f(E[x ~ p] (p(x) / q(x)))           by Jensen
  =  f(1)                                by importance, total mass
  =  0                                   by normalised
",
        ),
        permitted: &["def D_f", "Jensen", "importance", "total mass", "normalised", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "an-equality",
                misconception: "Jensen is an equality only where the ratio is constant or f is straight",
                text: "\
let f be a generator
assuming p << q, f is normalised

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))             by def D_f
  =  f(E[x ~ q] (p(x) / q(x)))           by Jensen
  =  f(1)                                by importance, total mass
  =  0                                   by normalised
",
                line: Some(3),
            },
            WrongChain {
                name: "ratio-inverted",
                misconception: "the ratio is p/q: only its mean under q is 1",
                text: "\
let f be a generator
assuming p << q, f is normalised

D_f(p || q)
  =  E[x ~ q] f(p(x) / q(x))             by def D_f
  >= f(E[x ~ q] (q(x) / p(x)))           by Jensen
  =  f(1)                                by importance, total mass
  =  0                                   by normalised
",
                line: Some(3),
            },
            WrongChain {
                name: "moved-to-the-definition",
                misconception: "the definition averages under q; the false line is another one",
                text: "\
let f be a generator
assuming p << q, f is normalised

D_f(p || q)
  =  E[x ~ p] f(p(x) / q(x))             by def D_f
  >= f(E[x ~ p] (p(x) / q(x)))           by Jensen
  =  f(1)                                by importance, total mass
  =  0                                   by normalised
",
                line: Some(2),
            },
        ],
        certify,
    }
}
