//! Findings that the spec suppresses (`suppress`).

use crate::figures::c14_unfilled;
use crate::{Examination, Finding, Severity, rule};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Bilingual;

/// Marks what the spec suppresses, and adds a note for every suppression that met nothing.
pub(crate) fn apply(budget: &Budget, Examination { findings, guesses, .. }: &mut Examination) {
    // The finding of a suppression may appear once the amounts are filled in.
    let draft = findings.iter().any(|finding| finding.about == c14_unfilled::ABOUT);
    for entry in budget.spec.suppress.iter().filter(|entry| rule(&entry.rule).is_some()) {
        let meets = |finding: &Finding| {
            finding.rule == entry.rule.value && entry.at.as_ref().is_none_or(|at| at.value == finding.about)
        };
        // Figures that disagree or are not there are what no reason can excuse; any other error one that names its place,
        // or every later error of the rule would pass unseen.
        let of_figures = |finding: &Finding| !finding.figures.is_empty() || finding.about == c14_unfilled::ABOUT;
        let excusable =
            |finding: &Finding| finding.severity != Severity::Error || (entry.at.is_some() && !of_figures(finding));
        let (mut met, mut refused, mut unplaced) = (false, false, None);
        for finding in findings.iter_mut().chain(guesses.iter_mut()).filter(|finding| meets(finding)) {
            if excusable(finding) {
                finding.suppressed = Some(entry.reason.trim().to_owned());
                met = true;
            } else if of_figures(finding) {
                refused = true;
            } else {
                unplaced.get_or_insert_with(|| finding.about.clone());
            }
        }
        if !refused && unplaced.is_none() && (met || draft) {
            continue;
        }
        let at = entry.at.as_ref().map(|at| format!(" {}", at.value)).unwrap_or_default();
        let what = format!("{}{at}", entry.rule.value);
        let (severity, message, help) = if refused {
            (
                Severity::Error,
                Bilingual::new(
                    format!("{what} 是数字不符或待填，不能放行"),
                    format!("{what} cannot be suppressed: figures disagree or are unfilled"),
                ),
                Bilingual::new("请改正数字，并删去这一条", "correct the figures and delete the entry"),
            )
        } else if let Some(about) = unplaced {
            (
                Severity::Error,
                Bilingual::new(
                    format!("{what} 是错误，放行时要写明是哪一处"),
                    format!("{what} is an error; suppressing it needs `at`"),
                ),
                Bilingual::new(
                    format!("如确实要保留，请写 at: {about}"),
                    format!("to suppress it, write `at: {about}`"),
                ),
            )
        } else {
            (
                Severity::Note,
                Bilingual::new(
                    format!("suppress 中的 {what} 没有对应的结果"),
                    format!("the suppression of {what} matches no finding"),
                ),
                Bilingual::new("请删去这一条，或核对 rule 和 at", "delete it, or check `rule` and `at`"),
            )
        };
        findings.push(Finding {
            rule: "S1",
            severity,
            about: format!("suppress.{}", entry.rule.value),
            message,
            figures: Vec::new(),
            difference: None,
            rounding: false,
            place: entry.rule.place,
            end: None,
            others: Vec::new(),
            help,
            suppressed: None,
        });
    }
}
