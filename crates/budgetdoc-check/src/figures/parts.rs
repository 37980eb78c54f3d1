//! Sums of parts, with the words that list them.

use crate::ComparedFigure;
use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use budgetdoc_core::budget::{Budget, Scope, Total};
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::subject::SubjectCode;

/// Compares the total of some accounts with the sum of each.
pub(crate) fn whole_and_parts(
    examiner: &mut Examiner,
    about: &str,
    (zh, en): (&str, &str),
    parts: [(Account, &str, &str); 3],
) {
    let budget = examiner.budget;
    let whole = budget.total(&of_accounts(&parts.map(|(account, ..)| account)));
    let mut sum = Total::default();
    let mut names = (Vec::new(), Vec::new());
    for (account, zh, en) in parts {
        let part = budget.total(&of_accounts(&[account]));
        if part.terms.is_empty() && account == Account::Internal {
            continue;
        }
        names.0.push(format!("{zh} {}", examiner.print(part.or_zero())));
        names.1.push(format!("{en} {}", examiner.print(part.or_zero())));
        sum.amount = Some(sum.or_zero() + part.or_zero());
        sum.terms.extend(part.terms);
    }
    examiner.equal(FigurePair {
        about: about.to_owned(),
        left: ComparedFigure::new(zh, en, &whole),
        right: ComparedFigure::new(names.0.join(" + "), names.1.join(" + "), &sum),
        count: whole.terms.len(),
        help: ("请核对各行", "check the rows"),
    });
}

/// Returns the sum of parts that have rows, the list of them for a message, and how many they are.
pub(crate) fn sum_of_parts(
    examiner: &Examiner,
    parts: impl Iterator<Item = (String, Measure)>,
) -> (Total, String, usize) {
    let mut sum = Total::default();
    let mut words = Vec::new();
    for (name, measure) in parts {
        let part = examiner.budget.total(&measure);
        if part.terms.is_empty() {
            continue;
        }
        words.push(format!("{name} {}", examiner.print(part.or_zero())));
        sum.amount = Some(sum.or_zero() + part.or_zero());
        sum.terms.extend(part.terms);
    }
    let count = words.len();
    (sum, words.join(" + "), count)
}

/// Returns what a measure has of a subject.
pub(crate) fn subject_total(budget: &Budget, measure: &Measure, subject: SubjectCode) -> Total {
    budget.cube.total(measure, Scope { subject: Some(subject), ..Scope::default() })
}
