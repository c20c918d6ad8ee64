//! What an answer must leave as it is: the statements, the first line, the last
//! expression, the direction, the permitted rules.

use derivation::certificate::Certificate;
use derivation::symbolic::find_rule;

/// What is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Declarations and assumptions, a statement each, white space normalised.
    pub(super) statements: Vec<String>,
    /// The first line.
    pub(super) start: String,
    /// How the last line relates to the first: `=`, `<=`, `>=`.
    pub(super) relation: String,
    /// The last expression.
    pub(super) end: String,
    /// Where the points of each space live: a line such as `sum[x] …` can narrow that.
    pub(super) spaces: Vec<(String, String)>,
}

/// Something that was given and is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    /// Where.
    pub(super) at: String,
    /// What was given.
    pub(super) expected: String,
    /// What stands there now.
    pub(super) found: String,
}

/// What may stand before the first line.
const NOTHING_MORE: &str = "nothing but the statements given";

impl Breach {
    /// Is it a statement that was added?
    pub(super) fn is_added(&self) -> bool {
        self.expected == NOTHING_MORE
    }
}

impl Frame {
    /// The frame of a text that has been read.
    pub(super) fn of(source: &str, certificate: &Certificate) -> Self {
        let first = &certificate.first.span;
        let last = certificate.lines.last().map_or(first, |line| &line.span);
        let mut relation = certificate.report.steps.iter().map(|step| step.relation.as_str());
        // Equalities and `attained at` have no direction of their own.
        let relation = relation.find(|relation| matches!(*relation, "<=" | ">=")).unwrap_or("=");
        Self {
            statements: statements(source.get(..first.start).unwrap_or_default()),
            start: normal(source.get(first.clone()).unwrap_or_default()),
            relation: relation.to_owned(),
            end: normal(source.get(last.clone()).unwrap_or_default()),
            spaces: certificate.spaces.clone(),
        }
    }

    /// In what an answer's frame departs from this one.
    pub(super) fn breaches(&self, answer: &Self) -> Vec<Breach> {
        let breach = |at: &str, expected: &str, found: &str| Breach {
            at: at.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        };
        let mut breaches = Vec::new();
        for added in answer.statements.iter().filter(|added| !self.statements.contains(added)) {
            breaches.push(breach("before the first line", NOTHING_MORE, added));
        }
        for lost in self.statements.iter().filter(|lost| !answer.statements.contains(lost)) {
            breaches.push(breach("before the first line", lost, "it is gone"));
        }
        if self.start != answer.start {
            breaches.push(breach("the first line", &self.start, &answer.start));
        }
        if self.end != answer.end {
            breaches.push(breach("the last line", &self.end, &answer.end));
        }
        if self.relation != answer.relation {
            breaches.push(breach(
                "from the first line to the last",
                &format!("the relation {}", self.relation),
                &format!("the relation {}", answer.relation),
            ));
        }
        for (space, kind) in &self.spaces {
            if let Some((_, narrowed)) =
                answer.spaces.iter().find(|(name, found)| name == space && found != kind)
            {
                let expected = format!("{space} ranges over {kind} space");
                let found = format!("a line makes it {narrowed}: write E or an integral for a sum, say");
                breaches.push(breach("somewhere between", &expected, &found));
            }
        }
        breaches
    }
}

/// Statements, each with its continuation lines, comments and spaces aside.
fn statements(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().map(normal).filter(|line| !line.is_empty()) {
        let begins = ["let ", "assuming "].iter().any(|word| line.starts_with(word));
        match all.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => all.push(line),
        }
    }
    all
}

/// Without comments, with single spaces.
pub(super) fn normal(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The cited rules that are not among the permitted.
pub(super) fn forbidden<'a>(permitted: &[&str], cited: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    if permitted.is_empty() {
        return Vec::new();
    }
    // By whichever of its names a rule is cited.
    let name = |rule: &str| {
        let known = find_rule(rule).map(|rule| rule.name);
        known.unwrap_or(rule).split_whitespace().collect::<String>().to_lowercase()
    };
    let permitted: Vec<String> = permitted.iter().map(|rule| name(rule)).collect();
    cited.into_iter().filter(|rule| !permitted.contains(&name(rule))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame {
            statements: statements("-- a title\nlet f be\n   the generator -- of KL\nassuming q << p\n"),
            start: normal("KL(q  || p)"),
            relation: ">=".into(),
            end: "0".into(),
            spaces: vec![("x".into(), "any".into())],
        }
    }

    #[test]
    fn statements_are_compared_without_spaces_and_comments() {
        assert_eq!(frame().statements, ["let f be the generator", "assuming q << p"]);
        assert_eq!(frame().breaches(&frame()), []);
    }

    #[test]
    fn every_change_is_a_breach() {
        let changed = |change: fn(&mut Frame)| {
            let mut other = frame();
            change(&mut other);
            frame().breaches(&other).len()
        };
        assert_eq!(changed(|f| f.statements.push("assuming KL(p || q) < inf".into())), 1);
        assert_eq!(changed(|f| f.statements.clear()), 2);
        assert_eq!(changed(|f| f.statements[1].push_str(", p << q")), 2);
        assert_eq!(changed(|f| f.start.push('1')), 1);
        assert_eq!(changed(|f| f.end.push('1')), 1);
        assert_eq!(changed(|f| f.relation = "=".into()), 1);
        assert_eq!(changed(|f| f.spaces[0].1 = "finite".into()), 1);
        assert_eq!(changed(|f| f.spaces.push(("y".into(), "finite".into()))), 0);
    }

    #[test]
    fn rules_are_permitted_by_name() {
        let cited = ["KL >= 0", "Jensen", "linearity of expectation"].map(str::to_owned);
        assert_eq!(forbidden(&["KL>=0", "linearity"], &cited), ["Jensen"]);
        assert!(forbidden(&[], &cited).is_empty());
    }
}
