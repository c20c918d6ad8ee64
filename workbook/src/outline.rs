//! What has exercises: the chapters, then the labs; as much of each as both have.

use checks::{ChainExercise, Meta};
use std::fmt;

/// A chapter or a lab: what the first part of an exercise's id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// A chapter, by its number: `3` of `3.1`.
    Chapter(u32),
    /// A lab, by its letter: `A` of `A.1`.
    Lab(char),
}

impl Default for Division {
    fn default() -> Self {
        Self::Chapter(0)
    }
}

/// As the book calls it: `Chapter 3`, `Lab A`.
impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chapter(number) => write!(f, "Chapter {number}"),
            Self::Lab(letter) => write!(f, "Lab {letter}"),
        }
    }
}

impl Division {
    /// The division and the place in it that an exercise's id names, if it is well formed.
    pub fn of_id(id: &str) -> Option<(Self, u32)> {
        let (division, place) = id.split_once('.')?;
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?;
        let mut letters = division.chars();
        let division = match (letters.next(), letters.next()) {
            (Some(letter @ 'A'..='Z'), None) => Self::Lab(letter),
            _ => Self::Chapter(number(division)?),
        };
        Some((division, number(place)?))
    }

    /// What grades the answers of the chapter or lab with this common name.
    pub fn grading(self, name: &str) -> String {
        let short = self.short(name);
        match self {
            Self::Chapter(_) => format!("cargo test {short}"),
            Self::Lab(_) => format!("cargo test -p labs {short}"),
        }
    }

    /// The beginning of its common name: `ch03`, `lab_a`.
    pub fn short(self, name: &str) -> &str {
        let parts = match self {
            Self::Chapter(_) => 0,
            Self::Lab(_) => 1,
        };
        name.match_indices('_').nth(parts).map_or(name, |(at, _)| &name[..at])
    }

    /// The crate whose module of the common name holds the checks.
    pub fn checks(self) -> &'static str {
        match self {
            Self::Chapter(_) => "checks",
            Self::Lab(_) => "lab_checks",
        }
    }
}

/// A chapter or a lab and what its exercises are called.
#[derive(Debug)]
pub struct Outline {
    /// Which.
    pub division: Division,
    /// Its common name.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its exercises, in order; with the derivation, where the answer is one.
    pub exercises: Vec<(Meta, Option<ChainExercise>)>,
}

impl Outline {
    /// Is any of its answers a Rust function?
    pub fn has_functions(&self) -> bool {
        self.exercises.iter().any(|(meta, _)| meta.kind.is_function())
    }
}

/// Every chapter and every lab with exercises, in order.
pub fn all() -> Vec<Outline> {
    let chapters = checks::chapters().into_iter().map(|chapter| Outline {
        division: Division::Chapter(chapter.number),
        name: chapter.name,
        title: chapter.title,
        exercises: chapter.exercises.iter().map(|e| (e.meta(), e.as_chain().cloned())).collect(),
    });
    let labs = checks::labs().into_iter().map(|lab| Outline {
        division: Division::Lab(lab.letter),
        name: lab.name,
        title: lab.title,
        exercises: lab.exercises.into_iter().map(|meta| (meta, None)).collect(),
    });
    chapters.chain(labs).collect()
}

#[cfg(test)]
mod tests {
    use super::Division::{self, Chapter, Lab};

    #[test]
    fn ids_are_read_and_names_cut() {
        assert_eq!(Division::of_id("3.14"), Some((Chapter(3), 14)));
        assert_eq!(Division::of_id("A.2"), Some((Lab('A'), 2)));
        for id in ["31", "3.", ".1", "a.1", "AB.1", "A.x", "3.1.2", "+3.1", ""] {
            assert_eq!(Division::of_id(id), None, "{id}");
        }
        assert_eq!(Chapter(3).short("ch03_convex_conjugate"), "ch03");
        assert_eq!(Lab('A').short("lab_a_fgan"), "lab_a");
    }
}
