//! B13: last year's figures are the ones published last year.

use std::collections::BTreeMap;

use crate::examiner::{Examiner, FigurePair};
use crate::figures::balance;
use crate::figures::balance::BudgetPart;
use crate::figures::companions::{ACCOUNTS, without_places};
use crate::figures::last_totals;
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Fund, Measure, YearOf};
use budgetdoc_core::subject::{Level, SubjectCode};

pub(crate) const RULE: Rule = Rule {
    id: "B13",
    severity: Severity::Error,
    title: ("上年数等于上年公开的本年数", "Last year's figures are those published last year"),
    explanation: (
        "各处的上年数（last、last_totals）应等于上年 spec 中的本年数，把上年的 spec 一起交给核对时，按项目、科目、资金来源、分类和合计逐一比较；缺一行上年数时，合计不比较；各行都写了上年数时，上年收入（含结余、结转）与上年支出（含结转下年）也应相等；last_totals 的上年数不大于所属合计的上年数，不小于所含各项的上年数。",
        "Each `last` and each line of `last_totals` equals the figure of last year's spec, if that is given: by project, subject, fund and category, and in total where every row has its `last`. Where every row has one, last year's income plus balances brought forward equals last year's expenditure plus balances carried forward. A line of `last_totals` does not exceed the totals it is part of.",
    ),
    wrong: "income:\n  - { fund: general_public, amount: 1310, last: 1023 }    # 上年公开1032",
    right: "income:\n  - { fund: general_public, amount: 1310, last: 1032 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    // Differences from last year's spec are reported by row, not again in sums.
    let agrees = match &examiner.companions.last_year {
        Some(before) if is_of_last_year(examiner, before) => {
            row_by_row(examiner, before) & last_totals::published(examiner, before)
        }
        _ => true,
    };
    // A missing row lacks both years: A4 reports it for this one.
    if agrees && balance::excess(examiner, BudgetPart::default()).is_none() {
        inside_one_year(examiner);
        last_totals::nested(examiner);
    }
}

/// Compares every `last` with last year's spec and returns whether all agree.
fn row_by_row(examiner: &mut Examiner, before: &Budget) -> bool {
    let budget = examiner.budget;
    let mut all_agree = true;
    let mut blamed = Vec::new();
    for (index, project) in budget.spec.projects.iter().enumerate() {
        let Some(theirs) = before.project(&project.id) else { continue };
        let (here, there) =
            (Scope { project: Some(index), ..Scope::default() }, Scope { project: Some(theirs), ..Scope::default() });
        let words = (format!("项目“{}”", project.name.trim()), format!("project {}", *project.id));
        let about = format!("projects.{}", *project.id);
        if !compare_years(examiner, before, &about, words, &of_accounts(&[Account::Expenditure]), (here, there)) {
            blamed.push(*project.item);
            all_agree = false;
        }
    }
    let economic = budget.cube.facts.iter().any(|fact| fact.account == Account::Economic);
    for (account, zh, en) in ACCOUNTS {
        // Categories summed from economic subjects are compared by these.
        if account == Account::Basic && economic {
            continue;
        }
        let mut agree = account != Account::Expenditure || blamed.is_empty();
        for (about, words, measure, scope) in parts(budget, account) {
            // A subject with a row in one year only may have another code in the other.
            let there = before.cube.select(&measure, scope).next().is_some();
            let is_blamed = account == Account::Expenditure && blamed.iter().any(|item| scope.subject == Some(*item));
            if (there || !measure.categories.is_empty()) && !is_blamed {
                agree &= compare_years(examiner, before, &about, words, &measure, (scope, scope));
            }
        }
        all_agree &= agree;
        if agree && budget.profile.categories.of(account).is_empty() {
            let words = (zh.to_owned(), en.to_owned());
            all_agree &= compare_years(examiner, before, en, words, &of_accounts(&[account]), Default::default());
        }
    }
    all_agree
}

