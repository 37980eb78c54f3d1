//! B2: the table of expenditure agrees with the balance.

use crate::examiner::Examiner;
use crate::figures::table_columns;
use crate::rule::Check;
use crate::{Rule, Severity, control};
use budgetdoc_core::budget::Filter;
use budgetdoc_core::profile::{Account, TableDef};

pub(crate) const RULE: Rule = Rule {
    id: "B2",
    severity: Severity::Error,
    title: ("支出总表与收支总表一致", "The table of expenditure agrees with the balance"),
    explanation: (
        "支出总表各单位之和等于收支总表的支出。",
        "The units' expenditure in the table of expenditure adds up to the expenditure of the balance.",
    ),
    wrong: "control:\n  - { table: expenditure, amount: 1301 }    # 收支总表1310",
    right: "control:\n  - { table: expenditure, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let wanted = |table: &TableDef, filter: &Filter| {
        filter.is_of(&[Account::Expenditure]) && !filter.narrows_kinds() && table.of.funds.is_empty()
    };
    table_columns::compare(examiner, wanted, ("收支总表的支出", "expenditure in the balance"));
    control::compare(examiner, "B2");
}
