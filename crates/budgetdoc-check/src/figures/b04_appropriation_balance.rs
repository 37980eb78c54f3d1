//! B4: the balance of appropriations is that part of the whole balance.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::table_kinds::balance_of;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::Total;
use budgetdoc_core::profile::{Account, Measure};

pub(crate) const RULE: Rule = Rule {
    id: "B4",
    severity: Severity::Error,
    title: ("财政拨款收支总表是收支总表的财政拨款部分", "The balance of appropriations agrees with the whole balance"),
    explanation: (
        "财政拨款收支总表的收入和支出，等于收支总表中财政拨款的部分；只有财政拨款时两表逐行相同。",
        "Income and expenditure in the balance of appropriations equal those of the same funds in the whole balance; with appropriations only, both agree line by line.",
    ),
    wrong: "control:\n  - { table: appropriation_balance, row: 收入总计, amount: 1301 }",
    right: "control:\n  - { table: appropriation_balance, row: 收入总计, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (id, table) in budget.profile.tables.iter() {
        if balance_of(table).is_none() || table.of.funds.is_empty() {
            continue;
        }
        let name = examiner.table_name(&id.value);
        for (account, zh, en) in [(Account::Income, "收入", "income"), (Account::Expenditure, "支出", "expenditure")]
        {
            let total = budget.total(&Measure { funds: table.of.funds.clone(), ..of_accounts(&[account]) });
            let mut sum = Total::default();
            let inside = budget
                .profile
                .funds
                .iter()
                .filter(|fund| table.of.funds.contains(&fund.id) || table.of.funds.contains(&fund.group));
            for fund in inside {
                let part = budget.total(&Measure { funds: vec![fund.id.clone()], ..of_accounts(&[account]) });
                sum.amount = Some(sum.or_zero() + part.or_zero());
                sum.terms.extend(part.terms);
            }
            examiner.equal(FigurePair {
                about: format!("tables.{}.{en}", id.value),
                left: ComparedFigure::new(format!("{name}的{zh}"), format!("{en} in {name}"), &total),
                right: ComparedFigure::new(
                    format!("收支总表中这些来源的{zh}之和"),
                    format!("{en} of its funds in the balance"),
                    &sum,
                ),
                count: total.terms.len(),
                help: ("请核对各来源的行", "check the rows of these funds"),
            });
        }
    }
    control::compare(examiner, "B4");
}
