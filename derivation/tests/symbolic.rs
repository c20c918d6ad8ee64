//! The symbolic certificate on its own: what is proved, and what is not for want of a
//! condition. Whole derivations are the suites'.

use derivation::report::Missing;
use derivation::symbolic::{Limits, Proof, find_rule, prove, rules};
use derivation::syntax::parse;

/// The verdicts on the links of a derivation.
#[track_caller]
fn proofs(source: &str, hints: bool) -> Vec<Proof> {
    let chain = match parse("test", "test", source) {
        Ok(chain) => chain,
        Err(mistakes) => {
            let told: Vec<String> = mistakes.iter().map(|m| m.render("test", source, false)).collect();
            panic!("{}", told.join("\n"))
        }
    };
    let limits = Limits { hints, ..Limits::default() };
    (0..chain.links.len()).map(|i| prove(&chain.context, chain.before(i), &chain.links[i], &limits)).collect()
}

#[track_caller]
fn proved(source: &str) {
    for (i, proof) in proofs(source, false).iter().enumerate() {
        assert!(matches!(proof, Proof::Found(_)), "link {}: {proof:?}\n{source}", i + 1);
    }
}

#[track_caller]
fn missing(source: &str, link: usize) -> Missing {
    match proofs(source, true).swap_remove(link) {
        Proof::Missing(missing) => missing,
        Proof::Found(steps) => panic!("proved: {steps:#?}"),
    }
}

/// The link is not proved, for whatever reason.
#[track_caller]
fn unproved(source: &str, link: usize) {
    if let Proof::Found(steps) = proofs(source, false).swap_remove(link) {
        panic!("proved: {steps:#?}")
    }
}

#[test]
fn evidence_lower_bound() {
    proved(
        "assuming KL(q(z|x) || p(z|x)) < inf
log p(x)
  = E[z ~ q(z|x)] log p(x) by constant
  = E[z ~ q(z|x)] log (p(x,z) / p(z|x)) by bayes
  = E[z ~ q(z|x)] log (p(x,z) / q(z|x)) + KL(q(z|x) || p(z|x)) by log-ratio, linearity, def KL
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x)) by KL >= 0",
    );
}

#[test]
fn evidence_lower_bound_by_jensen() {
    proved(
        "assuming p(z|x) << q(z|x)
log p(x)
  = log int[z] p(x,z) by marginal
  = log E[z ~ q(z|x)] (p(x,z) / q(z|x)) by importance
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x)) by Jensen",
    );
}

#[test]
fn five_step_bound() {
    proved(
        "let TT be a class of functions into dom f*
assuming p << q, f is closed
D_f(p(x) || q(x))
  = E[x ~ q(x)] f(p(x) / q(x)) by def D_f
  = E[x ~ q(x)] sup[t in dom f*] { t * (p(x) / q(x)) - f*(t) } by Fenchel-Moreau
  = sup[T(x) in dom f*] E[x ~ q(x)] { T(x) * (p(x) / q(x)) - f*(T(x)) } by interchange
  = sup[T(x) in dom f*] { E[x ~ p(x)] T(x) - E[x ~ q(x)] f*(T(x)) } by importance, linearity
  >= sup[T(x) in TT] { E[x ~ p(x)] T(x) - E[x ~ q(x)] f*(T(x)) } by restriction",
    );
}

#[test]
fn chain_rule_of_kl() {
    proved(
        "KL(p(x,z) || q(x,z))
  = E[x, z ~ p(x,z)] log (p(x,z) / q(x,z)) by def KL
  = E[x ~ p(x)] E[z ~ p(z|x)] log (p(x,z) / q(x,z)) by tower
  = E[x ~ p(x)] E[z ~ p(z|x)] { log (p(x) / q(x)) + log (p(z|x) / q(z|x)) } by chain, log-ratio
  = E[x ~ p(x)] { log (p(x) / q(x)) + E[z ~ p(z|x)] log (p(z|x) / q(z|x)) } by linearity, constant
  = KL(p(x) || q(x)) + E[x ~ p(x)] KL(p(z|x) || q(z|x)) by linearity, def KL",
    );
}

