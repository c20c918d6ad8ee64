//! Known false rules: the mistakes that a wrong line is compared with. None is ever used
//! in a proof.

use super::facts::Facts;
use super::{arith, change};
use crate::term::{Distance, Extremum, LawAt, Over, Part, Term, Variable};

/// A false rule.
pub struct FalseRule {
    /// Its name.
    pub name: &'static str,
    /// An instance, in the derivation language.
    pub statement: &'static str,
    /// What the statement declares or assumes.
    pub context: &'static str,
    /// Why it is false.
    pub explanation: &'static str,
    /// The true rules that it is taken for.
    pub confused_with: &'static [&'static str],
    pub(super) apply: fn(&Facts, &Term) -> Vec<Term>,
}

fn expectation(law: &LawAt, body: Term) -> Term {
    Term::Expectation { law: law.clone(), body: Box::new(body) }
}

fn mean_of_product(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Expectation { law, body } = term else { return vec![] };
    match &**body {
        Term::Product(list) => {
            vec![arith::product(list.iter().map(|t| expectation(law, t.clone())).collect())]
        }
        _ => vec![],
    }
}

fn mean_of_ratio(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Expectation { law, body } = term else { return vec![] };
    let Term::Quotient(a, b) = &**body else { return vec![] };
    let one = arith::number(1);
    let above = if **a == one { one } else { expectation(law, (**a).clone()) };
    vec![arith::quotient(above, expectation(law, (**b).clone()))]
}

fn mean_inside(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Expectation { law, body } = term else { return vec![] };
    let mean = |a: &Term| Box::new(expectation(law, a.clone()));
    match &**body {
        Term::Log(a) => vec![Term::Log(mean(a))],
        Term::Exp(a) => vec![Term::Exp(mean(a))],
        Term::Power(a, n) => vec![Term::Power(mean(a), n.clone())],
        Term::Generator { name, part, argument } => {
            vec![Term::Generator { name: name.clone(), part: *part, argument: mean(argument) }]
        }
        _ => vec![],
    }
}

/// The head of a term passed through a sum to each summand.
fn each_summand(head: impl Fn(Term) -> Term, inside: &Term) -> Vec<Term> {
    match inside {
        Term::Sum(list) => vec![arith::sum(list.iter().cloned().map(head).collect())],
        _ => vec![],
    }
}

fn log_of_sum(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Log(a) = term else { return vec![] };
    each_summand(|t| Term::Log(Box::new(t)), a)
}

fn exp_of_sum(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Exp(a) = term else { return vec![] };
    each_summand(|t| Term::Exp(Box::new(t)), a)
}

fn power_of_sum(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Power(a, n) = term else { return vec![] };
    each_summand(|t| Term::Power(Box::new(t), n.clone()), a)
}

fn log_of_product(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Log(a) = term else { return vec![] };
    match &**a {
        Term::Product(list) => {
            vec![arith::product(list.iter().map(|t| Term::Log(Box::new(t.clone()))).collect())]
        }
        Term::Quotient(a, b) => vec![arith::quotient(Term::Log(a.clone()), Term::Log(b.clone()))],
        _ => vec![],
    }
}

fn swapped(term: &Term, wanted: fn(&Distance) -> bool) -> Vec<Term> {
    match term {
        Term::Distance { kind, p, q } if wanted(kind) => {
            vec![Term::Distance { kind: kind.clone(), p: q.clone(), q: p.clone() }]
        }
        _ => vec![],
    }
}

fn kl_swapped(_: &Facts, term: &Term) -> Vec<Term> {
    swapped(term, |k| *k == Distance::Kl)
}

fn divergence_swapped(_: &Facts, term: &Term) -> Vec<Term> {
    swapped(term, |k| matches!(k, Distance::F(_) | Distance::Chi2 | Distance::CrossEntropy))
}

fn sign_of_divergence(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        Term::Distance { .. } | Term::Entropy(_) => vec![arith::negative(term.clone())],
        _ => vec![],
    }
}

fn wrong_law(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Distance { kind: Distance::Kl, p, q } = term else { return vec![] };
    let log = Term::Log(Box::new(arith::quotient(Term::Density(p.clone()), Term::Density(q.clone()))));
    vec![expectation(q, log)]
}

