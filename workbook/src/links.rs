//! The links of the rendered pages: each must lead somewhere, each id stand once.

use crate::problem::{Problem, Problems, line_of};
use crate::project::Project;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer};
use pulldown_cmark::{Event, Parser};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};

/// Something wrong with the links of a rendered page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The page, relative to the book's folder.
    pub page: PathBuf,
    /// What it is.
    pub what: LinkError,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No such page, picture or place.
    #[error("`{0}` leads nowhere: {1}")]
    Nowhere(String, &'static str),
    /// An id a second time.
    #[error("the id `{0}` stands twice on its page; links would find the first only")]
    Twice(String),
}

/// Checks rendered pages, each by its path. `exists` says what else there is.
pub fn broken(pages: &BTreeMap<PathBuf, String>, exists: impl Fn(&Path) -> bool) -> Vec<Broken> {
    let read: BTreeMap<&Path, Seen> =
        pages.iter().map(|(path, text)| (path.as_path(), Seen::of(text))).collect();
    let mut complaints = Vec::new();
    for (path, seen) in &read {
        let mut complain = |what| {
            let complaint = Broken { page: (*path).to_owned(), what };
            // A picture is also linked to itself: one complaint is enough.
            if complaints.last() != Some(&complaint) {
                complaints.push(complaint);
            }
        };
        for id in &seen.twice {
            complain(LinkError::Twice(id.clone()));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for to in seen.links.iter().filter(|to| !is_elsewhere(to)) {
            let (file, id) = to.split_once('#').map_or((to.as_str(), ""), |(file, id)| (file, id));
            let file = file.split('?').next().unwrap_or_default();
            let target = if file.is_empty() { (*path).to_owned() } else { resolved(&folder.join(file)) };
            if !file.is_empty() && !exists(&target) {
                complain(LinkError::Nowhere(to.clone(), "there is no such file in the book"));
            } else if !id.is_empty() && read.get(target.as_path()).is_some_and(|seen| !seen.ids.contains(id))
            {
                complain(LinkError::Nowhere(to.clone(), "nothing on that page has this id"));
            }
        }
    }
    complaints
}

/// Checks the book rendered into `html`, and finds in the sources where each fault
/// stands.
///
/// # Errors
/// Every fault with its file and line.
pub fn check(project: &Project, html: &Path) -> Result<(), Problems> {
    let mut pages = BTreeMap::new();
    collect(html, Path::new(""), &mut pages);
    // mdBook's own pages: one resolves links from the site's root, which a folder
    // has none of; the others repeat what is there and rename ids.
    for own in ["404.html", "print.html", "toc.html"] {
        pages.remove(Path::new(own));
    }
    // The first page again.
    pages.remove(Path::new("index.html"));
    let mut problems = Problems::default();
    for fault in broken(&pages, |target| html.join(target).exists()) {
        let (file, line) = place(project, &fault);
        problems.push(Problem::at(&file, line, fault.what));
    }
    problems.or(())
}

fn collect(root: &Path, inside: &Path, pages: &mut BTreeMap<PathBuf, String>) {
    // What cannot be read is missing, and the links to it say so.
    for entry in std::fs::read_dir(root.join(inside)).into_iter().flatten().flatten() {
        let name = inside.join(entry.file_name());
        if entry.path().is_dir() {
            collect(root, &name, pages);
        } else if name.extension().is_some_and(|kind| kind == "html")
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            pages.insert(name, text);
        }
    }
}

/// Where in the sources a fault stands: on its page, or in the words of an exercise
/// that the page shows. A fault of what the build made itself is told at the page's
/// beginning.
fn place(project: &Project, fault: &Broken) -> (PathBuf, usize) {
    let page = project.book().join("src").join(fault.page.with_extension("md"));
    let mut candidates = vec![page.clone()];
    let texts = std::fs::read_dir(project.root().join("book/exercises"));
    let mut texts: Vec<PathBuf> = texts.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    texts.sort();
    candidates.append(&mut texts);
    for candidate in candidates {
        let Ok(source) = std::fs::read_to_string(&candidate) else { continue };
        if let Some(line) = line_in(&source, &fault.what) {
            return (project.shown(&candidate), line);
        }
    }
    (project.shown(&page), 1)
}

