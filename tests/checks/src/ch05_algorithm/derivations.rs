//! Exercises 5.12 to 5.14: composites, a bound and a gradient as derivations.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 5.12: f\*∘g_f for the GAN.
pub(super) fn composite_line_by_line() -> ChainExercise {
    const REFERENCE: &str = "\
let f be the generator of gan
let w be a number
assuming w > 0, log (w / (1 + w)) < 0

f*(log (w / (1 + w)))
  = -log (1 - exp(log (w / (1 + w))))      by def f*
  = -log (1 - w / (1 + w))                 by log-exp
  = -log (1 / (1 + w))                     by log-ratio
  = log (1 + w)                            by log-inverse
";
    ChainExercise {
        meta: Meta {
            id: "5.12",
            name: "composite_line_by_line",
            title: "The GAN's composite, line by line",
            kind: Kind::Derive,
            points: 3,
            minutes: 12,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &["def f*", "log-exp", "log-ratio", "log-inverse", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "plus-for-minus",
                misconception: "f*(t) = −log(1 − e^t): one minus",
                text: "\
let f be the generator of gan
let w be a number
assuming w > 0, log (w / (1 + w)) < 0

f*(log (w / (1 + w)))
  = -log (1 + exp(log (w / (1 + w))))      by def f*
  = -log (1 + w / (1 + w))                 by log-exp
  = log (1 + w)                            by log-inverse
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "fraction-turned-over",
                misconception: "the exponential undoes the logarithm: e^{log(w/(1 + w))} is w/(1 + w), not its inverse",
                text: "\
let f be the generator of gan
let w be a number
assuming w > 0, log (w / (1 + w)) < 0

f*(log (w / (1 + w)))
  = -log (1 - exp(log (w / (1 + w))))      by def f*
  = -log (1 - (1 + w) / w)                 by log-exp
  = log (1 + w)                            by log-inverse
"
                .into(),
                line: Some(3),
            },
            WrongChain {
                name: "minus-lost",
                misconception: "−log(1/(1 + w)) is +log(1 + w); without its minus the line is −log(1 + w)",
                text: with_lines(REFERENCE, &[(4, "= log (1 / (1 + w))                      by log-ratio")]),
                line: Some(4),
            },
        ],
        certify,
    }
}

/// 5.13: the bound for reverse KL in the raw output.
pub(super) fn bound_in_the_raw_output() -> ChainExercise {
    const REFERENCE: &str = "\
let f be the generator of reverse_kl
let V(x) be a function
assuming p << q, V is bounded

D_f(p || q)
  >= E[x ~ p] (-exp(-V(x))) - E[x ~ q] f*(-exp(-V(x)))              by Fenchel-Young
  =  E[x ~ p] (-exp(-V(x))) - E[x ~ q] (-1 - log (exp(-V(x))))      by def f*
  =  E[x ~ p] (-exp(-V(x))) - E[x ~ q] (-1 + V(x))                  by log-exp
  =  1 - E[x ~ q] V(x) - E[x ~ p] exp(-V(x))                        by linearity, constant
";
    ChainExercise {
        meta: Meta {
            id: "5.13",
            name: "bound_in_the_raw_output",
            title: "A bound in the raw output",
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
            "log-exp",
            "linearity",
            "constant",
            "importance",
            "algebra",
        ],
        chaffs: vec![
            WrongChain {
                name: "laws-exchanged",
                misconception: "T is averaged over the data, f*(T) over the generated points",
                text: "\
let f be the generator of reverse_kl
let V(x) be a function
assuming p << q, V is bounded

D_f(p || q)
  >= E[x ~ q] (-exp(-V(x))) - E[x ~ p] f*(-exp(-V(x)))              by Fenchel-Young
  =  E[x ~ q] (-exp(-V(x))) - E[x ~ p] (-1 + V(x))                  by def f*, log-exp
  =  1 - E[x ~ q] V(x) - E[x ~ p] exp(-V(x))                        by linearity, constant
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "raw-output-for-the-critic",
                misconception: "the conjugate takes the critic's value T = −e^{−V}, not V: dom f* is t < 0",
                text: "\
let f be the generator of reverse_kl
let V(x) be a function
assuming p << q, V is bounded

D_f(p || q)
  >= E[x ~ p] (-exp(-V(x))) - E[x ~ q] (-exp(-V(x)))                by Fenchel-Young
  =  1 - E[x ~ q] V(x) - E[x ~ p] exp(-V(x))                        by linearity, constant
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "sign-of-the-logarithm",
                misconception: "−log(e^{−V}) is +V",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[x ~ p] (-exp(-V(x))) - E[x ~ q] (-1 - V(x))                  by log-exp")],
                ),
                line: Some(4),
            },
        ],
        certify,
    }
}

/// 5.14: repair the gradient of the generator.
pub(super) fn repair_gradient() -> ChainExercise {
    const REFERENCE: &str = "\
let q(x; theta) be a law
let h(x) be a function
assuming q is regular, q has constant support, h is bounded

d[theta] E[x ~ q(x; theta)] h(x)
  = d[theta] int[x] q(x; theta) * h(x)                         by def E
  = int[x] d[theta] (q(x; theta) * h(x))                       by differentiate under E
  = int[x] q(x; theta) * h(x) * d[theta] log q(x; theta)       by log-derivative
  = E[x ~ q(x; theta)] h(x) * d[theta] log q(x; theta)         by def E
";
    ChainExercise {
        meta: Meta {
            id: "5.14",
            name: "repair_gradient",
            title: "Repair the generator's gradient",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(4, "= int[x] h(x) * d[theta] log q(x; theta)                     by log-derivative")],
        )),
        permitted: &["def E", "differentiate under E", "log-derivative", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "divided-by-the-density",
                misconception: "∂log q = ∂q/q, so ∂q = q·∂log q: the density multiplies, it does not divide",
                text: with_lines(
                    REFERENCE,
                    &[(
                        4,
                        "= int[x] h(x) * (d[theta] log q(x; theta)) / q(x; theta)                 by log-derivative",
                    )],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "as-it-was",
                misconception: "∂q = q·∂log q: the factor q is what makes the integral an expectation again",
                text: with_lines(
                    REFERENCE,
                    &[(4, "= int[x] h(x) * d[theta] log q(x; theta)                     by log-derivative")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "slope-of-the-density",
                misconception: "∂q = q·∂log q, not q·∂q",
                text: with_lines(
                    REFERENCE,
                    &[(4, "= int[x] q(x; theta) * h(x) * d[theta] q(x; theta)           by log-derivative")],
                ),
                line: Some(4),
            },
            WrongChain {
                name: "gradient-of-the-integrand-alone",
                misconception: "h does not depend on θ; it is the law that moves",
                text: "\
let q(x; theta) be a law
let h(x) be a function
assuming q is regular, q has constant support, h is bounded

d[theta] E[x ~ q(x; theta)] h(x)
  = E[x ~ q(x; theta)] d[theta] h(x)                           by differentiate under E
  = E[x ~ q(x; theta)] h(x) * d[theta] log q(x; theta)         by log-derivative
"
                .into(),
                line: Some(2),
            },
        ],
        certify,
    }
}
