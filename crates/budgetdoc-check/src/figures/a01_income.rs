//! A1: income of the year is the sum of its funds.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::Total;
use budgetdoc_core::profile::{Account, Measure};

pub(crate) const RULE: Rule = Rule {
    id: "A1",
    severity: Severity::Error,
    title: ("本年收入合计等于各来源之和", "This year's income is the sum of its sources"),
    explanation: (
        "本年收入合计等于各资金来源之和，各组小计等于组内各来源之和；有收入的来源在收支总表中都要有一行。spec 中 control 写的收入数与计算结果比较。",
        "Income of the year is the sum of its funds, and each group the sum of its own; each fund with income has a line in the balance. Income under `control` is compared with the computed income.",
    ),
    wrong: "income:\n  - { fund: general_public, amount: 1310 }\ncontrol:\n  - { table: balance, row: 本年收入合计, amount: 1301 }",
    right: "control:\n  - { table: balance, row: 本年收入合计, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let income = budget.total(&of_accounts(&[Account::Income]));
    let mut sum = Total::default();
    let mut names = Vec::new();
    for fund in budget.profile.funds.iter() {
        let total = budget.total(&Measure { funds: vec![fund.id.clone()], ..of_accounts(&[Account::Income]) });
        if total.or_zero().is_zero() {
            continue;
        }
        names.push(format!("{} {}", fund.name, examiner.print(total.or_zero())));
        sum.amount = Some(sum.or_zero() + total.or_zero());
        sum.terms.extend(total.terms);
    }
    let list = names.join(" + ");
    examiner.equal(FigurePair {
        about: "income".to_owned(),
        left: ComparedFigure::new("本年收入合计", "income of the year", &income),
        right: ComparedFigure::new(format!("各来源之和（{list}）"), format!("the sum of its funds ({list})"), &sum),
        count: income.terms.len(),
        help: ("请核对收入各行", "check the rows of income"),
    });
    control::report_missing_lines(examiner, Account::Income);
    control::compare(examiner, "A1");
}
