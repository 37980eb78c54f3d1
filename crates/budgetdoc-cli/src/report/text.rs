//! Messages for people.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use budgetdoc::check::Severity;
use budgetdoc::lang::{Bilingual, Lang};

use super::excerpt::Excerpt;
use super::{Message, PlaceLabel, Report};
use crate::session::{Outcome, Session};

/// Most lines shown of a folded message; of the others only the numbers are listed.
const SHOWN: usize = 8;

/// Most lines of a message that are drawn. A total of a department may have thousands of terms.
const MOST_LABELS: usize = 100;

/// Replaces characters that control a terminal or the direction of text by visible ones. Names and values of files may
/// contain any.
pub fn escape_controls(text: &str) -> Cow<'_, str> {
    let steers = |character: char| {
        (character.is_control() && !"\n\t".contains(character))
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mark = |character: char| match character {
        // ␛ and the like (Unicode's Control Pictures).
        '\0'..='\u{1f}' if steers(character) => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        _ if steers(character) => '\u{fffd}',
        _ => character,
    };
    Cow::Owned(text.chars().map(mark).collect())
}

/// Folds messages for display: findings that differ only in their lines, or behind the first comma, as gaps in a draft
/// do, become one message with all lines. Messages without a line that differ behind a colon, as missing texts do,
/// become one that lists them. Errors come first, notes last.
pub fn fold<'a>(messages: impl Iterator<Item = &'a Message>) -> Vec<Message> {
    let mut alike: Vec<Vec<&Message>> = Vec::new();
    // The group of each key of its first message.
    let mut known: HashMap<FoldKey, usize> = HashMap::new();
    for message in messages {
        let keys = fold_keys(message);
        match keys.iter().filter_map(|key| known.get(key)).min() {
            Some(index) => alike[*index].push(message),
            None => {
                known.extend(keys.into_iter().map(|key| (key, alike.len())));
                alike.push(vec![message]);
            }
        }
    }
    let mut shown: Vec<Message> = alike.iter().map(|messages| fold_group(messages)).collect();
    shown.sort_by_key(|message| std::cmp::Reverse(message.severity));
    shown
}

/// Rule, severity, whether it has a line, help, text in both languages, and what it is about.
type FoldKey<'a> = (&'a str, Severity, bool, Option<&'a str>, [&'a str; 2], Option<&'a str>);

/// Returns the keys of a message: it is folded with messages that share one. None for a message of its own.
fn fold_keys(message: &Message) -> Vec<FoldKey<'_>> {
    let Some(rule) = message.rule.filter(|_| message.labels.len() <= 1) else { return Vec::new() };
    if message.labels.is_empty() {
        let head = split_at_colon(&message.text).map(|(head, _)| (rule, message.severity, false, None, head, None));
        return head.into_iter().collect();
    }
    let help = message.help.as_ref().map(|help| help.zh.as_str());
    let key = |text, about| (rule, message.severity, true, help, text, about);
    let (head, _) = split_at_comma(&message.text);
    vec![
        key([message.text.zh.as_str(), message.text.en.as_str()], None),
        key(head, Some(about(message).unwrap_or_default())),
    ]
}

/// Splits a message in both languages at the first comma, if there is one: 本年金额待填，上年为 10万元.
fn split_at_comma(text: &Bilingual) -> ([&str; 2], Option<[&str; 2]>) {
    match (text.zh.split_once('，'), text.en.split_once("; ")) {
        (Some((zh, more_zh)), Some((en, more_en))) => ([zh, en], Some([more_zh, more_en])),
        _ => ([&text.zh, &text.en], None),
    }
}

/// Splits a message in both languages at the first colon: 没有填写：国有资产占用情况.
fn split_at_colon(text: &Bilingual) -> Option<([&str; 2], [&str; 2])> {
    let ((zh, rest_zh), (en, rest_en)) = (text.zh.split_once('：')?, text.en.split_once(": ")?);
    Some(([zh, en], [rest_zh, rest_en]))
}

fn about(message: &Message) -> Option<&str> {
    message.finding.as_ref().map(|finding| finding.about.as_str())
}

