//! Rules that put in what a name stands for, and identities that follow at once.

use super::super::facts::Facts;
use super::super::rewrite::Rewrite;
use super::super::rule::Rule;
use super::super::{arith, catalogue, definitions, identities, kinks, lemmas, mixture, show, tree};
use crate::context::{Assumption, Comparison};
use crate::term::{Distance, Part, Term};

/// In the order of the reference.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "def KL",
        aliases: &["definition of kl", "kl"],
        statement: &["KL(p(x) || q(x)) = E[x ~ p(x)] log (p(x) / q(x))"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The Kullback-Leibler divergence is the mean log ratio under its first law; it is inf unless p << q.",
        definition: true,
        rewrites: &[def_kl],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def D_f",
        aliases: &["def f-divergence", "def d_f", "def divergence"],
        statement: &["D_f(p(x) || q(x)) = E[x ~ q(x)] f(p(x) / q(x))"],
        conditions: &["p(x) << q(x)"],
        definedness: "each side is defined where the other is",
        explanation: "An f-divergence is the mean of f at the ratio, under the second law; off p << q a singular part f'(inf) P[q = 0] comes on top.",
        definition: true,
        rewrites: &[def_f],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def H",
        aliases: &["def entropy", "def cross-entropy", "def cross entropy"],
        statement: &["H(p(x)) = - E[x ~ p(x)] log p(x)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The entropy is the mean of -log p, the cross-entropy H(p, q) that of -log q under p.",
        definition: true,
        rewrites: &[def_h],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def JS",
        aliases: &["def js", "def jsd"],
        statement: &[
            "JS(p(x) || q(x)) = 1/2 * E[x ~ p(x)] log (p(x) / ((p(x) + q(x)) / 2)) + 1/2 * E[x ~ q(x)] log (q(x) / ((p(x) + q(x)) / 2))",
        ],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The Jensen-Shannon divergence is the mean of the two KL to the mixture m = (p + q)/2.",
        definition: true,
        rewrites: &[def_js],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def chi2",
        aliases: &["def chi-squared", "def pearson"],
        statement: &["chi2(p(x) || q(x)) = E[x ~ q(x)] (p(x) / q(x) - 1)^2"],
        conditions: &["p(x) << q(x)"],
        definedness: "each side is defined where the other is",
        explanation: "Pearson's divergence is the mean squared distance of the ratio from 1; inf off p << q.",
        definition: true,
        rewrites: &[def_chi2],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "chi2 moment",
        aliases: &["chi-squared moment", "second moment"],
        statement: &["chi2(p(x) || q(x)) = E[x ~ q(x)] (p(x) / q(x))^2 - 1"],
        conditions: &["p(x) << q(x)"],
        definedness: "each side is defined where the other is",
        explanation: "The mean of the ratio is 1, so its variance is its mean square minus 1.",
        definition: false,
        rewrites: &[identities::chi2_moment],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "cross-entropy",
        aliases: &["cross entropy", "cross-entropy decomposition"],
        statement: &["H(p(x), q(x)) = H(p(x)) + KL(p(x) || q(x))"],
        conditions: &["H(p(x)) is finite, as on a finite space"],
        definedness: "each side is defined where the other is",
        explanation: "Coding p with the code for q costs the entropy of p and their divergence on top.",
        definition: false,
        rewrites: &[identities::cross_entropy],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def TV",
        aliases: &["def total variation"],
        statement: &["TV(p(x) || q(x)) = 1/2 * int[x] |p(x) - q(x)|"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "Total variation is half the integral of the distance of the densities.",
        definition: true,
        rewrites: &[def_tv],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def H2",
        aliases: &["def hellinger"],
        statement: &["H2(p(x) || q(x)) = 1/2 * int[x] (p(x)^(1/2) - q(x)^(1/2))^2"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The squared Hellinger distance is half the squared distance of the roots.",
        definition: true,
        rewrites: &[def_h2],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def f",
        aliases: &["def generator"],
        statement: &[],
        conditions: &["the argument is positive"],
        definedness: "same where the argument is positive",
        explanation: "A generator that was declared by a formula is that formula, on positive numbers.",
        definition: true,
        rewrites: &[def_generator],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def f*",
        aliases: &["def conjugate", "def f**", "def biconjugate"],
        statement: &["f*(t) = sup[u in [0, inf)] { t * u - f(u) }"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The conjugate is the supremum of t u - f(u) over u >= 0; the biconjugate that of t u - f*(t).",
        definition: true,
        rewrites: &[def_conjugate],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "def m",
        aliases: &["def t", "def law", "def function", "def declared", "unfold"],
        statement: &[],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "A declared law, function or generator is its formula; a mean under a mixture is the mixture of the means.",
        definition: true,
        rewrites: &[def_declared, def_generator, mixture::means],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "normalised",
        aliases: &["normalized", "f(1) = 0"],
        statement: &[],
        conditions: &["f is normalised"],
        definedness: "each side is defined where the other is",
        explanation: "A normalised generator vanishes at 1, so that no law diverges from itself.",
        definition: false,
        rewrites: &[normalised],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "assumption",
        aliases: &["substitute assumption", "by assumption", "assumed", "hypothesis"],
        statement: &[],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "An equation or inequality that the text assumes.",
        definition: false,
        rewrites: &[by_assumption],
        witnessed: None,
        lemma: Some(lemmas::assumption),
    },
];

/// A distance by its definition, if it is one of the wanted kind.
fn unfold(facts: &Facts, term: &Term, wanted: fn(&Distance) -> bool) -> Vec<Rewrite> {
    if !matches!(term, Term::Distance { kind, .. } if wanted(kind)) {
        return vec![];
    }
    let Some((to, needs)) = definitions::unfold_distance(term) else { return vec![] };
    let rewrite = Rewrite::same(to);
    vec![match needs {
        Some((p, q)) => rewrite.needs_text(facts, &show::dominated(&p, &q), |f| f.dominated(&p, &q)),
        None => rewrite,
    }]
}

fn def_kl(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = unfold(facts, term, |k| *k == Distance::Kl);
    found.extend(by_name(facts, term, |k| *k == Distance::Kl));
    found
}

/// D_f for a row of the catalogue under its own name, if that is one of the wanted kind.
fn by_name(facts: &Facts, term: &Term, wanted: fn(&Distance) -> bool) -> Vec<Rewrite> {
    let Term::Distance { kind: Distance::F(f), p, q } = term else { return vec![] };
    let named = catalogue::named(facts, f, p, q);
    let is_wanted = |t: &Term| match t {
        Term::Distance { kind, .. } => wanted(kind),
        other => {
            tree::children(other).iter().any(|t| matches!(t, Term::Distance { kind, .. } if wanted(kind)))
        }
    };
    named.filter(is_wanted).map(Rewrite::same).into_iter().collect()
}

fn normalised(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Generator { name, part: Part::Value, argument } if **argument == arith::number(1) => {
            let text = format!("{name} is normalised");
            vec![Rewrite::same(arith::number(0)).needs_text(facts, &text, |f| f.normalised(name))]
        }
        _ => vec![],
    }
}

fn def_f(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    unfold(facts, term, |k| matches!(k, Distance::F(_)))
}

fn def_chi2(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = unfold(facts, term, |k| *k == Distance::Chi2);
    found.extend(by_name(facts, term, |k| *k == Distance::Chi2));
    found
}

fn def_tv(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = unfold(facts, term, |k| *k == Distance::Tv);
    found.extend(by_name(facts, term, |k| *k == Distance::Tv));
    found
}

fn def_h2(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = unfold(facts, term, |k| *k == Distance::Hellinger2);
    found.extend(by_name(facts, term, |k| *k == Distance::Hellinger2));
    found
}

fn def_js(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = unfold(facts, term, |k| *k == Distance::Js);
    found.extend(by_name(facts, term, |k| *k == Distance::Js));
    found.extend(definitions::through_mixture(facts, term).into_iter().map(Rewrite::same));
    found
}

fn def_h(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Entropy(_) => Rewrite::stands_for(definitions::unfold_distance(term).map(|(to, _)| to)),
        _ => unfold(facts, term, |k| *k == Distance::CrossEntropy),
    }
}

fn def_generator(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Generator { name, part: Part::Value, argument } = term else { return vec![] };
    let to = definitions::unfold_generator(facts, name, argument);
    let limit = kinks::ends_as_limits(facts, name);
    to.into_iter()
        .map(|to| {
            let at_zero = to.clone();
            Rewrite::same(to)
                .needs_both(facts, "positive", argument, |f| {
                    f.finite(argument) && (f.positive(argument) || limit && f.nonnegative(argument))
                })
                .needs_forward(facts, "defined", &at_zero, |f| f.positive(argument) || f.defined(&at_zero))
        })
        .collect()
}

fn def_conjugate(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let unfolded = definitions::unfold_conjugate(term);
    let mut closed_form = vec![];
    if let Term::Generator { name, part: Part::Conjugate, argument } = term {
        for (closed, range) in catalogue::conjugates_at(facts, name, argument) {
            let needs = format!("{} in {}", show::term(facts.names, argument), show::range(&range));
            closed_form
                .push(Rewrite::same(closed).needs_text(facts, &needs, |f| f.lies_in(argument, &range)));
        }
    }
    let by_formula = unfolded.iter().filter_map(|t| definitions::formula_inside(facts, t));
    let suprema = by_formula.collect::<Vec<_>>().into_iter().chain(unfolded).map(Rewrite::same);
    closed_form.into_iter().chain(suprema).collect()
}

fn def_declared(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Density(at) => {
            Rewrite::stands_for(facts.law(&at.law).and_then(|law| definitions::unfold_law(law, at)))
        }
        Term::Function { .. } => Rewrite::stands_for(definitions::unfold_function(facts, term)),
        _ => vec![],
    }
}

fn by_assumption(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let canonical = |t: &Term| facts.names.canonical(t);
    facts
        .context
        .assumptions
        .iter()
        .filter_map(|assumption| match assumption {
            Assumption::Compares(a, Comparison::Equal, b) => {
                let to = if canonical(a) == *term { b } else { (canonical(b) == *term).then_some(a)? };
                let text = show::assumption(assumption);
                Some(Rewrite::same(canonical(to)).needs_text(facts, &text, |f| f.note(text.clone())))
            }
            _ => None,
        })
        .collect()
}
