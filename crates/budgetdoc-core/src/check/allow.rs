//! Findings the department lets stand, and entries of the spec that check nothing.

use super::examiner::Examiner;
use super::{Finding, Rule, Severity, control, unfilled};
use crate::budget::Budget;
use crate::lang::Bilingual;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "S1",
    severity: Severity::Error,
    title: ("核对用的条目都有所指", "Entries that are there to check stand for something"),
    explanation: (
        "control 中的每个数都要对应一个表格单元；suppress 中的每一条都要对应一个结果，不再需要的应删去。数字不符的错误不能放行。",
        "Every entry of `control` names a cell; every entry of `suppress` a finding, and goes when it is no longer needed. Figures that disagree cannot be suppressed.",
    ),
    wrong: "control:\n  - { table: income, column: 收入合计数, amount: 1310 }    # 表中为“收入总计”",
    right: "control:\n  - { table: income, column: 收入总计, amount: 1310 }",
    check: controls,
}];

fn controls(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for control in &budget.spec.control {
        examiner.look();
        if control::cell(examiner, control).is_some() {
            continue;
        }
        let cell = control::about(control);
        examiner.report(
            format!("control.{cell}"),
            Severity::Error,
            control.table.place,
            Bilingual::new(
                format!("没有控制数所指的单元“{cell}”，无法核对"),
                format!("there is no cell `{cell}`, so the control figure checks nothing"),
            ),
            Bilingual::new(
                "table 写版式中表的编号，row 写该行的名称或科目编码，column 写表头最下一格的文字",
                "`table` is the table's id in the profile, `row` a row's name or code, `column` the lowest cell of a head",
            ),
        );
    }
}

/// Marks what the spec suppresses, and adds a note for every suppression that met nothing.
pub(super) fn apply(budget: &Budget, findings: &mut Vec<Finding>) {
    // What a suppression stands for may turn up once the amounts are in.
    let draft = findings.iter().any(|finding| finding.about == unfilled::ABOUT);
    for entry in &budget.spec.suppress {
        let meets = |finding: &Finding| {
            finding.rule == entry.rule.value && entry.at.as_ref().is_none_or(|at| at.value == finding.about)
        };
        // Figures that disagree or are not there are what no reason can excuse.
        let excusable = |finding: &Finding| {
            let of_figures = !finding.figures.is_empty() || finding.about == unfilled::ABOUT;
            finding.severity != Severity::Error || !of_figures
        };
        let (mut met, mut refused) = (false, false);
        for finding in findings.iter_mut().filter(|finding| meets(finding)) {
            if excusable(finding) {
                finding.suppressed = Some(entry.reason.trim().to_owned());
                met = true;
            } else {
                refused = true;
            }
        }
        if !refused && (met || draft) {
            continue;
        }
        let at = entry.at.as_ref().map(|at| format!(" {}", at.value)).unwrap_or_default();
        let what = format!("{}{at}", entry.rule.value);
        let (severity, message, help) = if refused {
            (
                Severity::Error,
                Bilingual::new(
                    format!("{what} 是数字不符或待填，不能放行"),
                    format!("{what}: figures disagree or are unfilled, which cannot be suppressed"),
                ),
                Bilingual::new("请改正数字，并删去这一条", "set the figures right and delete the entry"),
            )
        } else {
            (
                Severity::Note,
                Bilingual::new(
                    format!("suppress 中的 {what} 没有对应的结果"),
                    format!("the suppression of {what} meets no finding"),
                ),
                Bilingual::new("请删去这一条，或核对 rule 和 at", "delete it, or check `rule` and `at`"),
            )
        };
        findings.push(Finding {
            rule: "S1",
            severity,
            about: format!("suppress.{}", entry.rule.value),
            message,
            figures: Vec::new(),
            difference: None,
            rounding: false,
            place: entry.rule.place,
            help,
            suppressed: None,
        });
    }
}
