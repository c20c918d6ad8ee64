//! A mark: a comment line of its own.

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    Exercise(&'a str),
    Solution,
    End,
    Anchor(&'a str),
    AnchorEnd(&'a str),
    Unknown(&'a str),
}

/// The mark that a line is, if it is one. A comment that is one word in capitals
/// is taken for a mark: a mistyped one would otherwise give an answer away.
pub(super) fn mark(line: &str) -> Option<Mark<'_>> {
    let comment = line.trim().strip_prefix("//")?.trim();
    let (word, rest) = comment.split_once(char::is_whitespace).unwrap_or((comment, ""));
    match (word, rest.trim()) {
        ("EXERCISE", id) => Some(Mark::Exercise(id)),
        ("SOLUTION", "") => Some(Mark::Solution),
        ("END", "") => Some(Mark::End),
        ("ANCHOR:", name) => Some(Mark::Anchor(name)),
        ("ANCHOR_END:", name) => Some(Mark::AnchorEnd(name)),
        (word, "") if word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_') => {
            Some(Mark::Unknown(word))
        }
        ("SOLUTION" | "END", _) => Some(Mark::Unknown(word)),
        _ => None,
    }
}
