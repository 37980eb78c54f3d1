//! Verbs of change before numbers.

use crate::prose::numbers::{TextNumber, last_clause};

const UP: [&str; 10] = ["增加", "增长", "上升", "提高", "上涨", "增幅", "涨幅", "增速", "增多", "调增"];

const DOWN: [&str; 9] = ["减少", "下降", "降低", "压减", "降幅", "减幅", "下调", "缩减", "调减"];

/// Words between a verb and its number: 增长了, 增长率为, 增加额约.
const BETWEEN: [&str; 8] = ["了", "额", "率", "为", "约", "近", "达", "："];

/// Returns which way the verb right before a number goes: up is true.
pub(crate) fn direction(number: &TextNumber) -> Option<bool> {
    let mut before = number.before;
    while let Some(rest) = BETWEEN.iter().find_map(|word| before.strip_suffix(word)) {
        before = rest.trim_end();
    }
    let compared = || ["比", "较"].iter().any(|word| last_clause(before).contains(word));
    if UP.iter().any(|verb| before.ends_with(verb)) || (before.ends_with('多') && compared()) {
        Some(true)
    } else if DOWN.iter().any(|verb| before.ends_with(verb)) || (before.ends_with('少') && compared()) {
        Some(false)
    } else {
        None
    }
}
