//! Amounts that somebody typed into a text.

use crate::prose::numbers::{TextNumber, numbers};
use crate::prose::word_list::WordList;

/// Words around an amount that make it a limit or a rate rather than a figure of the budget.
static LIMITS_BEHIND: WordList = WordList::named("limit limits behind");

static LIMITS_BEFORE: WordList = WordList::named("limit limits before");

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
