//! Which exercises of a stub file are still untouched.

/// Is the body of that exercise's function still its `todo!("ID …")` and nothing
/// else? An answer half written, or with the `todo!` left in a comment, is graded.
pub fn untouched(source: &str, id: &str) -> bool {
    let marker = format!("todo!(\"{id} ");
    let lines: Vec<&str> = source.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.windows(3).any(|three| {
        let [before, line, after] = [three[0], three[1], three[2]];
        // A function's first and last line stand in the first column.
        let opens = before.ends_with('{') && !before.starts_with(char::is_whitespace);
        opens && line.trim().starts_with(&marker) && line.trim().ends_with("\")") && after.trim_end() == "}"
    })
}

#[cfg(test)]
mod tests {
    use super::untouched;

    #[test]
    fn only_the_bare_stub_is_untouched() {
        let with = |body: &str| format!("pub fn f(t: f64) -> f64 {{\n{body}\n}}\n");
        let stub = "    todo!(\"3.1 f\")";
        assert!(untouched(&with(stub), "3.1"));
        assert!(untouched(&with(stub).replace('\n', "\r\n"), "3.1"));
        assert!(!untouched(&with(stub), "3.11"));
        for body in [
            "    // todo!(\"3.1 f\")\n    t",
            "    /* todo!(\"3.1 f\") */ t",
            "    let _s = r#\"todo!(\"3.1 f\")\"#;\n    t",
            "    if t > 0.0 {\n        return t;\n    }\n    todo!(\"3.1 f\")",
            "    if t > 0.0 {\n        t\n    } else {\n        todo!(\"3.1 f\")\n    }",
        ] {
            assert!(!untouched(&with(body), "3.1"), "{body}");
        }
    }
}