#[test]
fn score_identity() {
    proved(
        "let q(z; theta) be a law
assuming q is regular, q has constant support
0 = d[theta] int[z] q(z; theta) by marginal, derivative
  = int[z] d[theta] q(z; theta) by differentiate under E
  = int[z] q(z; theta) * d[theta] log q(z; theta) by log-derivative
  = E[z ~ q(z; theta)] d[theta] log q(z; theta) by def E",
    );
}

#[test]
fn an_unsafe_use_names_the_assumption_that_it_needs() {
    let needs = |source: &str| match missing(source, 0) {
        Missing::Assumption { needs, .. } => needs,
        other => panic!("{other:?}"),
    };
    assert_eq!(needs("D_f(p(x) || q(x)) = E[x ~ q(x)] f(p(x) / q(x)) by def D_f"), "p(x) << q(x)");
    assert_eq!(needs("f(0) = sup[t in dom f*] { t * 0 - f*(t) } by Fenchel-Moreau"), "f is closed");
}

#[test]
fn rules_are_found_by_every_name() {
    for rule in rules() {
        for name in std::iter::once(&rule.name).chain(rule.aliases) {
            assert_eq!(find_rule(&name.to_uppercase()).unwrap().name, rule.name, "{name}");
        }
    }
    assert_eq!(find_rule("linarity").err().and_then(|e| e.nearest), Some("linearity"));
}

/// What a link needs besides what the text assumes.
#[track_caller]
fn needs(source: &str, link: usize) -> String {
    match missing(source, link) {
        Missing::Assumption { needs, .. } => needs,
        other => panic!("{other:?}\n{source}"),
    }
}

#[test]
fn a_finite_divergence_says_what_it_says_and_no_more() {
    let split = "E[z ~ q(z|x)] (log p(x|z) + log (p(z) / q(z|x)))
  = E[z ~ q(z|x)] log p(x|z) - KL(q(z|x) || p(z)) by linearity, log-inverse, def KL";
    proved(&format!("assuming KL(q(z|x) || p(z)) < inf\n{split}"));
    // Nothing, or the other direction of it, does not make the two means finite.
    assert!(matches!(missing(split, 0), Missing::Assumption { .. }));
    unproved(&format!("assuming KL(p(z) || q(z|x)) < inf\n{split}"), 0);
    // A sign lost: E log p finite from below is not E log p finite from above.
    proved("assuming H(p) is finite\n0 = E[x ~ p] log p(x) - E[x ~ p] log p(x) by algebra");
    unproved("assuming H(p) > -inf\n0 = E[x ~ p] log p(x) - E[x ~ p] log p(x) by algebra", 0);
    unproved("assuming H(p) < inf\n0 = E[x ~ p] log p(x) - E[x ~ p] log p(x) by algebra", 0);
}

#[test]
fn cross_entropy_needs_a_finite_entropy() {
    let split = "H(p, q) = H(p) + KL(p || q) by cross-entropy";
    proved(&format!("let x be finite\n{split}"));
    proved(&format!("assuming H(p) is finite\n{split}"));
    assert_eq!(needs(split, 0), "H(p(x)) is finite");
    unproved("let x be finite\nH(p, q) = H(q) + KL(p || q) by cross-entropy", 0);
}

#[test]
fn moments_of_chi2_need_absolute_continuity() {
    let moment = "chi2(p || q) = E[x ~ q] (p(x) / q(x))^2 - 1 by chi2 moment";
    proved(&format!("assuming p << q\n{moment}"));
    assert_eq!(needs(moment, 0), "p(x) << q(x)");
    unproved("assuming p << q\nchi2(p || q) = E[x ~ q] (p(x) / q(x))^2 by chi2 moment", 0);
}

#[test]
fn the_weights_have_mean_one_only_under_absolute_continuity() {
    proved("assuming p << q\nE[x ~ q] (p(x) / q(x)) = 1 by importance");
    proved("log E[x ~ q] (p(x) / q(x)) <= log 1 by importance");
    unproved("E[x ~ q] (p(x) / q(x)) = 1 by importance", 0);
    unproved("log E[x ~ q] (p(x) / q(x)) >= log 1 by importance", 0);
    unproved("int[z] p(x, z) = 1 by importance", 0);
}

