//! Names as LaTeX: Greek letters, indices, primes; lists of variables and spaces.

use crate::syntax::displayed;
use crate::term::{Name, Variable};

/// `theta` ↦ `\theta`, `p_data` ↦ `p_{\mathrm{data}}`, `x1'` ↦ `x_{1}'`
pub fn name(written: &str) -> String {
    let written = displayed(written);
    let stem = written.trim_end_matches('\'');
    let primes = &written[stem.len()..];
    let (letters, index) = match stem.split_once('_') {
        Some((letters, index)) => (letters, index),
        None => {
            let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
            (letters, &stem[letters.len()..])
        }
    };
    if index.is_empty() {
        return format!("{}{primes}", word(letters));
    }
    let parts: Vec<String> = index.split('_').filter(|part| !part.is_empty()).map(word).collect();
    format!("{}_{{{}}}{primes}", word(letters), parts.join(","))
}

/// The space of a variable, or a class of functions: a single Latin letter is set in script.
pub(super) fn script(written: &str) -> String {
    let mut letters = written.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            format!("\\mathcal{{{}}}", letter.to_ascii_uppercase())
        }
        _ => name(written),
    }
}

fn word(text: &str) -> String {
    match text {
        "epsilon" => "\\varepsilon".to_owned(),
        "phi" => "\\varphi".to_owned(),
        "alpha" | "beta" | "gamma" | "delta" | "zeta" | "eta" | "theta" | "kappa" | "lambda" | "mu"
        | "nu" | "xi" | "pi" | "rho" | "sigma" | "tau" | "chi" | "psi" | "omega" | "Gamma" | "Delta"
        | "Theta" | "Lambda" | "Xi" | "Pi" | "Sigma" | "Phi" | "Psi" | "Omega" => format!("\\{text}"),
        "inf" => "\\infty".to_owned(),
        _ if text.chars().count() <= 1 || text.chars().all(|c| c.is_ascii_digit()) => text.to_owned(),
        _ => format!("\\mathrm{{{}}}", text.replace('_', "\\_")),
    }
}

/// x, z
pub(super) fn variables(variables: &[Variable]) -> String {
    variables.iter().map(|variable| name(&variable.name)).collect::<Vec<_>>().join(", ")
}

/// 𝒳 × 𝒵
pub(super) fn spaces<'a>(spaces: impl Iterator<Item = &'a Name>) -> String {
    spaces.map(|space| script(space)).collect::<Vec<_>>().join(" \\times ")
}
