//! The source of a coverage table: what a lecture's notes say, item by item, and where
//! each item stands in the book.
//!
//! One file a lecture, `book/coverage/<name>.toml`: a `[[section]]` of the notes, under
//! it an `[[section.item]]` for every statement, formula, figure, question of it.

use serde::Deserialize;
use toml::Spanned;

/// A name in the source, with its place there.
pub(super) type Name = Spanned<String>;

/// A lecture's notes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sheet {
    #[serde(rename = "section", default)]
    pub(super) sections: Vec<Section>,
}

/// A section of the notes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// Its title in the notes.
    pub(super) title: Name,
    #[serde(rename = "item", default)]
    pub(super) items: Vec<Item>,
}

/// Something that the notes say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// The time stamp that the notes give it.
    pub(super) at: Option<String>,
    /// What the notes say, in a few words of ours.
    pub(super) says: Name,
    /// Pages on which it stands: `lecture-1/ch03_convex_conjugate.md#five-kl`.
    #[serde(default)]
    pub(super) page: Vec<Name>,
    /// Ids of definitions, claims, derivations, identities.
    #[serde(default)]
    pub(super) block: Vec<Name>,
    /// Names of laws that no claim shows; the law of a claim comes with it.
    #[serde(default)]
    pub(super) law: Vec<Name>,
    /// Ids of exercises.
    #[serde(default)]
    pub(super) exercise: Vec<Name>,
    /// Ids of figures.
    #[serde(default)]
    pub(super) figure: Vec<Name>,
    /// What the book says otherwise.
    pub(super) corrected: Option<Name>,
    /// Anchors on the page of errata.
    #[serde(default)]
    pub(super) erratum: Vec<Name>,
    /// Why a cell that matters is still empty.
    pub(super) open: Option<Name>,
}

/// What an item is in the notes.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Objective,
    Prerequisite,
    Concept,
    Statement,
    Formula,
    Figure,
    Screenshot,
    Question,
    Takeaway,
}

impl Kind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Objective => "learning objective",
            Self::Prerequisite => "prerequisite",
            Self::Concept => "key concept",
            Self::Statement => "statement",
            Self::Formula => "formula",
            Self::Figure => "figure",
            Self::Screenshot => "visual reference",
            Self::Question => "question",
            Self::Takeaway => "takeaway",
        }
    }
}

impl Item {
    /// The cell that this item must not leave empty, in words, if it does.
    pub(super) fn lacks(&self) -> Option<&'static str> {
        let (page, block) = (!self.page.is_empty(), !self.block.is_empty());
        let (exercise, figure) = (!self.exercise.is_empty(), !self.figure.is_empty());
        match self.kind {
            Kind::Formula if !block => Some("a definition, claim or derivation"),
            Kind::Figure if !figure => Some("a figure"),
            Kind::Screenshot if !figure && !block => {
                Some("a figure, or a block with the formula that it shows")
            }
            Kind::Question if !exercise => Some("an exercise"),
            _ if !(page || block || exercise || figure) => Some("a place in the book"),
            _ => None,
        }
    }
}

/// Reads a source.
///
/// # Errors
/// What is malformed, and where it starts, in bytes.
pub(super) fn parse(text: &str) -> Result<Sheet, (usize, String)> {
    toml::from_str(text).map_err(|why| (why.span().map_or(0, |span| span.start), why.message().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "[[section]]\ntitle = 'A'\n[[section.item]]\nkind = 'formula'\nsays = 'x'\nblock = ['b']\n";

    #[test]
    fn a_source_is_read_or_says_where_not() {
        let sheet = parse(GOOD).unwrap();
        assert_eq!(sheet.sections[0].items[0].block[0].get_ref(), "b");
        for (from, to, place) in [
            ("formula", "formulae", "'formulae'"),
            ("says", "said", "said"),
            ("title = 'A'\n", "", "[[section]]"),
            ("'x'", "x", "x\n"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let (at, _) = parse(&text).unwrap_err();
            assert!(text[at..].starts_with(place), "{to}: {:?}", &text[at..]);
        }
    }

    #[test]
    fn each_kind_needs_what_makes_it_count() {
        let item = |kind, cell: &str| {
            let text = format!("[[section]]\ntitle='A'\n[[section.item]]\nkind='{kind}'\nsays='x'\n{cell}");
            parse(&text).unwrap().sections.remove(0).items.remove(0)
        };
        for (kind, lacking, enough) in [
            ("statement", "", "page=['a']"),
            ("formula", "page=['a']", "block=['a']"),
            ("figure", "page=['a']", "figure=['a']"),
            ("screenshot", "page=['a']", "block=['a']"),
            ("question", "page=['a']", "exercise=['a']"),
            ("takeaway", "law=['a']", "page=['a']"),
        ] {
            assert!(item(kind, lacking).lacks().is_some(), "{kind} with {lacking}");
            assert!(item(kind, enough).lacks().is_none(), "{kind} with {enough}");
        }
    }
}
