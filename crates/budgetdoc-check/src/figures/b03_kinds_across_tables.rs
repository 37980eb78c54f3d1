//! B3: basic and project expenditure are the same in every table.

use std::collections::BTreeSet;

use crate::examiner::{Examiner, FigurePair};
use crate::figures::balance::BudgetPart;
use crate::figures::basic::{called_project, gap, sides};
use crate::figures::measures::of_accounts;
use crate::figures::{balance, table_columns};
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Fact, Filter, Scope};
use budgetdoc_core::profile::{Account, Measure, Profile, TableDef};

pub(crate) const RULE: Rule = Rule {
    id: "B3",
    severity: Severity::Error,
    title: ("基本支出、项目支出各表一致", "Basic and project expenditure are the same in every table"),
    explanation: (
        "支出总表的基本支出（按功能科目汇总）必须等于基本支出总表的合计（人员、公用、补助之和），每个资金来源、每个单位也要一致，expenditure 的各行写明类别的，每个类别也要一致；economic 中写明其他种类（如项目支出）的，与该种类的支出一致，写明 item 的，与该项的支出一致；项目支出等于项目支出总表的合计。",
        "For each fund and unit, basic expenditure by functional subject equals basic expenditure by category; where rows of `expenditure` have a category, each category agrees as well. Rows of `economic` of another kind add up to the expenditure of that kind, rows with an `item` to that of the item. Project expenditure is the sum of the table of projects.",
    ),
    wrong: "expenditure:\n  - { item: 2012901, amount: 684 }\nbasic:\n  - { category: personnel, amount: 648 }",
    right: "basic:\n  - { category: personnel, amount: 684 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    if let Some(place) = called_project(examiner) {
        // It is missing in basic expenditure and in the table of projects.
        let mut found = false;
        examiner.as_one(|examiner| found = !both_kinds(examiner));
        if found {
            examiner.point_at(Some(place));
        }
    } else {
        both_kinds(examiner);
    }
    control::compare(examiner, "B3");
}

/// Compares basic and project expenditure of all tables; returns whether basic expenditure agrees.
fn both_kinds(examiner: &mut Examiner) -> bool {
    let budget = examiner.budget;
    let funds = balance::funds_used(budget);
    let by_fund = |examiner: &mut Examiner| {
        let mut agree = true;
        for fund in &funds {
            agree &= compare(examiner, BudgetPart { fund: Some(fund), unit: None });
        }
        agree
    };
    let mut agree = true;
    if gap(examiner, BudgetPart::default()).is_zero() {
        // A row of the wrong fund shows in two of them: one finding.
        examiner.as_one(|examiner| agree = by_fund(examiner));
    } else {
        agree = by_fund(examiner);
    }
    // A row of the wrong unit changes no sum over all units.
    let units = budget.spec.department.units.len();
    for fund in funds.into_iter().filter(|_| agree && units > 1) {
        examiner.as_one(|examiner| {
            for unit in 0..units {
                compare(examiner, BudgetPart { fund: Some(fund), unit: Some(unit) });
            }
        });
    }
    if agree {
        examiner.as_one(categories);
    }
    // A wrong amount of an item shows in the kind as well.
    if economic_kinds(examiner) && agree {
        examiner.as_one(economic_items);
    }
    let project =
        |table: &TableDef, filter: &Filter| filter.is_of(&[Account::Expenditure]) && !table.of.kinds.is_empty();
    table_columns::compare(
        examiner,
        project,
        ("支出总表的项目支出", "project expenditure in the table of expenditure"),
    );
    agree
}

/// Compares basic expenditure by subject with that by category, of a fund and, if one is given, a unit.
fn compare(examiner: &mut Examiner, part: BudgetPart) -> bool {
    let budget = examiner.budget;
    let (by_subject, by_category) = sides(examiner, part);
    if by_subject.terms.is_empty() && by_category.terms.is_empty() {
        return true;
    }
    // A gap that is also one between income and expenditure is reported by A4 or B11.
    let gap = by_subject.or_zero() - by_category.or_zero();
    if !gap.is_zero() && balance::excess(examiner, part) == Some(gap) {
        return false;
    }
    let BudgetPart { fund: Some(fund), unit } = part else { return true };
    let unit = unit.map(|unit| &budget.spec.department.units[unit]);
    let name = unit.map_or("", |unit| unit.name.trim());
    let id = unit.map_or_else(|| fund.id.value.clone(), |unit| format!("{}.{}", *unit.id, fund.id));
    let count = (by_subject.terms.len() + by_category.terms.len()).saturating_sub(1);
    examiner.equal(FigurePair {
        about: format!("basic.{id}"),
        left: ComparedFigure::new(
            format!("{name}{}按科目的基本支出", fund.name),
            format!("basic expenditure by subject ({id})"),
            &by_subject,
        ),
        right: ComparedFigure::new("按类别的基本支出", "basic expenditure by category", &by_category),
        count,
        help: (
            "请核对 expenditure 各行与 basic（或 economic）各行，两处应为同一笔基本支出，单位也相同",
            "check the rows of `expenditure` and of `basic` or `economic`: both divide the same expenditure of the same unit",
        ),
    })
}

