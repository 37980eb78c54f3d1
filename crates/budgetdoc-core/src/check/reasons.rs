//! Reasons of changes.

use super::examiner::Examiner;
use super::{Rule, Severity};
use crate::compose::PassageKind;
use crate::lang::Bilingual;
use crate::source::Place;
use crate::spec::Project;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "C4",
    severity: Severity::Error,
    title: ("增减变化要有原因", "A change needs a reason"),
    explanation: (
        "比上年有增减的，必须说明原因。没有原因、“主要原因是。”之后没有内容的，是错误；原因与增减方向相反、只是重复增减本身、照抄另一个项目的，给出警告。",
        "What differs from last year needs a reason. None, or an empty one, is an error; one that goes the opposite way, only says the change again or is another project's is a warning.",
    ),
    wrong: "projects:\n  - id: publicity\n    amount: 23\n    last: 0\n    reason: 经费增加。",
    right: "    reason: 根据预算编制要求，宣传经费单列，原相关经费汇总后增加。",
    check: reasons,
}];

const UP: [&str; 10] = ["增加", "增长", "上升", "提高", "增多", "新增", "扩大", "上涨", "增编", "调增"];
const DOWN: [&str; 12] =
    ["减少", "下降", "压减", "压缩", "节约", "取消", "核减", "调减", "削减", "降低", "缩减", "精简"];

/// Words that say no more than that something changed.
const EMPTY_WORDS: [&str; 41] = [
    "项目支出",
    "预算数",
    "比上年",
    "较上年",
    "同上年",
    "与上年",
    "相比",
    "主要原因",
    "预算",
    "经费",
    "支出",
    "收入",
    "项目",
    "资金",
    "金额",
    "费用",
    "增加",
    "减少",
    "增长",
    "下降",
    "上年",
    "去年",
    "本年",
    "今年",
    "年度",
    "有所",
    "相应",
    "安排",
    "所致",
    "由于",
    "因为",
    "导致",
    "变化",
    "较",
    "比",
    "的",
    "了",
    "因",
    "是",
    "为",
    "数",
];

fn reasons(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for project in &budget.spec.projects {
        let Some(last) = &project.last else { continue };
        let Some((this, last)) = project.amount.number().zip(last.number()).filter(|(this, last)| this != last) else {
            continue;
        };
        examiner.look();
        of_project(examiner, project, this > last);
    }
    in_prose(examiner);
}

fn of_project(examiner: &mut Examiner, project: &Project, up: bool) {
    let name = project.name.trim();
    let id = &project.id.value;
    let about = format!("projects.{id}.reason");
    let reason = project.reason.trim();
    if reason.is_empty() {
        examiner.report(
            about,
            Severity::Error,
            project.amount.place,
            Bilingual::new(
                format!("项目“{name}”比上年有增减，但没有写原因"),
                format!("project `{id}` changed from last year, but no reason is given"),
            ),
            Bilingual::new("请在该项目下写“reason: …”", "add `reason: …` to the project"),
        );
        return;
    }
    let (zh, en, help) = if only_restates(reason, name) {
        (
            "的原因只是重复增减本身".to_owned(),
            "only says again that it changed".to_owned(),
            ("请写为什么增减", "say why it changed"),
        )
    } else if opposite(reason, up) {
        let (way, word) = if up { ("增加", "rose") } else { ("减少", "fell") };
        (
            format!("的预算{way}，写的却是相反方向的原因"),
            format!("goes the other way, though its budget {word}"),
            ("请核对原因与增减方向", "check the reason against the change"),
        )
    } else if let Some(other) = copied(&examiner.budget.spec.projects, project) {
        (
            format!("的原因与项目“{}”的完全相同", other.name.trim()),
            format!("is the same as that of project `{}`", *other.id),
            ("请写本项目自己的原因", "give the project's own reason"),
        )
    } else {
        return;
    };
    examiner.report(
        about,
        Severity::Warning,
        project.reason.place,
        Bilingual::new(format!("项目“{name}”{zh}"), format!("the reason of project `{id}` {en}")),
        Bilingual::new(help.0, help.1),
    );
}

fn only_restates(reason: &str, name: &str) -> bool {
    let mut rest = reason.replace(name, "");
    for word in EMPTY_WORDS {
        rest = rest.replace(word, "");
    }
    rest.chars().all(|character| !character.is_alphanumeric() || character.is_ascii_digit())
}

