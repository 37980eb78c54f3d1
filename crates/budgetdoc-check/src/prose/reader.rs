//! What rules that read text work with.

use std::ops::{Deref, Range};

use crate::Severity;
use crate::examiner::Examiner;
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::source::Located;
use budgetdoc_document::{Place, PlaceRange};

/// An examiner that reports no errors: to read a sentence is to guess what it means, and a guess stops no publication.
pub(crate) struct ProseReader<'e, 'a>(&'e mut Examiner<'a>);

/// The severity of a reading: never an error.
#[derive(Clone, Copy)]
pub(crate) enum Caution {
    /// Worth knowing.
    Note,
    /// Likely wrong.
    Warning,
}

impl<'e, 'a> ProseReader<'e, 'a> {
    pub fn new(examiner: &'e mut Examiner<'a>) -> Self {
        ProseReader(examiner)
    }

    /// Counts something the rule looked at.
    pub fn count_one(&mut self) {
        self.0.count_one();
    }

    /// Reports a finding.
    pub fn report(
        &mut self,
        about: impl Into<String>,
        caution: Caution,
        place: Option<Place>,
        message: Bilingual,
        help: Bilingual,
    ) {
        let severity = match caution {
            Caution::Note => Severity::Note,
            Caution::Warning => Severity::Warning,
        };
        self.0.report(about, severity, place, message, help);
    }

    /// Reports a finding at words of the spec.
    pub fn report_place(
        &mut self,
        about: String,
        words: Option<PlaceRange>,
        caution: Caution,
        message: Bilingual,
        help: Bilingual,
    ) {
        self.report(about, caution, words.map(|words| words.start), message, help);
        self.0.point_at_words(words);
    }

    /// Adds other places to the latest finding.
    pub fn see(&mut self, others: impl IntoIterator<Item = Place>) {
        self.0.see(others);
    }

    /// Reports a finding about a whole value of the spec, at its words; of several lines, at the first.
    pub fn report_value(
        &mut self,
        about: String,
        value: &Located<String>,
        caution: Caution,
        message: Bilingual,
        help: Bilingual,
    ) {
        let same = |passage: &&Passage| passage.place.is_some() && passage.place == value.place;
        let words = self.prose.passages.iter().find(same).and_then(|line| line.place_of(0..line.text.len()));
        self.report(about, caution, value.place, message, help);
        self.0.point_at_words(words);
    }

    /// Points the finding reported last at the words it is about; none leaves its place.
    pub fn point_at_words(&mut self, words: Option<PlaceRange>) {
        self.0.point_at_words(words);
    }

    /// Reports a finding about the words at a range of a passage, there; at the passage where the spec has none of them.
    pub fn report_words(
        &mut self,
        passage: &Passage,
        words: Range<usize>,
        caution: Caution,
        message: Bilingual,
        help: Bilingual,
    ) {
        self.report(passage.about.clone(), caution, passage.place, message, help);
        self.0.point_at_words(passage.place_of(words));
    }
}

/// Returns the bytes of a piece in the text it was cut from; none for a piece of another text.
pub(crate) fn bytes_of(piece: &str, text: &str) -> Range<usize> {
    let start = piece.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
    let end = start.checked_add(piece.len()).filter(|end| *end <= text.len());
    end.map_or(0..0, |end| start..end)
}

impl<'a> Deref for ProseReader<'_, 'a> {
    type Target = Examiner<'a>;

    fn deref(&self) -> &Examiner<'a> {
        self.0
    }
}
