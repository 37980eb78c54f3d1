//! B11: income and expenditure of every fund and unit agree.

use crate::examiner::Examiner;
use crate::figures::balance::{BudgetPart, both_sides, funds_used, sides};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "B11",
    severity: Severity::Error,
    title: ("各资金来源、各单位的收入与支出相等", "Income and expenditure of every fund and unit agree"),
    explanation: (
        "总计相等时，每个资金来源的收入（加上年结余、结转）也应等于用它安排的支出（加结转下年）；有几个预算单位时，每个单位的每个来源也是。只有财政拨款时，收入表与支出表逐项对应。",
        "Where the totals agree, income of each fund plus balances brought forward equals its expenditure plus balances carried forward, for each unit where there are several.",
    ),
    wrong: "income:\n  - { fund: general_public, amount: 1300 }\n  - { fund: other_income, amount: 10 }\nexpenditure:\n  - { item: 2012901, amount: 1310 }",
    right: "expenditure:\n  - { item: 2012901, amount: 1300 }\n  - { fund: other_income, item: 2012902, amount: 10 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let whole = sides(examiner, BudgetPart::default());
    // A4 reports a gap of the whole budget.
    let gap = (whole.0.amount - whole.1.amount).abs();
    if !examiner.agrees(gap, whole.2 + 1, [&whole.0, &whole.1]) {
        return;
    }
    let budget = examiner.budget;
    let funds = funds_used(budget);
    let mut agree = true;
    if funds.len() > 1 {
        // The whole agrees: what one fund lacks another has in excess. One finding.
        examiner.as_one(|examiner| {
            for fund in &funds {
                agree &= both_sides(examiner, BudgetPart { fund: Some(fund), unit: None });
            }
        });
    }
    // Opposite gaps of two units show in no sum over all; both are one finding.
    let units = budget.spec.department.units.len();
    for fund in funds.into_iter().filter(|_| agree && units > 1) {
        examiner.as_one(|examiner| {
            for unit in 0..units {
                both_sides(examiner, BudgetPart { fund: Some(fund), unit: Some(unit) });
            }
        });
    }
}
