//! The opening line of a block: its word and its attributes.

use crate::problem::near;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Definition,
    Claim,
    Derivation,
    Identity,
    Figure,
    Exercise,
    Table,
    Verification,
    Rules,
    Coverage,
}

const WORDS: [(&str, Word, &[&str]); 10] = [
    ("definition", Word::Definition, &["id", "title"]),
    ("claim", Word::Claim, &["id", "test", "title"]),
    ("derivation", Word::Derivation, &["id", "title"]),
    ("identity", Word::Identity, &["id"]),
    ("figure", Word::Figure, &["id"]),
    ("exercise", Word::Exercise, &["id"]),
    ("table", Word::Table, &["id"]),
    ("verification", Word::Verification, &[]),
    ("rules", Word::Rules, &[]),
    ("coverage", Word::Coverage, &["id"]),
];

/// What can be wrong with the opening line of a block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// A word that is no block, but nearly one, or has attributes like one.
    #[error(
        "there is no block `{0}`{1}; blocks are definition, claim, derivation, identity, figure, exercise, table, verification, rules, coverage"
    )]
    UnknownWord(String, String),
    /// The attributes cannot be read.
    #[error("after `{0}` come attributes such as id=\"name\", but here stands `{1}`")]
    Malformed(String, String),
    /// An attribute that the block does not have.
    #[error("`{word}` has no attribute `{key}`; it has {known}")]
    UnknownAttribute {
        /// The block.
        word: String,
        /// The attribute.
        key: String,
        /// Those it has.
        known: String,
    },
    /// An attribute that the block must have.
    #[error("`{0}` needs {1}=\"…\"")]
    MissingAttribute(String, &'static str),
    /// An attribute a second time.
    #[error("`{0}` has {1}=\"…\" twice")]
    RepeatedAttribute(String, String),
    /// An id that cannot be an anchor.
    #[error("id=\"{0}\": an id has letters, digits, `-` and `.` only")]
    BadId(String),
}

/// A block's opening line, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) word: Word,
    attributes: Vec<(String, String)>,
}

impl Opening {
    /// Reads what follows the fence. `None` if it is ordinary code.
    pub(super) fn read(info: &str) -> Result<Option<Self>, BlockError> {
        let info = info.trim();
        let end =
            info.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(info.len());
        let (name, rest) = info.split_at(end);
        let Some((_, word, known)) = WORDS.iter().find(|(known, ..)| *known == name) else {
            let mistyped = near(name, WORDS.iter().map(|(word, ..)| *word));
            return if rest.contains("=\"") || (rest.is_empty() && is_typo(name)) {
                Err(BlockError::UnknownWord(name.to_owned(), mistyped))
            } else {
                Ok(None)
            };
        };
        let attributes = attributes(name, rest)?;
        for (index, (key, value)) in attributes.iter().enumerate() {
            if !known.contains(&key.as_str()) {
                let (word, key) = (name.to_owned(), key.clone());
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Err(BlockError::UnknownAttribute { word, key, known });
            }
            if attributes[..index].iter().any(|(earlier, _)| earlier == key) {
                return Err(BlockError::RepeatedAttribute(name.to_owned(), key.clone()));
            }
            let is_anchor = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
            if key == "id" && (value.is_empty() || !value.chars().all(is_anchor)) {
                return Err(BlockError::BadId(value.clone()));
            }
        }
        if let Some(missing) = known.iter().find(|key| !attributes.iter().any(|(found, _)| found == **key)) {
            return Err(BlockError::MissingAttribute(name.to_owned(), missing));
        }
        Ok(Some(Self { word: *word, attributes }))
    }

    /// Is it checked line by line?
    pub(super) fn is_chain(&self) -> bool {
        matches!(self.word, Word::Derivation | Word::Identity)
    }

    /// The value of an attribute; empty if the block has none of that name.
    pub(super) fn get(&self, key: &str) -> &str {
        self.attributes.iter().find(|(found, _)| found == key).map_or("", |(_, value)| value)
    }
}

/// A bare word one or two letters away from a block's is no language.
fn is_typo(name: &str) -> bool {
    name.len() > 3 && WORDS.iter().any(|(word, ..)| strsim::levenshtein(word, name) <= 2)
}

fn attributes(word: &str, text: &str) -> Result<Vec<(String, String)>, BlockError> {
    let mut attributes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let malformed = || BlockError::Malformed(word.to_owned(), rest.to_owned());
        let (key, after) = rest.split_once("=\"").ok_or_else(malformed)?;
        let (value, after) = after.split_once('"').ok_or_else(malformed)?;
        if key.is_empty() || key.contains(|c: char| !c.is_ascii_lowercase()) {
            return Err(malformed());
        }
        attributes.push((key.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_line_is_read() {
        let opening = Opening::read(" claim id=\"a-b\" test=\"law\" title=\"f and $f^*$\"").unwrap().unwrap();
        assert_eq!(opening.word, Word::Claim);
        assert_eq!(["id", "test", "title"].map(|key| opening.get(key)), ["a-b", "law", "f and $f^*$"]);
    }

    #[test]
    fn code_is_left_alone() {
        for info in ["", "rust", "rust,ignore", "text", "console", "toml", "sh", "diff"] {
            assert_eq!(Opening::read(info), Ok(None), "{info}");
        }
    }

    #[test]
    fn every_mistake_is_told_apart() {
        use BlockError::*;
        let error = |info: &str| Opening::read(info).unwrap_err();
        assert!(
            matches!(error("claims id=\"a\""), UnknownWord(word, near) if word == "claims" && near.contains("`claim`"))
        );
        assert!(matches!(error("tabel"), UnknownWord(..)));
        assert!(matches!(error("theorem id=\"a\""), UnknownWord(..)));
        assert!(matches!(error("figure tangent"), Malformed(..)));
        assert!(matches!(error("figure id=\"tangent"), Malformed(..)));
        assert!(matches!(error("figure id=\"a\" size=\"b\""), UnknownAttribute { .. }));
        assert!(matches!(error("verification id=\"a\""), UnknownAttribute { .. }));
        assert_eq!(error("claim id=\"a\" title=\"b\""), MissingAttribute("claim".into(), "test"));
        assert_eq!(error("figure id=\"a\" id=\"b\""), RepeatedAttribute("figure".into(), "id".into()));
        assert_eq!(error("figure id=\"A b\""), BadId("A b".into()));
    }
}
