//! The signature of an exercise as its box shows it: a long one with a parameter a line,
//! as rustfmt breaks it for a narrower page than the source has.

/// As many characters fit beside each other in a box on a page of 1,280 px.
const FITS: usize = 64;

/// The signature, broken if it is too long for its box.
pub(super) fn fitted(signature: &str) -> String {
    let fits = signature.lines().all(|line| line.chars().count() <= FITS);
    match parts(signature) {
        Some((before, parameters, after)) if !fits && !signature.contains('\n') => {
            let lines: String = parameters.iter().map(|parameter| format!("    {parameter},\n")).collect();
            format!("{before}(\n{lines}){after}")
        }
        _ => signature.to_owned(),
    }
}

/// What stands before the parameters, the parameters, and what stands after them.
fn parts(signature: &str) -> Option<(&str, Vec<&str>, &str)> {
    let start = signature.find('(')?;
    let (mut depth, mut before) = (0_usize, ' ');
    let mut from = start + 1;
    let mut parameters = Vec::new();
    for (at, c) in signature.char_indices().skip_while(|(at, _)| *at < start) {
        match c {
            '(' | '[' | '<' => depth += 1,
            // The head of an arrow closes nothing.
            '>' if before == '-' => {}
            ')' | ']' | '>' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if (depth, c) == (1, ',') || (depth, c) == (0, ')') {
            parameters.push(signature[from..at].trim());
            from = at + 1;
        }
        if depth == 0 {
            parameters.retain(|parameter| !parameter.is_empty());
            return Some((&signature[..start], parameters, &signature[from..]));
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_signature_has_a_line_for_each_parameter() {
        let long = "pub fn compose(g: &dyn Fn(f64, f64) -> f64, pairs: &[(f64, f64)], name: Option<&str>) -> (f64, f64)";
        assert_eq!(
            fitted(long),
            "pub fn compose(\n    g: &dyn Fn(f64, f64) -> f64,\n    pairs: &[(f64, f64)],\n    \
             name: Option<&str>,\n) -> (f64, f64)"
        );
    }

    #[test]
    fn what_fits_or_is_broken_already_stays() {
        for kept in ["pub fn f(t: f64) -> f64", "pub fn g(\n    t: f64,\n) -> f64", "no signature"] {
            assert_eq!(fitted(kept), kept);
        }
    }
}
