//! One line against the next in one model: false, undefined, open, or held.

use super::value::Value;
use crate::chain::Relation;
use crate::report::Evaluation;
use std::cmp::Ordering;

/// What two values say of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Finding {
    /// It holds.
    Holds {
        /// How the values were known.
        kind: Evaluation,
        /// How far apart values may be that were compared as equal.
        residual: f64,
        /// Are the two sides certainly different, certainly equal, or neither?
        order: Option<Ordering>,
    },
    /// It is false.
    False,
    /// A side is undefined.
    Undefined,
    /// The values do not tell.
    Open,
}

/// Compares two lines.
pub(super) fn judge(left: &Value, relation: Relation, right: &Value) -> Finding {
    if matches!(left, Value::Undefined(_)) || matches!(right, Value::Undefined(_)) {
        return Finding::Undefined;
    }
    if matches!(left, Value::Unknown) || matches!(right, Value::Unknown) {
        return Finding::Open;
    }
    let kind = left.kind().max(right.kind());
    match left.compare(right) {
        Some(order) => {
            let stands = match relation {
                Relation::Equal => order == Ordering::Equal,
                Relation::AtMost => order != Ordering::Greater,
                Relation::AtLeast => order != Ordering::Less,
            };
            if stands { Finding::Holds { kind, residual: 0.0, order: Some(order) } } else { Finding::False }
        }
        None if kind == Evaluation::Undecided => Finding::Open,
        None => {
            let residual = (left.to_f64() - right.to_f64()).abs();
            if residual.is_finite() {
                Finding::Holds { kind: kind.max(Evaluation::Enclosed), residual, order: None }
            } else {
                Finding::Open
            }
        }
    }
}