#[test]
fn ratios_are_multiplied_only_where_their_numerators_are_positive() {
    let ratio = "((p(x) / q(x)) * (p(z|x) / q(z|x)))";
    let joint = "((p(x) * p(z|x)) / (q(x) * q(z|x)))";
    proved(&format!("E[x, z ~ p(x, z)] log {ratio} = E[x, z ~ p(x, z)] log {joint} by algebra"));
    unproved(&format!("{ratio} = {joint} by algebra"), 0);
    unproved(&format!("E[x, z ~ q(x, z)] log {ratio} = E[x, z ~ p(x, z)] log {joint} by algebra"), 0);
}

#[test]
fn derivative_and_mean_are_exchanged_only_for_the_regular() {
    let pathwise = |assumed: &str| {
        format!(
            "let e, z be real
let q(z; theta) be the law of g(e, theta) with e ~ r(e)
let h(z) be a function
assuming {assumed}
d[theta] E[z ~ q(z; theta)] h(z)
  = d[theta] E[e ~ r(e)] h(g(e, theta)) by reparameterize
  = E[e ~ r(e)] d[theta] h(g(e, theta)) by differentiate under E"
        )
    };
    proved(&pathwise("h is regular, h is bounded, g is regular"));
    assert_eq!(needs(&pathwise("h is regular, h is bounded"), 1), "g is regular");
    assert_eq!(needs(&pathwise("g is regular, h is bounded"), 1), "h is regular");
    unproved(&pathwise("h is regular, g is regular"), 1);
    let score = |assumed: &str| {
        format!(
            "let q(z; theta) be a law
let h(z) be a function
assuming {assumed}
int[z] d[theta] (q(z; theta) * h(z)) = int[z] q(z; theta) * h(z) * d[theta] log q(z; theta) by log-derivative"
        )
    };
    proved(&score("q is regular, q has constant support, h is bounded"));
    assert_eq!(needs(&score("q is regular, h is bounded"), 0), "q has constant support");
    unproved("let q(z; theta) be a law\nd[theta] q(z; theta) = 0 by constant", 0);
}

#[test]
fn a_rule_of_calculation_may_be_cited_beside_a_stronger_one() {
    proved("let x be finite\nE[x ~ p(x)] (2 * log p(x)) = 2 * E[x ~ p(x)] log p(x) by linearity, constant");
    let idle = |by: &str| {
        missing(&format!("let x be finite\nKL(p || q) = E[x ~ p] log (p(x) / q(x)) by def KL, {by}"), 0)
    };
    for rule in ["Jensen", "tower", "Fenchel-Moreau"] {
        assert_eq!(idle(rule), Missing::NotUsed { rule: rule.to_owned() });
    }
}

#[test]
fn a_mean_of_divergences_may_be_left_out_on_its_side() {
    let sum = "KL(p(x) || q(x)) + E[x ~ p(x)] KL(p(z|x) || q(z|x))";
    proved(&format!("{sum}\n  >= KL(p(x) || q(x)) by KL >= 0"));
    unproved(&format!("{sum}\n  <= KL(p(x) || q(x)) by KL >= 0"), 0);
    unproved("0 - E[x ~ p(x)] KL(p(z|x) || q(z|x)) >= 0 by KL >= 0", 0);
}

#[test]
fn jensen_under_a_weight_needs_a_bounded_exponent() {
    let bound = "log E[x ~ p] (q(x) / p(x) * exp T(x))
  >= E[x ~ p] log (q(x) / p(x) * exp T(x)) by Jensen";
    proved(&format!("let T(x) be a function\nassuming T is bounded\n{bound}"));
    unproved(&format!("let T(x) be a function\n{bound}"), 0);
    unproved(&format!("let T(x) be a function\nassuming T is bounded\n{}", bound.replace(">=", "<=")), 0);
}
