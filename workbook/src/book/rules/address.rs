//! How a rule's name becomes an anchor, and the address of its page.

use derivation::symbolic;

/// The address of a rule's page, by any of the names under which it may be cited;
/// `reference` is the address of the index.
pub(in crate::book) fn address(reference: &str, cited: &str) -> Option<String> {
    let folder = reference.strip_suffix(".html")?;
    symbolic::find_rule(cited).ok().map(|rule| format!("{folder}/{}.html", slug(rule.name)))
}

/// A rule's name as an anchor: `KL >= 0` is `kl-ge-0`, `a/b` and `a b` differ.
pub(super) fn slug(rule: &str) -> String {
    let spelled = rule.replace(">=", " ge ").replace("<=", " le ").replace('=', " eq ");
    let spelled = spelled.replace('/', " over ").replace('+', " plus ");
    let mut slug = String::new();
    for c in spelled.to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() => slug.push(c),
            '*' => slug.push_str("-star"),
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_anchors() {
        assert_eq!(slug("KL >= 0"), "kl-ge-0");
        assert_eq!(slug("def KL"), "def-kl");
        assert_eq!(slug("Fenchel–Young"), "fenchel-young");
    }
}
