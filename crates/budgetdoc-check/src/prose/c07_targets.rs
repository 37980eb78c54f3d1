//! C7: one indicator has one target.

use rust_decimal::Decimal;

use crate::examiner::Examiner;
use crate::prose::numbers::{TextNumber, last_clause, numbers_with_counts};
use crate::prose::project_names::likeness;
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::source::Located;

pub(crate) const RULE: Rule = Rule {
    id: "C7",
    severity: Severity::Warning,
    title: ("同一指标只有一个目标值", "One indicator, one target"),
    explanation: (
        "同一个绩效指标在项目的绩效目标和绩效目标表中应为同一个值；目标表中不应有同名而目标值不同的指标（以括号内的单位、地区等相区别的除外），同一指标不写两次。目标中的名称与指标相同（字序可以不同）、单位相同而数值不同的，给出警告；名称只是相近、包含指标的名称，或是“办结率”一类的简称的，写 --pedantic 时给出。",
        "An indicator has the same target in a project's goal and in the performance table. No two indicators of one name have different targets, unless words in brackets distinguish them; none is written twice. An indicator's name in a goal, in any order of its characters, with the same unit and another number is a warning; a name that only resembles or contains it, or a short one such as 办结率, is reported with `--pedantic`.",
    ),
    wrong: "projects:\n  - goal: 推送微信100次以上。\nperformance:\n  indicators:\n    产出:\n      数量:\n        - { name: 微信推送篇数, target: \"≥500\" }",
    right: "        - { name: 微信推送篇数, target: \"≥100\" }",
    checks: &[Check::Prose(check), Check::Guess(guess)],
};

/// An indicator and its target number.
struct IndicatorTarget<'a> {
    about: String,
    /// What is measured, without verbs of doing.
    subject: String,
    /// The same of all words since the number before.
    passage: String,
    /// Bracketed words behind the name, which distinguish it.
    distinction: String,
    /// The group of the performance table.
    group: String,
    words: String,
    value: Decimal,
    percent: bool,
    /// What is counted.
    unit: String,
    /// Place.
    written: &'a Located<String>,
}

impl IndicatorTarget<'_> {
    /// Returns whether both count the same, if they name it.
    fn is_comparable(&self, other: &IndicatorTarget) -> bool {
        let same = self.unit.starts_with(&other.unit) || other.unit.starts_with(&self.unit);
        self.percent == other.percent && same
    }

    /// Returns whether both have the same name, the same characters in another order included.
    fn is_named_as(&self, other: &IndicatorTarget) -> bool {
        // Most names have another length, which is quick to see.
        if self.subject.len() != other.subject.len() {
            return false;
        }
        let sorted = |text: &str| {
            let mut characters: Vec<char> = text.chars().collect();
            characters.sort_unstable();
            characters
        };
        let (left, right) = (sorted(&self.subject), sorted(&other.subject));
        let is_long = left.len() > 3;
        (is_long && left == right) || (left.len() > 1 && self.subject == other.subject)
    }
}

fn check(examiner: &mut ProseReader) {
    let table = of_table(examiner);
    let goals = of_goals(examiner);
    for (index, target) in table.iter().enumerate() {
        examiner.count_one();
        let is_distinct = |other: &&IndicatorTarget| {
            !other.distinction.is_empty() && !target.distinction.is_empty() && other.distinction != target.distinction
        };
        let others = table[..index].iter().filter(|other| other.subject == target.subject && !is_distinct(other));
        for other in others.filter(|other| other.is_comparable(target)) {
            if other.value != target.value {
                report(examiner, target, other);
            } else if other.about == target.about && other.group == target.group {
                report_duplicate(examiner, target);
            }
        }
    }
    for goal in &goals {
        examiner.count_one();
        let found: Vec<_> =
            table.iter().filter(|target| target.is_comparable(goal) && target.is_named_as(goal)).collect();
        report_other_target(examiner, goal, found);
    }
}

/// Guesses which indicator a goal speaks of under another name, and reports another target.
fn guess(examiner: &mut ProseReader) {
    let table = of_table(examiner);
    for goal in &of_goals(examiner) {
        let is_comparable: Vec<_> = table.iter().filter(|target| target.is_comparable(goal)).collect();
        if is_comparable.iter().any(|target| target.is_named_as(goal)) {
            continue;
        }
        let find = |same: &dyn Fn(&IndicatorTarget) -> bool| -> Vec<&IndicatorTarget> {
            is_comparable.iter().copied().filter(|target| same(target)).collect()
        };
        let mut found = find(&|target| are_alike(&goal.subject, &target.subject));
        if found.is_empty() {
            found = find(&|target| contains_words(&goal.passage, &target.subject));
        }
        let short = found.is_empty() && goal.percent && goal.subject.chars().count() > 2;
        if short && goal.subject.ends_with(['率', '度']) {
            found = find(&|target| target.subject.ends_with(&goal.subject));
            if found.windows(2).any(|pair| pair[0].value != pair[1].value) {
                continue;
            }
        }
        report_other_target(examiner, goal, found);
    }
}

