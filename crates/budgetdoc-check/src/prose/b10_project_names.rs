//! B10: a project has the same name everywhere.

use std::collections::HashMap;

use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::project_names::{ProjectNames, bare, named};
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::PassageKind;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::spec::Project;

pub(crate) const RULE: Rule = Rule {
    id: "B10",
    severity: Severity::Warning,
    title: ("项目名称各处一致", "A project has the same name everywhere"),
    explanation: (
        "项目支出表、正文和绩效目标表中的同一项目（按编号）名称应一致；名称只差“（通用项目）”等括注的不算。正文中金额之前的名称与金额相同的项目近似而不相同的，写 --pedantic 时给出；没有金额的提及无从核对。同一单位、同一资金来源、同一科目的两个项目不应同名。",
        "A project has the same name in the table of projects, the text and the performance table; words in brackets at its end do not count. In the text, a name before a project's amount that is almost the project's is reported with `--pedantic`; a name without an amount cannot be checked. No two projects of one unit, fund and item have the same name.",
    ),
    wrong: "projects:\n  - { id: publicity, name: 宣传经费, … }\nperformance:\n  tasks:\n    - { project: publicity, name: 媒体宣传, … }",
    right: "performance:\n  tasks:\n    - { project: publicity, content: … }",
    checks: &[Check::Prose(check), Check::Guess(report_similar_names)],
};

fn check(examiner: &mut ProseReader) {
    report_same_names(examiner);
    let budget = examiner.budget;
    let tasks = budget.spec.performance.iter().flat_map(|performance| &performance.tasks);
    for task in tasks {
        examiner.count_one();
        let (Some(name), Some(index)) = (&task.name, budget.project(&task.project)) else { continue };
        let project = &budget.spec.projects[index].name;
        if bare(name) == bare(project) {
            continue;
        }
        let (task_name, project_name) = (name.trim(), project.trim());
        examiner.report_value(
            format!("performance.tasks.{}", *task.project),
            name,
            Caution::Warning,
            Bilingual::new(
                format!("项目“{project_name}”在绩效目标表中名为“{task_name}”"),
                format!(
                    "project `{}` is named {task_name} in the performance table and {project_name} elsewhere",
                    *task.project
                ),
            ),
            Bilingual::new(
                "各处名称应一致：请删去任务的 name，或改项目的 name",
                "delete the task's `name`, or change the project's",
            ),
        );
    }
}

/// Reports two projects of one name that nothing else distinguishes.
fn report_same_names(examiner: &mut ProseReader) {
    let projects = &examiner.budget.spec.projects;
    let mut known: HashMap<_, &Project> = HashMap::new();
    for project in projects {
        examiner.count_one();
        let [unit, fund] = [&project.unit, &project.fund].map(|id| id.as_ref().map(|id| id.value.as_str()));
        let key = (project.name.trim(), unit, fund, project.item.value);
        let other = *known.entry(key).or_insert(project);
        if std::ptr::eq(other, project) {
            continue;
        }
        let name = project.name.trim();
        examiner.report_value(
            format!("projects.{}.name", *project.id),
            &project.name,
            Caution::Warning,
            Bilingual::new(
                format!("项目 {} 和 {} 同名“{name}”", *other.id, *project.id),
                format!("the projects `{}` and `{}` are both named {name}", *other.id, *project.id),
            ),
            Bilingual::new("请改名或合并", "rename one, or merge the two"),
        );
    }
}

/// Reports names before a project's amount that are almost the project's.
fn report_similar_names(examiner: &mut ProseReader) {
    let spec = &examiner.budget.spec;
    let names = ProjectNames::of(spec);
    let is_prose = |passage: &&ParsedPassage| !matches!(passage.kind, PassageKind::Name | PassageKind::Glossary);
    for passage in examiner.own_passages().filter(is_prose) {
        for number in passage.numbers() {
            if number.unit.is_none() || number.quoted() {
                continue;
            }
            examiner.count_one();
            let Some(index) = names.almost_before(number) else { continue };
            let (project, words) = (&spec.projects[index], named(number));
            let name = project.name.trim();
            let range = bytes_of(words, &passage.text).start..number.range(&passage.text).end;
            examiner.report_words(
                passage,
                range,
                Caution::Warning,
                Bilingual::new(
                    format!("文字中的“{words}{}”是项目“{name}”的金额，名称不一致", number.words()),
                    format!(
                        "{words}{} is the amount of project `{}`, which is named {name}",
                        number.words(),
                        *project.id
                    ),
                ),
                Bilingual::new(
                    "各处名称应一致：正文写 {{ projects[…].name }}，或改项目的 name",
                    "write `{{ projects[…].name }}`, or change the project's `name`",
                ),
            );
        }
    }
}
