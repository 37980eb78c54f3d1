//! A13: weights of indicators add up to 100, and an indicator has one target.

use std::collections::BTreeMap;

use crate::examiner::Examiner;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::spec::{Indicator, Indicators, leaves};
use budgetdoc_document::Place;
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    id: "A13",
    severity: Severity::Error,
    title: (
        "绩效指标完整：权重合计 100，一个指标一个目标值",
        "Indicators are complete: weights of 100, one target each",
    ),
    explanation: (
        "绩效目标表有权重栏的，每个项目（部门）各指标的权重合计为 100；同一项目（部门）同一级下不应有同名而目标值不同的指标（用 target 写成文字的，由 C7 核对）；逐个项目列示目标和指标的，每个项目都要有。",
        "Where a performance table has weights, those of each project, or of the department, add up to 100. No two indicators of one name and group have different targets; those written in words are compared by C7. Where a table lists goals and indicators of projects, each project has them.",
    ),
    wrong: "indicators:\n  产出指标:\n    数量指标:\n      - { name: 活动场次, sign: ≥, value: 10, unit: 场, weight: 60 }",
    right: "indicators:\n  产出指标:\n    数量指标:\n      - { name: 活动场次, sign: ≥, value: 10, unit: 场, weight: 100 }",
    checks: &[Check::Figures(check)],
};

/// Indicators that one table lists together.
struct List<'a> {
    about: String,
    /// Whose they are, in both languages.
    of: Bilingual,
    place: Option<Place>,
    indicators: &'a Indicators,
    /// Whether a table shows their weights.
    weighed: bool,
}

fn check(examiner: &mut Examiner) {
    for list in lists(examiner.budget) {
        if leaves(list.indicators).next().is_none() {
            report(
                examiner,
                &list,
                list.place,
                Bilingual::new(format!("{}没有绩效指标", list.of.zh), format!("{} has no indicators", list.of.en)),
                Bilingual::new("请填写 indicators", "write `indicators`"),
            );
            continue;
        }
        if list.weighed {
            weights(examiner, &list);
        }
        targets(examiner, &list);
    }
    goals(examiner);
}

/// Returns the printed lists of indicators.
fn lists(budget: &Budget) -> Vec<List<'_>> {
    let mut found: BTreeMap<Option<usize>, bool> = BTreeMap::new();
    for (_, table) in budget.profile.performance_tables() {
        for (band, each) in table.indicators() {
            let subjects = match each {
                Some(axis) => budget.projects_along(axis).into_iter().map(Some).collect(),
                None => vec![None],
            };
            for subject in subjects {
                *found.entry(subject).or_default() |= band.has_weights();
            }
        }
    }
    let list = |(subject, weighed)| match subject {
        Some(index) => {
            let project: &budgetdoc_core::spec::Project = budget.spec.projects.get::<usize>(index)?;
            let name = project.name.trim();
            Some(List {
                about: format!("projects.{}.indicators", *project.id),
                of: Bilingual::new(format!("项目“{name}”"), format!("the project `{name}`")),
                place: project.id.place,
                indicators: &project.indicators,
                weighed,
            })
        }
        // C16 reports that the department has no targets.
        None => budget.spec.performance.as_ref().map(|performance| List {
            about: "performance.indicators".to_owned(),
            of: Bilingual::new("部门整体", "the department"),
            place: performance.goal.place,
            indicators: &performance.indicators,
            weighed,
        }),
    };
    let lists = found.into_iter().filter_map(list);
    lists.filter(|list| list.about.starts_with("projects") || leaves(list.indicators).next().is_some()).collect()
}

fn weights(examiner: &mut Examiner, list: &List) {
    examiner.count_one();
    let weights: Vec<_> = leaves(list.indicators).filter_map(|(_, indicator)| indicator.weight.as_ref()).collect();
    let sum: Decimal = weights.iter().map(|weight| weight.value.0).sum();
    if sum != Decimal::ONE_HUNDRED {
        let sum = sum.normalize();
        report(
            examiner,
            list,
            weights.first().and_then(|weight| weight.place).or(list.place),
            Bilingual::new(
                format!("{}各指标的权重合计为 {sum}，应为 100", list.of.zh),
                format!("the weights of the indicators of {} add up to {sum}, not 100", list.of.en),
            ),
            Bilingual::new("请核对各指标的 weight", "check `weight` of each indicator"),
        );
    }
}

fn targets(examiner: &mut Examiner, list: &List) {
    let mut known: Vec<(&str, &Indicator)> = Vec::new();
    for ([_, group], indicator) in leaves(list.indicators).filter(|(_, one)| one.target.trim().is_empty()) {
        examiner.count_one();
        let same =
            |(other, known): &&(&str, &Indicator)| *other == group.trim() && known.name.trim() == indicator.name.trim();
        if let Some((_, other)) = known.iter().find(same) {
            let (one, two) = (other.printed_target(), indicator.printed_target());
            let name = indicator.name.trim();
            if one != two {
                report(
                    examiner,
                    list,
                    indicator.written().place,
                    Bilingual::new(
                        format!("{}的指标“{name}”有两个目标值：{one}、{two}", list.of.zh),
                        format!("the indicator `{name}` of {} has two targets: {one} and {two}", list.of.en),
                    ),
                    Bilingual::new("同一指标只写一次，请核对", "check both; an indicator has one target"),
                );
            }
        }
        known.push((group.trim(), indicator));
    }
}

/// Reports projects without a goal where a table shows it.
fn goals(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let mut printed: Vec<usize> = Vec::new();
    for (_, table) in budget.profile.performance_tables() {
        printed.extend(table.goals().into_iter().flat_map(|axis| budget.projects_along(axis)));
    }
    printed.sort_unstable();
    printed.dedup();
    for project in printed.into_iter().map(|index| &budget.spec.projects[index]) {
        examiner.count_one();
        if project.goal.trim().is_empty() {
            examiner.report(
                format!("projects.{}.goal", *project.id),
                Severity::Error,
                project.id.place,
                Bilingual::new(
                    format!("项目“{}”没有绩效目标", project.name.trim()),
                    format!("the project `{}` has no goal", project.name.trim()),
                ),
                Bilingual::new("请填写 goal", "write `goal`"),
            );
        }
    }
}

fn report(examiner: &mut Examiner, list: &List, place: Option<Place>, message: Bilingual, help: Bilingual) {
    examiner.report(list.about.clone(), Severity::Error, place, message, help);
}
