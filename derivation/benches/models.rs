//! What a certificate costs, against the number of models, of lines, and over all
//! derivations of the suites and of the book, in time of the processor.
//!
//! `cargo bench -p derivation --bench models`; with `-- all` every derivation.
//!
//! On one core of 2026 a random model of the five-line ELBO takes 18 µs, a model of the
//! five-step bound 70 µs, one of Donsker–Varadhan against NWJ (two suprema by search)
//! 65 µs: the cost grows with the number of models, beside about 30 ms for the enumerated
//! ones and the quadrature. A line more of the ELBO takes 5 ms of a thousand models. With
//! both certificates the 35 true derivations of the suites (120 links) take 1.7 s, the
//! slowest (Donsker–Varadhan from NWJ, four lines) 0.25 s; the 22 of the book's chapters
//! 3, 4 and 8 take 1.1 s.

use derivation::check::{self, check};
use derivation::numeric::{Limits, Outcome, certify};
use derivation::report::{Evaluation, Report, Verdict};
use derivation::syntax::{Block, blocks, parse};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

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

/// How long this process has worked, on all its threads.
fn worked() -> Duration {
    let told = fs::read_to_string("/proc/self/schedstat").ok();
    let told = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    told.map_or_else(|| Instant::now().duration_since(*BEGUN), Duration::from_nanos)
}

static BEGUN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

fn time(name: &str, source: &str, random_models: u32) {
    let Ok(chain) = parse(name, name, source) else {
        println!("{name}: not understood");
        return;
    };
    let limits = Limits { random_models, ..Limits::default() };
    let start = worked();
    let certificate = certify(&chain, &limits);
    let took = worked() - start;
    println!(
        "{name:<24} {random_models:>6} random models, {} lines: {:>8.1} ms  {}",
        chain.links.len() + 1,
        took.as_secs_f64() * 1e3,
        certificate.links.iter().map(summary).collect::<Vec<_>>().join(" ")
    );
}

fn summary(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Holds(numeric) => format!("{}:{:?}", numeric.models, numeric.kind),
        other => format!("{other:?}").chars().take(12).collect(),
    }
}

/// Every Markdown file below a folder.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "md") {
            found.push(path);
        }
    }
}

/// Models of each line, the least first.
fn models(report: &Report) -> Vec<u64> {
    let lines = report.steps.iter().filter(|step| step.verdict == Verdict::Proved);
    let numeric = lines.filter_map(|step| step.numeric.as_ref());
    // Quadrature is another matter: a few laws on the line, each worth many.
    let mut models: Vec<u64> =
        numeric.filter(|n| n.kind != Evaluation::Numeric || n.models > 100).map(|n| n.models).collect();
    models.sort_unstable();
    models
}

fn everything() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/true", "tests/false", "../book/src"] {
        let mut files = Vec::new();
        pages(&here.join(folder), &mut files);
        let found: Vec<Block> =
            files.iter().flat_map(|file| blocks(&fs::read_to_string(file).unwrap_or_default())).collect();
        let mut costs: Vec<(Duration, String)> = Vec::new();
        let (mut lines, mut least) = (0, u64::MAX);
        for block in &found {
            let Ok(chain) = parse(&block.id, "", &block.source) else { continue };
            let start = worked();
            certify(&chain, &Limits::default());
            let models_took = worked() - start;
            let start = worked();
            let report = check(&chain, &check::Limits::default());
            let took = worked() - start;
            let tried = report.as_ref().map(models).unwrap_or_default();
            least = least.min(tried.first().copied().unwrap_or(u64::MAX));
            lines += chain.links.len();
            costs.push((
                took,
                format!(
                    "{:<28} {} lines, {:.0} ms in models, models a line {tried:?}",
                    block.id,
                    chain.links.len() + 1,
                    models_took.as_secs_f64() * 1e3
                ),
            ));
        }
        costs.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
        let total: Duration = costs.iter().map(|(took, _)| *took).sum();
        println!(
            "\n{folder}: {} derivations, {lines} links, {total:.2?} CPU; at least {least} models a line",
            costs.len()
        );
        for (took, what) in costs.iter().take(40) {
            println!("{:>8.1} ms  {what}", took.as_secs_f64() * 1e3);
        }
    }
}

fn main() {
    if env::args().any(|argument| argument == "all") {
        return everything();
    }
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
    for random_models in [0, 100, 1000] {
        time("dv", DV, random_models);
    }
}
