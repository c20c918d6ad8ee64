//! Conjugates, critics and suprema in the symbolic certificate: each rule on a true line,
//! and on the same line with a mistake or without the assumption that it needs.

use derivation::certificate::certify;
use derivation::symbolic::{Limits, Proof, prove};
use derivation::syntax::parse;
use derivation::tell;

/// Is the last link of the derivation proved?
#[track_caller]
fn proves(source: &str) -> bool {
    let chain = parse("test", "", source).unwrap_or_else(|mistakes| panic!("{source}\n{mistakes:#?}"));
    let last = chain.links.len() - 1;
    let proof = prove(&chain.context, chain.before(last), &chain.links[last], &Limits::default());
    matches!(proof, Proof::Found(_))
}

#[track_caller]
fn all(right: &[&str], wrong: &[&str]) {
    for source in right {
        assert!(proves(source), "not proved:\n{source}");
    }
    for source in wrong {
        assert!(!proves(source), "proved:\n{source}");
    }
}

#[test]
fn fenchel_young_equality_needs_a_slope() {
    all(
        &["let f be a generator\nassuming u > 0, s in subdiff f(u)\n\
            f*(s)\n = s * u - f(u) by Fenchel-Young equality"],
        &[
            "let f be a generator\nassuming u > 0\nf*(s)\n = s * u - f(u) by Fenchel-Young equality",
            "let f be a generator\nassuming u > 0, s in subdiff f(u)\n\
             f*(s)\n = f(u) - s * u by Fenchel-Young equality",
            "let f be a generator\nassuming u > 0, v > 0, s in subdiff f(v)\n\
             f*(s)\n = s * u - f(u) by Fenchel-Young equality",
        ],
    );
}

#[test]
fn a_supremum_of_lines_lies_below() {
    let chain = |line: &str| {
        format!("let f be a generator\nassuming u > 0\nsup[t in dom f*] {{ t * u - f*(t) }}\n {line}")
    };
    assert!(proves(&chain("<= f(u) by Fenchel-Young")));
    assert!(!proves(&chain(">= f(u) by Fenchel-Young")));
    assert!(!proves(&chain("<= f(2 * u) by Fenchel-Young")));
}

#[test]
fn the_domain_holds_zero_where_the_formula_is_finite() {
    let chain = |formula: &str, t: &str| {
        format!(
            "let f(u) = {formula} be a generator\nassuming {t}\nsup[u in dom f] {{ u }}\n >= t by instance (u = t)"
        )
    };
    assert!(proves(&chain("(u - 1)^2", "t >= 0")));
    assert!(!proves(&chain("(u - 1)^2", "t >= -1")));
    assert!(proves(&chain("-log u", "t > 0")));
    assert!(!proves(&chain("-log u", "t >= 0")));
    // Put in, 0 would give exp(-inf) = 0; the limit is inf.
    assert!(!proves(&chain("exp(-(1 / (-u)))", "t >= 0")));
}

#[test]
fn a_kink_is_stationary_between_its_slopes() {
    let chain = |t: &str, sign: &str| {
        format!(
            "let f(u) = 1/2 * |u - 1| be a generator\nassuming {t}\n\
             sup[u in dom f] {{ t * u {sign} 1/2 * |u - 1| }}\n attained at u = 1 by stationary"
        )
    };
    assert!(proves(&chain("t >= -1/2, t <= 1/2", "-")));
    assert!(!proves(&chain("t <= 1/2", "-")));
    assert!(!proves(&chain("t >= -1/2", "-")));
    assert!(!proves(&chain("t >= -1/2, t <= 1", "-")));
    assert!(!proves(&chain("t >= -1/2, t <= 1/2", "+")));
}

#[test]
fn an_objective_with_the_formula_of_a_generator_is_concave() {
    let chain = |t: &str, objective: &str, witness: &str| {
        format!(
            "let f(u) = u * log u - (u + 1) * log (u + 1) be a generator\nassuming {t}\n\
             sup[u in dom f] {{ {objective} }}\n attained at u = {witness} by stationary"
        )
    };
    let right = "t * u - (u * log u - (u + 1) * log (u + 1))";
    assert!(proves(&chain("t < 0", right, "exp(t) / (1 - exp(t))")));
    assert!(!proves(&chain("t <= 0", right, "exp(t) / (1 - exp(t))")));
    assert!(!proves(&chain("t < 0", right, "exp(t) / (1 + exp(t))")));
    let plus = "t * u + (u * log u - (u + 1) * log (u + 1))";
    assert!(!proves(&chain("t < 0", plus, "exp(t) / (1 - exp(t))")));
}

#[test]
fn logarithms_of_negative_ratios_and_of_fractions() {
    all(
        &[
            "assuming t < 0\nlog (-1/t)\n = -log (-t) by log-inverse",
            "assuming t < 0\nlog (exp(t) / (1 - exp(t)) + 1)\n = -log (1 - exp(t)) by log-ratio",
        ],
        &[
            "assuming t < 0\nlog (-1/t)\n = log (-t) by log-inverse",
            "assuming t > 0\nlog (-1/t)\n = -log (-t) by log-inverse",
            "assuming t < 0\nlog (exp(t) / (1 - exp(t)) + 1)\n = log (1 - exp(t)) by log-ratio",
            "log (exp(t) / (1 - exp(t)) + 1)\n = -log (1 - exp(t)) by log-ratio",
        ],
    );
}

