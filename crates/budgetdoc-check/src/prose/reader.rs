//! What rules that read text work with.

use std::ops::{Deref, Range};

use crate::Severity;
use crate::examiner::Examiner;
use budgetdoc_core::compose::Passage;
use budgetdoc_core::lang::Bilingual;
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

    /// Reports a finding about words of a passage, at these words; at the passage where they are not known.
    pub fn report_words(
        &mut self,
        passage: &Passage,
        words: Option<PlaceRange>,
        caution: Caution,
        message: Bilingual,
        help: Bilingual,
    ) {
        self.report(passage.about.clone(), caution, passage.place, message, help);
        self.0.point_at_words(words);
    }
}

/// Where the words at `range` of a passage's own words, `plain` or `typed`, stand in the spec. What templates print is not
/// among these, so the words are sought among the typed ones of the text.
pub(crate) fn place_in(passage: &Passage, own: &str, range: Range<usize>) -> Option<PlaceRange> {
    if own == passage.text {
        return passage.place_of(range);
    }
    let words = own.get(range.clone()).filter(|words| !words.is_empty())?;
    let index = own[..range.start].matches(words).count();
    let is_own = |at: usize| passage.spans.iter().any(|span| span.range.contains(&at) && span.part_of.is_none());
    let places = passage.text.match_indices(words).filter(|(at, _)| is_own(*at));
    places.filter_map(|(at, _)| passage.place_of(at..at + words.len())).nth(index)
}

impl<'a> Deref for ProseReader<'_, 'a> {
    type Target = Examiner<'a>;

    fn deref(&self) -> &Examiner<'a> {
        self.0
    }
}
