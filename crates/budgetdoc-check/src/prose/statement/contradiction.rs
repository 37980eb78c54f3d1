//! What is reported of a sentence.

use std::ops::Range;

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
    /// A figure, and by how much where that is an amount.
    Figure(Option<Money>),
}

impl Binder<'_, '_> {
    /// Adds a contradiction of a figure.
    pub(super) fn contradict_figure(&mut self, rule: &'static str, range: &Range<usize>, zh: String, en: String) {
        let message = Bilingual::new(zh, en);
        self.found.push(Contradiction { rule, range: range.clone(), of: Contradicted::Figure(None), message });
    }

    /// Adds a contradiction of a figure by an amount; none where that is too large to be known.
    pub(super) fn contradict_amount(
        &mut self,
        rule: &'static str,
        range: &Range<usize>,
        by: Option<Money>,
        words: Bilingual,
    ) {
        let of = Contradicted::Figure(by.map(Money::abs));
        self.found.push(Contradiction { rule, range: range.clone(), of, message: words });
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
