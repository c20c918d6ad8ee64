//! From a cited name to its rule, and from an author's witness to canonical names.

use super::alpha::Names;
use super::rule::Rule;
use super::rules::RULES;
use super::{rename, tree};
use crate::chain::Witness;
use crate::context::Context;
use crate::term::Name;
use thiserror::Error;

/// A cited name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no rule `{cited}`{}", nearest.map_or(String::new(), |n| format!("; did you mean `{n}`?")))]
pub struct UnknownRule {
    /// As cited.
    pub cited: String,
    /// The rule whose name is most like it, if one is.
    pub nearest: Option<&'static str>,
}

fn tidy(name: &str) -> String {
    let lower = name.to_lowercase().replace('≥', ">=").replace('≤', "<=").replace(['–', '_'], "-");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rule that goes by a name. Case, spaces and hyphens do not matter.
///
/// # Errors
/// The name is no rule's; the error says which it is most like.
pub fn find_rule(cited: &str) -> Result<&'static Rule, UnknownRule> {
    let wanted = tidy(cited);
    let loose = |s: &str| tidy(s).replace(['-', ' '], "");
    let all = || {
        RULES
            .iter()
            .flat_map(|r| std::iter::once(r.name).chain(r.aliases.iter().copied()).map(move |n| (n, r)))
    };
    if let Some((_, rule)) =
        all().find(|(n, _)| tidy(n) == wanted).or_else(|| all().find(|(n, _)| loose(n) == loose(cited)))
    {
        return Ok(rule);
    }
    // `def r`, `def D`, …: whatever was declared unfolds by one rule; `def g*` is the
    // conjugate of a generator by another name.
    if let Some(named) = wanted.strip_prefix("def ")
        && named.chars().count() <= 4
        && let Some(rule) = RULES.iter().find(|r| r.name == "def m")
        && named.chars().next().is_some_and(char::is_alphabetic)
    {
        let divergence = named.starts_with("d-") || named.starts_with("d_");
        let unfolds = match (divergence, named.ends_with('*')) {
            (true, _) => "def D_f",
            (_, true) => "def f*",
            _ => return Ok(rule),
        };
        return Ok(RULES.iter().find(|r| r.name == unfolds).unwrap_or(rule));
    }
    let nearest = all()
        .map(|(n, r)| (strsim::jaro_winkler(&tidy(n), &wanted), r.name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score > 0.8)
        .map(|(_, name)| name);
    Err(UnknownRule { cited: cited.to_owned(), nearest })
}

/// A witness's names as the lines have them: what an extremum of the lines binds goes by
/// its canonical name, unless the name was declared.
pub(super) fn canonical_witness(context: &Context, names: &Names, witness: &Witness) -> Witness {
    let mut value = names.canonical(&witness.value);
    for free in tree::free(&value).names {
        let declared = context.functions.iter().any(|f| f.name == free) || context.numbers.contains(&free);
        if let Some(canonical) = bound(names, &free)
            && !declared
        {
            value = rename::name(&value, &free, &canonical);
        }
    }
    Witness { name: bound(names, &witness.name).unwrap_or_else(|| witness.name.clone()), value }
}

fn bound(names: &Names, name: &Name) -> Option<Name> {
    names.canonical_of(name).or_else(|| names.canonical_displayed(crate::syntax::displayed(name)))
}
