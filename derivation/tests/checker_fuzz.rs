//! Whatever derivation can be read, the checker answers, and soon: links of the suites
//! with laws, variables, operators, rules and relations exchanged. The two certificates
//! share no code, so that every mutant is also a trial of both: what the kernel proves,
//! no model may refute.
//!
//! 400 mutants; with `FUZZ=10000 cargo test --test checker_fuzz`, as the gate does, more:
//! some 200 a second and core. `FUZZ_SEED=1` gives others.

mod common;

use common::{held, worked};
use derivation::check::{Limits, check};
use derivation::report::Verdict;
use derivation::symbolic::rules;
use derivation::syntax::parse;
use derivation::{numeric, symbolic};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Duration;
use std::{env, thread};

/// The longest that one line may take.
const LONGEST: Duration = Duration::from_secs(2);
/// The most memory that the whole run may have held, in KiB.
const LARGEST: u64 = 1_500_000;
/// Words that stand for one another without spoiling the grammar.
const KINDS: &[&[&str]] = &[
    &["p", "q", "r", "m"],
    &["x", "z", "y", "z'"],
    &["T", "h", "k"],
    &["t", "u", "a", "c", "s"],
    &["+", "-", "*", "/"],
    &["=", "<=", ">="],
    &["log", "exp", "-", ""],
    &["f", "f*", "f'", "f**"],
    &["KL", "JS", "TV", "chi2", "H2", "D_f"],
    &["sup", "max", "inf", "min"],
    &["0", "1", "2", "1/2", "inf"],
    &["||", ","],
    &["|", ","],
    &["closed", "convex", "normalised", "differentiable"],
    &["int", "sum"],
];

/// A derivation of one link, in parts.
#[derive(Clone)]
struct Seed {
    context: String,
    first: String,
    link: String,
    by: String,
}

impl Seed {
    fn text(&self) -> String {
        format!("{}{}\n  {} by {}", self.context, self.first, self.link, self.by)
    }
}

/// Every link of the suites, alone.
fn seeds() -> Vec<Seed> {
    let mut seeds = vec![];
    for block in ["true", "false"].iter().flat_map(|folder| common::suite(folder)) {
        let Ok(chain) = parse(&block.id, "", &block.source) else { continue };
        let mut first = chain.first_span.clone();
        for link in &chain.links {
            let by: Vec<&str> = link.by.iter().map(|citation| &block.source[citation.span.clone()]).collect();
            seeds.push(Seed {
                context: block.source[..chain.first_span.start].to_owned(),
                first: block.source[first].to_owned(),
                link: block.source[link.span.start..link.term_span.end].to_owned(),
                by: if by.is_empty() { "algebra".to_owned() } else { by.join(", ") },
            });
            first = link.term_span.clone();
        }
    }
    seeds
}

/// A text's words, signs and gaps; together they are the text.
fn pieces(text: &str) -> Vec<String> {
    let kind = |c: char| match c {
        _ if c.is_alphanumeric() || c == '_' => 0,
        _ if c.is_whitespace() => 1,
        '=' | '<' | '>' => 2,
        '|' => 3,
        _ => 4,
    };
    let mut pieces: Vec<String> = vec![];
    for c in text.chars() {
        let joins = |last: &String| {
            let before = last.chars().next_back().map(kind);
            (before == Some(kind(c)) && kind(c) != 4)
                // f*, f', z'
                || (matches!(c, '*' | '\'') && before == Some(0)) || (c == '*' && last.ends_with('*'))
        };
        match pieces.last_mut() {
            Some(last) if joins(last) => last.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

fn one<'a, T>(random: &mut ChaCha8Rng, list: &'a [T]) -> &'a T {
    &list[random.random_range(0..list.len())]
}

/// One word exchanged for another of its kind; or every one like it.
fn exchanged(random: &mut ChaCha8Rng, text: &str) -> String {
    let mut pieces = pieces(text);
    let known: Vec<(usize, &[&str])> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| {
            KINDS
                .iter()
                .find(|kind| !piece.is_empty() && kind.contains(&piece.as_str()))
                .map(|kind| (at, *kind))
        })
        .collect();
    if known.is_empty() {
        return text.to_owned();
    }
    let (at, kind) = *one(random, &known);
    let (old, new) = (pieces[at].clone(), (*one(random, kind)).to_owned());
    if random.random_range(0..3) == 0 {
        pieces.iter_mut().filter(|piece| **piece == old).for_each(|piece| piece.clone_from(&new));
    } else {
        pieces[at] = new;
    }
    pieces.concat()
}

/// A sentence of the context lost.
fn forgotten(random: &mut ChaCha8Rng, context: &str) -> String {
    let Some((declared, assumed)) = context.split_once("assuming ") else { return context.to_owned() };
    let mut list: Vec<&str> = assumed.trim_end().split(", ").collect();
    list.remove(random.random_range(0..list.len()));
    if list.is_empty() { declared.to_owned() } else { format!("{declared}assuming {}\n", list.join(", ")) }
}

