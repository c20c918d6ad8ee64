//! Exercises 8.1 to 8.4: the evidence lower bound as derivations.

use crate::chains::{ChainExercise, WrongChain, with_lines};
use crate::{Kind, Meta};
use derivation::certificate::certify;

/// 8.1: the ELBO from its gap.
pub(super) fn elbo_from_its_gap() -> ChainExercise {
    const REFERENCE: &str = "\
assuming KL(q(z|x) || p(z|x)) < inf, p(x) > 0

KL(q(z|x) || p(z|x))
  = E[z ~ q(z|x)] log (q(z|x) / p(z|x))                        by def KL
  = E[z ~ q(z|x)] log (p(x) * q(z|x) / p(x,z))                 by bayes
  = E[z ~ q(z|x)] (log p(x) - log (p(x,z) / q(z|x)))           by log-ratio
  = log p(x) - E[z ~ q(z|x)] log (p(x,z) / q(z|x))             by constant, linearity
";
    ChainExercise {
        meta: Meta {
            id: "8.1",
            name: "elbo_from_its_gap",
            title: "The ELBO from its gap",
            kind: Kind::Derive,
            points: 4,
            minutes: 15,
        },
        reference: REFERENCE,
        broken: None,
        permitted: &[
            "def KL",
            "bayes",
            "chain",
            "log-ratio",
            "log-mul",
            "log-inverse",
            "constant",
            "linearity",
            "algebra",
        ],
        chaffs: vec![
            WrongChain {
                name: "bayes-without-the-marginal",
                misconception: "p(z|x) = p(x,z)/p(x): the joint alone is not the posterior",
                text: "\
assuming KL(q(z|x) || p(z|x)) < inf, p(x) > 0

KL(q(z|x) || p(z|x))
  = E[z ~ q(z|x)] log (q(z|x) / p(z|x))                        by def KL
  = E[z ~ q(z|x)] log (q(z|x) / p(x,z))                        by bayes
  = log p(x) - E[z ~ q(z|x)] log (p(x,z) / q(z|x))             by log-ratio
"
                .into(),
                line: Some(3),
            },
            WrongChain {
                name: "expectation-under-the-posterior",
                misconception: "KL(q ‖ p) averages under its first law, q",
                text: "\
assuming KL(q(z|x) || p(z|x)) < inf, p(x) > 0

KL(q(z|x) || p(z|x))
  = E[z ~ p(z|x)] log (q(z|x) / p(z|x))                        by def KL
  = log p(x) - E[z ~ q(z|x)] log (p(x,z) / q(z|x))             by bayes, log-ratio
"
                .into(),
                line: Some(2),
            },
            WrongChain {
                name: "sign-of-the-logarithm",
                misconception: "log(q/p(x,z)) is minus log(p(x,z)/q)",
                text: with_lines(
                    REFERENCE,
                    &[(4, "= E[z ~ q(z|x)] (log p(x) + log (p(x,z) / q(z|x)))           by log-ratio")],
                ),
                line: Some(4),
            },
        ],
        certify,
    }
}

/// 8.2: a marginal is never further away.
pub(super) fn marginals_are_closer() -> ChainExercise {
    ChainExercise {
        meta: Meta {
            id: "8.2",
            name: "marginals_are_closer",
            title: "Marginals are closer",
            kind: Kind::Derive,
            points: 4,
            minutes: 20,
        },
        reference: "\
KL(p(x,z) || q(x,z))
  =  E[x, z ~ p(x,z)] log (p(x,z) / q(x,z))                                         by def KL
  =  E[x ~ p(x)] E[z ~ p(z|x)] log (p(x,z) / q(x,z))                                by tower
  =  E[x ~ p(x)] E[z ~ p(z|x)] log ((p(x) / q(x)) * (p(z|x) / q(z|x)))              by chain
  =  E[x ~ p(x)] E[z ~ p(z|x)] (log (p(x) / q(x)) + log (p(z|x) / q(z|x)))          by log-mul
  =  E[x ~ p(x)] (log (p(x) / q(x)) + KL(p(z|x) || q(z|x)))                         by linearity, constant, def KL
  =  KL(p(x) || q(x)) + E[x ~ p(x)] KL(p(z|x) || q(z|x))                            by linearity, def KL
  >= KL(p(x) || q(x))                                                               by KL >= 0
",
        broken: None,
        permitted: &["def KL", "tower", "chain", "log-mul", "linearity", "constant", "KL >= 0"],
        chaffs: vec![
            WrongChain {
                name: "expectation-forgotten",
                misconception: "the conditional KL depends on x: it stands under E over x ~ p",
                text: "\
KL(p(x,z) || q(x,z))
  =  E[x, z ~ p(x,z)] log (p(x,z) / q(x,z))                                         by def KL
  =  E[x ~ p(x)] E[z ~ p(z|x)] log (p(z|x) / q(z|x))                                by tower, chain
  >= KL(p(x) || q(x))                                                               by KL >= 0
".into(),
                line: Some(3),
            },
            WrongChain {
                name: "reversed",
                misconception: "information is lost in a marginal: the joint is further apart, not closer",
                text: "\
KL(p(x,z) || q(x,z))
  <= KL(p(x) || q(x))                                                               by KL >= 0
".into(),
                line: Some(2),
            },
            WrongChain {
                name: "conditionals-for-joint",
                misconception: "log of a product is a sum; a product of logarithms is something else",
                text: "\
KL(p(x,z) || q(x,z))
  =  E[x, z ~ p(x,z)] log (p(x,z) / q(x,z))                                         by def KL
  =  E[x ~ p(x)] E[z ~ p(z|x)] log (p(x,z) / q(x,z))                                by tower
  =  E[x ~ p(x)] E[z ~ p(z|x)] (log (p(x) / q(x)) * log (p(z|x) / q(z|x)))          by chain, log-mul
  >= KL(p(x) || q(x))                                                               by KL >= 0
".into(),
                line: Some(4),
            },
        ],
        certify,
    }
}

