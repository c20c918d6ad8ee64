//! Boxes: definitions, claims, figures, tables.

use super::block::{Opening, Word};
use super::html::{block_safe, escape};
use super::inline;
use super::layout;
use super::page::Place;
use super::pages::Pages;
use super::tables::Table;
use crate::counts::{counted, grouped, percent};
use crate::problem::{Problem, line_of};
use checks::LawReport;
use std::fmt::Write as _;

/// A definition, or a claim with the law that checked it.
pub(super) fn formula(
    pages: &Pages<'_>,
    place: &Place<'_>,
    opening: &Opening,
    body: &str,
    law: Option<&LawReport>,
    problems: &mut Vec<Problem>,
) -> String {
    let (class, kind) = match opening.word {
        Word::Claim => ("claim", "Claim"),
        _ => ("definition", "Definition"),
    };
    let id = opening.get("id");
    let title = inline::html(&pages.math, place.file, place.line, opening.get("title"), problems);
    let formula = layout::display(&pages.math, body).unwrap_or_else(|why| {
        let line = place.line + line_of(body, why.offset);
        problems.push(Problem::at(place.file, line, why));
        String::new()
    });
    let mark = law.map(|law| mark(law, place)).unwrap_or_default();
    block_safe(&format!(
        "<section class=\"box {class}\" id=\"{id}\" aria-labelledby=\"{id}-title\">\n\
         <p class=\"box-title\" id=\"{id}-title\"><span class=\"box-kind\">{kind}</span> {title}\
         <a class=\"box-link\" href=\"#{id}\" aria-label=\"Link to this {class}\">#</a></p>\n\
         <div class=\"formula\">{formula}</div>\n{mark}</section>"
    ))
}

/// How a claim was checked: a line to open.
fn mark(law: &LawReport, place: &Place<'_>) -> String {
    let chaffs = law.chaffs.len();
    let mut text = format!(
        "<details class=\"mark\">\n<summary>Checked on {} cases; {} rejected</summary>\n\
         <p>The law {}: {}. It holds for {}. {}</p>\n<p>It rejects what was planted to be wrong:</p>\n<ul>\n",
        grouped(law.cases),
        counted(chaffs, "planted mistake", "planted mistakes"),
        link(law.name, place),
        escape(law.statement),
        counted(law.members, "member", "members"),
        residual(law.worst_residual),
    );
    for chaff in &law.chaffs {
        let _ = writeln!(text, "<li>{}</li>", escape(&chaff.name));
    }
    text.push_str("</ul>\n</details>\n");
    text
}

/// A law's name, linked to where all laws are listed.
fn link(law: &str, place: &Place<'_>) -> String {
    let name = escape(law);
    match &place.verification {
        Some(address) => format!("<a href=\"{address}#law-{name}\"><code>{name}</code></a>"),
        None => format!("<code>{name}</code>"),
    }
}

/// A largest residual in words.
fn residual(share: f64) -> String {
    if share == 0.0 {
        "No case left a residual.".into()
    } else {
        format!("The largest residual was {} of its tolerance.", percent(share))
    }
}

/// A drawn figure with its caption.
pub(super) fn figure(
    pages: &Pages<'_>,
    place: &Place<'_>,
    id: &str,
    svg: &str,
    caption: &str,
    problems: &mut Vec<Problem>,
) -> String {
    let caption = inline::html(&pages.math, place.file, place.line + 1, caption, problems);
    block_safe(&format!(
        "<figure class=\"figure\" id=\"figure-{id}\">\n{svg}\n<figcaption>{caption}</figcaption>\n</figure>"
    ))
}

/// A generated table with its caption.
pub(super) fn table(
    pages: &Pages<'_>,
    place: &Place<'_>,
    id: &str,
    table: &Table,
    caption: &str,
    problems: &mut Vec<Problem>,
) -> String {
    let caption = inline::html(&pages.math, place.file, place.line + 1, caption, problems);
    let mut words = |text: &str| inline::html(&pages.math, place.file, place.line, text, problems);
    let mut html = format!(
        "<figure class=\"figure\" id=\"table-{id}\">\n<div class=\"table-wrapper\">\n<table>\n<thead><tr>"
    );
    for head in &table.head {
        let _ = write!(html, "<th scope=\"col\">{}</th>", words(head));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        html.push_str("<tr>");
        for (index, cell) in row.iter().enumerate() {
            let (open, close) = if index == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
            let _ = write!(html, "{open}{}{close}", words(cell));
        }
        html.push_str("</tr>\n");
    }
    let _ = write!(html, "</tbody>\n</table>\n</div>\n<figcaption>{caption}</figcaption>\n</figure>");
    block_safe(&html)
}