fn sup_outside(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Expectation { law, body } = term else { return vec![] };
    match &**body {
        Term::Extremum { kind, over: over @ Over::Number { .. }, body } => {
            let body = Box::new(expectation(law, (**body).clone()));
            vec![Term::Extremum { kind: *kind, over: over.clone(), body }]
        }
        _ => vec![],
    }
}

fn sup_as_max(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Extremum { kind, over, body } = term else { return vec![] };
    let kind = match kind {
        Extremum::Sup => Extremum::Max,
        Extremum::Inf => Extremum::Min,
        Extremum::Max | Extremum::Min => return vec![],
    };
    vec![Term::Extremum { kind, over: over.clone(), body: body.clone() }]
}

fn marginal_missing(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Density(law) = term else { return vec![] };
    let kernels = (0..law.of.len()).filter(|_| law.of.len() > 1).map(|i| {
        let mut kernel = law.clone();
        let moved = kernel.of.remove(i);
        kernel.given.push(moved);
        Term::Density(kernel)
    });
    let joint =
        LawAt { of: law.of.iter().chain(&law.given).cloned().collect(), given: vec![], ..law.clone() };
    let joint = (!law.given.is_empty()).then_some(Term::Density(joint));
    kernels.chain(joint).collect()
}

fn condition_dropped(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        Term::Density(law) if !law.given.is_empty() => {
            vec![Term::Density(LawAt { given: vec![], ..law.clone() })]
        }
        _ => vec![],
    }
}

fn another_law(facts: &Facts, term: &Term) -> Vec<Term> {
    let Term::Expectation { law, body } = term else { return vec![] };
    let spaces = |list: &[Variable]| list.iter().map(|v| v.space.clone()).collect::<Vec<_>>();
    let fits = |other: &&crate::context::Law| {
        other.name != law.law
            && other.parameters.is_empty()
            && spaces(&law.of).iter().chain(&spaces(&law.given)).all(|s| other.of.contains(s))
    };
    let under = |other: &crate::context::Law| {
        expectation(&LawAt { law: other.name.clone(), parameters: vec![], ..law.clone() }, (**body).clone())
    };
    facts.context.laws.iter().filter(fits).map(under).collect()
}

fn marginals_alone(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Distance { kind: Distance::Kl, p, q } = term else { return vec![] };
    if p.of.len() < 2 {
        return vec![];
    }
    let alone = |l: &LawAt, v: &Variable| LawAt { of: vec![v.clone()], ..l.clone() };
    let each = p.of.iter().zip(&q.of);
    let kl = each.map(|(v, w)| Term::Distance { kind: Distance::Kl, p: alone(p, v), q: alone(q, w) });
    vec![arith::sum(kl.collect())]
}

fn condition_turned(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        Term::Density(law) if !law.given.is_empty() => {
            vec![Term::Density(LawAt { of: law.given.clone(), given: law.of.clone(), ..law.clone() })]
        }
        _ => vec![],
    }
}

fn another_part(term: &Term, from: Part, to: Part) -> Vec<Term> {
    match term {
        Term::Generator { name, part, argument } if *part == from => {
            vec![Term::Generator { name: name.clone(), part: to, argument: argument.clone() }]
        }
        _ => vec![],
    }
}

fn f_for_conjugate(_: &Facts, term: &Term) -> Vec<Term> {
    another_part(term, Part::Conjugate, Part::Value)
}

fn not_closed(_: &Facts, term: &Term) -> Vec<Term> {
    another_part(term, Part::Value, Part::Biconjugate)
}

fn conjugate_sign(_: &Facts, term: &Term) -> Vec<Term> {
    let unfolded = super::definitions::unfold_conjugate(term);
    let flip = |t: &Term| match t {
        Term::Extremum { kind, over, body } => match &**body {
            Term::Sum(list) => {
                let (last, rest) = list.split_last()?;
                let mut list = rest.to_vec();
                list.push(arith::negative(last.clone()));
                Some(Term::Extremum { kind: *kind, over: over.clone(), body: Box::new(Term::Sum(list)) })
            }
            _ => None,
        },
        _ => None,
    };
    unfolded.iter().filter_map(flip).collect()
}

