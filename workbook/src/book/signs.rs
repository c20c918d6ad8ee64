//! The derivation language's text in the signs of print: what a reader is told of a line
//! is written as it would be typed, and shown as it would be set.

use super::html::escape;
use derivation::typeset;

/// Plain words and terms with the signs of print: `p << q` is shown as `p ≪ q`.
pub(super) fn printed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let before = shown.chars().next_back();
        if let Some((typed, sign)) = SIGNS.iter().find(|(typed, _)| rest.starts_with(typed)) {
            shown.push_str(sign);
            rest = &rest[typed.len()..];
        } else if word == 0 {
            // A hyphen within a word stays one.
            let joins = before.is_some_and(char::is_alphabetic)
                && rest[c.len_utf8()..].starts_with(char::is_alphabetic);
            shown.push(if c == '-' && !joins { '−' } else { c });
            rest = &rest[c.len_utf8()..];
        } else {
            match (&rest[..word], scientific(rest)) {
                (_, Some((number, taken))) => {
                    shown.push_str(&number);
                    rest = &rest[taken..];
                    continue;
                }
                ("inf", _) => shown.push('∞'),
                (name, _) => {
                    shown.push_str(GREEK.iter().find(|(typed, _)| *typed == name).map_or(name, |g| g.1));
                }
            }
            rest = &rest[word..];
        }
    }
    shown
}

const SIGNS: [(&str, &str); 8] = [
    ("...", "…"),
    ("<<", "≪"),
    ("<=", "≤"),
    (">=", "≥"),
    ("!=", "≠"),
    ("||", "‖"),
    (" * ", " · "),
    ("->", "→"),
];

const GREEK: [(&str, &str); 13] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("theta", "θ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("pi", "π"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("omega", "ω"),
];

/// A number such as `1.1e-16` at the beginning, as `1.1·10⁻¹⁶`, and the bytes it takes.
fn scientific(text: &str) -> Option<(String, usize)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut mantissa = digits(text);
    if mantissa == 0 {
        return None;
    }
    if text[mantissa..].starts_with('.') {
        mantissa += 1 + digits(&text[mantissa + 1..]);
    }
    let exponent = text[mantissa..].strip_prefix('e')?;
    let (minus, power) = match exponent.strip_prefix('-') {
        Some(power) => ("⁻", power),
        None => ("", exponent),
    };
    let length = digits(power);
    if length == 0 {
        return None;
    }
    let raised = power[..length]
        .bytes()
        .map(|digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')]);
    let taken = text.len() - power.len() + length;
    let number = match &text[..mantissa] {
        // Nothing is no power of ten.
        zero if zero.bytes().all(|b| b"0.".contains(&b)) => "0".to_owned(),
        mantissa => format!("{mantissa}·10{minus}{}", raised.collect::<String>()),
    };
    Some((number, taken))
}

/// A rule's name as HTML: as it is cited, with the signs of print.
pub(super) fn rule(name: &str) -> String {
    escape(&printed(name)).replace("D_f", "D<sub>f</sub>")
}

/// What a model gives a value to, `p(x)` or `theta`, as LaTeX.
pub(super) fn name(written: &str) -> String {
    let mut latex = String::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '\'').unwrap_or(rest.len());
        if word == 0 {
            latex.push_str(match c {
                '|' => " \\mid ",
                '*' => "^*",
                _ => &rest[..c.len_utf8()],
            });
            rest = &rest[c.len_utf8()..];
        } else {
            latex.push_str(&typeset::name(&rest[..word]));
            rest = &rest[word..];
        }
    }
    latex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_shown_with_the_signs_of_print() {
        for (typed, shown) in [
            ("p(x) << q(x), q(x) is positive", "p(x) ≪ q(x), q(x) is positive"),
            ("-2/3 log 2 - 7/6 log 3 = 0.2021...", "−2/3 log 2 − 7/6 log 3 = 0.2021…"),
            ("worst residual 1.1e-16", "worst residual 1.1·10⁻¹⁶"),
            ("0.0e0", "0"),
            ("E[x ~ q] { T(x) * p(x) / q(x) } >= inf", "E[x ~ q] { T(x) · p(x) / q(x) } ≥ ∞"),
            ("Fenchel-Young, log-ratio", "Fenchel-Young, log-ratio"),
            ("u^2 - 2 u + 1, theta", "u^2 − 2 u + 1, θ"),
            ("3e", "3e"),
            ("Jensen–Shannon, 2·JSD", "Jensen–Shannon, 2·JSD"),
        ] {
            assert_eq!(printed(typed), shown);
        }
    }

    #[test]
    fn names_are_typeset() {
        assert_eq!(rule("def D_f"), "def D<sub>f</sub>");
        assert_eq!(rule("KL >= 0"), "KL ≥ 0");
        assert_eq!(name("q(z|x; theta)"), "q(z \\mid x; \\theta)");
        assert_eq!(name("f*"), "f^*");
    }
}
