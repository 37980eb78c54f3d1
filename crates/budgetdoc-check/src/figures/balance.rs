//! Income and expenditure of the whole budget, a fund or a unit, for A4, B11 and others.

use crate::ComparedFigure;
use crate::examiner::{Examiner, FigurePair};
use crate::figures::basic;
use crate::figures::measures::of_accounts;
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Fund, Measure};

/// The part of the budget that two sides are summed over.
#[derive(Clone, Copy, Default)]
pub(crate) struct BudgetPart<'a> {
    pub fund: Option<&'a Fund>,
    pub unit: Option<usize>,
}

impl BudgetPart<'_> {
    fn is_whole(self) -> bool {
        self.fund.is_none() && self.unit.is_none()
    }
}

/// Returns the funds the budget uses, in the order of the profile.
pub(crate) fn funds_used(budget: &Budget) -> Vec<&Fund> {
    let used = budget.cube.funds_used();
    used.into_iter().map(|index| &budget.profile.funds[index]).collect()
}

/// Returns the excess of a part's expenditure over its income, if A4 or B11 reports it.
pub(crate) fn excess(examiner: &Examiner, part: BudgetPart) -> Option<Money> {
    let (income, expenditure, count) = sides(examiner, part);
    let gap = expenditure.amount - income.amount;
    let is_known = !income.unfilled && !expenditure.unfilled;
    (is_known && !examiner.agrees(gap.abs(), count + 1, [&income, &expenditure])).then_some(gap)
}

pub(crate) fn sides(examiner: &Examiner, part: BudgetPart) -> (ComparedFigure, ComparedFigure, usize) {
    let budget = examiner.budget;
    let measure = |accounts: [Account; 3]| Measure {
        funds: part.fund.iter().map(|fund| fund.id.clone()).collect(),
        ..of_accounts(&accounts)
    };
    let scope = Scope { unit: part.unit, ..Scope::default() };
    let income = budget.cube.total(&measure([Account::Income, Account::BroughtForward, Account::Internal]), scope);
    let expenditure =
        budget.cube.total(&measure([Account::Expenditure, Account::CarriedForward, Account::Internal]), scope);
    let count = (income.terms.len() + expenditure.terms.len()).saturating_sub(1);
    let unit = part.unit.map(|unit| &budget.spec.department.units[unit]);
    let zh = unit.map_or("", |unit| unit.name.trim()).to_owned() + part.fund.map_or("", |fund| &fund.name);
    let names: Vec<&str> =
        unit.map(|unit| unit.id.as_str()).into_iter().chain(part.fund.map(|fund| fund.id.as_str())).collect();
    let en = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    (
        ComparedFigure::new(format!("{zh}收入总计"), format!("total income{en}"), &income),
        ComparedFigure::new(format!("{zh}支出总计"), format!("total expenditure{en}"), &expenditure),
        count,
    )
}

pub(crate) fn both_sides(examiner: &mut Examiner, part: BudgetPart) -> bool {
    let (left, right, count) = sides(examiner, part);
    if part.fund.is_some() && left.terms.is_empty() && right.terms.is_empty() {
        return true;
    }
    let gap = right.amount - left.amount;
    let part_of_gap = if part.is_whole() && !gap.is_zero() { locate_gap(examiner) } else { part };
    // If basic expenditure by category agrees with income, the rows of `expenditure` are wrong.
    let spent = !gap.is_zero() && excess(examiner, part).is_some() && basic::gap(examiner, part) == gap;
    let place = if gap.is_zero() {
        None
    } else if spent {
        basic::place(examiner, part_of_gap)
    } else {
        let (income, expenditure, _) = sides(examiner, part_of_gap);
        income.place().or(expenditure.place())
    };
    let fund = part.fund.map(|fund| fund.id.as_str());
    let unit = part.unit.map(|unit| examiner.budget.spec.department.units[unit].id.as_str());
    let agree = examiner.equal(FigurePair {
        about: match (unit, fund) {
            (Some(unit), Some(fund)) => format!("units.{unit}.{fund}"),
            (_, Some(fund)) => format!("funds.{fund}"),
            (_, None) => "totals".to_owned(),
        },
        left,
        right,
        count,
        help: if spent {
            (
                "请先核对 expenditure 中基本支出各行及其资金来源 fund、预算单位 unit：按类别（basic 或 economic）的基本支出与收入相符",
                "check the rows of basic expenditure first, with their funds and units: by category (`basic` or `economic`) it agrees with income",
            )
        } else {
            (
                "请核对收入各行与支出各行（含项目）及其资金来源 fund、预算单位 unit；有结转时请填写 carried_forward",
                "check the rows of income, expenditure and projects, with their funds and units; carry-over belongs in carried_forward",
            )
        },
    });
    if !agree {
        examiner.point_at(place);
    }
    agree
}

/// Returns the fund and the unit of a gap of the whole budget, if it is in one alone.
fn locate_gap<'a>(examiner: &Examiner<'a>) -> BudgetPart<'a> {
    let budget = examiner.budget;
    let lies_in = |part: &BudgetPart| {
        let (income, expenditure, _) = sides(examiner, *part);
        income.amount != expenditure.amount
    };
    let only = |parts: Vec<BudgetPart<'a>>, whole: BudgetPart<'a>| {
        let mut parts = parts.into_iter().filter(lies_in);
        match (parts.next(), parts.next()) {
            (Some(part), None) => part,
            _ => whole,
        }
    };
    let funds = funds_used(budget).into_iter().map(|fund| BudgetPart { fund: Some(fund), unit: None });
    let part = only(funds.collect(), BudgetPart::default());
    let units = 0..budget.spec.department.units.len();
    only(units.map(|unit| BudgetPart { unit: Some(unit), ..part }).collect(), part)
}
