//! Impossible punctuation, and words typed twice.

use crate::prose::word_list::{WordList, places};
use std::ops::Range;

use budgetdoc_core::spec::Day;

use crate::prose::numbers::last_clause;

/// Marks that never follow each other.
const STOPS: [char; 5] = ['，', '。', '；', '：', '、'];

/// Brackets and quotation marks that come in pairs; half-width round ones count as full-width.
const PAIRS: [(char, char); 5] = [('（', '）'), ('《', '》'), ('“', '”'), ('〔', '〕'), ('【', '】')];

/// Words that never follow themselves. Others may: 委员会委员会议, 项目支出支出进度.
static DOUBLED: WordList = WordList::named("mark doubled");

/// Returns the bytes of two adjacent marks, or of a full stop inside a number.
pub(crate) fn adjacent_marks(text: &str) -> Option<Range<usize>> {
    let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    let mut last = 0..0;
    for (at, mark) in text.match_indices(STOPS) {
        let range = at..at + mark.len();
        if last.end == at && !last.is_empty() {
            return Some(last.start..range.end);
        }
        if mark == "。" && digit(text[..at].chars().next_back()) && digit(text[range.end..].chars().next()) {
            return Some(range);
        }
        last = range;
    }
    // 12..5万元.
    let dots = places(text, "..")
        .find(|(at, dots)| digit(text[..*at].chars().next_back()) && digit(text[at + dots.len()..].chars().next()));
    dots.map(|(at, dots)| at..at + dots.len())
}

/// Returns the bytes of an impossible day: 2月30日.
pub(crate) fn impossible_day(text: &str) -> Option<Range<usize>> {
    text.match_indices('月').find_map(|(at, word)| {
        let digits = |character: char| character.is_ascii_digit();
        let month = &text[..at][text[..at].trim_end_matches(digits).len()..];
        let rest = &text[at + word.len()..];
        let day = &rest[..rest.len() - rest.trim_start_matches(digits).len()];
        if !rest[day.len()..].starts_with('日') || month.len() > 2 || day.len() > 2 {
            return None;
        }
        // The year may be elsewhere, so 29 February is allowed.
        const LEAP_YEAR: u16 = 2024;
        let known = Day::new(LEAP_YEAR, month.parse().ok()?, day.parse().ok()?).is_some();
        let end = at + word.len() + day.len() + '日'.len_utf8();
        (!known).then(|| at - month.len()..end)
    })
}

/// Returns a piece of a text with two characters on either side.
pub(crate) fn around(text: &str, piece: Range<usize>) -> &str {
    let before: usize = text[..piece.start].chars().rev().take(2).map(char::len_utf8).sum();
    let behind: usize = text[piece.end..].chars().take(2).map(char::len_utf8).sum();
    &text[piece.start - before..piece.end + behind]
}

/// Returns the straight quotation mark of a text that has no partner: left over from the quotes of a value.
pub(crate) fn unpaired_quote(text: &str) -> Option<usize> {
    let (count, last) = text.match_indices('"').fold((0, None), |(count, _), (at, _)| (count + 1, Some(at)));
    // At one of its ends it is a slip; within, it may be a mark of inches.
    last.filter(|at| count == 1 && (*at == 0 || at + 1 == text.len()))
}

/// Returns whether one pair of quotation marks encloses a whole text: typed for the quotes of a value.
pub(crate) fn is_all_quoted(text: &str) -> bool {
    let inside = text.trim().strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    inside.is_some_and(|inside| inside.ends_with(['。', '！', '？']) && !inside.contains(['“', '”']))
}

/// Returns a bracket or quotation mark that has no partner, and where it begins. The ） of a list's number, 1）, needs
/// none.
pub(crate) fn unpaired_mark(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, mark) in text.char_indices() {
        // Han characters follow all brackets but those of full width.
        if ('\u{3400}'..'\u{ff00}').contains(&mark) {
            continue;
        }
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

/// Returns whether a text ends with a number alone in its clause: the 1 of 1）.
fn numbers_a_list(before: &str) -> bool {
    let clause = last_clause(before).trim();
    let number = |character: char| character.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(character);
    !clause.is_empty() && clause.chars().count() <= 3 && clause.chars().all(number)
}

/// Returns the bytes of a repeated word that is never repeated on purpose.
pub(crate) fn repeated_word(text: &str) -> Option<Range<usize>> {
    let words = DOUBLED.iter().copied().filter(|word| text.contains(word));
    words.filter_map(|word| text.find(&word.repeat(2)).map(|at| at..at + 2 * word.len())).next()
}

/// Returns what is missing before 二是 or 三是 in a line and in the whole text it is of, and the bytes of the point behind
/// the gap.
pub(crate) fn missing_point(text: &str, whole: &str) -> Option<(&'static str, Range<usize>)> {
    static POINTS: WordList = WordList::named("mark points");
    let is_present = |point: &'static str| {
        let mut places = places(text, point).filter(|(at, _)| {
            let before = text[..*at].chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric()) || text[..*at].ends_with("原因")
        });
        places.next().map(|(at, point)| at..at + point.len())
    };
    let gap = |index: usize| {
        let point = is_present(POINTS[index]).filter(|_| !whole.contains(POINTS[index - 1]))?;
        Some((POINTS[index - 1], point))
    };
    (1..POINTS.len()).find_map(gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_side_by_side_are_found() {
        for text in ["召开会议，，组织", "会议。。", "会议；。", "会议，、组织", "会议费12。5万元", "12..5万元"]
        {
            assert!(adjacent_marks(text).is_some(), "{text}");
        }
        for text in ["《甲》、《乙》，等。", "“甲”。“乙”", "共5个。10月起", "甲：“乙。”丙"]
        {
            assert_eq!(adjacent_marks(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_want_their_partner() {
        for text in
            ["会议（含线上会议，培训", "会议含线上会议），培训", "《规划，培训", "规划》", "”甲”", "“甲“", "《甲（乙》"]
        {
            assert!(unpaired_mark(text).is_some(), "{text}");
        }
        for text in
            ["1）召开会议", "①会议（含线上会议)", "（一）《规划（2021-2030年）》“甲”", "a）甲；b）乙", "5（6）7"]
        {
            assert_eq!(unpaired_mark(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_their_month() {
        let day = |text| impossible_day(text).map(|range| &text[range]);
        assert_eq!(day("截至2021年11月31日，"), Some("11月31日"));
        assert_eq!(day("截至2021年13月1日，"), Some("13月1日"));
        assert_eq!(impossible_day("2024年2月29日至12月31日，6月起，8月底"), None);
    }

    #[test]
    fn words_and_points() {
        let twice = "主要用于用于召开会议";
        assert_eq!(repeated_word(twice).map(|range| &twice[range]), Some("用于用于"));
        assert_eq!(repeated_word("常务委员会委员会议，项目支出支出进度"), None);
        let missing = |text| missing_point(text, text).map(|(point, range)| (point, &text[range]));
        assert_eq!(missing("一是召开会议；三是组织培训。"), Some(("二是", "三是")));
        assert_eq!(missing("主要原因是召开会议；二是组织培训。"), Some(("一是", "二是")));
        for text in ["一是召开会议；二是组织培训；三是宣传。", "第三是甲，唯一是乙"] {
            assert_eq!(missing_point(text, text), None);
        }
    }
}