fn opposite(reason: &str, up: bool) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    if up { has(&DOWN) && !has(&UP) } else { has(&UP) && !has(&DOWN) }
}

/// Another project that has the same reason and that the reason fits better, for it names it; or simply an earlier one.
fn copied<'a>(projects: &'a [Project], project: &Project) -> Option<&'a Project> {
    let same = |other: &&Project| other.id.value != project.id.value && other.reason.trim() == project.reason.trim();
    let bare = |project: &Project| project.name.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
    let names = |named: &Project| project.reason.contains(&bare(named));
    if names(project) {
        return None;
    }
    let mine = projects.iter().position(|other| other.id.value == project.id.value);
    let mut others = projects.iter().enumerate().filter(|(_, other)| same(other));
    others.find(|(index, other)| names(other) || Some(*index) < mine).map(|(_, other)| other)
}

/// Changes and reasons in texts the spec writes itself.
fn in_prose(examiner: &mut Examiner) {
    for (key, text) in examiner.budget.spec.text.iter() {
        let about = format!("text.{}", key.value);
        let printed: Vec<(String, Option<Place>)> = examiner
            .prose
            .passages
            .iter()
            .filter(|passage| passage.kind == PassageKind::Narrative && passage.about == about)
            .map(|passage| (passage.text.clone(), passage.place))
            .collect();
        let changed = printed.iter().any(|(line, _)| {
            line.contains('比') && ["增加", "减少", "增长", "下降"].iter().any(|verb| line.contains(verb))
        });
        for (line, place) in printed {
            examiner.look();
            for sentence in line.split('。') {
                let Some((before, after)) = split_at_reason(sentence) else { continue };
                let after = after.trim_matches(|character: char| !character.is_alphanumeric());
                let first = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
                let (up, down) = (first(&UP[..4]), first(&DOWN[..2]));
                let finding = if after.is_empty() {
                    Some((Severity::Error, "“主要原因”之后没有内容", "the reason is empty"))
                } else if up.max(down).is_some() && opposite(after, up > down) {
                    Some((Severity::Warning, "原因与增减的方向相反", "the reason goes the other way than the change"))
                } else if up.max(down).is_some() && only_restates(after, "") {
                    Some((Severity::Warning, "原因只是重复增减本身", "the reason only says the change again"))
                } else {
                    None
                };
                let Some((severity, zh, en)) = finding else { continue };
                examiner.report(
                    about.clone(),
                    severity,
                    place,
                    Bilingual::new(format!("{zh}：“{}”", tail(sentence)), format!("{en}: `{}`", tail(sentence))),
                    Bilingual::new("请写明真正的原因", "give the real reason"),
                );
            }
        }
        // A change told by a figure wants a reason somewhere in the same text.
        let whole = text.value.as_str();
        let tells = ["| yoy", "|yoy", "| change", "|change", ".change"].iter().any(|mark| whole.contains(mark));
        let reasons = ["原因", "主要是", "由于", "因", "text."];
        if tells && changed && !reasons.iter().any(|word| whole.contains(word)) {
            examiner.report(
                about,
                Severity::Warning,
                text.place,
                Bilingual::new(
                    format!("文字“{}”写了比上年的增减，但没有写原因", key.value),
                    format!("the text `{}` tells a change from last year without a reason", key.value),
                ),
                Bilingual::new("请在增减之后写“主要原因是……”", "add the reason after the change: 主要原因是……"),
            );
        }
    }
}

/// The words before and after 主要原因是 and the like.
fn split_at_reason(sentence: &str) -> Option<(&str, &str)> {
    let marks = ["主要原因是", "主要原因为", "主要原因：", "主要原因:", "原因是", "原因为"];
    let (at, mark) =
        marks.iter().filter_map(|mark| sentence.find(mark).map(|at| (at, mark))).min_by_key(|(at, _)| *at)?;
    let after = &sentence[at + mark.len()..];
    let after = after.strip_prefix(['：', ':']).unwrap_or(after);
    Some((&sentence[..at], after))
}

/// The last words of a sentence, for a message.
fn tail(sentence: &str) -> String {
    let count = sentence.chars().count();
    sentence.chars().skip(count.saturating_sub(24)).collect()
}
