//! The rules themselves on trial. With its conditions a rule holds in every model;
//! without them it is false or undefined in one, or the condition would be idle. No
//! false rule survives the models, and no set of true ones proves that 0 = 1.

mod common;

use derivation::certificate::certify as certify_text;
use derivation::chain::Citation;
use derivation::numeric::{self, Outcome, certify};
use derivation::report::Missing;
use derivation::symbolic::{Limits, Proof, example, false_rules, find_rule, looks_like, prove, rules};
use derivation::syntax::parse;
use derivation::tell::stands;
use std::time::Duration;

/// What shows that a rule's conditions are needed.
enum Without {
    /// It has none.
    Nothing,
    /// This context, in which its statement fails.
    Fails(&'static str),
    /// Another statement, in this context, which fails.
    Other(&'static str, &'static str),
    /// No model can show it; why.
    Unseen(&'static str),
}
use Without::{Fails, Nothing, Other, Unseen};

/// A rule's name, the context in which its statement is an instance of it, the
/// statement (empty: the rule's own), and what happens without its conditions.
type Case = (&'static str, &'static str, &'static str, Without);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("algebra", "", "", Nothing),
    ("algebra", "assuming p(x) > 0", "q(x) * p(x) / p(x) = q(x)", Fails("")),
    ("constant", "", "", Nothing),
    ("linearity", "assuming h is bounded", "", Other("", "E[z ~ q(z)] { log p(z) - log r(z) } = E[z ~ q(z)] log p(z) - E[z ~ q(z)] log r(z)")),
    ("linearity", "assuming E[z ~ q(z)] log p(z) is finite, E[z ~ q(z)] log r(z) is finite", "E[z ~ q(z)] { log p(z) - log r(z) } = E[z ~ q(z)] log p(z) - E[z ~ q(z)] log r(z)", Fails("")),
    ("log-ratio", "assuming p(x) > 0", "", Other("", "log (a * b) = log a + log b")),
    ("log-ratio", "assuming a > 0, b > 0", "log (a * b) = log a + log b", Fails("")),
    ("log-exp", "", "", Nothing),
    ("log-exp", "assuming a >= 0", "exp log a = a", Fails("")),
    ("exp-add", "", "", Nothing),
    ("positive part", "", "", Other("let A(x) be a function\nassuming A is bounded", "E[x ~ p] (A(x) * q(x)) <= E[x ~ p] larger(q(x), 0)")),
    ("chain", "", "", Nothing),
    ("bayes", "assuming p(x) > 0", "", Fails("")),
    ("marginal", "", "", Unseen("a density that is 0 makes its product 0, so that even what is infinite may be pulled out")),
    ("tower", "assuming h is bounded", "", Other("", "E[x, z ~ p(x, z)] { log q(x) - log r(z) } = E[x ~ p(x)] E[z ~ p(z | x)] { log q(x) - log r(z) }")),
    ("importance", "assuming p(x) << q(x), T is bounded", "", Fails("assuming T is bounded")),
    ("def E", "assuming T is bounded", "", Nothing),
    ("def KL", "", "", Nothing),
    ("def D_f", "let f be a generator\nassuming p(x) << q(x)", "", Fails("let f be a generator")),
    ("def H", "", "", Nothing),
    ("def JS", "", "", Nothing),
    ("def chi2", "assuming p(x) << q(x)", "", Fails("")),
    ("chi2 moment", "assuming p(x) << q(x)", "", Fails("")),
    ("cross-entropy", "assuming H(p(x)) is finite", "", Unseen("no law tried has an infinite entropy")),
    ("def TV", "", "", Nothing),
    ("def H2", "", "", Nothing),
    ("def f", "let f(u) = u * log u be a generator\nassuming t > 0", "f(t) = t * log t", Fails("let f(u) = u * log u be a generator")),
    ("def f*", "let f be a generator", "", Nothing),
    ("def m", "let m(x) = (p(x) + q(x)) / 2 be a law", "m(x) = (p(x) + q(x)) / 2", Nothing),
    ("normalised", "let f be a generator\nassuming f is normalised", "f(1) = 0", Fails("let f be a generator")),
    ("assumption", "assuming a = b", "a = b", Fails("let a, b be numbers")),
    ("KL >= 0", "", "", Nothing),
    ("D_f >= 0", "let f be a generator\nassuming f is normalised", "", Fails("let f be a generator")),
    ("Gibbs", "", "", Nothing),
    ("Jensen", "assuming T is bounded", "", Other("let f be a generator", "f(E[x ~ p(x)] log (q(x) / r(x))) <= E[x ~ p(x)] f(log (q(x) / r(x)))")),
    ("Jensen", "assuming 0 <= w, w <= 1, a > 0, b > 0", "log (w * a + (1 - w) * b) >= w * log a + (1 - w) * log b", Fails("assuming a > 0, b > 0, w <= 1, w * a + (1 - w) * b > 0")),
    ("def m", "let w be a number\nassuming w > 0, w < 1\nlet m(x) = w * p(x) + (1 - w) * q(x) be a law", "E[x ~ m] log r(x) = w * E[x ~ p] log r(x) + (1 - w) * E[x ~ q] log r(x)", Other("let x be finite\nlet m(x) = (p(x) + q(x)) / 2 be a law", "E[x ~ m] log r(x) = E[x ~ p] log r(x)")),
    ("def m", "let r(x, y) = p(x) * w(y | x) be a law\nassuming h is bounded", "E[x, y ~ r(x, y)] h(x) = E[x ~ p] h(x)", Nothing),
    ("Jensen", "let f be a generator\nassuming T is bounded", "f(E[x ~ p(x)] T(x)) <= E[x ~ p(x)] f(T(x))", Nothing),
    ("log x <= x - 1", "assuming a >= 0", "", Fails("")),
    ("log-sum", "", "", Nothing),
    ("log-sum", "let x be finite\nlet a(x), b(x) in (0, inf)", "sum[x] a(x) * log (a(x) / b(x)) >= (sum[x] a(x)) * log ((sum[x] a(x)) / (sum[x] b(x)))", Fails("let x be finite\nlet a(x), b(x) in (-inf, 0)")),
    ("sup-exchange", "let f be a generator\nassuming p << q", "E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) } >= sup[T(x) in dom f*] E[x ~ q] { T(x) * p(x) / q(x) - f*(T(x)) }", Nothing),
    ("Jensen", "assuming h is bounded", "|E[x ~ p] h(x)| <= E[x ~ p] |h(x)|", Nothing),
    ("Fenchel-Young", "let f be a generator", "", Nothing),
    ("triangle", "", "", Other("", "E[x ~ p] (4 * h(x) / 3) <= E[x ~ p] |h(x)|")),
    ("triangle", "let A(x) in [-1, 1]\nassuming h is bounded", "E[x ~ p] (A(x) * h(x)) <= E[x ~ p] |h(x)|", Fails("let A(x) in [-2, 1]\nassuming h is bounded")),
    ("f** <= f", "let f be a generator", "", Nothing),
    ("Fenchel-Moreau", "let f be a generator\nassuming f is closed", "", Fails("let f be a generator")),
    ("Fenchel-Moreau", "let f be a generator\nassuming u > 0", "", Fails("let f be a generator")),
    ("interchange", "let f be a generator\nassuming u >= 0", "", Other("let f be a generator", "E[x ~ q(x)] sup[t in R] { t * T(x) - t^2 } = sup[t in R] E[x ~ q(x)] { t * T(x) - t^2 }")),
    ("sup-exchange", "assuming T is bounded", "", Nothing),
    ("restriction", "let TT be a class of functions into [0, 1]", "sup[T(x) in [0, 1]] E[x ~ q(x)] T(x) >= sup[T(x) in TT] E[x ~ q(x)] T(x)", Fails("let TT be a class of functions into R")),
    ("instance", "assuming b >= 0, b <= 1", "sup[t in [0, 1]] { t * a } >= b * a", Fails("let a, b be numbers")),
    ("stationary", "assuming a >= 0, a <= 1", "sup[t in [0, 1]] { 2 * a * t - t^2 } = a^2", Fails("let a be a number")),
    ("shift", "", "sup[T(x) in R] { E[x ~ p(x)] T(x) - log E[x ~ q(x)] exp T(x) } = sup[T(x) in R] { E[x ~ p(x)] { T(x) + c } - log E[x ~ q(x)] exp (T(x) + c) }", Other("", "sup[T(x) in [0, 1]] E[x ~ p(x)] T(x) = sup[T(x) in [0, 1]] E[x ~ p(x)] { T(x) + c }")),
    ("differentiate under E", "let q(z; theta) be a law\nassuming q is regular, h is bounded", "d[theta] int[z] q(z; theta) * h(z) = int[z] d[theta] { q(z; theta) * h(z) }", Unseen("laws of the models are smooth in their parameters")),
    ("log-derivative", "let q(z; theta) be a law\nassuming q is regular, q has constant support", "d[theta] q(z; theta) = q(z; theta) * d[theta] log q(z; theta)", Unseen("laws of the models have a support that their parameters do not move")),
    ("derivative", "", "d[theta] { exp (a * theta) } = a * exp (a * theta)", Unseen("factors of a derivative are finite numbers in every model")),
    ("reparameterize", "let e, z be real\nlet q(z; theta) be the law of g(e, theta) with e ~ r(e)\nassuming h is bounded", "E[z ~ q(z; theta)] h(z) = E[e ~ r(e)] h(g(e, theta))", Other("let e, z be real\nlet q(z; theta) be a law\nassuming h is bounded", "E[z ~ q(z; theta)] h(z) = E[e ~ r(e)] h(g(e, theta))")),
    ("monotone", "assuming b >= 0", "a + b >= a", Fails("let a, b be numbers")),
];

/// Fewer models where a space is the line, for each takes its integrals.
const ON_THE_LINE: u64 = 40;

/// A statement as a derivation of one link.
fn chained(context: &str, statement: &str, by: &str) -> String {
    let relation = [" = ", " <= ", " >= "].into_iter().find(|relation| statement.contains(relation));
    let (left, right) = relation.and_then(|relation| statement.split_once(relation)).expect("a relation");
    let relation = relation.unwrap_or_default();
    format!("{context}\n{left}\n {relation} {right} by {by}")
}

/// What the models say of a statement; the error is the text's that cannot be read.
fn judged(context: &str, statement: &str) -> Result<Outcome, String> {
    let source = chained(context, statement, "algebra");
    let chain = parse("rule", "", &source).map_err(|faults| common::drawn(&faults, "rule", &source))?;
    certify(&chain, &numeric::Limits::default()).links.into_iter().next().ok_or_else(|| "no link".to_owned())
}

/// The statements that a case tries.
fn statements(case: &Case) -> Vec<&'static str> {
    match find_rule(case.0) {
        Ok(rule) if case.2.is_empty() => rule.statement.to_vec(),
        _ => vec![case.2],
    }
}

#[test]
fn every_rule_is_on_trial() {
    for rule in rules() {
        let cases: Vec<&Case> = CASES.iter().filter(|case| case.0 == rule.name).collect();
        assert!(!cases.is_empty(), "{} is not on trial", rule.name);
        let own = cases.iter().any(|case| case.2.is_empty());
        assert!(rule.statement.is_empty() || own, "the statement of {} is not on trial", rule.name);
        let needed = cases.iter().any(|case| !matches!(case.3, Nothing));
        assert!(rule.conditions.is_empty() || needed, "the conditions of {} are not on trial", rule.name);
    }
    assert!(CASES.iter().all(|case| rules().iter().any(|rule| rule.name == case.0)));
}

#[test]
fn every_rule_has_an_example_that_stands() {
    let mut wrong = vec![];
    for rule in rules() {
        let Some(source) = example(rule.name) else {
            wrong.push(format!("{} has none", rule.name));
            continue;
        };
        let used = match certify_text(rule.name, source) {
            Ok(certificate) => {
                if !stands(&certificate.report) {
                    wrong.push(format!("{} does not stand: {:#?}", rule.name, certificate.report));
                }
                certificate.lines.iter().flat_map(|line| line.by.clone()).map(|(by, _)| by).collect()
            }
            Err(faults) => {
                wrong.push(common::drawn(&faults, rule.name, source));
                vec![]
            }
        };
        let cites = used.iter().any(|by| find_rule(by).is_ok_and(|found| found.name == rule.name));
        assert!(cites, "the example of {} does not cite it", rule.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn false_rules_are_confused_with_rules_that_there_are() {
    for mistake in false_rules() {
        assert!(!mistake.confused_with.is_empty(), "{} is confused with nothing", mistake.name);
        for name in mistake.confused_with {
            assert!(rules().iter().any(|rule| rule.name == *name), "{}: {name}", mistake.name);
        }
    }
}

#[test]
fn with_its_conditions_no_rule_is_refuted() {
    let mut wrong = vec![];
    for case in CASES {
        for statement in statements(case) {
            let wanted = if case.1.contains("be real") { ON_THE_LINE } else { 500 };
            match judged(case.1, statement) {
                Ok(Outcome::Holds(numeric)) if numeric.models >= wanted => {}
                other => wrong.push(format!("{}: {statement}: {other:#?}", case.0)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_its_conditions_a_rule_fails() {
    let mut wrong = vec![];
    for case in CASES {
        let failing = match case.3 {
            Nothing => continue,
            Unseen(why) => {
                assert!(!why.is_empty());
                continue;
            }
            Fails(context) => statements(case).into_iter().map(|statement| (context, statement)).collect(),
            Other(context, statement) => vec![(context, statement)],
        };
        for (context, statement) in failing {
            match judged(context, statement) {
                Ok(Outcome::Refuted { .. } | Outcome::Undefined { .. }) => {}
                other => wrong.push(format!("{}: {statement} is not refuted: {other:#?}", case.0)),
            }
            let source = chained(context, statement, case.0);
            let Ok(chain) = parse("rule", "", &source) else { continue };
            // The kernel must miss the condition too.
            if let Proof::Found(steps) =
                prove(&chain.context, &chain.first, &chain.links[0], &Limits::default())
            {
                wrong.push(format!("{}: {statement} is proved: {steps:#?}", case.0));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_false_rule_is_refuted_and_goes_by_its_name() {
    let mut wrong = vec![];
    for rule in false_rules() {
        let context = rule.context;
        match judged(context, rule.statement) {
            Ok(Outcome::Refuted { .. } | Outcome::Undefined { .. }) => {}
            other => wrong.push(format!("{} is not refuted: {other:#?}", rule.name)),
        }
        let Ok(chain) = parse("rule", "", &chained(context, rule.statement, "algebra")) else { continue };
        let proof = prove(&chain.context, &chain.first, &chain.links[0], &Limits::default());
        if let Proof::Found(steps) = proof {
            wrong.push(format!("{} is proved: {steps:#?}", rule.name));
        }
        let like = looks_like(&chain.context, &chain.first, &chain.links[0]).map(|found| found.name);
        if like != Some(rule.name) {
            wrong.push(format!("{} looks like {like:?}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A context, and terms in which 0/0, ∞ − ∞ or an empty set hides.
#[rustfmt::skip]
const TRAPS: &[(&str, &[&str])] = &[
    ("", &[
        "0",
        "p(x) / p(x)",
        "p(x) - p(x)",
        "log p(x) - log p(x)",
        "0 * log p(x)",
        "exp(log p(x) - log p(x)) - 1",
        "log 0 - log 0",
        "log 0 + 1 / 0",
        "inf - inf",
        "0 * inf",
        "E[x ~ p(x)] (q(x) / q(x))",
        "E[x ~ p(x)] { log q(x) - log q(x) }",
        "E[x ~ q(x)] (p(x) / q(x))",
        "E[x ~ q(x)] (p(x) / q(x)) - 1",
        "int[x] p(x) * q(x) / q(x)",
        "KL(p(x) || q(x)) - KL(p(x) || q(x))",
        "KL(p(x) || q(x)) - KL(q(x) || p(x))",
        "KL(p(x) || q(x)) / KL(p(x) || q(x))",
        "KL(p(x) || p(x))",
        "chi2(p(x) || q(x)) - chi2(p(x) || q(x))",
        "E[x ~ p(x)] log (p(x) / q(x)) - KL(p(x) || q(x))",
        "exp (KL(p(x) || q(x)) - KL(p(x) || q(x)))",
        "E[x ~ p(x)] E[z ~ q(z)] { log r(x) - log r(x) }",
    ]),
    ("let n be finite", &["int[x] 1 - int[x] 1", "sum[n] 1 - sum[n] 1", "(int[x] 1) * 0"]),
    ("let f be a generator", &[
        "f(0) - f(0)",
        "f(0) - f**(0)",
        "f(u) - f(u)",
        "f*(t) - f*(t)",
        "f(-1) - f(-1)",
        "D_f(p(x) || q(x)) - D_f(p(x) || q(x))",
        "D_f(p(x) || p(x)) - f(1)",
        "f(1) - f(1)",
        "E[x ~ q(x)] f(p(x) / q(x)) - D_f(p(x) || q(x))",
        "sup[t in dom f*] { t * u - f*(t) } - f(u)",
        "E[x ~ q(x)] sup[t in dom f*] { t * p(x) / q(x) - f*(t) } - D_f(p(x) || q(x))",
    ]),
    ("", &[
        "sup[t in (1, 0)] t",
        "sup[t in (1, 0)] 0",
        "sup[t in (1, 0)] 0 - sup[t in (1, 0)] 0",
        "max[t in (0, 1)] t - max[t in (0, 1)] t",
        "sup[t in R] t - sup[t in R] t",
        "sup[t in R] { t - t }",
        "sup[t in R] { log t - log t }",
        "sup[t in R] { 0 * t }",
        "sup[t in R] E[x ~ q(x)] { t * T(x) } - E[x ~ q(x)] sup[t in R] { t * T(x) }",
        "sup[T(x) in R] E[x ~ q(x)] T(x) - sup[T(x) in R] E[x ~ q(x)] T(x)",
        "sup[T(x) in R] { E[x ~ p(x)] T(x) - E[x ~ q(x)] T(x) }",
        "inf[t in R] sup[s in R] { t * s } - sup[s in R] inf[t in R] { t * s }",
    ]),
    ("let q(z; theta) be a law", &[
        "d[theta] 1",
        "d[theta] log 0",
        "d[theta] (p(x) / p(x))",
        "d[theta] int[z] q(z; theta)",
        "E[z ~ q(z; theta)] d[theta] log q(z; theta)",
        "int[z] d[theta] q(z; theta)",
        "d[theta] (theta / theta)",
        "d[theta] log theta - 1 / theta",
        "d[theta] |theta|",
    ]),
];

/// Do all the rules together prove the link?
fn absurd(context: &str, left: &str, relation: &str, right: &str) -> Option<String> {
    let source = format!("{context}\n{left}\n  {relation} {right} by algebra");
    let mut chain = match parse("absurd", "", &source) {
        Ok(chain) => chain,
        Err(faults) => panic!("{}", common::drawn(&faults, "absurd", &source)),
    };
    // More than a text may cite.
    let all = rules().iter().map(|rule| Citation { rule: rule.name.into(), witness: None, span: 0..0 });
    chain.links[0].by = all.collect();
    let limits =
        Limits { time: Duration::from_millis(60), total: Duration::from_millis(150), ..Limits::default() };
    match prove(&chain.context, &chain.first, &chain.links[0], &limits) {
        Proof::Found(steps) => Some(format!("{left} {relation} {right}: {steps:#?}")),
        // Proved, though not with every rule that is cited; or with others.
        Proof::Missing(Missing::NotUsed { rule }) => {
            Some(format!("{left} {relation} {right}, without {rule}"))
        }
        Proof::Missing(Missing::DoesNotFollow { would_follow_by }) if !would_follow_by.is_empty() => {
            Some(format!("{left} {relation} {right} by {would_follow_by:?}"))
        }
        Proof::Missing(_) => None,
    }
}

#[test]
fn the_search_for_an_absurdity_finds_one_that_is_planted() {
    assert!(absurd("assuming a = 0, a = 1", "0", "=", "1").is_some());
    assert!(absurd("assuming a = 0", "a * p(x) + 1", "=", "1").is_some());
    assert!(absurd("", "p(x) / p(x)", "=", "1").is_none());
}

#[test]
fn no_set_of_true_rules_proves_that_zero_is_one() {
    let mut wrong = vec![];
    for (context, seeds) in TRAPS {
        for seed in *seeds {
            let read = parse("trap", "", &format!("{context}\n{seed}\n  = 1 by algebra"));
            assert!(read.is_ok(), "{}", common::drawn(&read.unwrap_err(), "trap", seed));
            // What is 0 in every model may be proved to be 0, never to be 2 as well.
            for other in ["2", "1/3"] {
                for (left, right) in [(*seed, other), (other, *seed)] {
                    wrong.extend(absurd(context, left, "=", right));
                }
            }
            // Any two distinct numbers.
            let values = ["0", "1"].map(|value| absurd(context, seed, "=", value));
            if let [Some(zero), Some(one)] = values {
                wrong.push(format!("{zero}\n{one}"));
            }
        }
    }
    for (low, high) in [("0", "1"), ("1", "2"), ("0 - 1", "0"), ("0", "inf"), ("1/3", "0.34")] {
        for (left, relation, right) in
            [(low, "=", high), (high, "=", low), (high, "<=", low), (low, ">=", high)]
        {
            wrong.extend(absurd("", left, relation, right));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
