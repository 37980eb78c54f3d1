//! Numbers that are no money.

use super::examiner::Examiner;
use super::numbers::numbers;
use super::{Rule, Severity};
use crate::compose::PassageKind;
use crate::lang::Bilingual;
use crate::source::Place;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "C6",
    severity: Severity::Warning,
    title: ("个数各处一致", "Counts agree wherever they are printed"),
    explanation: (
        "文字中的项目个数等于所列项目，单位个数等于预算单位，车辆数各处相同；有车辆就应有公务用车运行维护费，有运行维护费就应有车辆。",
        "The number of projects in the text is that of the projects, of units that of the units, of vehicles the same everywhere; where there are vehicles there is money for running them, and the other way round.",
    ),
    wrong: "counts:\n  vehicles: 0\nthree_public:\n  - { category: vehicle_running, amount: 4, last: 8 }",
    right: "counts:\n  vehicles: 2",
    check: counts,
}];

fn counts(examiner: &mut Examiner) {
    vehicles_and_money(examiner);
    let passages: Vec<_> = examiner
        .prose
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Narrative && !passage.carries)
        .map(|passage| (passage.about.clone(), passage.text.clone(), passage.place))
        .collect();
    let spec = &examiner.budget.spec;
    let (projects, units) = (spec.projects.len(), spec.department.units.len());
    let mut vehicles: Option<(String, String)> = None;
    for (about, text, place) in passages {
        for number in numbers(&text) {
            let follows = |words: &[&str]| words.iter().any(|word| number.after.starts_with(word));
            let counted = if follows(&["个项目绩效", "个预算项目", "个项目支出", "个绩效项目"]) {
                Some((projects, "项目", "projects"))
            } else if follows(&["个预算单位", "家预算单位", "个基层预算单位"]) {
                Some((units, "预算单位", "budget units"))
            } else {
                None
            };
            if let Some((count, zh, en)) = counted {
                examiner.look();
                if number.digits != count.to_string() {
                    report(
                        examiner,
                        &about,
                        place,
                        (
                            format!("文字写“{}个”{zh}，spec 中有 {count} 个", number.digits),
                            format!("the text counts {} {en}, the spec has {count}", number.digits),
                        ),
                    );
                }
            }
            let clause = number.clause();
            if number.after.starts_with('辆') && (clause.ends_with("实有车辆") || clause.ends_with("共有车辆"))
            {
                examiner.look();
                match &vehicles {
                    Some((first, where_)) if *first != number.digits => report(
                        examiner,
                        &about,
                        place,
                        (
                            format!("这里的车辆为 {} 辆，{where_} 处为 {first} 辆", number.digits),
                            format!("{} vehicles here, {first} in {where_}", number.digits),
                        ),
                    ),
                    Some(_) => {}
                    None => vehicles = Some((number.digits.to_owned(), about.clone())),
                }
            }
        }
    }
}

fn report(examiner: &mut Examiner, about: &str, place: Option<Place>, (zh, en): (String, String)) {
    examiner.report(
        about,
        Severity::Warning,
        place,
        Bilingual::new(zh, en),
        Bilingual::new(
            "个数请写成引用，如 {{ projects | length }}、{{ counts.vehicles }}",
            "refer to counts: {{ projects | length }}, {{ counts.vehicles }}",
        ),
    );
}

fn vehicles_and_money(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let Some(vehicles) = &budget.profile.vehicles else { return };
    let Some(count) = budget.spec.counts.get(&vehicles.count) else { return };
    let Some(money) = budget.figure(&vehicles.running).filter(|money| !money.is_unfilled()) else { return };
    examiner.look();
    let (some, paid) = (count.value > 0, !money.or_zero().is_zero());
    if some == paid {
        return;
    }
    let amount = examiner.print(money.or_zero());
    let (zh, en) = if some {
        (
            format!("有车辆 {} 辆，而公务用车运行维护费为 0", count.value),
            format!("{} vehicles, but nothing for running them", count.value),
        )
    } else {
        (format!("没有车辆，而公务用车运行维护费为 {amount}"), format!("no vehicles, but {amount} for running them"))
    };
    examiner.report(
        format!("counts.{}", vehicles.count),
        Severity::Warning,
        count.place,
        Bilingual::new(zh, en),
        Bilingual::new("请核对车辆数与运行维护费", "check the count and the money"),
    );
}
