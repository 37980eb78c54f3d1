//! C4: a change needs a reason.

use std::cmp::Ordering;

use crate::examiner::Examiner;
use crate::figures::measures::of_accounts;
use crate::prose::change_claims::claims;
use crate::prose::changes::direction;
use crate::prose::numbers::numbers;
use crate::prose::reason_words::{
    FELL, ROSE, bare, clauses, has_any, only_restates, opposite, says_same, split_at_reason,
};
use crate::{Rule, Severity};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Amount;
use budgetdoc_core::profile::Account;
use budgetdoc_core::spec::Project;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C4",
    severity: Severity::Error,
    title: ("增减变化要有原因", "A change needs a reason"),
    explanation: (
        "比上年有增减的项目，以及版式在增减之后接着写原因的科目（explanations）和文字，必须说明原因。没有原因、“主要原因是。”之后没有内容的，是错误；原因与增减方向相反、只是重复增减本身或者写“无”“同上”、照抄另一个项目的（较长的原因，或者点了另一个项目的名），给出警告；写“与上年持平”而数字有增减、写“收支减少”而数字增加的，也给出警告。方向从字面判断，只在没有疑义时提出：讲上年的话、经费划转或统筹的话、两个方向都有的话，不作判断；数字之间尚有不符的，先改数字，再核对方向。",
        "What differs from last year needs a reason: every project, and the subjects (`explanations`) and texts that the profile puts behind a change. None, or an empty one, is an error; one that goes the opposite way, only says the change again, says none or 同上, or is another project's (a long one, or one that names the other project) is a warning. So is 与上年持平 where the figure changed, and 收支减少 where it rose. The way is read from words, and only where they leave no doubt: what is said of last year, of money moved or shared out, or both ways is let pass; while figures disagree no reason is held against them.",
    ),
    wrong: "projects:\n  - id: publicity\n    amount: 23\n    last: 0\n    reason: 经费增加。",
    right: "    reason: 根据预算编制要求，宣传经费单列，原相关经费汇总后增加。",
    check,
};

/// A reason this long is not another project's by chance.
const LONG: usize = 16;

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for project in &budget.spec.projects {
        let Some(last) = &project.last else { continue };
        let Some((this, last)) = project.amount.number().zip(last.number()).filter(|(this, last)| this != last) else {
            continue;
        };
        examiner.look();
        of_project(examiner, project, this > last);
    }
    let explained: Vec<(String, Ordering)> = examiner
        .prose
        .explained
        .iter()
        .filter_map(|(about, changes)| {
            let mut ways = changes.iter().map(|change| change.way).filter(|way| way.is_ne());
            let first = ways.next()?;
            // What explains a rise and a fall at once has no way of its own.
            Some((about.clone(), if ways.all(|way| way == first) { first } else { Ordering::Equal }))
        })
        .collect();
    for (about, way) in explained {
        examiner.look();
        match about.strip_prefix("text.") {
            Some(key) => of_text(examiner, key, way),
            None => of_subject(examiner, about, way),
        }
    }
    let contradicted = claims(examiner);
    in_prose(examiner, &contradicted);
}

/// What is wrong with a reason, and what to do: in Chinese, in English.
type Fault = ((&'static str, &'static str), (&'static str, &'static str));

