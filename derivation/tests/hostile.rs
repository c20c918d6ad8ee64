//! Texts that are meant to take for ever, or all memory: each is answered, with a
//! certificate or a message.

mod common;

use common::{held, worked};
use derivation::certificate::certify;
use std::time::Duration;

/// The longest that a line may take, and a whole text.
const A_LINE: Duration = Duration::from_secs(3);
const A_TEXT: Duration = Duration::from_secs(60);
/// The most memory that all of them may have held, in KiB.
const LARGEST: u64 = 1_000_000;

/// `open` so many times, the core, and `close` as often.
fn nested(open: &str, core: &str, close: &str, times: usize) -> String {
    format!("{}{core}{}", open.repeat(times), close.repeat(times))
}

/// What is done to a letter for each of the first of them.
fn listed(many: usize, separator: &str, each: impl Fn(usize) -> String) -> String {
    (0..many).map(each).collect::<Vec<_>>().join(separator)
}

fn texts() -> Vec<(&'static str, String)> {
    let same = |term: String| format!("{term}\n= {term} by algebra");
    let digits = "9".repeat(40);
    let long = "x".repeat(20_000);
    let there_and_back = "\n= E[x ~ p] log (p(x) / q(x)) by def KL\n= KL(p || q) by def KL";
    let suprema = listed(12, " ", |i| format!("sup[t{i}]"));
    let squares = listed(12, " - ", |i| format!("t{i}^2"));
    let functions = "sup[T(x)] sup[S(x)] sup[U(x)] (E[x ~ p] (T(x) + S(x)) - log E[x ~ q] exp (S(x) * U(x)))";
    let integrals = "E[x, y, z, w ~ p(x, y, z, w)] (T(x) * S(y) * V(z) * U(w))";
    let divergences = "KL(p(x, y) || q(x, y)) + chi2(p(x) || q(x))";
    let finite = listed(1_000, ", ", |i| format!("E[x ~ p] T{i}(x) is finite"));
    let definitions = listed(30, "\n", |i| format!("let h{}(x) = h{i}(x) * h{i}(x) + h{i}(x)", i + 1));
    let digits_sum = format!("log {digits}\n= log {digits} + 0 * log p(x) by algebra");
    let mut texts: Vec<(&str, String)> = vec![
        ("parentheses", same(nested("(", "1", ")", 10_000))),
        ("just deep enough", same(nested("log (", "2", ")", 20))),
        ("exponentials", same(nested("exp (", "1", ")", 20))),
        ("deep negations", same(format!("{}1", "- ".repeat(10_000)))),
        ("open brackets", "(".repeat(100_000)),
        ("ten thousand lines", format!("p(x){}", "\n= 1".repeat(10_000))),
        ("more than is read", format!("log p(x){}", "\n= log p(x) by algebra".repeat(10_000))),
        ("many heavy lines", format!("KL(p || q){}", there_and_back.repeat(150))),
        ("a long sum", same(listed(2_000, " + ", |i| format!("{i} * p(x)")))),
        ("a long product", same(listed(1_000, " * ", |_| "p(x)".into()))),
        ("many digits", same(digits.clone())),
        ("many digits in logarithms", digits_sum),
        ("a large integer", format!("1{}\n= 10 by algebra", "0".repeat(400))),
        ("many decimals", same(format!("0.{}", &digits[2..]))),
        ("powers", "p(x)^999999999\n= p(x)^999999998 * p(x) by algebra".into()),
        ("powers of powers", same(nested("(", "3", ")^60", 20))),
        ("powers of a sum", "(p(x) + q(x))^60\n= (q(x) + p(x))^60 by algebra".into()),
        ("roots", same(nested("sqrt (", "p(x)", ")", 20))),
        ("a long name", same(long.clone())),
        ("a long law", same(format!("{long}(x)"))),
        ("many spaces", same(format!("p({})", listed(40, ", ", |i| format!("x{i}"))))),
        ("eight spaces", same(format!("log p({})", listed(8, ", ", |i| format!("x{i}"))))),
        ("nested sums", same(nested_expectations(8))),
        ("nested suprema", same(format!("{suprema} ({squares})"))),
        ("suprema over functions", same(functions.into())),
        ("gradients", same(nested("d[theta] (", "E[z ~ q(z; theta)] h(z)", ")", 20))),
        ("conjugates", same(nested("f*(", "t", ")", 40))),
        ("integrals on the line", format!("let x, y, z, w be real\n{}", same(integrals.into()))),
        ("divergences on the line", format!("let x, y be real\n{}", same(divergences.into()))),
        ("many laws", same(listed(200, " + ", |i| format!("KL(p{i} || q{i})")))),
        (
            "many summands for a lemma",
            format!("{}\n>= 0 by KL >= 0", listed(300, " + ", |_| "KL(p || q)".into())),
        ),
        ("many assumptions", format!("assuming {finite}\n{}", same("E[x ~ p] T1(x)".into()))),
        ("many rules", format!("p(x)\n= q(x) by {}", listed(30, ", ", |_| "bayes".into()))),
        ("impossible assumptions", "assuming p(x) > 1, p << q\nKL(p || q)\n>= 0 by KL >= 0".into()),
        ("definitions of definitions", format!("{definitions}\n{}", same("E[x ~ p] h30(x)".into()))),
    ];
    texts.push(("nothing but lines", "\n".repeat(1_000_000)));
    texts.push(("control characters", "\u{0}\u{1}\u{7f}= \u{202e}p(x)".repeat(1_000)));
    texts
}

/// E over z₁ of E over z₂ of …, each of a law of all before.
fn nested_expectations(depth: usize) -> String {
    let given = |i: usize| {
        if i == 0 { String::new() } else { format!(" | {}", listed(i, ", ", |j| format!("z{j}"))) }
    };
    let heads = listed(depth, " ", |i| format!("E[z{i} ~ p{i}(z{i}{})]", given(i)));
    format!("{heads} log p0(z0)")
}

#[test]
fn every_hostile_text_is_answered() {
    let mut complaints = Vec::new();
    for (name, text) in texts() {
        let begun = worked();
        let answer = certify("hostile", &text);
        let took = worked().saturating_sub(begun);
        let (lines, said) = match &answer {
            Ok(certificate) => (certificate.lines.len() + 1, "checked".to_owned()),
            Err(faults) => (1, faults.first().map_or_else(String::new, |fault| fault.message.clone())),
        };
        println!("{name}: {took:.2?}, {lines} lines, {:.80}", said.replace('\n', " "));
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        if took > A_TEXT.min(A_LINE * lines) {
            complaints.push(format!("{name} took {took:?}"));
        }
        if matches!(&answer, Err(faults) if faults.is_empty()) {
            complaints.push(format!("{name} is refused without a message"));
        }
    }
    println!("{:?} KiB", held());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(held().is_none_or(|held| held < LARGEST), "{:?} KiB", held());
}
