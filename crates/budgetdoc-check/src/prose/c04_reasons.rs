//! C4: a change needs a reason.

use crate::prose::word_list::WordList;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::examiner::Examiner;
use crate::figures::c04_missing_reasons::{changed_projects, explained_changes};
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::prose::reason_words::{
    FELL, ROSE, bare, clauses, has_any, only_restates, opposite, says_change, says_same, split_at_reason,
};
use crate::prose::statement::{Lexicon, Sense, tokens};
use budgetdoc_core::compose::{FigureInWords, Origin, Passage, PassageKind, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Amount;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Project;

/// Fewest characters of a reason that cannot equal another project's by chance.
const LONG: usize = 16;

/// Checks the reasons in the texts; another function reports missing ones.
pub(crate) fn check(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    let mut by_reason: HashMap<String, Vec<&Project>> = HashMap::new();
    for project in &budget.spec.projects {
        by_reason.entry(bare(&project.reason)).or_default().push(project);
    }
    // The first project that a reason names, of those with the same reason.
    let mut first_named: HashMap<&str, Option<&Project>> = HashMap::new();
    for (project, rose) in changed_projects(budget) {
        let alike = &by_reason[&bare(&project.reason)];
        let named = || alike.iter().copied().find(|other| names(&project.reason, other));
        let named = *first_named.entry(&project.reason).or_insert_with(named);
        check_project(examiner, project, alike[0], named, rose);
    }
    for (about, way) in explained_changes(examiner) {
        match about.strip_prefix("text.") {
            Some(key) => {
                examiner.count_one();
                check_text(examiner, key, way);
            }
            None => check_subject(examiner, about, way),
        }
    }
    for about in unchanged_texts(examiner) {
        check_unchanged_text(examiner, &about);
    }
    check_prose(examiner);
}

/// The problem of a reason and the help, each in Chinese and English.
type Fault = ((&'static str, &'static str), (&'static str, &'static str));

/// Returns the problem of a reason for a change in the direction `way`.
fn fault(reason: &str, name: &str, way: Ordering) -> Option<Fault> {
    let check = ("请核对原因与增减方向", "check the reason against the change");
    if way.is_ne() && clauses(reason).any(says_same) {
        Some((
            ("写的是没有增减，而数字有增减", "states no change, but the figure changed"),
            ("请核对数字，改写原因", "check the figure and rewrite the reason"),
        ))
    } else if way.is_gt() && opposite(reason, true) {
        Some((
            ("与增减方向相反：是增加，写的却是减少的原因", "is of the opposite direction: it explains an increase"),
            check,
        ))
    } else if way.is_lt() && opposite(reason, false) {
        Some((
            ("与增减方向相反：是减少，写的却是增加的原因", "is of the opposite direction: it explains a decrease"),
            check,
        ))
    } else if only_restates(reason, name) {
        let words = ("只是重复增减本身，没有说明为什么", "only repeats the change");
        Some((words, ("请写为什么增减", "say why it changed")))
    } else {
        None
    }
}

/// Checks the reason of a project. `first` is the first project with the same reason, itself maybe, and `named` the
/// first of them that the reason names.
fn check_project(examiner: &mut ProseReader, project: &Project, first: &Project, named: Option<&Project>, up: bool) {
    let name = project.name.trim();
    let id = &project.id.value;
    let about = format!("projects.{id}.reason");
    let reason = project.reason.trim();
    if reason.is_empty() {
        return;
    }
    let way = match up {
        _ if examiner.figures_disagree() => Ordering::Equal,
        true => Ordering::Greater,
        false => Ordering::Less,
    };
    let (zh, en, help) = if let Some(((zh, en), help)) = fault(reason, name, way) {
        (zh.to_owned(), en.to_owned(), help)
    } else if let Some(other) = copied_from(first, named, project) {
        (
            format!("与项目“{}”的完全相同", other.name.trim()),
            format!("repeats the reason of project `{}`", *other.id),
            ("请写本项目自己的原因", "give the project's own reason"),
        )
    } else {
        return;
    };
    examiner.report_value(
        about,
        &project.reason,
        Caution::Warning,
        Bilingual::new(format!("项目“{name}”的原因{zh}"), format!("the reason of project `{id}` {en}")),
        Bilingual::new(help.0, help.1),
    );
}

/// Checks the reason of a functional subject, which the profile prints behind its change.
fn check_subject(examiner: &mut ProseReader, about: String, way: Ordering) {
    let budget = examiner.budget;
    let code = about.split('.').nth(1).unwrap_or_default().to_owned();
    let row = budget.spec.explanations.iter().find(|row| row.subject.as_str() == code);
    let name = budget.subjects.iter().find(|(subject, _)| subject.as_str() == code).map(|(_, name)| name.as_str());
    let name = name.unwrap_or_default();
    let Some(row) = row.filter(|row| !row.reason.trim().is_empty()) else { return };
    let reason = row.reason.trim();
    let way = if examiner.figures_disagree() { Ordering::Equal } else { way };
    let Some(((zh, en), help)) = fault(reason, name, way) else { return };
    examiner.report_value(
        about,
        &row.reason,
        Caution::Warning,
        Bilingual::new(
            format!("科目 {code} {name}的原因{zh}：“{}”", last_clauses(reason)),
            format!("the reason of subject {code} {en}: `{}`", last_clauses(reason)),
        ),
        Bilingual::new(help.0, help.1),
    );
}

/// Checks a text that the profile prints behind a change. One that states the change itself is checked as prose.
fn check_text(examiner: &mut ProseReader, key: &str, way: Ordering) {
    let about = format!("text.{key}");
    let printed = own_lines(examiner, &about);
    // Another rule reports empty texts.
    let Some(first) = printed.first() else { return };
    let sentence = first.text.split('。').next().unwrap_or_default();
    let split = split_at_reason(sentence);
    // A change stated before its reason is checked as prose; so is a missing reason.
    let has_direction = |words: &str| has_any(words, &ROSE) || has_any(words, &FELL);
    let states_change =
        split.map_or(sentence.contains(['比', '较']) && has_direction(sentence), |(before, _)| has_direction(before));
    let reason = split.map_or(sentence, |(_, reason)| reason);
    if states_change || bare(reason).is_empty() {
        return;
    }
    if examiner.figures_disagree() {
        return;
    }
    let Some(((zh, en), help)) = fault(reason, "", way) else { return };
    examiner.report_words(
        first,
        bytes_of(reason, &first.text),
        Caution::Warning,
        Bilingual::new(
            format!("接在增减之后的原因{zh}：“{}”", last_clauses(reason)),
            format!("the reason behind the change {en}: `{}`", last_clauses(reason)),
        ),
        Bilingual::new(help.0, help.1),
    );
}

/// Words on a reason for a change that is none.
const NO_CHANGE: (&str, &str) = ("没有增减，写的却是增减的原因", "explains a change, but the figure did not change");

/// Returns the texts that the form prints behind figures none of which is zero or has changed.
fn unchanged_texts(examiner: &Examiner) -> Vec<String> {
    let is_printed = |about: &str| {
        let mut spans = examiner.prose.passages.iter().flat_map(|passage| &passage.spans);
        spans.any(|span| span.part_of.as_deref() == Some(about))
    };
    let explained = examiner.prose.explained.iter().filter(|(about, changes)| {
        let stays = changes.iter().all(|change| change.way.is_eq() && !change.this.is_zero());
        about.starts_with("text.") && !changes.is_empty() && stays
    });
    explained.map(|(about, _)| about.clone()).filter(|about| is_printed(about)).collect()
}

/// Checks a text that the form prints behind a figure that has not changed.
fn check_unchanged_text(examiner: &mut ProseReader, about: &str) {
    let printed = own_lines(examiner, about);
    let Some(first) = printed.first() else { return };
    examiner.count_one();
    let sentence = first.text.split('。').next().unwrap_or_default();
    let (before, reason) = split_at_reason(sentence).unwrap_or(("", sentence));
    if !bare(before).is_empty() || !says_change(reason) {
        return;
    }
    examiner.report_words(
        first,
        bytes_of(reason, &first.text),
        Caution::Warning,
        Bilingual::new(
            format!("{}：“{}”", NO_CHANGE.0, last_clauses(reason)),
            format!("the reason {}: `{}`", NO_CHANGE.1, last_clauses(reason)),
        ),
        Bilingual::new("请核对数字，改写原因", "check the figure and rewrite the reason"),
    );
}

/// Returns the first project with the same reason, if the reason is too long to be equal by chance, or one that the reason
/// names; none for a reason that names its own project.
fn copied_from<'a>(first: &'a Project, named: Option<&'a Project>, project: &Project) -> Option<&'a Project> {
    if names(&project.reason, project) {
        return None;
    }
    let is_long = bare(&project.reason).chars().count() >= LONG;
    Some(first).filter(|first| is_long && first.id.value != project.id.value).or(named)
}

/// Returns whether a reason names a project.
fn names(reason: &str, project: &Project) -> bool {
    reason.contains(project.name.split(['（', '(']).next().unwrap_or_default().trim())
}

/// Returns the printed lines of a text of the spec.
fn own_lines<'a>(examiner: &Examiner<'a>, about: &str) -> Vec<&'a ParsedPassage<'a>> {
    let own = examiner.own_passages().filter(|passage| passage.kind == PassageKind::Narrative);
    own.filter(|passage| passage.about == about).collect()
}

