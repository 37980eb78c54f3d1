//! C4: a change needs a reason. Here those that are missing; `prose` reads the others.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::examiner::Examiner;
use crate::figures::measures::of_accounts;
use crate::prose::c04_reasons;
use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::Account;
use budgetdoc_core::spec::Project;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C4",
    severity: Severity::Error,
    title: ("增减变化要有原因", "A change needs a reason"),
    explanation: (
        "比上年有增减的项目，以及版式在增减之后接着写原因的科目（explanations）和文字，必须说明原因。没有写原因的，是错误；没有增减而写了原因的，给出提示；“主要原因是。”之后没有内容、原因与增减方向相反、只是重复增减本身或者写“无”“同上”、照抄另一个项目的（较长的原因，或者点了另一个项目的名），给出警告；写“与上年持平”而数字有增减、写“收支减少”而数字增加的，写了“持平”之后原因又写增减的，也给出警告。方向从字面判断，只在没有疑义时提出：讲上年的话、经费划转或统筹的话、两个方向都有的话，不作判断；数字之间尚有不符的，先改数字，再核对方向。",
        "A figure that differs from last year's needs a reason: each project, and the subjects (`explanations`) and texts that the profile prints after a change. A missing reason is an error, a reason without a change a note. A reason is a warning if it is empty after 主要原因是, of the opposite direction, a repetition of the change, none or 同上, or another project's (a long one, or one that names the other project). So is 与上年持平 where the figure changed, 收支减少 where it rose, and a reason for a rise or fall behind 持平. The direction is read from words, only where they are clear: reasons about last year, about money moved or divided, or in both directions are not reported; while figures disagree, reasons are not compared with them.",
    ),
    wrong: "projects:\n  - id: publicity\n    amount: 23\n    last: 0\n    reason: 经费增加。",
    right: "    reason: 根据预算编制要求，宣传经费单列，原相关经费汇总后增加。",
    checks: &[Check::Figures(check), Check::Prose(report), Check::Prose(c04_reasons::check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (project, _) in changed_projects(budget) {
        examiner.count_one();
        of_project(examiner, project);
    }
    for (about, _) in explained_changes(examiner).iter().filter(|(about, _)| !about.starts_with("text.")) {
        examiner.count_one();
        of_subject(examiner, about);
    }
    report_superfluous(examiner);
}

/// Reasons of what did not change, which the profile then leaves out.
fn report_superfluous(examiner: &mut Examiner) {
    let printed = examiner.prose.passages.iter().flat_map(|passage| &passage.spans);
    let printed: BTreeSet<&str> = printed.filter_map(|span| span.part_of.as_deref()).collect();
    let spec = &examiner.budget.spec;
    for about in examiner.prose.explained.keys().filter(|about| !printed.contains(about.as_str())) {
        let given = match about.split_once('.') {
            Some(("text", key)) => spec.text.get(key),
            Some((_, subject)) => {
                let code = subject.strip_suffix(".reason");
                let row = spec.explanations.iter().find(|row| Some(row.subject.as_str()) == code);
                row.map(|row| &row.reason)
            }
            None => None,
        };
        let Some(given) = given.filter(|given| !given.trim().is_empty()) else { continue };
        examiner.report(
            about,
            Severity::Note,
            given.place,
            Bilingual::new(
                "没有可印的增减，这条原因不印出",
                "there is no change to print, so this reason is not printed",
            ),
            Bilingual::new(
                "数没有变的，请删去；缺上年数的，请补写 last",
                "delete it if the figure did not change; add `last` if last year's amounts are missing",
            ),
        );
    }
}

/// Projects that differ from last year, and whether they rose.
pub(crate) fn changed_projects(budget: &Budget) -> impl Iterator<Item = (&Project, bool)> {
    budget.spec.projects.iter().filter_map(|project| {
        let (this, last) = project.amount.number().zip(project.last.as_ref()?.number())?;
        (this != last).then_some((project, this > last))
    })
}

/// Returns the figures that differ from last year and that the profile prints a reason after, with their direction.
/// Figures of a rise and a fall explained together are left out.
pub(crate) fn explained_changes(examiner: &Examiner) -> Vec<(String, Ordering)> {
    let explained = examiner.prose.explained.iter().filter_map(|(about, changes)| {
        let mut ways = changes.iter().map(|change| change.way).filter(|way| way.is_ne());
        let first = ways.next()?;
        Some((about.clone(), if ways.all(|way| way == first) { first } else { Ordering::Equal }))
    });
    explained.collect()
}

fn of_project(examiner: &mut Examiner, project: &Project) {
    let (name, id) = (project.name.trim(), &project.id.value);
    if !project.reason.trim().is_empty() {
        return;
    }
    examiner.report(
        format!("projects.{id}.reason"),
        Severity::Error,
        project.amount.place,
        Bilingual::new(
            format!("项目“{name}”比上年有增减，但没有写原因"),
            format!("project `{id}` has a change from last year, but no reason"),
        ),
        Bilingual::new("请在该项目下写“reason: …”", "add `reason: …` to the project"),
    );
}

/// A functional subject whose reason the profile prints behind its change.
fn of_subject(examiner: &mut Examiner, about: &str) {
    let budget = examiner.budget;
    let code = about.split('.').nth(1).unwrap_or_default();
    let row = budget.spec.explanations.iter().find(|row| row.subject.as_str() == code);
    if row.is_some_and(|row| !row.reason.trim().is_empty()) {
        return;
    }
    let name = budget.subjects.iter().find(|(subject, _)| subject.as_str() == code).map(|(_, name)| name.as_str());
    let name = name.unwrap_or_default();
    let place = row.and_then(|row| row.reason.place.or(row.subject.place)).or_else(|| first_line(budget, code));
    examiner.report(
        about,
        Severity::Error,
        place,
        Bilingual::new(
            format!("科目 {code} {name}比上年有增减，但没有写原因"),
            format!("subject {code} has a change from last year, but no reason"),
        ),
        Bilingual::new(
            format!("请在 explanations 中写“- {{ subject: {code}, reason: … }}”"),
            format!("write `- {{ subject: {code}, reason: … }}` under `explanations`"),
        ),
    );
}

/// Returns the first line of the spec that spends on a subject.
fn first_line(budget: &Budget, code: &str) -> Option<Place> {
    let (subject, _) = budget.subjects.iter().find(|(subject, _)| subject.as_str() == code)?;
    let scope = Scope { subject: Some(*subject), ..Scope::default() };
    budget.cube.total(&of_accounts(&[Account::Expenditure]), scope).terms.iter().find_map(|term| term.place)
}
