//! The verification page, made from the report.

use super::html::{block_safe, escape};
use super::inline;
use super::page::{Place, address};
use super::pages::Pages;
use crate::counts::{counted, grouped, percent};
use crate::records::{Recomputed, plain};
use crate::report::{ExerciseReport, Report};
use checks::{Kind, LawReport};
use derivation::tell::{self, Mark};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// The content of the page: HTML blocks between Markdown headings.
pub(super) fn page(pages: &Pages<'_>, place: &Place<'_>) -> String {
    let report = &*pages.report;
    let mut text = totals(report);
    text.push_str("\n\n## Laws\n\n");
    text.push_str(
        "A law is run on every member it speaks of, and on planted mistakes, each of which it must reject.\n\n",
    );
    text.push_str(&block_safe(&laws(&report.laws)));
    if !report.derivations.is_empty() {
        text.push_str("\n\n## Derivations\n\n");
        text.push_str(
            "Each line is proved from the one before by the rules it cites, replayed step by step, and tried on \
             models. ✓ counts lines whose models were all decided, ≈ lines where some were decided up to an error \
             only, or not at all.\n\n",
        );
        text.push_str(&block_safe(&derivations(pages, place)));
    }
    if !report.claims.is_empty() {
        text.push_str("\n\n## Claims of the pages\n\n");
        text.push_str(&block_safe(&claims(pages, place)));
    }
    text.push_str("\n\n## Exercises\n\n");
    text.push_str(
        "Each row is a wrong answer, each column a check. ● is the check that is meant to catch it, and did; \
         ○ another that caught it too. The reference passes every check.\n",
    );
    for exercise in &report.exercises {
        text.push_str(&self::exercise(exercise));
    }
    if !report.figures.is_empty() {
        text.push_str("\n\n## Figures\n\nDrawn from the library when the book was built.\n\n");
        for figure in &report.figures {
            let _ = writeln!(text, "- `{}` (chapter {})", figure.id, figure.chapter);
        }
    }
    if !report.records.is_empty() {
        text.push_str("\n\n## Recorded runs of the labs\n\n");
        text.push_str(
            "The labs train with candle, which no build of this book compiles. What they recorded is read as \
             files, and held to the truth as far as it can be computed without training again: every exact \
             divergence by quadrature, every optimum against the points around it, every bound against the \
             divergence that it may not exceed by more than five standard errors, and the samples that are \
             drawn against the quality that is told. That the runs come out so when they are made again is \
             tested by the labs themselves (`cargo test -p labs`), in small.\n\n",
        );
        text.push_str(&block_safe(&records(&report.records)));
    }
    text
}

fn records(records: &[Recomputed]) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper\">\n<table>\n<thead><tr><th scope=\"col\">record</th>\
         <th scope=\"col\">runs</th><th scope=\"col\">ended early</th>\
         <th scope=\"col\">divergences computed anew</th><th scope=\"col\">largest difference</th>\
         <th scope=\"col\">bounds below the divergence, highest</th>\
         <th scope=\"col\">samples counted anew</th></tr></thead>\n<tbody>\n",
    );
    for record in records {
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>\
             <td>{}</td><td>{}</td></tr>",
            escape(&record.file),
            record.runs,
            record.failed,
            record.exact,
            match record.worst {
                _ if record.exact == 0 => "–".to_owned(),
                0.0 => "none".to_owned(),
                worst => format!("{worst:.0e}"),
            },
            record.highest.map_or_else(
                || "–".to_owned(),
                |highest| format!("{}, {} standard errors", record.bounds, plain(highest, 1))
            ),
            grouped(record.samples as u64),
        );
    }
    html.push_str("</tbody>\n</table>\n</div>\n<p>How they were made:</p>\n<ul>\n");
    for record in records {
        let commands: Vec<String> =
            record.commands.iter().map(|command| format!("<code>{}</code>", escape(command))).collect();
        let _ =
            writeln!(html, "<li><code>{}</code>: {}</li>", escape(&record.file), commands.join(", then "));
    }
    html.push_str("</ul>");
    html
}

fn totals(report: &Report) -> String {
    let facts = [
        (report.laws.len(), "laws"),
        (report.claims.len(), "claims that rest on them"),
        (report.lines(), "lines of derivations proved"),
        (report.exercises.len(), "exercises"),
        (report.cases() as usize, "cases tried"),
        (report.chaffs(), "planted mistakes caught"),
    ];
    let items: String = facts
        .iter()
        .map(|(count, what)| format!("<div><dt>{what}</dt><dd>{}</dd></div>\n", grouped(*count as u64)))
        .collect();
    format!("<dl class=\"totals\">\n{items}</dl>")
}

