//! Basic expenditure, which is given by subject and again by category.

use crate::examiner::Examiner;
use crate::figures::balance::BudgetPart;
use crate::figures::measures::of_accounts;
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure, Profile};
use budgetdoc_document::Place;

/// Returns the first row of basic expenditure that was called project expenditure: no project has such rows, and basic
/// expenditure lacks just them.
pub(crate) fn called_project(examiner: &Examiner) -> Option<Place> {
    let profile = &examiner.budget.profile;
    let kinds = vec![profile.kinds[profile.project_kind()].id.clone()];
    let measure = Measure { kinds, ..of_accounts(&[Account::Expenditure]) };
    let facts = examiner.budget.cube.select(&measure, Scope::default()).filter(|fact| fact.project.is_none());
    let terms: Vec<_> = facts.map(|fact| fact.this).collect();
    let loose: Money = terms.iter().map(|term| term.amount).sum();
    let lacking = !loose.is_zero() && gap(examiner, BudgetPart::default()) + loose == Money::ZERO;
    terms.iter().find_map(|term| term.place).filter(|_| lacking)
}

/// Basic expenditure by subject and by category.
pub(crate) fn sides(examiner: &Examiner, part: BudgetPart) -> (Total, Total) {
    let budget = examiner.budget;
    let kinds = vec![budget.profile.kinds[Profile::BASIC].id.clone()];
    let funds: Vec<_> = part.fund.iter().map(|fund| fund.id.clone()).collect();
    let scope = Scope { unit: part.unit, ..Scope::default() };
    let subjects = Measure { kinds, funds: funds.clone(), ..of_accounts(&[Account::Expenditure]) };
    let categories = Measure { funds, ..of_accounts(&[Account::Basic]) };
    (budget.cube.total(&subjects, scope), budget.cube.total(&categories, scope))
}

/// By how much basic expenditure by subject is more than that by category.
pub(crate) fn gap(examiner: &Examiner, part: BudgetPart) -> Money {
    let (by_subject, by_category) = sides(examiner, part);
    by_subject.or_zero() - by_category.or_zero()
}

/// Returns the first row of basic expenditure by subject.
pub(crate) fn place(examiner: &Examiner, part: BudgetPart) -> Option<Place> {
    sides(examiner, part).0.terms.iter().find_map(|term| term.place)
}
