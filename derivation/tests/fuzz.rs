//! Whatever the parser is given, it answers, and soon: random bytes, random words of the
//! language, and mutilated derivations.
//!
//! 100,000 inputs; `FUZZ=1000000 cargo test -p derivation --test fuzz --release` for more.

use derivation::syntax::{blocks, parse};
use derivation::typeset;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// The longest that one input may take, on a machine that does other things as well.
const LONGEST: Duration = Duration::from_secs(2);

const WORDS: &[&str] = &[
    "let",
    "assuming",
    "be",
    "a",
    "the",
    "law",
    "laws",
    "of",
    "with",
    "real",
    "finite",
    "number",
    "generator",
    "class",
    "functions",
    "function",
    "into",
    "in",
    "is",
    "has",
    "by",
    "attained",
    "at",
    "convex",
    "closed",
    "strictly",
    "bounded",
    "regular",
    "E",
    "int",
    "sum",
    "sup",
    "max",
    "inf",
    "min",
    "d",
    "log",
    "exp",
    "sqrt",
    "abs",
    "larger",
    "smaller",
    "dom",
    "subdiff",
    "KL",
    "D_f",
    "JS",
    "TV",
    "chi2",
    "H2",
    "H",
    "R",
    "p",
    "q",
    "r",
    "p_d",
    "m",
    "f",
    "f*",
    "f'",
    "f**",
    "f*'",
    "T",
    "h",
    "x",
    "z",
    "z'",
    "t",
    "u",
    "e",
    "theta",
    "θ",
    "1",
    "2",
    "0.5",
    "1/2",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    "|",
    "||",
    "‖",
    "~",
    "+",
    "-",
    "*",
    "/",
    "^",
    "'",
    "=",
    "<=",
    ">=",
    "<",
    ">",
    "!=",
    "<<",
    "\n",
    "\n  = ",
    "\n  <= ",
    " ",
    "--",
    "\\frac",
    "“",
    "$",
    "𝔼",
    "∞",
    "∫",
    "p(x)",
    "q(z|x)",
    "E[x ~ p]",
    "sup[t in dom f*]",
    "sup[T(x) in C]",
    "KL(p || q)",
    "T(x)",
    "f*(T(x))",
];

fn input(random: &mut ChaCha8Rng, examples: &[String]) -> String {
    match random.random_range(0..8) {
        0 => {
            let length = random.random_range(0..60);
            let mut bytes = vec![0_u8; length];
            random.fill_bytes(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        }
        1..=3 => (0..random.random_range(0..40))
            .map(|_| WORDS[random.random_range(0..WORDS.len())])
            .collect::<Vec<_>>()
            .join([" ", ""][random.random_range(0..2)]),
        _ => {
            let example = &examples[random.random_range(0..examples.len())];
            mutilated(random, example)
        }
    }
}

/// A derivation with pieces lost, doubled, exchanged or thrown in.
fn mutilated(random: &mut ChaCha8Rng, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..random.random_range(1..4) {
        let at = random.random_range(0..=letters.len());
        let end = (at + random.random_range(0..6)).min(letters.len());
        match random.random_range(0..4) {
            0 => drop(letters.drain(at..end)),
            1 => {
                let piece = letters[at..end].to_vec();
                letters.splice(at..at, piece);
            }
            2 => {
                let word = WORDS[random.random_range(0..WORDS.len())];
                letters.splice(at..end, word.chars());
            }
            _ => letters[at..end].reverse(),
        }
    }
    letters.into_iter().collect()
}

/// Reads, and shows whatever came of it.
fn answered(source: &str, shown: bool) -> bool {
    match parse("id", "title", source) {
        Ok(chain) => {
            let lines = typeset::chain(&chain);
            assert_eq!(lines.links.len(), chain.links.len());
            assert!(!typeset::plain(&chain.first).is_empty());
            true
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason: {source:?}");
            // The drawing costs ten times the reading.
            for fault in faults.into_iter().filter(|_| shown) {
                assert!(fault.render("fuzz", source, false).contains(&fault.message));
            }
            false
        }
    }
}

#[test]
fn every_input_is_answered_soon() {
    let many: u64 = std::env::var("FUZZ").ok().and_then(|many| many.parse().ok()).unwrap_or(100_000);
    let examples: Vec<String> =
        blocks(include_str!("examples.md")).into_iter().map(|block| block.source).collect();
    let mut random = ChaCha8Rng::seed_from_u64(many);
    let mut read = 0_u64;
    for round in 0..many {
        let source = input(&mut random, &examples);
        let begun = Instant::now();
        read += u64::from(answered(&source, round % 16 == 0));
        let took = begun.elapsed();
        assert!(took < LONGEST, "{took:?} for {source:?}");
        assert!(blocks(&source).len() <= source.len());
    }
    // Inputs that are all refused, or all read, would try little.
    assert!(read > many / 50 && read < many / 2, "{read} of {many} were read");
}

#[test]
fn what_is_too_deep_or_too_long_is_refused_at_once() {
    let long = "a + ".repeat(20_000);
    let deep = |open: &str, close: &str| {
        format!("{}x{}\n = 1", open.repeat(30_000 / open.len()), close.repeat(30_000 / open.len()))
    };
    let sources = [
        format!("{long}a\n = 1"),
        deep("(", ")"),
        deep("{", "}"),
        deep("|", "|"),
        deep("log ", ""),
        deep("-", ""),
        deep("sup[t] ", ""),
        deep("E[x~p] ", ""),
        deep("f(", ")"),
        deep("a^", ""),
        deep("d[t]", ""),
        deep("[", "]"),
        "let ".repeat(10_000),
        "by ".repeat(10_000),
        "= ".repeat(10_000),
        "\\frac{".repeat(5_000),
        format!("{}\n = 1", "a + ".repeat(10_000)),
        format!("{} 1\n = 1", "T(x) ".repeat(10_000)),
        format!("x\n{}", "= x\n".repeat(10_000)),
        format!("p({}x)\n = 1", "x,".repeat(10_000)),
        format!("let T(x) = {}x\nx\n = 1", "x*".repeat(10_000)),
    ];
    for source in sources {
        let begun = Instant::now();
        answered(&source, true);
        let took = begun.elapsed();
        assert!(took < 5 * LONGEST, "{took:?} for {}…", source.chars().take(40).collect::<String>());
    }
}
