//! What is said of a derivation once it has been checked.

use serde::{Deserialize, Serialize};

/// A verdict on a link, in the order in which it is looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Verdict {
    /// The kernel replayed a proof and no model refutes it.
    Proved,
    /// No model refutes it, and there is no proof.
    NotRefuted {
        /// What is missing: the rule does not give this line, a rule was not used, …
        missing: Missing,
    },
    /// A model in which the link is false.
    Refuted {
        /// The model, shrunk, with both values.
        counterexample: Counterexample,
        /// The known false rule that gives this line, if one does.
        looks_like: Option<String>,
        /// The smallest assumption found under which the link holds in every model.
        true_if: Option<String>,
        /// The line against which this one holds in every model, where it is false only
        /// because the lines between are; counted from 1 for the chain's first.
        #[serde(default)]
        holds_against: Option<usize>,
        /// What else helps, a sentence each: the relation with which it would hold, a
        /// point that nothing binds.
        #[serde(default)]
        notes: Vec<String>,
    },
    /// A model in which a side is undefined.
    Undefined {
        /// The model, shrunk; a side's value says that it is undefined and why.
        counterexample: Counterexample,
        /// The smallest assumption found that would repair the link.
        true_if: Option<String>,
    },
    /// The line could not be read.
    NotUnderstood {
        /// Why.
        reason: String,
    },
}

/// Why a line that no model refutes is not proved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "because")]
pub enum Missing {
    /// True as far as models tell, but not by the cited rules; others would do.
    DoesNotFollow {
        /// Rules with which the kernel proves it, if such were found.
        would_follow_by: Vec<String>,
    },
    /// A rule applies, but nothing shows a condition that it needs; or the rules do what
    /// they should, but nothing shows that both lines have a value.
    Assumption {
        /// The rule, unless it is the lines' values that are in doubt.
        rule: Option<String>,
        /// What it needs.
        needs: String,
        /// Statements with which the line is proved, if such were found: `assuming f is
        /// closed`.
        #[serde(default)]
        advice: Vec<String>,
    },
    /// Proved without this rule: it was cited and not used.
    NotUsed {
        /// The rule.
        rule: String,
    },
    /// Nothing was found within the limits: the step is too long.
    TooLong,
    /// No reason is cited and plain arithmetic does not give it.
    NoReason {
        /// Rules with which the kernel proves it, if such were found.
        #[serde(default)]
        would_follow_by: Vec<String>,
    },
    /// Of the whole chain: one of its links is not proved.
    Link {
        /// Its line, counted from 1 for the chain's first.
        line: usize,
    },
}

/// A model in words, and what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counterexample {
    /// The model, an entry each: `("p(x)", "(1/2, 1/2)")`, `("f(u)", "max(0, u - 1)")`.
    pub model: Vec<(String, String)>,
    /// The value of the line before.
    pub left: String,
    /// The value of this line.
    pub right: String,
    /// What the two show, in a sentence.
    pub says: String,
}

/// How the models were evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evaluation {
    /// All in exact arithmetic: no tolerance anywhere.
    Exact,
    /// Some in intervals that enclose the value.
    Enclosed,
    /// Some by quadrature with an error bound, or a supremum from a witness below and
    /// a concave bound above.
    Numeric,
    /// A supremum that the models neither decide nor refute.
    Undecided,
}

/// The numeric certificate of a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numeric {
    /// Models tried in which the assumptions hold.
    pub models: u64,
    /// How they were evaluated: the weakest of the kinds that occurred.
    pub kind: Evaluation,
    /// The largest residual among models not decided exactly; 0 if all were.
    pub worst_residual: f64,
    /// For an inequality: a model where both sides are equal, and one where not.
    pub equality: Option<Counterexample>,
    /// For an inequality: a model where it is strict.
    pub strict: Option<Counterexample>,
    /// One random model worked out.
    pub example: Option<Counterexample>,
}

/// One replayed step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The rule.
    pub rule: String,
    /// The whole term after the step, typeset.
    pub becomes: String,
    /// The side conditions, and the fact that discharges each.
    pub conditions: Vec<(String, String)>,
}

/// The symbolic certificate of a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Symbolic {
    /// The steps as the kernel replayed them.
    pub steps: Vec<Step>,
}

/// A link and what was found of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkReport {
    /// `=`, `<=`, `>=`, `attained at`
    pub relation: String,
    /// The rules as cited.
    pub rules: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// What the models said; absent if none could be built.
    pub numeric: Option<Numeric>,
    /// The proof; absent if there is none.
    pub symbolic: Option<Symbolic>,
}

/// A derivation and what was found of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The derivation's id.
    pub id: String,
    /// One entry a link.
    pub steps: Vec<LinkReport>,
    /// The first line against the last, by models.
    pub end_to_end: Option<LinkReport>,
}