/// Reads changes and reasons in the spec's own texts, except in sentences that contradict the figures.
fn check_prose(examiner: &mut ProseReader) {
    let reading = examiner.reading();
    for (key, _) in examiner.budget.spec.text.iter() {
        let printed = own_lines(examiner, &format!("text.{}", key.value));
        for (index, line) in printed.iter().enumerate() {
            examiner.count_one();
            // 主要原因是： may be followed by a list.
            let leads = line.text.ends_with(['：', ':']) && index + 1 < printed.len();
            let mut previous = "";
            for sentence in line.text.split('。').flat_map(statements) {
                let before = std::mem::replace(&mut previous, sentence);
                if reading.contradicts(line.place_of(bytes_of(sentence, &line.text))) {
                    continue;
                }
                if let Some((reason, (zh, en))) = wrong_reason(examiner, line, (before, sentence), leads) {
                    examiner.report_words(
                        line,
                        bytes_of(reason, &line.text),
                        Caution::Warning,
                        Bilingual::new(
                            format!("{zh}：“{}”", last_clauses(sentence)),
                            format!("{en}: `{}`", last_clauses(sentence)),
                        ),
                        Bilingual::new("请写明真正的原因", "give the real reason"),
                    );
                }
            }
        }
        change_without_reason(examiner, key, &printed);
    }
}

