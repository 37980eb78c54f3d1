//! Expenditure that the spec states again as a part: procurement, the three public expenses, meetings.

use std::collections::BTreeSet;

use crate::ComparedFigure;
use crate::examiner::{Examiner, FigurePair};
use crate::figures::balance::BudgetPart;
use crate::figures::measures::of_accounts;
use budgetdoc_core::budget::Scope;
use budgetdoc_core::profile::{Account, Measure};

/// Compares an account with the expenditure it is part of: of the whole, then of each fund and each unit.
pub(crate) fn within(examiner: &mut Examiner, account: Account, words: (&str, &str)) {
    if !part(examiner, account, words, BudgetPart::default()) {
        return;
    }
    let budget = examiner.budget;
    let facts = || budget.cube.facts.iter().filter(|fact| fact.account == account);
    // Rows without a fund are read as of the first and say nothing of it.
    let funds: BTreeSet<usize> = facts().map(|fact| fact.fund).filter(|fund| *fund > 0).collect();
    let mut agree = true;
    for fund in funds {
        agree &= part(examiner, account, words, BudgetPart { fund: Some(&budget.profile.funds[fund]), unit: None });
    }
    let units: BTreeSet<usize> = facts().map(|fact| fact.unit).collect();
    for unit in units.into_iter().filter(|_| agree && budget.spec.department.units.len() > 1) {
        part(examiner, account, words, BudgetPart { fund: None, unit: Some(unit) });
    }
}

fn part(
    examiner: &mut Examiner,
    account: Account,
    (zh, en): (&str, &str),
    BudgetPart { fund, unit }: BudgetPart,
) -> bool {
    let budget = examiner.budget;
    let funds: Vec<_> = fund.iter().map(|fund| fund.id.clone()).collect();
    let scope = Scope { unit, ..Scope::default() };
    let total = |account| budget.cube.total(&Measure { funds: funds.clone(), ..of_accounts(&[account]) }, scope);
    let (inner, outer) = (total(account), total(Account::Expenditure));
    if inner.terms.is_empty() {
        return true;
    }
    let unit = unit.map(|unit| &budget.spec.department.units[unit]);
    let name = unit.map_or("", |unit| unit.name.trim()).to_owned() + fund.map_or("", |fund| &fund.name);
    let id = unit.map(|unit| unit.id.as_str()).or(fund.map(|fund| fund.id.as_str()));
    let of_id = id.map(|id| format!(" ({id})")).unwrap_or_default();
    let list = match account {
        Account::Procurement => "procurement",
        Account::ThreePublic => "three_public",
        _ => "meetings",
    };
    examiner.within(FigurePair {
        about: format!("{list}.{}", id.unwrap_or("total")),
        count: (inner.terms.len() + outer.terms.len()).saturating_sub(1),
        left: ComparedFigure::new(format!("{name}{zh}"), format!("{en}{of_id}"), &inner),
        right: ComparedFigure::new(format!("{name}支出总计"), format!("total expenditure{of_id}"), &outer),
        help: ("请核对这两个数字", "check both figures"),
    })
}
