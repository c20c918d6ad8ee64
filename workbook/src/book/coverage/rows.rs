//! The table's sections and rows, and its totals.

use super::super::html::{block_safe, escape};
use super::error::CoverageError;
use super::links::is_definition;
use super::sheet::{Item, Sheet};
use super::writer::Writer;
use std::fmt::Write as _;

/// The page whose headings are errata.
const ERRATA: &str = "back/errata.md";

impl Writer<'_, '_> {
    /// All sections, below the totals.
    pub(super) fn sheet(&mut self, sheet: &Sheet) -> String {
        let mut text = block_safe(&totals(sheet));
        for section in &sheet.sections {
            let title = section.title.get_ref();
            if section.items.is_empty() {
                self.complain(&section.title, CoverageError::Empty(title.clone()));
            }
            let _ = write!(text, "\n\n## {title}\n\n");
            let mut html = String::from(
                "<div class=\"table-wrapper\">\n<table class=\"coverage\">\n<thead><tr>\
                 <th scope=\"col\">in the notes</th><th scope=\"col\">where it stands</th>\
                 <th scope=\"col\">what checks it</th><th scope=\"col\">exercises</th></tr></thead>\n<tbody>\n",
            );
            for item in &section.items {
                html.push_str(&self.row(item));
            }
            html.push_str("</tbody>\n</table>\n</div>");
            text.push_str(&block_safe(&html));
        }
        text
    }

    fn row(&mut self, item: &Item) -> String {
        match (item.lacks(), &item.open) {
            (Some(what), None) => {
                self.complain(&item.says, CoverageError::Lacking { kind: item.kind.word(), what });
            }
            (None, Some(open)) => self.complain(open, CoverageError::NotOpen),
            _ => {}
        }
        let cells = [
            [self.pages(&item.page), self.blocks(&item.block, is_definition), self.figures(&item.figure)]
                .concat(),
            [self.blocks(&item.block, |word| !is_definition(word)), self.laws(&item.law)].concat(),
            self.exercises(&item.exercise),
        ];
        let open = item.open.as_ref().map(|open| format!("open: {}", self.words(open)));
        let mut html = format!("<tr><th scope=\"row\">{}</th>", self.said(item));
        for (index, cell) in cells.iter().enumerate() {
            let entries: Vec<String> =
                cell.iter().cloned().chain(open.clone().filter(|_| index == 0)).collect();
            match entries.is_empty() {
                true => html.push_str("<td class=\"coverage-none\">—</td>"),
                false => {
                    let _ = write!(html, "<td><ul><li>{}</li></ul></td>", entries.join("</li><li>"));
                }
            }
        }
        html.push_str("</tr>\n");
        html
    }

    /// What the notes say, and what the book says otherwise.
    fn said(&mut self, item: &Item) -> String {
        let at = item.at.as_deref().map(|at| format!(" · {}", escape(at))).unwrap_or_default();
        let mut html = format!(
            "<span class=\"coverage-kind\">{}{at}</span> {}",
            item.kind.word(),
            self.words(&item.says)
        );
        let errata: Vec<String> = item
            .erratum
            .iter()
            .filter_map(|erratum| self.heading(erratum, ERRATA, erratum.get_ref()))
            .collect();
        if item.corrected.is_some() || !errata.is_empty() {
            let words = item.corrected.as_ref().map(|corrected| self.words(corrected)).unwrap_or_default();
            let _ = write!(html, "<p class=\"coverage-corrected\">Corrected: {words}");
            if !errata.is_empty() {
                let _ = write!(html, " ({})", errata.join("; "));
            }
            html.push_str("</p>");
        }
        html
    }
}

/// How much there is, and how much of it is checked, asked, drawn, corrected, open.
fn totals(sheet: &Sheet) -> String {
    let items: Vec<&Item> = sheet.sections.iter().flat_map(|section| &section.items).collect();
    let count = |what: fn(&Item) -> bool| items.iter().filter(|item| what(item)).count();
    let facts = [
        (items.len(), "items of the notes"),
        (count(|item| item.lacks().is_none()), "with a place for it"),
        (count(|item| !item.block.is_empty() || !item.law.is_empty()), "with a block or law"),
        (count(|item| !item.exercise.is_empty()), "with an exercise"),
        (count(|item| !item.figure.is_empty()), "with a figure"),
        (count(|item| item.corrected.is_some() || !item.erratum.is_empty()), "corrected"),
        (count(|item| item.open.is_some()), "open"),
    ];
    let facts = facts.map(|(count, what)| format!("<div><dt>{what}</dt><dd>{count}</dd></div>\n"));
    format!("<dl class=\"totals\">\n{}</dl>", facts.concat())
}
