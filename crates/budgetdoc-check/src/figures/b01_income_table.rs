//! B1: the table of income agrees with the balance.

use crate::examiner::Examiner;
use crate::figures::table_columns;
use crate::rule::Check;
use crate::{Rule, Severity, control};
use budgetdoc_core::budget::Filter;
use budgetdoc_core::profile::{Account, TableDef};

pub(crate) const RULE: Rule = Rule {
    id: "B1",
    severity: Severity::Error,
    title: ("收入总表与收支总表一致", "The table of income agrees with the balance"),
    explanation: (
        "收入总表各单位之和等于收支总表的收入总计，每个资金来源也相等。",
        "For each fund, the units' income in the table of income adds up to the income of the balance.",
    ),
    wrong: "control:\n  - { table: income, column: 收入总计, amount: 1301 }    # 收支总表1310",
    right: "control:\n  - { table: income, column: 收入总计, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let wanted = |_: &TableDef, filter: &Filter| filter.allows_account(Account::Income);
    table_columns::compare(examiner, wanted, ("收支总表的收入", "income in the balance"));
    control::compare(examiner, "B1");
}
