//! Derivations that must be read as they stand: found in a file, printed in the
//! language and read again, and typeset so that KaTeX takes every line.

use derivation::chain::{Chain, Relation};
use derivation::syntax::{blocks, parse};
use derivation::typeset::{self, plain};
use katex::{KatexContext, Settings, StrictMode, StrictSetting, render_to_string};

const EXAMPLES: &str = include_str!("examples.md");

fn examples() -> Vec<Chain> {
    let read = |block: derivation::syntax::Block| {
        parse(&block.id, &block.title, &block.source).unwrap_or_else(|faults| {
            let shown: Vec<String> =
                faults.iter().map(|fault| fault.render(&block.id, &block.source, false)).collect();
            panic!("{}", shown.join("\n"))
        })
    };
    blocks(EXAMPLES).into_iter().map(read).collect()
}

fn example(id: &str) -> Chain {
    examples().into_iter().find(|chain| &*chain.id == id).unwrap_or_else(|| panic!("no example {id}"))
}

#[test]
fn every_example_is_read() {
    assert_eq!(examples().len(), 14);
}

#[test]
fn katex_takes_every_line() {
    let context = KatexContext::default();
    let settings =
        Settings::builder().display_mode(true).strict(StrictSetting::Mode(StrictMode::Error)).build();
    for chain in examples() {
        let lines = typeset::chain(&chain);
        let links = lines.links.iter().flat_map(|line| [line.latex.clone(), line.justification()]);
        let all = links.chain(lines.declarations.iter().chain(&lines.assumptions).cloned());
        for latex in all.chain([lines.first.clone(), lines.aligned()]) {
            if std::env::var_os("SHOW").is_some() {
                println!("{}: {latex}", chain.id);
            }
            let rendered = render_to_string(&context, &latex, &settings);
            assert!(rendered.is_ok(), "{}: {latex}\n{}", chain.id, rendered.unwrap_err());
        }
    }
}

#[test]
fn a_chain_of_printed_lines_prints_the_same() {
    for chain in examples() {
        let statements: String = statements(&chain.id);
        let mut source = format!("{statements}{}\n", plain(&chain.first));
        for link in &chain.links {
            let relation = match link.relation {
                Relation::Equal => "=",
                Relation::AtMost => "<=",
                Relation::AtLeast => ">=",
            };
            source.push_str(&format!("{relation} {}\n", plain(&link.term)));
        }
        let again = parse(&chain.id, &chain.title, &source).unwrap_or_else(|faults| {
            panic!("{}", faults.iter().map(|fault| fault.render("", &source, false)).collect::<String>())
        });
        let printed = |chain: &Chain| {
            let links = chain.links.iter().map(|link| plain(&link.term));
            std::iter::once(plain(&chain.first)).chain(links).collect::<Vec<_>>()
        };
        assert_eq!(printed(&chain), printed(&again));
    }
}

/// The lines of an example before its chain.
fn statements(id: &str) -> String {
    let block = blocks(EXAMPLES).into_iter().find(|block| block.id == id).expect("the example");
    let lines =
        block.source.lines().take_while(|line| line.starts_with("let") || line.starts_with("assuming"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn names_are_what_their_uses_say() {
    let elbo = example("elbo");
    let of: Vec<_> =
        elbo.context.laws.iter().map(|law| (&*law.name, law.of.len(), law.given.len())).collect();
    assert_eq!(of, [("q", 1, 1), ("p", 2, 0)]);
    assert_eq!(elbo.context.points.len(), 1);
    assert_eq!(elbo.direction(), Relation::AtLeast);

    let score = example("score");
    assert_eq!(score.context.numbers, ["theta".into()]);
    assert_eq!(score.context.laws[0].parameters, ["theta".into()]);
    assert!(score.context.points.is_empty());
}

#[test]
fn a_witness_is_put_in() {
    let attained = example("attained");
    assert_eq!(
        plain(&attained.links[0].term),
        "E[x ~ q(x)] { f'(p(x) / q(x)) * p(x) / q(x) - f*(f'(p(x) / q(x))) }"
    );
    let conjugate = example("conjugate");
    assert_eq!(plain(&conjugate.links[1].term), "t * exp (t - 1) - (exp (t - 1)) * log exp (t - 1)");
}

#[test]
fn blocks_are_found_in_pages_and_in_plain_files() {
    let page =
        "text\n```derivation id=\"elbo\" title=\"The bound\" slow\na = b\n```\n~~~rust\n```derivation\n~~~\n";
    let found = blocks(page);
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0].id, &*found[0].title, &*found[0].source), ("elbo", "The bound", "a = b\n"));
    assert_eq!(&page[found[0].offset..][..5], "a = b");
    assert!(found[0].attributes.contains_key("slow"));

    let file = "derivation elbo \"The evidence lower bound\"\na = b\n";
    let found = blocks(file);
    assert_eq!(
        (&*found[0].id, &*found[0].title, &*found[0].source),
        ("elbo", "The evidence lower bound", "a = b\n")
    );
    assert_eq!(blocks("a = b").len(), 1);
    assert!(blocks(" \n").is_empty());
}
