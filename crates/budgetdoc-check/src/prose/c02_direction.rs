//! C2: change, percentage and direction agree.

use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "C2",
    severity: Severity::Warning,
    title: ("增减额、增减率与方向一致", "Change, percentage and direction agree"),
    explanation: (
        "“A万元，比上年增加B万元，增长C%”中写明或前面已写明是哪个数的，增减额、增减率、增减方向、“持平”与预算中的本年数、上年数或执行数核对，保留到所写的小数；与执行数比还是与预算数比、与哪一年比，按文字所写。不知是哪个数的，按句中的金额核对：C 应等于 B÷(A−B)，减少时等于 B÷(A+B)；写出上年数的，三个数应相符。没有变化写“持平”，不写“增加0万元”；不写“减少-5万元”，减少不超过100%；“由P万元增加到A万元”方向相符，增加额不大于本年数，“与上年持平”旁不写增减。",
        "In “A, up by B, by C %” of a figure named in the sentence or in an earlier one, the amount, percentage and direction of the change, and 持平, are compared with the figure of this year and of last year or its outcome, to the decimals given; the text names the base and the year. Where the figure is not known, the amounts of the sentence are compared: C is B÷(A−B), or B÷(A+B) for a decrease, and the stated amount of last year agrees with both. A change of zero is 持平, not an increase of 0; a change has a verb and no sign; a decrease is at most 100 %; “from P up to A” rises; no increase exceeds the amount itself; no change comes with 与上年持平.",
    ),
    wrong: "预算535万元，比2021年增加333万元，增长156%。",
    right: "预算535万元，比2021年增加333万元，增长164.85%。",
    checks: &[Check::Prose(report)],
};
