//! C5: shares are parts of a total and add up to 100 %.

use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "C5",
    severity: Severity::Warning,
    title: ("占比等于部分除以总数，合计为100%", "Shares are parts of a total and add up to 100 %"),
    explanation: (
        "“A万元，占C%”的 C 应等于 A 除以收入或支出总计、本段的第一个金额或“其中”之前的金额；写明占什么的（如“占项目支出的”），除以那个数；A 是预算中的哪个数已写明的，按那个数算到所写的最后一位；占比要写“%”；同一段里的占比之和不应大于 100%，相差不超过每项 0.01 个百分点。“A万元，其中：……”之后各数之和不应大于 A（人数只加编制数），“甲1万元、乙2万元，合计C万元”的 C 应等于前面各数之和。",
        "In “A, C % of …” C is A divided by the total that the text names, or else by total income or expenditure, the first amount of the paragraph or the one before 其中; where A is a known figure, its exact amount is taken. A share has its `%`. The shares of a paragraph do not exceed 100 %, with 0.01 allowed for each. The amounts after “A, 其中” do not exceed A; of people, only posts are added. An amount named 合计 is the sum of the amounts before it.",
    ),
    wrong: "支出1310万元，其中基本支出684万元，占62.21%；项目支出626万元，占47.79%。",
    right: "支出1310万元，其中基本支出684万元，占52.21%；项目支出626万元，占47.79%。",
    checks: &[Check::Prose(report)],
};
