//! C20: the text calls subjects by the names of the year.

use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "C20",
    severity: Severity::Warning,
    title: ("文字中的科目名称是当年的", "Names of subjects are those of the year"),
    explanation: (
        "文字中写在“（类）”“（款）”“（项）”之前的功能分类科目名称，应是当年科目表或数据中的名称；以前年度用过的名称，以及与预算中的科目近似而不相同的名称，给出警告。",
        "The name of a functional subject before （类）, （款） or （项） is one of the year's table or of the spec; a name of earlier years, and one that is almost that of a subject of the budget, are warnings.",
    ),
    wrong: "text:\n  items: “医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）”12万元。",
    right: "text:\n  items: “卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）”12万元。",
    checks: &[Check::Prose(report)],
};
