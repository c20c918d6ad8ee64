//! Divergences by name, as commands and tests know them.

use super::{Alpha, JsWeighted, all, t_power};
use crate::Divergence;
use crate::divergence::{Adjoint, ParameterError, Scaled, Shifted, Symmetrised};
use std::sync::Arc;
use thiserror::Error;

/// No divergence answers to a name.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum UnknownDivergence {
    /// No member or family is called so.
    #[error("no divergence is called `{name}`; near it: {}", near.join(", "))]
    Name {
        /// The name that was asked for.
        name: String,
        /// Names of members that resemble it, the nearest first.
        near: Vec<String>,
    },
    /// A family exists, but not with this parameter.
    #[error("`{name}` is no divergence: {reason}")]
    Parameter {
        /// The name that was asked for.
        name: String,
        /// What is wrong with the parameter.
        #[source]
        reason: ParameterError,
    },
    /// A family needs a number where something else stands.
    #[error("`{name}` needs a number in place of `{given}`, such as 0.5")]
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
/// `js_weighted(0.5)` and `amari(α)` for `alpha(α)`. Spaces do not count.
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
    let compact: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    parse(&compact, DEEPEST)
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

/// The three member names that resemble `name` most.
fn near(name: &str) -> Vec<String> {
    // No name is longer than this; comparing takes quadratic time.
    let name: String = name.chars().take(64).collect();
    let mut names: Vec<_> = all()
        .iter()
        .map(Divergence::name)
        .map(|known| (strsim::jaro_winkler(&name, &known), known))
        .collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0));
    names.into_iter().take(3).map(|(_, known)| known).collect()
}
