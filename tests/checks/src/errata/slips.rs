//! Two formulas of the notes' list of screenshots, with and without what they lack.

use super::two_points::{Two, over_two};
use crate::check::{Tally, agree, at_least};
use crate::{AnyLaw, Law, oracle, tolerance};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(screenshots().stating(
        r"
\begin{gathered}
f(u) = u \log u: \qquad \sup_u \{\, 1 \cdot u - f(u) \,\} = 1 = f^*(1), \qquad\text{not}\quad f(1) = 0 \\
P = (.7, .3),\; Q = (.4, .6): \qquad q\, f\Bigl(\frac{p}{q}\Bigr) = (.7 \log 1.75,\ -.3 \log 2) \\
   = (.3917\ldots,\ -.2079\ldots), \qquad \sum q\, f\Bigl(\frac{p}{q}\Bigr) = .1837\ldots
\end{gathered}",
    ))]
}

/// The numbers as displayed.
#[derive(Clone, Copy)]
struct Screenshots {
    supremum: f64,
    generator: f64,
    terms: (f64, f64),
    sum: f64,
}

fn displayed() -> Screenshots {
    let terms = (0.7 * 1.75_f64.ln(), -0.3 * 2.0_f64.ln());
    Screenshots { supremum: 1.0, generator: 0.0, terms, sum: terms.0 + terms.1 }
}

fn screenshots() -> Law<Screenshots> {
    const LAWS: Two = (0.7, 0.4);
    Law {
        name: "screenshots-mended",
        statement: "the supremum is f*, not f; q·f(p/q) is a number for each x, its sum is the divergence",
        members: || vec![("kl".into(), displayed())],
        check: |lines| {
            let f = |u: f64| if u == 0.0 { 0.0 } else { u * u.ln() };
            let near = tolerance::of_terms(&[1.0, 1.0]);
            let mut tally = Tally::default();
            let sup = oracle::conjugate(f, 1.0, (-20.0, 20.0)).value;
            tally.count(agree("sup of u − f(u)", sup, lines.supremum, near)?);
            tally.count(agree("f(1)", f(1.0), lines.generator, 0.0)?);
            let apart = (lines.supremum - lines.generator).abs();
            tally.count(at_least("f* and f", "they differ", apart, 0.5, 0.0)?);
            let (p, q) = LAWS;
            tally.count(agree("the first point", q * f(p / q), lines.terms.0, near)?);
            tally.count(agree(
                "the second point",
                (1.0 - q) * f((1.0 - p) / (1.0 - q)),
                lines.terms.1,
                near,
            )?);
            // By the terms of KL that are never negative: p log(p/q) − p + q.
            let centred = over_two(LAWS, |p, q| p * (p / q).ln() - p + q);
            tally.count(agree("the sum", centred, lines.sum, near)?);
            tally.count(at_least(
                "the terms",
                "no term is the sum",
                (lines.terms.0 - lines.sum).abs(),
                0.1,
                0.0,
            )?);
            // As the page rounds them down.
            for (name, shown, value) in [
                ("first", 0.3917, lines.terms.0),
                ("second", 0.2079, -lines.terms.1),
                ("sum", 0.1837, lines.sum),
            ] {
                tally.count(at_least(name, "the digits shown", value, shown, 0.0)?);
                tally.count(at_least(name, "the digits shown", shown + 1e-4, value, 0.0)?);
            }
            Ok(tally)
        },
        chaffs: || {
            let good = displayed();
            vec![
                ("the star is a decoration: f*(1) = f(1)", Screenshots { supremum: 0.0, ..good }),
                ("the sum is the first term", Screenshots { sum: good.terms.0, ..good }),
                ("p·log(q/p)", Screenshots { terms: (-good.terms.0, -good.terms.1), sum: -good.sum, ..good }),
            ]
        },
    }
}
