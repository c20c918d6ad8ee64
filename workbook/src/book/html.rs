//! Pieces of HTML that survive a passage through Markdown.

/// Text as HTML.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

/// HTML that Markdown leaves alone within a line: the punctuation of its text
/// becomes entities, and a `|` anywhere too, since it would divide a table's cell.
pub(super) fn inline_safe(html: &str) -> String {
    let mut safe = String::with_capacity(html.len());
    let (mut in_tag, mut in_entity) = (false, false);
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            '|' => {
                safe.push_str("&#124;");
                continue;
            }
            '&' => in_entity = true,
            ';' if in_entity => in_entity = false,
            c if c.is_ascii_punctuation() && !in_tag && !in_entity => {
                safe.push_str(&format!("&#{};", u32::from(c)));
                continue;
            }
            _ => {}
        }
        safe.push(c);
    }
    safe
}

/// HTML that stays one block of Markdown: without blank lines.
pub(super) fn block_safe(html: &str) -> String {
    html.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_does_not_touch_a_formula() {
        assert_eq!(
            inline_safe("<a b=\"c_d|e\">f*_g|&amp;&#42;</a>"),
            "<a b=\"c_d&#124;e\">f&#42;&#95;g&#124;&amp;&#42;</a>"
        );
    }

    #[test]
    fn a_block_has_no_blank_lines() {
        assert_eq!(block_safe("<p>\n\n  \na</p>\n"), "<p>\na</p>");
    }
}
