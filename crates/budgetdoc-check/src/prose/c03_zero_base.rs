//! C3: there is no percentage of nothing.

use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "C3",
    severity: Severity::Warning,
    title: ("基数为零不写增长率", "No percentage of zero"),
    explanation: (
        "上年数或执行数为零的，只写增加额，不写增长率。",
        "Where last year's figure or outcome is zero, the text gives the amount only.",
    ),
    wrong: "预算9万元，比2021年增加9万元，增长100%。",
    right: "预算9万元，比2021年增加9万元。",
    checks: &[Check::Prose(report)],
};
