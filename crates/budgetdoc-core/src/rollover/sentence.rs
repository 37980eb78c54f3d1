//! Sentences about one year: what they count, compare or deny is not known for the next.

use std::ops::Range;

use super::years::is_named;
use crate::template::Segment;

/// Words by which a sentence says that there is none of something.
const NONE: [&str; 4] = ["没有", "未", "无", "不再"];
/// The same characters in words that say nothing of the kind.
const NO_NONE: [&str; 3] = ["未来", "未成年", "无障碍"];

/// Returns the sentences of a text, which are all of it in a row. With `by_line` the end of a line ends a sentence too.
/// Marks in templates end none.
pub(super) fn sentences(text: &str, templates: &[Segment], by_line: bool) -> Vec<Range<usize>> {
    let ends = |mark: char| "。！？".contains(mark) || (by_line && mark == '\n');
    let outside = |at: usize| !templates.iter().any(|template| template.range.contains(&at));
    let marks = text.char_indices().filter(|(at, mark)| ends(*mark) && outside(*at));
    let mut start = 0;
    let cuts = marks.map(|(at, mark)| at + mark.len_utf8()).chain([text.len()]);
    cuts.map(|end| std::mem::replace(&mut start, end)..end).filter(|sentence| !sentence.is_empty()).collect()
}

/// Returns whether a sentence counts something in typed figures, or says that there is none of it.
pub(super) fn states(text: &str, sentence: &Range<usize>, templates: &[Segment]) -> bool {
    let outside = |at: usize| !templates.iter().any(|template| template.range.contains(&at));
    let words = &text[sentence.clone()];
    let in_sentence = |at: usize| outside(sentence.start + at) && !is_named(&words[..at]);
    let denies = NONE
        .iter()
        .flat_map(|word| words.match_indices(word))
        .any(|(at, _)| in_sentence(at) && !NO_NONE.iter().any(|word| words[at..].starts_with(word)));
    denies || numbers(words).any(|number| in_sentence(number.start) && counts(words, number))
}

/// Returns the ranges of numbers: digits in a row with their separators, and numerals before 元.
fn numbers(words: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    words.char_indices().filter_map(move |(at, first)| {
        let long = |is: fn(char) -> bool| words[at..].find(|next: char| !is(next)).unwrap_or(words.len() - at);
        let is_new = at >= end;
        let length = match first {
            _ if !is_new => 0,
            _ if is_digit(first) => long(|next| is_digit(next) || ".,，．".contains(next)),
            _ if is_numeral(first) && words[at + long(is_numeral)..].starts_with('元') => long(is_numeral),
            _ => 0,
        };
        end = end.max(at + length);
        (length > 0).then(|| at..at + length)
    })
}

/// Returns whether a number counts something, and is no date, number of a list, part of a name or limit.
fn counts(words: &str, number: Range<usize>) -> bool {
    let digits = words[number.clone()].trim_end_matches(['.', ',', '，', '．']);
    let (before, after) = (words[..number.start].trim_end(), words[number.start + digits.len()..].trim_start());
    let is_date = after.starts_with(['年', '月', '日', '号', '时']) || before.ends_with("〔");
    let to_year = digits.chars().count() == 4 && after.starts_with(['-', '–', '—', '－', '~', '～', '至', '到']);
    let lists = before.is_empty() || before.ends_with(['（', '(', '；', '：', '\n']);
    let is_point =
        lists && (after.starts_with(['.', '．', '、', '）', ')']) || digits.len() < words[number.clone()].len());
    let in_name = before.ends_with(|letter: char| letter.is_ascii_alphabetic() || letter == '第')
        || after.starts_with(|letter: char| letter.is_ascii_alphabetic());
    // 单价50万元以上: a limit holds in any year.
    let unit = after.trim_start_matches(|unit| "万亿千百元".contains(unit));
    let is_limit = ["以上", "以下", "以内", "及以上", "（含"].iter().any(|word| unit.starts_with(word));
    !(is_date || to_year || is_point || in_name || is_limit)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

fn is_numeral(character: char) -> bool {
    "〇零一二三四五六七八九十百千万亿两点".contains(character)
}
