//! The derivations of a file: fences of a Markdown file, or the file itself.

use std::collections::BTreeMap;

/// A derivation's text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// `id="elbo"`, or the file's own.
    pub id: String,
    /// `title="…"`
    pub title: String,
    /// The text between the fences.
    pub source: String,
    /// Bytes of the file before the text.
    pub offset: usize,
    /// All that stands in the fence's first line.
    pub attributes: BTreeMap<String, String>,
}

/// An open fence; attributes only if it is a derivation's.
struct Fence {
    sign: char,
    length: usize,
    begin: usize,
    attributes: Option<BTreeMap<String, String>>,
}

/// The blocks of a text. Without a fence, a text whose first line is
/// `derivation ID "TITLE"`, or any other, is one block.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    let mut fenced = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let stripped = line.trim_start();
        let mark = stripped.chars().next().unwrap_or(' ');
        let length = stripped.len() - stripped.trim_start_matches(mark).len();
        let fence = matches!(mark, '`' | '~') && length >= 3 && line.len() - stripped.len() <= 3;
        let closes = |open: &Fence| {
            fence && mark == open.sign && length >= open.length && stripped[length..].trim().is_empty()
        };
        match &open {
            Some(fence) if closes(fence) => {
                if let Some(attributes) = &fence.attributes {
                    found.push(block(text, fence.begin..start, attributes.clone()));
                }
                open = None;
            }
            Some(_) => {}
            None if fence => {
                fenced = true;
                let attributes = stripped[length..]
                    .trim()
                    .strip_prefix("derivation")
                    .filter(|rest| rest.is_empty() || rest.starts_with([' ', ',', '{']))
                    .map(attributes);
                open = Some(Fence { sign: mark, length, begin: at, attributes });
            }
            None => {}
        }
    }
    if let Some(Fence { begin, attributes: Some(attributes), .. }) = open {
        found.push(block(text, begin..text.len(), attributes));
    }
    if !fenced && found.is_empty() && !text.trim().is_empty() {
        found.push(plain(text));
    }
    found
}

fn block(text: &str, span: std::ops::Range<usize>, attributes: BTreeMap<String, String>) -> Block {
    let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
    Block {
        id: get("id"),
        title: get("title"),
        source: text.get(span.clone()).unwrap_or("").to_owned(),
        offset: span.start,
        attributes,
    }
}

/// A file without fences.
fn plain(text: &str) -> Block {
    let line = text.lines().next().unwrap_or("");
    let header = line.strip_prefix("derivation").filter(|rest| rest.starts_with(' '));
    let Some(header) = header else { return block(text, 0..text.len(), BTreeMap::new()) };
    let (id, title) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
    let attributes = BTreeMap::from([
        ("id".to_owned(), id.to_owned()),
        ("title".to_owned(), title.trim().trim_matches('"').to_owned()),
    ]);
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    block(text, start..text.len(), attributes)
}

/// `id="elbo" title="…" flag`: a flag's value is empty.
fn attributes(info: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = info.trim_matches([' ', ',', '{', '}']);
    while !rest.is_empty() {
        let end = rest.find([' ', ',', '=']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        let value;
        if let Some(after) = tail.strip_prefix('=') {
            if let Some(quoted) = after.strip_prefix('"') {
                let close = quoted.find('"').unwrap_or(quoted.len());
                value = &quoted[..close];
                rest = quoted.get(close + 1..).unwrap_or("");
            } else {
                let close = after.find([' ', ',']).unwrap_or(after.len());
                value = &after[..close];
                rest = &after[close..];
            }
        } else {
            value = "";
            rest = tail;
        }
        if !name.is_empty() {
            found.insert(name.to_owned(), value.to_owned());
        }
        rest = rest.trim_start_matches([' ', ',']);
    }
    found
}
