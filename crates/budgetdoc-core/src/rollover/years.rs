//! Finds the years in prose that move on with the budget: the fiscal year and the one before.
//!
//! A year word is four digits and 年 in any script: 2022年, ２０２２年, 二〇二二年. It stays within 《》 and 〔〕, in a span
//! of years such as 2021-2025年, and inside `{{ }}` and `{% %}`. Of the others
//!
//! * the fiscal year moves, but for the start of something, 自2022年1月1日起, and for the day of something, 2022年1月15日
//!   批准, unless that is a limit: 2022年12月31日前;
//! * the year before moves as a cut-off date (截至2021年10月) and where budgets are compared (比2021年增加, 2021年预算数).
//!   Else it is the year of a past event, and stays.
//!
//! The years of a sentence move together or not at all. None moves if one of them stays, or if the sentence has typed
//! figures, compares in words, or denies: that is known of one year only.

use std::ops::Range;

use super::sentence::{sentences, states};
use crate::template::{Segment, SegmentKind, segments};

/// A year word in a text.
pub(super) struct YearWord {
    /// Its four digits, in bytes of the text.
    pub digits: Range<usize>,
    pub year: u16,
    /// The next year, in the same digits.
    pub next: String,
    /// Whether it moves on; else the user should look at it.
    pub moves_on: bool,
    /// Whether its sentence stays for what it says of the year.
    pub stated: bool,
    /// The number of its sentence in the text.
    pub sentence: usize,
}

/// The scripts of digits.
const DIGITS: [[char; 10]; 4] = [
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    ['○', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
];
const CUT_OFF: [&str; 4] = ["截至", "截止", "截至到", "截止到"];
const COMPARED: [&str; 3] = ["比", "较", "与"];
/// Words that end a comparison.
const CHANGES: [&str; 7] = ["增", "减", "升", "降", "涨", "持平", "相比"];
const OF_BUDGETS: [&str; 4] = ["预算", "年初预算", "决算", "执行数"];

/// Returns the year words of `year` and the one before, without those that stay.
///
/// With `by_line` a line of the text ends a sentence.
pub(super) fn year_words(text: &str, year: u16, by_line: bool) -> Vec<YearWord> {
    let mut words = Vec::new();
    let templates: Vec<Segment> = segments(text).filter(|segment| segment.kind != SegmentKind::Words).collect();
    for number in [year, year.saturating_sub(1)] {
        let written = DIGITS.iter().map(|digits| (digits, in_digits(number, digits)));
        for ((start, word), digits) in
            written.flat_map(|(digits, word)| find_word(text, &word).map(move |at| (at, digits)))
        {
            let (before, after) = (&text[..start], &text[start + word..]);
            if let Some(after) = after.trim_start_matches(' ').strip_prefix('年')
                && !ends_in_number(before)
                && !is_named(before)
                && !templates.iter().any(|template| template.range.contains(&start))
            {
                let behind = text.len() - after.len();
                let values = templates.iter().filter(|template| template.kind == SegmentKind::Value);
                let filter = values.filter_map(|value| value.range.start.checked_sub(behind)).next();
                let moves_on = !is_span(before, after) && moves_on(before, after, filter, number == year);
                let next = in_digits(number.saturating_add(1), digits);
                let stated = is_compared(before, after, filter) == Some(false);
                words.push(YearWord { digits: start..start + word, year: number, next, moves_on, stated, sentence: 0 });
            }
        }
    }
    words.sort_by_key(|word| word.digits.start);
    // Years without a zero are the same in both Chinese scripts.
    words.dedup_by_key(|word| word.digits.start);
    for (index, sentence) in sentences(text, &templates, by_line).iter().enumerate() {
        let mut inside: Vec<&mut YearWord> =
            words.iter_mut().filter(|word| sentence.contains(&word.digits.start)).collect();
        let stays = inside.iter().any(|word| !word.moves_on);
        let stated = inside.iter().any(|word| word.stated) || states(text, sentence, &templates);
        for word in &mut inside {
            (word.moves_on, word.stated, word.sentence) = (!stays && !stated, stated, index);
        }
    }
    words
}

/// Returns a year in `digits`, with leading zeros.
fn in_digits(year: u16, digits: &[char; 10]) -> String {
    let digit = |place: u16| digits[usize::from(year / place % 10)];
    [1000, 100, 10, 1].map(digit).iter().collect()
}

/// Returns the positions and the length of a word in a text.
fn find_word<'a>(text: &'a str, word: &str) -> impl Iterator<Item = (usize, usize)> + use<'a> {
    let find_word: Vec<_> = text.match_indices(word).map(|(at, word)| (at, word.len())).collect();
    find_word.into_iter()
}

/// `filter` is the place of a template's next value in `after`.
fn moves_on(before: &str, after: &str, filter: Option<usize>, this: bool) -> bool {
    let before = before.trim_end_matches(' ');
    let cut_off = CUT_OFF.iter().any(|word| before.ends_with(word));
    if this {
        return cut_off || (!["自", "从"].iter().any(|word| before.ends_with(word)) && !is_day(after));
    }
    let of_budget = OF_BUDGETS.iter().any(|word| after.trim_start_matches('度').starts_with(word));
    is_compared(before, after, filter).is_some() || of_budget || cut_off
}

/// Returns whether something is compared with the year, and a template says how it changed.
fn is_compared(before: &str, after: &str, filter: Option<usize>) -> Option<bool> {
    let clause = after.split(['，', '。', '；', '\n']).next().unwrap_or_default();
    let says = filter.is_some_and(|start| start < clause.len());
    let compared = COMPARED.iter().any(|word| before.trim_end_matches(' ').ends_with(word));
    (compared && (says || CHANGES.iter().any(|word| clause.contains(word)))).then_some(says)
}

/// Returns whether a month and a day follow, and no word that makes them a limit.
fn is_day(after: &str) -> bool {
    let number = |text: &str| text.trim_start_matches([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).len();
    let Some(day) = after[after.len() - number(after)..].strip_prefix('月') else { return false };
    let Some(rest) = day[day.len() - number(day)..].strip_prefix('日') else { return false };
    number(after) < after.len()
        && number(day) < day.len()
        && !["前", "之前", "以前", "止", "底"].iter().any(|limit| rest.starts_with(limit))
}

fn ends_in_number(before: &str) -> bool {
    before.ends_with(|last: char| last == '.' || is_digit(last))
}

fn is_digit(character: char) -> bool {
    DIGITS.iter().flatten().any(|digit| *digit == character)
}

/// Returns whether the year is one end of a span of years.
fn is_span(before: &str, after: &str) -> bool {
    const TO: [char; 8] = ['-', '–', '—', '－', '~', '～', '至', '到'];
    let left = before.trim_end_matches(' ');
    let from = left.trim_end_matches(TO).trim_end_matches(' ');
    let from = from.len() < left.len() && from.ends_with(|last: char| last == '年' || is_digit(last));
    let right = after.trim_start_matches(['度', ' ']);
    let to = right.trim_start_matches(TO).trim_start_matches(' ');
    from || (to.len() < right.len() && to.starts_with(is_digit))
}

/// Returns whether `before` ends inside the title or number of a document.
pub(super) fn is_named(before: &str) -> bool {
    [("《", "》"), ("〔", "〕")]
        .iter()
        .any(|(open, close)| before.matches(open).count() > before.matches(close).count())
}