fn laws(laws: &[LawReport]) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper\">\n<table class=\"laws\">\n<thead><tr><th scope=\"col\">law</th>\
         <th scope=\"col\">members</th><th scope=\"col\">cases</th>\
         <th scope=\"col\">largest residual, of its tolerance</th>\
         <th scope=\"col\">planted mistakes, all rejected</th></tr></thead>\n<tbody>\n",
    );
    for law in laws {
        let chaffs: String =
            law.chaffs.iter().map(|chaff| format!("<li>{}</li>", escape(&chaff.name))).collect();
        let _ = writeln!(
            html,
            "<tr id=\"law-{name}\"><th scope=\"row\"><code>{name}</code><br>{}</th><td>{}</td><td>{}</td><td>{}</td>\
             <td><ul>{chaffs}</ul></td></tr>",
            escape(law.statement),
            law.members,
            grouped(law.cases),
            percent(law.worst_residual),
            name = escape(law.name),
        );
    }
    html.push_str("</tbody>\n</table>\n</div>");
    html
}

fn derivations(pages: &Pages<'_>, place: &Place<'_>) -> String {
    let here = place.file.strip_prefix("book/src").unwrap_or(place.file);
    let mut html = String::from(
        "<div class=\"table-wrapper\">\n<table>\n<thead><tr><th scope=\"col\">derivation</th>\
         <th scope=\"col\">lines ✓</th><th scope=\"col\">lines ≈</th><th scope=\"col\">models</th>\
         <th scope=\"col\">worst residual</th><th scope=\"col\">rules</th></tr></thead>\n<tbody>\n",
    );
    for derivation in &pages.report.derivations {
        let title = match derivation.title.as_str() {
            "" => format!("<code>{}</code>", escape(&derivation.id)),
            // A title's problems are told where it stands.
            title => inline::html(&pages.math, place.file, place.line, title, &mut Vec::new()),
        };
        let count = |mark| derivation.steps.iter().filter(|step| tell::mark(step) == mark).count();
        let numeric = || derivation.steps.iter().filter_map(|step| step.numeric.as_ref());
        let worst = numeric().map(|numeric| numeric.worst_residual).fold(0.0, f64::max);
        let rules: BTreeSet<&str> =
            derivation.steps.iter().flat_map(|step| &step.rules).map(String::as_str).collect();
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\"><a href=\"{}#{}\">{title}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>\
             <td>{}</td></tr>",
            address(here, Path::new(&derivation.page)),
            escape(&derivation.id),
            count(Mark::Proved),
            count(Mark::ProvedRoughly),
            grouped(numeric().map(|numeric| numeric.models).sum()),
            if worst == 0.0 { "exact".to_owned() } else { format!("{worst:.1e}") },
            escape(&rules.into_iter().collect::<Vec<_>>().join(", ")),
        );
    }
    html.push_str("</tbody>\n</table>\n</div>");
    html
}

fn claims(pages: &Pages<'_>, place: &Place<'_>) -> String {
    let here = place.file.strip_prefix("book/src").unwrap_or(place.file);
    let mut html = String::from(
        "<div class=\"table-wrapper\">\n<table>\n<thead><tr><th scope=\"col\">claim</th>\
         <th scope=\"col\">rests on the law</th></tr></thead>\n<tbody>\n",
    );
    for claim in &pages.report.claims {
        // A title's problems are told where it stands.
        let title = inline::html(&pages.math, place.file, place.line, &claim.title, &mut Vec::new());
        let test = escape(&claim.test);
        let _ = writeln!(
            html,
            "<tr><td><a href=\"{}#{}\">{title}</a></td><td><a href=\"#law-{test}\"><code>{test}</code></a></td></tr>",
            address(here, Path::new(&claim.page)),
            escape(&claim.id),
        );
    }
    html.push_str("</tbody>\n</table>\n</div>");
    html
}

fn exercise(exercise: &ExerciseReport) -> String {
    let mut text = format!("\n\n### {} {}\n\n", exercise.id, exercise.title);
    if exercise.kind == Kind::Explain {
        text.push_str("Answered in prose: a model answer and a rubric, no automatic grade.\n");
        return text;
    }
    let cases = exercise.checks.iter().map(|check| check.cases).sum();
    let _ = write!(
        text,
        "{} on {} cases; {}.\n\n",
        counted(exercise.checks.len(), "check", "checks"),
        grouped(cases),
        counted(exercise.chaffs.len(), "wrong answer caught", "wrong answers caught"),
    );
    let mut html = String::from(
        "<div class=\"table-wrapper\">\n<table class=\"matrix\">\n<thead><tr><th scope=\"col\">wrong answer</th>",
    );
    for check in &exercise.checks {
        let _ = write!(
            html,
            "<th scope=\"col\" title=\"{}\"><code>{}</code></th>",
            escape(check.property),
            escape(check.name)
        );
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for chaff in &exercise.chaffs {
        let _ = write!(
            html,
            "<tr><th scope=\"row\"><code>{}</code><br>{}</th>",
            escape(chaff.name),
            escape(chaff.misconception)
        );
        for (check, caught) in exercise.checks.iter().zip(&chaff.caught) {
            html.push_str(match (caught, check.name == chaff.caught_by) {
                (true, true) => "<td><span role=\"img\" aria-label=\"caught, as meant\">●</span></td>",
                (true, false) => "<td><span role=\"img\" aria-label=\"caught too\">○</span></td>",
                (false, _) => "<td></td>",
            });
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</div>");
    text.push_str(&block_safe(&html));
    text
}