fn fold_group(messages: &[&Message]) -> Message {
    let mut message = messages[0].clone();
    let count = messages.len();
    if count == 1 {
        // A problem may have as many places as the spec has rows.
        if message.finding.as_ref().is_none_or(|finding| !finding.others.is_empty()) {
            limit_lines(&mut message);
        }
        return message;
    }
    if message.labels.is_empty() {
        let items =
            messages.iter().filter_map(|other| Some((about(other).unwrap_or_default(), split_at_colon(&other.text)?)));
        for (index, (about, ([head_zh, head_en], [zh, en]))) in items.enumerate() {
            if index == 0 {
                message.text = Bilingual::new(format!("{head_zh}（{count} 处）"), format!("{head_en} ({count})"));
            }
            message.text.zh += &format!("\n{about}：{zh}");
            message.text.en += &format!("\n{about}: {en}");
        }
        if let Some(help) = &mut message.help {
            help.zh += "；其余照此";
            help.en += "; the others in the same way";
        }
        message.finding = None;
        return message;
    }
    // The differing parts become labels of the lines.
    let added = messages.iter().any(|other| other.text != message.text);
    if added {
        let [zh, en] = split_at_comma(&messages[0].text).0;
        message.text = Bilingual::new(zh, en);
    }
    message.text.zh += &format!("（{count} 处）");
    message.text.en += &format!(" ({count} places)");
    let differ = messages.iter().any(|other| about(other) != about(messages[0]));
    let named = |other: &Message| match added {
        true => split_at_comma(&other.text).1.map(|[zh, en]| Bilingual::new(zh, en)),
        false => about(other).filter(|_| differ).map(|about| Bilingual::new(about, about)),
    };
    let labels = |other: &&Message| PlaceLabel { text: named(other), ..other.labels[0].clone() };
    message.labels = messages.iter().map(labels).collect();
    message.labels.sort_by_key(|label| label.place);
    // A suppression needs the subject of a finding: differing ones are kept as labels.
    if !differ {
        limit_lines(&mut message);
    }
    message.finding = message.finding.filter(|_| !differ);
    message
}

/// Keeps the first lines and lists the numbers of all.
fn limit_lines(message: &mut Message) {
    if message.labels.len() <= SHOWN || message.source.as_ref().is_some_and(|source| source.is_book()) {
        return;
    }
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for line in message.labels.iter().map(|label| label.place.line) {
        match spans.last_mut() {
            Some((_, last)) if *last == line => {}
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => spans.push((line, line)),
        }
    }
    let span = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    let spans: Vec<_> = spans.iter().map(span).collect();
    message.text.zh += &format!("：第 {} 行", spans.join("、"));
    message.text.en += &format!(": lines {}", spans.join(", "));
    message.labels.truncate(SHOWN);
}

/// Returns a message with its lines of the file, and an empty line behind it.
pub fn message(message: &Message, session: &Session) -> String {
    let (level, name) = match message.severity {
        Severity::Error => (Level::ERROR, session.pick("错误", "error")),
        Severity::Warning => (Level::WARNING, session.pick("警告", "warning")),
        Severity::Note => (Level::NOTE, session.pick("提示", "note")),
    };
    let words = |text: &Bilingual| escape_controls(session.say(text)).into_owned();
    let text = words(&message.text);
    let (first, items) = text.split_once('\n').map_or((text.as_str(), None), |(first, rest)| (first, Some(rest)));
    let mut title = level.with_name(name).primary_title(first.to_owned());
    if let Some(rule) = message.rule {
        // The subject of the finding follows the rule, as suppressions name it.
        let about = message.finding.as_ref().map(|finding| format!(" {}", finding.about));
        title = title.id(rule.to_owned() + &escape_controls(about.as_deref().unwrap_or_default()));
    }
    let mut group = match message.source.as_ref().filter(|_| !message.labels.is_empty()) {
        Some(source) if source.is_book() => {
            let labels = message.labels.iter().take(MOST_LABELS).map(|label| {
                let said = label.text.as_ref().map(|text| format!("  {}", session.say(text))).unwrap_or_default();
                Origin::path(escape_controls(&(source.at(label.place) + &said)).into_owned())
            });
            Group::with_title(title).elements(labels)
        }
        Some(source) => {
            let labels = &message.labels[..message.labels.len().min(MOST_LABELS)];
            let excerpt = Excerpt::of(source, labels);
            let spans = labels.iter().enumerate().map(|(index, label)| {
                let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                let span = kind.span(excerpt.span(label));
                match &label.text {
                    Some(text) => span.label(words(text)),
                    None => span,
                }
            });
            // The renderer makes the other control characters visible. This mark has as many bytes as they have.
            let text = excerpt.text.replace(|character| matches!(character, '\u{80}'..='\u{9f}'), "¤");
            let snippet = Snippet::source(text).line_start(excerpt.first as usize);
            title.element(snippet.path(escape_controls(&source.name)).annotations(spans))
        }
        None => Group::with_title(title),
    };
    if let Some(left) = message.labels.len().checked_sub(MOST_LABELS).filter(|left| *left > 0) {
        let (zh, en) = (format!("另有 {left} 处没有列出"), format!("{left} more places are not shown"));
        group = group.element(Level::NOTE.no_name().message(session.pick(&zh, &en).to_owned()));
    }
    if let Some(items) = items {
        group = group.element(Level::NOTE.no_name().message(items.to_owned()));
    }
    if let Some(help) = &message.help {
        group = group.element(Level::HELP.with_name(session.pick("办法", "help")).message(words(help)));
    }
    format!("{}\n", Renderer::styled().decor_style(DecorStyle::Unicode).render(&[group]))
}

/// Returns a line with the counts of a spec's findings.
pub fn counts(report: &Report, session: &Session) -> String {
    let ([errors, warnings, notes], name) = (report.counts(), escape_controls(&report.name));
    let mut zh = format!("{name}：错误 {errors}，警告 {warnings}，提示 {notes}");
    let mut en = format!("{name}: {errors} errors, {warnings} warnings, {notes} notes");
    if report.suppressed() > 0 {
        zh.push_str(&format!("，已说明 {}", report.suppressed()));
        en.push_str(&format!(", {} suppressed", report.suppressed()));
    }
    session.pick(&zh, &en).to_owned() + &rewritten(report, session).unwrap_or_default()
}

