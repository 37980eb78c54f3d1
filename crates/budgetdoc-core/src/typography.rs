//! Slips of typing in Chinese text: half-width marks, straight quotation marks, stray spaces, substitutes of — … 《 ·,
//! and characters that replace ordinary ones or are invisible.
//!
//! Word processors leave them behind, and no typesetter can tell them from intention; so a spec says whether they are
//! reported or corrected. Templates between `{{` and `}}` are left alone.

use std::borrow::Cow;
use std::ops::Range;

use crate::characters::ordinary_form;
use crate::template::{SegmentKind, segments};

/// A slip: the bytes that are wrong, and what belongs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The bytes that are wrong.
    pub range: Range<usize>,
    /// Empty for a space or a character that does not belong there.
    pub right: Cow<'static, str>,
    /// Whether a reader cannot see what is wrong: a character that looks like the right one, or like nothing.
    pub unseen: bool,
}

/// Returns the half-width form of a full-width letter, digit or mark (U+FF01 to U+FF5E), and any other character as it is.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Sets a text right.
pub(crate) fn correct(text: &mut String) {
    loop {
        let slips = slips(text);
        if slips.is_empty() {
            return;
        }
        for slip in slips.into_iter().rev() {
            text.replace_range(slip.range, &slip.right);
        }
        // A space next to a mark is stray once the mark is full-width.
    }
}

/// Returns the slips of a text, from its start to its end.
pub fn slips(text: &str) -> Vec<Slip> {
    // Most texts have none, and most characters can be none.
    if !text.contains(|character| is_suspicious(character) || ordinary_form(character).is_some())
        && !text.contains("。。。")
    {
        return Vec::new();
    }
    let braces = segments(text).filter(|segment| segment.kind != SegmentKind::Words).map(|segment| segment.range);
    let mut braces = braces.peekable();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| chars.get(index).map(|(_, character)| *character);
    let mut slips = Vec::new();
    let mut unseen = Vec::new();
    let mut add_run = |from: usize, to: usize, right: &'static str| {
        let end = chars.get(to).map_or(text.len(), |(start, _)| *start);
        slips.push(Slip { range: chars[from].0..end, right: right.into(), unseen: false });
    };
    let mut open_bracket = None;
    let mut open_title = None;
    let mut open_quotes: [Option<usize>; 2] = [None; 2];
    let mut index = 0;
    while let Some(character) = at(index) {
        if let Some(braces) = braces.next_if(|braces| braces.start == chars[index].0) {
            index = chars.partition_point(|(start, _)| *start < braces.end);
            continue;
        }
        if let Some(right) = ordinary_form(character) {
            let (start, right) = (chars[index].0, right.map(String::from).unwrap_or_default());
            unseen.push(Slip { range: start..start + character.len_utf8(), right: right.into(), unseen: true });
            index += 1;
            continue;
        }
        if !is_suspicious(character) && character != '。' {
            index += 1;
            continue;
        }
        let run = chars[index..].iter().take_while(|(_, other)| *other == character).count();
        let mut add = |index: usize, right| add_run(index, index + 1, right);
        let before = (0..index).rev().find_map(|index| at(index).filter(|character| *character != ' '));
        let after = (index + 1..chars.len()).find_map(|index| at(index).filter(|character| *character != ' '));
        match character {
            ',' | ';' | ':' | '?' | '!' if before.is_some_and(is_chinese) || after.is_some_and(is_chinese) => {
                add(index, full_width(character));
            }
            '(' => open_bracket = Some((index, before)),
            ')' => {
                if let Some((open, before)) = open_bracket.take()
                    && (before.into_iter().chain(after).any(is_chinese) || holds_chinese(&chars[open..index]))
                {
                    add(open, "（");
                    add(index, "）");
                }
            }
            '\'' if before_letter(&chars, index) => {}
            '"' | '\'' => {
                let (quote, marks) = if character == '"' { (0, ["“", "”"]) } else { (1, ["‘", "’"]) };
                match open_quotes[quote].take() {
                    Some(open) if holds_chinese(&chars[open..index]) => {
                        add(open, marks[0]);
                        add(index, marks[1]);
                    }
                    _ => open_quotes[quote] = Some(index),
                }
            }
            // Dashes and dots that a typewriter has.
            '-' | '.' | '。' if run > 1 => {
                let neighbours = [index.checked_sub(1), Some(index + run)];
                let chinese = neighbours.into_iter().flatten().filter_map(at).any(is_chinese);
                if chinese && (character == '-' || run > 2) {
                    add_run(index, index + run, if character == '-' { "——" } else { "……" });
                }
                index += run;
                continue;
            }
            // 一.基本情况 is the number of an item.
            '.' if after.is_some_and(is_chinese) => {
                let ends = |character: char| is_chinese(character) && !"一二三四五六七八九十".contains(character);
                if index.checked_sub(1).and_then(at).is_some_and(ends) {
                    add(index, "。");
                }
            }
            '•' if before.is_some_and(is_chinese) && after.is_some_and(is_chinese) => add(index, "·"),
            '<' | '‹' | '«' if run > 1 || character == '«' => {
                open_title = Some((index, run.min(2)));
                index += run;
                continue;
            }
            '>' | '›' | '»' if run > 1 || character == '»' => {
                if let Some((open, marks)) = open_title.take()
                    && holds_chinese(&chars[open..index])
                {
                    add_run(open, open + marks, "《");
                    add_run(index, index + run.min(2), "》");
                }
                index += run;
                continue;
            }
            ' ' => {
                let belongs = |character: char| is_chinese(character) || character.is_ascii_digit();
                let unit = |character: char| is_chinese(character) || character == '%';
                let stray = match (before, after) {
                    (Some(before), Some(after)) if is_chinese(before) => belongs(after),
                    (Some(before), Some(after)) => (before.is_ascii_digit() || before == '%') && unit(after),
                    _ => false,
                };
                if stray {
                    add(index, "");
                }
            }
            _ => {}
        }
        index += 1;
    }
    slips.append(&mut unseen);
    slips.sort_by_key(|slip| slip.range.start);
    slips
}

