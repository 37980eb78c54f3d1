//! C22: no text ends where YAML takes the rest for a remark.

use crate::examiner::Examiner;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;

pub(crate) const RULE: Rule = Rule {
    id: "C22",
    severity: Severity::Warning,
    title: ("文字没有在“#”处被截断", "No text ends at a number sign"),
    explanation: (
        "YAML 把空格和“#”后面的内容当作备注：“防汛 #1 泵站”只印出“防汛”。文字后面紧接一个空格和“#”的，或“#”后面没有空格的，给出警告；确是备注的，在“#”前空两格以上、后空一格。",
        "YAML reads `#` after a space as the start of a comment: `防汛 #1 泵站` prints 防汛 alone. A `#` with one space before it, or none after it, is a warning; a comment has two or more spaces before its `#` and one after it.",
    ),
    wrong: "projects:\n  - id: flood\n    name: 防汛 #1 泵站",
    right: "projects:\n  - id: flood\n    name: \"防汛 #1 泵站\"",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    for cut in examiner.budget.spec.source.cut_off() {
        examiner.count_one();
        examiner.report(
            "remark",
            Severity::Warning,
            cut.place,
            Bilingual::new(
                format!("“{}”之后的“{}”被当作备注，不会印出", cut.text, cut.rest),
                format!("`{}` after `{}` is a comment and is not printed", cut.rest, cut.text),
            ),
            Bilingual::new(
                "是正文的，请把整段文字用英文引号括起来；是备注的，请在 # 前空两格",
                "put the whole text in quotation marks; if it is a comment, write two spaces before #",
            ),
        );
    }
}
