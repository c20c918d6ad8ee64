//! Problems in the book's sources: a file, a line, and what to do.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// A problem at a place in a source.
#[derive(Debug)]
pub struct Problem {
    /// The file, as it is shown.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: Box<dyn Error + Send + Sync>,
}

impl Problem {
    /// A problem at a line of a file.
    pub fn at(file: &Path, line: usize, what: impl Error + Send + Sync + 'static) -> Self {
        Self { file: file.to_owned(), line, what: Box::new(what) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

/// Everything that stops a build, not just the first of it.
#[derive(Debug, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// The value if there is no problem, else all of them.
    ///
    /// # Errors
    /// The problems, by file and line.
    pub fn or<T>(mut self, value: T) -> Result<T, Problems> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(self)
    }

    /// Takes up one more.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// The value of a result; its problems are taken up.
    pub fn take<T: Default>(&mut self, result: Result<T, Problems>) -> T {
        result.unwrap_or_else(|mut problems| {
            self.0.append(&mut problems.0);
            T::default()
        })
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(f, "{count} {} to mend:", if count == 1 { "problem" } else { "problems" })?;
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}  {problem}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl Error for Problems {}

#[cfg(test)]
impl Problems {
    /// Each problem's line, and what it says.
    pub(crate) fn told(&self) -> Vec<(usize, String)> {
        self.0.iter().map(|problem| (problem.line, problem.what.to_string())).collect()
    }
}

/// The line, from 1, of a byte offset.
pub(crate) fn line_of(source: &str, offset: usize) -> usize {
    1 + source.as_bytes()[..offset.min(source.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// The known name nearest to a mistyped one, as a question to append.
pub(crate) fn near<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one() {
        assert_eq!([0, 1, 2, 3, 99].map(|offset| line_of("a\nb\nc", offset)), [1, 1, 2, 2, 3]);
    }

    #[test]
    fn a_mistyped_name_finds_its_neighbour() {
        assert_eq!(near("fenchel-yuong", ["fenchel-young", "convexity"]), "; did you mean `fenchel-young`?");
        assert_eq!(near("xyz", ["fenchel-young"]), "");
    }

    #[test]
    fn problems_are_told_in_order() {
        let at = |line| Problem::at(Path::new("a.md"), line, std::fmt::Error);
        let problems = Problems(vec![at(9), at(2)]).or(()).unwrap_err();
        assert_eq!(problems.0.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 9]);
        assert!(Problems::default().or(1).is_ok());
    }
}