/// Returns whether a character may be a slip where it stands; one 。 is none.
fn is_suspicious(character: char) -> bool {
    matches!(character, ' '..='"' | '\''..=')' | ','..='.' | ':'..='<' | '>' | '?' | '•' | '‹' | '›' | '«' | '»')
}

/// Returns whether a Latin letter or figure is directly before: an apostrophe or a minute, not an opening mark; and
/// a closing mark after one belongs to Latin text as well.
fn before_letter(chars: &[(usize, char)], index: usize) -> bool {
    index > 0 && chars[index - 1].1.is_ascii_alphanumeric()
}

/// Hanzi and the marks set with them.
fn is_chinese(character: char) -> bool {
    matches!(character,
        '\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '“' | '”' | '‘' | '’')
}

fn holds_chinese(chars: &[(usize, char)]) -> bool {
    chars.iter().any(|(_, character)| is_chinese(*character))
}

fn full_width(mark: char) -> &'static str {
    match mark {
        ',' => "，",
        ';' => "；",
        ':' => "：",
        '?' => "？",
        _ => "！",
    }
}

#[cfg(test)]
mod tests {
    use super::{correct, slips};

    fn right(text: &str) -> String {
        let mut text = text.to_owned();
        correct(&mut text);
        assert_eq!(slips(&text), [], "{text} is not right yet");
        text
    }

    #[test]
    fn half_width_marks_beside_chinese_become_full_width() {
        assert_eq!(right("规范运作,2022年预算"), "规范运作，2022年预算");
        assert_eq!(right("满意度≥90%;其他:无"), "满意度≥90%；其他：无");
        assert_eq!(right("为什么?好!"), "为什么？好！");
        assert_eq!(right("联合会(本级)"), "联合会（本级）");
        assert_eq!(right("设备(A4)采购"), "设备（A4）采购");
        assert_eq!(right("设备 A4(含税) x"), "设备 A4（含税） x");
    }

    #[test]
    fn figures_and_latin_text_keep_theirs() {
        for text in ["1,310.00万元", "比例1:2", "上午9:30开始", "see (a), b; c: d?", "参见http://a.cn/b?c", "f(x)"]
        {
            assert_eq!(right(text), text);
        }
    }

    #[test]
    fn stray_spaces_go() {
        assert_eq!(right("事 务"), "事务");
        assert_eq!(right("支出 2391.92        万元"), "支出2391.92万元");
        assert_eq!(right("增长 34.38 %"), "增长34.38%");
        assert_eq!(right("预算, 支出"), "预算，支出");
        for text in ["1. 预算", "OFD 文件", "第一部分　概况", " 首行", "a b"] {
            assert_eq!(right(text), text);
        }
    }

    #[test]
    fn straight_quotation_marks_become_a_pair() {
        assert_eq!(right("\"三公\"经费和\"四自\"精神"), "“三公”经费和“四自”精神");
        assert_eq!(right("'三八'红旗手"), "‘三八’红旗手");
        for text in ["say \"yes\"", "5'", "\"三公经费", "it's 部门 of '95"] {
            assert_eq!(right(text), text);
        }
    }

    #[test]
    fn what_a_typewriter_has_becomes_what_print_has() {
        assert_eq!(right("工资福利支出.是否合规"), "工资福利支出。是否合规");
        assert_eq!(right("破折号--与"), "破折号——与");
        assert_eq!(right("省略号...与。。。与。。。。。。止"), "省略号……与……与……止");
        assert_eq!(right("李明•王强"), "李明·王强");
        assert_eq!(right("见<<通知>>和‹‹办法››、«规定»"), "见《通知》和《办法》、《规定》");
        for text in [
            "1.5万元",
            "一.基本情况",
            "a--b",
            "wait...",
            "--help",
            "<<EOF>>",
            "a << b",
            "第1.2条",
            "• 项目",
            "。",
            "V2.0版",
            "www.gov.cn网站",
        ] {
            assert_eq!(right(text), text);
        }
    }

    #[test]
    fn characters_that_stand_in_for_others_go() {
        assert_eq!(right("\u{2f54}\u{2f9c}局\u{ad}的防\u{200b}汛"), "水足局的防汛");
        assert_eq!(right("王\u{e863}，支出"), "王䶮，支出");
        assert_eq!(right("支出\u{200b},其中"), "支出，其中");
    }

    #[test]
    fn templates_are_left_alone() {
        for text in ["为{{ f(\"总\", 'x') }}，其中", "{% if a %}增{% endif %}", "未完{{ a, 总"] {
            assert_eq!(right(text), text);
        }
        assert_eq!(right("为{{ total }},其中{{ a }}"), "为{{ total }}，其中{{ a }}");
    }
}
