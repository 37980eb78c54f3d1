//! Amounts that somebody typed into a text.

use crate::prose::numbers::{TextNumber, numbers};

/// Words around an amount that make it a limit or a rate rather than a figure of the budget.
const LIMITS_BEHIND: [&str; 7] = ["以上", "以下", "以内", "（含", "及以上", "起", "/"];

const LIMITS_BEFORE: [&str; 10] = ["单价", "每", "人均", "不超过", "限额", "标准", "最低", "最高", "租金", "定额"];

/// Returns amounts of a text that are figures of the budget or pretend to be: no limits, no rates.
pub(crate) fn amounts(text: &str) -> impl Iterator<Item = TextNumber<'_>> {
    let is_limit = |number: &TextNumber| {
        let (behind, clause) = (number.behind(), number.clause());
        behind.starts_with('每')
            || LIMITS_BEHIND.iter().any(|word| behind.starts_with(word))
            || LIMITS_BEFORE.iter().any(|word| clause.contains(word))
    };
    numbers(text).into_iter().filter(move |number| number.unit.is_some() && !number.quoted() && !is_limit(number))
}
