//! A3: total expenditure is expenditure of the year and what is carried forward.

use crate::examiner::Examiner;
use crate::figures::parts::whole_and_parts;
use crate::rule::Check;
use crate::{Rule, Severity, control};
use budgetdoc_core::profile::Account;

pub(crate) const RULE: Rule = Rule {
    id: "A3",
    severity: Severity::Error,
    title: (
        "支出总计等于本年支出加结转下年",
        "Total expenditure is expenditure of the year and balances carried forward",
    ),
    explanation: (
        "支出总计等于本年支出合计与结转下年之和；本年支出合计等于各类支出之和。",
        "Total expenditure is expenditure of the year plus the balances carried forward.",
    ),
    wrong: "carried_forward:\n  - { fund: general_public, amount: 54 }\ncontrol:\n  - { table: balance, row: 支出总计, amount: 1310 }",
    right: "control:\n  - { table: balance, row: 支出总计, amount: 1364 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let parts = [
        (Account::Expenditure, "本年支出合计", "expenditure of the year"),
        (Account::CarriedForward, "结转下年", "balances carried forward"),
        (Account::Internal, "内部往来（扣除）", "transfers between units (taken off)"),
    ];
    whole_and_parts(examiner, "expenditure_total", ("支出总计", "total expenditure"), parts);
    control::compare(examiner, "A3");
}
