//! Divergences by name, as commands and tests know them.

use super::{Alpha, JsWeighted, all, t_power};
use crate::Divergence;
use crate::divergence::{Adjoint, ParameterError, Scaled, Shifted, Symmetrised};
use crate::shown::word;
use std::sync::Arc;
use thiserror::Error;

/// No divergence answers to a name.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum UnknownDivergence {
    /// No member or family is called so.
    #[error("no divergence is called `{}`; near it: {}", word(.name), near.join(", "))]
    Name {
        /// The name that was asked for.
        name: String,
        /// Names of members that resemble it, the nearest first.
        near: Vec<String>,
    },
    /// A family exists, but not with this parameter.
    #[error("`{}` is no divergence: {reason}", word(.name))]
    Parameter {
        /// The name that was asked for.
        name: String,
        /// What is wrong with the parameter.
        #[source]
        reason: ParameterError,
    },
    /// A family needs a number where something else stands.
    #[error("`{}` needs a number in place of `{}`, such as 0.5", word(.name), word(.given))]
    NotANumber {
        /// The name that was asked for.
        name: String,
        /// What stands in the number's place.
        given: String,
    },
}

/// How deep `adjoint(scaled(2, …))` may nest.
const DEEPEST: usize = 8;

/// The divergence with a [`name`](Divergence::name) such as `kl`, `alpha(0.5)`,
/// `js_weighted(0.3)`, `adjoint(kl)` or `scaled(2, fgan_js)`.
///
/// A family takes any allowed parameter, not only those in [`all`]; `jsd` stands for
/// `js_weighted(0.5)` and `amari(α)` for `alpha(α)`. Spaces and
/// capitals do not count, and a hyphen between letters is an underscore.
///
/// # Errors
/// [`UnknownDivergence`] with the nearest names, or with what is wrong with the
/// parameter.
///
/// ```
/// use vdm::{Divergence, catalogue::find};
/// assert_eq!(find("alpha(0.3)")?.name(), "alpha(0.3)");
/// let error = find("revers_kl").unwrap_err().to_string();
/// assert!(error.contains("near it: reverse_kl"));
/// assert!(find("alpha(1)").unwrap_err().to_string().contains("use kl"));
/// # Ok::<(), vdm::catalogue::UnknownDivergence>(())
/// ```
pub fn find(name: &str) -> Result<Arc<dyn Divergence>, UnknownDivergence> {
    parse(&plain(name), DEEPEST)
}

/// Without spaces and capitals, with underscores for hyphens between letters, which
/// are no minus.
fn plain(name: &str) -> String {
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let hyphen =
        |at: usize| matches!(chars[at], '-' | '–') && letter(at.checked_sub(1)) && letter(Some(at + 1));
    (0..chars.len()).map(|at| if hyphen(at) { '_' } else { chars[at] }).collect()
}

fn parse(name: &str, depth: usize) -> Result<Arc<dyn Divergence>, UnknownDivergence> {
    let name = if name == "jsd" { "js_weighted(0.5)" } else { name };
    if let Some((family, argument)) = call(name)
        && depth > 0
    {
        let checked = |reason| UnknownDivergence::Parameter { name: name.into(), reason };
        let number = |given: &str| {
            given
                .parse()
                .map_err(|_| UnknownDivergence::NotANumber { name: name.into(), given: given.into() })
        };
        // A number, then the divergence that it changes.
        let changed = || {
            let Some((given, inner)) = argument.split_once(',') else {
                return Err(UnknownDivergence::Name {
                    name: name.into(),
                    near: vec![format!("{family}({argument}, kl)")],
                });
            };
            Ok((number(given)?, parse(inner, depth - 1)?))
        };
        match family {
            "alpha" | "amari" => {
                return Ok(Arc::new(Alpha::new(number(argument)?).map_err(checked)?));
            }
            "t_power" => return Ok(Arc::new(t_power(number(argument)?).map_err(checked)?)),
            "js_weighted" => {
                return Ok(Arc::new(JsWeighted::new(number(argument)?).map_err(checked)?));
            }
            "adjoint" => return Ok(Arc::new(Adjoint(parse(argument, depth - 1)?))),
            "symmetrised" => {
                return Ok(Arc::new(Symmetrised::new(parse(argument, depth - 1)?)));
            }
            "scaled" => {
                let (scale, inner) = changed()?;
                return Ok(Arc::new(Scaled::new(scale, inner).map_err(checked)?));
            }
            "shifted" => {
                let (shift, inner) = changed()?;
                return Ok(Arc::new(Shifted::new(shift, inner).map_err(checked)?));
            }
            _ => {}
        }
    }
    all()
        .into_iter()
        .find(|member| member.name() == name)
        .ok_or_else(|| UnknownDivergence::Name { name: name.into(), near: near(name) })
}

/// `family(argument)`, taken apart.
fn call(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(')')?.split_once('(')
}

/// The three member names that resemble `name` most: by their letters, or because
/// they or their titles contain it or have its letters as initials.
fn near(name: &str) -> Vec<String> {
    // No name is longer than this; comparing takes quadratic time.
    let name: String = name.chars().take(64).collect();
    let mut names: Vec<_> = all().iter().map(|member| (likeness(&name, member), member.name())).collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0));
    names.into_iter().take(3).map(|(_, known)| known).collect()
}

/// How much a name resembles a member's name or title, from 0 to 1.
fn likeness(name: &str, member: &Arc<dyn Divergence>) -> f64 {
    let (known, title) = (member.name(), plain(&member.title()));
    let initials: String = known.split('_').filter_map(|word| word.chars().next()).collect();
    if initials == name {
        return 1.0;
    }
    // Of all that contain it, the shortest is nearest.
    if name.chars().count() > 1 && (known.contains(name) || title.contains(name)) {
        return 1.0 - known.chars().count() as f64 / 1000.0;
    }
    strsim::jaro_winkler(name, &known).max(strsim::jaro_winkler(name, &title)) * 0.9
}