fn line_in(source: &str, what: &LinkError) -> Option<usize> {
    match what {
        LinkError::Nowhere(to, _) => {
            let rendered = |dest: &str| dest.replace("README.md", "index.html").replace(".md", ".html");
            let parser = Parser::new(source).into_offset_iter();
            let mut links = parser.filter_map(|(event, range)| match event {
                Event::Start(pulldown_cmark::Tag::Link { dest_url, .. })
                | Event::Start(pulldown_cmark::Tag::Image { dest_url, .. }) => Some((dest_url, range)),
                _ => None,
            });
            let link = links.find(|(dest, _)| rendered(dest) == *to).map(|(_, range)| range.start);
            link.or_else(|| source.find(&format!("\"{to}\""))).map(|at| line_of(source, at))
        }
        // The second one is to change.
        LinkError::Twice(id) => {
            let written = [format!("{{#{id}}}"), format!("id=\"{id}\"")];
            let mut places: Vec<usize> =
                written.iter().flat_map(|id| source.match_indices(id).map(|(at, _)| at)).collect();
            places.sort_unstable();
            places.last().map(|at| line_of(source, *at))
        }
    }
}

fn is_elsewhere(to: &str) -> bool {
    ["http:", "https:", "mailto:", "data:"].iter().any(|scheme| to.starts_with(scheme))
}

/// `..` and `.` resolved, without asking the file system.
fn resolved(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut sum, part| {
        match part {
            Component::ParentDir => drop(sum.pop()),
            Component::CurDir => {}
            part => sum.push(part),
        }
        sum
    })
}

/// What a page's tags say.
#[derive(Debug, Default)]
struct Seen {
    ids: HashSet<String>,
    twice: Vec<String>,
    links: Vec<String>,
}

impl Seen {
    fn of(html: &str) -> Self {
        let tokenizer = Tokenizer::new(Sink::default(), Default::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        // Scripts do not run here, so that nothing suspends the reading.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }

    fn tag(&mut self, tag: &Tag) {
        for attribute in &tag.attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "id" if !self.ids.insert(value.clone()) => self.twice.push(value),
                "href" | "src" => self.links.push(value),
                _ => {}
            }
        }
    }
}

#[derive(Default)]
struct Sink(RefCell<Seen>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            let raw = match &*tag.name {
                _ if tag.kind == html5ever::tokenizer::TagKind::EndTag => None,
                "script" => Some(html5ever::tokenizer::states::RawKind::ScriptData),
                "style" => Some(html5ever::tokenizer::states::RawKind::Rawtext),
                _ => None,
            };
            self.0.borrow_mut().tag(&tag);
            if let Some(raw) = raw {
                return TokenSinkResult::RawData(raw);
            }
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_link_is_found() {
        let page = |body: &str| BTreeMap::from([(PathBuf::from("a/b.html"), body.to_owned())]);
        let here = |target: &Path| target == Path::new("a/b.html") || target == Path::new("c.html");
        let good = "<p id=x><a href='../c.html'>c</a><a href='b.html#x'>x</a><script>'<a href=q>'</script>";
        assert_eq!(broken(&page(good), here), []);
        let bodies =
            ["<a href='c.html'>c</a>", "<a href='#y'>y</a>", "<img src='../d.png'>", "<p id=x><p id=x>"];
        for body in bodies {
            assert_eq!(broken(&page(body), here).len(), 1, "{body}");
        }
    }

    #[test]
    fn a_fault_is_found_in_its_source() {
        let source = "# A\n\n## B {#b}\n\nSee [there](../x.md#y) and ![p](p.png).\n\n## C {#b}\n";
        let nowhere = |to: &str| LinkError::Nowhere(to.to_owned(), "");
        assert_eq!(line_in(source, &nowhere("../x.html#y")), Some(5));
        assert_eq!(line_in(source, &nowhere("p.png")), Some(5));
        assert_eq!(line_in(source, &nowhere("q.png")), None);
        assert_eq!(line_in(source, &LinkError::Twice("b".into())), Some(7));
    }
}
