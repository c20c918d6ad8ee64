//! The supremum over which class, and critics that leave dom f\*.

use super::two_points::{Two, over_two};
use crate::check::{Broken, Tally, agree, at_least, number};
use crate::for_all::for_all;
use crate::{AnyLaw, Law, oracle, tolerance};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(two_classes().stating(
            r"
\begin{gathered}
P = (.7, .3), \qquad Q = (.4, .6) \\
\sup_{T \text{ any function}} \bigl\{\mathbb{E}_P T - \mathbb{E}_Q e^{T-1}\bigr\} = .7 \log 1.75 - .3 \log 2 = \mathrm{KL}(P \| Q) = .1837\ldots \\
\sup_{T \text{ constant}} \bigl\{\mathbb{E}_P T - \mathbb{E}_Q e^{T-1}\bigr\} = \sup_c \{c - e^{c-1}\} = 0
\end{gathered}",
        )),
        Box::new(outside_the_domain().stating(
            r"
\begin{gathered}
P = (.7, .3), \qquad Q = (.4, .6), \qquad T = (c, 0) \\
\mathbb{E}_P T - \mathbb{E}_Q T = .3\,c \;>\; .3 = \mathrm{TV}(P, Q) \quad (c > 1) \\
\mathbb{E}_P T - \mathbb{E}_Q f^*(T) = -\infty \quad (c > \tfrac12)
\end{gathered}",
        )),
    ]
}

/// The laws of both claims.
const LAWS: Two = (0.7, 0.4);

/// Both suprema as displayed.
#[derive(Clone, Copy)]
struct Classes {
    any: f64,
    constant: f64,
}

fn classes() -> Classes {
    Classes { any: 0.7 * 1.75_f64.ln() - 0.3 * 2.0_f64.ln(), constant: 0.0 }
}

fn two_classes() -> Law<Classes> {
    Law {
        name: "two-classes-of-critics",
        statement: "for KL and P = (.7, .3), Q = (.4, .6) all functions reach KL, constants reach 0: one symbol cannot stand for both",
        members: || vec![("kl".into(), classes())],
        check: |lines| {
            let conjugate = |t: f64| (t - 1.0).exp();
            let mut tally = Tally::default();
            // A number for each point, each searched by itself.
            let any = over_two(LAWS, |p, q| q * oracle::biconjugate(conjugate, p / q, (-4.0, 4.0)).value);
            tally.count(agree("any function", any, lines.any, tolerance::of_terms(&[2.0]))?);
            // One number for both.
            let constant = oracle::biconjugate(conjugate, 1.0, (-4.0, 4.0)).value;
            tally.count(agree("constants", constant, lines.constant, tolerance::of_terms(&[2.0]))?);
            tally.count(at_least("both", "any function does better", lines.any, lines.constant + 0.1, 0.0)?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("one class for both", Classes { constant: classes().any, ..classes() }),
                ("the best constant is T = 0", Classes { constant: -(-1.0_f64).exp(), ..classes() }),
                ("KL(Q‖P)", Classes { any: 0.4 * (4.0_f64 / 7.0).ln() + 0.6 * 2.0_f64.ln(), ..classes() }),
            ]
        },
    }
}

/// The lines as displayed, for c.
#[derive(Clone, Copy)]
struct Outside {
    printed: fn(f64) -> f64,
    divergence: f64,
    honest: fn(f64) -> f64,
}

const OUTSIDE: Outside = Outside { printed: |c| 0.3 * c, divergence: 0.3, honest: |_| f64::NEG_INFINITY };

fn outside_the_domain() -> Law<Outside> {
    Law {
        name: "critic-outside-the-domain",
        statement: "total variation: with f*(t) = t beyond ½ the “bound” exceeds TV, with the true f* it is −∞",
        members: || vec![("total-variation".into(), OUTSIDE)],
        check: |lines| {
            for_all(200, &(1.01..50.0f64), |&c| {
                let at = format!("c = {}", number(c));
                let (p, q) = LAWS;
                // The largest difference over events is TV.
                let tv = [0.0, p - q, q - p].into_iter().fold(0.0, f64::max);
                let near = tolerance::of_terms(&[c, 1.0]);
                let mut worst = agree(at.clone(), tv, lines.divergence, near)?;
                worst = worst.max(agree(at.clone(), p * c - q * c, (lines.printed)(c), near)?);
                if (lines.printed)(c) <= lines.divergence {
                    return Err(Broken::new(at, "more than TV", number((lines.printed)(c))));
                }
                // f* at c by search: it grows with the range, without limit.
                let within = |range| oracle::conjugate(|u| 0.5 * (u - 1.0).abs(), c, (-5.0, range)).value;
                let conjugate = if within(20.0) > 10.0 * within(15.0) { f64::INFINITY } else { within(20.0) };
                Ok(worst.max(agree(at, p * c - q * conjugate, (lines.honest)(c), 0.0)?))
            })
        },
        chaffs: || {
            vec![
                ("E_P T alone", Outside { printed: |c| 0.7 * c, ..OUTSIDE }),
                ("TV without its ½", Outside { divergence: 0.6, ..OUTSIDE }),
                ("f* finite beyond ½", Outside { honest: |c| 0.3 * c, ..OUTSIDE }),
            ]
        },
    }
}
