//! What is reported of a sentence.

use std::ops::Range;

use super::CHANGES;
use super::bind::Binder;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;

/// A statement that contradicts a figure, or another statement of the same text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contradiction {
    /// The rule it breaks.
    pub rule: &'static str,
    /// The bytes of the words at fault.
    pub range: Range<usize>,
    pub of: Contradicted,
    pub message: Bilingual,
}

/// What a statement contradicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Contradicted {
    /// The text itself.
    Text,
    /// A figure; a text is right if that is off by an amount between these.
    Figure { least: Money, most: Money },
}

impl Contradicted {
    /// A figure that is off by any amount.
    pub const ANY_FIGURE: Contradicted = Contradicted::Figure { least: Money::ZERO, most: Money::LIMIT };
}

impl Binder<'_, '_> {
    /// Adds a contradiction of a figure.
    pub(super) fn contradict_figure(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), of: Contradicted::ANY_FIGURE, message });
    }

    /// Adds a contradiction of a figure by an amount; none where that is too large to be known.
    pub(super) fn contradict_amount(
        &mut self,
        rule: &'static str,
        range: &Range<usize>,
        by: Option<Money>,
        words: Bilingual,
    ) {
        let by = by.map(Money::abs);
        let of = by.map_or(Contradicted::ANY_FIGURE, |by| Contradicted::Figure { least: by, most: by });
        self.found.push(Contradiction { rule, range: range.clone(), of, message: words });
    }

    /// Adds a contradiction of the direction of a change; `gap` is how far the figure went.
    pub(super) fn contradict_direction(&mut self, range: &Range<usize>, gap: Money, words: Bilingual) {
        let of = Contradicted::Figure { least: gap.abs(), most: Money::LIMIT };
        self.found.push(Contradiction { rule: CHANGES, range: range.clone(), of, message: words });
    }

    /// Adds a contradiction within the text.
    pub(super) fn contradict_text(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), of: Contradicted::Text, message });
    }
}

/// Returns the name of a figure in quotes, in Chinese and English; without a name it is the figure named earlier.
pub(super) fn quoted_name(name: &str) -> (String, String) {
    match name {
        "" => ("该数".to_owned(), "the figure".to_owned()),
        name => (format!("“{name}”"), format!("`{name}`")),
    }
}
