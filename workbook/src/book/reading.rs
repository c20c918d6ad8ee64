//! How long a chapter takes: its words and displays counted, its exercises' minutes added
//! up. Said below its title, so that the promise is the page's and nobody's memory.

use super::block::{Opening, Word};
use super::scan::options;
use crate::course::Course;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

/// Words read in a minute, and displays: twenty seconds each.
const WORDS: f64 = 200.0;
const DISPLAYS: f64 = 3.0;

/// The end of a page that is a list for later.
const LATER: &str = "What to read next";

/// What there is to read on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Amount {
    words: usize,
    displays: usize,
}

impl Amount {
    /// In minutes, rounded.
    fn minutes(self) -> usize {
        (self.words as f64 / WORDS + self.displays as f64 / DISPLAYS).round() as usize
    }
}

/// A page's text, what is folded on it, and its exercises.
#[derive(Debug, Default)]
struct Count {
    open: Amount,
    folded: Amount,
    exercises: Vec<String>,
    /// Behind the title, in bytes.
    title: Option<usize>,
}

/// The line for a page with exercises, and where it goes.
pub(super) fn time(source: &str, course: &Course) -> Option<(usize, String)> {
    let count = count(source);
    let exercises: Vec<_> = count.exercises.iter().filter_map(|id| course.exercise(id).ok()).collect();
    let at = count.title.filter(|_| !exercises.is_empty())?;
    let minutes = exercises.iter().map(|(_, exercise)| exercise.meta.minutes as usize).sum();
    let folded = match count.folded.minutes() {
        0 => String::new(),
        more => format!(", {more} more for what is folded"),
    };
    let number = exercises.len();
    Some((
        at,
        format!(
            "\n<p class=\"reading\">About {} to read{folded}. {number} exercises, about {}.</p>\n\n",
            duration(count.open.minutes()),
            duration(minutes)
        ),
    ))
}

/// `25 minutes`, `2 hours`, `1 hour 50 minutes`
fn duration(minutes: usize) -> String {
    let counted = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (minutes / 60, minutes % 60) {
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

fn count(source: &str) -> Count {
    let mut count = Count::default();
    let (mut heading, mut fold, mut listing) = (String::new(), 0_usize, None);
    let mut in_heading = false;
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                heading.clear();
            }
            Event::End(TagEnd::Heading(level)) => {
                in_heading = false;
                if heading.trim() == LATER {
                    break;
                }
                if level == HeadingLevel::H1 && count.title.is_none() {
                    count.title = Some(range.end);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                listing = Some(Opening::read(&info).ok().flatten());
                if let Some(Some(opening)) = &listing {
                    if opening.word == Word::Exercise {
                        count.exercises.push(opening.get("id").to_owned());
                    } else {
                        amount(&mut count, fold).displays += 1;
                    }
                }
            }
            Event::End(TagEnd::CodeBlock) => listing = None,
            Event::Html(html) | Event::InlineHtml(html) => {
                fold += html.matches("<details").count();
                fold = fold.saturating_sub(html.matches("</details").count());
            }
            Event::Text(text) => {
                if in_heading {
                    heading.push_str(&text);
                }
                let is_caption = |opening: &Opening| matches!(opening.word, Word::Figure | Word::Table);
                let is_read = match &listing {
                    None => true,
                    Some(Some(opening)) => is_caption(opening),
                    Some(None) => false,
                };
                if is_read {
                    amount(&mut count, fold).words +=
                        text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
                }
            }
            Event::Code(_) | Event::InlineMath(_) => amount(&mut count, fold).words += 1,
            _ => {}
        }
    }
    count
}

fn amount(count: &mut Count, fold: usize) -> &mut Amount {
    if fold == 0 { &mut count.open } else { &mut count.folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_displays_are_counted_and_listings_are_not() {
        let page = "# The title $f$\n\nThree more words, $x = 1$ and `code`.\n\n```rust\nlet a = b;\n```\n\n\
                    ```claim id=\"a\" test=\"b\" title=\"c\"\na = b\n```\n\n```figure id=\"f\"\nTwo words.\n```\n\n\
                    <details><summary>More</summary>\n\nOne\n\n</details>\n\n```exercise id=\"1.1\"\n```\n\n\
                    ## What to read next\n\nA long list of books.\n";
        let count = count(page);
        assert_eq!(count.open, Amount { words: 3 + 6 + 2 + 4, displays: 2 });
        assert_eq!(count.folded.displays, 0);
        assert_eq!(count.exercises, ["1.1"]);
        assert_eq!(count.title.map(|end| &page[..end]), Some("# The title $f$\n"));
    }

    #[test]
    fn minutes_are_told_in_words() {
        assert_eq!(Amount { words: 2000, displays: 30 }.minutes(), 20);
        assert_eq!(duration(1), "1 minute");
        assert_eq!(duration(60), "1 hour");
        assert_eq!(duration(150), "2 hours 30 minutes");
    }
}