/// Cuts a sentence where another reason begins: 甲增加，主要原因是……；乙减少，主要原因是…….
fn statements(sentence: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(sentence);
    std::iter::from_fn(move || {
        let whole = rest.take()?;
        let cut = whole.match_indices('；').map(|(at, mark)| at + mark.len()).find(|at| {
            let next = whole[*at..].split('；').next().unwrap_or_default();
            split_at_reason(next).is_some()
        });
        rest = cut.map(|at| &whole[at..]);
        Some(cut.map_or(whole, |at| &whole[..at]))
    })
}

/// Returns the reason of a sentence, or what leads to one that is missing, and what is wrong with it.
fn wrong_reason<'t>(
    examiner: &Examiner,
    line: &Passage,
    (previous, sentence): (&str, &'t str),
    leads: bool,
) -> Option<(&'t str, (String, String))> {
    let (before, after) = split_at_reason(sentence)?;
    // The change may be in the sentence before.
    let change = if bare(before).is_empty() { previous } else { before };
    let last = |words: &[&str]| words.iter().filter_map(|word| change.rfind(word)).max();
    let stated = last(&ROSE).cmp(&last(&FELL));
    // Unfilled amounts have no direction yet; templates print that of the figures.
    let open = change.contains(Amount::GAP) || (line.spans.iter().any(is_figure) && examiner.figures_disagree());
    let way = if open { Ordering::Equal } else { stated };
    if bare(after).is_empty() {
        let words = ("“主要原因是”之后没有内容".to_owned(), "the reason is empty".to_owned());
        return (!leads).then_some((&sentence[before.len()..], words));
    }
    if way.is_eq() {
        let is_same = stated.is_eq() && has_any(change, &["持平", "无增减", "没有增减"]);
        let words = || (NO_CHANGE.0.to_owned(), format!("the reason {}", NO_CHANGE.1));
        return (is_same && says_change(after)).then(|| (after, words()));
    }
    if !is_without_amount(change) && clauses(after).any(says_same) {
        let en = "the reason states no change, but the figure changed";
        return Some((after, ("原因写的是没有增减，与前面的增减不符".to_owned(), en.to_owned())));
    }
    let ((zh, en), _) = fault(after, subject_of(change), way)?;
    Some((after, (format!("原因{zh}"), format!("the reason {en}"))))
}

