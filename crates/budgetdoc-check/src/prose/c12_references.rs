//! C12: parts and tables that texts refer to exist.

use crate::figures::table_kinds::parts_in_outline;
use crate::prose::reader::{Caution, ProseReader, bytes_of};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::numerals::chinese;

pub(crate) const RULE: Rule = Rule {
    id: "C12",
    severity: Severity::Warning,
    title: ("文字提到的部分和表存在", "Parts and tables that the text refers to exist"),
    explanation: (
        "目录由程序按实际的部分和表编出，次序、标题和页码不会不符；文字中“第十二部分”“见表 13”一类的说法，必须有相应的部分或表；“水表20块”“附表 3”和《》之后的，不是对本文件的引用。",
        "The parts and tables that the text refers to by number exist in the document. Counts (水表20块), annexes and words after 《》 are no references to this document.",
    ),
    wrong: "text:\n  assets: 详见表 13。    # 共11张表",
    right: "text:\n  assets: 详见表 11。",
    checks: &[Check::Prose(check)],
};

/// Words before the number of a table of the same document: none, a mark, or 见, 由 and the like.
const BEFORE_TABLE: [char; 26] = [
    '见', '由', '从', '如', '按', '据', '在', '至', '到', '和', '与', '及', '或', '自', '（', '(', '“', '、', '，',
    '。', '；', '：', ',', ' ', '—', '\u{3000}',
];

/// Counting words: 水表20块 counts things.
const COUNTED: [char; 27] = [
    '块', '份', '张', '只', '个', '项', '台', '套', '件', '本', '册', '次', '人', '户', '支', '枚', '万', '亿', '元',
    '年', '月', '日', '%', '％', '种', '类', '式',
];

/// Returns the references to tables and parts by their numbers: the words and the number.
fn references(text: &str) -> Vec<(&str, bool, usize)> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices('表') {
        let from = at + word.len();
        let spaces = text[from..].len() - text[from..].trim_start().len();
        let Some((number, end)) = leading_number(&text[from + spaces..]) else { continue };
        let end = from + spaces + end;
        let before = text[..at].chars().next_back();
        let behind = text[end..].chars().next();
        let fraction = behind == Some('.') && text[end + 1..].starts_with(|next: char| next.is_ascii_digit());
        let own = before.is_none_or(|before| BEFORE_TABLE.contains(&before)) || text[..at].ends_with("部分");
        if own && !fraction && !behind.is_some_and(|behind| COUNTED.contains(&behind)) {
            found.push((&text[at..end], true, number));
        }
    }
    for (at, word) in text.match_indices('第') {
        let from = at + word.len();
        let Some((number, length)) = leading_number(&text[from..]) else { continue };
        // 《……》第十部分 is another document's.
        if text[from + length..].starts_with("部分") && !text[..at].ends_with('》') {
            found.push((&text[at..from + length + "部分".len()], false, number));
        }
    }
    found
}

/// Returns a number in figures, full-width figures or Chinese numerals at the beginning of a text, and its length in
/// bytes.
fn leading_number(text: &str) -> Option<(usize, usize)> {
    let digit = |character: char| match character {
        '0'..='9' => character.to_digit(10),
        '０'..='９' => Some(u32::from(character) - u32::from('０')),
        _ => None,
    };
    let digits = text.find(|character: char| digit(character).is_none()).unwrap_or(text.len());
    if digits > 0 {
        let number: String = text[..digits].chars().filter_map(digit).map(|digit| digit.to_string()).collect();
        return number.parse().ok().map(|number| (number, digits));
    }
    let cn = text.find(|character| !"一二三四五六七八九十".contains(character)).unwrap_or(text.len());
    // Most words behind 第 are no numbers.
    if cn == 0 {
        return None;
    }
    (1..100).find(|number| chinese(*number) == text[..cn]).map(|number| (number, cn))
}

fn check(examiner: &mut ProseReader) {
    let profile = &examiner.budget.profile;
    let titled = |id: &&str| profile.tables.get(id).is_some_and(|table| table.title.is_some());
    let tables = examiner.budget.table_ids().into_iter().filter(titled).count();
    let parts = parts_in_outline(profile);
    for passage in examiner.narrative() {
        examiner.count_one();
        let absent = |(words, is_table, number): &(&str, bool, usize)| {
            let there = *number > 0 && *number <= if *is_table { tables } else { parts };
            !there && passage.holds(bytes_of(words, &passage.text))
        };
        let Some((words, is_table, _)) = references(&passage.text).into_iter().find(absent) else { continue };
        let (count, zh, en) = if is_table { (tables, "张表", "tables") } else { (parts, "个部分", "parts") };
        examiner.report_words(
            passage,
            bytes_of(words, &passage.text),
            Caution::Warning,
            Bilingual::new(
                format!("文字提到“{words}”，而文档只有 {count} {zh}"),
                format!("the text refers to `{words}`, but there are {count} {en}"),
            ),
            Bilingual::new("请核对编号", "check the number"),
        );
    }
}
