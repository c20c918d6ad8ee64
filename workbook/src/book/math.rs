//! Mathematics, typeset when the book is built: KaTeX's HTML, with MathML beside
//! it for assistive technology.

use katex::{KatexContext, Settings, StrictMode, StrictSetting, render_to_string};

/// Typesets LaTeX.
pub(super) struct Math {
    context: KatexContext,
}

/// LaTeX that cannot be typeset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this LaTeX cannot be typeset: {message}")]
pub struct MathError {
    message: String,
    /// Where in the LaTeX, in bytes.
    pub(super) offset: usize,
}

impl MathError {
    /// The same of LaTeX that this much stands before.
    pub(super) fn behind(self, before: usize) -> Self {
        Self { offset: before + self.offset, ..self }
    }
}

impl Math {
    pub(super) fn new() -> Self {
        Self { context: KatexContext::default() }
    }

    /// A formula within a line.
    pub(super) fn inline(&self, tex: &str) -> Result<String, MathError> {
        self.render(tex, false)
    }

    /// A formula on lines of its own.
    pub(super) fn display(&self, tex: &str) -> Result<String, MathError> {
        self.render(tex, true)
    }

    fn render(&self, tex: &str, display: bool) -> Result<String, MathError> {
        if let Some((offset, name)) = without_braces(tex) {
            let message =
                format!("the argument of `\\{name}` is drawn elsewhere; put it into braces, `\\{name}{{…}}`");
            return Err(MathError { message, offset });
        }
        let settings =
            Settings::builder().display_mode(display).strict(StrictSetting::Mode(StrictMode::Error)).build();
        let html = render_to_string(&self.context, tex, &settings)
            .map_err(|why| MathError { message: why.to_string(), offset: why.position().unwrap_or(0) })?;
        Ok(in_order(&without_source(&html)).replace('\n', " "))
    }
}

/// What katex-rs draws wrongly, and without a word, where its argument has no braces.
const NEEDS_BRACES: [&str; 1] = ["sqrt"];

/// The first of these whose argument has no braces: its place and its name.
fn without_braces(tex: &str) -> Option<(usize, &'static str)> {
    for (offset, _) in tex.match_indices('\\') {
        let command = &tex[offset + 1..];
        let end = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
        // An index in brackets comes before the argument.
        let mut argument = command[end..].trim_start();
        if let Some(index) = argument.strip_prefix('[') {
            argument = index.split_once(']').map_or("", |(_, after)| after.trim_start());
        }
        if let Some(name) = NEEDS_BRACES.iter().find(|name| **name == &command[..end])
            && !argument.starts_with('{')
        {
            return Some((offset, name));
        }
    }
    None
}

/// Takes out the LaTeX source that KaTeX annotates its MathML with: no browser
/// shows it, but the book's search would find it.
fn without_source(html: &str) -> String {
    const END: &str = "</annotation>";
    let mut rest = html;
    let mut clean = String::with_capacity(html.len());
    while let Some(start) = rest.find("<annotation")
        && let Some(end) = rest[start..].find(END)
    {
        clean.push_str(&rest[..start]);
        rest = &rest[start + end + END.len()..];
    }
    clean.push_str(rest);
    clean
}

/// Sorts the attributes of every tag: katex-rs writes those of MathML in an order
/// that changes from run to run, and the same sources should give the same pages.
fn in_order(html: &str) -> String {
    let mut ordered = String::with_capacity(html.len());
    for piece in html.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        ordered.push_str(text);
        let Some((name, rest)) = tag.split_once(' ') else {
            ordered.push_str(tag);
            continue;
        };
        let end = rest.rfind('"').map_or(0, |quote| quote + 1);
        let mut attributes: Vec<&str> = rest[..end].split_inclusive("\" ").map(str::trim).collect();
        attributes.sort_unstable();
        ordered.push_str(name);
        for attribute in attributes {
            ordered.push(' ');
            ordered.push_str(attribute);
        }
        ordered.push_str(&rest[end..]);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_html_and_mathml() {
        let html = Math::new().inline("f^*(t) \\le 1").unwrap();
        assert!(html.contains("<math") && html.contains("aria-hidden=\"true\""), "{html}");
        assert!(!html.contains("annotation") && !html.contains("\\le"), "{html}");
    }

    #[test]
    fn an_argument_without_braces_is_drawn_as_with_them_or_refused() {
        let math = Math::new();
        for name in [
            "sqrt",
            "hat",
            "bar",
            "tilde",
            "vec",
            "dot",
            "overline",
            "underline",
            "widehat",
            "mathbb",
            "mathcal",
            "mathrm",
            "mathbf",
            "boldsymbol",
            "text",
            "operatorname",
            "bigl(\\hat",
            "tfrac1",
            "frac a",
            "binom n",
        ] {
            let braced = math.inline(&format!("\\{name}{{x}} + 1")).unwrap();
            if let Ok(bare) = math.inline(&format!("\\{name} x + 1")) {
                assert_eq!(bare, braced, "\\{name} x");
            }
        }
        let refused = math.inline("1 + \\sqrt x").unwrap_err();
        assert_eq!(refused.offset, 4);
        assert!(refused.to_string().contains("`\\sqrt{…}`"), "{refused}");
        assert!(math.inline("\\sqrt[3] x").is_err() && math.inline("\\sqrt [3]{x} \\sqrt{2}").is_ok());
    }

    #[test]
    fn attributes_come_in_one_order() {
        let html = "a<mo b=\"1 2\" a=\"c d\">(</mo><br/><svg c=\"1\" b=\"x\"><path d=\"M0 0\"/></svg>";
        assert_eq!(
            in_order(html),
            "a<mo a=\"c d\" b=\"1 2\">(</mo><br/><svg b=\"x\" c=\"1\"><path d=\"M0 0\"/></svg>"
        );
    }

    #[test]
    fn an_error_knows_its_place() {
        let error = Math::new().display("a +\n\\nonsense{b}").unwrap_err();
        assert!(error.to_string().contains("nonsense"), "{error}");
        assert_eq!(error.offset, 4);
        assert!(Math::new().inline("\\frac{a}").is_err());
    }
}
