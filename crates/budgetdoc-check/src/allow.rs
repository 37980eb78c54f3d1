//! Findings the department lets stand, and entries of the spec that check nothing.

use super::examiner::Examiner;
use super::{Finding, Rule, Severity, control, rule, rules, unfilled};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::{Bilingual, nearest};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "S1",
    severity: Severity::Error,
    title: ("核对用的条目都有所指", "Entries that are there to check stand for something"),
    explanation: (
        "control 中的每个数都要对应一个表格单元；suppress 中的每一条都要对应一个结果，不再需要的应删去。错误要用 at 写明是哪一处才能放行，数字不符的错误不能放行。",
        "Every entry of `control` names a cell; every entry of `suppress` a finding, and goes when it is no longer needed. Errors are suppressed by their place (`at`) only; figures that disagree cannot be.",
    ),
    wrong: "control:\n  - { table: income, column: 收入合计数, amount: 1310 }    # 表中为“收入总计”",
    right: "control:\n  - { table: income, column: 收入总计, amount: 1310 }",
    check: entries,
}];

fn entries(examiner: &mut Examiner) {
    controls(examiner);
    rule_ids(examiner);
}

/// Suppressions of rules there are none of.
fn rule_ids(examiner: &mut Examiner) {
    let known: Vec<_> = rules().into_iter().map(|rule| rule.id).collect();
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
        examiner.look();
        let cell = control::about(control);
        if control::said_before(&budget.spec.control[..index], control) {
            examiner.report(
                format!("control.{cell}"),
                Severity::Note,
                control.table.place,
                Bilingual::new(
                    format!("单元“{cell}”的控制数写了两次"),
                    format!("the control figure of `{cell}` is written twice"),
                ),
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
    for entry in budget.spec.suppress.iter().filter(|entry| rule(&entry.rule).is_some()) {
        let meets = |finding: &Finding| {
            finding.rule == entry.rule.value && entry.at.as_ref().is_none_or(|at| at.value == finding.about)
        };
        // Figures that disagree or are not there are what no reason can excuse; any other error one that names its place,
        // or every later error of the rule would pass unseen.
        let of_figures = |finding: &Finding| !finding.figures.is_empty() || finding.about == unfilled::ABOUT;
        let excusable =
            |finding: &Finding| finding.severity != Severity::Error || (entry.at.is_some() && !of_figures(finding));
        let (mut met, mut refused, mut unplaced) = (false, false, None);
        for finding in findings.iter_mut().filter(|finding| meets(finding)) {
            if excusable(finding) {
                finding.suppressed = Some(entry.reason.trim().to_owned());
                met = true;
            } else if of_figures(finding) {
                refused = true;
            } else {
                unplaced.get_or_insert_with(|| finding.about.clone());
            }
        }
        if !refused && unplaced.is_none() && (met || draft) {
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
        } else if let Some(about) = unplaced {
            (
                Severity::Error,
                Bilingual::new(
                    format!("{what} 是错误，放行时要写明是哪一处"),
                    format!("{what} is an error, which is let stand by its place only"),
                ),
                Bilingual::new(
                    format!("如确实要保留，请写 at: {about}"),
                    format!("if it is to stand, write `at: {about}`"),
                ),
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
