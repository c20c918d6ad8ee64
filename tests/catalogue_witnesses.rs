//! The catalogue against values of mpmath, scipy and PyTorch.
//!
//! `witnesses/catalogue.py` is the recipe, `witnesses/catalogue.json` its result.
//! Every comparison is also run on planted mistakes, which it has to catch.

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{all, find};
use vdm::special::{log_add_exp, softplus, wright_omega};

/// A composition of at most 16 rounded operations, each within 2 units in the last
/// place, is the exact function at an argument that is off by at most this much,
/// rounded by at most this much.
const BACKWARD: f64 = 16.0 * 2.0 * f64::EPSILON;

/// The slopes f′(1) of the parts of the combined members below, and the shift of
/// chi_square, are at most 2: what may cancel near u = 1.
const PARTS: f64 = 2.0;

/// Does the name belong to a combination, rather than to a formula of its own?
fn is_combined(name: &str) -> bool {
    let combinators = ["adjoint(", "symmetrised(", "scaled(", "shifted(", "chi_square"];
    combinators.iter().any(|combinator| name.starts_with(combinator))
}

/// The functions of one real variable that a witness gives values of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Quantity {
    Generator,
    Conjugate,
    PrintedConjugate,
    LnCentred,
    OptimalCritic,
    ConjugateOfOptimalCritic,
    OutputActivation,
    ConjugateOfActivation,
}
use Quantity::*;

const QUANTITIES: [(&str, Quantity); 8] = [
    ("generator", Generator),
    ("conjugate", Conjugate),
    ("printed_conjugate", PrintedConjugate),
    ("ln_centred", LnCentred),
    ("optimal_critic", OptimalCritic),
    ("conjugate_of_optimal_critic", ConjugateOfOptimalCritic),
    ("output_activation", OutputActivation),
    ("conjugate_of_activation", ConjugateOfActivation),
];

impl Quantity {
    fn of(self, f: &dyn Divergence, x: f64) -> f64 {
        match self {
            Generator => f.generator(x),
            Conjugate => f.conjugate(x),
            PrintedConjugate => f.printed_conjugate(x),
            LnCentred => f.ln_centred(x),
            OptimalCritic => f.optimal_critic(x),
            ConjugateOfOptimalCritic => f.conjugate_of_optimal_critic(x),
            OutputActivation => f.output_activation(x),
            ConjugateOfActivation => f.conjugate_of_activation(x),
        }
    }

    /// How much the value of a member may be off its witness.
    ///
    /// A logarithm is as good as its argument's *relative* error: hence the 1.
    fn tolerance(self, combined: bool, witness: &Witness) -> f64 {
        let Witness { x, y, conditioning } = *witness;
        let logarithm = if self == LnCentred { 1.0 } else { 0.0 };
        // A combination adds up parts that may cancel.
        let parts = match (combined, self) {
            (false, _) => 0.0,
            // log u + log f̃(1/u)
            (true, LnCentred) => x.abs(),
            // The same through an exponential, where f(1/u) overflows.
            (true, Generator) => PARTS + (y * x.ln()).abs(),
            (true, _) => PARTS,
        };
        // Values below the normal range carry an absolute rounding error.
        BACKWARD * (y.abs() + conditioning + logarithm + parts) + f64::MIN_POSITIVE
    }
}

struct Witness {
    x: f64,
    y: f64,
    conditioning: f64,
}

fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("inf") => f64::INFINITY,
        Some("-inf") => f64::NEG_INFINITY,
        _ => value.as_f64().expect("a number, \"inf\" or \"-inf\""),
    }
}

fn recorded() -> Value {
    serde_json::from_str(include_str!("witnesses/catalogue.json")).expect("valid JSON")
}

