//! What a reader is told of a line that does not stand in an answer.

use derivation::report::Verdict;
use derivation::tell;

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
}
