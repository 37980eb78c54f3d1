//! C19: there are no plain slips of the pen.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::prose::marks::{
    adjacent_marks, around, impossible_day, is_all_quoted, missing_point, repeated_word, unpaired_mark, unpaired_quote,
};
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::numerals::chinese;

pub(crate) const RULE: Rule = Rule {
    id: "C19",
    severity: Severity::Warning,
    title: ("没有明显的笔误", "The text has no obvious slips"),
    explanation: (
        "同一串文字紧接着重复、整段文字贴了两次、标点相连（，，）、括号引号书名号不成对、整段文字外加了引号、列举缺号（有“2”无“1”，有“1”“3”无“2”，“一是……三是”）、没有的日期（2月30日）、文件名的“的通知”写在书名号外，给出警告；分句末尾孤立的数字，给出提示。",
        "Repeated words, a repeated paragraph, two marks in a row, a bracket or quotation mark without its partner, quotation marks around a whole text, a gap in a numbered list (2 without 1, 1 and 3 without 2, 一是…三是), a date that does not exist, and a document's 的通知 outside its title marks are warnings; a lone digit at the end of a clause is a note.",
    ),
    wrong: "content: 为广大妇女儿为广大妇女儿童发展营造良好环境。",
    right: "content: 为广大妇女儿童发展营造良好环境。",
    checks: &[Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    let passages: Vec<&ParsedPassage> = examiner.own_passages().collect();
    let texts = texts(&passages);
    for passage in &passages {
        if passage.kind == PassageKind::Name {
            continue;
        }
        examiner.count_one();
        let text = passage.text.as_str();
        check_marks(examiner, passage, &texts[passage.about.as_str()]);
        if let Some(range) = doubled(text).or_else(|| repeated_word(text)) {
            let words = &text[range.start..(range.start + range.end) / 2];
            warn(
                examiner,
                passage,
                range.clone(),
                (format!("“{words}”连着写了两次"), format!("`{words}` is repeated")),
                ("请删去一处", "delete one"),
            );
        }
        if let Some(range) = cut_title(text) {
            let head: String = text[range.clone()].chars().take(8).collect();
            let title = format!("{head}……》的通知");
            warn(
                examiner,
                passage,
                range,
                (
                    format!("“{title}”：“的通知”应在书名号之内"),
                    format!("`{title}`: 的通知 belongs inside the title marks"),
                ),
                ("请写《关于……的通知》", "write 《关于……的通知》"),
            );
        }
        for number in passage.numbers() {
            // 模块1，: a noun, a lone digit and the end of the clause. A number that counts something is followed by its unit.
            let noun = number.before.chars().next_back().is_some_and(is_han);
            let ends = number.after.starts_with(['，', '。', '；']);
            let named = [
                "第", "号", "表", "图", "附件", "类", "级", "型", "期", "组", "为", "是", "共", "达", "至", "到", "于",
                "约", "数",
            ];
            if noun && ends && number.digits.len() == 1 && !named.iter().any(|word| number.before.ends_with(word)) {
                let piece: Vec<char> = number.before.chars().rev().take(6).collect();
                let piece: String = piece.into_iter().rev().chain(number.digits.chars()).collect();
                examiner.report_words(
                    passage,
                    number.range(text),
                    Caution::Note,
                    Bilingual::new(
                        format!("“{piece}”末尾的“{}”没有单位", number.digits),
                        format!("the number {} at the end of `{piece}` has no unit", number.digits),
                    ),
                    Bilingual::new("如为多余的字，请删去", "delete it if it is left over"),
                );
            }
        }
    }
    check_pasted(examiner, &passages);
    check_lists(examiner, &texts);
}

/// The lines of a text: a bracket and a list may reach over them.
#[derive(Default)]
struct WholeText<'a> {
    lines: Vec<&'a Passage>,
    words: String,
    /// Whether its brackets and quotation marks, taken together, are not in pairs.
    unpaired: bool,
}

/// Returns the texts by what they are part of.
fn texts<'a>(passages: &[&'a ParsedPassage]) -> BTreeMap<&'a str, WholeText<'a>> {
    let mut texts: BTreeMap<&str, WholeText> = BTreeMap::new();
    for passage in passages {
        let text = texts.entry(&passage.about).or_default();
        text.lines.push(passage);
        text.words.push_str(&passage.text);
    }
    for text in texts.values_mut() {
        text.unpaired = unpaired_mark(&text.words).is_some();
    }
    texts
}

