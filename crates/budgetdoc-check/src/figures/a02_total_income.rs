//! A2: total income is income of the year and what was brought forward.

use crate::examiner::Examiner;
use crate::figures::parts::whole_and_parts;
use crate::rule::Check;
use crate::{Rule, Severity, control};
use budgetdoc_core::profile::Account;

pub(crate) const RULE: Rule = Rule {
    id: "A2",
    severity: Severity::Error,
    title: ("收入总计等于本年收入加上年结余、结转", "Total income is income of the year and balances brought forward"),
    explanation: (
        "收入总计等于本年收入合计与上年结余、结转（以及用于弥补收支差额的各项）之和。",
        "Total income is income of the year plus the balances brought forward.",
    ),
    wrong: "brought_forward:\n  - { fund: general_public, amount: 54 }\ncontrol:\n  - { table: balance, row: 收入总计, amount: 1310 }",
    right: "control:\n  - { table: balance, row: 收入总计, amount: 1364 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let parts = [
        (Account::Income, "本年收入合计", "income of the year"),
        (Account::BroughtForward, "上年结余、结转", "balances brought forward"),
        (Account::Internal, "内部往来（扣除）", "transfers between units (taken off)"),
    ];
    whole_and_parts(examiner, "income_total", ("收入总计", "total income"), parts);
    control::compare(examiner, "A2");
}
