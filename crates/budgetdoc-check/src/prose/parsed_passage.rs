//! Lines of a document with the numbers in them.

use std::ops::Deref;

use crate::prose::numbers::{TextNumber, is_in_digits, numbers_with_counts};
use crate::prose::word_list::WordList;
use budgetdoc_core::compose::{Passage, Prose};

/// Words around an amount that make it a limit or a rate rather than a figure of the budget.
static LIMITS_BEHIND: WordList = WordList::named("limit limits behind");

static LIMITS_BEFORE: WordList = WordList::named("limit limits before");

/// A passage and its numbers, which are read once for all rules.
pub(crate) struct ParsedPassage<'a> {
    passage: &'a Passage,
    numbers: Vec<TextNumber<'a>>,
}

impl<'a> ParsedPassage<'a> {
    /// Returns every passage of a document.
    pub fn all(prose: &'a Prose) -> Vec<Self> {
        let parsed = |passage: &'a Passage| ParsedPassage { passage, numbers: numbers_with_counts(&passage.text) };
        prose.passages.iter().map(parsed).collect()
    }

    /// Returns its numbers from left to right, including counts in Chinese numerals: 五百人次.
    pub fn numbers_with_counts(&self) -> &[TextNumber<'a>] {
        &self.numbers
    }

    /// Returns its numbers in digits, and in Chinese numerals where they are money.
    pub fn numbers(&self) -> impl Iterator<Item = &TextNumber<'a>> {
        self.numbers.iter().filter(|number| is_in_digits(number))
    }

    /// Returns its amounts that are figures of the budget or pretend to be: no limits, no rates.
    pub fn amounts(&self) -> impl Iterator<Item = &TextNumber<'a>> {
        let is_limit = |number: &TextNumber| {
            let (behind, clause) = (number.behind(), number.clause());
            behind.starts_with('每')
                || LIMITS_BEHIND.iter().any(|word| behind.starts_with(word))
                || LIMITS_BEFORE.iter().any(|word| clause.contains(word))
        };
        self.numbers.iter().filter(move |number| number.unit.is_some() && !number.quoted() && !is_limit(number))
    }
}

impl Deref for ParsedPassage<'_> {
    type Target = Passage;

    fn deref(&self) -> &Passage {
        self.passage
    }
}
