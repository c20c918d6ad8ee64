//! An exercise whose answer is a derivation among the others: its stub, its grade, its
//! planted mistakes.

use super::exercise::{ADDED, ChainExercise, GIVEN, LINES, WrongChain};
use super::grade::Judge;
use super::stub::{self, FILE_LIMIT};
use crate::check::Broken;
use crate::exercise::{AnyExercise, Attempt, ChaffMeta, Grade, Meta};

impl ChainExercise {
    /// What the reader's file holds before the reader has written in it.
    pub fn stub(&self) -> String {
        stub::text(self)
    }

    /// An answer as it was found in its file, whatever it is.
    pub fn on(&self, bytes: Vec<u8>) -> Attempt {
        let exercise = self.clone();
        let grade = move |note: &dyn Fn(&str)| {
            note(LINES.1);
            exercise.grade(&bytes)
        };
        Attempt::new(self.meta, Box::new(grade))
    }

    /// Grades an answer.
    pub fn grade(&self, bytes: &[u8]) -> Grade {
        let judge = Judge::new(self);
        if bytes.len() > FILE_LIMIT {
            let found = format!("{} bytes", bytes.len());
            return judge.unreadable(&Broken::new("the file", format!("at most {FILE_LIMIT} bytes"), found));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => judge.grade(text),
            Err(why) => {
                let at = format!("byte {}", why.valid_up_to());
                judge.unreadable(&Broken::new(at, "text in UTF-8", "bytes that are no text"))
            }
        }
    }
}

impl AnyExercise for ChainExercise {
    fn meta(&self) -> Meta {
        self.meta
    }

    fn checks(&self) -> Vec<(&'static str, &'static str)> {
        vec![GIVEN, LINES]
    }

    fn grade_reference(&self) -> Option<Grade> {
        Some(self.grade(self.reference.as_bytes()))
    }

    fn chaffs(&self) -> Vec<ChaffMeta> {
        let meta = |chaff: &WrongChain| ChaffMeta {
            name: chaff.name,
            misconception: chaff.misconception,
            meant: chaff.caught_by(),
        };
        let added = ChaffMeta { name: ADDED.0, misconception: ADDED.1, meant: GIVEN.0 };
        self.chaffs.iter().map(meta).chain([added]).collect()
    }

    fn caught(&self, name: &str, grade: &Grade) -> Vec<bool> {
        let meant = self.chaffs.iter().find(|chaff| chaff.name == name).and_then(|chaff| chaff.line);
        let first_false = grade.lines.iter().find(|line| !line.stands).map(|line| line.number);
        let failed =
            |name: &str| grade.checks.iter().any(|check| check.name == name && check.verdict.is_err());
        // Caught at another line is not caught.
        vec![failed(GIVEN.0), failed(LINES.0) && first_false == meant]
    }

    fn chaff_attempt(&self, name: &str) -> Option<Attempt> {
        if name == ADDED.0 {
            return Some(self.on(self.added().into_bytes()));
        }
        let chaff = self.chaffs.iter().find(|chaff| chaff.name == name)?;
        Some(self.on(chaff.text.as_bytes().to_vec()))
    }

    fn as_chain(&self) -> Option<&ChainExercise> {
        Some(self)
    }
}
