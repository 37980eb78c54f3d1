//! S1: control figures and suppressions of the spec refer to something.

use crate::examiner::Examiner;
use crate::rule::Check;
use crate::{Rule, Severity, control, rules};
use budgetdoc_core::lang::{Bilingual, nearest};

pub(crate) const RULE: Rule = Rule {
    id: "S1",
    severity: Severity::Error,
    title: ("核对用的条目都有所指", "Control figures and suppressions refer to something"),
    explanation: (
        "control 中的每个数都要对应一个表格单元；suppress 中的每一条都要对应一个结果，不再需要的应删去。错误要用 at 写明是哪一处才能放行，数字不符的错误不能放行。",
        "Each entry of `control` names a cell, each entry of `suppress` a finding; an entry that is no longer needed is reported. Errors are suppressed by their place (`at`) only, figures that disagree not at all.",
    ),
    wrong: "control:\n  - { table: income, column: 收入合计数, amount: 1310 }    # 表中为“收入总计”",
    right: "control:\n  - { table: income, column: 收入总计, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    controls(examiner);
    rule_ids(examiner);
}

/// Suppressions of rules there are none of.
fn rule_ids(examiner: &mut Examiner) {
    let known: Vec<_> = rules().iter().map(|rule| rule.id).collect();
    for entry in &examiner.budget.spec.suppress {
        let id = entry.rule.as_str();
        if known.contains(&id) {
            continue;
        }
        let help = match nearest(id, known.iter().copied()) {
            Some(near) => Bilingual::new(format!("是否应为“{near}”？"), format!("did you mean `{near}`?")),
            None => Bilingual::new("请写规则的编号，如 C8", "write the id of a rule, such as C8"),
        };
        examiner.report(
            format!("suppress.{id}"),
            Severity::Error,
            entry.rule.place,
            Bilingual::new(format!("没有这条规则“{id}”"), format!("there is no rule `{id}`")),
            help,
        );
    }
}

fn controls(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (index, control) in budget.spec.control.iter().enumerate() {
        examiner.count_one();
        let cell = control::about(control);
        if control::is_repeated(&budget.spec.control[..index], control) {
            examiner.report(
                format!("control.{cell}"),
                Severity::Note,
                control.table.place,
                Bilingual::new(format!("单元“{cell}”的控制数写了两次"), format!("`{cell}` has two control figures")),
                Bilingual::new("请删去一条", "delete one of them"),
            );
            continue;
        }
        if control::cell(examiner, control).is_some() {
            continue;
        }
        examiner.report(
            format!("control.{cell}"),
            Severity::Error,
            control.table.place,
            Bilingual::new(
                format!("没有控制数所指的单元“{cell}”，无法核对"),
                format!("there is no cell `{cell}`, so the control figure has no effect"),
            ),
            Bilingual::new(
                "table 写版式中表的编号，row 写该行的名称或科目编码，column 写表头最下一格的文字",
                "`table` is the table's id in the profile, `row` the name or code of a row, `column` the lowest cell of a head",
            ),
        );
    }
}
