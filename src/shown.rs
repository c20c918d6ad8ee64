//! How names and messages write numbers and words: short, whatever they are.

/// A number with all its digits, but 1e300 for the three hundred zeros that `{}`
/// writes.
pub(crate) fn number(x: f64) -> String {
    if x == 0.0 || (1e-5..1e16).contains(&x.abs()) { format!("{x}") } else { format!("{x:?}") }
}

/// A word as it was given, but no more than the beginning of a long one.
pub(crate) fn word(given: &str) -> String {
    const MOST: usize = 60;
    match given.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &given[..end]),
        None => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_and_words_stay_short() {
        let shown = [0.5, 2.0, 1e300, -1e-300, f64::NAN, f64::NEG_INFINITY, 123_456.0].map(super::number);
        assert_eq!(shown, ["0.5", "2", "1e300", "-1e-300", "NaN", "-inf", "123456"]);
        assert_eq!(super::word("kl"), "kl");
        assert_eq!(super::word(&"χ".repeat(1000)).chars().count(), 61);
    }
}
