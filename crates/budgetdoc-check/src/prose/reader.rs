//! What rules that read text work with.

use std::ops::Deref;

use crate::Severity;
use crate::examiner::Examiner;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_document::Place;

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
}

impl<'a> Deref for ProseReader<'_, 'a> {
    type Target = Examiner<'a>;

    fn deref(&self) -> &Examiner<'a> {
        self.0
    }
}
