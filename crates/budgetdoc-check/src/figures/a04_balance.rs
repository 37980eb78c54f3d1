//! A4: total income equals total expenditure.

use crate::examiner::Examiner;
use crate::figures::balance::{BudgetPart, both_sides};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "A4",
    severity: Severity::Error,
    title: ("收入总计等于支出总计", "Total income equals total expenditure"),
    explanation: (
        "收入总计（本年收入加上年结余、结转）必须等于支出总计（本年支出加结转下年）。",
        "Income plus balances brought forward equals expenditure plus balances carried forward.",
    ),
    wrong: "income:\n  - { fund: general_public, amount: 1301 }    # 支出合计1310",
    right: "income:\n  - { fund: general_public, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    both_sides(examiner, BudgetPart::default());
}
