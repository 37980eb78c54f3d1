//! Agreement with other budgets: last year's, and those of the department's units.

use super::examiner::{Examiner, Pair};
use super::totals::of;
use super::{Figure, Rule, Severity};
use crate::budget::{Budget, Scope, Total};
use crate::profile::{Account, Measure, YearOf};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "B12",
        severity: Severity::Error,
        title: ("部门预算等于各单位预算之和", "A department's budget is the sum of its units'"),
        explanation: (
            "部门汇总的收入、支出和“三公”经费，等于各预算单位的数之和。把各单位的 spec 一起交给 check（--units）时比较；只有部门的 spec 时，比较部门中该单位的行。",
            "Income, expenditure and the three public expenses of every unit in the department's budget equal those of the budget the unit publishes itself. Compared when the units' specs are given to `check` with --units.",
        ),
        wrong: "# 部门 spec：某中心支出 120\n# 某中心自己的 spec：支出 102",
        right: "# 两处均为 102",
        check: units,
    },
    Rule {
        id: "B13",
        severity: Severity::Error,
        title: ("上年数等于上年公开的本年数", "Last year's figures are the ones published last year"),
        explanation: (
            "各处的上年数（last）应等于上年 spec 中的本年数，把上年的 spec 一起交给 check（--last-year）时比较；各行都写了上年数时，上年收入与上年支出也应相等。",
            "Every `last` equals this year's figure of last year's spec, compared when that is given to `check` with --last-year; and where every row has one, last year's income equals last year's expenditure.",
        ),
        wrong: "income:\n  - { fund: general_public, amount: 1310, last: 1023 }    # 上年公开1032",
        right: "income:\n  - { fund: general_public, amount: 1310, last: 1032 }",
        check: years,
    },
];

const ACCOUNTS: [(Account, &str, &str); 6] = [
    (Account::Income, "收入", "income"),
    (Account::Expenditure, "支出", "expenditure"),
    (Account::Basic, "基本支出（按类别）", "basic expenditure"),
    (Account::ThreePublic, "“三公”经费", "the three public expenses"),
    (Account::Procurement, "政府采购", "procurement"),
    (Account::Reserved, "面向中小企业采购", "reserved procurement"),
];

fn units(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for other in &examiner.companions.units {
        let names: Vec<_> = other.spec.department.units.iter().map(|unit| unit.name.trim()).collect();
        let units = budget.spec.department.units.iter().enumerate();
        for (index, unit) in units.filter(|(_, unit)| names.contains(&unit.name.trim())) {
            let theirs = other.spec.department.units.iter().position(|named| named.name.trim() == unit.name.trim());
            let Some(theirs) = theirs else { continue };
            for (account, zh, en) in ACCOUNTS {
                let here = budget.cube.total(&of(&[account]), Scope { unit: Some(index), ..Scope::default() });
                let there = other.cube.total(&of(&[account]), Scope { unit: Some(theirs), ..Scope::default() });
                if here.terms.is_empty() && there.terms.is_empty() {
                    continue;
                }
                examiner.equal(Pair {
                    about: format!("units.{}.{en}", *unit.id),
                    left: Figure::new(format!("{}的{zh}", unit.name.trim()), format!("{en} of {}", *unit.id), &here),
                    right: Figure::new(
                        format!("该单位自己的预算中的{zh}"),
                        format!("{en} in the unit's own budget"),
                        &elsewhere(there),
                    ),
                    count: here.terms.len(),
                    help: ("请核对部门与单位的 spec", "compare the department's spec with the unit's"),
                });
            }
        }
    }
}

/// A total whose terms stand in another file: their places would point into the wrong one.
fn elsewhere(mut total: Total) -> Total {
    for term in &mut total.terms {
        term.place = None;
    }
    total
}

fn years(examiner: &mut Examiner) {
    inside_one_year(examiner);
    let budget = examiner.budget;
    let Some(before) = &examiner.companions.last_year else { return };
    for (account, zh, en) in ACCOUNTS {
        let categories = budget.profile.categories.of(account);
        let measures: Vec<(String, String, Measure)> = if categories.is_empty() {
            vec![(zh.to_owned(), en.to_owned(), of(&[account]))]
        } else {
            let of_category = |id: &str| Measure { categories: vec![id.to_owned().into()], ..of(&[account]) };
            categories
                .iter()
                .map(|named| (named.name.clone(), named.id.value.clone(), of_category(&named.id)))
                .collect()
        };
        for (zh, en, measure) in measures {
            compare_years(examiner, before, &en, (&zh, &en), &measure, Scope::default(), Scope::default());
        }
    }
    for (index, project) in budget.spec.projects.iter().enumerate() {
        let Some(theirs) = before.project(&project.id) else { continue };
        let (here, there) =
            (Scope { project: Some(index), ..Scope::default() }, Scope { project: Some(theirs), ..Scope::default() });
        let (zh, en) = (format!("项目“{}”", project.name.trim()), format!("project {}", *project.id));
        let about = format!("projects.{}", *project.id);
        compare_years(examiner, before, &about, (&zh, &en), &of(&[Account::Expenditure]), here, there);
    }
}

fn compare_years(
    examiner: &mut Examiner,
    before: &Budget,
    about: &str,
    (zh, en): (&str, &str),
    measure: &Measure,
    here: Scope,
    there: Scope,
) {
    let cube = &examiner.budget.cube;
    let known = cube.select(measure, here).all(|fact| fact.last.is_some());
    let last = cube.total(&Measure { year: Some(YearOf::Last), ..measure.clone() }, here);
    if last.amount.is_none() || !known {
        return;
    }
    let published = before.cube.total(measure, there);
    examiner.equal(Pair {
        about: about.to_owned(),
        left: Figure::new(format!("{zh}的上年数"), format!("last year's figure of {en}"), &last),
        right: Figure::new("上年公开的本年数", "what was published last year", &elsewhere(published)),
        count: last.terms.len(),
        help: ("请核对 last 与上年的 spec", "compare `last` with last year's spec"),
    });
}

fn inside_one_year(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let known = |account| {
        let mut facts = budget.cube.facts.iter().filter(|fact| fact.account == account).peekable();
        facts.peek().is_some() && facts.all(|fact| fact.last.is_some())
    };
    let carried = [Account::BroughtForward, Account::CarriedForward];
    let carried = budget.cube.facts.iter().any(|fact| carried.contains(&fact.account));
    if carried || !known(Account::Income) || !known(Account::Expenditure) {
        return;
    }
    let last = |account| budget.total(&Measure { year: Some(YearOf::Last), ..of(&[account]) });
    let (income, expenditure) = (last(Account::Income), last(Account::Expenditure));
    let count = (income.terms.len() + expenditure.terms.len()).saturating_sub(1);
    examiner.equal(Pair {
        about: "last".to_owned(),
        left: Figure::new("上年收入", "last year's income", &income),
        right: Figure::new("上年支出", "last year's expenditure", &expenditure),
        count,
        help: (
            "请核对各行的 last；已取消的项目写 amount: 0 并保留 last",
            "check every `last`; a project that ended keeps its row with `amount: 0`",
        ),
    });
}