#[test]
fn a_critic_bounds_the_divergence() {
    let chain = |assumed: &str, line: &str| {
        format!(
            "let f be a generator\nlet T(x) in dom f*\nassuming {assumed}\nD_f(p || q)\n >= {line} by Fenchel-Young"
        )
    };
    let bound = "E[x ~ p] T(x) - E[x ~ q] f*(T(x))";
    assert!(proves(&chain("p << q, T is bounded", bound)));
    assert!(!proves(&chain("T is bounded", bound)));
    assert!(!proves(&chain("p << q", bound)));
    assert!(!proves(&chain("p << q, q << p, T is bounded", "E[x ~ q] T(x) - E[x ~ p] f*(T(x))")));
    assert!(!proves(&chain("p << q, T is bounded", "E[x ~ p] T(x) + E[x ~ q] f*(T(x))")));
    assert!(!proves(&chain("p << q, T is bounded", "E[x ~ p] (2 * T(x)) - E[x ~ q] f*(T(x))")));
}

#[test]
fn the_mean_of_a_gap_is_not_negative() {
    let chain = |slope: &str| {
        format!(
            "let f be a generator\nlet T(x) in dom f*\n\
             assuming p << q, D_f(p || q) < inf, T is bounded, E[x ~ q] f*(T(x)) is finite\n\
             E[x ~ q] (f(p(x) / q(x)) + f*(T(x)) - {slope} * p(x) / q(x))\n >= 0 by Fenchel-Young"
        )
    };
    assert!(proves(&chain("T(x)")));
    assert!(!proves(&chain("2 * T(x)")));
}

#[test]
fn the_optimal_critic_needs_a_slope_at_zero() {
    let chain = |assumed: &str, critic: &str| {
        format!(
            "let f be a generator\nlet s(x) = f'(p(x) / q(x))\n\
             assuming p << q, f is differentiable, E[x ~ q] f*(s(x)) is finite{assumed}\n\
             sup[T(x) in dom f*] {{ E[x ~ p] T(x) - E[x ~ q] f*(T(x)) }}\n\
             attained at T(x) = {critic} by stationary"
        )
    };
    let right = "f'(p(x) / q(x))";
    assert!(proves(&chain(", s is bounded, f is closed", right)));
    assert!(!proves(&chain(", f is closed", right)));
    assert!(!proves(&chain(", s is bounded", right)));
    assert!(!proves(&chain(", s is bounded, f is closed", "f'(2 * p(x) / q(x))")));
}

#[test]
fn one_number_for_all_points_does_no_better() {
    let chain = |a: &str, how: &str, b: &str| {
        format!("let f be a generator\nassuming p << q\n{a}\n {how} {b} by sup-exchange")
    };
    let outside = "sup[t in dom f*] { E[x ~ q] (t * p(x) / q(x) - f*(t)) }";
    let inside = "E[x ~ q] sup[t in dom f*] { t * p(x) / q(x) - f*(t) }";
    assert!(proves(&chain(outside, "<=", inside)));
    assert!(!proves(&chain(outside, ">=", inside)));
    assert!(!proves(&chain(outside, "=", inside)));
}

#[test]
fn the_mean_of_a_tilted_log_ratio_exists() {
    let chain = |assumed: &str, a: &str, b: &str| {
        format!(
            "let T(x) be a function\n{assumed}\n\
             log E[x ~ p] ({a} / {b} * exp T(x))\n >= E[x ~ p] log ({a} / {b} * exp T(x)) by Jensen"
        )
    };
    assert!(proves(&chain("assuming T is bounded", "q(x)", "p(x)")));
    assert!(!proves(&chain("", "q(x)", "p(x)")));
    // Under a third law the mean may be no number.
    assert!(!proves(&chain("assuming T is bounded", "q(x)", "r(x)")));
}

/// Each row's closed form, as a derivation that both certificates examine: the numeric
/// one computes f* from the catalogue itself.
#[test]
fn closed_forms_of_the_catalogue() {
    let stands = |row: &str, assumed: &str, form: &str| {
        let source = format!("let f be the generator of {row}\n{assumed}\nf*(t)\n = {form} by def f*");
        let certificate = certify("closed", &source).unwrap_or_else(|m| panic!("{source}\n{m:#?}"));
        (proves(&source), tell::stands(&certificate.report))
    };
    let rows = [
        ("kl", "", "exp(t - 1)", "exp(t)"),
        ("reverse_kl", "assuming t < 0", "-1 - log (-t)", "1 - log (-t)"),
        ("pearson_chi2", "assuming t >= -2", "t + t^2 / 4", "t + t^2 / 2"),
        ("gan", "assuming t < 0", "-log (1 - exp(t))", "log (1 - exp(t))"),
        ("total_variation", "assuming t >= -1/2, t <= 1/2", "t", "2 * t"),
    ];
    for (row, assumed, form, wrong) in rows {
        assert_eq!(stands(row, assumed, form), (true, true), "{row}");
        assert_eq!(stands(row, assumed, wrong), (false, false), "{row}, wrong");
        if !assumed.is_empty() {
            assert!(!stands(row, "", form).0, "{row} without its interval");
        }
    }
}
