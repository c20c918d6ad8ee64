//! Exercises whose answer is a derivation: write it (start and end are given), or
//! find the false line of one and mend it.
//!
//! An answer is plain text, read by the same language that the pages use. `frame`
//! holds what an answer must leave as it is, `grade` judges it line by
//! line, `stub` makes the file that the reader edits.

mod exercise;
mod frame;
mod grade;
pub mod scripted;
mod stub;

pub use exercise::{ChainExercise, WrongChain};
pub use stub::{FILE_LIMIT, TODO, file_name, untouched};

use derivation::certificate::Certificate;
use derivation::report::Verdict;
use derivation::syntax::Diagnostic;
use derivation::tell;
use std::path::Path;

/// Reads, typesets and checks a derivation: its id and its text.
pub type Certify = fn(&str, &str) -> Result<Certificate, Vec<Diagnostic>>;

/// What would mend a line, `told` elsewhere, as an answer can follow it: nothing may be
/// added to what is given.
pub fn advice(verdict: &Verdict, told: String) -> String {
    if tell::statements(verdict).is_empty() {
        return told;
    }
    "to mend it: change the line; nothing may be added to what is given here".to_owned()
}

/// What stands below the headline of a line that does not stand in an answer: why, the
/// model and both values, what to do.
pub fn details(verdict: &Verdict) -> Vec<String> {
    let mut lines = tell::details(verdict);
    // What would mend the line is told last.
    let remedy = lines.pop().map(|told| advice(verdict, told));
    lines.extend(remedy);
    lines
}

/// Is that the name of a file that holds an answer?
pub fn is_answer(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    let chapters = crate::chapters();
    let chains =
        chapters.iter().flat_map(|chapter| &chapter.exercises).filter_map(|exercise| exercise.as_chain());
    chains.into_iter().any(|chain| name == Some(&file_name(&chain.meta)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use derivation::report::Missing;

    #[test]
    fn no_answer_is_told_to_add_an_assumption() {
        let verdict = |advice: &[&str]| {
            let advice = advice.iter().map(|&advice| advice.to_owned()).collect();
            let (rule, needs) = (Some("importance".to_owned()), "p << q".to_owned());
            Verdict::NotRefuted { missing: Missing::Assumption { rule, needs, advice } }
        };
        for statements in
            [&["assuming p << q"][..], &["let T(x) in [0, inf)"], &["assuming p << q", "let u > 0"]]
        {
            assert_eq!(tell::details(&verdict(statements)).len(), 1);
            assert_eq!(
                details(&verdict(statements)),
                ["to mend it: change the line; nothing may be added to what is given here"]
            );
        }
        let other = Verdict::NotRefuted { missing: Missing::NoReason { would_follow_by: Vec::new() } };
        assert_eq!(details(&other), tell::details(&other));
    }

    #[test]
    fn answers_are_known_by_their_names() {
        assert!(is_answer(Path::new(
            "chapters/ch02_intractable_densities/2.14-repair-forgotten-support.derivation"
        )));
        assert!(!is_answer(Path::new("kl.derivation")) && !is_answer(Path::new("-")));
    }
}
