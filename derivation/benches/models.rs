//! What a numeric certificate costs, against the number of models and of lines.
//!
//! `cargo bench -p derivation --bench models`

use derivation::numeric::{Limits, certify};
use derivation::syntax::parse;
use std::time::{Duration, Instant};

const ELBO: &str = "assuming KL(q(z|x) || p(z|x)) < inf
log p(x)
  =  E[z ~ q(z|x)] log p(x)
  =  E[z ~ q(z|x)] log (p(x,z) / p(z|x))
  =  E[z ~ q(z|x)] log (p(x,z) / q(z|x)) + KL(q(z|x) || p(z|x))
  >= E[z ~ q(z|x)] log (p(x,z) / q(z|x))";

const BOUND: &str = "assuming f closed, p << q
D_f(p(x) || q(x))
  = E[x ~ q] f(p(x)/q(x))
  = E[x ~ q] sup[t in dom f*] {t * p(x)/q(x) - f*(t)}
  = sup[T(x) in dom f*] E[x ~ q] {T(x) * p(x)/q(x) - f*(T(x))}
  = sup[T(x) in dom f*] {E[x ~ p] T(x) - E[x ~ q] f*(T(x))}";

const DV: &str = "assuming p << q
sup[T(x) in R] {E[x ~ p] T(x) - log E[x ~ q] exp T(x)}
  >= sup[T(x) in R] {E[x ~ p] T(x) - E[x ~ q] exp(T(x) - 1)}";

fn time(name: &str, source: &str, random_models: u32) {
    let Ok(chain) = parse(name, name, source) else {
        println!("{name}: not understood");
        return;
    };
    let limits = Limits { random_models, per_link: Duration::from_secs(20), ..Limits::default() };
    let start = Instant::now();
    let certificate = certify(&chain, &limits);
    let took = start.elapsed();
    println!(
        "{name:<24} {random_models:>6} random models, {} lines: {:>8.1} ms  {}",
        chain.links.len() + 1,
        took.as_secs_f64() * 1e3,
        certificate.links.iter().map(summary).collect::<Vec<_>>().join(" ")
    );
}

fn summary(outcome: &derivation::numeric::Outcome) -> String {
    match outcome {
        derivation::numeric::Outcome::Holds(numeric) => format!("{}:{:?}", numeric.models, numeric.kind),
        other => format!("{other:?}").chars().take(12).collect(),
    }
}

fn main() {
    for random_models in [0, 100, 1000, 4000] {
        time("elbo", ELBO, random_models);
    }
    for lines in 2..=5 {
        let source: Vec<&str> = ELBO.lines().take(lines + 1).collect();
        time(&format!("elbo, {lines} lines"), &source.join("\n"), 1000);
    }
    for random_models in [0, 100, 1000] {
        time("five steps", BOUND, random_models);
    }
    time("dv", DV, 0);
    time("dv", DV, 100);
}
