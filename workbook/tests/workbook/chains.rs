//! Derivations on a page and their failures, with verdicts that the text dictates: what
//! a page shows does not depend on how a certificate was found.

use crate::blocks::{block, check_problems, render, render_with};
use workbook::derivations::Certifier;

const ELBO: &str = "derivation id=\"elbo\" title=\"The bound $\\log p$\"";

fn elbo(lines: &str) -> String {
    block(ELBO, &format!("assuming q \\ll p\n\\log p\n{lines}"))
}

#[test]
fn a_derivation_shows_its_lines_reasons_and_marks() {
    let (page, report) = render(&elbo("  = a by bayes [middle]\n  >= b by rough"));
    let page = page.unwrap_or_else(|problems| panic!("{problems}"));
    for part in [
        "<section class=\"box derivation\" id=\"elbo\"",
        "Assuming <span class=\"katex\">",
        "<li class=\"chain-line\" id=\"elbo-1\">",
        "<li class=\"chain-line\" id=\"elbo-3\">",
        "id=\"elbo-middle\">(middle)",
        "by bayes",
        "<span aria-hidden=\"true\">✓</span>",
        "<span aria-hidden=\"true\">≈</span>",
        "some by quadrature; worst residual 3.0·10⁻¹²",
        "1236 models, all exact",
        "needs that p(x) &gt; 0; here x ~ p",
        "One in which both sides are equal",
        "One in which they differ",
        "</dt><dd>(1, 0)</dd>",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    // Only the inequality has two models to show.
    assert_eq!(page.matches("One in which both sides are equal").count(), 1);
    let start = page.find("<section").expect("a box");
    assert!(!page[start..].trim_end().contains("\n\n"), "one block of Markdown");
    let derivation = &report.derivations[0];
    assert_eq!((derivation.id.as_str(), derivation.steps.len()), ("elbo", 2));
    assert_eq!(report.lines(), 2);
}

#[test]
fn the_verification_page_lists_derivations() {
    let source = format!("{}\n```verification\n```\n", elbo("  = a by bayes\n  >= b by rough"));
    let page = render(&source).0.unwrap_or_else(|problems| panic!("{problems}"));
    let row = page.lines().find(|line| line.contains("#elbo\">The bound")).expect("a row");
    for part in ["<td>1</td><td>1</td>", "3.0e-12", "bayes, rough"] {
        assert!(row.contains(part), "{part} is not in {row}");
    }
}

#[test]
fn reasons_lead_to_the_reference_of_rules() {
    let source = format!("{}\n```rules\n```\n", elbo("  = a by linear"));
    let page = render(&source).0.unwrap_or_else(|problems| panic!("{problems}"));
    assert!(page.contains("by <a href=\"../lecture-1/page/linearity.html\">linear</a>"), "{page}");
    for rule in derivation::symbolic::rules() {
        assert!(
            page.contains(&format!(
                "<code>{}</code></a></h3>",
                rule.name.replace('<', "&lt;").replace('>', "&gt;")
            )),
            "{}",
            rule.name
        );
    }
    assert!(page.contains("## Lemmas") && page.contains("## False rules"));
}

#[test]
fn the_real_checker_fills_the_block() {
    let chain = "KL(p || q)\n  =  E[x ~ p] log (p(x) / q(x))   by def KL\n  >= 0   by KL >= 0 [end]\n";
    let source = format!("{}\n```rules\n```\n", block("derivation id=\"kl\" title=\"KL\"", chain));
    let (page, report) = render_with(&Certifier::bare(), &source);
    let page = page.unwrap_or_else(|problems| panic!("{problems}"));
    for part in [
        "id=\"kl-end\"",
        "page/kl-ge-0.html\">KL ≥ 0</a>",
        "all exact",
        "One in which both sides are equal",
        "One in which they differ",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(report.derivations[0].steps.iter().all(|step| step.symbolic.is_some() && step.numeric.is_some()));
}

#[test]
fn an_identity_is_one_equality() {
    let identity = |body: &str| block("identity id=\"a\"", body);
    let page = render(&identity("a\n= b by bayes")).0.unwrap_or_else(|problems| panic!("{problems}"));
    assert!(page.contains("<section class=\"box identity\" id=\"a\" aria-label=\"Identity\">"), "{page}");
    check_problems(&identity("a\n= b by bayes\n= c by bayes"), &[(3, "is one line")]);
    check_problems(&identity("a\n>= b by bayes"), &[(3, "is one line")]);
    check_problems(&identity(""), &[(3, "empty")]);
}

#[test]
fn a_line_that_fails_stops_the_build_at_its_place() {
    let false_line = "this line is false; it looks like the false rule “KL swapped”\n     \
                      --> book/src/lecture-1/page.md:7:5\n      \
                      |\n    7 |   = b by false\n      |     ^\n";
    check_problems(&elbo("  = a by bayes\n  = b by false"), &[(7, false_line)]);
    check_problems(&elbo("  = b by false"), &[(6, "this line:       ∞")]);
    check_problems(&elbo("  = b by undefined"), &[(6, "to mend it: assuming q << p")]);
    check_problems(&elbo("  = b by unproved"), &[(6, "it would by bayes")]);
    check_problems(
        &elbo("  = a by false\n  = b by bayes\n  = c by undefined"),
        &[(6, "this line is false"), (8, "can be undefined")],
    );
}

#[test]
fn a_text_that_cannot_be_read_stops_the_build_at_its_place() {
    check_problems(&elbo("  = a by bayes\n  ?"), &[(7, "expected a line")]);
    check_problems(&elbo("  = a by bayes\n  ?"), &[(7, "7 |   ?\n      |   ^")]);
}

#[test]
fn a_derivations_id_is_like_any_other() {
    let two = format!("{}{}", elbo("= a by bayes"), elbo("= b by bayes"));
    check_problems(&two, &[(10, "already at book/src/lecture-1/page.md:3")]);
}