fn upside_down(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        Term::Quotient(a, b) => vec![arith::quotient((**b).clone(), (**a).clone())],
        _ => vec![],
    }
}

fn expectation_dropped(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        // The point is then free.
        Term::Expectation { law, body } => {
            let freed = law
                .of
                .iter()
                .map(|v| (v.clone(), Variable { name: v.space.clone(), binder: 0, ..v.clone() }));
            vec![super::rename::points(body, &freed.collect())]
        }
        _ => vec![],
    }
}

fn normaliser_dropped(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        Term::Quotient(a, b)
            if matches!(**b, Term::Expectation { .. } | Term::Integral { .. } | Term::Density(_)) =>
        {
            vec![(**a).clone()]
        }
        _ => vec![],
    }
}

fn support_forgotten(facts: &Facts, term: &Term) -> Vec<Term> {
    change::importance(facts, term).into_iter().filter(|r| r.missing().is_some()).map(|r| r.to).collect()
}

fn score_forgotten(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Gradient { parameter, body } = term else { return vec![] };
    match &**body {
        Term::Expectation { law, body } => {
            vec![expectation(law, Term::Gradient { parameter: parameter.clone(), body: body.clone() })]
        }
        _ => vec![],
    }
}

fn mixture_forgotten(_: &Facts, term: &Term) -> Vec<Term> {
    let Term::Distance { kind: Distance::Js, p, q } = term else { return vec![] };
    let kl = |p: &LawAt, q: &LawAt| Term::Distance { kind: Distance::Kl, p: p.clone(), q: q.clone() };
    vec![arith::quotient(Term::Sum(vec![kl(p, q), kl(q, p)]), arith::number(2))]
}

fn zero_times(_: &Facts, term: &Term) -> Vec<Term> {
    let zero = arith::number(0);
    if arith::factors(term).contains(&zero) && *term != zero { vec![zero] } else { vec![] }
}

fn cancelled(_: &Facts, term: &Term) -> Vec<Term> {
    match term {
        Term::Quotient(a, b) if a == b => vec![arith::number(1)],
        _ => vec![],
    }
}

const fn rule(
    name: &'static str,
    statement: &'static str,
    explanation: &'static str,
    confused_with: &'static [&'static str],
    apply: fn(&Facts, &Term) -> Vec<Term>,
) -> FalseRule {
    FalseRule { name, statement, context: "", explanation, confused_with, apply }
}