/// Compares every category of the rows of `expenditure`, of the funds where all of them name theirs.
fn categories(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let kinds = vec![budget.profile.kinds[Profile::BASIC].id.clone()];
    for fund in balance::funds_used(budget) {
        let funds = vec![fund.id.clone()];
        let rows = Measure { kinds: kinds.clone(), funds: funds.clone(), ..of_accounts(&[Account::Expenditure]) };
        if budget.cube.select(&rows, Scope::default()).any(|fact| fact.category.is_none()) {
            continue;
        }
        for category in &budget.profile.categories.basic {
            let categories = vec![category.id.clone()];
            let by_subject = budget.total(&Measure { categories: categories.clone(), ..rows.clone() });
            let by_category =
                budget.total(&Measure { funds: funds.clone(), categories, ..of_accounts(&[Account::Basic]) });
            if by_subject.terms.is_empty() && by_category.terms.is_empty() {
                continue;
            }
            let count = (by_subject.terms.len() + by_category.terms.len()).saturating_sub(1);
            examiner.equal(FigurePair {
                about: format!("basic.{}.{}", fund.id, category.id),
                left: ComparedFigure::new(
                    format!("{}按科目的{}", fund.name, category.name),
                    format!("`{}` by subject ({})", category.id, fund.id),
                    &by_subject,
                ),
                right: ComparedFigure::new("按类别的同一笔支出", "the same by category", &by_category),
                count,
                help: (
                    "请核对 expenditure 各行的 category 与 basic（或 economic）各行",
                    "check `category` of the rows of `expenditure` and the rows of `basic` or `economic`",
                ),
            });
        }
    }
}

/// Compares rows by economic division of every kind but basic, whose rows `compare` holds, with what is spent of it: of
/// each fund, then of each unit, that has such rows. Forms that print basic expenditure alone need none. Returns whether
/// all agree.
fn economic_kinds(examiner: &mut Examiner) -> bool {
    let budget = examiner.budget;
    let mut all_agree = true;
    for kind in budget.profile.kinds.iter().skip(1) {
        let of = |account| Measure { kinds: vec![kind.id.clone()], ..of_accounts(&[account]) };
        let facts: Vec<_> = budget.cube.select(&of(Account::Economic), Scope::default()).collect();
        let funds: BTreeSet<usize> = facts.iter().map(|fact| fact.fund).collect();
        let units: BTreeSet<usize> = facts.iter().map(|fact| fact.unit).collect();
        for fund in funds.into_iter().map(|fund| &budget.profile.funds[fund]) {
            let parts = units.iter().filter(|_| units.len() > 1).map(|unit| Some(*unit));
            for unit in std::iter::once(None).chain(parts) {
                let total = |account| {
                    let measure = Measure { funds: vec![fund.id.clone()], ..of(account) };
                    budget.cube.total(&measure, Scope { unit, ..Scope::default() })
                };
                let (divisions, spent) = (total(Account::Economic), total(Account::Expenditure));
                let unit = unit.map(|unit| &budget.spec.department.units[unit]);
                let name = unit.map_or("", |unit| unit.name.trim());
                let id = unit.map_or_else(|| fund.id.value.clone(), |unit| format!("{}.{}", *unit.id, fund.id));
                let agree = examiner.equal(FigurePair {
                    about: format!("economic.{}.{id}", kind.id),
                    left: ComparedFigure::new(
                        format!("{name}{}按经济科目的{}", fund.name, kind.name),
                        format!("`{}` by economic subject ({id})", kind.id),
                        &divisions,
                    ),
                    right: ComparedFigure::new("支出中的同一种类", "the same kind in expenditure", &spent),
                    count: (divisions.terms.len() + spent.terms.len()).saturating_sub(1),
                    help: (
                        "请核对 economic 中这一种类的各行，应写全；版式不印的，可整类不写",
                        "check the rows of `economic` of this kind: give all of them, or none where the profile does not print them",
                    ),
                });
                all_agree &= agree;
                if !agree {
                    break;
                }
            }
        }
    }
    all_agree
}

/// Compares rows by economic division that name a functional item with what is spent of it, of each kind, fund and unit.
fn economic_items(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let of_item = |fact: &&Fact| fact.account == Account::Economic && fact.item.is_some();
    let keys: BTreeSet<_> =
        budget.cube.facts.iter().filter(of_item).map(|fact| (fact.item, fact.kind, fact.fund, fact.unit)).collect();
    for (item, kind, fund, unit) in keys {
        let (Some(item), Some(kind)) = (item, kind) else { continue };
        let (kind, fund, unit_entry) =
            (&budget.profile.kinds[kind], &budget.profile.funds[fund], &budget.spec.department.units[unit]);
        let total = |account| {
            let (kinds, funds) = (vec![kind.id.clone()], vec![fund.id.clone()]);
            let measure = Measure { kinds, funds, ..of_accounts(&[account]) };
            budget.cube.total(&measure, Scope { unit: Some(unit), subject: Some(item), ..Scope::default() })
        };
        let (divisions, spent) = (total(Account::Economic), total(Account::Expenditure));
        let several = budget.spec.department.units.len() > 1;
        let name = if several { unit_entry.name.trim() } else { "" };
        examiner.equal(FigurePair {
            about: format!("economic.{item}.{}.{}.{}", kind.id, *unit_entry.id, fund.id),
            left: ComparedFigure::new(
                format!("{name}{} {item} 按经济科目的{}", fund.name, kind.name),
                format!("`{}` of {item} by economic subject ({}, {})", kind.id, *unit_entry.id, fund.id),
                &divisions,
            ),
            right: ComparedFigure::new("该项的支出", "the expenditure of the item", &spent),
            count: (divisions.terms.len() + spent.terms.len()).saturating_sub(1),
            help: (
                "请核对 economic 中写了这个 item 的各行，应写全",
                "check the rows of `economic` with this `item`: give all of them",
            ),
        });
    }
}