/// Reports wrong marks, days that do not exist, and points that a list leaves out: 一是……三是.
fn check_marks(examiner: &mut ProseReader, passage: &Passage, whole: &WholeText) {
    let text = passage.text.as_str();
    if let Some(range) = adjacent_marks(text) {
        let piece = around(text, range.clone());
        warn(
            examiner,
            passage,
            range,
            (format!("“{piece}”处标点相连"), format!("there are two marks in a row in `{piece}`")),
            ("请删去一个", "delete one"),
        );
    }
    if let Some((at, mark)) = whole.unpaired.then(|| unpaired_mark(text)).flatten() {
        warn(
            examiner,
            passage,
            at..at + text[at..].chars().next().map_or(0, char::len_utf8),
            (format!("“{mark}”没有成对"), format!("`{mark}` has no partner")),
            ("请补上或删去", "add the other or delete it"),
        );
    }
    if let Some(at) = unpaired_quote(text) {
        let words = (r#"“"”没有成对，会印出来"#.to_owned(), r#"`"` has no partner and is printed"#.to_owned());
        warn(examiner, passage, at..at + 1, words, ("请补上或删去", "add the other or delete it"));
    }
    if is_all_quoted(&whole.words) {
        let words = (
            "整段文字写在引号中，引号会印出来".to_owned(),
            "the quotation marks around the text are printed".to_owned(),
        );
        let remedy = ("请删去引号；要括住这个值，用半角引号", "delete them; quotes of YAML are half-width");
        warn(examiner, passage, 0..text.len(), words, remedy);
    }
    if let Some(range) = impossible_day(text) {
        let day = &text[range.clone()];
        let words = (format!("没有“{day}”这一天"), format!("there is no {day}"));
        warn(examiner, passage, range, words, ("请核对日期", "check the date"));
    }
    if let Some((point, range)) = missing_point(text, &whole.words) {
        warn(
            examiner,
            passage,
            range,
            (format!("列举缺“{point}”"), format!("the list skips `{point}`")),
            ("请补上或改编号", "add it, or renumber the list"),
        );
    }
}

/// Reports numbers that lists leave out; a list may go over several lines of a text.
fn check_lists(examiner: &mut ProseReader, texts: &BTreeMap<&str, WholeText>) {
    for text in texts.values() {
        let entries = text.lines.iter().filter_map(|line| Some((*line, entry(&line.text)?)));
        let entries: Vec<_> = entries.map(|(line, (bracketed, number, at))| (line, (bracketed, number), at)).collect();
        let starts: BTreeSet<(bool, usize)> = entries.iter().map(|(_, entry, _)| *entry).collect();
        let inline = |bracketed: bool, number: usize| {
            let marks = match bracketed {
                true => [format!("（{}）", chinese(number)), format!("({})", chinese(number)), "（略）".to_owned()],
                false => [format!("{number}、"), format!("{number}."), format!("{number}．")],
            };
            text.lines.iter().any(|line| marks.iter().any(|mark| line.text.contains(mark)))
        };
        let mut looked_at = BTreeSet::new();
        for (passage, (bracketed, number), number_at) in entries {
            // What goes on from another text does not begin with 1.
            // （二） may follow a （一） that the form prints.
            let before = number.saturating_sub(1);
            if before == 0
                || !looked_at.insert((bracketed, number))
                || (bracketed && before == 1)
                || starts.contains(&(bracketed, before))
                || inline(bracketed, before)
                || (before > 1 && !starts.contains(&(bracketed, 1)))
            {
                continue;
            }
            warn(
                examiner,
                passage,
                number_at,
                (format!("列举有“{number}”而没有“{before}”"), format!("the list has a {number} but no {before}")),
                (&format!("请补上“{before}”或改编号"), &format!("add the {before}, or renumber the list")),
            );
            break;
        }
    }
}

/// Returns the number of the list's entry a line is, whether it is in brackets, and its bytes: 2. or （二）; 2.5公里 is
/// none.
fn entry(text: &str) -> Option<(bool, usize, Range<usize>)> {
    if let Some(inside) = text.strip_prefix(['（', '(']) {
        let (number, behind) = inside.split_once(['）', ')']).filter(|(number, _)| number.chars().count() < 4)?;
        let value = (1..30).find(|value| chinese(*value) == number)?;
        return Some((true, value, 0..text.len() - behind.len()));
    }
    let end = text.find(|character: char| !character.is_ascii_digit()).filter(|end| (1..=2).contains(end))?;
    let rest = text[end..].strip_prefix(['、', '.', '．'])?;
    let number = text[..end].parse().ok()?;
    (!rest.starts_with(|next: char| next.is_ascii_digit())).then_some((false, number, 0..end))
}

/// Reports paragraphs pasted twice: into one text, or, where they are long, into another that the form does not repeat.
fn check_pasted(examiner: &mut ProseReader, passages: &[&ParsedPassage]) {
    let prose = examiner.prose;
    let is_line = |passage: &&&ParsedPassage| passage.kind == PassageKind::Narrative;
    // The first line of the same words of each text.
    let mut known: HashMap<&str, Vec<&Passage>> = HashMap::new();
    for passage in passages.iter().filter(is_line) {
        let length = passage.text.chars().count();
        let others = known.entry(&passage.text).or_default();
        let same = |other: &&Passage| {
            let one_text = other.about == passage.about;
            let least = if one_text { 8 } else { 20 };
            length >= least && (one_text || !prose.form_repeats(&other.about, &passage.about))
        };
        let other = others.iter().copied().find(same);
        if others.iter().all(|other| other.about != passage.about) {
            others.push(passage);
        }
        let Some(other) = other else { continue };
        let piece: String = passage.text.chars().take(12).collect();
        warn(
            examiner,
            passage,
            0..passage.text.len(),
            (
                format!("整段“{piece}……”与 {} 的一段完全相同", other.about),
                format!("the whole paragraph `{piece}…` is also in {}", other.about),
            ),
            ("重复粘贴的请删去", "delete it if it is pasted twice"),
        );
    }
}

/// Warns of the words at the bytes `words` of a passage.
fn warn(
    examiner: &mut ProseReader,
    passage: &Passage,
    words: Range<usize>,
    (zh, en): (String, String),
    help: (&str, &str),
) {
    examiner.report_words(passage, words, Caution::Warning, Bilingual::new(zh, en), Bilingual::new(help.0, help.1));
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Returns the bytes of four characters or more and their repetition right behind them.
fn doubled(text: &str) -> Option<Range<usize>> {
    let characters: Vec<char> = text.chars().collect();
    (4..=20).find_map(|length| {
        let again = |at: &usize| characters.get(at + length) == Some(&characters[*at]) && is_han(characters[*at]);
        // Of `length` characters in a row one is looked at; only where it comes again are its neighbours.
        let probes = (length - 1..characters.len().saturating_sub(length)).step_by(length).filter(again);
        let starts = probes.filter_map(|probe| {
            let start = probe - (0..probe).rev().take_while(again).count();
            (start..characters.len()).take_while(again).nth(length - 1).map(|_| start)
        });
        let bytes = |end: usize| characters[..end].iter().map(|character| character.len_utf8()).sum();
        starts.into_iter().next().map(|start| bytes(start)..bytes(start + 2 * length))
    })
}

/// 《关于……》的通知: the title ends before its last words. Gives the bytes of both.
fn cut_title(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = text[from..].find("《关于") {
        let start = from + at;
        let title = &text[start..];
        let end = title.find('》')?;
        let whole = title[..end].contains("的通知") || title[..end].contains("的意见");
        if !whole && title[end..].starts_with("》的通知") {
            return Some(start..start + end + "》的通知".len());
        }
        from = start + end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_twice_in_a_row_are_found() {
        let text = "为广大妇女儿为广大妇女儿童发展";
        assert_eq!(doubled(text).map(|range| &text[range]), Some("为广大妇女儿为广大妇女儿"));
        assert_eq!(doubled("一级指标、一级指标"), None);
        assert_eq!(doubled("干干净净，高高兴兴，研究研究"), None);
    }

    #[test]
    fn a_title_ends_with_its_last_words() {
        assert!(cut_title("根据《关于印发某方案》的通知（某发〔2016〕16号）").is_some());
        assert_eq!(cut_title("根据《关于印发某方案的通知》（某发〔2016〕16号）"), None);
    }
}