/// A side within brackets, with something done to it.
fn dressed(random: &mut ChaCha8Rng, link: &str) -> String {
    let (relation, term) = link.split_at(link.find(char::is_whitespace).unwrap_or(0));
    let done = [
        format!("{relation} - ({term})"),
        format!("{relation} 2 * ({term})"),
        format!("{relation} ({term}) + 0 * log p(x)"),
        format!("{relation} ({term}) * p(x) / p(x)"),
        format!("{relation} E[z' ~ q(z')] ({term})"),
        format!("{relation} exp log ({term})"),
        format!("{relation} ({term}) + KL(p(x) || q(x)) - KL(p(x) || q(x))"),
        format!("{relation} larger(({term}), 0)"),
    ];
    one(random, &done).clone()
}

fn mutant(random: &mut ChaCha8Rng, seeds: &[Seed]) -> String {
    let mut seed = one(random, seeds).clone();
    for _ in 0..random.random_range(1..4) {
        match random.random_range(0..12) {
            0..=3 => seed.link = exchanged(random, &seed.link),
            4..=6 => seed.first = exchanged(random, &seed.first),
            7 => seed.context = forgotten(random, &seed.context),
            8 => seed.link = dressed(random, &seed.link),
            9 => seed.by = format!("{}, {}", seed.by, one(random, rules()).name),
            10 => seed.by = one(random, rules()).name.to_owned(),
            _ => {
                let other = one(random, seeds);
                match random.random_range(0..3) {
                    0 => seed.link.clone_from(&other.link),
                    1 => seed.by = format!("{}, {}", seed.by, other.by),
                    _ => seed.context.clone_from(&other.context),
                }
            }
        }
    }
    seed.text()
}

/// Little of everything: many mutants tell more than much time for each. Every zero
/// pattern of small spaces is met. What would help a reader is looked for now and then.
fn limits(number: u64) -> Limits {
    Limits {
        numeric: numeric::Limits {
            random_models: 40,
            work: 2_000_000,
            simplifications: 20,
            ..numeric::Limits::default()
        },
        symbolic: symbolic::Limits {
            deep: false,
            rounds: 4,
            nodes: 1_000,
            variants: 8,
            size: 120,
            time: Duration::from_millis(500),
            total: Duration::from_secs(1),
            hints: number.is_multiple_of(32),
        },
    }
}

/// How many of each outcome.
#[derive(Default, Debug)]
struct Count {
    read: u64,
    proved: u64,
    refuted: u64,
    undefined: u64,
    slowest: Duration,
    complaints: Vec<String>,
}

fn tried(seed: u64, many: u64, seeds: &[Seed]) -> Count {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut count = Count::default();
    for number in 0..many {
        let source = mutant(&mut random, seeds);
        let Ok(chain) = parse("mutant", "", &source) else { continue };
        let begun = worked();
        let report = check(&chain, &limits(number));
        let took = worked().saturating_sub(begun);
        count.read += 1;
        count.slowest = count.slowest.max(took);
        if took > LONGEST {
            count.complaints.push(format!("{took:?} for\n{source}"));
        }
        match report {
            Err(disagreement) => count.complaints.push(format!("{disagreement}\n{source}")),
            Ok(report) => match report.steps.first().map(|step| &step.verdict) {
                Some(Verdict::Proved) => count.proved += 1,
                Some(Verdict::Refuted { .. }) => count.refuted += 1,
                Some(Verdict::Undefined { .. }) => count.undefined += 1,
                _ => {}
            },
        }
    }
    count
}

#[test]
fn every_mutant_is_judged_soon_and_without_contradiction() {
    let many: u64 = env::var("FUZZ").ok().and_then(|many| many.parse().ok()).unwrap_or(400);
    let begin: u64 = env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let seeds = seeds();
    assert!(seeds.len() > 150, "{} links", seeds.len());
    let counts: Vec<Count> = thread::scope(|scope| {
        let seeds = &seeds;
        let halves = [0, 1].map(|half| scope.spawn(move || tried(2 * begin + half, many / 2, seeds)));
        halves.into_iter().map(|half| half.join().expect("the checker does not panic")).collect()
    });
    println!("{counts:#?}; {:?} KiB", held());
    let sum = |of: fn(&Count) -> u64| counts.iter().map(of).sum::<u64>();
    let complaints: Vec<String> = counts.iter().flat_map(|count| count.complaints.clone()).collect();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n\n"));
    assert!(held().is_none_or(|held| held < LARGEST), "{:?} KiB", held());
    // Mutants that are all refused, or all true, would try little.
    assert!(sum(|c| c.read) > many / 3, "{} of {many} were read", sum(|c| c.read));
    assert!(sum(|c| c.proved) > many / 50, "{} of {many} were proved", sum(|c| c.proved));
    assert!(sum(|c| c.refuted) > many / 20, "{} of {many} were refuted", sum(|c| c.refuted));
    assert!(sum(|c| c.undefined) > many / 100, "{} of {many} were undefined", sum(|c| c.undefined));
}
