//! The rules and lemmas, as data: how each is called, what it says, what it needs.
//! Their statements are text in the derivation language, so that the reference page and
//! the models read the same tree.

use super::facts::Facts;
use super::lemmas::{self, Lemma};
use super::rewrite::Rewrite;
use super::{arith, catalogue, definitions, extrema, gradients, identities, kinks, logs, measure};
use crate::chain::Witness;
use crate::context::{Assumption, Comparison};
use crate::term::{Distance, Part, Term};

/// A way to rewrite a term.
pub(super) type Rewriting = fn(&Facts, &Term) -> Vec<Rewrite>;
/// A way to rewrite a term with a witness.
pub(super) type Witnessed = fn(&Facts, &Term, &Witness) -> Vec<Rewrite>;

/// A rule or lemma that a line may cite.
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Other names under which it may be cited.
    pub aliases: &'static [&'static str],
    /// What it says, as links in the derivation language; empty for what has no plain
    /// statement.
    pub statement: &'static [&'static str],
    /// What it needs.
    pub conditions: &'static [&'static str],
    /// When both sides are defined.
    pub definedness: &'static str,
    /// A paragraph for the reference.
    pub explanation: &'static str,
    /// Is it a definition or a word for arithmetic, which may be cited without need?
    pub definition: bool,
    pub(super) rewrites: &'static [Rewriting],
    pub(super) witnessed: Option<Witnessed>,
    pub(super) lemma: Option<Lemma>,
}

impl Rule {
    /// Does it give inequalities?
    pub fn is_lemma(&self) -> bool {
        self.lemma.is_some()
    }
}

