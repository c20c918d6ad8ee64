//! The functions of a model written as formulas.

use super::model::Smooth;
use super::piecewise::Piecewise;
use super::rational::Rational;
use std::cmp::Ordering;

/// `2 u - 1/2`, from slope and value at 0.
fn line(slope: &Rational, constant: &Rational, name: &str) -> String {
    let mut text = match slope {
        slope if slope.is_zero() => String::new(),
        slope if slope.is_one() => name.to_owned(),
        slope if slope.negative().is_one() => format!("-{name}"),
        slope => format!("{slope} {name}"),
    };
    if text.is_empty() {
        return constant.to_string();
    }
    match constant.sign() {
        Ordering::Equal => {}
        Ordering::Greater => text.push_str(&format!(" + {constant}")),
        Ordering::Less => text.push_str(&format!(" - {}", constant.negative())),
    }
    text
}

/// A generator: the largest of lines, or its pieces.
pub(super) fn piecewise(f: &Piecewise) -> String {
    let text = if f.is_linear() {
        let lines: Vec<String> = f
            .pieces
            .iter()
            .map(|piece| line(&piece.slope, &piece.value.sub(&piece.slope.mul(&piece.from)), "u"))
            .collect();
        match &lines[..] {
            [only] => only.clone(),
            _ => format!("max({})", lines.join(", ")),
        }
    } else {
        let pieces: Vec<String> = f
            .pieces
            .iter()
            .map(|piece| {
                // Expanded: c u² + (m − 2 c from) u + rest.
                let c = &piece.curvature;
                let m = piece.slope.sub(&c.add(c).mul(&piece.from));
                let rest =
                    piece.value.sub(&piece.slope.mul(&piece.from)).add(&c.mul(&piece.from).mul(&piece.from));
                let square = match c {
                    c if c.is_zero() => String::new(),
                    c if c.is_one() => "u^2".to_owned(),
                    c => format!("{c} u^2"),
                };
                let tail = line(&m, &rest, "u");
                let body = match (square.is_empty(), tail.as_str()) {
                    (true, _) => tail,
                    (false, "0") => square,
                    (false, tail) if tail.starts_with('-') => format!("{square} - {}", &tail[1..]),
                    (false, tail) => format!("{square} + {tail}"),
                };
                if f.pieces.len() == 1 { body } else { format!("{body} from u = {}", piece.from) }
            })
            .collect();
        pieces.join("; ")
    };
    match &f.jump {
        None => format!("{text} for u > 0, f(0) = ∞"),
        Some(jump) if jump.is_zero() => text,
        Some(jump) => format!("{text} for u > 0, f(0) = {}", f.pieces[0].value.add(jump)),
    }
}

/// A function of numbers.
pub(super) fn polynomial(smooth: &Smooth, names: &[String]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |factor: &Rational, what: String| {
        if !factor.is_zero() {
            parts.push(if factor.is_one() { what } else { format!("{factor} {what}") });
        }
    };
    let name = |i: usize| names.get(i).cloned().unwrap_or_else(|| "u".into());
    for (i, j, factor) in &smooth.quadratic {
        add(factor, if i == j { format!("{}^2", name(*i)) } else { format!("{} {}", name(*i), name(*j)) });
    }
    for (i, factor) in smooth.linear.iter().enumerate() {
        add(factor, name(i));
    }
    for (factor, i, knot) in &smooth.kinks {
        add(factor, format!("max(0, {})", line(&Rational::ONE, &knot.negative(), &name(*i))));
    }
    let constant = smooth.constant.clone().unwrap_or(Rational::ZERO);
    if !constant.is_zero() || parts.is_empty() {
        parts.push(constant.to_string());
    }
    parts.join(" + ").replace("+ -", "- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generators_read_as_formulas() {
        let r = Rational::new;
        let hinge = [(r(0, 1), r(0, 1), r(0, 1)), (r(1, 1), r(1, 1), r(0, 1))];
        let f = Piecewise::new(&r(0, 1), &hinge, Some(r(0, 1)));
        assert_eq!(piecewise(&f), "max(0, u - 1)");
        let jump = Piecewise { jump: Some(r(1, 1)), ..f };
        assert_eq!(piecewise(&jump), "max(0, u - 1) for u > 0, f(0) = 1");
        let square = Piecewise::new(&r(1, 1), &[(r(0, 1), r(-2, 1), r(1, 1))], Some(r(0, 1)));
        assert_eq!(piecewise(&square), "u^2 - 2 u + 1");
    }
}