/// 8.3: repair the chain rule of KL.
pub(super) fn repair_chain_rule() -> ChainExercise {
    const REFERENCE: &str = "\
KL(p(x,z) || q(x,z))
  =  E[x, z ~ p(x,z)] log (p(x,z) / q(x,z))                                         by def KL
  =  E[x ~ p(x)] E[z ~ p(z|x)] log (p(x,z) / q(x,z))                                by tower
  =  E[x ~ p(x)] E[z ~ p(z|x)] log ((p(x) / q(x)) * (p(z|x) / q(z|x)))              by chain
  =  E[x ~ p(x)] E[z ~ p(z|x)] (log (p(x) / q(x)) + log (p(z|x) / q(z|x)))          by log-mul
  =  E[x ~ p(x)] (log (p(x) / q(x)) + KL(p(z|x) || q(z|x)))                         by linearity, constant, def KL
  =  KL(p(x) || q(x)) + E[x ~ p(x)] KL(p(z|x) || q(z|x))                            by linearity, def KL
";
    ChainExercise {
        meta: Meta {
            id: "8.3",
            name: "repair_chain_rule",
            title: "Repair the chain rule",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(
                6,
                "=  E[x ~ q(x)] (log (p(x) / q(x)) + KL(p(z|x) || q(z|x)))                         by linearity, constant, def KL",
            )],
        )),
        permitted: &["def KL", "tower", "chain", "log-mul", "linearity", "constant"],
        chaffs: vec![
            WrongChain {
                name: "inner-law-changed",
                misconception: "both expectations are under p: the first law of a KL averages",
                text: with_lines(
                    REFERENCE,
                    &[(
                        5,
                        "=  E[x ~ p(x)] E[z ~ q(z|x)] (log (p(x) / q(x)) + log (p(z|x) / q(z|x)))          by log-mul",
                    )],
                ),
                line: Some(5),
            },
            WrongChain {
                name: "sum-instead-of-expectation",
                misconception: "KL(p(z|x) ‖ q(z|x)) is a number for each x; the outer expectation is missing",
                text: with_lines(
                    REFERENCE,
                    &[(
                        7,
                        "=  KL(p(x) || q(x)) + int[x] KL(p(z|x) || q(z|x))                            by linearity, def KL",
                    )],
                ),
                line: Some(7),
            },
            WrongChain {
                name: "marginal-for-conditional",
                misconception: "the second part compares kernels p(z|x), not marginals p(z)",
                text: with_lines(
                    REFERENCE,
                    &[(
                        5,
                        "=  E[x ~ p(x)] E[z ~ p(z|x)] (log (p(x) / q(x)) + log (p(z) / q(z)))          by log-mul",
                    )],
                ),
                line: Some(5),
            },
        ],
        certify,
    }
}

/// 8.4: repair the ELBO by Jensen.
pub(super) fn repair_elbo_by_jensen() -> ChainExercise {
    const REFERENCE: &str = "\
assuming p(z|x) << q(z|x)

log p(x)
  =  log int[z] p(x,z)                                        by marginal
  =  log E[z ~ q(z|x)] (p(x,z) / q(z|x))                      by importance
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x))                      by Jensen
";
    ChainExercise {
        meta: Meta {
            id: "8.4",
            name: "repair_elbo_by_jensen",
            title: "Repair the ELBO by Jensen",
            kind: Kind::Repair,
            points: 2,
            minutes: 10,
        },
        reference: REFERENCE,
        broken: Some(with_lines(
            REFERENCE,
            &[(3, "=  log E[z ~ q(z|x)] (q(z|x) / p(x,z))                      by importance")],
        )),
        permitted: &["marginal", "importance", "Jensen", "log-inverse", "algebra"],
        chaffs: vec![
            WrongChain {
                name: "weight-forgotten",
                misconception: "∫ h = E_q[h/q]: without the weight it is another integral",
                text: with_lines(
                    REFERENCE,
                    &[(3, "=  log E[z ~ q(z|x)] p(x,z)                                 by importance")],
                ),
                line: Some(3),
            },
            WrongChain {
                name: "likelihood-for-joint",
                misconception: "the integrand is the joint; p(x|z) alone forgets the prior",
                text: with_lines(
                    REFERENCE,
                    &[(2, "=  log int[z] p(x|z)                                        by marginal")],
                ),
                line: Some(2),
            },
            WrongChain {
                name: "jensen-as-equality",
                misconception: "the direction is given: Jensen loses something unless the weight is constant",
                text: with_lines(
                    REFERENCE,
                    &[(4, "=  E[z ~ q(z|x)] log (p(x,z) / q(z|x))                      by Jensen")],
                ),
                line: Some(4),
            },
        ],
        certify,
    }
}