/// Every rule and lemma, in the order of the reference.
pub(super) static RULES: &[Rule] = &[
    Rule {
        name: "algebra",
        aliases: &["arithmetic", "cancel", "expand", "log-one"],
        statement: &["a * (b + c) = a * b + a * c"],
        conditions: &["what is cancelled is finite and not 0"],
        definedness: "each side is defined where the other is",
        explanation: "Sums and products in a normal form with exact coefficients. Nothing that may be infinite or 0 is cancelled without a fact that rules it out.",
        definition: true,
        rewrites: &[],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "constant",
        aliases: &["constants", "mean of a constant"],
        statement: &["E[z ~ q(z)] log p(x) = log p(x)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "What does not depend on the point is its own mean, because a law's whole mass is 1.",
        definition: false,
        rewrites: &[measure::constant, gradients::of_constant],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "linearity",
        aliases: &["linear", "linearity of e", "linearity of expectation"],
        statement: &["E[z ~ q(z)] { h(z) + k(z) } = E[z ~ q(z)] h(z) + E[z ~ q(z)] k(z)"],
        conditions: &["all but one of the means are finite"],
        definedness: "the sum of means needs all but one of them finite; then each side is defined where the other is",
        explanation: "E and the integral pass through sums and constant factors, as long as no two means are opposite infinities.",
        definition: false,
        rewrites: &[measure::linearity, extrema::constants, gradients::linear],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "log-ratio",
        aliases: &[
            "log-mul",
            "log ratio",
            "log-product",
            "logarithm",
            "log-quotient",
            "log-inverse",
            "log-power",
        ],
        statement: &["log (p(x) / q(x)) = log p(x) - log q(x)"],
        conditions: &["all parts are non-negative"],
        definedness: "each side is defined where the other is",
        explanation: "The logarithm of a product is the sum of the logarithms, of a ratio their difference. With log 0 = -inf both sides are undefined together at 0/0.",
        definition: false,
        rewrites: &[log_spread, log_gather, log_inverted],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "log-exp",
        aliases: &["exp-log", "inverse"],
        statement: &["log exp a = a"],
        conditions: &["exp log a = a needs a >= 0"],
        definedness: "each side is defined where the other is",
        explanation: "Logarithm and exponential undo each other.",
        definition: false,
        rewrites: &[log_undo],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "exp-add",
        aliases: &["exp-mul", "exp-sum", "exponent"],
        statement: &["exp(a + b) = (exp a) * (exp b)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The exponential of a sum is the product of the exponentials.",
        definition: false,
        rewrites: &[exp_split, exp_join],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "positive part",
        aliases: &["larger", "max as absolute value", "larger and absolute value"],
        statement: &["larger(a, b) = (a + b + |a - b|) / 2", "smaller(a, b) = (a + b - |a - b|) / 2"],
        conditions: &["a lemma needs 0 <= A <= 1: A * a <= larger(a, 0)"],
        definedness: "the sum needs both finite",
        explanation: "The larger of two numbers is half their sum and distance, so that a positive part is (a + |a|)/2; and no weight between 0 and 1 makes more of a than its positive part.",
        definition: false,
        rewrites: &[larger],
        witnessed: None,
        lemma: Some(lemmas::weighted),
    },
    Rule {
        name: "chain",
        aliases: &["product rule", "chain rule", "joint"],
        statement: &["p(x, z) = p(x) * p(z | x)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "A joint law is a marginal times a kernel, in every order of its variables.",
        definition: false,
        rewrites: &[measure::chain],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "bayes",
        aliases: &["bayes rule", "bayes' rule", "conditional", "definition of conditional"],
        statement: &["p(z | x) = p(x, z) / p(x)"],
        conditions: &["the density divided by is positive"],
        definedness: "same where the divisor is positive",
        explanation: "A conditional density is the joint over the marginal, where the marginal is positive.",
        definition: false,
        rewrites: &[measure::bayes],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "marginal",
        aliases: &["marginalise", "marginalize", "normalisation", "normalization", "total mass"],
        statement: &["int[z] p(x, z) = p(x)"],
        conditions: &["what is pulled out is finite"],
        definedness: "each side is defined where the other is",
        explanation: "Integrating a variable out of a joint density leaves the marginal; a law's whole mass is 1.",
        definition: false,
        rewrites: &[measure::marginal],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "tower",
        aliases: &["fubini", "iterated", "law of total expectation", "total expectation"],
        statement: &["E[x, z ~ p(x, z)] h(x) = E[x ~ p(x)] E[z ~ p(z | x)] h(x)"],
        conditions: &["one part of the integral is finite"],
        definedness: "the joint mean needs one of its parts, positive or negative, finite",
        explanation: "The mean over a pair is the mean of the conditional mean.",
        definition: false,
        rewrites: &[measure::tower, measure::marginal],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "importance",
        aliases: &["change of measure", "importance sampling", "change of law", "reweight"],
        statement: &["E[x ~ q(x)] { p(x) / q(x) * T(x) } = E[x ~ p(x)] T(x)"],
        conditions: &["p(x) << q(x)"],
        definedness: "each side is defined where the other is",
        explanation: "Weighting by p/q turns a mean under q into one under p, if q misses nothing that p charges. Without that the weighted mean of something non-negative is too small.",
        definition: false,
        rewrites: &[measure::importance, identities::total_mass],
        witnessed: None,
        lemma: Some(lemmas::importance),
    },
    Rule {
        name: "def E",
        aliases: &["def expectation", "expectation as integral"],
        statement: &["E[x ~ p(x)] T(x) = int[x] p(x) * T(x)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "An expectation is an integral against the density; where the density is 0 the product is 0.",
        definition: true,
        rewrites: &[measure::as_integral],
        witnessed: None,
        lemma: None,
    },
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
        explanation: "A declared law or function is its formula.",
        definition: true,
        rewrites: &[def_declared],
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
    Rule {
        name: "KL >= 0",
        aliases: &["kl nonnegative", "kl is non-negative", "0 <= kl", "information inequality"],
        statement: &["KL(p(x) || q(x)) >= 0"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "No law is closer to p than p itself: the divergence is never negative, and 0 only for p = q.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::kl),
    },
    Rule {
        name: "D_f >= 0",
        aliases: &[
            "js >= 0",
            "chi2 >= 0",
            "tv >= 0",
            "h2 >= 0",
            "square >= 0",
            "nonnegative",
            "non-negative",
            "entropy >= 0",
            "h >= 0",
        ],
        statement: &["D_f(p(x) || q(x)) >= 0"],
        conditions: &["f is normalised"],
        definedness: "each side is defined where the other is",
        explanation: "A divergence whose convex generator has f(1) = 0 is not negative, by Jensen; nor are squares, absolute values, and entropies of finite spaces.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::nonnegative),
    },
    Rule {
        name: "Gibbs",
        aliases: &["gibbs' inequality", "gibbs inequality"],
        statement: &["H(p(x), q(x)) >= H(p(x))"],
        conditions: &[],
        definedness: "both sides must be defined",
        explanation: "Coding with the wrong law costs more on average.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::gibbs),
    },
    Rule {
        name: "Jensen",
        aliases: &["jensen's inequality", "jensen inequality", "concavity of log", "concavity"],
        statement: &["log E[x ~ p(x)] exp T(x) >= E[x ~ p(x)] log exp T(x)"],
        conditions: &["the mean inside is defined and, for a generator, finite"],
        definedness: "both sides must be defined",
        explanation: "The logarithm of a mean is at least the mean of the logarithm; for convex functions the other way round.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::jensen),
    },
    Rule {
        name: "log x <= x - 1",
        aliases: &["log u <= u - 1", "tangent", "tangent of log"],
        statement: &["log a <= a - 1"],
        conditions: &["a >= 0"],
        definedness: "each side is defined where the other is",
        explanation: "The logarithm lies below its tangent at 1.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::tangent),
    },
    Rule {
        name: "Fenchel-Young",
        aliases: &["fenchel young", "young", "fenchel-young equality"],
        statement: &["t * u <= f(u) + f*(t)"],
        conditions: &[],
        definedness: "both sides must be defined",
        explanation: "By the definition of f* as a supremum; equality where t is a slope of f at u.",
        definition: false,
        rewrites: &[extrema::fenchel_young_equality],
        witnessed: None,
        lemma: Some(super::fenchel::fenchel_young),
    },
    Rule {
        name: "f** <= f",
        aliases: &["biconjugate bound", "f**<=f"],
        statement: &["f**(u) <= f(u)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The biconjugate is the greatest closed convex function below f.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::biconjugate),
    },
    Rule {
        name: "Fenchel-Moreau",
        aliases: &["fenchel moreau", "biconjugation"],
        statement: &["f(u) = sup[t in dom f*] { t * u - f*(t) }"],
        conditions: &["f is closed, or u > 0"],
        definedness: "each side is defined where the other is",
        explanation: "A closed convex function is the supremum of its supporting lines.",
        definition: false,
        rewrites: &[extrema::fenchel_moreau],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "interchange",
        aliases: &["interchange of sup and e", "exchange of sup and e"],
        statement: &[
            "E[x ~ q(x)] sup[t in dom f*] { t * u - f*(t) } = sup[T(x) in dom f*] E[x ~ q(x)] { T(x) * u - f*(T(x)) }",
        ],
        conditions: &[
            "the objective is continuous in the number",
            "its mean is finite for every bounded function",
        ],
        definedness: "each side is defined where the other is",
        explanation: "A supremum taken at every point is one supremum over functions. Over numbers only an inequality holds.",
        definition: false,
        rewrites: &[extrema::interchange],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "sup-exchange",
        aliases: &["sup e <= e sup", "supremum of means"],
        statement: &["sup[t in R] E[x ~ q(x)] { t * T(x) } <= E[x ~ q(x)] sup[t in R] { t * T(x) }"],
        conditions: &[],
        definedness: "both sides must be defined",
        explanation: "One number for all points does no better than one for each.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::exchange),
    },
    Rule {
        name: "restriction",
        aliases: &["restrict", "restricted class"],
        statement: &[],
        conditions: &["the class maps into the range"],
        definedness: "each side is defined where the other is",
        explanation: "A supremum over fewer functions is no larger.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::restriction),
    },
    Rule {
        name: "instance",
        aliases: &["choose", "at"],
        statement: &[],
        conditions: &["the witness lies in the range"],
        definedness: "the objective must be defined at the witness",
        explanation: "A supremum is at least its objective at any element: `instance (t = 1)`.",
        definition: false,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::instance),
    },
    Rule {
        name: "stationary",
        aliases: &["first-order condition", "stationary point"],
        statement: &[],
        conditions: &[
            "the objective is concave in the number",
            "its derivative at the witness is 0",
            "the witness lies in the range",
        ],
        definedness: "each side is defined where the other is",
        explanation: "A concave objective is greatest where its derivative vanishes: `stationary (c = 1 - log E[x ~ q] exp T(x))`.",
        definition: false,
        rewrites: &[],
        witnessed: Some(extrema::stationary),
        lemma: None,
    },
    Rule {
        name: "shift",
        aliases: &["shift t", "shift t := t + c"],
        statement: &[],
        conditions: &["the functions range over all real values"],
        definedness: "each side is defined where the other is",
        explanation: "Over all real functions T, T + c ranges over all of them too, for each number c.",
        definition: false,
        rewrites: &[extrema::shift],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "differentiate under E",
        aliases: &[
            "differentiation under e",
            "differentiate under int",
            "leibniz",
            "differentiate under the integral",
        ],
        statement: &[],
        conditions: &["the law is regular", "the integrand is bounded"],
        definedness: "each side is defined where the other is",
        explanation: "Derivative and mean may be exchanged where an integrable function bounds the derivative: what `regular` says.",
        definition: false,
        rewrites: &[gradients::under],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "log-derivative",
        aliases: &["score", "log derivative trick", "log-derivative trick"],
        statement: &[],
        conditions: &["the law has constant support"],
        definedness: "each side is defined where the other is",
        explanation: "The derivative of a density is the density times its score.",
        definition: false,
        rewrites: &[gradients::of_logarithm],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "derivative",
        aliases: &["differentiate", "derivative of a constant"],
        statement: &[],
        conditions: &["the factors pulled out are finite and not 0"],
        definedness: "each side is defined where the other is",
        explanation: "The rules of differentiation for what is smooth by its form.",
        definition: false,
        rewrites: &[gradients::constants, gradients::linear],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "reparameterize",
        aliases: &[
            "reparameterise",
            "reparameterization",
            "reparametrize",
            "pushforward",
            "change of variables",
        ],
        statement: &[],
        conditions: &["the law was declared as the law of a function of noise"],
        definedness: "each side is defined where the other is",
        explanation: "The mean of h(z) under the law of g(e, theta) is the mean of h(g(e, theta)) over the noise.",
        definition: false,
        rewrites: &[pull_back],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "monotone",
        aliases: &["monotonicity", "drop a non-negative term"],
        statement: &[],
        conditions: &["what is left out has the right sign"],
        definedness: "both sides must be defined",
        explanation: "Sums, positive factors, means, log, exp and suprema keep inequalities; a part that is never negative may be left out.",
        definition: true,
        rewrites: &[],
        witnessed: None,
        lemma: Some(lemmas::monotone),
    },
];

fn one(to: Option<Term>) -> Vec<Rewrite> {
    to.map(Rewrite::same).into_iter().collect()
}

fn log_spread(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    logs::spread(facts, term)
        .into_iter()
        .chain(logs::spread_numbers(facts, term))
        .map(Rewrite::same)
        .collect()
}

/// The logarithm of a product is defined where the sum was; the other way only if it can
/// be spread.
fn log_gather(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let to = logs::gather(facts, term);
    to.into_iter()
        .map(|to| {
            let whole = to.clone();
            let spreads =
                move |f: &Facts| arith::summands(&whole).iter().any(|t| logs::spread(f, t).is_some());
            Rewrite::same(to.clone()).needs_backward(facts, "a logarithm that can be spread", &to, spreads)
        })
        .collect()
}

fn log_inverted(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    one(logs::inverted(facts, term))
}

fn log_undo(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    one(logs::undo(facts, term))
}

fn exp_split(_: &Facts, term: &Term) -> Vec<Rewrite> {
    one(logs::split_exponent(term))
}

fn exp_join(_: &Facts, term: &Term) -> Vec<Rewrite> {
    one(logs::join_exponents(term))
}

/// The larger of two numbers is (a + b + |a − b|)/2, the smaller (a + b − |a − b|)/2.
fn larger(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let (list, up) = match term {
        Term::Larger(list) => (list, true),
        Term::Smaller(list) => (list, false),
        _ => return vec![],
    };
    let [a, b] = list.as_slice() else { return vec![] };
    let gap = Term::Abs(Box::new(arith::sum(vec![a.clone(), arith::negative(b.clone())])));
    let gap = if up { gap } else { arith::negative(gap) };
    let to = arith::quotient(arith::sum(vec![a.clone(), b.clone(), gap]), arith::number(2));
    let both = [a.clone(), b.clone()];
    vec![Rewrite::same(to).needs_forward_list(facts, "finite", &both, |f| f.finite(a) && f.finite(b))]
}

/// A distance by its definition, if it is one of the wanted kind.
fn unfold(facts: &Facts, term: &Term, wanted: fn(&Distance) -> bool) -> Vec<Rewrite> {
    if !matches!(term, Term::Distance { kind, .. } if wanted(kind)) {
        return vec![];
    }
    let Some((to, needs)) = definitions::unfold_distance(term) else { return vec![] };
    let rewrite = Rewrite::same(to);
    vec![match needs {
        Some((p, q)) => rewrite.needs_text(facts, &super::show::dominated(&p, &q), |f| f.dominated(&p, &q)),
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
        other => super::tree::children(other)
            .iter()
            .any(|t| matches!(t, Term::Distance { kind, .. } if wanted(kind))),
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
        Term::Entropy(_) => one(definitions::unfold_distance(term).map(|(to, _)| to)),
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
            let needs =
                format!("{} in {}", super::show::term(facts.names, argument), super::show::range(&range));
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
        Term::Density(at) => one(facts.law(&at.law).and_then(|law| definitions::unfold_law(law, at))),
        Term::Function { .. } => one(definitions::unfold_function(facts, term)),
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
                let text = super::show::assumption(assumption);
                Some(Rewrite::same(canonical(to)).needs_text(facts, &text, |f| f.note(text.clone())))
            }
            _ => None,
        })
        .collect()
}

fn pull_back(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    one(definitions::pull_back(facts, term))
}

/// Not for citing: a slope of f* at a slope of f, all that a stationary point needs.
pub(super) static SLOPE: Rule = Rule {
    name: "slope of f*",
    aliases: &[],
    statement: &[],
    conditions: &["u > 0"],
    definedness: "each side is defined where the other is",
    explanation: "u is a slope of f* at f'(u).",
    definition: true,
    rewrites: &[extrema::slope_of_slope],
    witnessed: None,
    lemma: None,
};