/// What is wrong with a reason of a change that way, but for whose it is.
fn fault(reason: &str, name: &str, way: Ordering) -> Option<Fault> {
    let check = ("请核对原因与增减方向", "check the reason against the change");
    if way.is_gt() && opposite(reason, true) {
        Some((("与增减方向相反：是增加，写的却是减少的原因", "goes the other way: it is of a rise"), check))
    } else if way.is_lt() && opposite(reason, false) {
        Some((("与增减方向相反：是减少，写的却是增加的原因", "goes the other way: it is of a fall"), check))
    } else if only_restates(reason, name) {
        let words = ("只是重复增减本身，没有说明为什么", "only says again that it changed");
        Some((words, ("请写为什么增减", "say why it changed")))
    } else {
        None
    }
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
    let way = match up {
        _ if examiner.figures_disagree() => Ordering::Equal,
        true => Ordering::Greater,
        false => Ordering::Less,
    };
    let (zh, en, help) = if let Some(((zh, en), help)) = fault(reason, name, way) {
        (zh.to_owned(), en.to_owned(), help)
    } else if let Some(other) = copied(&examiner.budget.spec.projects, project) {
        (
            format!("与项目“{}”的完全相同", other.name.trim()),
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
        Bilingual::new(format!("项目“{name}”的原因{zh}"), format!("the reason of project `{id}` {en}")),
        Bilingual::new(help.0, help.1),
    );
}

/// The reason of a functional subject, which the profile prints behind its change.
fn of_subject(examiner: &mut Examiner, about: String, way: Ordering) {
    let budget = examiner.budget;
    let code = about.split('.').nth(1).unwrap_or_default().to_owned();
    let row = budget.spec.explanations.iter().find(|row| row.subject.as_str() == code);
    let name = budget.subjects.iter().find(|(subject, _)| subject.as_str() == code).map(|(_, name)| name.as_str());
    let name = name.unwrap_or_default();
    let reason = row.map(|row| row.reason.trim()).unwrap_or_default();
    if reason.is_empty() {
        let place = row.and_then(|row| row.reason.place.or(row.subject.place)).or_else(|| first_line(budget, &code));
        examiner.report(
            about,
            Severity::Error,
            place,
            Bilingual::new(
                format!("科目 {code} {name}比上年有增减，但没有写原因"),
                format!("subject {code} changed from last year, but no reason is given"),
            ),
            Bilingual::new(
                format!("请在 explanations 中写“- {{ subject: {code}, reason: … }}”"),
                format!("write `- {{ subject: {code}, reason: … }}` under `explanations`"),
            ),
        );
        return;
    }
    let way = if examiner.figures_disagree() { Ordering::Equal } else { way };
    let Some(((zh, en), help)) = fault(reason, name, way) else { return };
    examiner.report(
        about,
        Severity::Warning,
        row.and_then(|row| row.reason.place),
        Bilingual::new(
            format!("科目 {code} {name}的原因{zh}：“{}”", tail(reason)),
            format!("the reason of subject {code} {en}: `{}`", tail(reason)),
        ),
        Bilingual::new(help.0, help.1),
    );
}

/// The first line of the spec that spends on a subject.
fn first_line(budget: &Budget, code: &str) -> Option<Place> {
    let (subject, _) = budget.subjects.iter().find(|(subject, _)| subject.as_str() == code)?;
    let scope = Scope { subject: Some(*subject), ..Scope::default() };
    budget.cube.total(&of_accounts(&[Account::Expenditure]), scope).terms.iter().find_map(|term| term.place)
}

/// A text that the profile puts behind a change. One that says itself which way it went is looked at as prose.
fn of_text(examiner: &mut Examiner, key: &str, way: Ordering) {
    let about = format!("text.{key}");
    let printed = own_lines(examiner, &about);
    // One that is left empty is a gap, which is another rule's.
    let Some(first) = printed.first() else { return };
    let sentence = first.text.split('。').next().unwrap_or_default();
    let split = split_at_reason(sentence);
    // A change told before its reason is prose's; so is a reason that is missing.
    let tells = |words: &str| has_any(words, &ROSE) || has_any(words, &FELL);
    let told = split.map_or(sentence.contains(['比', '较']) && tells(sentence), |(before, _)| tells(before));
    let reason = split.map_or(sentence, |(_, reason)| reason);
    if told || bare(reason).is_empty() {
        return;
    }
    if examiner.figures_disagree() {
        return;
    }
    let same = clauses(sentence).any(says_same).then_some((
        ("写的是没有增减，而数字有增减", "says that nothing changed, but the figure did"),
        ("请核对数字，改写原因", "check the figure and rewrite the reason"),
    ));
    let Some(((zh, en), help)) = same.or_else(|| fault(reason, "", way)) else { return };
    examiner.report(
        about,
        Severity::Warning,
        first.place,
        Bilingual::new(
            format!("接在增减之后的原因{zh}：“{}”", tail(reason)),
            format!("the reason behind the change {en}: `{}`", tail(reason)),
        ),
        Bilingual::new(help.0, help.1),
    );
}

/// Another project that has the same reason and that the reason fits better, for it names it; or simply an earlier one
/// with a reason too long to be the same by chance.
fn copied<'a>(projects: &'a [Project], project: &Project) -> Option<&'a Project> {
    let reason = bare(&project.reason);
    let same = |other: &&Project| other.id.value != project.id.value && bare(&other.reason) == reason;
    let short = |project: &Project| project.name.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
    let names = |named: &Project| project.reason.contains(&short(named));
    if names(project) {
        return None;
    }
    let long = reason.chars().count() >= LONG;
    let mine = projects.iter().position(|other| other.id.value == project.id.value);
    let mut others = projects.iter().enumerate().filter(|(_, other)| same(other));
    others.find(|(index, other)| names(other) || (long && Some(*index) < mine)).map(|(_, other)| other)
}