/// Returns a line for each file that was written.
pub fn written(report: &Report, session: &Session) -> Vec<String> {
    let pages = report.pages.map(|pages| match session.lang {
        Lang::Zh => format!("（{pages} 页）"),
        Lang::En => format!(" ({pages} pages)"),
    });
    let pages = pages.unwrap_or_default();
    let line = |path: &PathBuf| {
        format!("{} {}{pages}", session.pick("已生成", "wrote"), escape_controls(&path.to_string_lossy()))
    };
    report.written.iter().map(line).collect()
}

/// Returns how many typed figures were written as references, or would be.
fn rewritten(report: &Report, session: &Session) -> Option<String> {
    let rewritten = report.rewritten.as_ref()?;
    let figures = rewritten.iter().map(|one| one.figures).sum::<usize>();
    Some(match session.lang {
        Lang::Zh => format!("，改为引用的数 {figures}"),
        Lang::En => format!(", {figures} typed figures as references"),
    })
}

/// Returns a summary line of one spec among several.
pub fn line(report: &Report, session: &Session) -> String {
    let counts = counts(report, session);
    let pages = report.pages.map(|pages| match session.lang {
        Lang::Zh => format!("，{pages} 页"),
        Lang::En => format!(", {pages} pages"),
    });
    counts + &pages.unwrap_or_default()
}

/// Returns the message that errors have kept the files from being written.
pub fn files_withheld(report: &Report, session: &Session) -> &'static str {
    match report.counts() {
        [0, ..] => session.pick(
            "有警告，按 --deny warnings 没有生成文件；请改正，或在 suppress 中说明理由",
            "with --deny warnings, nothing is written; correct the warnings, or suppress them with reasons",
        ),
        _ => session.pick(
            "核对发现错误，没有生成文件；如仍要生成，请加 --force",
            "the checks found errors, so nothing is written; --force writes anyway",
        ),
    }
}

/// Returns how many notes of a spec there are and the command that shows them; none where there are none.
pub fn hidden_notes(report: &Report, profile: Option<&str>, session: &Session) -> Option<String> {
    let [_, _, notes] = report.counts();
    let profile = profile.map(|profile| format!(" --profile {profile}")).unwrap_or_default();
    let command = format!("budgetdoc check {}{profile}", report.name);
    let words = match session.lang {
        Lang::Zh => format!("另有提示 {notes} 条未列出，查看：{command}"),
        Lang::En => format!("{notes} notes are not shown; to see them: {command}"),
    };
    (notes > 0).then(|| escape_controls(&words).into_owned())
}

/// A table of the specs with findings, and the totals.
pub struct Summary {
    rows: Vec<String>,
    outcomes: [usize; 3],
}

impl Summary {
    pub fn new() -> Self {
        Summary { rows: Vec::new(), outcomes: [0; 3] }
    }

    /// Adds a spec.
    pub fn add(&mut self, report: &Report, session: &Session) {
        self.outcomes[usize::from(report.outcome.code())] += 1;
        let [errors, warnings, notes] = report.counts();
        if report.outcome == Outcome::Done && warnings == 0 {
            return;
        }
        let outcome = match report.outcome {
            Outcome::Done => session.pick("完成    ", "done    "),
            Outcome::Findings => session.pick("有错误  ", "findings"),
            Outcome::Failed => session.pick("无法处理", "failed  "),
        };
        let pages = report.pages.map_or("-".to_owned(), |pages| pages.to_string());
        self.rows.push(format!(
            "{errors:>6} {warnings:>8} {notes:>6} {pages:>6}  {outcome}  {}",
            escape_controls(&report.name)
        ));
    }

    /// Returns the table as lines. `left` specs were not processed.
    pub fn lines(mut self, left: usize, session: &Session) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.rows.is_empty() {
            lines.push(
                session
                    .pick(
                        "  错误     警告   提示   页数  结果      数据文件",
                        "errors warnings  notes  pages  result    spec",
                    )
                    .to_owned(),
            );
            lines.append(&mut self.rows);
        }
        let [done, findings, failed] = self.outcomes;
        let total = done + findings + failed + left;
        let zh = format!("共 {total} 份：完成 {done}，有错误 {findings}，无法处理 {failed}，未处理 {left}");
        let en = format!("{total} specs: {done} done, {findings} with findings, {failed} failed, {left} not started");
        lines.push(session.pick(&zh, &en).to_owned());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_made_visible() {
        assert_eq!(escape_controls("某局\u{1b}[2J\u{7}\n"), "某局␛[2J␇\n");
        assert_eq!(escape_controls("\u{9b}31m\u{202e}"), "\u{fffd}31m\u{fffd}");
        assert!(matches!(escape_controls("一般公共预算\t"), Cow::Borrowed(_)));
    }
}
