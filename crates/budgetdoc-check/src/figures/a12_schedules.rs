//! A12: the amounts of schedules agree with the figures that the profile ties them to.

use crate::examiner::{Examiner, FigurePair};
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity};
use budgetdoc_core::budget::{Budget, ScheduleEntry, ScheduleValue, Scope, sum_of};
use budgetdoc_core::profile::{Schedule, Tie, TieTo};

pub(crate) const RULE: Rule = Rule {
    id: "A12",
    severity: Severity::Error,
    title: ("明细的金额与所列的数一致", "The amounts of a schedule agree with the figures they are part of"),
    explanation: (
        "版式的明细表写有 ties 的，明细金额之和等于或不大于所写的数，如政府购买服务不大于政府采购；写有 each 的，按单位、项目或科目逐个比较。",
        "Where a table of a schedule has `ties`, the sum of its amounts equals the figure, or does not exceed it: services bought are a part of procurement. With `each`, the sum for each unit, project or subject is compared with its part of the figure.",
    ),
    wrong: "schedules:\n  services:\n    - { name: 档案数字化, amount: 30 }\nprocurement:\n  - { category: services, amount: 20 }",
    right: "schedules:\n  services:\n    - { name: 档案数字化, amount: 20 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    for table in examiner.budget.profile.schedules() {
        for tie in &table.ties {
            match &tie.each {
                Some(each) => compare_each(examiner, table, tie, each),
                None => {
                    let rows: Vec<_> = examiner.budget.schedule(&table.of).iter().collect();
                    compare(examiner, table, tie, &rows, Part::default());
                }
            }
        }
    }
}

/// A part of a schedule: one unit, project or subject, or all.
#[derive(Default)]
struct Part {
    name: String,
    scope: Scope,
}

fn compare_each(examiner: &mut Examiner, table: &Schedule, tie: &Tie, each: &str) {
    let rows = examiner.budget.schedule(&table.of);
    let mut groups: Vec<(&ScheduleValue, Vec<&ScheduleEntry>)> = Vec::new();
    for row in rows {
        let Some(value) = row.get(each).map(|value| &value.value) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == value) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((value, vec![row])),
        }
    }
    for (value, rows) in groups {
        if let Some(part) = part(examiner.budget, value) {
            compare(examiner, table, tie, &rows, part);
        }
    }
}

fn part(budget: &Budget, value: &ScheduleValue) -> Option<Part> {
    let whole = Scope::default();
    let (name, scope) = match value {
        ScheduleValue::Unit(unit) => {
            (budget.spec.department.units[*unit].name.trim(), Scope { unit: Some(*unit), ..whole })
        }
        ScheduleValue::Project(project) => {
            (budget.spec.projects[*project].name.trim(), Scope { project: Some(*project), ..whole })
        }
        ScheduleValue::Subject(code) => (code.as_str(), Scope { subject: Some(*code), ..whole }),
        ScheduleValue::Economic(code) => (code.as_str(), Scope { economic: Some(*code), ..whole }),
        ScheduleValue::Words(_) | ScheduleValue::Number(_) | ScheduleValue::Amount(_) => return None,
    };
    Some(Part { name: name.to_owned(), scope })
}

fn compare(examiner: &mut Examiner, table: &Schedule, tie: &Tie, rows: &[&ScheduleEntry], part: Part) {
    let budget = examiner.budget;
    let figure = tie.is.figure();
    let Some(measure) = budget.profile.figures.get(figure) else { return };
    let (sum, whole) = (sum_of(rows.iter().copied(), &tie.key), budget.cube.total(measure, part.scope));
    let column = table.columns.iter().find(|column| column.key.as_ref() == Some(&tie.key));
    let head = column.map(|column| examiner.prose.fill(&column.head.join("/"))).unwrap_or_default();
    let (of, of_en, suffix) = match part.name.as_str() {
        "" => Default::default(),
        name => (format!("中{name}的"), format!(" of {name}"), format!("（{name}）")),
    };
    let schedule = &table.of;
    let about = [&format!("schedules.{schedule}.{}", tie.key), part.name.as_str()].join(".");
    let pair = FigurePair {
        about: about.trim_end_matches('.').to_owned(),
        left: ComparedFigure::new(
            format!("明细“{schedule}”{of}{head}之和"),
            format!("{head}{of_en} in the schedule `{schedule}`"),
            &sum,
        ),
        right: ComparedFigure::new(format!("“{figure}”{suffix}"), format!("`{figure}`{of_en}"), &whole),
        count: sum.terms.len() + whole.terms.len(),
        help: ("请核对明细的各行与该数的各行", "check the rows of the schedule and of the figure"),
    };
    match tie.is {
        TieTo::Equals(_) => drop(examiner.equal(pair)),
        TieTo::AtMost(_) => drop(examiner.within(pair)),
    }
}