/// Reports a text that states a change by a figure but no reason.
fn change_without_reason(examiner: &mut ProseReader, key: &Located<String>, printed: &[&ParsedPassage]) {
    static REASONS: WordList = WordList::named("reason reasons");
    let is_change = |figure: &FigureInWords| {
        let compared = matches!(figure.filter, Some("yoy" | "change" | "rate")) || figure.name.ends_with(".change");
        compared && figure.value.is_some_and(|value| !value.is_zero())
    };
    let change = printed.iter().find_map(|line| {
        let span = line.spans.iter().find(|span| match &span.origin {
            Origin::Figure(figure) => is_change(figure),
            Origin::Typed | Origin::Profile | Origin::Value => false,
        })?;
        Some((*line, span.range.clone()))
    });
    let explained = |line: &&ParsedPassage| has_any(&line.text, &REASONS) || !line.holds(0..line.text.len());
    // The form may have a text of its own for the reasons.
    let mut own = ["reason", "reasons"].iter().map(|end| own_lines(examiner, &format!("text.{}_{end}", key.value)));
    let apart = own.any(|lines| !lines.is_empty());
    let Some((line, range)) = change.filter(|_| !apart && !printed.iter().any(explained)) else { return };
    examiner.report_words(
        line,
        range,
        Caution::Warning,
        Bilingual::new(
            format!("文字“{}”写了比上年的增减，但没有写原因", key.value),
            format!("the text `{}` reports a change from last year without a reason", key.value),
        ),
        Bilingual::new("请在增减之后写“主要原因是……”", "add the reason after the change: 主要原因是……"),
    );
}

fn is_figure(span: &Span) -> bool {
    matches!(span.origin, Origin::Figure(_))
}

/// Returns whether the change is zero, which another rule reports.
fn is_without_amount(text: &str) -> bool {
    let mut is_at_verb = false;
    for token in &tokens(text, Lexicon::of_words()) {
        let goes_on = is_at_verb && (token.has_sense(&Sense::Filler) || token.has_sense(&Sense::About));
        match token.number() {
            Some(number) if is_at_verb && number.value.is_zero() => return true,
            _ => {
                let is_change = [true, false].iter().any(|rise| token.has_sense(&Sense::Change(*rise)));
                is_at_verb = is_change || goes_on;
            }
        }
    }
    false
}

/// Returns what a sentence on a change begins with: of 会议费12.5万元，比上年增加 会议费.
fn subject_of(before: &str) -> &str {
    let stops = |character: char| character.is_ascii_digit() || "，比较增减上下预支是".contains(character);
    let subject = before.split(stops).next().unwrap_or_default();
    if subject.chars().count() > 2 { subject } else { "" }
}

/// Returns the last clauses of a sentence, for a message.
fn last_clauses(sentence: &str) -> String {
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