/// All of them, the most telling first.
#[rustfmt::skip]
pub(super) static FALSE_RULES: &[FalseRule] = &[
    rule("KL swapped", "KL(p(x) || q(x)) = KL(q(x) || p(x))", "KL is not symmetric.", &["def KL", "KL >= 0"], kl_swapped),
    rule("D_f arguments swapped", "D_f(p(x) || q(x)) = D_f(q(x) || p(x))", "A divergence depends on the order of its laws.", &["def D_f", "def chi2", "def H", "cross-entropy"], divergence_swapped),
    rule("sign of a divergence", "KL(p(x) || q(x)) = -KL(p(x) || q(x))", "A minus was lost or won.", &["def KL", "def H", "KL >= 0", "D_f >= 0"], sign_of_divergence),
    rule("KL under the wrong law", "KL(p(x) || q(x)) = E[x ~ q(x)] log (p(x) / q(x))", "The mean is taken under the first law.", &["def KL"], wrong_law),
    rule("E and a curved function exchanged", "E[x ~ p(x)] log q(x) = log E[x ~ p(x)] q(x)", "Jensen gives an inequality only, and one way.", &["Jensen", "linearity"], mean_inside),
    rule("E[a b] = E[a] E[b]", "E[x ~ p(x)] { T(x) * q(x) } = (E[x ~ p(x)] T(x)) * (E[x ~ p(x)] q(x))", "Only for what is uncorrelated.", &["linearity", "constant"], mean_of_product),
    rule("E[a / b] = E[a] / E[b]", "E[x ~ p(x)] (1 / q(x)) = 1 / (E[x ~ p(x)] q(x))", "The mean of an inverse is no inverse of the mean.", &["linearity"], mean_of_ratio),
    rule("log (a + b) = log a + log b", "log (p(x) + q(x)) = log p(x) + log q(x)", "The logarithm turns products into sums.", &["log-ratio"], log_of_sum),
    rule("log (a b) = log a log b", "log (p(x) * q(x)) = (log p(x)) * (log q(x))", "The logarithm turns products into sums, ratios into differences.", &["log-ratio"], log_of_product),
    rule("exp (a + b) = exp a + exp b", "exp (a + b) = exp a + exp b", "The exponential turns sums into products.", &["exp-add"], exp_of_sum),
    rule("(a + b)^2 = a^2 + b^2", "(a + b)^2 = a^2 + b^2", "The mixed term is missing.", &["algebra"], power_of_sum),
    rule("E sup = sup E over numbers", "E[x ~ q(x)] sup[t in R] { t * T(x) } = sup[t in R] E[x ~ q(x)] { t * T(x) }", "One number for all points does worse than one for each.", &["interchange", "sup-exchange"], sup_outside),
    rule("supremum called a maximum", "sup[t in (0, 1)] t = max[t in (0, 1)] t", "A supremum need not be attained.", &["stationary", "instance", "Fenchel-Moreau"], sup_as_max),
    rule("Bayes without the marginal", "p(x, z) = p(z | x)", "Joint and conditional differ by the marginal.", &["bayes", "chain"], marginal_missing),
    FalseRule { context: "let p(x, z) be a law", ..rule("condition dropped", "p(z | x) = p(z)", "A conditional depends on its condition.", &["chain", "marginal", "tower"], condition_dropped) },
    rule("conditional turned round", "p(z | x) = p(x | z)", "Turning a conditional round takes Bayes' rule.", &["bayes"], condition_turned),
    rule("f for f*", "f*(t) = f(t)", "The conjugate is another function.", &["def f*", "Fenchel-Young"], f_for_conjugate),
    rule("f** = f without closedness", "f(u) = f**(u)", "At 0 a convex f may lie above its closure.", &["Fenchel-Moreau", "f** <= f"], not_closed),
    rule("sign in the conjugate", "f*(t) = sup[u in [0, inf)] { t * u + f(u) }", "The conjugate subtracts f.", &["def f*"], conjugate_sign),
    rule("mean under another law", "E[x ~ p(x)] T(x) = E[x ~ q(x)] T(x)", "The same function has another mean under another law.", &["def KL", "tower", "linearity", "importance", "def E"], another_law),
    rule("KL of the marginals alone", "KL(p(x, z) || q(x, z)) = KL(p(x) || q(x)) + KL(p(z) || q(z))", "The second part is that of the conditionals, and a mean over the condition.", &["chain", "tower", "def KL"], marginals_alone),
    rule("importance weight inverted", "p(x) / q(x) = q(x) / p(x)", "A ratio is upside down.", &["importance"], upside_down),
    rule("expectation dropped", "E[x ~ p(x)] T(x) = T(x)", "An expectation is missing around what depends on its point.", &["constant", "def E"], expectation_dropped),
    rule("normaliser dropped", "p(x, z) / p(x) = p(x, z)", "What was divided by is gone.", &["bayes", "marginal"], normaliser_dropped),
    rule("p << q forgotten", "E[x ~ q(x)] { p(x) / q(x) * T(x) } = E[x ~ p(x)] T(x)", "What p charges outside the support of q is lost.", &["importance", "def D_f"], support_forgotten),
    rule("gradient without the score", "d[theta] E[z ~ q(z; theta)] h(z) = E[z ~ q(z; theta)] d[theta] h(z)", "The law depends on the parameter too.", &["differentiate under E", "log-derivative", "reparameterize"], score_forgotten),
    rule("JS without the mixture", "JS(p(x) || q(x)) = (KL(p(x) || q(x)) + KL(q(x) || p(x))) / 2", "JS measures against the mixture; this is half of Jeffreys.", &["def JS"], mixture_forgotten),
    rule("0 x = 0", "0 * log p(x) = 0", "0 times an infinite value is undefined.", &["algebra"], zero_times),
    rule("p / p = 1", "p(x) / p(x) = 1", "0/0 is undefined.", &["algebra"], cancelled),
];
