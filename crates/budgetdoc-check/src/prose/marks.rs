//! Punctuation that cannot be meant, and words typed twice.

use std::ops::Range;

use budgetdoc_core::spec::Day;

use crate::prose::numbers::last_clause;

/// Marks of which no two stand side by side.
const STOPS: [char; 5] = ['，', '。', '；', '：', '、'];

/// Brackets and quotation marks that come in pairs; half-width round ones count as full-width.
const PAIRS: [(char, char); 5] = [('（', '）'), ('《', '》'), ('“', '”'), ('〔', '〕'), ('【', '】')];

/// Words that never follow themselves. Others may: 委员会委员会议, 项目支出支出进度.
const DOUBLED: [&str; 8] = ["用于", "主要", "上年", "万元", "原因是", "主要是", "增加", "减少"];

/// Two marks side by side, or a full stop inside a number, with the characters around.
pub(crate) fn side_by_side(text: &str) -> Option<String> {
    let mut last: Option<(usize, char)> = None;
    for (at, mark) in text.match_indices(STOPS) {
        let mark_ = mark.chars().next()?;
        if let Some((before, first)) = last
            && before + first.len_utf8() == at
        {
            return Some(around(text, before, at + mark.len()));
        }
        let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
        let behind = text[at + mark.len()..].chars().next();
        if mark_ == '。' && digit(text[..at].chars().next_back()) && digit(behind) {
            return Some(around(text, at, at + mark.len()));
        }
        last = Some((at, mark_));
    }
    // 12..5万元.
    let dots = text.match_indices("..").find(|(at, dots)| {
        text[..*at].ends_with(|last: char| last.is_ascii_digit())
            && text[at + dots.len()..].starts_with(|next: char| next.is_ascii_digit())
    });
    dots.map(|(at, dots)| around(text, at, at + dots.len()))
}

/// A day no month has, 2月30日: its bytes.
pub(crate) fn no_such_day(text: &str) -> Option<Range<usize>> {
    text.match_indices('月').find_map(|(at, word)| {
        let digits = |character: char| character.is_ascii_digit();
        let month = &text[..at][text[..at].trim_end_matches(digits).len()..];
        let rest = &text[at + word.len()..];
        let day = &rest[..rest.len() - rest.trim_start_matches(digits).len()];
        if !rest[day.len()..].starts_with('日') || month.len() > 2 || day.len() > 2 {
            return None;
        }
        // The year may stand elsewhere, so 29 February may be.
        const LEAP_YEAR: u16 = 2024;
        let known = Day::new(LEAP_YEAR, month.parse().ok()?, day.parse().ok()?).is_some();
        let end = at + word.len() + day.len() + '日'.len_utf8();
        (!known).then(|| at - month.len()..end)
    })
}

/// A piece of a text with two characters on either side.
fn around(text: &str, from: usize, to: usize) -> String {
    let before: usize = text[..from].chars().rev().take(2).map(char::len_utf8).sum();
    let behind: usize = text[to..].chars().take(2).map(char::len_utf8).sum();
    text[from - before..to + behind].to_owned()
}

/// A bracket or quotation mark that has no partner, and where it begins. The ） of a list's number, 1）, needs none.
pub(crate) fn unpaired(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, mark) in text.char_indices() {
        let full = match mark {
            '(' => '（',
            ')' => '）',
            other => other,
        };
        if PAIRS.iter().any(|(first, _)| *first == full) {
            open.push((at, full));
        } else if let Some((first, _)) = PAIRS.iter().find(|(_, second)| *second == full) {
            match open.iter().rposition(|(_, open)| open == first) {
                Some(index) if index + 1 == open.len() => drop(open.pop()),
                // 《a（b》: the one inside has no partner.
                Some(index) => return open.get(index + 1).copied(),
                None if full == '）' && numbers_a_list(&text[..at]) => {}
                None => return Some((at, mark)),
            }
        }
    }
    open.pop()
}

/// Whether a text ends with a number alone in its clause: the 1 of 1）.
fn numbers_a_list(before: &str) -> bool {
    let clause = last_clause(before).trim();
    let number = |character: char| character.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(character);
    !clause.is_empty() && clause.chars().count() <= 3 && clause.chars().all(number)
}

/// A word that stands twice in a row though it never does.
pub(crate) fn word_twice(text: &str) -> Option<&'static str> {
    DOUBLED.into_iter().filter(|word| text.contains(word)).find(|word| {
        let mut rest = text;
        while let Some(at) = rest.find(word) {
            rest = &rest[at + word.len()..];
            if rest.starts_with(word) {
                return true;
            }
        }
        false
    })
}

/// 一是……三是 without 二是: the one that is missing.
pub(crate) fn missing_point(text: &str) -> Option<&'static str> {
    const POINTS: [&str; 7] = ["一是", "二是", "三是", "四是", "五是", "六是", "七是"];
    if !text.contains("一是") {
        return None;
    }
    let stands = |point: &str| {
        text.match_indices(point).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric()) || text[..at].ends_with("主要原因")
        })
    };
    let missing = |index: &usize| stands(POINTS[0]) && stands(POINTS[*index]) && !text.contains(POINTS[*index - 1]);
    (2..POINTS.len()).find(missing).map(|index| POINTS[index - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_side_by_side_are_found() {
        for text in ["召开会议，，组织", "会议。。", "会议；。", "会议，、组织", "会议费12。5万元", "12..5万元"]
        {
            assert!(side_by_side(text).is_some(), "{text}");
        }
        for text in ["《甲》、《乙》，等。", "“甲”。“乙”", "共5个。10月起", "甲：“乙。”丙"]
        {
            assert_eq!(side_by_side(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_want_their_partner() {
        for text in
            ["会议（含线上会议，培训", "会议含线上会议），培训", "《规划，培训", "规划》", "”甲”", "“甲“", "《甲（乙》"]
        {
            assert!(unpaired(text).is_some(), "{text}");
        }
        for text in
            ["1）召开会议", "①会议（含线上会议)", "（一）《规划（2021-2030年）》“甲”", "a）甲；b）乙", "5（6）7"]
        {
            assert_eq!(unpaired(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_their_month() {
        let day = |text| no_such_day(text).map(|range| &text[range]);
        assert_eq!(day("截至2021年11月31日，"), Some("11月31日"));
        assert_eq!(day("截至2021年13月1日，"), Some("13月1日"));
        assert_eq!(no_such_day("2024年2月29日至12月31日，6月起，8月底"), None);
    }

    #[test]
    fn words_and_points() {
        assert_eq!(word_twice("主要用于用于召开会议"), Some("用于"));
        assert_eq!(word_twice("常务委员会委员会议，项目支出支出进度"), None);
        assert_eq!(missing_point("一是召开会议；三是组织培训。"), Some("二是"));
        assert_eq!(missing_point("一是召开会议；二是组织培训；三是宣传。"), None);
        assert_eq!(missing_point("第三是甲，唯一是乙"), None);
    }
}
