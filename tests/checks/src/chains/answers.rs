//! Which files hold answers.

use super::stub::file_name;
use crate::chapters::chapters;
use std::path::Path;

/// Is that the name of a file that holds an answer?
pub fn is_answer(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    let chapters = chapters();
    let chains =
        chapters.iter().flat_map(|chapter| &chapter.exercises).filter_map(|exercise| exercise.as_chain());
    chains.into_iter().any(|chain| name == Some(&file_name(&chain.meta)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_known_by_their_names() {
        assert!(is_answer(Path::new(
            "chapters/ch02_intractable_densities/2.14-repair-forgotten-support.derivation"
        )));
        assert!(!is_answer(Path::new("kl.derivation")) && !is_answer(Path::new("-")));
    }
}
