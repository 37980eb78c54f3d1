//! A10: the performance table's money is all expenditure.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::basic;
use crate::figures::measures::{is_nonzero, of_accounts};
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::profile::{Account, Measure, Profile};

pub(crate) const RULE: Rule = Rule {
    id: "A10",
    severity: Severity::Error,
    title: ("绩效目标表的金额合计等于支出", "The amounts of the performance table add up to expenditure"),
    explanation: (
        "绩效目标表中基本支出与各项任务的金额之和等于支出合计，每行总额等于财政拨款与其他资金之和；有金额的项目都要有任务。",
        "Basic expenditure and the tasks of the performance table add up to expenditure, appropriations and other funds to each row's total; each project with an amount has a task.",
    ),
    wrong: "projects:\n  - { id: training, name: 培训经费, item: 2012902, amount: 13 }\nperformance:\n  tasks: []",
    right: "performance:\n  tasks:\n    - { project: training, content: 举办培训。 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    // B3 reports a row of the wrong kind.
    let is_reported = basic::called_project(examiner).is_some();
    // A form of goals and indicators alone has no money.
    let has_tasks = budget.profile.performance_tables().any(|(_, table)| table.tasks().is_some());
    if let Some(performance) = budget.spec.performance.as_ref().filter(|_| !is_reported && has_tasks) {
        // Only basic and project expenditure have tasks.
        let kinds = [Profile::BASIC, budget.profile.project_kind()].map(|kind| budget.profile.kinds[kind].id.clone());
        let whole = budget.total(&Measure { kinds: kinds.to_vec(), ..of_accounts(&[Account::Expenditure]) });
        let of_basic = Measure {
            kinds: vec![budget.profile.kinds[Profile::BASIC].id.clone()],
            ..of_accounts(&[Account::Expenditure])
        };
        let mut sum = budget.total(&of_basic);
        let mut add = |total: Total| {
            sum.amount = Some(sum.or_zero() + total.or_zero());
            sum.terms.extend(total.terms);
        };
        let project = |index| {
            budget.cube.total(&of_accounts(&[Account::Expenditure]), Scope { project: Some(index), ..Scope::default() })
        };
        let tasks: Vec<_> = performance.tasks.iter().filter_map(|task| budget.project(&task.project)).collect();
        for index in &tasks {
            add(project(*index));
        }
        let missing: Vec<_> = (0..budget.spec.projects.len())
            .filter(|index| !tasks.contains(index) && is_nonzero(&project(*index)))
            .map(|index| budget.spec.projects[index].name.trim())
            .collect();
        let (zh, en) = if missing.is_empty() {
            (String::new(), String::new())
        } else {
            let list = missing.join("、");
            (format!("（缺项目：{list}）"), format!(" (without {list})"))
        };
        let count = sum.terms.len();
        examiner.equal(FigurePair {
            about: "performance.tasks".to_owned(),
            left: ComparedFigure::new(
                format!("绩效目标表的金额合计{zh}"),
                format!("the performance table's total{en}"),
                &sum,
            ),
            right: ComparedFigure::new("支出合计", "total expenditure", &whole),
            count,
            help: (
                "请在 performance.tasks 下为每个有金额的项目写一项任务",
                "add a task under performance.tasks for each project with an amount",
            ),
        });
    }
    control::compare(examiner, "A10");
}
