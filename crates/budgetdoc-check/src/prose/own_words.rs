//! What the spec says itself, in its own words.

use crate::examiner::Examiner;
use budgetdoc_core::compose::{Passage, PassageKind};
use budgetdoc_document::Place;

/// A piece of prose: what it is part of, its words and its line.
pub(crate) type OwnText<'a> = (&'a str, &'a str, Option<Place>);

/// What the spec's narrative and its projects say, as printed. The profile's own sentences are made from the data.
pub(crate) fn printed<'a>(examiner: &Examiner<'a>) -> Vec<OwnText<'a>> {
    let prose = |kind| matches!(kind, PassageKind::Narrative | PassageKind::Project);
    let passages = examiner.prose.passages.iter().filter(|passage| prose(passage.kind) && passage.is_own());
    passages.map(|passage| (passage.about.as_str(), passage.text.as_str(), passage.place)).collect()
}

/// Every line of the spec that is printed.
pub(crate) fn own<'a>(examiner: &Examiner<'a>) -> impl Iterator<Item = &'a Passage> + Clone + use<'a> {
    examiner.prose.passages.iter().filter(|passage| passage.is_own())
}