/// The printed lines of a text of the spec.
fn own_lines<'a>(examiner: &Examiner<'a>, about: &str) -> Vec<&'a Passage> {
    let passages = examiner.prose.passages.iter();
    let own = passages.filter(|passage| passage.kind == PassageKind::Narrative && passage.about == about);
    own.filter(|passage| passage.is_own()).collect()
}

/// Changes and reasons in texts the spec writes itself, but for lines that contradict the figures already.
fn in_prose(examiner: &mut Examiner, contradicted: &[&Passage]) {
    for (key, text) in examiner.budget.spec.text.iter() {
        let about = format!("text.{}", key.value);
        let printed = own_lines(examiner, &about);
        let changed = printed
            .iter()
            .any(|line| line.text.contains('比') && has_any(&line.text, &["增加", "减少", "增长", "下降"]));
        for (index, line) in printed.iter().enumerate() {
            examiner.look();
            // 主要原因是： may be followed by a list.
            let leads = line.text.ends_with(['：', ':']) && index + 1 < printed.len();
            if contradicted.contains(line) {
                continue;
            }
            for sentence in line.text.split('。') {
                let Some((before, after)) = split_at_reason(sentence) else { continue };
                let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
                let told = last(&ROSE).cmp(&last(&FELL));
                // What is not filled in has no way yet, and what a template tells has the figures' way.
                let of_figures = line.typed.as_deref().is_some_and(|typed| typed.contains("{{"));
                let open = before.contains(Amount::GAP) || (of_figures && examiner.figures_disagree());
                let way = if open { Ordering::Equal } else { told };
                let empty = bare(after).is_empty();
                let (severity, (zh, en)) = if empty && leads {
                    continue;
                } else if empty {
                    (Severity::Error, ("“主要原因是”之后没有内容", "the reason is empty"))
                } else if way.is_ne() && !no_amount(before) && clauses(after).any(says_same) {
                    (Severity::Warning, ("写的是没有增减，与前面的增减不符", "says that nothing changed, but it did"))
                } else if let Some((words, _)) = fault(after, subject_of(before), way).filter(|_| way.is_ne()) {
                    (Severity::Warning, words)
                } else {
                    continue;
                };
                let (zh, en) = match severity {
                    Severity::Error => (zh.to_owned(), en.to_owned()),
                    _ => (format!("原因{zh}"), format!("the reason {en}")),
                };
                examiner.report(
                    about.clone(),
                    severity,
                    line.place,
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

/// Whether a change of nothing is told, which is another rule's.
fn no_amount(text: &str) -> bool {
    numbers(text).iter().any(|number| number.value.is_zero() && direction(number).is_some())
}

/// What a sentence on a change begins with: of 会议费12.5万元，比上年增加 会议费.
fn subject_of(before: &str) -> &str {
    let stops = |character: char| character.is_ascii_digit() || "，比较增减上下预支是".contains(character);
    let subject = before.split(stops).next().unwrap_or_default();
    if subject.chars().count() > 2 { subject } else { "" }
}

/// The last clauses of a sentence, for a message.
fn tail(sentence: &str) -> String {
    const MOST: usize = 40;
    let count = sentence.chars().count();
    if count <= MOST {
        return sentence.trim().to_owned();
    }
    let cut = sentence.char_indices().nth(count - MOST).map_or(0, |(at, _)| at);
    let clause = sentence[cut..].find(['，', '；', '、']).map(|at| cut + at);
    let start = clause.map_or(cut, |at| at + sentence[at..].chars().next().map_or(0, char::len_utf8));
    format!("……{}", &sentence[start..])
}
