//! C3: there is no percentage of nothing.

use crate::prose::changes::changes_of;
use crate::prose::percentages::ChangeFault;
use crate::prose::percentages::judge;
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;

pub(crate) const RULE: Rule = Rule {
    id: "C3",
    severity: Severity::Warning,
    title: ("基数为零不写增长率", "No percentage of nothing"),
    explanation: (
        "上年为零的，只写增加额，不写增长率；本年为零而上年不为零的，减少率为 100%。",
        "Where last year's figure is zero, the text gives only the amount; where this year's is zero, the decrease is 100 %.",
    ),
    wrong: "预算9万元，比2021年增加9万元，增长100%。",
    right: "预算9万元，比2021年增加9万元。",
    checks: &[Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    for passage in examiner.own_sentences() {
        for change in changes_of(&passage.text) {
            examiner.count_one();
            let (zh, en) = match judge(&change) {
                Some((ChangeFault::ZeroBase, _)) => {
                    ("上年为零，不应写增长率", "last year's figure is nothing: there is no percentage of it")
                }
                Some((ChangeFault::Gone, _)) => {
                    ("本年为零，减少率应为 100%", "this year's figure is nothing: the decrease is 100 %")
                }
                _ => continue,
            };
            let Some((percent, up)) = &change.percent else { continue };
            let piece = format!("{}{}%", if *up { "增长" } else { "减少" }, percent.digits);
            examiner.report_words(
                passage,
                percent.range(&passage.text),
                Caution::Warning,
                Bilingual::new(format!("“{piece}”：{zh}"), format!("`{piece}`: {en}")),
                Bilingual::new("请改用 {{ … | yoy }} 由程序写出", "let `{{ … | yoy }}` write it"),
            );
        }
    }
}