/// A member with the witnesses of each of its functions.
type Member = (Arc<dyn Divergence>, BTreeMap<&'static str, Vec<Witness>>);

fn members() -> Vec<Member> {
    let recorded = recorded();
    let members = recorded["members"].as_object().expect("members");
    members
        .iter()
        .map(|(name, values)| {
            let f = find(name).expect("a witnessed name is known");
            let read = |key: &str| {
                let entries = values[key].as_array()?.iter().map(|entry| Witness {
                    x: number(&entry[0]),
                    y: number(&entry[1]),
                    conditioning: number(&entry[2]),
                });
                Some(entries.collect())
            };
            let witnesses = QUANTITIES.iter().filter_map(|(key, _)| Some((*key, read(key)?)));
            (f, witnesses.collect())
        })
        .collect()
}

/// The first witness that `subject` contradicts.
fn contradiction(
    f: &dyn Divergence,
    quantity: Quantity,
    witnesses: &[Witness],
    subject: impl Fn(f64) -> f64,
) -> Option<String> {
    let combined = is_combined(&f.name());
    witnesses.iter().find_map(|witness| {
        let (got, tolerance) = (subject(witness.x), quantity.tolerance(combined, witness));
        let Witness { x, y, .. } = witness;
        // An infinite value has no tolerance.
        let agrees = got == *y || (y.is_finite() && (got - y).abs() <= tolerance);
        (!agrees).then(|| format!("at {x:e}: {got:e}, not {y:e} (tolerance {tolerance:e})"))
    })
}

#[test]
fn every_member_agrees_with_mpmath() {
    let mut faults = Vec::new();
    for (f, witnesses) in &members() {
        for (key, quantity) in QUANTITIES {
            let Some(witnesses) = witnesses.get(key) else {
                continue;
            };
            if let Some(fault) = contradiction(f, quantity, witnesses, |x| quantity.of(f, x)) {
                faults.push(format!("{} {key} {fault}", f.name()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn ends_agree_with_mpmath() {
    for (name, values) in recorded()["members"].as_object().expect("members") {
        let f = find(name).expect("a witnessed name is known");
        let ends = [
            ("at_zero", f.at_zero()),
            ("at_one", f.at_one()),
            ("slope_at_zero", f.slope_at_zero()),
            ("slope_at_infinity", f.slope_at_infinity()),
        ];
        for (key, got) in ends {
            let y = number(&values[key]);
            assert!(
                got == y || (y.is_finite() && (got - y).abs() <= BACKWARD * y.abs()),
                "{name} {key}: {got}, not {y}"
            );
        }
    }
}

/// Whoever adds a member adds its witnesses; combinations are witnessed by a few.
#[test]
fn every_member_has_witnesses() {
    let recorded = recorded();
    for f in all() {
        let name = f.name();
        assert!(
            recorded["members"].get(&name).is_some() || is_combined(&name),
            "{name} has no witnesses: add it to tests/witnesses/catalogue.py and run that"
        );
    }
}

/// Every mistake of this kind is caught in every function of every member.
#[test]
fn general_mistakes_are_caught() {
    type Mistake = (&'static str, fn(&dyn Fn(f64) -> f64, f64) -> f64);
    let mistakes: [Mistake; 4] = [
        ("a shifted argument", |y, x| y(x + 1.0)),
        ("a ½ dropped", |y, x| 2.0 * y(x)),
        ("a wrong sign", |y, x| -y(x)),
        ("a lost digit", |y, x| y(x) * (1.0 + 1e-12)),
    ];
    for (f, witnesses) in &members() {
        for (key, quantity) in QUANTITIES {
            let Some(witnesses) = witnesses.get(key) else {
                continue;
            };
            for (mistake, spoil) in mistakes {
                let spoilt = |x| spoil(&|x| quantity.of(f, x), x);
                assert!(
                    contradiction(f, quantity, witnesses, spoilt).is_some(),
                    "{mistake} in {key} of {} goes unnoticed",
                    f.name()
                );
            }
        }
    }
}

/// Mistakes that others' code has made, or that naive code would make.
#[test]
fn particular_mistakes_are_caught() {
    type Mistake = (&'static str, &'static str, Quantity, fn(&dyn Divergence, f64) -> f64);
    let mistakes: [Mistake; 12] = [
        ("exponent t instead of t − 1", "kl", Conjugate, |_, t| t.exp()),
        ("JS paired with GAN's conjugate", "fgan_js", Conjugate, |_, t| -(1.0 - t.exp()).ln()),
        ("JSD for 2·JSD", "fgan_js", Generator, |f, u| f.generator(u) / 2.0),
        ("the other orientation's activation", "reverse_kl", OutputActivation, |_, v| -v.exp()),
        ("printed for true", "pearson_chi2", Conjugate, |f, t| f.printed_conjugate(t)),
        ("true for printed", "total_variation", PrintedConjugate, |f, t| f.conjugate(t)),
        ("α > 1 without max(0, ·)", "alpha(3)", Conjugate, |_, t| ((1.0 + 2.0 * t).powf(1.5) - 1.0) / 3.0),
        ("P and Q exchanged", "kl", Generator, |_, u| -u.ln()),
        ("W(e^{1−t}) taken through its asymptote", "jeffreys", Conjugate, |_, t| (t - 1.0).exp() + t - 2.0),
        ("f − tangent, not in log space", "js_weighted(0.1)", LnCentred, |f, l| f.generator(l.exp()).ln()),
        ("f* after g, not composed", "gan", ConjugateOfActivation, |f, v| {
            f.conjugate(f.output_activation(v))
        }),
        ("the critic of u, not of log u", "squared_hellinger", OptimalCritic, |f, l| {
            f.subdifferential(l.exp()).representative()
        }),
    ];
    let members = members();
    for (mistake, name, quantity, wrong) in mistakes {
        let (f, witnesses) = members.iter().find(|(f, _)| f.name() == name).expect(name);
        let (key, _) = QUANTITIES.iter().find(|(_, q)| *q == quantity).expect("listed");
        assert!(
            contradiction(f, quantity, &witnesses[key], |x| wrong(f, x)).is_some(),
            "{mistake} ({name}) goes unnoticed"
        );
    }
}

/// D_f(P‖Q) = Σ q f(p/q) + f′(∞)·P[q = 0] of two finite laws.
fn of_laws(f: &dyn Divergence, p: &[f64], q: &[f64]) -> f64 {
    p.iter()
        .zip(q)
        .map(|(p, q)| if *q == 0.0 { p * f.slope_at_infinity() } else { q * f.generator(p / q) })
        .sum()
}

#[test]
fn finite_laws_agree_with_scipy_and_torch() {
    let recorded = recorded();
    let list = |value: &Value| -> Vec<f64> { value.as_array().expect("a law").iter().map(number).collect() };
    for law in recorded["laws"].as_array().expect("laws") {
        let name = law["name"].as_str().expect("a name");
        let (p, q, y) = (list(&law["p"]), list(&law["q"]), number(&law["value"]));
        let f = find(name).expect(name);
        // Σ q|f| bounds what the terms round; the ratio p/q adds Σ q|u f′(u)|.
        let scale: f64 = p
            .iter()
            .zip(&q)
            .filter(|(p, q)| **p > 0.0 && **q > 0.0)
            .map(|(p, q)| {
                let u = p / q;
                q * f.generator(u).abs() + p * f.subdifferential(u).representative().abs()
            })
            .sum();
        let agrees = |got: f64| (got - y).abs() <= BACKWARD * (scale + y.abs());
        let got = of_laws(&f, &p, &q);
        assert!(agrees(got), "{name} on {p:?}, {q:?}: {got}, {} says {y}", law["source"]);
        assert!(!agrees(got * 2.0), "twice {name} goes unnoticed");
    }
    // The arguments exchanged: for KL another value, and noticed.
    let kl = &recorded["laws"][0];
    let (p, q) = (list(&kl["p"]), list(&kl["q"]));
    let exchanged = of_laws(&*find("kl").expect("kl"), &q, &p);
    assert!((exchanged - number(&kl["value"])).abs() > 1e-3);
}

#[test]
fn special_functions_agree_with_scipy_and_torch() {
    type Case = (&'static str, fn(f64) -> f64);
    let cases: [Case; 4] = [
        ("wright_omega", wright_omega),
        ("softplus", softplus),
        ("logsigmoid", |x| -softplus(-x)),
        ("logaddexp", |x| log_add_exp(x, 1.0)),
    ];
    // All four are exponentials at −∞, of conditioning |x|.
    let agrees =
        |got: f64, x: f64, y: f64| got == y || (got - y).abs() <= BACKWARD * y.abs() * (1.0 + x.abs());
    let recorded = recorded();
    for (name, function) in cases {
        let entries = recorded["special"][name].as_array().expect(name);
        let witnesses = || entries.iter().map(|entry| (number(&entry[0]), number(&entry[1])));
        for (x, y) in witnesses() {
            let got = function(x);
            assert!(agrees(got, x, y), "{name}({x}): {got}, not {y}");
        }
        assert!(
            witnesses().any(|(x, y)| !agrees(function(x) * (1.0 + 1e-12), x, y)),
            "a lost digit of {name} goes unnoticed"
        );
    }
}

/// A name that the catalogue prints is one that it understands.
#[test]
fn names_lead_back() {
    for f in all() {
        assert_eq!(find(&f.name()).map(|found| found.name()), Ok(f.name()));
    }
    let deep = "adjoint(".repeat(100_000) + "kl" + &")".repeat(100_000);
    assert!(find(&deep).is_err());
}

/// The numeric conjugate where t·u and f(u) overflow: symmetrised KL is half of
/// Jeffreys, whose conjugate is closed.
#[test]
fn numeric_conjugate_survives_overflow() {
    let numeric = find("symmetrised(kl)").expect("a member");
    let closed = find("half_jeffreys").expect("a member");
    for t in [-1e4, 300.0, 353.0, 354.5, 355.0, 360.0, 1e4] {
        let (got, y) = (numeric.conjugate(t), closed.conjugate(t));
        // f* grows like e^{2t}: its conditioning is 2|t|.
        let agrees = got == y || (got - y).abs() <= BACKWARD * y.abs() * (1.0 + 2.0 * f64::abs(t));
        assert!(agrees, "f*({t}): {got:e}, not {y:e}");
    }
}
