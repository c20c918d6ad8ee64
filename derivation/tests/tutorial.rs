//! The tutorial page and the grammar: every example is read, every message shown is the
//! one that is given, and the grammar defines all that it uses.
//!
//! `REGENERATE=1 cargo test -p derivation --test tutorial` writes the messages that are
//! given now into the page.

use derivation::certificate::certify;
use derivation::report::Verdict;
use derivation::syntax::parse;
use derivation::tell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

const GRAMMAR: &str = include_str!("../grammar.ebnf");

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../book/src/back/derivation-language.md")
}

/// The listings of the page: where each stands, and its text.
fn listings(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("```text\n") {
        let start = at + open + "```text\n".len();
        let Some(length) = text[start..].find("```") else { break };
        found.push((start..start + length, &text[start..start + length]));
        at = start + length + 3;
    }
    found
}

fn is_message(listing: &str) -> bool {
    listing.starts_with("error: ")
}

#[test]
fn examples_are_read_and_messages_are_the_real_ones() {
    let text = fs::read_to_string(page()).expect("the tutorial");
    assert!(text.contains("{{#include ../../../derivation/grammar.ebnf}}"), "the page shows another grammar");
    let listings = listings(&text);
    let (mut read, mut refused) = (0, 0);
    let mut renewed = text.clone();
    for (at, (_, source)) in listings.iter().enumerate().rev() {
        if is_message(source) || source.contains("{{#include") {
            continue;
        }
        let message = listings.get(at + 1).filter(|(_, next)| is_message(next));
        let said: Option<String> = parse("my", "", source).err().map(|faults| {
            let shown: Vec<String> =
                faults.iter().map(|fault| fault.render("my.txt", source, false)).collect();
            format!("{}\n", shown.join("\n\n"))
        });
        match (message, said) {
            (None, None) => read += 1,
            (Some((place, _)), Some(said)) if env::var_os("REGENERATE").is_some() => {
                renewed.replace_range(place.clone(), &said);
                refused += 1;
            }
            (Some((_, shown)), Some(said)) => {
                assert_eq!(*shown, said);
                refused += 1;
            }
            (None, Some(said)) => panic!("the tutorial's example is refused:\n{said}"),
            (Some((_, shown)), None) => panic!("this is read, though the page says:\n{shown}"),
        }
    }
    if renewed != text {
        fs::write(page(), renewed).expect("the tutorial is written");
    }
    assert!(read >= 8 && refused >= 6, "{read} examples and {refused} mistakes");
}

#[test]
fn examples_hold_but_for_the_one_that_is_to_be_undefined() {
    let text = fs::read_to_string(page()).expect("the tutorial");
    let mut undefined = 0;
    for (_, source) in listings(&text) {
        let Ok(certificate) = certify("my", source) else { continue };
        let verdicts: Vec<&Verdict> = certificate.report.steps.iter().map(|step| &step.verdict).collect();
        if verdicts.iter().any(|verdict| matches!(verdict, Verdict::Undefined { true_if: Some(_), .. })) {
            undefined += 1;
        } else {
            assert!(
                verdicts.iter().all(|verdict| matches!(verdict, Verdict::Proved)),
                "{source}{verdicts:?}"
            );
        }
    }
    assert_eq!(undefined, 1, "the page says that one of its examples is undefined");
    // What the command is shown to print of the first example.
    let first = certify("my", listings(&text)[0].1).expect("the first example");
    let numeric = first.report.steps[0].numeric.as_ref().expect("models");
    assert!(text.contains(&format!("({})", tell::models(numeric))), "it is {}", tell::models(numeric));
}

#[test]
fn the_grammar_defines_what_it_uses() {
    let mut defined = BTreeSet::new();
    let mut used = BTreeSet::from(["derivation".to_owned()]);
    for rule in bare(GRAMMAR).split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        let (name, body) = rule.split_once('=').unwrap_or_else(|| panic!("no rule: {rule}"));
        assert!(defined.insert(name.trim().to_owned()), "{name} is defined twice");
        let words = body.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        used.extend(words.map(str::to_owned));
    }
    assert_eq!(defined, used);
}

/// The grammar without comments, quoted words and descriptions.
fn bare(grammar: &str) -> String {
    let mut text = String::new();
    let mut rest = grammar;
    while let Some(at) = rest.find(['"', '?']).into_iter().chain(rest.find("(*")).min() {
        text.push_str(&rest[..at]);
        let close = match rest.as_bytes()[at] {
            b'(' => "*)",
            b'"' => "\"",
            _ => "?",
        };
        let inside = &rest[at + close.len()..];
        let end = inside.find(close).unwrap_or_else(|| panic!("{close} is missing"));
        rest = &inside[end + close.len()..];
    }
    text.push_str(rest);
    text
}