/// Returns the parts an account is compared by: funds, subjects or categories, each with its name in findings and words.
fn parts(budget: &Budget, account: Account) -> Vec<(String, (String, String), Measure, Scope)> {
    let all = Scope::default();
    let cube = &budget.cube;
    let named = |code: SubjectCode, names: &BTreeMap<SubjectCode, String>| {
        let name = names.get(&code).map_or("", String::as_str);
        (format!("{code} {name}"), code.to_string())
    };
    match account {
        Account::Expenditure => {
            let items =
                cube.subjects(&of_accounts(&[account]), all).into_iter().filter(|code| code.level() == Level::Item);
            let scope = |subject| Scope { subject: Some(subject), ..all };
            items
                .map(|code| {
                    (format!("items.{code}"), named(code, &budget.subjects), of_accounts(&[account]), scope(code))
                })
                .collect()
        }
        Account::Economic => {
            let codes = cube.economic_of(&cube.filter(&of_accounts(&[account])), &all);
            let scope = |code| Scope { economic: Some(code), ..all };
            let divisions = codes.into_iter().filter(|code| code.level() == Level::Division);
            divisions
                .map(|code| {
                    (format!("economic.{code}"), named(code, &budget.economic), of_accounts(&[account]), scope(code))
                })
                .collect()
        }
        _ if budget.profile.categories.of(account).is_empty() => {
            let of_fund = |id: &str| Measure { funds: vec![id.to_owned().into()], ..of_accounts(&[account]) };
            let (zh, en) =
                ACCOUNTS.iter().find(|(known, ..)| *known == account).map_or(("", ""), |(_, zh, en)| (zh, en));
            let words = |fund: &Fund| (format!("{}的{zh}", fund.name), format!("{en} of {}", fund.id));
            let funds = budget.profile.funds.iter();
            funds.map(|fund| (format!("{}.{}", account.name(), fund.id), words(fund), of_fund(&fund.id), all)).collect()
        }
        _ => {
            let of_category = |id: &str| Measure { categories: vec![id.to_owned().into()], ..of_accounts(&[account]) };
            let categories = budget.profile.categories.of(account).iter();
            categories
                .map(|named| {
                    let id = named.id.value.clone();
                    (id.clone(), (named.name.clone(), id), of_category(&named.id), all)
                })
                .collect()
        }
    }
}

/// Returns whether a budget is last year's: of the year before, and of the same department, whose name may have changed.
fn is_of_last_year(examiner: &mut Examiner, before: &Budget) -> bool {
    let spec = &examiner.budget.spec;
    let (year, theirs) = (*spec.year, *before.spec.year);
    let (name, their_name) = (spec.department.name.trim(), before.spec.department.name.trim());
    let right = theirs + 1 == year;
    if !right {
        examiner.report(
            "last_year",
            Severity::Error,
            spec.year.place,
            Bilingual::new(
                format!("作为上年的 spec 是{theirs}年的，应为{}年，没有核对上年数", year - 1),
                format!("last year's spec is of {theirs}, not of {}, so nothing is compared", year - 1),
            ),
            Bilingual::new("请核对给出的上年 spec", "check the spec given for last year"),
        );
    } else if name != their_name {
        examiner.report(
            "last_year",
            Severity::Warning,
            spec.department.name.place,
            Bilingual::new(
                format!("作为上年的 spec 是“{their_name}”的，本部门为“{name}”"),
                format!("last year's spec is of {their_name}, this one of {name}"),
            ),
            Bilingual::new(
                "请核对给出的上年 spec；部门更名时可用 suppress 说明",
                "check the spec given for last year; if the department was renamed, suppress this with the reason",
            ),
        );
    }
    right
}

fn compare_years(
    examiner: &mut Examiner,
    before: &Budget,
    about: &str,
    (zh, en): (String, String),
    measure: &Measure,
    (here, there): (Scope, Scope),
) -> bool {
    let cube = &examiner.budget.cube;
    let known = cube.select(measure, here).all(|fact| fact.last.is_some());
    let last = cube.total(&Measure { year: Some(YearOf::Last), ..measure.clone() }, here);
    if last.amount.is_none() || !known {
        return true;
    }
    let published = before.cube.total(measure, there);
    examiner.equal(FigurePair {
        about: about.to_owned(),
        left: ComparedFigure::new(format!("{zh}的上年数"), format!("last year's figure of {en}"), &last),
        right: ComparedFigure::new("上年公开的本年数", "the figure published last year", &without_places(published)),
        count: last.terms.len(),
        help: ("请核对 last 与上年的 spec", "compare `last` with last year's spec"),
    })
}

fn inside_one_year(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let (has, spends) = ([Account::Income, Account::BroughtForward], [Account::Expenditure, Account::CarriedForward]);
    let facts = |account| budget.cube.facts.iter().filter(move |fact| fact.account == account);
    let known = |account| facts(account).all(|fact| fact.last.is_some());
    let some = |account| facts(account).next().is_some();
    if !has.into_iter().chain(spends).all(known) || !some(Account::Income) || !some(Account::Expenditure) {
        return;
    }
    let last = |accounts: &[Account]| budget.total(&Measure { year: Some(YearOf::Last), ..of_accounts(accounts) });
    let (income, expenditure) = (last(&has), last(&spends));
    let count = (income.terms.len() + expenditure.terms.len()).saturating_sub(1);
    examiner.equal(FigurePair {
        about: "last".to_owned(),
        left: ComparedFigure::new("上年收入", "last year's income", &income),
        right: ComparedFigure::new("上年支出", "last year's expenditure", &expenditure),
        count,
        help: (
            "请核对各行的 last；已取消的项目和结转写 amount: 0 并保留 last",
            "check every `last`; a project or carry-over that ended keeps its row with `amount: 0`",
        ),
    });
}
