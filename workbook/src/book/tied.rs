//! A claim's formula and the one that its law states: the same, white space aside.

use super::error::PageError;
use crate::problem::line_of;
use checks::LawReport;

/// How much of a formula is quoted from its first difference on.
const QUOTED: usize = 60;

/// Is the page's formula the law's? Else what differs, and in which line of the
/// formula, from 1.
pub(super) fn compare(law: &LawReport, body: &str) -> Result<(), (usize, PageError)> {
    let Some(formula) = &law.formula else {
        return Err((0, PageError::NoFormula(law.name.to_owned())));
    };
    let (here, there) = (words(body), words(formula.latex));
    let same = here.iter().zip(&there).take_while(|((_, a), (_, b))| a == b).count();
    if same == here.len() && same == there.len() {
        return Ok(());
    }
    let line = here.get(same).map_or_else(|| body.trim_end().lines().count(), |(at, _)| line_of(body, *at));
    let error = PageError::OtherFormula {
        law: law.name.to_owned(),
        place: format!("{}:{}", formula.file, formula.line),
        here: quoted(&here[same..]),
        there: quoted(&there[same..]),
    };
    Err((line, error))
}

/// The words between white space, each with its place.
fn words(latex: &str) -> Vec<(usize, &str)> {
    latex.split_whitespace().map(|word| (word.as_ptr() as usize - latex.as_ptr() as usize, word)).collect()
}

fn quoted(words: &[(usize, &str)]) -> String {
    if words.is_empty() {
        return " (ends here)".to_owned();
    }
    let mut text = String::new();
    for (_, word) in words {
        if text.len() > QUOTED {
            text.push_str(" …");
            break;
        }
        text.push(' ');
        text.push_str(word);
    }
    text
}