/// Reports a goal that has the number of none of the indicators it may speak of.
fn report_other_target(examiner: &mut ProseReader, goal: &IndicatorTarget, may_be: Vec<&IndicatorTarget>) {
    if may_be.iter().any(|target| target.value == goal.value) {
        return;
    }
    if let Some(target) = may_be.into_iter().max_by_key(|target| likeness(&goal.subject, &target.subject)) {
        report(examiner, target, goal);
    }
}

fn report_duplicate(examiner: &mut ProseReader, target: &IndicatorTarget) {
    examiner.report_value(
        target.about.clone(),
        target.written,
        Caution::Warning,
        Bilingual::new(
            format!("指标“{}”写了两次", target.words),
            format!("the indicator `{}` is written twice", target.words),
        ),
        Bilingual::new(
            "请删去一处；属不同单位的，在括号内注明",
            "delete one, or distinguish the two by words in brackets",
        ),
    );
}

fn report(examiner: &mut ProseReader, target: &IndicatorTarget, other: &IndicatorTarget) {
    examiner.report_value(
        target.about.clone(),
        target.written,
        Caution::Warning,
        Bilingual::new(
            format!("指标“{}”在 {} 处写的是“{}”", target.words, other.about, other.words),
            format!("the indicator `{}` is `{}` in {}", target.words, other.words, other.about),
        ),
        Bilingual::new("同一指标的目标值应一致，请核对", "check both; an indicator has one target"),
    );
}

fn of_table<'a>(examiner: &Examiner<'a>) -> Vec<IndicatorTarget<'a>> {
    let groups = examiner.budget.spec.performance.iter().flat_map(|performance| performance.indicators.iter());
    let groups = groups.flat_map(|(first, groups)| groups.iter().map(move |(second, list)| (first, second, list)));
    let indicators = groups.flat_map(|(first, second, list)| list.iter().map(move |one| (first, second, one)));
    indicators
        .filter_map(|(first, second, indicator)| {
            let list = numbers_with_counts(&indicator.target);
            // One number and nothing but its sign and unit: a target of sentences cannot be compared.
            let [number] = list.as_slice() else { return None };
            let around = number.before.chars().chain(number.after.chars());
            let words = around.filter(|character| character.is_alphabetic()).count();
            let subject = measured_name(&indicator.name);
            (words <= 4).then(|| IndicatorTarget {
                about: format!("performance.indicators.{}", *indicator.name),
                passage: subject.clone(),
                subject,
                distinction: in_brackets(&indicator.name),
                group: format!("{}.{}", first.value, second.value),
                words: format!("{} {}", indicator.name.trim(), indicator.target.trim()),
                value: number.value,
                percent: number.is_percent(),
                unit: unit(number),
                written: &indicator.target,
            })
        })
        .collect()
}

fn of_goals<'a>(examiner: &Examiner<'a>) -> Vec<IndicatorTarget<'a>> {
    let mut list = Vec::new();
    for project in &examiner.budget.spec.projects {
        let mut read = 0;
        for number in numbers_with_counts(&project.goal) {
            let start = number.before.rfind(['。', '；']).unwrap_or(0).max(read).min(number.before.len());
            read = project.goal.len() - number.after.len();
            if number.quoted() || number.year().is_some() || number.unit.is_some() {
                continue;
            }
            let words: String =
                number.after.chars().take_while(|character| !"，。；、".contains(*character)).take(6).collect();
            list.push(IndicatorTarget {
                about: format!("projects.{}.goal", *project.id),
                words: format!("{}{}{words}", last_clause(number.before), number.digits),
                subject: measured_name(last_clause(number.before)),
                passage: measured_name(number.before.get(start..).unwrap_or_default()),
                distinction: String::new(),
                group: String::new(),
                value: number.value,
                percent: number.is_percent(),
                unit: unit(&number),
                written: &project.goal,
            });
        }
    }
    list
}

/// Returns what a number counts: 人次 of 100人次以上.
fn unit(number: &TextNumber) -> String {
    let words = number.after.chars().take_while(|character| character.is_alphabetic());
    words.take_while(|character| !"以左及的".contains(*character)).take(2).collect()
}

/// Returns the bracketed words at the end of a name, unless they are the unit: （人次）.
fn in_brackets(name: &str) -> String {
    let inside = name.trim().strip_suffix(['）', ')']).and_then(|name| name.rsplit_once(['（', '(']));
    let inside = inside.map(|(_, inside)| inside.trim()).unwrap_or_default();
    if inside.chars().count() > 2 { inside.to_owned() } else { String::new() }
}

/// Returns what is measured: the name without brackets and verbs of doing and counting.
fn measured_name(name: &str) -> String {
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
        if text.contains(word) {
            text = text.replace(word, "");
        }
    }
    text
}

/// Returns whether two names have almost the same words.
fn are_alike(left: &str, right: &str) -> bool {
    let (count, other) = (left.chars().count(), right.chars().count());
    count > 3 && other > 3 && count.abs_diff(other) <= 2 && likeness(left, right) >= 80
}

/// Returns whether a text holds the words of a name, most of them in its order.
fn contains_words(text: &str, name: &str) -> bool {
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let pairs = starts.windows(3).map(|starts| &name[starts[0]..starts[2]]);
    let all = pairs.len();
    all >= 4 && pairs.filter(|pair| text.contains(pair)).count() * 100 >= all * 75
}
