//! Years in prose: which of them are the fiscal year or the one before, and so move on with the budget.
//!
//! A year word is four digits and 年. It stays where it names something that keeps its year: within 《》 and 〔〕, in a
//! span of years such as 2021-2025年, and inside `{{ }}` and `{% %}`. Of the others
//!
//! * the fiscal year moves, but for the start of something: 自2022年1月1日起;
//! * the year before moves as a cut-off date (截至2021年10月) and where budgets are compared (比2021年增加, 2021年预算数).
//!   Else it tells of something that happened, and stays.

use std::ops::Range;

/// A year word in a text.
pub(super) struct YearWord {
    /// Its four digits, in bytes of the text.
    pub digits: Range<usize>,
    pub year: u16,
    /// Whether it moves on; if not, somebody should look at it.
    pub moves: bool,
}

const CUT_OFF: [&str; 4] = ["截至", "截止", "截至到", "截止到"];
const COMPARED: [&str; 3] = ["比", "较", "与"];
/// What a comparison says in the end; `{{` for a filter that says it.
const CHANGES: [&str; 8] = ["增", "减", "升", "降", "涨", "持平", "相比", "{{"];
const OF_BUDGETS: [&str; 4] = ["预算", "年初预算", "决算", "执行数"];

/// The year words of `year` and the one before, but for those that name something for good.
pub(super) fn year_words(text: &str, year: u16) -> Vec<YearWord> {
    let mut words = Vec::new();
    for number in [year, year.saturating_sub(1)] {
        for (start, digits) in text.match_indices(&format!("{number:04}")) {
            let (before, after) = (&text[..start], &text[start + digits.len()..]);
            if let Some(after) = after.trim_start_matches(' ').strip_prefix('年')
                && !ends_in_number(before)
                && !is_named(before)
            {
                let moves = !is_span(before, after) && moves(before, after, number == year);
                words.push(YearWord { digits: start..start + digits.len(), year: number, moves });
            }
        }
    }
    words.sort_by_key(|word| word.digits.start);
    words
}

fn moves(before: &str, after: &str, this: bool) -> bool {
    let before = before.trim_end_matches(' ');
    if this {
        return !["自", "从"].iter().any(|word| before.ends_with(word));
    }
    let clause = after.split(['，', '。', '；', '\n']).next().unwrap_or_default();
    let compared =
        COMPARED.iter().any(|word| before.ends_with(word)) && CHANGES.iter().any(|word| clause.contains(word));
    let of_budget = OF_BUDGETS.iter().any(|word| after.trim_start_matches('度').starts_with(word));
    compared || of_budget || CUT_OFF.iter().any(|word| before.ends_with(word))
}

fn ends_in_number(before: &str) -> bool {
    before.ends_with(|last: char| last.is_ascii_digit() || last == '.')
}

/// Whether the year is one end of a span of years.
fn is_span(before: &str, after: &str) -> bool {
    const TO: [char; 8] = ['-', '–', '—', '－', '~', '～', '至', '到'];
    let left = before.trim_end_matches(' ');
    let from = left.trim_end_matches(TO).trim_end_matches(' ');
    let from = from.len() < left.len() && from.ends_with(|last: char| last.is_ascii_digit() || last == '年');
    let right = after.trim_start_matches(['度', ' ']);
    let to = right.trim_start_matches(TO).trim_start_matches(' ');
    from || (to.len() < right.len() && to.starts_with(|first: char| first.is_ascii_digit()))
}

/// Whether a title, the number of a document or a template has begun before and not ended.
fn is_named(before: &str) -> bool {
    [("《", "》"), ("〔", "〕"), ("{{", "}}"), ("{%", "%}")]
        .iter()
        .any(|(open, close)| before.matches(open).count() > before.matches(close).count())
}
