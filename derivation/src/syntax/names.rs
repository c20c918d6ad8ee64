//! Names: what one stands for where nothing is declared, which of several is meant, and how
//! those are displayed that the elaborator makes unique.
//!
//! Numbers and functions that an extremum binds get a suffix, `t#3`, so that no two of
//! a derivation share a name. `#` is no letter of the language: no author's name can
//! clash, and [`displayed`] gives back what the author wrote.

use crate::term::Name;

/// The name that the author wrote: without the suffix that makes it unique.
pub fn displayed(name: &str) -> &str {
    name.split_once('#').map_or(name, |(written, _)| written)
}

/// `t`, 3 ↦ `t#3`
pub(super) fn unique(name: &str, binder: u32) -> Name {
    format!("{name}#{binder}").into()
}

/// The name without primes: the space of a variable.
pub(super) fn space(name: &str) -> &str {
    name.trim_end_matches('\'')
}

/// The name without index, digits and primes: `p` of `p_d`, `p2`, `p'`.
fn stem(name: &str) -> &str {
    let name = space(name);
    let name = name.split_once('_').map_or(name, |(stem, _)| stem);
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Does the name stand for a law where nothing else is said?
pub(super) fn law_by_default(name: &str) -> bool {
    matches!(stem(name), "p" | "q" | "r" | "s" | "m" | "w" | "pi")
}

/// Does the name stand for a generator where nothing else is said?
pub(super) fn generator_by_default(name: &str) -> bool {
    name == "f"
}

/// One letter, or the name of a Greek one, with or without an index: such a name stands for
/// a number, and applied for a function, where nothing else is said.
pub(super) fn one_letter(name: &str) -> bool {
    const GREEK: &[&str] = &[
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu",
        "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi",
        "Sigma", "Phi", "Psi", "Omega",
    ];
    let name = space(name);
    let stem = name.split_once('_').map_or(name, |(stem, _)| stem);
    let stem = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    stem.chars().count() == 1 || GREEK.contains(&stem)
}

/// The one of the names most like the given one, if any is like it at all.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .filter(|other| *other != name)
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .filter(|(distance, other)| *distance <= name.chars().count().max(other.chars().count()) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}
