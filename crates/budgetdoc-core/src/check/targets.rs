//! Performance targets that are told twice.

use rust_decimal::Decimal;

use super::examiner::Examiner;
use super::numbers::{last_clause, numbers};
use super::{Rule, Severity};
use crate::lang::Bilingual;
use crate::source::Place;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "C7",
    severity: Severity::Warning,
    title: ("同一指标只有一个目标值", "One indicator, one target"),
    explanation: (
        "同一个绩效指标在项目的绩效目标和绩效目标表中应为同一个值；目标表中不应有同名而目标值不同的指标。名称相近、单位相同而数值不同的，给出警告。",
        "An indicator has the same target in a project's goal and in the performance table, and no two indicators of one name have different ones. Names that are alike with the same unit and another number are a warning.",
    ),
    wrong: "projects:\n  - goal: 推送微信100次以上。\nperformance:\n  indicators:\n    产出:\n      数量:\n        - { name: 微信推送篇数, target: \"≥500\" }",
    right: "        - { name: 微信推送篇数, target: \"≥100\" }",
    check: targets,
}];

/// Something measured and the number to be reached.
struct Target {
    about: String,
    /// What is measured, without words that say only that it is done.
    subject: String,
    words: String,
    value: Decimal,
    percent: bool,
    place: Option<Place>,
}

fn targets(examiner: &mut Examiner) {
    let table = of_table(examiner);
    let goals = of_goals(examiner);
    for (index, target) in table.iter().enumerate() {
        examiner.look();
        let others = table[..index].iter().filter(|other| other.subject == target.subject);
        for other in others.filter(|other| other.value != target.value && other.percent == target.percent) {
            report(examiner, target, other);
        }
    }
    for goal in &goals {
        examiner.look();
        let likeness = |target: &&Target| likeness(&goal.subject, &target.subject);
        let alike =
            table.iter().filter(|target| target.percent == goal.percent && alike(&goal.subject, &target.subject));
        let alike: Vec<&Target> = alike.collect();
        if alike.iter().any(|target| target.value == goal.value) {
            continue;
        }
        if let Some(target) = alike.into_iter().max_by_key(likeness) {
            report(examiner, target, goal);
        }
    }
}

fn report(examiner: &mut Examiner, target: &Target, other: &Target) {
    examiner.report(
        target.about.clone(),
        Severity::Warning,
        target.place,
        Bilingual::new(
            format!("指标“{}”在 {} 处写的是“{}”", target.words, other.about, other.words),
            format!("the indicator `{}` is `{}` in {}", target.words, other.words, other.about),
        ),
        Bilingual::new("同一指标的目标值应一致，请核对", "one indicator has one target; check both"),
    );
}

fn of_table(examiner: &Examiner) -> Vec<Target> {
    let groups = examiner.budget.spec.performance.iter().flat_map(|performance| performance.indicators.iter());
    let indicators = groups.flat_map(|(_, groups)| groups.iter()).flat_map(|(_, indicators)| indicators);
    indicators
        .filter_map(|indicator| {
            let list = numbers(&indicator.target);
            // One number and nothing but its sign and unit: a target of sentences cannot be compared.
            let [number] = list.as_slice() else { return None };
            let words = indicator.target.chars().filter(|character| character.is_alphabetic()).count();
            (words <= 4).then(|| Target {
                about: format!("performance.indicators.{}", *indicator.name),
                subject: bare(&indicator.name),
                words: format!("{} {}", indicator.name.trim(), indicator.target.trim()),
                value: number.value,
                percent: number.is_percent(),
                place: indicator.target.place,
            })
        })
        .collect()
}

fn of_goals(examiner: &Examiner) -> Vec<Target> {
    let mut list = Vec::new();
    for project in &examiner.budget.spec.projects {
        for number in numbers(&project.goal) {
            if number.quoted() || number.year().is_some() || number.unit.is_some() {
                continue;
            }
            let subject = bare(last_clause(number.before));
            let unit: String =
                number.after.chars().take_while(|character| !"，。；、".contains(*character)).take(6).collect();
            list.push(Target {
                about: format!("projects.{}.goal", *project.id),
                words: format!("{}{}{unit}", last_clause(number.before), number.digits),
                subject,
                value: number.value,
                percent: number.is_percent(),
                place: project.goal.place,
            });
        }
    }
    list
}

/// What is measured: without brackets and without words that say that it is done or counted.
fn bare(name: &str) -> String {
    let mut inside = 0_u32;
    let mut text = String::new();
    for character in name.chars() {
        match character {
            '（' | '(' => inside += 1,
            '）' | ')' => inside = inside.saturating_sub(1),
            other if inside == 0 && other.is_alphabetic() => text.push(other),
            _ => {}
        }
    }
    for word in [
        "开展",
        "达到",
        "完成",
        "组织",
        "举办",
        "全年",
        "数量",
        "篇数",
        "场次",
        "次数",
        "期数",
        "人次",
        "不少于",
        "不低于",
    ] {
        text = text.replace(word, "");
    }
    text
}

/// Pairs of neighbouring characters both have, in hundredths of what the shorter has.
fn likeness(left: &str, right: &str) -> usize {
    let pairs = |text: &str| {
        let characters: Vec<char> = text.chars().collect();
        characters.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let (left, right) = (pairs(left), pairs(right));
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let shared = short.iter().filter(|pair| long.contains(pair)).count();
    if short.is_empty() { 0 } else { shared * 100 / short.len() }
}

/// Whether two names measure the same: the same characters in another order, or almost the same words.
fn alike(left: &str, right: &str) -> bool {
    let sorted = |text: &str| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        characters
    };
    let (count, other) = (left.chars().count(), right.chars().count());
    if count < 4 || other < 4 {
        return count > 1 && left == right;
    }
    sorted(left) == sorted(right) || (count.abs_diff(other) <= 2 && likeness(left, right) >= 80)
}
