//! C24: years and amounts are those of a departmental budget.

use std::collections::BTreeSet;

use crate::examiner::Examiner;
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{Fact, Term};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::{Money, Unit};
use budgetdoc_core::profile::Account;
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    id: "C24",
    severity: Severity::Warning,
    title: ("年度、金额合乎常理", "Years and amounts are plausible"),
    explanation: (
        "没有写公开日期 date 的，预算年度不应比版式名称中的年度晚两年以上（写了 date 的，由 C17 核对）。收入、支出总额不到 5 万元或者超过 1 万亿元的，多半是 unit 与金额的单位不一致；同一行的本年数与上年数、执行数相差 5000 倍以上的，多半有一个写成了另一单位。",
        "Without a `date`, the year is at most two years later than that of the profile’s name (with one, C17 compares them). Income or expenditure below 50,000 yuan or above a trillion suggests that `unit` is not the unit of the amounts; an amount that is more than 5,000 times last year’s or its outcome, or the reverse, suggests that one of them is in another unit.",
    ),
    wrong: "unit: 元\nincome:\n  - { fund: general_public, amount: 642 }",
    right: "unit: 万元\nincome:\n  - { fund: general_public, amount: 642 }",
    checks: &[Check::Figures(check)],
};

/// A year of pay for one person, in yuan: less is no department's budget.
const LEAST: Decimal = Decimal::from_parts(50_000, 0, 0, false, 0);
/// More than any department's budget, in yuan.
const MOST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);
/// Two amounts that differ as often are of different units: 元 and 万元 are 10,000 apart, and budgets change.
const TIMES: Decimal = Decimal::from_parts(5_000, 0, 0, false, 0);

fn check(examiner: &mut Examiner) {
    year(examiner);
    totals(examiner);
    years_of_rows(examiner);
}

fn year(examiner: &mut Examiner) {
    let (spec, profile) = (&examiner.budget.spec, &examiner.budget.profile);
    if spec.date.is_some() {
        return;
    }
    let of_form = profile.name.rsplit('/').next().and_then(|name| name.get(..4)?.parse::<u16>().ok());
    let Some(of_form) = of_form else { return };
    let (year, place) = (spec.year.value, spec.year.place);
    examiner.count_one();
    if year > of_form.saturating_add(2) {
        examiner.report(
            "year",
            Severity::Warning,
            place,
            Bilingual::new(
                format!("预算年度是 {year} 年，版式是 {of_form} 年的"),
                format!("the budget is of {year}, but its profile is of {of_form}"),
            ),
            Bilingual::new(
                "请核对 year；年度无误，版式也还用这一年的，写上公开日期（如 date: 2026-02-10）就不再提示",
                "check `year`; if it is right and the form is still in use, the day of publication (`date`) ends this warning",
            ),
        );
    }
}

/// Reports a total that no department has.
fn totals(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let totals = [Account::Income, Account::Expenditure].map(|account| budget.total(&of_accounts(&[account])));
    if totals.iter().any(|total| total.is_unfilled()) {
        return;
    }
    let total = totals.iter().map(|total| total.or_zero()).max().unwrap_or_default();
    if total <= Money::ZERO {
        return;
    }
    examiner.count_one();
    let yuan = total.in_unit(Unit::Yuan);
    let (zh, en) = match () {
        () if yuan < LEAST => ("太小", "small"),
        () if yuan > MOST => ("太大", "large"),
        () => return,
    };
    let place = totals.iter().flat_map(|total| &total.terms).find_map(|term| term.place);
    let (amount, unit) = (examiner.print(total), budget.spec.unit.name());
    examiner.report(
        "unit",
        Severity::Warning,
        place,
        Bilingual::new(
            format!("收支总额为 {amount}，对一个部门来说{zh}"),
            format!("the budget's total is {amount}, which is too {en} for a department"),
        ),
        Bilingual::new(
            format!("请核对金额的单位：现在 unit 是{unit}"),
            format!("check the unit of the amounts: `unit` is {unit}"),
        ),
    );
}

/// Reports rows whose amounts of two years are of different units.
fn years_of_rows(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let is_far = |one: Term, other: Term| {
        let [one, other] = [one, other].map(|term| term.amount.in_unit(Unit::Yuan).abs());
        let (less, more) = (one.min(other), one.max(other));
        !less.is_zero() && less * TIMES <= more
    };
    let past = |fact: &Fact| [("last", fact.last), ("executed", fact.executed)];
    // Basic expenditure by category may be derived from economic divisions, at the same places.
    let mut reported = BTreeSet::new();
    for fact in &budget.cube.facts {
        for (key, term) in past(fact) {
            let Some(term) = term else { continue };
            examiner.count_one();
            if is_far(fact.this, term) && reported.insert((key, term.place)) {
                let [this, other] = [fact.this.amount, term.amount].map(|amount| examiner.print(amount));
                examiner.report(
                    format!("{}.{key}", fact.account.name()),
                    Severity::Warning,
                    term.place,
                    Bilingual::new(
                        format!("同一行的 amount 为 {this}，{key} 为 {other}，相差 5000 倍以上"),
                        format!(
                            "`amount` of the row is {this}, `{key}` is {other}: one is more than 5,000 times the other"
                        ),
                    ),
                    Bilingual::new("请核对这两个数的单位", "check the units of both"),
                );
            }
        }
    }
}
