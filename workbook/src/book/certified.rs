//! The derivations of all pages: checked together, entered in the report, shown or
//! told why not.

use super::block::{Opening, Word};
use super::chain;
use super::error::PageError;
use super::page::{Page, Place, chapter, slashed};
use super::pages::Pages;
use super::scan::What;
use crate::derivations::failures;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::report::DerivationReport;

impl Pages<'_> {
    /// Checks every derivation of every page, and enters them in the report.
    pub(super) fn certify(&mut self) {
        let mut blocks: Vec<(&Page, &Opening, &str)> = Vec::new();
        for page in &self.pages {
            blocks.extend(page.items.iter().filter_map(|item| match &item.what {
                What::Block(opening, body) if opening.is_chain() && !body.trim().is_empty() => {
                    Some((page, opening, body.as_str()))
                }
                _ => None,
            }));
        }
        let texts: Vec<(&str, &str)> =
            blocks.iter().map(|(_, opening, body)| (opening.get("id"), *body)).collect();
        let certified = self.certifier.all(&texts, &Progress::default());
        for ((page, opening, _), certified) in blocks.into_iter().zip(certified) {
            if let Ok(certificate) = &certified {
                self.report.derivations.push(DerivationReport {
                    id: opening.get("id").to_owned(),
                    title: opening.get("title").to_owned(),
                    page: slashed(&page.path),
                    chapter: chapter(&page.path),
                    steps: certificate.report.steps.clone(),
                    end_to_end: certificate.report.end_to_end.clone(),
                });
            }
            self.certificates.insert(opening.get("id").to_owned(), certified);
        }
    }

    /// A derivation that stands, or all that does not.
    pub(super) fn certified(
        &self,
        place: &Place<'_>,
        opening: &Opening,
        body: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<String, PageError> {
        // One of two with the same id: told already.
        let Some(certified) = self.certificates.get(opening.get("id")) else { return Ok(String::new()) };
        let mut failures = failures(place.file, place.line + 1, body, certified);
        let certificate = match certified {
            Ok(certificate) if failures.is_empty() => certificate,
            _ => {
                problems.append(&mut failures);
                return Ok(String::new());
            }
        };
        if opening.word == Word::Identity
            && !matches!(&certificate.report.steps[..], [line] if line.relation == "=")
        {
            return Err(PageError::NoIdentity);
        }
        Ok(chain::chain(self, place, opening, certificate, problems))
    }
}
